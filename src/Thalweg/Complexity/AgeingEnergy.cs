// The energy that gradient flow ages towards at infinite N without signal (Cugliandolo and Kurchan): one step where that is consistent, a continuous part where it is not.
using System;
using System.Globalization;
using Thalweg.Models;
using Thalweg.Numerics.Quadrature;
using Thalweg.Numerics.Roots;
using Thalweg.Results;

namespace Thalweg.Complexity;

/// <summary>The shape of the response in the ageing regime.</summary>
public enum AgeingKind
{
    /// <summary>One time sector: χ(C) falls linearly on [0, 1]. The energy is the threshold energy ε_th of the Kac-Rice count.</summary>
    OneStep,

    /// <summary>Infinitely many time sectors for C in [0, q_m], one for [q_m, 1].</summary>
    ContinuousThenStep,

    /// <summary>Infinitely many time sectors throughout, q_m = 1.</summary>
    Continuous,

    /// <summary>None of these is consistent for this mixture.</summary>
    Unknown,
}

/// <summary>The ageing solution at zero temperature.</summary>
/// <param name="Kind">Which shape is consistent.</param>
/// <param name="Energy">e per N; a closed form for one step, otherwise <see cref="How.Estimate"/>: derived, but not verified by any dynamics.</param>
/// <param name="BreakingPoint">q_m, up to where the response is continuous: 0 for one step.</param>
/// <param name="StepRatio">x_1, the fluctuation-dissipation ratio over temperature on [q_m, 1]; missing when q_m = 1.</param>
/// <param name="Sentence">What decided; for results derived but not verified it says so.</param>
public sealed record AgeingState(AgeingKind Kind, Quantity Energy, Quantity BreakingPoint, Quantity StepRatio, string Sentence);

/// <summary>The ageing energy of any mixture without linear term.</summary>
/// <remarks>
/// Let χ(C) be the integrated response from overlap C to 1, so that x = -dχ/dC ≥ 0 must not decrease with C, and χ(1) = Q_2^(-1/2) (marginal states, μ = 2 sqrt(Q_2)). Where x grows continuously
/// χ = Q''(C)^(-1/2), that is x = Q'''/(2 Q''^(3/2)); a step from C_1 to C_2 obeys Q'(C_2) - Q'(C_1) = (C_2-C_1)/(χ(C_1) χ(C_2)). The energy is -[Q_1 χ(1) + ∫ x Q' dC] = -∫ χ Q'' dC.
/// A step is consistent when g(C) = Q'(C) - Q'(C_1) - (C-C_1)/(χ(C_1) χ(C)) ≤ 0 inside it: at C_1 = 0 this contains Q''(0) Q_2 ≤ Q_1², the stability of q = 0 at the threshold
/// (<see cref="ReplicaStability.MarginAtThreshold"/>); at C = 1 it contains x_1 ≥ x(1). A continuous part on [0, q_m] is consistent when Q''^(-1/2) is concave there, 3 Q'''² ≤ 2 Q'' Q''''.
/// For x² and x⁴: one step for u ≤ a, q_m = sqrt(3 + u/a) - 2 for a &lt; u &lt; 6a, q_m = 1 for u ≥ 6a, where u = 1/Δ_2 and a = 1/Δ_p. Inequalities along C are checked at 256 points.
/// </remarks>
public static class AgeingEnergy
{
    private const int Points = 256;
    private const double Unresolved = 1 - 1e-4;

    /// <summary>The consistent ageing solution.</summary>
    /// <param name="noise">Q, with a term of power two or more.</param>
    /// <returns>The state; of <see cref="AgeingKind.Unknown"/> kind with missing numbers for a linear term or a mixture that needs another shape. Some microseconds to a millisecond.</returns>
    public static AgeingState Of(Covariance noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        if (noise.CurvatureAtOne <= 0 || noise.Coefficient(1) > 0)
        {
            return Unknown("the ageing solutions here are for mixtures of powers two and higher");
        }

        if (StepIsConsistent(noise, 0, noise.SlopeAtOne > 0 ? Math.Sqrt(noise.CurvatureAtOne) / noise.SlopeAtOne : 0))
        {
            double root = Math.Sqrt(noise.CurvatureAtOne), x1 = (noise.CurvatureAtOne - noise.SlopeAtOne) / (noise.SlopeAtOne * root);
            return new(AgeingKind.OneStep, OneStep(noise), Quantity.ClosedForm(0), Quantity.ClosedForm(x1, root / noise.SlopeAtOne), "one time sector is consistent: Q''(0) Q_2 <= Q_1^2");
        }

        return IsConcave(noise, 1) ? Continuous(noise) : WithBreakingPoint(noise);
    }

