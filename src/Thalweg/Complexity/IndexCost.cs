// What it costs a Hessian to have exactly j negative eigenvalues.
using System;
using Thalweg.Spectra;

namespace Thalweg.Complexity;

/// <summary>
/// The large-deviation cost c_j(θ, t), per N, of exactly j negative eigenvalues of W + t - θ e_1 e_1ᵀ at t ≥ 2: c_0 = L(θ, t), c_j = U(θ, t) + (j - 1) I_1(t).
/// </summary>
/// <remarks>The first eigenvalue to cross is the outlier (or the one nearest to being one), every further one has to be pulled out of the bulk at the cost I_1.</remarks>
public static class IndexCost
{
    /// <summary>c_j(θ, t).</summary>
    /// <param name="index">j ≥ 0.</param>
    /// <param name="strength">θ.</param>
    /// <param name="shift">t.</param>
    /// <returns>Infinite for t &lt; 2, where a finite index costs order N².</returns>
    public static double Of(int index, double strength, double shift)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return shift < 2 ? double.PositiveInfinity
            : index == 0 ? RankOnePerturbation.NoneAboveCost(strength, shift)
            : RankOnePerturbation.TopAboveCost(strength, shift) + (index - 1) * Semicircle.EigenvalueCost(shift);
    }

    // The maximum over t >= 2 of -(t-t0)²/(2v) + Φ(t) - c_j(t), j >= 1. Its slope times v G is a decreasing function of t: bisection on G = 1/e^y brackets its zero.
    internal static double DominatingShift(int index, double strength, double t0, double v)
    {
        double Slope(double g)
        {
            double pull = strength > 1 ? (strength * g >= 1 ? 0 : (1 / g - strength) / 2)
                : strength > 0 && g < strength ? (1 / g - strength) / 2
                : (1 / g - g) / 2;
            return -(g + 1 / g - t0) / v + g - pull - (index - 1) * (1 / g - g) / 2;
        }

        if (Slope(1) <= 0)
        {
            return 2;
        }

        double low = 0, high = 1;
        for (int i = 0; i < 100 && high - low > 1e-17; i++)
        {
            double middle = 0.5 * (low + high);
            if (middle > 0 && Slope(middle) > 0)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high + 1 / high;
    }
}
