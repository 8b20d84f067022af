// Double-double numbers as decimal text, through exact integers: nothing is lost but the last digit.
using System;
using System.Globalization;
using System.Numerics;

namespace Thalweg.Tests.Oracles;

public readonly partial struct DoubleDouble
{
    /// <summary>Reads "-1.5e-3", "nan", "inf", "-inf" or digits of any length.</summary>
    public static DoubleDouble Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string s = text.Trim().ToLowerInvariant();
        if (s is "nan" or "inf" or "+inf" or "-inf")
        {
            return s == "nan" ? double.NaN : s == "-inf" ? double.NegativeInfinity : double.PositiveInfinity;
        }

        int e = s.IndexOf('e', StringComparison.Ordinal);
        int exponent = e < 0 ? 0 : int.Parse(s.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = e < 0 ? s : s[..e];
        int dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            exponent -= mantissa.Length - dot - 1;
            mantissa = mantissa.Remove(dot, 1);
        }

        var digits = BigInteger.Parse(mantissa, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent >= 0 ? FromRatio(digits * BigInteger.Pow(10, exponent), 1) : FromRatio(digits, BigInteger.Pow(10, -exponent));
    }

    /// <summary>The number rounded to so many significant decimal digits, "-d.ddde+xx".</summary>
    public string ToString(int digits)
    {
        if (!double.IsFinite(High) || High == 0)
        {
            return double.IsNaN(High) ? "nan" : High == 0 ? "0" : High > 0 ? "inf" : "-inf";
        }

        var (m1, e1) = Split(High);
        var (m2, e2) = Split(Low);
        int scale = Math.Min(e1, m2.IsZero ? e1 : e2);
        var numerator = (m1 << (e1 - scale)) + (m2.IsZero ? 0 : m2 << (e2 - scale));
        var denominator = scale < 0 ? BigInteger.One << -scale : BigInteger.One;
        numerator = scale > 0 ? numerator << scale : numerator;
        bool negative = numerator.Sign < 0;
        numerator = BigInteger.Abs(numerator);
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(High))) - 1;
        for (; ; exponent++)
        {
            int shift = digits - 1 - exponent;
            var n = shift >= 0 ? numerator * BigInteger.Pow(10, shift) : numerator;
            var d = shift >= 0 ? denominator : denominator * BigInteger.Pow(10, -shift);
            string text = ((2 * n + d) / (2 * d)).ToString(CultureInfo.InvariantCulture);
            if (text.Length <= digits)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{(negative ? "-" : "")}{text[0]}.{text[1..]}e{exponent:+00;-00}");
            }
        }
    }

    private static DoubleDouble FromRatio(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
        {
            return 0;
        }

        int shift = (int)(140 + denominator.GetBitLength() - BigInteger.Abs(numerator).GetBitLength());
        var quotient = shift >= 0 ? (numerator << shift) / denominator : numerator / (denominator << -shift);
        double high = (double)quotient;
        double low = (double)(quotient - new BigInteger(high));
        var (s, e) = QuickTwoSum(high, low);
        return new(Math.ScaleB(s, -shift), Math.ScaleB(e, -shift));
    }

    private static (BigInteger Mantissa, int Exponent) Split(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7ff);
        long mantissa = bits & 0xfffffffffffffL;
        mantissa = exponent == 0 ? mantissa : mantissa | (1L << 52);
        return (x < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075);
    }
}
