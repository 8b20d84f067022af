// The double-double numbers against long known constants and identities.
using System;
using System.Globalization;
using Xunit;

namespace Thalweg.Tests.Oracles;

public class DoubleDoubleTests
{
    // The claim of the type: relative error of elementary functions about 1e-30.
    private const double Tolerance = 1e-30;

    [Theory]
    [InlineData("ln2", "0.69314718055994530941723212145817656807550013436026")]
    [InlineData("log", "0.69314718055994530941723212145817656807550013436026")]
    [InlineData("sqrt2", "1.4142135623730950488016887242096980785696718753769")]
    [InlineData("pi", "3.1415926535897932384626433832795028841971693993751")]
    [InlineData("asin", "3.1415926535897932384626433832795028841971693993751")]
    [InlineData("atan", "3.1415926535897932384626433832795028841971693993751")]
    [InlineData("e", "2.7182818284590452353602874713526624977572470936999")]
    [InlineData("ln10", "2.3025850929940456840179914546843642076011014886288")]
    [InlineData("golden", "1.6180339887498948482045868343656381177203091798058")]
    public void Constants(string name, string digits)
    {
        DoubleDouble value = name switch
        {
            "ln2" => DoubleDouble.Ln2,
            "log" => DoubleDouble.Log(2),
            "sqrt2" => DoubleDouble.Sqrt(2),
            "pi" => DoubleDouble.Pi,
            "asin" => 6 * DoubleDouble.Asin(0.5),
            "atan" => 4 * DoubleDouble.Atan(1),
            "e" => DoubleDouble.Exp(1),
            "ln10" => DoubleDouble.Log(10),
            _ => (1 + DoubleDouble.Sqrt(5)) / 2,
        };
        AssertClose(DoubleDouble.Parse(digits), value);
        Assert.StartsWith(digits[..30], digits[0] == '0' ? "0." + value.ToString(29).Replace(".", "", StringComparison.Ordinal) : value.ToString(32), StringComparison.Ordinal);
    }

    [Fact]
    public void Field_operations_invert_each_other()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            DoubleDouble a = Draw(random), b = Draw(random), c = Draw(random);
            AssertClose(a, a * b / b);
            AssertClose(DoubleDouble.Abs(a), DoubleDouble.Sqrt(a * a));
            AssertClose(a * (b + c), a * b + a * c, DoubleDouble.Abs(a * b) + DoubleDouble.Abs(a * c));
            AssertClose(a, (a + b) - b, DoubleDouble.Abs(a) + DoubleDouble.Abs(b));
            Assert.Equal(a - b < 0, a < b);
            AssertClose(a, DoubleDouble.Parse(a.ToString(34)));
        }
    }

    [Fact]
    public void Functions_obey_their_laws()
    {
        var random = new Random(2);
        for (int i = 0; i < 5_000; i++)
        {
            DoubleDouble x = (DoubleDouble)(random.NextDouble() * 60 - 30) + random.NextDouble() * 1e-17, y = random.NextDouble() * 4;
            AssertClose(x, DoubleDouble.Log(DoubleDouble.Exp(x)), 1 + DoubleDouble.Abs(x));
            AssertClose(DoubleDouble.Exp(x + y), DoubleDouble.Exp(x) * DoubleDouble.Exp(y), 40 * DoubleDouble.Exp(x + y));
            AssertClose(DoubleDouble.Pow(y, 7), y * y * y * y * y * y * y);
            AssertClose(DoubleDouble.Log(DoubleDouble.Pow(1 + y, -3)), -3 * DoubleDouble.Log(1 + y), 1);
            var (sin, cos) = DoubleDouble.SinCos(y - 2);
            AssertClose(1, sin * sin + cos * cos);
            if (DoubleDouble.Abs(y - 2) < 1.5)
            {
                AssertClose(y - 2, DoubleDouble.Asin(sin), 1 / cos);
                AssertClose(y - 2, DoubleDouble.Atan(sin / cos), 1);
            }
        }
    }

    [Fact]
    public void Logarithm_keeps_its_relative_error_near_one()
    {
        for (int k = 1; k < 60; k++)
        {
            DoubleDouble d = Math.ScaleB(1, -k);
            // log(1 + d) + log(1 - d) = log(1 - d²), every argument exact.
            AssertClose(DoubleDouble.Log(1 - d * d), DoubleDouble.Log(1 + d) + DoubleDouble.Log(1 - d), DoubleDouble.Log(1 + d));
        }

        AssertClose(DoubleDouble.Parse("9.99999999500000000333333333083333333533333333166666666809523809e-10"), DoubleDouble.Log(DoubleDouble.Parse("1.000000001")), 1e-9 * 1e-22 / Tolerance);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("-1.5e-3")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1e-200")]
    [InlineData("9.99999999999999999999999999999999e+20")]
    public void Text_round_trips(string text)
    {
        var x = DoubleDouble.Parse(text);
        AssertClose(x, DoubleDouble.Parse(x.ToString(34)));
        Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), (double)x);
    }

    [Fact]
    public void Text_of_the_exceptional_values()
    {
        Assert.True(DoubleDouble.IsNaN(DoubleDouble.Parse("nan")));
        Assert.Equal("-inf", DoubleDouble.Parse("-inf").ToString());
        Assert.Equal("1.000000000e-01", DoubleDouble.Parse("0.1").ToString(10));
        Assert.Equal("1.00e+00", DoubleDouble.Parse("0.9999").ToString(3));
    }

    private static DoubleDouble Draw(Random random)
    {
        double high = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 7));
        return (DoubleDouble)high + high * 1e-17 * random.NextDouble();
    }

    private static void AssertClose(DoubleDouble expected, DoubleDouble actual) => AssertClose(expected, actual, expected);

    private static void AssertClose(DoubleDouble expected, DoubleDouble actual, DoubleDouble scale)
    {
        var error = DoubleDouble.Abs(expected - actual);
        Assert.True(error <= Tolerance * DoubleDouble.Abs(scale), $"expected {expected.ToString(34)}, got {actual.ToString(34)}");
    }
}
