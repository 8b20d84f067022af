// What every problem of the catalog promises: derivatives, known critical points with their spectra, the global value.
using System;
using System.Linq;
using Thalweg.Descent;
using Thalweg.Descent.FirstOrder;
using Thalweg.Descent.SecondOrder;
using Thalweg.Numerics.Random;
using Thalweg.Probes;
using Thalweg.Problems;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Problems;

/// <summary>The battery runs over the catalog, so that a problem is tested on arrival.</summary>
public class ProblemContractTests
{
    /// <summary>The names of all problems.</summary>
    public static TheoryData<string> Names => [.. ProblemCatalog.All.Select(kind => kind.Name)];

    // converged(order 2 and 3, over the steps above rounding).
    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_are_those_of_the_value(string name)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var problem = Of(name, seed);
            var check = DerivativeCheck.Of(problem.Open(), problem.Manifold, Start(problem, seed), seed);
            Assert.True(check.Value.Holds, $"gradient: order {check.Value.Order}");
            Assert.True(check.Curvature.Holds, $"Hessian: order {check.Curvature.Order}");
            Assert.True(check.Product.Holds, $"product: order {check.Product.Order}");
            Assert.InRange(check.Asymmetry, 0, 1e-12);
        }
    }

    // exact, to rounding: value, gradient and every eigenvalue at each critical point that is known.
    [Theory]
    [MemberData(nameof(Names))]
    public void Known_points_are_critical_and_have_their_spectra(string name)
    {
        var problem = Of(name, 3);
        foreach (var known in problem.KnownPoints)
        {
            var model = new LocalModel(problem.Open(), problem.Manifold, known.Point);
            Assert.Equal(known.Value, model.Value, 1e-12);
            Assert.InRange(model.GradientNorm, 0, 1e-12);
            var spectrum = model.Spectrum();
            Assert.Equal(known.Spectrum.Length, spectrum.Values.Length);
            Assert.Equal(problem.Manifold.Dimension, spectrum.Values.Length);
            for (int k = 0; k < known.Spectrum.Length; k++)
            {
                Assert.Equal(known.Spectrum[k], spectrum.Values[k], 1e-10);
            }

            Assert.True(problem.GlobalValue is not { } lowest || known.Value >= lowest - 1e-12, known.Name);
        }
    }

    // exact: what is planted has the global value, and no critical point that Newton's method finds lies below it.
    [Theory]
    [MemberData(nameof(Names))]
    public void No_critical_point_lies_below_the_global_value(string name)
    {
        var problem = Of(name, 4);
        if (problem.GlobalValue is not { } lowest)
        {
            return;
        }

        for (uint start = 0; start < 3; start++)
        {
            var found = CriticalPointSearch.Run(problem.Open(), problem.Manifold, Start(problem, 4, start));
            Assert.True(found.Value >= lowest - 1e-10, $"{found.Value}");
            Assert.True(found.Status != Status.Converged || found.GradientNorm <= 1e-10);
        }
    }

    // exact: what was planted is found where descent comes to the global value, and not at a random start.
    [Theory]
    [InlineData("psd-factorization", 1e-6)]
    [InlineData("asymmetric-factorization", 1e-6)]
    [InlineData("matrix-sensing", 1e-6)]
    [InlineData("matrix-completion", 1e-5)]
    [InlineData("tensor", 1e-9)]
    [InlineData("components", 1e-6)]
    [InlineData("quadratic-network", 1e-6)]
    public void The_recovery_is_one_at_what_was_planted(string name, double tolerance)
    {
        var problem = Of(name, 5);
        var method = new LimitedMemoryBfgs();
        method.Begin(problem.Open(), problem.Manifold, Start(problem, 5), new(5, StreamPurpose.Trajectory));
        Assert.InRange(problem.Recovery(method.Point)!.Value, -0.9, 0.9);
        method.Run(StoppingRules.Any(StoppingRules.GradientBelow(1e-9), StoppingRules.Iterations(5000)));
        Assert.Equal(problem.GlobalValue!.Value, method.Value, 1e-9);
        Assert.InRange(problem.Recovery(method.Point)!.Value, 1 - tolerance, 1 + 1e-12);
        foreach (var known in problem.KnownPoints.Where(known => known.Value <= problem.GlobalValue + 1e-12))
        {
            Assert.Equal(1, problem.Recovery(known.Point)!.Value, 1e-12);
        }
    }

    // exact: a gradient or a product of any problem allocates nothing, on the manifolds that promise it.
    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_and_products_allocate_nothing(string name)
    {
        var problem = Of(name, 1);
        var landscape = problem.Open();
        double[] point = Start(problem, 1), gradient = new double[point.Length], product = new double[point.Length];
        landscape.Gradient(point, gradient);
        landscape.HessianProduct(point, gradient, product);

        // A collection on another thread may close this one's block of memory, which counts as 8 KB: what is allocated in every round is the landscape's.
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
            {
                landscape.Gradient(point, gradient);
                landscape.HessianProduct(point, gradient, product);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    // exact: two walkers of one problem see the same bits.
    [Theory]
    [MemberData(nameof(Names))]
    public void Walkers_share_a_problem(string name)
    {
        var problem = Of(name, 2);
        double[] point = Start(problem, 2), first = new double[point.Length], second = new double[point.Length];
        Assert.Equal(problem.Open().Gradient(point, first), problem.Open().Gradient(point, second));
        Assert.Equal(first, second);
        Assert.Equal(point, Start(Of(name, 2), 2));
    }

    /// <summary>A small problem of a name.</summary>
    internal static Problem Of(string name, ulong seed) => ProblemCatalog.Find(name)!.Of(new() { Seed = seed });

    /// <summary>A random start of a problem.</summary>
    internal static double[] Start(Problem problem, ulong seed, uint start = 0)
    {
        double[] point = new double[problem.Manifold.AmbientDimension];
        problem.Start(new PhiloxStream(seed, StreamPurpose.Start, start), point);
        return point;
    }
}
