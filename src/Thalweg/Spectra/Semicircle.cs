// The semicircle law on [-2, 2]: density, resolvent, logarithmic potential, and the cost of pulling an eigenvalue out.
using System;

namespace Thalweg.Spectra;

/// <summary>The spectrum of W, a GOE matrix with off-diagonal variance 1/N, so that (1/N) E Tr W² = 1 and the support is [-2, 2].</summary>
public static class Semicircle
{
    /// <summary>The density ρ(λ) = sqrt(4 - λ²)/(2π), zero outside the support.</summary>
    /// <param name="eigenvalue">λ.</param>
    public static double Density(double eigenvalue) => Math.Abs(eigenvalue) >= 2 ? 0 : Math.Sqrt((2 - eigenvalue) * (2 + eigenvalue)) / (2 * Math.PI);

    /// <summary>The share of eigenvalues below λ: 1/2 + λ sqrt(4 - λ²)/(4π) + arcsin(λ/2)/π.</summary>
    /// <param name="eigenvalue">λ.</param>
    public static double Distribution(double eigenvalue) =>
        eigenvalue <= -2 ? 0 : eigenvalue >= 2 ? 1
        : 0.5 + eigenvalue * Math.Sqrt((2 - eigenvalue) * (2 + eigenvalue)) / (4 * Math.PI) + Math.Asin(eigenvalue / 2) / Math.PI;

    /// <summary>The resolvent G(t) = (t - sqrt(t² - 4))/2 outside the bulk, in (0, 1], so that t = G + 1/G.</summary>
    /// <param name="shift">t ≥ 2.</param>
    public static double Resolvent(double shift) =>
        shift >= 2 ? 2 / (shift + Math.Sqrt((shift - 2) * (shift + 2))) : throw new ArgumentOutOfRangeException(nameof(shift), shift, "the resolvent is real for t >= 2 only");

    /// <summary>The logarithmic potential Φ(t) = ∫ ρ(λ) log|λ - t| dλ: t²/4 - 1/2 inside the bulk, G²/2 - log G outside.</summary>
    /// <param name="shift">t, any real number.</param>
    public static double LogPotential(double shift)
    {
        double t = Math.Abs(shift);
        if (t <= 2)
        {
            return t * t / 4 - 0.5;
        }

        double g = Resolvent(t);
        return g * g / 2 - Math.Log(g);
    }

    /// <summary>The cost I_1(t) = (1/2) ∫_2^t sqrt(y² - 4) dy of one eigenvalue at t, in the form (1/G² - G²)/4 + log G.</summary>
    /// <param name="shift">t ≥ 2.</param>
    /// <returns>N times the negative logarithm of the probability; 0 at the edge.</returns>
    public static double EigenvalueCost(double shift) => EigenvalueCostAt(Resolvent(shift));

    internal static double EigenvalueCostAt(double g) => (1 / (g * g) - g * g) / 4 + Math.Log(g);
}
