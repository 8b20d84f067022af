// Speed of perturbed descent where a step is nothing but passes over memory: a diagonal saddle in a million dimensions.
using System.Linq;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Thalweg.Descent.FirstOrder;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Problems;

namespace Thalweg.Bench;

/// <summary>A step needs two passes: x += -η g reads x and g and writes x, g = λ x reads λ and x and writes g. The eigenvalues are so small that no step changes the size of anything.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class DescentBenchmarks
{
    private const int N = 1_000_000;
    private const double Smallest = 1e-12;
    private readonly double[] eigenvalues = [.. Enumerable.Range(0, N).Select(i => i == N - 1 ? -Smallest : Smallest * (1 + (double)i / N))], point = new double[N], gradient = new double[N];
    private readonly PerturbedDescent quiet = new(new(1, 1e-3, 0, 10)), restless = new(new(1, 1e-3, double.MaxValue, 0));

    /// <summary>A start of normal numbers.</summary>
    [GlobalSetup]
    public void Begin()
    {
        var problem = new DiagonalQuadratic(eigenvalues);
        new PhiloxStream(1, StreamPurpose.Start).FillNormal(point);
        foreach (var method in new[] { quiet, restless })
        {
            method.Begin(problem.Open(), problem.Manifold, point, new(1, StreamPurpose.Trajectory));
        }
    }

    /// <summary>The two passes alone.</summary>
    [Benchmark(Baseline = true)]
    public void Passes()
    {
        AddKernel.Fast(ref point[0], ref gradient[0], -1, N);
        Multiply(eigenvalues, point, gradient);
    }

    /// <summary>A step of perturbed descent.</summary>
    [Benchmark]
    public bool PerturbedStep() => quiet.Step();

    /// <summary>A step that is kicked before: a million normal numbers more.</summary>
    [Benchmark]
    public bool KickedStep() => restless.Step();

    private static void Multiply(double[] diagonal, double[] x, double[] y)
    {
        for (int i = 0; i + Vector512<double>.Count <= y.Length; i += Vector512<double>.Count)
        {
            (Vector512.LoadUnsafe(ref diagonal[0], (nuint)i) * Vector512.LoadUnsafe(ref x[0], (nuint)i)).StoreUnsafe(ref y[0], (nuint)i);
        }
    }
}
