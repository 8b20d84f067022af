// Quantiles of a sample with errors from order statistics: no law is assumed, and outcomes that are only known to be late are allowed.
using System;

namespace Thalweg.Numerics.Statistics;

/// <summary>A quantile of a sample.</summary>
/// <param name="Value">x_(⌈qn⌉) of the ordered sample; infinite when it is among the outcomes that never came.</param>
/// <param name="Low">The order statistic one standard deviation of a binomial count below.</param>
/// <param name="High">The one above.</param>
public readonly record struct OrderStatistics(double Value, double Low, double High)
{
    /// <summary>Half the distance between the two neighbours, an upper one that never came taken as a bound: one standard error.</summary>
    /// <param name="bound">What every outcome that never came exceeds.</param>
    public double Error(double bound) => 0.5 * (Math.Min(High, bound) - Math.Min(Low, bound));

    /// <summary>The quantile: of n independent outcomes the number below the true one is binomial with the variance n q (1-q), which is the spread of its rank.</summary>
    /// <param name="ordered">[i], ascending, at least one; outcomes that never came are infinite.</param>
    /// <param name="share">q in (0, 1).</param>
    public static OrderStatistics Of(ReadOnlySpan<double> ordered, double share)
    {
        if (ordered.IsEmpty)
        {
            throw new ArgumentException("no samples, no quantile", nameof(ordered));
        }

        if (share is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "must be in (0, 1)");
        }

        double rank = share * ordered.Length, spread = Math.Sqrt(rank * (1 - share));
        return new(At(ordered, rank), At(ordered, rank - spread), At(ordered, rank + spread));
    }

    private static double At(ReadOnlySpan<double> ordered, double rank) => ordered[Math.Clamp((int)Math.Ceiling(rank) - 1, 0, ordered.Length - 1)];
}
