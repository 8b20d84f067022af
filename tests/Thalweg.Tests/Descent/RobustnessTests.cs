// Every method on what goes wrong: no gradient, no curvature, no numbers, a start on a saddle, one dimension, none; each end and each last point has a name.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Certificates;
using Thalweg.Descent;
using Thalweg.Descent.SecondOrder;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Descent;

/// <summary>The same cases for all methods of the catalog.</summary>
public class RobustnessTests
{
    private const double Accuracy = 1e-6;
    private const long Most = 4000;

    // Methods that come to rest at the accuracy asked for; noise does not let the others.
    private static readonly string[] Restless = ["noisy-gd", "noisy-gd-normal", "sgld"];

    // Methods whose steps grow where there is no curvature: steps of 1/ℓ need 1/(2 η x²) = 20,000 of them down to x³ = 1e-6.
    private static readonly string[] Fast = ["flow", "lbfgs", "trust-region", "cubic", "cubic-krylov", "carmon-duchi", "accelerated"];

    // Methods that a start on the stable manifold, to the last bit, does not hold.
    private static readonly string[] Escaping = ["noisy-gd", "noisy-gd-normal", "pgd", "pgd-theory", "sgld", "trust-region", "cubic", "cubic-krylov", "carmon-duchi", "accelerated"];

    public static TheoryData<string> Methods => [.. MethodCatalog.All.Select(kind => kind.Name)];

    // exact: on a plane every point is critical, and neither gradient nor Hessian says which kind.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Where_the_gradient_is_zero_everywhere(string name)
    {
        var (method, ending, kind) = Run(name, new DiagonalQuadratic(0, 0, 0).Open(), [1, 2, 3]);
        Assert.Equal(Status.Converged, ending.Status);
        Assert.NotEmpty(ending.Sentence);
        Assert.Equal((0, PointKind.Degenerate), (method.GradientNorm, kind));
    }