    /// <summary>The one-step energy -[Q_1 R + x_1 Q_0] with R = Q_2^(-1/2), x_1 = (Q_2-Q_1)/(Q_1 sqrt(Q_2)), whether or not it is consistent.</summary>
    /// <param name="noise">Q, with a term of power two or more.</param>
    /// <remarks>
    /// It equals the threshold energy of the Kac-Rice count, ε_th = -(Q_1² + Q_0 (Q_2-Q_1))/(Q_1 sqrt(Q_2)), identically. The reason is that both solve the same equations: at the saddle of the count
    /// -e = Q_0 β̂ + Q_1 r and μ = Q_1 β̂ + (Q_1+Q_2) r; at the threshold μ = 2 sqrt(Q_2) and r = Q_2^(-1/2), hence β̂ = (Q_2-Q_1)/(Q_1 sqrt(Q_2)). So r is the response R of the marginal states
    /// and β̂ = dΣ/de is the ratio x_1: the ageing system sees the states at the threshold with the effective temperature at which their complexity grows.
    /// </remarks>
    public static Quantity OneStep(Covariance noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        double root = Math.Sqrt(noise.CurvatureAtOne), x1 = (noise.CurvatureAtOne - noise.SlopeAtOne) / (noise.SlopeAtOne * root);
        return Quantity.ClosedForm(-(noise.SlopeAtOne / root + x1 * noise.AtOne), noise.SlopeAtOne / root + (root / noise.SlopeAtOne + 1 / root) * noise.AtOne);
    }

    private static AgeingState Continuous(Covariance noise)
    {
        var integral = Romberg.Of(c => Math.Sqrt(noise.D2Q(c)), 0, 1);
        return new(
            AgeingKind.Continuous, Quantity.Of(-integral.Value, integral.Error, How.Estimate), Quantity.ClosedForm(1), Quantity.Missing("there is no step: the response is continuous up to C = 1"),
            "Q''^(-1/2) is concave on [0, 1]: full breaking, derived but not verified by dynamics");
    }

    // q_m is a root of (Q_1 - Q'(q))/(1-q) - sqrt(Q_2 Q''(q)); every change of sign on the grid is a candidate that must also be consistent.
    private static AgeingState WithBreakingPoint(Covariance noise)
    {
        double Balance(double q) => MeanCurvature(noise, q) - Math.Sqrt(noise.CurvatureAtOne * noise.D2Q(q));
        for (int i = 0; i < Points; i++)
        {
            double low = (double)i / Points, high = i + 1 < Points ? (i + 1.0) / Points : Unresolved;
            if (Balance(low) > 0 != Balance(high) > 0)
            {
                var root = BracketedRoot.Find(Balance, low, high, 8 * Quantity.Unit * noise.CurvatureAtOne);
                if (IsConcave(noise, root.Position) && StepIsConsistent(noise, root.Position, 1 / Math.Sqrt(noise.D2Q(root.Position))))
                {
                    return Broken(noise, root);
                }
            }
        }

        // Closer to one the balance vanishes like (1-q)² below rounding, and so does what the energy could still change.
        return Balance(Unresolved) < 0 && IsConcave(noise, Unresolved)
            ? Broken(noise, new((1 + Unresolved) / 2, (1 - Unresolved) / 2, 0))
            : Unknown("neither one step nor a continuous part from C = 0 followed by one step is consistent for this mixture");
    }

