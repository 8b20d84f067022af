// Speed of a gradient at finite N: packed in double and in single precision beside the loops it replaces and the bandwidth of the memory; diluted.
using System;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Thalweg.Instances;
using Thalweg.Models;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Threads;

namespace Thalweg.Bench;

/// <summary>N = 1,000 and p = 3 on two threads: 1.67e8 packed entries, 1.34 GB in double. The full tensor takes 8 GB.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class InstanceBenchmarks : IDisposable
{
    private const int N = 1000, Pieces = 64;
    private static readonly Model Cubic = new("cubic", Covariance.Pure(3, 1), Covariance.Zero);

    private readonly double[] point = Unit(N), gradient = new double[N], product = new double[N];
    private readonly ThreadTeam team = new(2);
    private readonly double[] pieceSums = new double[Pieces * 8];
    private PackedLandscape? packed;
    private double[]? entries;
    private double[][] pieces = [];

    /// <summary>Stored in double.</summary>
    [GlobalSetup(Targets = [nameof(GradientDouble), nameof(HessianProductDouble)])]
    public void StoreDouble() => packed = PackedInstance.Draw(Cubic, N, 1, 0, team: team).Landscape(team);

    /// <summary>Stored in single precision.</summary>
    [GlobalSetup(Target = nameof(GradientSingle))]
    public void StoreSingle() => packed = PackedInstance.Draw(Cubic, N, 1, 0, new() { Precision = EntryPrecision.Single }, team).Landscape(team);

    /// <summary>Not stored.</summary>
    [GlobalSetup(Target = nameof(GradientOnTheFly))]
    public void StoreNothing() => packed = PackedInstance.Draw(Cubic, N, 1, 0, new() { IsStored = false }).Landscape(team);

    /// <summary>As many numbers in one array.</summary>
    [GlobalSetup(Target = nameof(PlainPackedLoop))]
    public void StorePlain() => Array.Fill(entries = new double[N * (N + 1) / 2 * (N + 2) / 3], 0.5);

    /// <summary>All N³ numbers.</summary>
    [GlobalSetup(Target = nameof(FullLoop))]
    public void StoreFull() => Array.Fill(entries = new double[N * N * N], 0.5);

    /// <summary>As many numbers in the pieces of the instance.</summary>
    [GlobalSetup(Target = nameof(Bandwidth))]
    public void StorePieces()
    {
        pieces = new double[Pieces][];
        for (int piece = 0; piece < Pieces; piece++)
        {
            Array.Fill(pieces[piece] = new double[N * (N + 1) / 2 * (N + 2) / 3 / Pieces], 0.5);
        }
    }

    /// <summary>The gradient in double.</summary>
    [Benchmark(Baseline = true)]
    public double GradientDouble() => packed!.Gradient(point, gradient);

    /// <summary>A Hessian-vector product in double.</summary>
    [Benchmark]
    public void HessianProductDouble() => packed!.HessianProduct(point, point, product);

    /// <summary>The gradient in single precision.</summary>
    [Benchmark]
    public double GradientSingle() => packed!.Gradient(point, gradient);

    /// <summary>The gradient with every entry drawn again.</summary>
    [Benchmark]
    public double GradientOnTheFly() => packed!.Gradient(point, gradient);

    /// <summary>What the memory gives to two threads that only add up as many numbers: the lower limit of the gradient.</summary>
    [Benchmark]
    public double Bandwidth()
    {
        team.For(Pieces, AddUp);
        return pieceSums[0];
    }

    /// <summary>The loop over i ≥ j ≥ k as one would write it, on one thread.</summary>
    [Benchmark]
    public double PlainPackedLoop()
    {
        double value = 0;
        Array.Clear(gradient);
        int place = 0;
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int k = 0; k <= j; k++)
                {
                    value -= Add(entries![place++], i, j, k);
                }
            }
        }

        return value;
    }

    /// <summary>The loop over all i, j, k, on one thread.</summary>
    [Benchmark]
    public double FullLoop()
    {
        double value = 0;
        Array.Clear(gradient);
        int place = 0;
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
            {
                for (int k = 0; k < N; k++)
                {
                    value -= Add(entries![place++], i, j, k);
                }
            }
        }

        return value;
    }

    /// <summary>Ends the threads.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        team.Dispose();
        GC.SuppressFinalize(this);
    }

    private double Add(double w, int i, int j, int k)
    {
        gradient[i] -= w * point[j] * point[k];
        gradient[j] -= w * point[i] * point[k];
        gradient[k] -= w * point[i] * point[j];
        return w * point[i] * point[j] * point[k];
    }

    private void AddUp(int piece)
    {
        double[] numbers = pieces[piece];
        Vector512<double> a = Vector512<double>.Zero, b = a, c = a, d = a;
        for (int i = 0; i + 32 <= numbers.Length; i += 32)
        {
            a += Vector512.Create<double>(numbers.AsSpan(i));
            b += Vector512.Create<double>(numbers.AsSpan(i + 8));
            c += Vector512.Create<double>(numbers.AsSpan(i + 16));
            d += Vector512.Create<double>(numbers.AsSpan(i + 24));
        }

        pieceSums[8 * piece] = Vector512.Sum((a + b) + (c + d));
    }

    internal static double[] Unit(int n)
    {
        var point = new double[n];
        new PhiloxStream(1, StreamPurpose.Start).FillUnitVector(point);
        return point;
    }
}

/// <summary>A diluted instance at N = 65,536 with c = 60 edges a variable for the matrix and for the tensor.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class DilutedBenchmarks : IDisposable
{
    private const int N = 65_536, Degree = 60;
    private static readonly Model Paper = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2).ToModel();

    private readonly double[] point = InstanceBenchmarks.Unit(N), target = new double[N];
    private readonly ThreadTeam team = new(2);
    private DilutedLandscape? landscape;

    /// <summary>Draws it.</summary>
    [GlobalSetup]
    public void Draw() => landscape = DilutedInstance.Draw(Paper, N, Degree, 1, 0, team: team).Landscape(team);

    /// <summary>Ends the threads.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        team.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The gradient.</summary>
    [Benchmark]
    public double Gradient() => landscape!.Gradient(point, target);

    /// <summary>A Hessian-vector product.</summary>
    [Benchmark]
    public void HessianProduct() => landscape!.HessianProduct(point, point, target);
}
