// Delta_2^triv: the matrix noise below which no spurious minima are left, at m >= 0 as in the paper and over all overlaps.
using System;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Numerics.Roots;
using Thalweg.Numerics.Series;
using Thalweg.Results;

namespace Thalweg.Thresholds;

/// <summary>
/// The trivialisation of the landscape: with S(m) the supremum over energies of the complexity of minima at overlap m, the paper's threshold is S(0) = 0.
/// </summary>
/// <remarks>
/// Where the optimum sits at the edge t = 2 this reads log(r)/2 - 2r/(1+r) + 1/4 = log(θ)/2 + θ²/4 - θ with r = Q_2/Q_1 and θ = u/sqrt(Q_2), here written without cancellation as
/// artanh(z) - z = [log(1+d) - d + d²/2]/2, z = (Q_2-Q_1)/(Q_2+Q_1), d = θ - 1. For large p and small Δ_p the optimum leaves the edge, and the full optimisation is used.
/// For odd p the claim "no spurious minima" holds for m ≥ 0 only: see <see cref="OverAllOverlaps"/>. Derived for this product.
/// </remarks>
public static class Trivialization
{
    private const int Grid = 96;

    /// <summary>Δ_2^triv for m ≥ 0.</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    public static Quantity Of(MatrixFamily family) => Inverse(family).Map(u => 1 / u, Slope(Inverse(family)));

    /// <summary>1/Δ_2^triv for m ≥ 0.</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    public static Quantity Inverse(MatrixFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        if (family.Why is { } why)
        {
            return Quantity.Missing(why);
        }

        double start = GradientFlowThreshold.Inverse(family).Value, high = Math.Max(start, 1);
        while (ComplexityAtZeroOverlap(family, high) > 0)
        {
            high *= 2;
        }

        // δ = u - u_GF is sought instead of u: both sides vanish like δ³ near it when the tensor is weak.
        var root = BracketedRoot.Find(δ => ComplexityAtZeroOverlap(family, δ), Quantity.Unit * start, high, 0);
        return Quantity.Of(start + root.Position, root.Error + 4 * Quantity.Unit * (start + root.Position), How.Root);
    }

    /// <summary>S(0) at distance δ = u - u_GF beyond the gradient-flow threshold.</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    /// <param name="excess">δ &gt; 0.</param>
    public static double ComplexityAtZeroOverlap(MatrixFamily family, double excess)
    {
        ArgumentNullException.ThrowIfNull(family);
        double r1 = family.Rest.SlopeAtOne, r2 = family.Rest.CurvatureAtOne, root = GradientFlowThreshold.Root(r2), u = (1 + root) / 2 + excess;
        double q1 = u + r1, q2 = u + r2, scale = Math.Sqrt(q2);

        // θ - 1 = (u² - u - R_2)/(sqrt(Q_2)(u + sqrt(Q_2))) and u² - u - R_2 = δ (δ + sqrt(1 + 4 R_2)).
        double d = excess * (excess + root) / (scale * (u + scale)), z = (r2 - r1) / (q1 + q2);
        return 1 + d / 2 <= 2 * q2 / (q1 + q2)
            ? LogRemainder.ArtanhSecond(z) - LogRemainder.Third(d) / 2
            : new OverlapSection(family.ModelAt(u), 0).Minima().Complexity;
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
        var positive = Inverse(family);
        if (!positive.Exists || !HasOddTerm(family))
        {
            return positive;
        }

        var anti = AntiAligned(family);
        var best = anti.Exists && anti.Value > positive.Value ? anti : positive;
        double start = best.Value;
        if (!(BandMaximum(family, start) > BandNoise))
        {
            return best;
        }

        double high = start * 1.05;
        while (BandMaximum(family, high) > 0)
        {
            high *= 1.05;
        }

        var root = BracketedRoot.Find(u => BandMaximum(family, u), start, high, BandNoise);
        return Quantity.Of(root.Position, root.Error, How.Root);
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

        double r1 = family.Rest.SlopeAtOne, r2 = family.Rest.CurvatureAtOne;
        double Condition(double u)
        {
            double m = -Math.Sqrt((r2 - r1) / (u + r2));
            return u + family.Rest.DQ(m) / m - Math.Sqrt(u + r2);
        }

        double low = GradientFlowThreshold.Inverse(family).Value, high = 2 * low;
        while (Condition(high) < 0)
        {
            high *= 2;
        }

        // A sum of odd and even tensors may be stable from the start.
        if (Condition(low) >= 0)
        {
            return Quantity.Missing("the anti-aligned stationary point is no separate minimum beyond the gradient-flow threshold");
        }

        var root = BracketedRoot.Find(Condition, low, high, 4 * Quantity.Unit * high);
        return Quantity.Of(root.Position, root.Error, How.Root);
    }

    private const double BandNoise = 4e-16;

    // The largest S(m) at overlaps between the anti-aligned point and zero, its own neighbourhood left out: there S is zero or less for a minimum that is alone.
    private static double BandMaximum(MatrixFamily family, double u)
    {
        var model = family.ModelAt(u);
        double span = Math.Sqrt((family.Rest.CurvatureAtOne - family.Rest.SlopeAtOne) / (u + family.Rest.CurvatureAtOne));
        double S(double depth) => new OverlapSection(model, -depth * span).Minima().Complexity;
        double best = double.NegativeInfinity, place = 0;
        for (int i = 0; i <= Grid; i++)
        {
            // Quadratic spacing: the band is narrow and close to zero.
            double depth = 0.75 * i / Grid * i / Grid, value = S(depth);
            if (value > best)
            {
                (best, place) = (value, i);
            }
        }

        double left = 0.75 * Math.Pow(Math.Max(0, place - 1) / Grid, 2), right = 0.75 * Math.Pow((place + 1) / Grid, 2);
        return Math.Max(best, S(FirstCrossing.Maximum(S, left, right)));
    }

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

    private static double Slope(Quantity u) => u.Exists ? 1 / (u.Value * u.Value) : 0;
}
