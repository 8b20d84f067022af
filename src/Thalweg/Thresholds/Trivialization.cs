// Delta_2^triv: the matrix noise below which no spurious minima are left, at m >= 0 as in the paper and over all overlaps.
using System;
using Thalweg.Numerics.Roots;
using Thalweg.Results;

namespace Thalweg.Thresholds;

/// <summary>
/// The trivialisation of the landscape: with S(m) the supremum over energies of the complexity of minima at overlap m, the paper's threshold is S(0) = 0.
/// </summary>
/// <remarks>
/// Where the optimum sits at the edge t = 2 this reads log(r)/2 - 2r/(1+r) + 1/4 = log(θ)/2 + θ²/4 - θ with r = Q_2/Q_1 and θ = u/sqrt(Q_2), here written without cancellation as
/// artanh(z) - z = [log(1+d) - d + d²/2]/2, z = (Q_2-Q_1)/(Q_2+Q_1), d = θ - 1. For large p and small Δ_p the optimum leaves the edge, and the full optimisation is used.
/// For odd p the claim "no spurious minima" holds for m ≥ 0 only: see <see cref="OverAllOverlaps(MatrixFamily)"/>. Derived for this product.
/// </remarks>
public static class Trivialization
{
    /// <summary>Δ_2^triv for m ≥ 0.</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    public static Quantity Of(MatrixFamily family) => Reciprocal(Inverse(family));

    /// <summary>1/Δ_2^triv for m ≥ 0.</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    public static Quantity Inverse(MatrixFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        if (family.Why is { } why)
        {
            return Quantity.Missing(why);
        }

        // δ = u - u_GF is sought instead of u: both sides vanish like δ³ near it when the tensor is weak.
        double start = GradientFlowThreshold.Inverse(family).Value, high = Beyond(δ => new MinimaNearThreshold(family, δ).EdgeAtZero, start);
        var root = BracketedRoot.Find(δ => new MinimaNearThreshold(family, δ).EdgeAtZero, Quantity.Unit * start, high, 0);
        var there = new MinimaNearThreshold(family, root.Position);
        if (!there.EdgeIsBestAtZero)
        {
            // t = 2 is no longer the optimum: S(0) is larger than at the edge, and its zero lies higher.
            double S(double δ) => new MinimaNearThreshold(family, δ).AtZero;
            double low = root.Position * (1 - 1e-12);
            root = BracketedRoot.Find(S, low, Beyond(S, root.Position), there.Rounding(0));
        }

        return Quantity.Of(start + root.Position, root.Error + 4 * Quantity.Unit * (start + root.Position), How.Root);
    }

    /// <summary>S(0) at distance δ = u - u_GF beyond the gradient-flow threshold.</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    /// <param name="excess">δ &gt; 0.</param>
    public static double ComplexityAtZeroOverlap(MatrixFamily family, double excess)
    {
        ArgumentNullException.ThrowIfNull(family);
        return new MinimaNearThreshold(family, excess).AtZero;
    }

    /// <summary>
    /// 1/Δ_2 beyond which no overlap at all, negative ones included, has exponentially many minima: the largest of the threshold for m ≥ 0, the end of a band of minima at small negative m,
    /// and the point where the anti-aligned stationary point becomes a minimum of its own.
    /// </summary>
    /// <remarks>
    /// For odd p a single anti-aligned minimum persists beyond it. Its bulk becomes stable where m_-² = 1 - Q_1/Q_2 and |Q'(m_-)| = |m_-| sqrt(Q_2). The band's end is where the maximum of S(m)
    /// over the overlaps between that point and zero vanishes. For even p the landscape is symmetric and the threshold for m ≥ 0 is returned. Our finding: the paper speaks of m ≥ 0.
    /// </remarks>
    /// <param name="family">The model with its matrix noise left free.</param>
    public static Quantity OverAllOverlaps(MatrixFamily family)
    {
        return OverAllOverlaps(family, Inverse(family));
    }

    internal static Quantity OverAllOverlaps(MatrixFamily family, Quantity positive)
    {
        if (!positive.Exists || !HasOddTerm(family))
        {
            return positive;
        }

        var anti = AntiAligned(family);
        var best = anti.Exists && anti.Value > positive.Value ? anti : positive;
        return BandOfMinima.End(family, best.Value - GradientFlowThreshold.Inverse(family).Value) is { } end && end.Value > best.Value ? end : best;
    }

    /// <summary>1/Δ_2 at which the anti-aligned stationary point of an odd tensor becomes a minimum.</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    public static Quantity AntiAligned(MatrixFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        if (family.Why is { } why)
        {
            return Quantity.Missing(why);
        }

        if (!HasOddTerm(family))
        {
            return Quantity.Missing("an even landscape is symmetric: the anti-aligned minimum is the mirror image of the signal");
        }

        // With δ = u - u_GF, u - sqrt(Q_2) = δ (δ + sqrt(1 + 4R_2))/(u + sqrt(Q_2)): for a weak tensor the root sits within rounding of u_GF.
        double r2 = family.Rest.CurvatureAtOne, gap = r2 - family.Rest.SlopeAtOne, root4 = GradientFlowThreshold.Root(r2), start = (1 + root4) / 2;
        double Condition(double δ)
        {
            double u = start + δ, m = -Math.Sqrt(gap / (u + r2));
            return δ * (δ + root4) / (u + Math.Sqrt(u + r2)) + family.Rest.DQ(m) / m;
        }

        // A sum of odd and even tensors may be stable from the start.
        if (Condition(0) > 0)
        {
            return Quantity.Missing("the anti-aligned stationary point is no separate minimum beyond the gradient-flow threshold");
        }

        var root = BracketedRoot.Find(Condition, 0, Beyond(δ => -Condition(δ), start), 4 * Quantity.Unit * Math.Abs(Condition(0)));
        return Quantity.Of(start + root.Position, root.Error + 4 * Quantity.Unit * (start + root.Position), How.Root);
    }

    // A point where a function that is positive at first has become negative.
    private static double Beyond(Func<double, double> function, double step)
    {
        while (function(step) > 0)
        {
            step *= 2;
        }

        return step;
    }

    internal static Quantity Reciprocal(Quantity u) => u.Map(value => 1 / value, u.Exists ? 1 / (u.Value * u.Value) : 0);

    private static bool HasOddTerm(MatrixFamily family)
    {
        foreach (int power in family.Rest.Powers)
        {
            if (power % 2 == 1)
            {
                return true;
            }
        }

        return false;
    }
}
