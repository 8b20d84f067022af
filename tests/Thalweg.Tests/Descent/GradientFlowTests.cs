// Gradient flow: the exact solution of a quadratic form, a loss that falls, the sphere, resumed runs, statuses.
using System;
using System.Linq;
using System.Threading;
using Thalweg.Descent.FirstOrder;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Results;
using Thalweg.Tests.Docs;
using Xunit;

namespace Thalweg.Tests.Descent;

[Collection(nameof(GradientFlowTests))]
[CollectionDefinition(nameof(GradientFlowTests), DisableParallelization = true)]
public class GradientFlowTests
{
    private static readonly Model Spiked = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2).ToModel();

    // converged(the tolerance of a step times the steps): at the ends of steps and between them.
    [Theory]
    [TestsEquation(Papers.BigBadMinima, 4)]
    [InlineData(FlowStepper.DormandPrince, 1e-6)]
    [InlineData(FlowStepper.DormandPrince, 1e-10)]
    [InlineData(FlowStepper.Chebyshev, 1e-6)]
    public void A_quadratic_form_flows_as_it_must(FlowStepper stepper, double tolerance)
    {
        var landscape = QuadraticLandscape.Ramp(12, -1, 4);
        double[] start = Start(12, 1), times = [0, 0.013, 0.5, 1, 3, 10];
        int row = 0;
        var flow = GradientFlow.Run(landscape, start, new()
        {
            EndTime = 10,
            Tolerance = tolerance,
            Stepper = stepper,
            OutputTimes = times,
            WaitingTimes = [0.5],
            Observer = (t, point) => Assert.Equal(0, Distance(point, landscape.Exact(start, times[row++])), 100 * tolerance),
        });
        Assert.Equal((Status.Converged, times.Length), (flow.Status, row));
        Assert.Equal(times, flow.Times);
        double[] waited = landscape.Exact(start, 0.5), gradient = new double[12];
        for (int k = 0; k < times.Length; k++)
        {
            double[] exact = landscape.Exact(start, times[k]);
            Assert.Equal(landscape.Gradient(exact, gradient), flow.Loss[k], 100 * tolerance);
            Assert.Equal(-2 * flow.Loss[k], flow.Multiplier[k], 1e-13);
            Assert.Equal(Vectors.Dot(landscape.Signal, exact), flow.Overlap[k], 100 * tolerance);
            Assert.True(k < 2 ? double.IsNaN(flow.Correlation[0][k]) : Math.Abs(Vectors.Dot(waited, exact) - flow.Correlation[0][k]) < 200 * tolerance);
        }

        Assert.Equal(0, Distance(flow.Configuration, landscape.Exact(start, 10)), 100 * tolerance);
    }

    // exact: the claims of every step, on a rugged landscape down to a minimum.
    [Theory]
    [InlineData(FlowStepper.DormandPrince)]
    [InlineData(FlowStepper.Chebyshev)]
    public void The_loss_falls_the_length_stays_and_a_minimum_is_reached(FlowStepper stepper)
    {
        var landscape = new DrawnLandscape(SmallInstance.Draw(Spiked, 20, 9, 0));
        for (int trial = 0; trial < 5; trial++)
        {
            var flow = new GradientFlow(landscape, new() { EndTime = 1e6, GradientNorm = 1e-7, Tolerance = stepper == FlowStepper.Chebyshev ? 1e-4 : 1e-8, Stepper = stepper });
            flow.Start(Start(20, (ulong)trial));
            double loss = flow.Loss;
            while (flow.Advance())
            {
                Assert.InRange(flow.Loss, double.NegativeInfinity, loss + 1e-13 * Math.Max(1, Math.Abs(loss)));
                Assert.Equal(1, Vectors.Length(flow.Configuration), 1e-14);
                loss = flow.Loss;
            }

            Assert.Equal(Status.Converged, flow.Result!.Status);
            Assert.InRange(flow.GradientNorm, 0, 1e-7);
        }
    }

    // Near a minimum the error of a step is no longer the tolerance: a gradient far below it is reached, in a time that the smallest curvature sets and with steps near the limit of stability.
    [Theory]
    [InlineData(FlowStepper.DormandPrince)]
    [InlineData(FlowStepper.Chebyshev)]
    public void A_gradient_far_below_the_tolerance_is_reached(FlowStepper stepper)
    {
        var landscape = QuadraticLandscape.Ramp(40, 0, 8);
        var flow = GradientFlow.Run(landscape, Start(40, 8), new() { EndTime = 1e4, GradientNorm = 1e-9, Tolerance = 1e-4, Stepper = stepper });
        Assert.Equal(Status.Converged, flow.Status);
        Assert.InRange(flow.EndTime, 50, 150);
        Assert.InRange(flow.Counts.Evaluations, 100, 3000);
        var rest = GradientFlow.Run(landscape, landscape.Signal, new() { EndTime = 3, OutputTimes = [1, 3], Stepper = stepper });
        Assert.Equal((Status.Converged, 2), (rest.Status, rest.Times.Length));
    }

    // The stabilised stepper pays where stability limits the steps: fewer gradients for the same long time.
    [Fact]
    public void Chebyshev_steps_are_cheaper_on_a_plateau()
    {
        var landscape = QuadraticLandscape.Ramp(60, 0, 200);
        var (exact, stabilised) = (Cost(FlowStepper.DormandPrince), Cost(FlowStepper.Chebyshev));
        Assert.True(stabilised < exact / 4, $"{stabilised} against {exact}");

        long Cost(FlowStepper stepper) => GradientFlow.Run(landscape, Start(60, 3), new() { EndTime = 20, Tolerance = 1e-5, Stepper = stepper }).Counts.Evaluations;
    }

    [Theory]
    [InlineData(FlowStepper.DormandPrince)]
    [InlineData(FlowStepper.Chebyshev)]
    public void A_resumed_flow_has_the_same_bits(FlowStepper stepper)
    {
        var landscape = new DrawnLandscape(SmallInstance.Draw(Spiked, 15, 10, 0));
        var options = new FlowOptions { EndTime = 30, Stepper = stepper, OutputTimes = [0, 1, 2.5, 7, 20, 30], WaitingTimes = [0.7, 8], Tolerance = 1e-5 };
        var whole = new GradientFlow(landscape, options);
        whole.Start(Start(15, 5));
        RunState? state = null;
        for (int k = 0; k < 17 && whole.Advance(); k++)
        {
            state = whole.Save();
        }

        var expected = whole.Finish();
        foreach (var saved in new[] { state!, whole.Save() })
        {
            var resumed = new GradientFlow(new DrawnLandscape(SmallInstance.Draw(Spiked, 15, 10, 0)), options);
            resumed.Resume(saved);
            AssertSame(expected, resumed.Finish());
        }

        Assert.Throws<FormatException>(() => new GradientFlow(landscape, options with { WaitingTimes = [] }).Resume(state!));
    }

    // The parts of the loss and the configurations at the waiting times are recorded, survive an interruption, and agree with the other records: exact but for rounding.
    [Fact]
    public void Parts_and_waited_configurations_are_recorded()
    {
        var landscape = PackedInstance.Draw(Spiked, 12, 10, 0).Landscape();
        var options = new FlowOptions { EndTime = 3, OutputTimes = [0, 0.5, 1, 2, 3], WaitingTimes = [0, 1] };
        var whole = new GradientFlow(landscape, options);
        whole.Start(Start(12, 5));
        while (whole.Time < 1.5)
        {
            Assert.True(whole.Advance());
        }

        var saved = whole.Save();
        var expected = whole.Finish();
        var resumed = new GradientFlow(PackedInstance.Draw(Spiked, 12, 10, 0).Landscape(), options);
        resumed.Resume(saved);
        AssertSame(expected, resumed.Finish());
        Assert.Equal(Spiked.Noise.Powers.Length + 1, expected.LossParts.Length);
        for (int row = 0; row < expected.Times.Length; row++)
        {
            Assert.Equal(expected.Loss[row], expected.LossParts.Sum(part => part[row]), 1e-14);
            Assert.Equal(-Spiked.Signal.Q(expected.Overlap[row]), expected.LossParts[^1][row], 1e-14);
        }

        Assert.Equal(2, expected.Waited.Length);
        Assert.Equal(expected.Correlation[0][2], Vectors.Dot(expected.Waited[0], expected.Waited[1]), 1e-14);
        Assert.Equal(expected.Overlap[2], Vectors.Dot(landscape.Signal, expected.Waited[1]), 1e-14);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var landscape = QuadraticLandscape.Ramp(40, -1, 9);
        foreach (var stepper in new[] { FlowStepper.DormandPrince, FlowStepper.Chebyshev })
        {
            var flow = new GradientFlow(landscape, new() { EndTime = 1e3, Stepper = stepper, OutputTimes = [.. Enumerable.Range(0, 1000).Select(k => 0.01 * k)], WaitingTimes = [1, 2] });
            flow.Start(Start(40, 2));
            long before = 0;
            for (int n = 0; n < 45; n++)
            {
                before = n == 20 ? GC.GetAllocatedBytesForCurrentThread() : before;
                Assert.True(flow.Advance());
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    // converged(order 1 in the step): descent tends to the flow.
    [Fact]
    public void Descent_tends_to_the_flow()
    {
        var landscape = QuadraticLandscape.Ramp(8, -1, 1);
        double[] start = Start(8, 4), exact = landscape.Exact(start, 2);
        double coarse = Error(0.01), fine = Error(0.005);
        Assert.Equal(1, Math.Log2(coarse / fine), 0.05);
        Assert.Equal([0, 1, 2], GradientDescent.Run(landscape, start, 0.25, new() { EndTime = 2, OutputTimes = [0, 1, 2] }).Times);

        double Error(double step) => Distance(GradientDescent.Run(landscape, start, step, new() { EndTime = 2 }).Configuration, exact);
    }

    // exact at infinite times: χ = u^T P Hess^{-1} P u at a minimum, here Σ u_k²/(λ_k - λ_0) over the other eigenvectors; converged(order 2 in the field).
    [Fact]
    public void The_response_to_a_field_is_the_static_one_in_the_end()
    {
        double[] values = [-1, 0, 0.5, 1, 2], u = Start(5, 6), expanded = [.. u];
        var landscape = new QuadraticLandscape(values);
        landscape.Reflect(expanded);
        double expected = Enumerable.Range(1, 4).Sum(k => expanded[k] * expanded[k] / (values[k] - values[0]));
        var curve = FieldResponse.Measure(landscape, landscape.Signal, u, 1e-3, [0, 0.001, 40], new() { Tolerance = 1e-11 });
        Assert.Equal(Status.Converged, curve.Status);
        Assert.Equal([0, 0.001, 40], curve.Lags);
        Assert.Equal(0, curve.Integrated[0], 1e-12);
        Assert.Equal(0.001 * (1 - expanded[0] * expanded[0]), curve.Integrated[1], 3e-6);
        Assert.Equal(expected, curve.Integrated[2], 3e-6);
    }

    [Fact]
    public void Ends_are_values_with_a_sentence()
    {
        var landscape = QuadraticLandscape.Ramp(6, -1, 1);
        double[] start = Start(6, 7);
        using var source = new CancellationTokenSource();
        source.Cancel();
        var limit = GradientFlow.Run(landscape, start, new() { LargestSteps = 3 });
        var late = GradientFlow.Run(landscape, start, new() { EndTime = 0.1, GradientNorm = 1e-9 });
        var cancelled = GradientFlow.Run(landscape, start, new() { Cancellation = source.Token });
        var broken = GradientFlow.Run(landscape, [double.NaN, 1, 1, 1, 1, 1], new());
        var rising = GradientFlow.Run(new Upwards(landscape), start, new() { LossRounding = 0, LargestSteps = 1000 });
        Assert.Equal((Status.NotConverged, 0L), (rising.Status, rising.Counts.Steps));
        Assert.Contains("the loss rises", rising.Sentence, StringComparison.Ordinal);
        Assert.Equal([Status.Limit, Status.Limit, Status.Cancelled, Status.NotConverged], new[] { limit.Status, late.Status, cancelled.Status, broken.Status });
        Assert.DoesNotContain(string.Empty, new[] { limit.Sentence, late.Sentence, cancelled.Sentence, broken.Sentence });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientFlow(new QuadraticLandscape(1), new()));
        Assert.Throws<ArgumentException>(() => GradientFlow.Run(landscape, start.AsSpan(1), new()));
        Assert.Throws<ArgumentException>(() => GradientDescent.Run(landscape, start.AsSpan(1), 0.1, new()));
        Assert.Throws<ArgumentException>(() => Langevin.Run(landscape, start.AsSpan(1), new()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientFlow(landscape, new() { Tolerance = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientFlow(landscape, new() { OutputTimes = [1, 0.5] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientFlow(landscape, new() { EndTime = 1, WaitingTimes = [2] }));
    }

    internal static double[] Start(int n, ulong seed)
    {
        var v = new double[n];
        new PhiloxStream(seed, StreamPurpose.Start).FillUnitVector(v);
        return v;
    }

    internal static void AssertSame(Trajectory expected, Trajectory found)
    {
        Assert.Equal((expected.Status, expected.Sentence, expected.EndTime, expected.Counts), (found.Status, found.Sentence, found.EndTime, found.Counts));
        Assert.Equal(expected.Configuration, found.Configuration);
        Assert.Equal([.. expected.Times, .. expected.Loss, .. expected.Overlap], (double[])[.. found.Times, .. found.Loss, .. found.Overlap]);
        Assert.Equal([.. expected.Multiplier, .. expected.GradientNorm], (double[])[.. found.Multiplier, .. found.GradientNorm]);
        Assert.Equal(expected.Correlation, found.Correlation);
        Assert.Equal(expected.LossParts, found.LossParts);
        Assert.Equal(expected.Waited, found.Waited);
    }

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] difference = a.ToArray();
        Vectors.Add(-1, b, difference);
        return Vectors.Length(difference);
    }

    // A loss of the wrong sign: no step lowers it.
    private sealed class Upwards(ILandscape landscape) : ILandscape
    {
        public int Dimension => landscape.Dimension;

        public ReadOnlySpan<double> Signal => landscape.Signal;

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient) => -landscape.Gradient(point, gradient);

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product) => landscape.HessianProduct(point, direction, product);
    }
}
