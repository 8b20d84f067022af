// The steppers: observed orders, the polynomial between steps, stability, no allocation.
using System;
using Thalweg.Numerics.Steppers;
using Xunit;

namespace Thalweg.Tests.Numerics;

[Collection(nameof(StepperTests))]
[CollectionDefinition(nameof(StepperTests), DisableParallelization = true)]
public class StepperTests
{
    private const double End = 2;

    // converged(order within 0.1): a rotation whose speed depends on time, (y, z)' = (1 + cos(t)/2) (-z, y).
    [Fact]
    public void Observed_orders_are_the_nominal_ones()
    {
        AssertOrder(5, 40, steps => Solve(new DormandPrince(2, Field), steps).Error);
        AssertOrder(2, 400, steps => Solve(new Chebyshev(2, Field) { SpectralRadius = 40 * steps / 100.0 }, steps).Error);

        // A step of many stages has the same order: the stages are chosen for the product of step and radius.
        AssertOrder(2, 400, steps => Solve(new Chebyshev(2, Field) { SpectralRadius = 150 * steps }, steps).Error);
    }

    // converged(order within 0.1): of the polynomial between steps, and of the estimate of a step's error.
    [Fact]
    public void Polynomials_and_estimates_have_their_orders()
    {
        AssertOrder(5, 40, steps => Solve(new DormandPrince(2, Field), steps).Between);
        AssertOrder(2, 400, steps => Solve(new Chebyshev(2, Field) { SpectralRadius = 1 }, steps).Between);
        foreach (EmbeddedStepper stepper in new EmbeddedStepper[] { new DormandPrince(2, Field), new Chebyshev(2, Field) { SpectralRadius = 1 } })
        {
            stepper.Start(0.3, Exact(0.3));
            double h = stepper.Order == 5 ? 0.02 : 0.01, coarse = stepper.Attempt(h), fine = stepper.Attempt(h / 2);
            Assert.Equal(stepper.ErrorOrder, Math.Log2(coarse / fine), 0.1);
        }
    }

    // exact: the stability polynomial is at most one along the promised stretch of the negative axis, and for even stages no further.
    [Fact]
    public void Chebyshev_is_stable_as_far_as_it_says()
    {
        for (int stages = 2; stages <= 60; stages++)
        {
            double limit = Chebyshev.StabilityLimit(stages);
            Assert.Equal(stages, Chebyshev.StagesFor(limit));
            for (int i = 0; i <= 200; i++)
            {
                Assert.InRange(Growth(stages, limit * i / 200), -1 - 1e-12, 1 + 1e-12);
            }

            Assert.True(stages % 2 == 1 || Math.Abs(Growth(stages, limit * 1.06)) > 1, $"{stages} stages are stable further than promised");
        }

        static double Growth(int stages, double reach)
        {
            var stepper = new Chebyshev(1, (_, y, rate) => rate[0] = -reach * y[0]) { SpectralRadius = Chebyshev.StabilityLimit(stages) };
            stepper.Start(0, [1]);
            stepper.Attempt(1);
            return stepper.Proposed[0];
        }
    }

    [Fact]
    public void Steps_are_controlled_by_their_errors()
    {
        var control = new StepControl(5);
        Assert.Equal(0.9, control.AfterAccepted(1), 1e-15);
        Assert.Equal(0.9 * Math.Pow(0.01, -0.14), control.AfterAccepted(0.01), 1e-14);
        Assert.Equal(0.01, control.Before);
        Assert.Equal(5, new StepControl(2).AfterAccepted(0));
        Assert.Equal(0.9 * Math.Pow(2, -0.2), control.AfterRejected(2), 1e-14);
        Assert.Equal(0.2, control.AfterRejected(double.NaN));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        double[] between = new double[2];
        foreach (EmbeddedStepper stepper in new EmbeddedStepper[] { new DormandPrince(2, Field), new Chebyshev(2, Field) { SpectralRadius = 1000 } })
        {
            stepper.Start(0, Exact(0));
            long before = 0;
            for (int n = 0; n < 60; n++)
            {
                before = n == 50 ? GC.GetAllocatedBytesForCurrentThread() : before;
                stepper.Attempt(0.01);
                stepper.Interpolate(stepper.Time + 0.005, between);
                stepper.Accept();
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    private static void AssertOrder(double nominal, int steps, Func<int, double> error) => Assert.Equal(nominal, Math.Log2(error(steps) / error(2 * steps)), 0.1);

    private static (double Error, double Between) Solve(EmbeddedStepper stepper, int steps)
    {
        double[] between = new double[2];
        double largest = 0;
        stepper.Start(0, Exact(0));
        for (int n = 0; n < steps; n++)
        {
            stepper.Attempt(End / steps);
            double middle = End * (n + 0.4) / steps;
            stepper.Interpolate(middle, between);
            largest = Math.Max(largest, Distance(between, Exact(middle)));
            stepper.Accept();
        }

        return (Distance(stepper.State, Exact(End)), largest);
    }

    private static double[] Exact(double t) => [Math.Cos(t + 0.5 * Math.Sin(t)), Math.Sin(t + 0.5 * Math.Sin(t))];

    private static void Field(double t, ReadOnlySpan<double> y, Span<double> rate) => (rate[0], rate[1]) = (-y[1] * (1 + 0.5 * Math.Cos(t)), y[0] * (1 + 0.5 * Math.Cos(t)));

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => Math.Sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]));
}
