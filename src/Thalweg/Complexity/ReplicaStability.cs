// Whether stationary points at m = 0 are independent of each other: the stability of the saddle q = 0, where quenched equals annealed.
using System;
using Thalweg.Models;
using Thalweg.Results;

namespace Thalweg.Complexity;

/// <summary>The local stability of q = ρ = d = 0 at m = 0.</summary>
/// <remarks>
/// Second order in X = [[q, iρ], [iρ, d]]: Σ = Σ_a + {tr (M⁻¹X)² - k tr (AX)²}/4 with M = [[1, ir], [ir, d_0]], det M = 1/Q_1, A = [[β̂, -i], [-i, 0]], k = Q''(0).
/// The product MA has the eigenvalues λ± with λ₊ + λ₋ = β̂ + 2r and λ₊ λ₋ = 1/Q_1, and the form is singular exactly when k λ₊² = 1, k λ₊ λ₋ = 1 or k λ₋² = 1.
/// For t ≥ 2 the two are λ₊ = r + β̂ and λ₋ = r, for every mixture; at the threshold, r = Q_2^(-1/2), the condition k λ₊² &lt; 1 reads k Q_2 &lt; Q_1². For |t| &lt; 2 they may be complex, of modulus
/// Q_1^(-1/2), and then the saddle is stable because k &lt; Q_1. Derived for this product; the 3 × 3 Hessian of <see cref="QuenchedAction"/> is its test.
/// </remarks>
public static class ReplicaStability
{
    /// <summary>1 - k max|λ|²: positive where the saddle q = 0 is locally stable, zero where replicas begin to see each other.</summary>
    /// <param name="noise">Q without linear term.</param>
    /// <param name="energyConjugate">β̂ = dΣ/de at m = 0.</param>
    /// <param name="response">r.</param>
    /// <exception cref="ArgumentException">A linear term: q = 0 is no saddle then.</exception>
    public static Quantity Margin(Covariance noise, double energyConjugate, double response)
    {
        Check(noise);
        double k = noise.CurvatureAtZero, half = Math.Abs(energyConjugate / 2 + response), product = 1 / noise.SlopeAtOne, discriminant = half * half - product;
        double largest = discriminant <= 0 ? product : Math.Pow(half + Math.Sqrt(discriminant), 2);
        double blur = discriminant <= 0 ? 0 : 8 * Quantity.Unit * half * half / Math.Sqrt(discriminant) * Math.Sqrt(largest);
        return Quantity.Of(1 - k * largest, 8 * Quantity.Unit * (1 + k * largest) + k * Math.Min(blur, largest), How.ClosedForm);
    }

    /// <summary>The margin at the threshold energy, 1 - k Q_2/Q_1²: for two terms x² and x^p it is positive when (p-3)/Δ_2 &lt; 1/Δ_p, always for p = 3, for p = 4 when 1/Δ_2 &lt; 1/Δ_p.</summary>
    /// <param name="noise">Q without linear term.</param>
    /// <exception cref="ArgumentException">A linear term: q = 0 is no saddle then.</exception>
    public static Quantity MarginAtThreshold(Covariance noise)
    {
        Check(noise);
        double ratio = noise.CurvatureAtZero / noise.SlopeAtOne * (noise.CurvatureAtOne / noise.SlopeAtOne);
        return Quantity.ClosedForm(1 - ratio, 1 + ratio);
    }

    /// <summary>The energy at which the saddle q = 0 turns singular when the energy is lowered from zero.</summary>
    /// <param name="noise">Q without linear term.</param>
    /// <returns>
    /// e = -(Q_0 β̂ + Q_1 r). Below the threshold, where k Q_2 ≤ Q_1²: r = sqrt(k)/Q_1 and β̂ + r = 1/sqrt(k). Above it otherwise: r = (Q_1+k)/(sqrt(k) (Q_1+Q_2)) and β̂ = r (Q_2-Q_1)/Q_1.
    /// Missing when k = 0: then it is stable at every energy.
    /// </returns>
    /// <exception cref="ArgumentException">A linear term: q = 0 is no saddle then.</exception>
    public static Quantity InstabilityEnergy(Covariance noise)
    {
        Check(noise);
        double k = noise.CurvatureAtZero, root = Math.Sqrt(k), Q0 = noise.AtOne, Q1 = noise.SlopeAtOne, Q2 = noise.CurvatureAtOne;
        if (k == 0)
        {
            return Quantity.Missing("without a quadratic term the saddle q = 0 is stable at every energy");
        }

        bool below = k * Q2 <= Q1 * Q1;
        double response = below ? root / Q1 : (Q1 + k) / (root * (Q1 + Q2)), β = below ? 1 / root - response : response * (Q2 - Q1) / Q1;
        return Quantity.ClosedForm(-(Q0 * β + Q1 * response), Q0 * (1 / root + response * (1 + Q2 / Q1)) + Q1 * response);
    }

    private static void Check(Covariance noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        if (noise.Coefficient(1) > 0)
        {
            throw new ArgumentException("a linear term makes q = 0 no saddle", nameof(noise));
        }
    }
}
