// The limit of a function of time that it approaches like a power whose exponent drifts.
using System;

namespace Thalweg.Numerics.Series;

/// <summary>
/// From f(T), f(T/r), f(T/r²), f(T/r³) with differences D_0, D_1, D_2 and ratios q_j = D_j/D_(j+1): a constant ratio leaves the gap D_0 q/(1-q) (Aitken), one that goes on changing by d = q_0 - q_1 leaves D_0 [q/(1-q) + d/(1-q)³].
/// </summary>
/// <remarks>The answer stands half-way between the two. Its error is their difference, plus what another r changes, plus a tenth of the gap for what neither order sees.</remarks>
public static class PowerLawLimit
{
    private const double Near = 2, Far = 3, Unseen = 0.1, LargestRatio = 0.95, LargestChange = 0.2;

    /// <summary>lim f(t) for t → ∞.</summary>
    /// <param name="f">The function, known from <paramref name="end"/>/27 on.</param>
    /// <param name="end">T &gt; 0.</param>
    /// <returns>The limit and an estimate of its error. Where f changes no more, or not like a power, the last value with three times the last changes.</returns>
    public static (double Limit, double Error) Of(Func<double, double> f, double end)
    {
        ArgumentNullException.ThrowIfNull(f);
        double last = f(end);
        if (Gaps(f, end, Near) is { } near && Gaps(f, end, Far) is { } far)
        {
            double gap = 0.5 * (near.First + near.Second), other = 0.5 * (far.First + far.Second);
            return (last + gap, Math.Abs(near.Second - near.First) + Math.Abs(gap - other) + Unseen * Math.Abs(gap));
        }

        return (last, 3 * (Math.Abs(last - f(end / Near)) + Math.Abs(last - f(end / Far / Far))));
    }

    // The gap that each order expects; null when the differences do not shrink as those of a power do: rounding and the solver's own error are left of them.
    private static (double First, double Second)? Gaps(Func<double, double> f, double end, double ratio)
    {
        double a = f(end), b = f(end / ratio), c = f(end / ratio / ratio), d = f(end / ratio / ratio / ratio);
        double q = (a - b) / (b - c), change = q - (b - c) / (c - d);
        if (!(q > 0 && q < LargestRatio && Math.Abs(change) < LargestChange))
        {
            return null;
        }

        double first = (a - b) * q / (1 - q), second = first + (a - b) * change / Math.Pow(1 - q, 3);
        return (first, second);
    }
}
