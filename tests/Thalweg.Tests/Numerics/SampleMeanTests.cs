// Means with standard errors, and Wilson's interval, against numbers computed by hand and by counting.
using System;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Statistics;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class SampleMeanTests
{
    [Fact]
    public void A_mean_has_its_standard_error()
    {
        var mean = SampleMean.Of([1, 2, 4, 5]);
        Assert.Equal(3, mean.Mean);
        Assert.Equal(Math.Sqrt(10.0 / 3 / 4), mean.Error, 1e-15);
        Assert.Equal(1 / Math.Sqrt(6), mean.ErrorOfError, 1e-15);
        Assert.Equal(double.PositiveInfinity, SampleMean.Of([7]).Error);
        Assert.Throws<ArgumentException>(() => SampleMean.Of([]));
    }

    // exact: the ends p of the interval solve (share - p)² = z² p (1 - p)/n.
    [Theory]
    [InlineData(0, 10)]
    [InlineData(3, 10)]
    [InlineData(10, 10)]
    [InlineData(1, 1)]
    [InlineData(517, 1000)]
    public void Wilsons_interval_solves_its_equation(int successes, int trials)
    {
        const double z = 1.959963984540054;
        var (low, high) = SampleMean.Wilson(successes, trials);
        double share = (double)successes / trials;
        Assert.True(low >= 0 && low <= share && share <= high && high <= 1);
        foreach (double end in new[] { low, high })
        {
            Assert.Equal((share - end) * (share - end), z * z * end * (1 - end) / trials, 1e-14);
        }
    }

    // statistical(95 %, 4000 draws): a nominal 95 % covers the truth in 93 to 97 % for n = 40.
    [Fact]
    public void Wilsons_interval_covers_as_often_as_it_says()
    {
        var stream = new PhiloxStream(1, StreamPurpose.Data);
        int covered = 0;
        for (int k = 0; k < 4000; k++)
        {
            double truth = 0.1 + 0.8 * (k % 9) / 8.0;
            int successes = 0;
            for (int i = 0; i < 40; i++)
            {
                successes += stream.NextUniform() < truth ? 1 : 0;
            }

            var (low, high) = SampleMean.Wilson(successes, 40);
            covered += low <= truth && truth <= high ? 1 : 0;
        }

        Assert.InRange(covered / 4000.0, 0.93, 0.975);
    }
}
