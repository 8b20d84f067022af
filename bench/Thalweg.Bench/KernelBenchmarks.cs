// Speed of the kernels, each beside its plain twin: dot product, scaled addition, interpolation across rows.
using System.Linq;
using BenchmarkDotNet.Attributes;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Bench;

/// <summary>The lengths of the two-time solver: a panel of sixteen points, and a row of some hundreds.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class KernelBenchmarks
{
    private const int Rows = 6;
    private readonly double[] x = Ramp(1024, 0.3), y = Ramp(1024, 0.7), across = Ramp(Rows, 0.1), along = Ramp(16, 0.2);
    private readonly double[][] rows = [.. Enumerable.Range(0, Rows).Select(row => Ramp(1024, 0.1 * row))];

    /// <summary>How many numbers.</summary>
    [Params(16, 512)]
    public int Length { get; set; }

    /// <summary>The dot product in vectors.</summary>
    [Benchmark]
    public double DotFast() => DotKernel.Fast(ref x[0], ref y[0], Length);

    /// <summary>Its plain twin.</summary>
    [Benchmark]
    public double DotPlain() => DotKernel.Plain(ref x[0], ref y[0], Length);

    /// <summary>The scaled addition in vectors; the factor is so small that nothing overflows.</summary>
    [Benchmark]
    public void AddFast() => AddKernel.Fast(ref y[0], ref x[0], 1e-30, Length);

    /// <summary>Its plain twin.</summary>
    [Benchmark]
    public void AddPlain() => AddKernel.Plain(ref y[0], ref x[0], 1e-30, Length);

    /// <summary>The plane rotation in vectors.</summary>
    [Benchmark]
    public void RotationFast() => RotationKernel.Fast(ref y[0], ref x[0], 0.8, 0.6, Length);

    /// <summary>Its plain twin.</summary>
    [Benchmark]
    public void RotationPlain() => RotationKernel.Plain(ref y[0], ref x[0], 0.8, 0.6, Length);

    /// <summary>As many interpolations of a panel on six rows as the length holds panels, in vectors.</summary>
    [Benchmark]
    public double PanelFast()
    {
        double sum = 0;
        for (int start = 0; start < Length; start += along.Length)
        {
            sum += PanelKernel.Fast(rows, across, start, along);
        }

        return sum;
    }

    /// <summary>Its plain twin.</summary>
    [Benchmark]
    public double PanelPlain()
    {
        double sum = 0;
        for (int start = 0; start < Length; start += along.Length)
        {
            sum += PanelKernel.Plain(rows, across, start, along);
        }

        return sum;
    }

    private static double[] Ramp(int length, double first) => [.. Enumerable.Range(0, length).Select(i => first + 1e-3 * i)];
}
