// First-order methods against what is known exactly: times of escape, stable manifolds, stationary variances, one step each, no allocation.
using System;
using System.Linq;
using Thalweg.Descent;
using Thalweg.Descent.FirstOrder;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Thalweg.Problems.Factorization;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Descent;

public class FirstOrderTests
{
    private static readonly DiagonalQuadratic Saddle = new(1, 0.5, -0.25);

    // exact: the unstable coordinate is multiplied by 1 + η/4 = 1.1 in each step, the factor of the lecture with γ = 0.2, so it passes 1 after ⌈ln(1/|θ|)/ln 1.1⌉ steps in every one of 2,000 runs.
    // statistical(4.5 standard errors, 2,000 starts): the mean is (ln 1000 - E ln|z|)/ln 1.1 + 1/2 with E ln|z| = -(γ_E + ln 2)/2 and a deviation of π/(2 sqrt 2)/ln 1.1.
    [Fact]
    public void Gradient_descent_leaves_a_saddle_when_the_formula_says()
    {
        const int runs = 2000;
        double rate = Math.Log(1.1), sum = 0;
        double[] start = new double[3];
        for (uint run = 0; run < runs; run++)
        {
            new PhiloxStream(1, StreamPurpose.Start, run).FillNormal(start);
            Vectors.Scale(1e-3, start);
            var method = Begin(new FixedStepDescent(0.4), Saddle, start);
            while (Math.Abs(method.Point[2]) <= 1)
            {
                method.Step();
            }

            Assert.Equal(Math.Ceiling(-Math.Log(Math.Abs(start[2])) / rate), method.Iterations);
            sum += method.Iterations;
        }

        double mean = (Math.Log(1000) + 0.5 * (0.5772156649015329 + Math.Log(2))) / rate + 0.5;
        Assert.InRange(Math.Abs(sum / runs - mean), 0, 4.5 * Math.PI / (2 * Math.Sqrt(2)) / rate / Math.Sqrt(runs));
    }

    // exact, to the bit: from a start without a component along the unstable direction there is never one, and the walk ends in the saddle; with a component of 1e-150 it leaves.
    [Theory]
    [InlineData("gd")]
    [InlineData("coordinate")]
    [InlineData("mirror")]
    [InlineData("proximal")]
    public void The_stable_manifold_is_kept_to_the_bit(string name)
    {
        var settings = new MethodSettings { Step = 0.4 };
        var method = Begin(MethodCatalog.Find(name)!.Build(settings), Saddle, [0.3, -0.7, 0]);
        for (int k = 0; k < 4000; k++)
        {
            method.Step();
            Assert.Equal(0.0, method.Point[2]);
        }

        Assert.InRange(Vectors.Length(method.Point), 0, 1e-150);
        method = Begin(MethodCatalog.Find(name)!.Build(settings), Saddle, [0.3, -0.7, 1e-150]);
        method.Run(StoppingRules.Any(StoppingRules.ValueBelow(-1), StoppingRules.Iterations(20_000)));
        Assert.InRange(method.Value, double.NegativeInfinity, -1);
    }

    // exact: at U = 0 the gradient is zero to the bit, so plain descent stays for ever; kicks lead from the saddle of nine unstable directions to the global minimum, whatever the seed. converged: at |g| above 1e-7 no kick disturbs the end, where f ≤ |g|²/(2·2) for the lowest curvature 2 λ_3 = 2.
    [Fact]
    public void Kicks_leave_an_exact_saddle_where_plain_descent_stays()
    {
        var problem = new PositiveFactorization(20, 3, [3, 2, 1], 1);
        double[] origin = new double[60];
        var plain = Begin(new FixedStepDescent(1.0 / 12), problem, origin);
        plain.Run(StoppingRules.Iterations(5000));
        Assert.All(plain.Point.ToArray(), x => Assert.Equal(0.0, x));
        Assert.Equal(3.5, plain.Value, 1e-13);
        for (uint seed = 0; seed < 20; seed++)
        {
            var method = new PerturbedDescent(new(1.0 / 12, 1e-3, 1e-7, 50));
            method.Begin(problem.Open(), problem.Manifold, origin, new(seed, StreamPurpose.Trajectory));
            var ending = method.Run(StoppingRules.Any(StoppingRules.ValueBelow(3e-13), StoppingRules.Iterations(1000)));
            Assert.Equal((Status.Converged, 1), (ending.Status, (int)method.Kicks));
        }
    }

