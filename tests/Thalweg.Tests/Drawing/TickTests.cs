// Ticks of random ranges: inside, three to ten, distinct labels that read back as the values.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Xunit;

namespace Thalweg.Tests.Drawing;

public class TickTests
{
    private static double Read(string label)
    {
        string plain = label.Replace('−', '-');
        int power = plain.IndexOf("10^{", StringComparison.Ordinal);
        if (power < 0)
        {
            return double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        double mantissa = power == 0 ? 1 : double.Parse(plain[..plain.IndexOf('×', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        return mantissa * Math.Pow(10, int.Parse(plain[(power + 4)..^1], CultureInfo.InvariantCulture));
    }

    private static void Check(TickSet ticks, double low, double high, double resolution)
    {
        Assert.InRange(ticks.Major.Count, 3, 10);
        Assert.Equal(ticks.Major.Count, ticks.Major.Select(tick => tick.Label).Distinct().Count());
        double factor = Math.Pow(10, ticks.Exponent);
        for (int i = 0; i < ticks.Major.Count; i++)
        {
            var (value, label) = ticks.Major[i];
            Assert.InRange(value, low - resolution, high + resolution);
            Assert.True(i == 0 || value > ticks.Major[i - 1].Value, "ascending");
            Assert.True(Math.Abs(Read(label) * factor - value) <= resolution + 1e-14 * Math.Abs(value), $"{label} × 10^{ticks.Exponent} is not {value:R}");
            Assert.DoesNotContain("E", label, StringComparison.Ordinal);
            Assert.DoesNotContain("-", label, StringComparison.Ordinal);
            Assert.NotEqual("−0", label);
        }

        Assert.All(ticks.Minor, value => Assert.InRange(value, low, high));
        Assert.Empty(ticks.Minor.Intersect(ticks.Major.Select(tick => tick.Value)));
    }

    [Fact]
    public void Linear_ticks_of_random_ranges_keep_every_rule()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 20000; trial++)
        {
            double scale = Math.Pow(10, 24 * random.NextDouble() - 12), centre = (random.NextDouble() - 0.5) * scale;
            double width = Math.Max(scale * Math.Pow(10, -9 * random.NextDouble()), 1e-11 * Math.Abs(centre));
            var ticks = Ticks.Linear(centre, centre + width, random.Next(3, 11));

            // converged: the labels are exact decimals, so a tick is off by the rounding of its place alone; 1e-6 of the range is far below a pixel.
            Check(ticks, centre, centre + width, 1e-6 * width + 1e-15 * Math.Abs(centre));
        }
    }

    [Fact]
    public void Logarithmic_ticks_of_random_ranges_keep_every_rule()
    {
        var random = new Random(2);
        for (int trial = 0; trial < 20000; trial++)
        {
            double low = Math.Pow(10, 40 * random.NextDouble() - 20), ratio = Math.Pow(10, Math.Pow(10, 4 * random.NextDouble() - 2.5));
            double high = Math.Min(low * ratio, 1e200);
            Check(Ticks.Log(low, high, random.Next(3, 9)), low, high, 1e-6 * (high - low) < 1e-9 * low ? 1e-6 * (high - low) : 1e-9 * low);
        }
    }

    [Fact]
    public void Round_ranges_have_the_ticks_a_person_would_choose()
    {
        Assert.Equal(["0", "1", "2", "3", "4"], Labels(Ticks.Linear(0, 4, 5)));
        Assert.Equal(["0", "0.2", "0.4", "0.6", "0.8", "1.0"], Labels(Ticks.Linear(0, 1, 6)));
        Assert.Equal(["−1.75", "−1.70", "−1.65", "−1.60", "−1.55"], Labels(Ticks.Linear(-1.75, -1.55, 5)));
        Assert.Equal(["0", "0.002", "0.004", "0.006", "0.008", "0.010"], Labels(Ticks.Linear(0, 0.01, 6)));
        Assert.Equal(["0", "20000", "40000", "60000", "80000"], Labels(Ticks.Linear(0, 80000, 5)));
    }

    [Fact]
    public void Small_and_large_ranges_share_a_factor()
    {
        var small = Ticks.Linear(-2e-3, 2e-3, 5);
        Assert.Equal(-3, small.Exponent);
        Assert.Equal(["−2", "−1", "0", "1", "2"], Labels(small));
        Assert.Equal(-2e-3, small.Major[0].Value);
        var large = Ticks.Linear(0, 3e7, 4);
        Assert.Equal(7, large.Exponent);
        Assert.Equal(["0", "1", "2", "3"], Labels(large));
    }

    [Fact]
    public void A_narrow_range_far_from_zero_has_enough_digits() =>
        Assert.Equal(["1.00000010", "1.00000015", "1.00000020"], Labels(Ticks.Linear(1.0000001, 1.0000002, 3)));

    [Fact]
    public void Decades_are_written_plainly_near_one_and_as_powers_elsewhere()
    {
        Assert.Equal(["0.1", "1", "10"], Labels(Ticks.Log(0.1, 10)));
        Assert.Equal(["10^{−6}", "10^{−5}", "10^{−4}", "10^{−3}"], Labels(Ticks.Log(1e-6, 1e-3)));
        Assert.Equal(["10^{0}", "10^{3}", "10^{6}", "10^{9}", "10^{12}"], Labels(Ticks.Log(1, 1e14, 3)));
        Assert.Equal(["1", "2", "5", "10", "20"], Labels(Ticks.Log(1, 30)));
        Assert.Equal(["2×10^{−9}", "5×10^{−9}", "10^{−8}"], Labels(Ticks.Log(2e-9, 1.5e-8)));
        Assert.Equal(["2.0", "2.2", "2.4", "2.6", "2.8"], Labels(Ticks.Log(2, 2.9)));
    }

    [Fact]
    public void Decades_have_eight_minor_ticks_each()
    {
        var ticks = Ticks.Log(1, 1000);
        Assert.Equal(24, ticks.Minor.Count);
        Assert.Contains(300, ticks.Minor);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.PositiveInfinity)]
    public void Empty_ranges_are_refused(double low, double high)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Ticks.Linear(low, high));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ticks.Log(low, high));
    }

    private static IEnumerable<string> Labels(TickSet ticks) => ticks.Major.Select(tick => tick.Label);
}
