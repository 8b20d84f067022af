// Control variates: unbiased, with an error that is the scatter over repetitions.
using System;
using System.Linq;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Statistics;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class ControlledMeanTests
{
    // statistical(z = 4.5, 400 repetitions of 60 samples): y = 1 + 3g + g² h with controls g, h, gh has mean 1 whatever the slopes; few samples, so that slopes fitted to the
    // same samples would show.
    [Fact]
    public void Mean_is_unbiased_and_the_error_is_the_scatter()
    {
        const int repetitions = 400;
        var means = new double[repetitions];
        double quoted = 0;
        var stream = new PhiloxStream(7, StreamPurpose.Data);
        double[] mean = new double[1], error = new double[1];
        for (int r = 0; r < repetitions; r++)
        {
            ControlledMean[] halves = [new(3, 1), new(3, 1)];
            for (int i = 0; i < 60; i++)
            {
                double g = stream.NextNormal(), h = stream.NextNormal();
                halves[i % 2].Add([1 + 3 * g + g * g * h], [g, h, g * h]);
            }

            ControlledMean.CrossFit(halves[0], halves[1], mean, error);
            means[r] = mean[0];
            quoted += error[0] / repetitions;
        }

        double centre = means.Average(), scatter = Math.Sqrt(means.Sum(m => (m - centre) * (m - centre)) / (repetitions - 1));
        Assert.Equal(1, centre, 4.5 * scatter / Math.Sqrt(repetitions));
        Assert.InRange(quoted / scatter, 0.8, 1.2);

        // Without the controls the scatter would be sqrt(9 + 3)/sqrt(60) = 0.45; what they cannot explain is sqrt(2)/sqrt(60) = 0.18.
        Assert.InRange(scatter, 0.1, 0.3);
    }

    // exact: an outcome that the controls explain fully has its constant as the mean and no error; merging batches changes nothing.
    [Fact]
    public void Fully_explained_outcomes_are_exact()
    {
        var stream = new PhiloxStream(8, StreamPurpose.Data);
        ControlledMean a = new(1, 2), b = new(1, 2), part = new(1, 2);
        for (int i = 0; i < 90; i++)
        {
            double g = stream.NextNormal();
            (i < 30 ? a : i < 60 ? b : part).Add([5 - 2 * g, 1], [g]);
        }

        b.Merge(part);
        double[] means = new double[2], errors = new double[2];
        ControlledMean.CrossFit(a, b, means, errors);
        Assert.Equal(5, means[0], 1e-13);
        Assert.Equal(1, means[1], 1e-14);
        Assert.Equal(0, errors[0], 1e-7);
        Assert.Throws<InvalidOperationException>(() => ControlledMean.CrossFit(new(1, 1), new(1, 1), new double[1], new double[1]));
    }
}
