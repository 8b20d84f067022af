// Every second-order method on every problem: second-order points from random starts and from saddles, ends that have a name.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Certificates;
using Thalweg.Descent;
using Thalweg.Descent.SecondOrder;
using Thalweg.Geometry;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Thalweg.Problems.Factorization;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Descent;

public class SecondOrderMethodTests
{
    private const double Accuracy = 1e-7;

    private static readonly string[] Names = ["trust-region", "cubic", "cubic-krylov", "carmon-duchi", "accelerated"];

    private static readonly Dictionary<string, ProblemSize> Sizes = new(StringComparer.Ordinal)
    {
        ["quadratic"] = new(3),
        ["psd-factorization"] = new(8, 3),
        ["asymmetric-factorization"] = new(9, 2),
        ["matrix-sensing"] = new(8, 2, 120),
        ["matrix-completion"] = new(20, 2, Coverage: 0.6),
        ["tensor"] = new(6),
        ["components"] = new(3),
        ["quadratic-network"] = new(4, 4, 30),
        ["flat-valley"] = new(),
    };

    public static TheoryData<string> Methods => [.. Names];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string method in Names)
            {
                foreach (var problem in ProblemCatalog.All.Where(problem => Sizes.ContainsKey(problem.Name)))
                {
                    pairs.Add(method, problem.Name);
                }
            }

            return pairs;
        }
    }

    // exact: the certificate computes all eigenvalues and does not trust the method. At |g| ≤ ε = 1e-7 the value is above the global one by |g|²/(2λ) at most, some 1e-13; where zeros beyond the symmetry let it rise with the fourth power only, as for a network with more units than its teacher, by some |g|^{4/3}.
    // There gradient descent on cubic models is as slow as gradient descent is, and is asked for ε = 1e-5. All local minima of these problems are global, by the theorems that they cite where the measurements allow, and by the two wells of the valley, whose flat point no random start meets. The quadratic has no minimum. The glass has many and is left out, and so is the tube, which is no problem of certificates.
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Random_starts_end_at_global_minima(string method, string problem)
    {
        var kind = ProblemCatalog.Find(problem)!.Of(Sizes[problem]);
        for (uint seed = 0; seed < 3; seed++)
        {
            double[] start = new double[kind.Manifold.AmbientDimension];
            kind.Start(new(7, StreamPurpose.Start, seed), start);
            bool isFlat = problem == "quadratic-network";
            double accuracy = isFlat && method == "carmon-duchi" ? 1e-5 : Accuracy;
            var (walker, end) = Run(method, kind, start, accuracy);
            if (kind.GlobalValue is not { } lowest)
            {
                Assert.Equal((Status.NotConverged, false), (end.Ending.Status, walker.HasFound));
                Assert.StartsWith("the value falls without bound: ", end.Ending.Sentence, StringComparison.Ordinal);
                continue;
            }

            Assert.True(walker.HasFound, $"{method} on {problem}, seed {seed}: {end.Ending.Sentence}");
            Assert.Equal(Status.Converged, end.Ending.Status);
            Assert.True(end.IsSecondOrder, end.Certificate.Why);
            Assert.Equal(0, end.Certificate.Index);
            Assert.InRange(walker.GradientNorm, 0, accuracy);
            Assert.True(isFlat || end.Certificate.Kind == PointKind.SecondOrder, end.Certificate.Why);
            Assert.InRange(walker.Value, lowest - 1e-13, lowest + (isFlat ? Math.Pow(accuracy, 4.0 / 3) : 1e-13));
        }
    }

    // exact: at a saddle g is zero, or rounding, and only a negative eigenvalue leads on. The end is the global minimum by the theorems.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Exact_saddles_are_left(string method)
    {
        foreach (Problem problem in new Problem[] { new PositiveFactorization(7, 2, [3, 2, 1], 4), new OrthogonalTensor(5, 4), new FlatValley() })
        {
            foreach (var saddle in problem.KnownPoints.Where(point => point.Spectrum[0] < -0.1))
            {
                var (walker, end) = Run(method, problem, saddle.Point, Accuracy);
                Assert.True(walker.HasFound, $"{method} from {saddle.Name}: {end.Ending.Sentence}");
                Assert.Equal(PointKind.SecondOrder, end.Certificate.Kind);
                Assert.Equal(problem.GlobalValue!.Value, walker.Value, 1e-13);
                Assert.True(walker.Iterations > 0);
            }
        }
    }

    // exact: on the quotient by rotations no zero of the Hessian is left, from random starts and from the most singular point, U = 0; and a drawn landscape on the sphere has no symmetry at all, so that its minima are certain.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Curved_manifolds_are_walked_on_too(string method)
    {
        const int n = 40;
        var factors = new PositiveFactorization(8, 3, [3, 2, 1], 1);
        double[] random = new double[24], direction = new double[n];
        factors.Start(new(3, StreamPurpose.Start), random);
        new PhiloxStream(4, StreamPurpose.Start).FillUnitVector(direction);
        var drawn = PackedInstance.Draw(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 1.5).ToModel(), n, 5, 0);
        (ILandscape Landscape, IManifold Manifold, double[] Start, double Rho)[] cases =
        [
            (factors.Open(), new FactorQuotient(3, 8), random, 6),
            (factors.Open(), new FactorQuotient(3, 8), new double[24], 6),
            (drawn.Landscape(), new UnitSphere(n), direction, 1),
        ];
        foreach (var (landscape, manifold, start, rho) in cases)
        {
            var walker = MethodCatalog.Find(method)!.Build(new() { Accuracy = Accuracy, HessianLipschitz = rho });
            walker.Begin(landscape, manifold, start, new(7, StreamPurpose.Trajectory));
            var end = walker.RunCertified(landscape, manifold, StoppingRules.Evaluations(100_000));
            Assert.True(walker.HasFound, $"{method} on {manifold.Name}: {end.Ending.Sentence}");
            Assert.Equal((PointKind.SecondOrder, 0, 0), (end.Certificate.Kind, end.Certificate.Index, end.Certificate.Nullity));
            Assert.True(start.Length == n || Math.Abs(walker.Value) < 1e-13);
        }
    }

    // exact: a minimum is known for one at once; a saddle whose lowest eigenvalue lies above -sqrt(ρ ε) is what was asked for, and with a smaller ε it is left.
    [Theory]
    [MemberData(nameof(Methods))]
    public void The_end_is_told_by_both_conditions(string method)
    {
        var (atMinimum, _) = Run(method, new OrthogonalTensor(4, 1), new OrthogonalTensor(4, 1).KnownPoints[0].Point, 1e-6);
        Assert.Equal((true, 0L), (atMinimum.HasFound, atMinimum.Iterations));

        var shallow = new DiagonalQuadratic(1, -0.01);
        foreach (var (accuracy, isEnough) in new[] { (1.1e-4, true), (0.9e-4, false) })
        {
            var walker = MethodCatalog.Find(method)!.Build(new() { Accuracy = accuracy, HessianLipschitz = 1 });
            walker.Begin(shallow.Open(), shallow.Manifold, [0, 0], new(1, StreamPurpose.Trajectory));
            Assert.Equal(isEnough, walker.HasFound);
            Assert.Equal(!isEnough, walker.Step());
            Assert.Equal(isEnough, walker.Value == 0);
        }

        // A gradient above ε in a bowl is no end.
        var bowl = MethodCatalog.Find(method)!.Build(new() { Accuracy = 1e-3 });
        var quadratic = new DiagonalQuadratic(1, 2);
        bowl.Begin(quadratic.Open(), quadratic.Manifold, [1.1e-3, 0], new(1, StreamPurpose.Trajectory));
        Assert.False(bowl.HasFound);
    }

    // exact: (1) and (-1) in one dimension, all of it flat, a slope without end, no numbers anywhere, no Hessian, and no numbers beyond a ball that holds no minimum: each ends by itself, with a sentence, found or not as it is.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_end_has_a_name(string method)
    {
        (ILandscape Landscape, double[] Start, double Rho, bool IsFound, string Sentence)[] cases =
        [
            (new DiagonalQuadratic(1).Open(), [3], 0, true, "a second-order point: "),
            (new DiagonalQuadratic(1).Open(), [0], 1, true, "a second-order point: "),
            (new DiagonalQuadratic(-1).Open(), [0], 0, false, "the value falls without bound: "),
            (new DiagonalQuadratic(-1).Open(), [1e-3], 0, false, "the value falls without bound: "),
            (new DiagonalQuadratic(-1, -2, -2).Open(), [0, 1, 0], 0, false, "the value falls without bound: "),
            (new DiagonalQuadratic(0, 0).Open(), [1, 2], 1, true, "a second-order point: "),
            (new FieldLandscape(3, 1), [0, 1, 0], 0, false, "the value falls without bound: "),
            (new Bowl(double.NaN, 0), [1, 1], 1, false, "the value or the gradient is no number at the start"),
            (new Bowl(0, double.NaN), [1, 1], 1, false, "the Hessian is no number here"),
            (new Bowl(0, 0, 1), [0.5, 0], 1, false, "no step leads lower after "),
        ];
        foreach (var (landscape, start, rho, isFound, sentence) in cases)
        {
            var walker = MethodCatalog.Find(method)!.Build(new() { Accuracy = 1e-6, HessianLipschitz = rho });
            walker.Begin(landscape, new EuclideanSpace(start.Length), start, new(1, StreamPurpose.Trajectory));
            var ending = walker.Run(StoppingRules.Iterations(5000));
            Assert.StartsWith(sentence, ending.Sentence, StringComparison.Ordinal);
            Assert.Equal((isFound, isFound ? Status.Converged : Status.NotConverged), (walker.HasFound, ending.Status));
            Assert.False(walker.Step());
        }
    }

    // exact: what slope there is, far below ε, says which way along the lowest eigenvector is down; gradient descent on a perturbed model may take either.
    [Theory]
    [InlineData("trust-region")]
    [InlineData("cubic")]
    [InlineData("cubic-krylov")]
    [InlineData("accelerated")]
    public void The_slope_says_which_way_is_down(string method)
    {
        var saddle = new DiagonalQuadratic(1, -1);
        foreach (double side in new[] { 1e-9, -1e-9 })
        {
            var walker = MethodCatalog.Find(method)!.Build(new() { Accuracy = 1e-6 });
            walker.Begin(saddle.Open(), saddle.Manifold, [0, side], new(1, StreamPurpose.Trajectory));
            Assert.True(walker.Step());
            Assert.InRange(walker.Point[1] / side, 1e8, 1e10);
        }
    }

    // converged(to a tenth of ε_k): one pass from x = 1 on x²/2 with ρ = 0.2 minimises z²/2 + γ(z - 1)², γ = 2 sqrt(ρ ε_k), ε_k = 1/4, at 2γ/(1 + 2γ), which lies within the distance sqrt(ε_k/ρ) > 1; a slope of ε_k/10 is a distance of 0.025/(1 + 2γ).
    [Fact]
    public void An_accelerated_pass_ends_at_the_proximal_point()
    {
        var bowl = new DiagonalQuadratic(1);
        var walker = new AcceleratedDescent(new(1e-6, 0.2));
        walker.Begin(bowl.Open(), bowl.Manifold, [1], new(1, StreamPurpose.Trajectory));
        Assert.True(walker.Step());
        double gamma = 2 * Math.Sqrt(0.2 * 0.25);
        Assert.Equal(2 * gamma / (1 + 2 * gamma), walker.Point[0], 0.025 / (1 + 2 * gamma));
    }

    // exact: a step of conjugate gradients that would leave the region ends at its boundary, after one direction and after two.
    [Fact]
    public void Truncated_steps_end_at_the_radius()
    {
        var bowl = new DiagonalQuadratic(1, 10);
        foreach (double radius in new[] { 0.5, 2, 2.2 })
        {
            var walker = new TrustRegion(new(1e-6, 1), radius);
            walker.Begin(bowl.Open(), bowl.Manifold, [2, 1], new(1, StreamPurpose.Trajectory));
            Assert.True(walker.Step());
            Assert.Equal(radius, Math.Sqrt((walker.Point[0] - 2) * (walker.Point[0] - 2) + (walker.Point[1] - 1) * (walker.Point[1] - 1)), 1e-14);
        }
    }

    // exact: the value never rises by more than its rounding, and the same stream gives the same bits.
    [Theory]
    [MemberData(nameof(Methods))]
    public void The_value_falls_and_the_seed_names_the_path(string method)
    {
        var problem = ProblemCatalog.Find("psd-factorization")!.Of(Sizes["psd-factorization"]);
        double[] start = new double[problem.Manifold.AmbientDimension];
        problem.Start(new(3, StreamPurpose.Start), start);
        double[][] ends = new double[2][];
        for (int repeat = 0; repeat < 2; repeat++)
        {
            var walker = MethodCatalog.Find(method)!.Build(new() { Accuracy = Accuracy, HessianLipschitz = 0.1 });
            walker.Begin(problem.Open(), problem.Manifold, start, new(3, StreamPurpose.Trajectory));
            double before = double.PositiveInfinity;
            walker.Run(StoppingRules.Iterations(500), at =>
            {
                Assert.InRange(at.Value, 0, before + 1e-12);
                before = at.Value;
            });
            Assert.True(walker.HasFound);
            ends[repeat] = walker.Point.ToArray();
        }

        Assert.Equal(ends[0], ends[1]);
    }

    private static (DescentMethod Walker, CertifiedEnd End) Run(string method, Problem problem, double[] start, double accuracy)
    {
        var landscape = problem.Open();
        var walker = MethodCatalog.Find(method)!.Build(new() { Accuracy = accuracy, HessianLipschitz = problem.Smoothness?.Hessian ?? 1 });
        walker.Begin(landscape, problem.Manifold, start, new(7, StreamPurpose.Trajectory));
        return (walker, walker.RunCertified(landscape, problem.Manifold, StoppingRules.Any(StoppingRules.Iterations(1000), StoppingRules.Evaluations(1_000_000)), at => new() { Idle = problem.Idle(at), GradientNorm = accuracy }));
    }

    // ½|x - (3, 0)|² with a number added to values and to products, and no numbers beyond a distance from zero.
    private sealed class Bowl(double value, double product, double reach = double.PositiveInfinity) : ILandscape
    {
        public int Dimension => 2;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            (gradient[0], gradient[1]) = (point[0] - 3, point[1]);
            return 0.5 * (gradient[0] * gradient[0] + gradient[1] * gradient[1]) + value + (Math.Abs(point[0]) > reach ? double.NaN : 0);
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> target) => (target[0], target[1]) = (direction[0] + product, direction[1]);
    }
}
