// What a trial of "simulate" records besides m, loss, mu and gradient norm, how it is measured, and how a checkpoint keeps it.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Thalweg.Descent.FirstOrder;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Random;
using Thalweg.Probes;
using Thalweg.Results;

namespace Thalweg.Runs.FiniteSize;

/// <summary>The records of one trial, each as far as the trial came.</summary>
/// <param name="LossParts">The noise of each power, then the signal: [part][row].</param>
/// <param name="Correlation">C(t,t_w): [waiting time][row from t_w on].</param>
/// <param name="Response">χ(t,t_w): [waiting time][row from t_w on]; empty when it was not asked for.</param>
/// <param name="Lowest">[time of --at][3 k]: an eigenvalue, its residual, the squared overlap of its vector with the direction of the signal or -1 where there is none; empty when they were not asked for.</param>
/// <param name="Sentence">What could not be measured; empty when nothing is missing.</param>
internal sealed record TrialRecords(double[][] LossParts, double[][] Correlation, double[][] Response, double[][] Lowest, string Sentence)
{
    /// <summary>Numbers of an eigenpair in <see cref="Lowest"/>.</summary>
    public const int PairNumbers = 3;

    /// <summary>Keeps it: under one key, four groups, each with the lengths of its rows before their numbers.</summary>
    /// <param name="state">The state.</param>
    /// <param name="name">The key.</param>
    public void Save(RunState state, string name) => state.Put(name, [.. new[] { LossParts, Correlation, Response, Lowest }.SelectMany(group => (double[])[group.Length, .. group.Select(row => (double)row.Length), .. group.SelectMany(row => row)])]);

    /// <summary>What <see cref="Save"/> kept.</summary>
    /// <param name="state">The state.</param>
    /// <param name="name">The key.</param>
    /// <exception cref="FormatException">There is no such thing.</exception>
    public static TrialRecords Load(RunState state, string name)
    {
        double[] numbers = state.RowsOf(name) is [var only] ? only : throw new FormatException("the state of the run is of other trials");
        int at = 0;
        double[][][] groups = [Group(), Group(), Group(), Group()];
        return at == numbers.Length ? new(groups[0], groups[1], groups[2], groups[3], string.Empty) : throw new FormatException("the state of the run is of other trials");

        double[][] Group()
        {
            double[] lengths = Next((int)Next(1)[0]);
            return Array.ConvertAll(lengths, length => Next((int)length));
        }

        double[] Next(int count)
        {
            if (count < 0 || count > numbers.Length - at)
            {
                throw new FormatException("the state of the run is of other trials");
            }

            at += count;
            return numbers[(at - count)..at];
        }
    }
}

/// <summary>What a call asks to be recorded.</summary>
/// <param name="set">The options.</param>
/// <param name="times">When a row is recorded; each of the other times is one of them.</param>
/// <param name="waiting">t_w, ascending.</param>
/// <param name="at">The times of --at.</param>
internal sealed class RecordPlan(ParameterSet set, double[] times, double[] waiting, double[] at)
{
    private const double PairTolerance = 1e-8, FlowTolerance = 1e-6, SmallestTolerance = 1e-12;
    private readonly int pairs = set.IsGiven(RecordParameters.Lowest) ? set.Get(RecordParameters.Lowest) : 0;
    private readonly double strength = set.IsGiven(RecordParameters.Response) ? set.Get(RecordParameters.Response) : 0;

    /// <summary>t_w.</summary>
    public double[] Waiting => waiting;

    /// <summary>[waiting time]: its row.</summary>
    public int[] FirstRows { get; } = Array.ConvertAll(waiting, t => Array.IndexOf(times, t));

    /// <summary>The rows at which eigenpairs are found, ascending; none when they are not asked for.</summary>
    public int[] ProbedRows { get; } = set.IsGiven(RecordParameters.Lowest) ? [.. at.Select(t => Array.IndexOf(times, t)).Distinct().Order()] : [];

    /// <summary>How many eigenpairs.</summary>
    public int Pairs => pairs;

    /// <summary>Whether the response is measured.</summary>
    public bool HasResponse => strength > 0;

    /// <summary>Keeps the configurations whose Hessian is asked for; null when none is.</summary>
    /// <param name="kept">Receives them.</param>
    public WalkObserver? Keeper(List<double[]> kept)
    {
        int row = 0;
        return ProbedRows.Length == 0 ? null : Keep;

        void Keep(double time, ReadOnlySpan<double> point)
        {
            if (kept.Count < ProbedRows.Length && ProbedRows[kept.Count] == row++)
            {
                kept.Add(point.ToArray());
            }
        }
    }

    /// <summary>Measures what needs the landscape once more after the walk.</summary>
    /// <param name="landscape">The landscape of the walk.</param>
    /// <param name="walk">The walk.</param>
    /// <param name="kept">What <see cref="Keeper"/> kept.</param>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Null when it was ended early.</returns>
    public TrialRecords? Of(ILandscape landscape, Trajectory walk, List<double[]> kept, uint trial, CancellationToken cancellation)
    {
        try
        {
            return Measure(landscape, walk, kept, trial, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private TrialRecords Measure(ILandscape landscape, Trajectory walk, List<double[]> kept, uint trial, CancellationToken cancellation)
    {
        double[][] correlation = [.. walk.Correlation.Select((row, w) => row.Length > FirstRows[w] ? row[FirstRows[w]..] : [])], lowest = new double[kept.Count][], response = new double[HasResponse ? walk.Waited.Length : 0][];
        string sentence = string.Empty;
        for (int k = 0; k < kept.Count; k++)
        {
            var found = new TangentHessian(landscape, kept[k]).Lowest(pairs, PairTolerance, RecordParameters.LargestSpace, cancellation);
            lowest[k] = [.. Enumerable.Range(0, found.Values.Length).SelectMany(i => (double[])[found.Values[i], found.Residuals[i], found.DirectionOverlap2.Length > 0 ? found.DirectionOverlap2[i] : -1])];
            sentence = found.IsConverged || sentence.Length > 0 ? sentence : FormattableString.Invariant($"the lowest eigenvalues at t = {times[ProbedRows[k]]:G6} have not converged in {RecordParameters.LargestSpace} products, their residuals say how far they are; use a smaller --lowest");
        }

        double[] direction = new double[landscape.Dimension];
        for (int w = 0; w < response.Length; w++)
        {
            double[] lags = [.. times.Skip(FirstRows[w]).Take(correlation[w].Length).Select(t => t - waiting[w])];
            new PhiloxStream(set.Get(CommonParameters.Seed), StreamPurpose.Field, trial, (uint)w).FillUnitVector(direction);
            if (lags.Length < 2)
            {
                response[w] = new double[lags.Length];
                continue;
            }

            // A field along the configuration does nothing at first: on average over all directions the response would be (N-1)/N of that on the sphere.
            Sphere.Project(walk.Waited[w], direction);
            Sphere.Normalise(direction);

            // The two flows differ by about the strength: a step's error must stay far below it.
            double tolerance = Math.Max(SmallestTolerance, Math.Min(set.Get(SimulateRun.Tolerance), FlowTolerance * strength));
            var curve = FieldResponse.Measure(landscape, walk.Waited[w], direction, strength, lags, new() { Tolerance = tolerance, Cancellation = cancellation });
            cancellation.ThrowIfCancellationRequested();
            response[w] = curve.Integrated;
            sentence = curve.Sentence.Length == 0 || sentence.Length > 0 ? sentence : "in the field " + curve.Sentence;
        }

        return new(walk.LossParts, correlation, response, lowest, sentence);
    }
}
