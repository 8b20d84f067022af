// The BBP transition of W + theta e e^T: where the outlier sits, what it overlaps with, and what it costs to have it elsewhere.
using System;
using Thalweg.Numerics.Series;
using Thalweg.Results;

namespace Thalweg.Spectra;

/// <summary>The largest eigenvalue of W + θ e eᵀ (Baik, Ben Arous, Péché 2005): it leaves the bulk at θ = 1.</summary>
public static class RankOnePerturbation
{
    /// <summary>The outlier θ + 1/θ, beyond the edge at 2 (-2 for θ &lt; -1).</summary>
    /// <param name="strength">θ.</param>
    /// <returns>Missing for |θ| ≤ 1.</returns>
    [Equation(Papers.BigBadMinima, 7)]
    public static Quantity Outlier(double strength) =>
        Math.Abs(strength) > 1 ? Quantity.ClosedForm(strength + 1 / strength) : Quantity.Missing(NoOutlier);

    /// <summary>The squared overlap 1 - 1/θ² of the outlier's eigenvector with e.</summary>
    /// <param name="strength">θ.</param>
    /// <returns>Missing for |θ| ≤ 1.</returns>
    public static Quantity OutlierOverlap2(double strength) =>
        Math.Abs(strength) > 1 ? Quantity.ClosedForm((Math.Abs(strength) - 1) * (Math.Abs(strength) + 1) / (strength * strength)) : Quantity.Missing(NoOutlier);

    /// <summary>The cost L(θ, t) that no eigenvalue lies above t: with w = θ G(t) &gt; 1 it is (w - 1)²/(4G²) - (w - 1 - log w)/2, else 0.</summary>
    /// <remarks>
    /// From the rank-one spherical integral (compare Maïda 2007); the note's integral form, L = (1/4)∫_x^t sqrt(y²-4) dy - θ(t - x)/2 + (t² - x²)/8 with x = θ + 1/θ,
    /// integrates to this; it is evaluated as (w - 1)² (1 - G²)/(4G²) + [log w - (w - 1) + (w - 1)²/2]/2, two terms that are small where L is. L(θ, 2) = log(θ)/2 + θ²/4 - θ + 3/4.
    /// </remarks>
    /// <param name="strength">θ.</param>
    /// <param name="shift">t.</param>
    /// <returns>N times the negative logarithm of the probability; infinite for t &lt; 2, where the cost is of order N².</returns>
    public static double NoneAboveCost(double strength, double shift) =>
        shift < 2 ? double.PositiveInfinity : NoneAboveCostAt(strength, Semicircle.Resolvent(shift));

    /// <summary>The cost U(θ, t) that the largest eigenvalue lies above t.</summary>
    /// <remarks>The integrand beyond the typical outlier is (1/G - θ)/2; below it, for θ &lt; 1, the eigenvalue is pulled out of the bulk at the cost I_1.</remarks>
    /// <param name="strength">θ.</param>
    /// <param name="shift">t ≥ 2.</param>
    public static double TopAboveCost(double strength, double shift)
    {
        double θ = strength, g = Semicircle.Resolvent(shift);
        if (θ > 1)
        {
            return θ * g >= 1 ? 0 : OutlierCost(θ, g);
        }

        if (θ <= 0 || g >= θ)
        {
            return Semicircle.EigenvalueCostAt(g);
        }

        return Semicircle.EigenvalueCostAt(θ) + Antiderivative(θ, g) - Antiderivative(θ, θ);
    }

    internal static double NoneAboveCostAt(double θ, double g) => θ > 1 && θ * g > 1 ? OutlierCost(θ, g) : 0;

    // ∫ (1/(2G) - θ/2) dt from t = θ + 1/θ, where G = 1/θ.
    private static double OutlierCost(double θ, double g)
    {
        double excess = θ * g - 1;
        return excess * excess * (1 - g) * (1 + g) / (4 * g * g) + LogRemainder.Third(excess) / 2;
    }

    private static double Antiderivative(double θ, double g) => 1 / (4 * g * g) + Math.Log(g) / 2 - θ * (g + 1 / g) / 2;

    private const string NoOutlier = "|theta| <= 1: no eigenvalue leaves the bulk";
}