    // exact: the constants of the theorem for ℓ = 2, ρ = 3, ε = 0.1, δ = 0.1, Δ = 1, d = 10, worked out by hand: d ℓ Δ/(ε² δ) = 20,000.
    [Fact]
    public void Constants_of_the_theorem_are_the_published_ones()
    {
        double χ = 3 * Math.Log(20_000);
        var rule = PerturbationRule.FromTheory(2, 3, 0.1, 0.1, 1, 10);
        Assert.Equal(0.5, rule.Step);
        Assert.Equal(0.05 / (χ * χ), rule.Radius, 1e-16);
        Assert.Equal(0.1 / (χ * χ), rule.GradientThreshold, 1e-16);
        Assert.Equal(109, rule.WaitingTime);
        Assert.Equal(Math.Sqrt(0.001 / 3) / (χ * χ * χ), rule.ValueThreshold!.Value, 1e-18);
        Assert.Equal(0.05 / 144, PerturbationRule.FromTheory(2, 3, 0.1, 0.9, 0.001, 1).Radius, 1e-16);
        Assert.Throws<ArgumentOutOfRangeException>(() => PerturbationRule.FromTheory(2, 0, 0.1, 0.1, 1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => PerturbationRule.FromTheory(2, 3, 2, 0.1, 1, 10));
    }

    // exact: with these constants the walk ends by itself, at a point before a kick: its gradient is below the threshold, and in this problem a second-order point has the value 0 up to |g|².
    [Fact]
    public void With_the_constants_of_the_theorem_it_ends_at_a_second_order_point()
    {
        var problem = new PositiveFactorization(4, 2, [2, 1], 3);
        var smoothness = problem.Smoothness!;
        var rule = PerturbationRule.FromTheory(smoothness.Gradient, smoothness.Hessian, 0.05, 0.1, 2.5, 8);
        var method = new PerturbedDescent(rule);
        method.Begin(problem.Open(), problem.Manifold, new double[8], new(4, StreamPurpose.Trajectory));
        var ending = method.Run(StoppingRules.Iterations(200_000));
        Assert.Equal(Status.Converged, ending.Status);
        Assert.True(method.HasFound);
        Assert.InRange(method.GradientNorm, 0, rule.GradientThreshold);
        Assert.InRange(method.Value, 0, rule.GradientThreshold * rule.GradientThreshold);
    }

    // statistical(4.5 standard errors): x⁺ = (1-η) x + sqrt(2η/β) ξ has the variance (1/β)/(1-η/2) = 0.10526; its empirical variance over n steps has the relative error sqrt(2 (1+a²)/((1-a²) n)) with a = 1-η. The continuous-time value 0.1 lies eleven of them away.
    [Fact]
    public void Langevin_descent_has_its_stationary_variance()
    {
        const int steps = 1_000_000;
        var method = new LangevinDescent(0.1, 10);
        method.Begin(new DiagonalQuadratic(1).Open(), new DiagonalQuadratic(1).Manifold, [0], new(5, StreamPurpose.Trajectory));
        method.Run(StoppingRules.Iterations(1000));
        method.Forget();
        method.Run(StoppingRules.Iterations(1000 + steps));
        double expected = 0.1 / 0.95, error = Math.Sqrt(2 * 1.81 / (0.19 * steps));
        Assert.Equal(steps, method.Averaged);
        Assert.InRange(Math.Abs(method.Variance(0) / expected - 1), 0, 4.5 * error);
        Assert.InRange(Math.Abs(method.Mean[0]), 0, 4.5 * Math.Sqrt(expected * 1.9 / 0.1 / steps));
        Assert.InRange(method.Lowest, 0, 1e-8);
    }

    // statistical(4.5 standard errors): x⁺ = (1-η) x - η s ξ has the variance η s² E ξ_i²/(2-η) in each of three coordinates, with E ξ_i² = 1/3 on the sphere and 1 for normal noise.
    [Theory]
    [InlineData(NoiseLaw.Sphere, 1.0 / 3)]
    [InlineData(NoiseLaw.Normal, 1)]
    public void Noisy_descent_has_its_stationary_variance(NoiseLaw law, double square)
    {
        const int steps = 200_000;
        const double η = 0.2, strength = 0.5;
        var method = Begin(new NoisyDescent(η, law, strength), new DiagonalQuadratic(1, 1, 1), [0, 0, 0]);
        double sum = 0;
        method.Run(StoppingRules.Iterations(steps), walk => sum += walk.Iterations <= 100 ? 0 : Vectors.Dot(walk.Point, walk.Point) / 3 / (steps - 100));
        double error = Math.Sqrt(2 * (1 + 0.64) / (0.36 * steps * 3));
        Assert.InRange(Math.Abs(sum / (η * strength * strength * square / (2 - η)) - 1), 0, 4.5 * error);
    }

    // exact up to rounding, or to the tolerance of the inner problem: one step of each method on a quadratic, by its formula.
    [Fact]
    public void One_step_is_that_of_the_formula()
    {
        var problem = new DiagonalQuadratic(2, 0.5, -0.25);
        double[] start = [0.8, -1.5, 0.3], values = [2, 0.5, -0.25];
        double[] coordinate = Step(new CoordinateDescent(0.3)), proximal = Step(new ProximalPoint(0.3, 2, 1e-12)), mirror = Step(new MirrorDescent(0.3, 0.7)), kicked = Step(new PerturbedDescent(new(0.3, 0.1, 100, 5))), plain = Step(new FixedStepDescent(0.3));
        double scale = 0.3 / Math.Sqrt(1.5 * 1.5 + 0.49);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(start[i] * (1 - 0.3 * values[i]), plain[i], 1e-15);
            Assert.Equal(start[i] * (1 - 0.3 * values[i]), coordinate[i], 1e-15);
            Assert.Equal(start[i] / (1 + 0.3 * values[i]), proximal[i], 1e-11);
            Assert.Equal(0.7 * Math.Sinh(Math.Asinh(start[i] / 0.7) - scale * values[i] * start[i]), mirror[i], 1e-14);
            Assert.NotEqual(plain[i], kicked[i]);
            Assert.InRange(Math.Abs(plain[i] - kicked[i]), 0, 0.1 * (1 + 0.3 * 0.25));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new ProximalPoint(0.5, 2));

        double[] Step(DescentMethod method)
        {
            Begin(method, problem, start).Step();
            return [.. method.Point];
        }
    }

