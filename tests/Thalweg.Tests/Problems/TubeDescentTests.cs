// True times of escape on the tube: step by step where doubles can follow, the law of growth where they cannot, linear time with kicks.
using System;
using System.Linq;
using Thalweg.Descent;
using Thalweg.Descent.FirstOrder;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Xunit;

namespace Thalweg.Tests.Problems;

public class TubeDescentTests
{
    private const double Gap = 1e-3;

    // exact: with L = 1 and five coordinates nothing underflows, and the jumps count the very iterations that plain descent makes, up to the value that ends it.
    [Theory]
    [InlineData(1, 5)]
    [InlineData(1.5, 4)]
    public void Jumps_count_the_steps_of_plain_descent(double stiffness, int dimension)
    {
        var tube = new Tube(dimension, stiffness);
        var jumps = new TubeDescent(tube, tube.PublishedStep);
        for (uint trial = 0; trial < 100; trial++)
        {
            double[] start = Start(tube, trial);
            var (escapes, iterations, value) = Plain(tube, start, 100_000);
            var end = jumps.Run(start, tube.GlobalValue!.Value + Gap, 100_000);
            Assert.Equal(escapes, end.Escapes);
            Assert.Equal((iterations, true), (end.Iterations, end.HasReached));
            Assert.Equal(value, end.Value, 1e-9);
        }
    }

    // exact: an allowance ends the walk at its iteration, and starts anywhere, in the middle of a passage or outside the published domain, are followed too.
    [Fact]
    public void Starts_may_lie_anywhere_and_the_allowance_is_kept()
    {
        var tube = new Tube(4, 1);
        var jumps = new TubeDescent(tube, tube.PublishedStep);
        var stream = new PhiloxStream(2, StreamPurpose.Data);
        for (int trial = 0; trial < 100; trial++)
        {
            double[] start = [.. Enumerable.Range(0, 4).Select(_ => 6 * tube.Scale * (2 * stream.NextUniform() - 1))];
            for (long most = 0; most < 400; most += 57)
            {
                var (escapes, iterations, value) = Plain(tube, start, most);
                var end = jumps.Run(start, tube.GlobalValue!.Value + Gap, most);
                Assert.Equal(escapes, end.Escapes);
                Assert.Equal(iterations, end.Iterations);
                Assert.Equal(value, end.Value, 1e-9 * Math.Max(1, Math.Abs(value)));
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new TubeDescent(tube, 0.5));
        Assert.Throws<ArgumentException>(() => jumps.Run(new double[3], 0, 1));
    }

    // exact: at a saddle without any displacement nothing moves, however long; the second half of the coordinates of plain descent is lost to underflow, that of the jumps is not.
    [Fact]
    public void Doubles_are_stuck_where_the_true_recursion_is_not()
    {
        var tube = new Tube(10, 1);
        double[] start = Start(tube, 0);
        var end = new TubeDescent(tube, tube.PublishedStep).Run(start, tube.GlobalValue!.Value + Gap, 1L << 53);
        Assert.True(end.HasReached);
        Assert.All(end.Escapes, time => Assert.NotNull(time));
        var (plain, _, _) = Plain(tube, start, 4 * end.Escapes[7]!.Value);
        Assert.Equal(end.Escapes.Take(6), plain.Take(6));
        Assert.Null(plain[7]);

        var still = new TubeDescent(tube, tube.PublishedStep).Run(tube.KnownPoints[3].Point, tube.GlobalValue!.Value + Gap, 1L << 53);
        Assert.Equal((1L << 53, false), (still.Iterations, still.HasReached));
        Assert.Equal([0L, 0L, 0L, null], still.Escapes.Take(4));
    }

    // statistical(median of 1,000 starts): a passive coordinate shrinks in all T steps before its turn and grows back, T_{k+1} = κ T_k + O(1), so that the ratios approach κ like 1/T_k. The constants of the paper's experiments: 1 % from the fifth ratio on with ten coordinates, 5 % for the last with five.
    [Theory]
    [InlineData(1, 2.7095)]
    [InlineData(1.5, 3.4094)]
    [InlineData(2, 4.1063)]
    [InlineData(3, 5.4966)]
    public void Times_of_escape_grow_by_kappa(double stiffness, double expected)
    {
        var tube = new Tube(10, stiffness);
        var descent = new TubeDescent(tube, tube.PublishedStep);
        Assert.Equal(1 + Math.Log(2) / Math.Log(1 + 0.5 / stiffness), descent.Kappa, 1e-14);
        Assert.Equal(expected, descent.Kappa, 1e-4);
        double[] times = Medians(tube, descent);
        for (int k = 5; k < 10; k++)
        {
            Assert.InRange(times[k] / times[k - 1], 0.99 * descent.Kappa, 1.01 * descent.Kappa);
        }

        var five = new Tube(5, stiffness);
        times = Medians(five, new(five, five.PublishedStep));
        Assert.InRange(times[4] / times[3], 0.95 * descent.Kappa, 1.05 * descent.Kappa);
    }

    // statistical(medians of 200 walks): with kicks each saddle costs the same number of iterations, so the medians of the times of escape lie on a line: no increment between the third and the last differs by more than a tenth from their mean, while those of plain descent grow by κ.
    [Theory]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(3)]
    public void With_kicks_the_time_is_linear(double stiffness)
    {
        const int d = 10, trials = 200;
        var tube = new Tube(d, stiffness);
        double[][] times = [.. Enumerable.Range(0, trials).Select(trial =>
        {
            var method = new PerturbedDescent(new(tube.PublishedStep, tube.Scale / 100, tube.Instability * tube.Scale / 100, 1));
            double[] escapes = new double[d];
            method.Begin(tube.Open(), tube.Manifold, Start(tube, (uint)trial), new(9, StreamPurpose.Trajectory, (uint)trial));
            var ending = method.Run(StoppingRules.Any(StoppingRules.ValueBelow(tube.GlobalValue!.Value + Gap), StoppingRules.Iterations(20_000)), walk =>
            {
                for (int j = 0; j < d; j++)
                {
                    escapes[j] = escapes[j] == 0 && Math.Abs(walk.Point[j]) > 2 * tube.Scale ? walk.Iterations : escapes[j];
                }
            });
            Assert.Equal(Thalweg.Results.Status.Converged, ending.Status);
            return escapes;
        })];
        double[] medians = [.. Enumerable.Range(0, d).Select(j => Median([.. times.Select(time => time[j])]))];
        double mean = (medians[d - 1] - medians[1]) / (d - 2);
        Assert.All(Enumerable.Range(2, d - 2), k => Assert.InRange(medians[k] - medians[k - 1], 0.9 * mean, 1.1 * mean));
    }

