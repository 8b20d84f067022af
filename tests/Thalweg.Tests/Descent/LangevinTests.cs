// Langevin dynamics: moments of the heat kernel, stationary means, weak order, the short-time law, bits that do not depend on threads or interruptions.
using System;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Descent;

public class LangevinTests
{
    // exact: two moments of cos θ at every N and step, with two values that are cosines and a chance that is one.
    [Theory]
    [InlineData(2, 0.01)]
    [InlineData(3, 0.3)]
    [InlineData(4, 1.0)]
    [InlineData(1000, 0.05)]
    [InlineData(1000, 30.0)]
    [InlineData(2, 30.0)]
    public void Turns_have_the_moments_of_the_heat_kernel(int n, double h)
    {
        var (low, high, chance) = Langevin.Angles(n, h);
        Assert.InRange(low, -1, 1);
        Assert.InRange(high, -1, 1);
        Assert.InRange(chance, 0, 1);
        Assert.Equal(Math.Exp(-h * (n - 1) / n), chance * low + (1 - chance) * high, 1e-13);
        Assert.Equal((1 + (n - 1) * Math.Exp(-2 * h)) / n, chance * low * low + (1 - chance) * high * high, 1e-13);
    }

    // statistical(3 standard errors over 24 trials, one seed): <σ_1> = coth x - 1/x with x = N b/T on the sphere in three dimensions; the step's bias is below a third of the error.
    [Fact]
    public void A_linear_field_has_its_stationary_mean()
    {
        const double strength = 0.5, temperature = 1, x = 3 * strength / temperature;
        double[] means = Means(new FieldLandscape(3, strength), 24, 4000, 0.05, temperature, point => point[0]);
        AssertMean(1 / Math.Tanh(x) - 1 / x, means, 0.02);
    }

    // statistical(3 standard errors over 24 trials, one seed): on the circle the density exp(-2ℓ/T) with ℓ = (λ cos² + κ sin²)/2 gives <cos 2φ> = -I_1(z)/I_0(z), z = (λ - κ)/(2T).
    [Fact]
    public void A_quadratic_form_has_its_stationary_mean()
    {
        double[] values = [-0.8, 0.8];
        var landscape = new QuadraticLandscape(values);
        double signal0 = landscape.Signal[0], signal1 = landscape.Signal[1];
        double[] means = Means(landscape, 24, 4000, 0.05, 1, point => 2 * Math.Pow(signal0 * point[0] + signal1 * point[1], 2) - 1);
        AssertMean(BesselRatio(0.8), means, 0.02);
    }

    // statistical(converged(order 2), one seed): the bias of the stationary mean on the circle falls by four when the step is halved; its standard error is some 2 % of the coarse bias.
    [Fact]
    public void The_weak_order_is_two()
    {
        var landscape = new FieldLandscape(2, 1.5);
        double exact = BesselRatio(3);
        double[] coarse = Means(landscape, 16, 60_000, 0.8, 1, point => point[0]), fine = Means(landscape, 16, 120_000, 0.4, 1, point => point[0]);
        double bias = coarse.Average() - exact, finer = fine.Average() - exact, error = StandardError(coarse) + 4 * StandardError(fine);
        Assert.InRange(Math.Abs(bias), 5 * StandardError(coarse), 1);
        Assert.InRange(Math.Abs(bias - 4 * finer), 0, 3 * error + 0.3 * Math.Abs(bias));
    }

    // converged(order 2): without noise to speak of, a step is the midpoint rule of gradient flow.
    [Fact]
    public void The_drift_is_of_second_order()
    {
        var landscape = QuadraticLandscape.Ramp(8, -1, 1);
        double[] start = GradientFlowTests.Start(8, 4), exact = landscape.Exact(start, 2);
        Assert.Equal(2, Math.Log2(Error(0.04) / Error(0.02)), 0.05);

        double Error(double step)
        {
            double[] end = Langevin.Run(landscape, start, new() { EndTime = 2, Temperature = 1e-30, Step = step }).Configuration;
            Vectors.Add(-1, exact, end);
            return Vectors.Length(end);
        }
    }

