// First-order methods on flat and curved spaces: minima are reached, points stay on the manifold, quasi-Newton needs fewer gradients, what cannot be done is said.
using System;
using System.Linq;
using Thalweg.Descent;
using Thalweg.Descent.FirstOrder;
using Thalweg.Geometry;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Thalweg.Problems.Factorization;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Descent;

public class FirstOrderManifoldTests
{
    // converged: every minimum of the tensor is a component, where the Riemannian curvature is 4, so a gradient of 1e-6 leaves a value within 1e-12/8 of -1; retraction and projection keep the length to rounding.
    [Theory]
    [InlineData("gd")]
    [InlineData("flow")]
    [InlineData("pgd")]
    [InlineData("coordinate")]
    [InlineData("proximal")]
    [InlineData("lbfgs")]
    public void A_component_is_found_on_the_sphere(string name)
    {
        var problem = new OrthogonalTensor(8, 2);
        double[] start = new double[8];
        for (uint trial = 0; trial < 20; trial++)
        {
            problem.Start(new PhiloxStream(4, StreamPurpose.Start, trial), start);
            var method = Begin(name, problem, start, new() { GradientLipschitz = 16, GradientThreshold = 1e-7 });
            var ending = method.Run(StoppingRules.Any(StoppingRules.GradientBelow(1e-6), StoppingRules.Iterations(5000)));
            Assert.Equal(Status.Converged, ending.Status);
            Assert.Equal(1, Vectors.Length(method.Point), 1e-14);
            Assert.Equal(-1, method.Value, 1e-12);
        }
    }

    // exact: the flow of a quadratic form, x_i e^{-λ_i t} in flat space and e^{-At} σ over its length on the sphere; the error of a fixed time is of the order of the tolerance, that is of second order in the steps.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_flow_is_that_of_the_formula(bool onSphere)
    {
        double[] values = [-1, 0.5, 1, 2, 3], start = [0.1, 0.5, -0.6, 0.4, 0.47];
        var form = new QuadraticLandscape(values);
        var flat = new DiagonalQuadratic(values);
        foreach (double tolerance in new[] { 1e-4, 1e-6, 1e-8 })
        {
            var method = new FlowDescent(tolerance);
            method.Begin(onSphere ? form : flat.Open(), onSphere ? new UnitSphere(5) : flat.Manifold, start, new(2, StreamPurpose.Trajectory));
            double[] from = method.Point.ToArray();
            method.Run(at => method.Time > 2 ? new(Status.Converged, "late") : null);
            double[] exact = onSphere ? form.Exact(from, method.Time) : [.. from.Select((x, i) => x * Math.Exp(-values[i] * method.Time))];
            Vectors.Add(-1, method.Point, exact);
            Assert.InRange(Vectors.Length(exact), 0.01 * tolerance, 10 * tolerance);
            Assert.InRange(method.Iterations, 0.2 / Math.Sqrt(tolerance), 4 / Math.Sqrt(tolerance));
        }
    }

    // exact: from the saddle with equal weight on all components, where the gradient is zero but for rounding, noise leads away, and the points stay on the sphere.
    [Theory]
    [InlineData("noisy-gd")]
    [InlineData("noisy-gd-normal")]
    [InlineData("sgld")]
    public void Noise_leaves_a_saddle_on_the_sphere(string name)
    {
        var problem = new OrthogonalTensor(8, 2);
        var saddle = problem.KnownPoints[7];
        Assert.Equal(-1.0 / 8, saddle.Value);
        var method = Begin(name, problem, saddle.Point, new() { GradientLipschitz = 40, NoiseStrength = 0.2, InverseTemperature = 200 });
        var ending = method.Run(StoppingRules.Any(StoppingRules.ValueBelow(-0.8), StoppingRules.Iterations(5000)), walk => Assert.Equal(1, Vectors.Length(walk.Point), 1e-14));
        Assert.Equal(Status.Converged, ending.Status);
    }

    // converged: superlinear convergence brings the gradient to 1e-9 with a fraction of the gradients of plain descent with the largest safe step; in flat space, and with balanced factors whose symmetry leaves zeros in the Hessian.
    [Fact]
    public void Quasi_Newton_descent_needs_a_fraction_of_the_gradients()
    {
        var problem = new AsymmetricFactorization(12, 10, 2, [2, 1], 1);
        double[] start = new double[44];
        for (uint trial = 0; trial < 10; trial++)
        {
            problem.Start(new PhiloxStream(4, StreamPurpose.Start, trial), start);
            DescentMethod quick = Begin("lbfgs", problem, start, new()), plain = Begin("gd", problem, start, new() { GradientLipschitz = 4 });
            Assert.Equal(Status.Converged, quick.Run(StoppingRules.Any(StoppingRules.GradientBelow(1e-9), StoppingRules.Evaluations(1000))).Status);
            Assert.Equal(Status.Converged, plain.Run(StoppingRules.Any(StoppingRules.GradientBelow(1e-9), StoppingRules.Evaluations(100_000))).Status);
            Assert.Equal(0, quick.Value, 1e-15);
            Assert.InRange(quick.Gradients, 1, plain.Gradients / 2);
        }
    }

    // exact: the value never rises beyond rounding, and at a minimum to the last digit it says that no step leads lower or goes on without harm.
    [Fact]
    public void Quasi_Newton_descent_never_climbs()
    {
        var problem = new QuadraticNetwork(6, 6, 3, 40, 1);
        double[] start = new double[problem.Manifold.AmbientDimension];
        problem.Start(new PhiloxStream(4, StreamPurpose.Start), start);
        var method = Begin("lbfgs", problem, start, new());
        double last = double.PositiveInfinity;
        method.Run(StoppingRules.Iterations(3000), walk =>
        {
            Assert.InRange(walk.Value, 0, last + 1e-14 * Math.Abs(last));
            last = walk.Value;
        });
        Assert.InRange(method.GradientNorm, 0, 1e-9);
    }

    // converged: with ηℓ = 1/2 the proximal point method passes the saddles of a short tube; where other coordinates stand at 4τ rounding keeps the inner gradient above its tolerance, which must not end the walk.
    [Fact]
    public void The_proximal_point_method_passes_saddles()
    {
        var tube = new Tube(4, 1.5);
        double[] start = new double[4];
        for (uint trial = 0; trial < 10; trial++)
        {
            tube.Start(new PhiloxStream(4, StreamPurpose.Start, trial), start);
            var ending = Begin("proximal", tube, start, new() { GradientLipschitz = 6 }).Run(StoppingRules.Any(StoppingRules.ValueBelow(tube.GlobalValue!.Value + 1e-3), StoppingRules.Iterations(20_000)));
            Assert.Equal(Status.Converged, ending.Status);
        }
    }

    [Fact]
    public void Mirror_descent_refuses_curved_spaces()
    {
        var problem = new OrthogonalTensor(4, 1);
        var refusal = Assert.Throws<ArgumentException>(() => Begin("mirror", problem, problem.KnownPoints[1].Point, new()));
        Assert.Contains("flat spaces", refusal.Message, StringComparison.Ordinal);
    }

    private static DescentMethod Begin(string name, Problem problem, double[] start, MethodSettings settings)
    {
        var method = MethodCatalog.Find(name)!.Build(settings);
        method.Begin(problem.Open(), problem.Manifold, start, new(2, StreamPurpose.Trajectory));
        return method;
    }
}
