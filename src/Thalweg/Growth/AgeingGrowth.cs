// Eqs. (12)-(13): how fast an infinitesimal overlap grows out of the ageing state, as the paper prints it and with the damping that it drops.
using System;
using Thalweg.Models;
using Thalweg.Results;

namespace Thalweg.Growth;

/// <summary>
/// While m is small eq. (10) is dm/dt = (k - μ) m + ∫ Σ(t,s) m(s) ds with k = S''(0). Eq. (12) splits the integral into the fast part of R, with C = 1 in it, and the ageing part, which vanishes; eq. (13) then takes m(s) = m(t) under it.
/// That is right where nothing grows. With m(s) = m(t) e^{-g(t-s)} the fast part gives Q''(1) R̂(g), R̂ the Laplace transform of R, which obeys 1/R̂(g) = g + μ - Q''(1) R̂(g) in the threshold state; with g = k - μ + Q''(1) R̂(g) that means R̂(g) = 1/k, and
/// <code>g(t) = k + Q''(1)/k - μ(t),   Λ = (k - sqrt(Q''(1)))² / k at late times,   for k &gt; sqrt(Q''(1)).</code>
/// </summary>
/// <remarks>The evidence against eq. (13) stands in docs/errata.md. Λ is minus the isolated eigenvalue of the threshold Hessian.</remarks>
public static class AgeingGrowth
{
    /// <summary>g = k + Q''(1)/k - μ.</summary>
    /// <param name="model">Noise and signal, S''(0) &gt; 0.</param>
    /// <param name="multiplier">μ(t).</param>
    [Equation(Papers.BigBadMinima, 12)]
    public static double At(Model model, double multiplier)
    {
        ArgumentNullException.ThrowIfNull(model);
        double k = model.Signal.CurvatureAtZero;
        return k + model.Noise.CurvatureAtOne / k - multiplier;
    }

    /// <summary>Λ = (k - sqrt(Q''(1)))²/k where k &gt; sqrt(Q''(1)), else 0: nothing grows exponentially there.</summary>
    /// <param name="model">Noise and signal.</param>
    public static Quantity Limit(Model model)
    {
        Quantity margin = Undamped(model);
        if (margin.Value <= 0)
        {
            return Quantity.ClosedForm(0);
        }

        double k = model.Signal.CurvatureAtZero, value = margin.Value * margin.Value / k;
        return Quantity.Of(value, Quantity.ClosedForm(value).Error + 2 * margin.Value * margin.Error / k, How.ClosedForm);
    }

    /// <summary>Eq. (13) as it is printed: -μ + k + Q''(1) R̄ with μ = 2 sqrt(Q''(1)) and R̄ = 1/sqrt(Q''(1)), that is k - sqrt(Q''(1)).</summary>
    /// <param name="model">Noise and signal.</param>
    [Equation(Papers.BigBadMinima, 13)]
    public static Quantity Undamped(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        double k = model.Signal.CurvatureAtZero, root = Math.Sqrt(model.Noise.CurvatureAtOne);
        return Quantity.ClosedForm(k - root, Math.Max(k, root));
    }
}
