// Speed of the two-time equations: the factorisation of a Newton matrix, a run to t = 100, and both solvers at equal accuracy.
using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Thalweg.Models;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Threads;
using Thalweg.TwoTime;

namespace Thalweg.Bench;

/// <summary>The 2+3 model at 1/Delta_2 = 2.3 from an overlap of 1e-4, on as many threads as there are processors.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class DynamicsBenchmarks
{
    private const double Accuracy = 1e-6, Short = 20;
    private const int Grids = 4;
    private readonly TwoTimeProblem problem = new(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.3).ToModel(), logOverlap: Math.Log(1e-4));
    private int coarse;

    /// <summary>The coarsest uniform grid, in steps of a quarter, whose extrapolation reports the accuracy; the other solver is asked for the same.</summary>
    /// <exception cref="InvalidOperationException">The two do not agree to it.</exception>
    [GlobalSetup(Targets = [nameof(ShortRunInLogTime), nameof(ShortRunOnUniformGrids)])]
    public void Prepare()
    {
        coarse = 16;
        var uniform = ShortRunOnUniformGrids();
        while (uniform.EnergyError.Zip(uniform.MultiplierError, Math.Max).Max() > Accuracy)
        {
            coarse += coarse / 4;
            uniform = ShortRunOnUniformGrids();
        }

        var dynamics = ShortRunInLogTime();
        double difference = uniform.Times.Zip(uniform.Energy, (t, energy) => Math.Abs(energy - dynamics.Energy(t).Value)).Max();
        if (!(difference < 2 * Accuracy && dynamics.WorstError < 2 * Accuracy))
        {
            throw new InvalidOperationException($"the solvers differ by {difference}, errors are up to {dynamics.WorstError}");
        }
    }

    /// <summary>The solver in ln t through the escape to t = 100, one run at a local tolerance of 1e-6.</summary>
    [Benchmark]
    public int RunInLogTime() => LogTimeSolver.Run(problem, new LogTimeSettings(100, 1e-6, Environment.ProcessorCount)).Counts.Steps;

    /// <summary>The solver in ln t to t = 20 with its error estimate, errors up to 1e-6.</summary>
    [Benchmark]
    public TwoTimeDynamics ShortRunInLogTime() => TwoTimeDynamics.Solve(problem, Short, Accuracy, threads: Environment.ProcessorCount);

    /// <summary>The solver on uniform grids to t = 20 with its error estimate, errors up to 1e-6.</summary>
    [Benchmark]
    public UniformSolution ShortRunOnUniformGrids() => UniformSolver.Run(problem, Short, coarse, Grids, Environment.ProcessorCount);
}

/// <summary>The blocked factorisation on as many threads as there are processors, the copy of the matrix included.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class FactorisationBenchmarks
{
    private static readonly ThreadTeam Team = new(Environment.ProcessorCount);
    private readonly BlockedLu lu = new();
    private double[] matrix = [];

    /// <summary>The order of the matrix.</summary>
    [Params(500, 1000)]
    public int Order { get; set; }

    /// <summary>Draws the matrix.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var stream = new PhiloxStream(1, StreamPurpose.Data);
        matrix = [.. Enumerable.Range(0, Order * Order).Select(_ => stream.NextUniform() - 0.5)];
    }

    /// <summary>P A = L U.</summary>
    [Benchmark]
    public int Factorise()
    {
        lu.Clear(Order);
        for (int i = 0; i < Order; i++)
        {
            matrix.AsSpan(i * Order, Order).CopyTo(lu.Row(i));
        }

        lu.Factorise(Team);
        return lu.DeterminantSign;
    }
}
