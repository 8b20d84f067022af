// Eq. (5): the matrix noise below which gradient flow finds the signal.
using System;
using Thalweg.Results;

namespace Thalweg.Thresholds;

/// <summary>
/// Δ_2^GF(Δ_p, p) = [-Δ_p + sqrt(Δ_p² + 4(p-1)Δ_p)]/(2(p-1)), eq. (5) of Sarao Mannelli et al. 2019: where the threshold states' Hessian grows its first negative direction toward the signal,
/// θ = Q''(0)/sqrt(Q''(1)) = 1 (eq. (7)), and where the ageing state of the dynamics becomes unstable (eq. (14)).
/// </summary>
public static class GradientFlowThreshold
{
    /// <summary>Δ_2^GF of a family: θ = 1 reads u² = u + R_2, whose root gives Δ_2 = 2/(1 + sqrt(1 + 4 R_2)).</summary>
    /// <param name="family">The model with its matrix noise left free; R_2 = (p-1)/Δ_p for one tensor.</param>
    /// <returns>A closed form without cancellation, accurate to a few units in the last place for every Δ_p; missing with the family's reason.</returns>
    [Equation(Papers.BigBadMinima, 5)]
    [Equation(Papers.BigBadMinima, 14)]
    public static Quantity Of(MatrixFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        return family.Why is { } why ? Quantity.Missing(why) : Quantity.ClosedForm(2 / (1 + Root(family.Rest.CurvatureAtOne)));
    }

    /// <summary>1/Δ_2^GF = (1 + sqrt(1 + 4 R_2))/2.</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    public static Quantity Inverse(MatrixFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        return family.Why is { } why ? Quantity.Missing(why) : Quantity.ClosedForm((1 + Root(family.Rest.CurvatureAtOne)) / 2);
    }

    internal static double Root(double curvature) => Math.Sqrt(1 + 4 * curvature);
}
