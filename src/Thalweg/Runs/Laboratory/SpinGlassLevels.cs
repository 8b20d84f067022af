// Critical points of the spherical p-spin by index beside theory: how many, how deep, at this N and in the limit.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>Mean numbers by the Kac-Rice formula at this N and, of the pure model, the levels that lie below all but one point of an index.</summary>
internal static class SpinGlassLevels
{
    /// <summary>Indices 0 to this one less.</summary>
    public const int Indices = 4;

    // With a field every pair of entries of a random matrix is a control variate: their number grows like N⁴.
    private const int Samples = 8000, LargestWithField = 16, MixedSamples = 20_000;
    private const string NoLevels = "with a field the levels are not known";

    /// <summary>Adds the levels to a result of "critical-points".</summary>
    /// <param name="result">The result.</param>
    /// <param name="size">Of the glass.</param>
    /// <param name="found">Index and energy of each critical point that was found.</param>
    /// <param name="context">Threads, cancellation.</param>
    public static void AddTo(Record result, ProblemSize size, IReadOnlyList<(int Index, double Energy)> found, RunContext context)
    {
        int order = size.Order!.Value, n = size.Dimension!.Value;
        double field = size.Field!.Value;
        var pure = field == 0 && n <= PureSpinCount.LargestDimension ? PureSpinCount.Of(order, n, Indices, Samples, threads: context.Threads, cancellation: context.Cancellation) : null;
        var mixed = field > 0 && n <= LargestWithField ? FiniteSizeCount.Of(SphericalGlass.ModelOf(order, field), n, MixedSamples, threads: context.Threads, cancellation: context.Cancellation) : null;
        var limits = field > 0 || order < 3 ? null : new PureSpinComplexity(order);
        var missing = Quantity.Missing($"mean numbers at finite N are drawn up to N = {(field > 0 ? LargestWithField : PureSpinCount.LargestDimension)}{(field > 0 ? " with a field" : string.Empty)}");
        IReadOnlyList<Quantity>? expected = pure?.ByIndex ?? mixed?.ByIndex;
        Quantity total = pure?.Total ?? mixed?.Total ?? missing;
        result.Add("expected_points", total);
        result.Add("expected_minima_share", expected is null ? missing : Share(expected[0], total));
        result.Add("levels", Enumerable.Range(0, Indices).Select(k =>
        {
            double[] energies = [.. found.Where(point => point.Index == k).Select(point => point.Energy)];
            return new Record
            {
                { "index", k },
                { "count", energies.Length },
                { "expected", expected?[k] ?? missing },
                { "lowest", energies.Length == 0 ? Quantity.Missing("no such point was found") : Quantity.Of(energies.Min(), Quantity.Unit * Math.Max(1, Math.Abs(energies.Min())), How.Estimate) },
                { "level", pure?.Level(k) ?? (field > 0 ? Quantity.Missing(NoLevels) : missing) },
                { "level_limit", limits is null ? Quantity.Missing(order < 3 ? "p = 2 has 2N critical points and no complexity" : NoLevels) : limits.Level(k).Map(level => -level, 1) },
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
