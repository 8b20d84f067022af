// Critical points of the spherical p-spin by index beside theory: how many, how deep, at this N and in the limit.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>The levels of the pure model; with a field there are none.</summary>
internal static class SpinGlassLevels
{
    /// <summary>Indices 0 to this one less.</summary>
    public const int Indices = 4;

    private const int Samples = 8000;

    /// <summary>Adds the levels to a result of "critical-points".</summary>
    /// <param name="result">The result.</param>
    /// <param name="size">Of the glass.</param>
    /// <param name="found">Index and energy of each critical point that was found.</param>
    /// <param name="context">Threads, cancellation.</param>
    public static void AddTo(Record result, ProblemSize size, IReadOnlyList<(int Index, double Energy)> found, RunContext context)
    {
        int order = size.Order!.Value, n = size.Dimension!.Value;
        string why = size.Field > 0 ? "with a field the levels are not known" : n > PureSpinCount.LargestDimension ? $"mean numbers at finite N are drawn up to N = {PureSpinCount.LargestDimension}" : string.Empty;
        var counts = why.Length == 0 ? PureSpinCount.Of(order, n, Indices, Samples, threads: context.Threads, cancellation: context.Cancellation) : null;
        var limits = size.Field > 0 || order < 3 ? null : new PureSpinComplexity(order);
        var missing = Quantity.Missing(why);
        result.Add("expected_points", counts?.Total ?? missing);
        result.Add("expected_minima_share", counts is null ? missing : Share(counts.ByIndex[0], counts.Total));
        result.Add("levels", Enumerable.Range(0, Indices).Select(k =>
        {
            double[] energies = [.. found.Where(point => point.Index == k).Select(point => point.Energy)];
            return new Record
            {
                { "index", k },
                { "count", energies.Length },
                { "expected", counts?.ByIndex[k] ?? missing },
                { "lowest", energies.Length == 0 ? Quantity.Missing("no such point was found") : Quantity.Of(energies.Min(), Quantity.Unit * Math.Max(1, Math.Abs(energies.Min())), How.Estimate) },
                { "level", counts?.Level(k) ?? missing },
                { "level_limit", limits is null ? Quantity.Missing(order < 3 ? "p = 2 has 2N critical points and no complexity" : why) : limits.Level(k).Map(level => -level, 1) },
            };
        }));
    }

    // Errors added as if independent: the total hardly fluctuates beside the minima.
    private static Quantity Share(Quantity part, Quantity whole)
    {
        double share = part.Value / whole.Value, relative = part.Error / part.Value + whole.Error / whole.Value;
        return Quantity.Of(share, share * relative, How.Simulation);
    }
}