    // statistical(3 standard errors over 40 trials, one seed): without a landscape C(t,t_w) = exp(-T (N-1)/N (t - t_w)), and μ = T (N-1)/N.
    [Fact]
    public void Free_diffusion_forgets_at_the_rate_T()
    {
        const int n = 30;
        var landscape = new FieldLandscape(n, 0);
        var runs = Trials.Run(() => new FieldLandscape(n, 0), 40, 2, (own, trial) => Langevin.Run(own, GradientFlowTests.Start(n, (ulong)trial), new() { EndTime = 3, Temperature = 0.7, Step = 0.25, Trial = (uint)trial, OutputTimes = [1, 1.5, 3], WaitingTimes = [1] }));
        for (int row = 0; row < 3; row++)
        {
            double[] correlations = [.. runs.Select(run => run!.Correlation[0][row])];
            double expected = Math.Exp(-0.7 * (n - 1) / n * (runs[0]!.Times[row] - 1));
            Assert.InRange(Math.Abs(correlations.Average() - expected), 0, 3 * StandardError(correlations) + 1e-14);
            Assert.Equal(0.7 * (n - 1) / n, runs[0]!.Multiplier[row], 1e-14);
        }

        Assert.True(landscape.Signal.IsEmpty);
    }

    [Fact]
    public void The_length_stays_and_a_resumed_walk_has_the_same_bits()
    {
        var landscape = QuadraticLandscape.Ramp(10, -1, 1);
        var options = new LangevinOptions { EndTime = 4, Temperature = 0.2, Step = 0.05, Seed = 4, Trial = 3, OutputTimes = [0, 1, 4], WaitingTimes = [0.5, 2] };
        var walk = new Langevin(landscape, options);
        walk.Start(GradientFlowTests.Start(10, 1));
        RunState? state = null;
        while (walk.Advance())
        {
            Assert.Equal(1, Vectors.Length(walk.Configuration), 1e-14);
            state = walk.Time < 1.5 ? walk.Save() : state;
        }

        var resumed = new Langevin(QuadraticLandscape.Ramp(10, -1, 1), options);
        resumed.Resume(state!);
        GradientFlowTests.AssertSame(walk.Result!, resumed.Finish());
        var other = Langevin.Run(landscape, GradientFlowTests.Start(10, 1), options with { Trial = 4 });
        Assert.NotEqual(walk.Result!.Configuration, other.Configuration);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Langevin(landscape, new() { Temperature = 0 }));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var walk = new Langevin(QuadraticLandscape.Ramp(10, -1, 1), new() { OutputTimes = [.. Enumerable.Range(0, 100).Select(k => 1.0 * k)], WaitingTimes = [1] });
        walk.Start(GradientFlowTests.Start(10, 1));
        long before = 0;
        for (int n = 0; n < 300; n++)
        {
            before = n == 100 ? GC.GetAllocatedBytesForCurrentThread() : before;
            Assert.True(walk.Advance());
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static double[] Means(Thalweg.Landscapes.ILandscape landscape, int trials, int steps, double step, double temperature, Func<double[], double> observable)
    {
        var means = new double[trials];
        double[] point = new double[landscape.Dimension];
        for (int trial = 0; trial < trials; trial++)
        {
            var walk = new Langevin(landscape, new() { EndTime = double.PositiveInfinity, Temperature = temperature, Step = step, Seed = 8, Trial = (uint)trial });
            walk.Start(GradientFlowTests.Start(landscape.Dimension, (ulong)trial));
            int settle = (int)(5 / step);
            for (int n = -settle; n < steps; n++)
            {
                walk.Advance();
                walk.Configuration.CopyTo(point);
                means[trial] += n < 0 ? 0 : observable(point) / steps;
            }
        }

        return means;
    }

    private static void AssertMean(double expected, double[] values, double largestError)
    {
        Assert.InRange(StandardError(values), 0, largestError);
        Assert.InRange(Math.Abs(values.Average() - expected), 0, 3 * StandardError(values));
    }

    private static double StandardError(double[] values) => Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1.0) / values.Length);

    // I_1(z)/I_0(z) by the trapezoidal rule on the circle, which is exact to rounding.
    private static double BesselRatio(double z)
    {
        double top = 0, bottom = 0;
        for (int k = 0; k < 64; k++)
        {
            double angle = 2 * Math.PI * k / 64, weight = Math.Exp(z * Math.Cos(angle));
            top += weight * Math.Cos(angle);
            bottom += weight;
        }

        return top / bottom;
    }
}