    // statistical(4.5 standard errors, 4,000 kicks): a kick is uniform in the ball, (|ξ|/r)^d uniform in (0, 1), on a flat space of 3 dimensions and on a sphere with tangent spaces of 7.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Kicks_are_uniform_in_a_ball(bool onSphere)
    {
        Problem problem = onSphere ? new OrthogonalTensor(8, 1) : new DiagonalQuadratic(0, 0, 0);
        double[] start = onSphere ? problem.KnownPoints[3].Point : new double[3];
        int d = problem.Manifold.Dimension;
        double sum = 0, squares = 0;
        const int kicks = 4000;
        for (uint k = 0; k < kicks; k++)
        {
            var method = new PerturbedDescent(new(1e-12, 1e-3, 1, 5));
            method.Begin(problem.Open(), problem.Manifold, start, new(6, StreamPurpose.Trajectory, k));
            method.Step();
            double[] away = [.. method.Point];
            Vectors.Add(-1, start, away);
            double u = Math.Pow(Vectors.Length(away) / 1e-3, d);
            Assert.InRange(u, 0, 1.0001);
            sum += u / kicks;
            squares += u * u / kicks;
        }

        Assert.InRange(Math.Abs(sum - 0.5), 0, 4.5 * Math.Sqrt(1.0 / 12 / kicks));
        Assert.InRange(Math.Abs(squares - 1.0 / 3), 0, 4.5 * Math.Sqrt(4.0 / 45 / kicks));
    }

    // exact: not one byte a step, kicks and line searches included, in flat space and on a sphere.
    [Theory]
    [InlineData("gd")]
    [InlineData("flow")]
    [InlineData("noisy-gd")]
    [InlineData("noisy-gd-normal")]
    [InlineData("pgd")]
    [InlineData("sgld")]
    [InlineData("coordinate")]
    [InlineData("mirror")]
    [InlineData("proximal")]
    [InlineData("lbfgs")]
    public void A_step_allocates_nothing(string name)
    {
        foreach (Problem problem in name == "mirror" ? [new Tube(6, 1.5)] : new Problem[] { new Tube(6, 1.5), new OrthogonalTensor(6, 1) })
        {
            double[] start = new double[6];
            problem.Start(new PhiloxStream(3, StreamPurpose.Start), start);
            var method = Begin(MethodCatalog.Find(name)!.Build(new() { GradientLipschitz = 40, WaitingTime = 3, GradientThreshold = 100, NoiseStrength = 0.1 }), problem, start);
            int warm = name == "lbfgs" ? 3 : 30;
            long before = 0;
            for (int n = 0; n < 2 * warm; n++)
            {
                before = n == warm ? GC.GetAllocatedBytesForCurrentThread() : before;
                method.Step();
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            Assert.Empty(method.Ending);
        }
    }

    private static DescentMethod Begin(DescentMethod method, Problem problem, double[] start)
    {
        method.Begin(problem.Open(), problem.Manifold, start, new(2, StreamPurpose.Trajectory));
        return method;
    }
}
