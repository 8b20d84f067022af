// Trials in parallel: bits that do not depend on threads, each trial alone, exact starts, cancellation.
using System;
using System.Linq;
using System.Threading;
using Thalweg.Descent.FirstOrder;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Xunit;

namespace Thalweg.Tests.Descent;

public class TrialsTests
{
    private static readonly SmallInstance Instance = SmallInstance.Draw(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2).ToModel(), 10, 13, 0);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void Bits_do_not_depend_on_threads_and_a_trial_runs_alone(int threads)
    {
        var together = Trials.Run(() => new DrawnLandscape(Instance), 7, threads, Walk);
        for (int trial = 0; trial < 7; trial++)
        {
            GradientFlowTests.AssertSame(Walk(new DrawnLandscape(Instance), trial), together[trial]!);
        }
    }

    // exact up to a few roundings: the overlap that was asked for; statistical(4.5 standard errors, 2000 starts): the rest has no direction.
    [Fact]
    public void Starts_have_the_overlap_that_was_asked_for()
    {
        var landscape = QuadraticLandscape.Ramp(6, -1, 1);
        double[] point = new double[6], sum = new double[6];
        foreach (double m in new[] { 0, 1e-8, 0.3, -0.999, 1, -1 })
        {
            Trials.Start(landscape, m, 5, 1, point);
            Assert.Equal(m, Vectors.Dot(landscape.Signal, point), 4.5e-16);
            Assert.Equal(1, Vectors.Length(point), 1e-15);
        }

        for (uint trial = 0; trial < 2000; trial++)
        {
            Trials.Start(landscape, 0.3, 5, trial, point);
            Vectors.Add(1, point, sum);
        }

        Vectors.Add(-0.3 * 2000, landscape.Signal, sum);
        Assert.InRange(sum.Max(Math.Abs), 0, 4.5 * Math.Sqrt(2000.0 / 5));
        Assert.Throws<ArgumentException>(() => Trials.Start(new FieldLandscape(6, 1), 0.3, 5, 1, point));
        Assert.Throws<ArgumentOutOfRangeException>(() => Trials.Start(landscape, 1.1, 5, 1, point));
    }

    [Fact]
    public void After_a_cancellation_finished_trials_are_kept()
    {
        using var source = new CancellationTokenSource();
        string?[] results = Trials.Run(() => new FieldLandscape(3, 1), 9, 1, (_, trial) =>
        {
            if (trial == 3)
            {
                source.Cancel();
            }

            return trial.ToString();
        }, source.Token);
        Assert.Equal("0123-----", string.Concat(results.Select(result => result ?? "-")));
    }

    private static Trajectory Walk(ILandscape landscape, int trial)
    {
        var start = new double[landscape.Dimension];
        Trials.Start(landscape, trial % 2 == 0 ? null : 0.1, 6, (uint)trial, start);
        return trial < 5
            ? GradientFlow.Run(landscape, start, new() { EndTime = 20, OutputTimes = [1, 5, 20], WaitingTimes = [1], Stepper = trial == 2 ? FlowStepper.Chebyshev : FlowStepper.DormandPrince })
            : Langevin.Run(landscape, start, new() { EndTime = 5, Temperature = 0.1, Trial = (uint)trial, OutputTimes = [1, 5], WaitingTimes = [1] });
    }
}
