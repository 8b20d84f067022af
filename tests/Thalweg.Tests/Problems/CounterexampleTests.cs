// The small problems do what they were made for: a start that ends at a saddle, a step that throws half lines onto one, a groove without an end, exponents in closed form.
using System;
using System.Linq;
using Thalweg.Descent;
using Thalweg.Descent.FirstOrder;
using Thalweg.Numerics.Random;
using Thalweg.Probes;
using Thalweg.Problems;
using Thalweg.Problems.Counterexamples;
using Xunit;

namespace Thalweg.Tests.Problems;

public class CounterexampleTests
{
    // exact: the second coordinate stays zero to the last bit, and from any other start of the same row a minimum is reached.
    [Fact]
    public void Nesterovs_start_ends_at_the_saddle()
    {
        var problem = new NesterovSaddle();
        var walk = Walk(problem, [1, 0], 0.5, 200);
        Assert.Equal(0, walk.Point[1]);
        Assert.InRange(walk.Point[0], 0, 1e-60);
        foreach (double beside in new[] { 1e-12, -1e-12, double.Epsilon })
        {
            walk = Walk(problem, [1, beside], 0.5, 4000);
            Assert.Equal(Math.Sign(beside), walk.Point[1], 1e-12);
            Assert.Equal(problem.GlobalValue!.Value, walk.Value, 1e-12);
        }
    }

    // exact: with the step one a coordinate beyond ±1 is at zero after one step and stays there; one within reaches a minimum. With a step below 1/ℓ none stays.
    [Fact]
    public void The_trap_catches_what_lies_beyond_one()
    {
        const int n = 3;
        var trap = new SaddleTrap(n);
        double minimum = Math.Sqrt(1 - 1 / Math.Cbrt(2));
        int caught = 0;
        for (uint trial = 0; trial < 200; trial++)
        {
            double[] start = ProblemContractTests.Start(trap, 5, trial);
            var thrown = Walk(trap, start, 1, 400);
            var safe = Walk(trap, start, 0.99 / trap.Smoothness!.Gradient, 400);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(Math.Abs(start[i]) >= 1 ? 0 : minimum, Math.Abs(thrown.Point[i]), Math.Abs(start[i]) >= 1 ? 0 : 1e-12);
                Assert.Equal(Math.Sign(start[i]) * minimum, safe.Point[i], 1e-12);
            }

            caught += start.Any(x => Math.Abs(x) >= 1) ? 1 : 0;
        }

        Assert.InRange(caught, 20, 100);
        var spectrum = new LocalModel(trap.Open(), trap.Manifold, [1.5, 0.2, -0.3]).Spectrum();
        Assert.Equal(0, StepJacobian.Determinant(spectrum, 1).Value, 1e-14);
    }

    // exact: the constants are the largest second and third derivatives, reached where the remarks say, on a fine grid.
    [Fact]
    public void The_constants_of_the_trap_are_the_smallest_that_hold()
    {
        var trap = new SaddleTrap(1);
        var landscape = trap.Open();
        double[] product = new double[1];
        double Curvature(double x)
        {
            landscape.HessianProduct([x], [1], product);
            return product[0];
        }

        double[] grid = [.. Enumerable.Range(0, 200_001).Select(i => 1.2 * i / 200_000)], curvatures = [.. grid.Select(Curvature)];
        Assert.Equal(trap.Smoothness!.Gradient, curvatures.Max(Math.Abs), 1e-8);
        Assert.Equal(trap.Smoothness.Hessian, curvatures.Zip(curvatures.Skip(1), (a, b) => Math.Abs(b - a)).Max() / (grid[1] - grid[0]), 1e-4);
    }

    // exact: θ of one dimension, at every point of a path.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void The_gradient_of_a_power_is_a_power_of_its_value(int p)
    {
        var well = new PowerWell(1, p);
        var landscape = well.Open();
        double[] gradient = new double[1];
        foreach (double x in new[] { 1e-3, -0.3, 0.9, 2 })
        {
            double value = landscape.Gradient([x], gradient);
            Assert.Equal(Math.Pow(p * value, well.Exponent), Math.Abs(gradient[0]), 1e-13 * Math.Abs(gradient[0]));
            Assert.Equal(Math.Sign(x), Math.Sign(gradient[0]));
        }
    }

    // exact: on the rim and outside value, gradient and Hessian are zero; inside the value is positive, at most one and a half, and of fourth order in the distance.
    [Fact]
    public void The_spiral_is_bounded_and_flat_at_its_rim()
    {
        var spiral = new SpiralGroove();
        var landscape = spiral.Open();
        double[] gradient = new double[2], product = new double[2];
        var stream = new PhiloxStream(8, StreamPurpose.Data);
        for (int trial = 0; trial < 2000; trial++)
        {
            double angle = 2 * Math.PI * stream.NextUniform(), r = 1.2 * stream.NextUniform(), x = r * Math.Cos(angle), y = r * Math.Sin(angle), ρ = 1 - x * x - y * y;
            double value = landscape.Gradient([x, y], gradient);
            if (ρ <= 0)
            {
                landscape.HessianProduct([x, y], [1, 2], product);
                Assert.Equal((0.0, 0.0, 0.0, 0.0, 0.0), (value, gradient[0], gradient[1], product[0], product[1]));
            }
            else
            {
                Assert.InRange(value / (ρ * ρ * ρ * ρ), 0.5, 1.5);
            }
        }
    }

    // converged: the angle grows with every decade of iterations, by 2π ω/(4·2π) ln 10 = 6.9 in the limit, while the gradient vanishes.
    [Fact]
    public void Descent_in_the_groove_goes_round()
    {
        var walk = new FixedStepDescent(0.02);
        var spiral = new SpiralGroove();
        walk.Begin(spiral.Open(), spiral.Manifold, [0.3, 0.1], new(1, StreamPurpose.Trajectory));
        double angle = 0, before = Math.Atan2(0.1, 0.3), atTenth = 0;
        walk.Run(StoppingRules.Iterations(300_000), now =>
        {
            double here = Math.Atan2(now.Point[1], now.Point[0]);
            angle += Math.IEEERemainder(here - before, 2 * Math.PI);
            (before, atTenth) = (here, now.Iterations == 30_000 ? angle : atTenth);
        });
        Assert.InRange(angle - atTenth, 5, 0.25 * SpiralGroove.Winding * Math.Log(10));
        Assert.InRange(walk.GradientNorm, 0, 1e-3);
    }

    private static FixedStepDescent Walk(Problem problem, double[] start, double step, long iterations)
    {
        var method = new FixedStepDescent(step);
        method.Begin(problem.Open(), problem.Manifold, start, new(1, StreamPurpose.Trajectory));
        method.Run(StoppingRules.Iterations(iterations));
        return method;
    }
}
