// Where the band of spurious minima at small negative overlap ends.
using System;
using Thalweg.Numerics.Roots;
using Thalweg.Results;

namespace Thalweg.Thresholds;

/// <summary>
/// For odd tensors minima may outlive the threshold of m = 0 in a band of overlaps m &lt; 0, where S(m) has a maximum of its own (a term of power three always makes one: θ(m) falls linearly there).
/// The band ends where that maximum is zero, S(m) = S'(m) = 0. Our finding; the paper speaks of m ≥ 0.
/// </summary>
internal static class BandOfMinima
{
    // The anti-aligned stationary point, at the span, is left out: for a minimum that is alone S is zero.
    private const double Reach = 0.75;
    private const int Grid = 40;

    /// <summary>1/Δ_2 at the end of the band that lasts longest.</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    /// <param name="excess">δ = u - u_GF from which on the band is followed.</param>
    /// <returns>Null when no maximum of S is positive there.</returns>
    public static Quantity? End(MatrixFamily family, double excess)
    {
        var start = new MinimaNearThreshold(family, excess);
        double span = Reach * start.Span, before = 0, slopeBefore = -1;
        Quantity? last = null;
        for (int i = 1; i <= Grid; i++)
        {
            // Quadratic spacing: the band is narrow and close to zero.
            double depth = span * i / Grid * i / Grid, slope = start.Slope(-depth);
            if (slopeBefore < 0 && slope >= 0 && Follow(family, excess, before, depth) is { } end && !(last?.Value >= end.Value))
            {
                last = end;
            }

            (before, slopeBefore) = (depth, slope);
        }

        return last;
    }

    private static Quantity? Follow(MatrixFamily family, double excess, double shallow, double deep)
    {
        var there = new MinimaNearThreshold(family, excess);
        double place = Peak(there, shallow, deep), noise = there.Rounding(place);
        if (place <= 0 || !(there.At(-place) > noise))
        {
            return null;
        }

        // The maximum is looked for again around its first place: a function of δ alone, so that the bracket below holds to the last digit.
        double Height(double δ)
        {
            var minima = new MinimaNearThreshold(family, δ);
            double low = place / 2, high = place * 2, reach = Reach * minima.Span;
            while (low > place * 1e-9 && minima.Slope(-low) >= 0)
            {
                low /= 4;
            }

            while (high < reach && minima.Slope(-high) < 0)
            {
                high *= 2;
            }

            return minima.At(-Peak(minima, low, Math.Min(high, reach)));
        }

        // For a weak tensor the whole band may lie within the rounding.
        if (!(Height(excess) > 0))
        {
            return null;
        }

        double start = GradientFlowThreshold.Inverse(family).Value, step = 0.05 * excess;
        while (Height(excess + step) > 0)
        {
            step *= 2;
        }

        var root = BracketedRoot.Find(Height, excess, excess + step, noise);
        return Quantity.Of(start + root.Position, root.Error + 4 * Quantity.Unit * (start + root.Position), How.Root);
    }

    // |m| where S(m) is largest between two depths; zero when S only falls from m = 0 on.
    private static double Peak(MinimaNearThreshold minima, double shallow, double deep)
    {
        double nearest = Math.Max(shallow, deep * 1e-6);
        return minima.Slope(-nearest) >= 0 ? shallow
            : minima.Slope(-deep) <= 0 ? deep
            : BracketedRoot.Find(depth => minima.Slope(-depth), nearest, deep).Position;
    }
}