    private static double[] Medians(Tube tube, TubeDescent descent)
    {
        var ends = Enumerable.Range(0, 1000).Select(trial => descent.Run(Start(tube, (uint)trial), tube.GlobalValue!.Value + Gap, 1L << 53)).ToList();
        Assert.All(ends, end => Assert.True(end.HasReached));
        return [.. Enumerable.Range(0, tube.Dimension).Select(j => Median([.. ends.Select(end => (double)end.Escapes[j]!.Value)]))];
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return 0.5 * (values[(values.Length - 1) / 2] + values[values.Length / 2]);
    }

    private static double[] Start(Tube tube, uint trial)
    {
        double[] start = new double[tube.Dimension];
        tube.Start(new PhiloxStream(1, StreamPurpose.Start, trial), start);
        return start;
    }

    private static (long?[] Escapes, long Iterations, double Value) Plain(Tube tube, double[] start, long most)
    {
        var method = new FixedStepDescent(tube.PublishedStep);
        var escapes = new long?[tube.Dimension];
        method.Begin(tube.Open(), tube.Manifold, start, new(1, StreamPurpose.Trajectory));
        method.Run(StoppingRules.Any(StoppingRules.ValueBelow(tube.GlobalValue!.Value + Gap), StoppingRules.Iterations(most)), walk =>
        {
            for (int j = 0; j < escapes.Length; j++)
            {
                escapes[j] ??= Math.Abs(walk.Point[j]) > 2 * tube.Scale ? walk.Iterations : null;
            }
        });
        return (escapes, method.Iterations, method.Value);
    }
}
