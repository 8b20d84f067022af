// The matrix noise below which Langevin dynamics at temperature T escapes the threshold states: a heuristic.
using System;
using Thalweg.Numerics.Roots;
using Thalweg.Results;

namespace Thalweg.Thresholds;

/// <summary>
/// The T &gt; 0 version of eqs. (12)-(14): threshold states of self-overlap q have Q''(q)(1-q)² = T², and their growth rate vanishes at Q''(0)(1-q) = T. With x = 1 - q = TΔ_2 this is
/// R''(1-x) + 1/Δ_2 = 1/Δ_2².
/// </summary>
/// <remarks>
/// Heuristic: T → 0 gives eq. (5), T = 1 and p = 3 gives sqrt(Δ_p/2), the form known from Sarao Mannelli et al. 2018; other temperatures are not verified by dynamics. Where no root lies below
/// Δ_2 = 1/T the paramagnet itself becomes unstable there.
/// </remarks>
public static class LangevinThreshold
{
    private const int Grid = 256;

    /// <summary>Δ_2^Langevin(T).</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    /// <param name="temperature">T ≥ 0.</param>
    /// <returns>The smallest root, marked as an estimate; missing when its q is not the largest solution of Q''(q)(1-q)² = T².</returns>
    public static Quantity Of(MatrixFamily family, double temperature)
    {
        ArgumentNullException.ThrowIfNull(family);
        if (!(temperature >= 0) || !double.IsFinite(temperature))
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "T must be finite and >= 0");
        }

        if (family.Why is { } why)
        {
            return Quantity.Missing(why);
        }

        var zero = GradientFlowThreshold.Of(family);
        if (temperature == 0)
        {
            return Quantity.Of(zero.Value, zero.Error, How.Estimate);
        }

        // With Δ = Δ_2: f(Δ) = Δ² R''(1 - TΔ) + Δ - 1 is negative below the root; R'' is largest at 1, so the T = 0 threshold bounds the root from below.
        double f(double Δ) => Δ * Δ * family.Rest.D2Q(Math.Max(0, 1 - temperature * Δ)) + Δ - 1;
        double low = zero.Value * (1 - 1e-13), high = 1 / temperature;
        if (low < high)
        {
            // f(1) = R'' >= 0, so nothing beyond 1 can be the first root, however far 1/T lies.
            var grid = new double[Grid];
            double end = Math.Min(high, 2);
            for (int i = 0; i < Grid; i++)
            {
                grid[i] = low + (end - low) * i / (Grid - 1);
            }

            // The end of the interval is x = 1, q = 0: a sign change exactly there is the paramagnet's. The rounding of 1 - TΔ is multiplied by the power of R''.
            int power = family.Rest.Powers[^1];
            if (FirstCrossing.Find(f, grid, (8 + power) * Quantity.Unit) is { } root && root.Position < high * (1 - 1e-13))
            {
                return IsOuterBranch(family, temperature, root.Position)
                    ? Quantity.Of(root.Position, root.Error, How.Estimate)
                    : Quantity.Missing("the threshold states of this temperature are not on the outer branch of Q''(q)(1-q)^2 = T^2");
            }
        }

        return Quantity.Of(high, Quantity.Unit * high, How.Estimate);
    }

    private static bool IsOuterBranch(MatrixFamily family, double temperature, double matrixNoise)
    {
        var q = family.At(1 / matrixNoise);
        for (int i = 1; i <= Grid; i++)
        {
            // Both sides are divided by T^2, which may be too small for a double.
            double rest = matrixNoise * i / (Grid + 1);
            if (q.D2Q(1 - temperature * rest) * rest * rest > 1 + 1e-9)
            {
                return false;
            }
        }

        return true;
    }
}
