// What "probe" reads along a flow, of any model with a signal: the times, the numbers of a reading, their table.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Landscapes;
using Thalweg.Numerics.Threads;
using Thalweg.Probes;
using Thalweg.Results;

namespace Thalweg.Runs.Probe;

/// <summary>The readings of one instance.</summary>
/// <param name="Row">Which row of the result it belongs to.</param>
/// <param name="Size">N.</param>
/// <param name="Number">Its number.</param>
/// <param name="Readings">[time][number], in the order of <see cref="ProbeReadings.Names"/>.</param>
internal sealed record ProbeWalk(int Row, int Size, int Number, double[][] Readings)
{
    /// <summary>The reading at the start.</summary>
    public double[] Start => Readings[0];

    /// <summary>The reading at the end.</summary>
    public double[] End => Readings[^1];
}

/// <summary>Readings of <see cref="InformativeDirection"/> as rows of numbers.</summary>
internal static class ProbeReadings
{
    /// <summary>Where a number stands in a reading.</summary>
    public const int AtOverlap = 2, AtMultiplier = 3, AtLowest = 5, AtSecond = 6, AtOverlap2 = 7, AtOpen = 10, AtSettled = 11;

    /// <summary>The most products of Lanczos' method.</summary>
    public const int LargestSpace = 1500;

    // Times per decade and decades before the end.
    private const int PerDecade = 2, Decades = 3;

    // On residuals, in units of the spectrum's width of some thousands: squared over the gap, an eigenvalue is off by 1e-4 at most where it stands at the edge, by far less as an outlier.
    private const double PairTolerance = 1e-6;

    /// <summary>The columns.</summary>
    public static IReadOnlyList<string> Names { get; } = ["t", "loss", "m", "mu", "gradient_norm", "lowest", "second", "overlap2", "participation", "null_edge", "open", "settled"];

    /// <summary>The start, and two times a decade over the three decades before the end.</summary>
    /// <param name="end">The end.</param>
    public static double[] Times(double end) => [0, .. Enumerable.Range(0, PerDecade * Decades).Select(k => end * Math.Pow(10, (double)k / PerDecade - Decades)), end];

    /// <summary>Follows gradient flow and reads it.</summary>
    /// <param name="ground">Where the flow goes: the landscape, or a slice of it.</param>
    /// <param name="landscape">Whose Hessian is read.</param>
    /// <param name="start">[i].</param>
    /// <param name="options">How the flow is followed; its output times are those of the readings.</param>
    /// <param name="team">Threads that share the work.</param>
    /// <param name="context">Cancellation.</param>
    /// <returns>[time][number]; a flow that could not go on stays where it was. And the end of the flow.</returns>
    public static (double[][] Readings, double[] End) Along(ILandscape ground, ILandscape landscape, double[] start, FlowOptions options, ThreadTeam team, RunContext context)
    {
        var states = new List<(double Time, double[] Point)>();
        var walk = GradientFlow.Run(ground, start, options with { Observer = (time, point) => states.Add((time, point.ToArray())) });
        context.Cancellation.ThrowIfCancellationRequested();
        double[][] readings = new double[options.OutputTimes.Count][];
        for (int i = 0; i < readings.Length; i++)
        {
            readings[i] = i < states.Count ? Of(landscape, states[i].Time, states[i].Point, team, context) : [options.OutputTimes[i], .. readings[i - 1][1..]];
        }

        return (readings, walk.Configuration);
    }

    /// <summary>One reading.</summary>
    /// <param name="landscape">Whose Hessian is read.</param>
    /// <param name="time">When.</param>
    /// <param name="point">Where.</param>
    /// <param name="team">Threads that share the work.</param>
    /// <param name="context">Cancellation.</param>
    public static double[] Of(ILandscape landscape, double time, double[] point, ThreadTeam team, RunContext context)
    {
        int n = landscape.Dimension;
        var reading = InformativeDirection.At(landscape, point, time, 2, PairTolerance, LargestSpace, team, context.Cancellation);
        return
        [
            reading.Time, reading.Loss, reading.Overlap, reading.Multiplier, reading.GradientNorm, reading.Values[0], reading.Values[1], reading.Overlap2[0], reading.Participation[0], reading.NullEdge,
            reading.IsOpen(n) ? 1 : 0, reading.IsConverged ? 1 : 0,
        ];
    }

    /// <summary>How many instances have an eigenpair that did not settle.</summary>
    /// <param name="walks">The instances.</param>
    public static int Missed(IEnumerable<ProbeWalk> walks) => walks.Count(walk => walk.Readings.Any(reading => reading[AtSettled] == 0));

    /// <summary>All readings of all instances.</summary>
    /// <param name="walks">The instances.</param>
    public static Table Table(IReadOnlyList<ProbeWalk> walks)
    {
        var rows = walks.SelectMany(walk => walk.Readings.Select(reading => (Walk: walk, Numbers: reading))).ToList();
        List<Column> columns = [new("row", [.. rows.Select(row => (double)row.Walk.Row)]), new("n", [.. rows.Select(row => (double)row.Walk.Size)]), new("trial", [.. rows.Select(row => (double)row.Walk.Number)])];
        columns.AddRange(Names.Select((name, k) => new Column(name, [.. rows.Select(row => row.Numbers[k])])));
        return new("readings", columns);
    }
}