    // exact: a sum of fourth powers has no curvature at its minimum, and hardly any around it: approached as far as a method can, and degenerate at the point itself.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Where_the_Hessian_is_flat(string name)
    {
        var (method, ending, kind) = Run(name, new FourthPowers(), [0.5, -0.4], isQuiet: true, asksForGradient: !Restless.Contains(name));
        bool isThere = Fast.Contains(name);
        Assert.Equal(isThere ? (Status.Converged, PointKind.SecondOrder) : (Status.Limit, PointKind.NotCritical), (ending.Status, kind));
        Assert.NotEmpty(ending.Sentence);
        Assert.InRange(method.Value, 0, 1e-3);

        var (still, nothing, flat) = Run(name, new FourthPowers(), [0, 0]);
        Assert.Equal((Status.Converged, 0.0, PointKind.Degenerate), (nothing.Status, still.Value, flat));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Where_nothing_is_a_number(string name)
    {
        var (method, ending, kind) = Run(name, new NoNumber(0), [1, 1]);
        Assert.Equal((Status.NotConverged, "the value or the gradient is no number at the start", PointKind.Undecided), (ending.Status, ending.Sentence, kind));
        Assert.False(method.Step());
        Assert.False(method.HasFound);
    }

    // exact: the value falls toward a cliff beyond which there are no numbers. Methods that look before they step stop before it; the others say that they fell.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Where_numbers_end_on_the_way(string name)
    {
        var (method, ending, _) = Run(name, new NoNumber(1), [0.5, 0]);
        Assert.Equal(Status.NotConverged, ending.Status);
        Assert.True(ending.Sentence.Contains("is no number after", StringComparison.Ordinal) || ending.Sentence.Contains("no step leads lower", StringComparison.Ordinal), ending.Sentence);
        Assert.False(method.HasFound);
    }

    // exact: ½(x² - y²) + y⁴/4 from its saddle, to the last bit, and from a point of its stable manifold: a method stays at the saddle and says that its gradient is zero there, or it finds a minimum at y = ±1; the certificate tells which.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Where_the_start_is_a_saddle_or_leads_to_one(string name)
    {
        foreach (double[] start in new double[][] { [0, 0], [1, 0] })
        {
            var (method, ending, kind) = Run(name, new TwoWells(), start, isQuiet: true, asksForGradient: !Escaping.Contains(name));
            Assert.NotEmpty(ending.Sentence);
            if (Escaping.Contains(name))
            {
                Assert.InRange(method.Value, -0.25, -0.25 + 1e-3);
                Assert.Equal(1, Math.Abs(method.Point[1]), 0.05);
            }
            else
            {
                Assert.Equal((Status.Converged, PointKind.StrictSaddle, 0.0), (ending.Status, kind, method.Point[1]));
            }
        }
    }

    // exact: one dimension, up and down; and a manifold that is a point.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Where_there_is_one_dimension_or_none(string name)
    {
        var (bowl, _, kind) = Run(name, new DiagonalQuadratic(1).Open(), [3], isQuiet: true);
        Assert.InRange(Math.Abs(bowl.Point[0]), 0, Restless.Contains(name) ? 0.05 : Accuracy);
        Assert.Contains(kind, Restless.Contains(name) ? new[] { PointKind.NotCritical, PointKind.SecondOrder } : [PointKind.SecondOrder]);

        // With ρ = 1 the accelerated method makes steps of 2|λ|/ρ and falls slowly.
        var (bottomless, fall, _) = Run(name, new DiagonalQuadratic(-1).Open(), [1e-3], isQuiet: true);
        Assert.InRange(bottomless.Value, double.NegativeInfinity, -1e6);
        Assert.Equal(name == "accelerated" ? Status.Limit : Status.NotConverged, fall.Status);
        Assert.StartsWith(name == "accelerated" ? "4000 iterations" : "the value falls without bound", fall.Sentence, StringComparison.Ordinal);

        if (name != "mirror")
        {
            var nowhere = Method(name, false);
            nowhere.Begin(new DiagonalQuadratic(1).Open(), new Stiefel(1, 1), [1], new(1, StreamPurpose.Trajectory));
            var ending = nowhere.Run(StoppingRules.Iterations(10));
            Assert.Equal((Status.Converged, "the manifold is a point: there is nowhere to go"), (ending.Status, ending.Sentence));
        }
    }

    private static DescentMethod Method(string name, bool isQuiet) => MethodCatalog.Find(name)!.Build(new()
    {
        Accuracy = Accuracy, GradientLipschitz = 4, NoiseStrength = isQuiet ? 1e-2 : 1, InverseTemperature = isQuiet ? 1e6 : 10, Dimension = 2, Radius = 1e-3, GradientThreshold = 1e-3, WaitingTime = 40,
    });

    private static (DescentMethod Method, Ending Ending, PointKind Kind) Run(string name, ILandscape landscape, double[] start, bool isQuiet = false, bool asksForGradient = true)
    {
        var manifold = new EuclideanSpace(start.Length);
        var method = Method(name, isQuiet);
        method.Begin(landscape, manifold, start, new(1, StreamPurpose.Trajectory));
        StoppingRule most = StoppingRules.Iterations(Most);
        var end = method.RunCertified(landscape, manifold, asksForGradient ? StoppingRules.Any(StoppingRules.GradientBelow(Accuracy), most) : most, _ => new() { GradientNorm = Accuracy });
        return (method, end.Ending, end.Certificate.Kind);
    }

    // ¼ Σ x_i⁴.
    private sealed class FourthPowers : ILandscape
    {
        public int Dimension => 2;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            double value = 0;
            for (int i = 0; i < point.Length; i++)
            {
                gradient[i] = point[i] * point[i] * point[i];
                value += 0.25 * gradient[i] * point[i];
            }

            return value;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            for (int i = 0; i < point.Length; i++)
            {
                product[i] = 3 * point[i] * point[i] * direction[i];
            }
        }
    }

    // ½(x² - y²) + ¼y⁴.
    private sealed class TwoWells : ILandscape
    {
        public int Dimension => 2;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            double x = point[0], y = point[1];
            (gradient[0], gradient[1]) = (x, y * y * y - y);
            return 0.5 * (x * x - y * y) + 0.25 * y * y * y * y;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product) => (product[0], product[1]) = (direction[0], (3 * point[1] * point[1] - 1) * direction[1]);
    }

    // -x², no number from a distance on.
    private sealed class NoNumber(double reach) : ILandscape
    {
        public int Dimension => 2;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            (gradient[0], gradient[1]) = (-2 * point[0], point[1]);
            return Math.Abs(point[0]) < reach ? -point[0] * point[0] + 0.5 * point[1] * point[1] : double.NaN;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product) => (product[0], product[1]) = (-2 * direction[0], direction[1]);
    }
}