    private static AgeingState Broken(Covariance noise, Root root)
    {
        double q = root.Position, energy = BrokenEnergy(noise, q, out double error), reach = Math.Max(root.Error, 1e-9);
        double slope = Math.Abs(BrokenEnergy(noise, Math.Min(q + reach, 1 - 1e-9), out _) - BrokenEnergy(noise, Math.Max(q - reach, 0), out _)) / reach;
        double x1 = StepRatio(noise, q), below = noise.D3Q(q) / (2 * Math.Pow(noise.D2Q(q), 1.5));
        double x1Error = 2 * Math.Abs(x1 - below) / (1 - q) * root.Error + 8 * Quantity.Unit / (Math.Sqrt(noise.D2Q(q)) * (1 - q));
        return new(
            AgeingKind.ContinuousThenStep, Quantity.Of(energy, error + 2 * slope * root.Error, How.Estimate), Quantity.Of(q, root.Error, How.Root), Quantity.Of(x1, x1Error, How.Root),
            string.Create(CultureInfo.InvariantCulture, $"continuous up to q_m = {q:0.######}, then one step: derived but not verified by dynamics"));
    }

    // -[Q_1 χ(1) + ∫_0^q x Q' dC + x_1 (Q_0 - Q(q))], the integral by parts: ∫ x Q' = ∫ sqrt(Q'') - Q'(q)/sqrt(Q''(q)).
    private static double BrokenEnergy(Covariance noise, double q, out double error)
    {
        var integral = Romberg.Of(c => Math.Sqrt(noise.D2Q(c)), 0, q);
        double marginal = noise.SlopeAtOne / Math.Sqrt(noise.CurvatureAtOne), boundary = noise.DQ(q) / Math.Sqrt(noise.D2Q(q)), step = StepRatio(noise, q) * (noise.AtOne - noise.Q(q));
        error = integral.Error + 8 * Quantity.Unit * (marginal + boundary + noise.SlopeAtOne / Math.Sqrt(noise.D2Q(q)) + StepRatio(noise, q) * noise.AtOne);
        return -(marginal + integral.Value - boundary + step);
    }

    private static double StepRatio(Covariance noise, double q) => (1 / Math.Sqrt(noise.D2Q(q)) - 1 / Math.Sqrt(noise.CurvatureAtOne)) / (1 - q);

    // (Q_1 - Q'(q))/(1-q) = Σ k a_k (1 + q + ... + q^(k-2)), without cancellation.
    private static double MeanCurvature(Covariance noise, double q)
    {
        double sum = 0;
        for (int i = 0; i < noise.Powers.Length; i++)
        {
            double geometric = 0;
            for (int n = 2; n <= noise.Powers[i]; n++)
            {
                geometric = 1 + q * geometric;
            }

            sum += noise.Powers[i] * noise.Coefficients[i] * geometric;
        }

        return sum;
    }

    // g ≤ 0 on (q, 1): see the remarks. The tolerance is the rounding of g's terms.
    private static bool StepIsConsistent(Covariance noise, double q, double responseAtLow)
    {
        double end = 1 / Math.Sqrt(noise.CurvatureAtOne), x1 = (responseAtLow - end) / (1 - q), tolerance = 16 * Quantity.Unit * noise.SlopeAtOne;
        if (x1 < -tolerance * end || noise.D2Q(q) * responseAtLow * responseAtLow > 1 + 1e-12)
        {
            return false;
        }

        for (int i = 1; i < Points; i++)
        {
            double c = q + (1 - q) * i / Points, response = responseAtLow - x1 * (c - q);
            if (noise.DQ(c) - noise.DQ(q) - (c - q) / (responseAtLow * response) > tolerance)
            {
                return false;
            }
        }

        return noise.D3Q(1) <= 2 * x1 * Math.Pow(noise.CurvatureAtOne, 1.5) * (1 + 1e-9) + 1e-12 * noise.CurvatureAtOne;
    }

    // 3 Q'''² ≤ 2 Q'' Q'''' on [0, end].
    internal static bool IsConcave(Covariance noise, double end)
    {
        for (int i = 0; i <= Points; i++)
        {
            double c = end * i / Points, third = noise.D3Q(c), left = 3 * third * third, right = 2 * noise.D2Q(c) * noise.D4Q(c);
            if (left > right * (1 + 1e-12) || noise.D2Q(c) <= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static AgeingState Unknown(string why) => new(AgeingKind.Unknown, Quantity.Missing(why), Quantity.Missing(why), Quantity.Missing(why), why);
}
