// The minimum of a quadratic form plus a cube of the length, in the eigenbasis: one secular equation, its hard case included.
using System;

namespace Thalweg.Descent.SecondOrder;

/// <summary>The minimum of m(s) = ⟨g,s⟩ + ⟨s,Hs⟩/2 + (M/6)|s|³.</summary>
/// <param name="Length">r = |s|.</param>
/// <param name="Decrease">-m(s) ≥ 0.</param>
/// <param name="IsHardCase">Whether g had no part in the lowest eigenspace and s was filled up along it.</param>
public sealed record CubicMinimum(double Length, double Decrease, bool IsHardCase);

/// <summary>
/// s = -(H + (M r/2))^{-1} g with r = |s| on r ≥ max(0, -2 λ_min/M), where the left side falls and the right side grows (Nesterov and Polyak 2006, section 5; Cartis, Gould, Toint 2011). When g is orthogonal to the lowest eigenspace and s at r = -2 λ_min/M is shorter than r,
/// what is missing is added along v_min (the hard case). At the minimum -m = ½⟨s,(H + M r/2)s⟩ + M r³/12, a sum without cancellation.
/// </summary>
/// <remarks>
/// The unknown is the distance δ of the shift M r/2 from max(0, -λ_min): nothing cancels near the hard case, whose neighbourhood needs no tolerance. A root costs some hundred evaluations of O(n), found to the last digit.
/// </remarks>
public static class CubicEquation
{
    private const int MostHalvings = 2200;

    /// <summary>Finds the minimum; a global one.</summary>
    /// <param name="values">λ_k: ascending, finite; at least one.</param>
    /// <param name="components">⟨v_k,g⟩: [k], finite.</param>
    /// <param name="strength">M > 0.</param>
    /// <param name="step">⟨v_k,s⟩: [k], overwritten.</param>
    /// <exception cref="ArgumentOutOfRangeException">M is not above 0.</exception>
    public static CubicMinimum Solve(ReadOnlySpan<double> values, ReadOnlySpan<double> components, double strength, Span<double> step)
    {
        if (!(strength > 0 && double.IsFinite(strength)))
        {
            throw new ArgumentOutOfRangeException(nameof(strength), strength, "must be above 0");
        }

        // Scaled by the largest component, lest squares overflow or vanish.
        double size = 0, shift = Math.Max(0, -values[0]);
        foreach (double component in components)
        {
            size = Math.Max(size, Math.Abs(component));
        }

        double low = 0, high = Math.Sqrt(strength * size * Math.Sqrt(components.Length)), length = Fill(values, components, shift, 0, step);
        bool isHard = length <= 2 * shift / strength;
        if (isHard)
        {
            double radius = 2 * shift / strength, missing = Math.Sqrt((radius - length) * (radius + length) + step[0] * step[0]);
            step[0] = components[0] > 0 ? -missing : missing;
            return new(radius, Decrease(values, shift, 0, strength, step, radius), shift > 0);
        }

        // At the upper end |s| ≤ |g|/δ ≤ 2δ/M. By ratios while the bracket is wide, so that tiny roots keep their digits.
        for (int i = 0; i < MostHalvings; i++)
        {
            double middle = low > 0 && high > 4 * low ? Math.Sqrt(low) * Math.Sqrt(high) : low == 0 ? high * 1e-6 : low + 0.5 * (high - low);
            if (middle <= low || middle >= high)
            {
                break;
            }

            (low, high) = Fill(values, components, shift, middle, step) > 2 * (shift + middle) / strength ? (middle, high) : (low, middle);
        }

        length = Fill(values, components, shift, high, step);
        return new(length, Decrease(values, shift, high, strength, step, length), false);
    }

    // s_k = -g_k/(λ_k + shift + δ) and its length; at δ = 0 infinite where a component has no denominator.
    private static double Fill(ReadOnlySpan<double> values, ReadOnlySpan<double> components, double shift, double distance, Span<double> step)
    {
        double largest = 0;
        for (int k = 0; k < step.Length; k++)
        {
            step[k] = components[k] == 0 ? 0 : -components[k] / (values[k] + shift + distance);
            largest = Math.Max(largest, Math.Abs(step[k]));
        }

        if (largest == 0 || double.IsInfinity(largest))
        {
            return largest;
        }

        double sum = 0;
        foreach (double entry in step)
        {
            sum += entry / largest * (entry / largest);
        }

        return largest * Math.Sqrt(sum);
    }

    private static double Decrease(ReadOnlySpan<double> values, double shift, double distance, double strength, ReadOnlySpan<double> step, double length)
    {
        double sum = strength * length * length * length / 12;
        for (int k = 0; k < step.Length; k++)
        {
            sum += 0.5 * (values[k] + shift + distance) * step[k] * step[k];
        }

        return sum;
    }
}
