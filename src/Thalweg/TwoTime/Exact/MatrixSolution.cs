// The exact dynamics of the random matrix alone, Q = x²/2 at T = 0, with or without the signal x²/2: Bessel functions.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Series;

namespace Thalweg.TwoTime.Exact;

/// <summary>
/// With g(x) = I_1(2x)/x and h(x) = I_0(2x) + I_1(2x): n(t) = m0² h(2t) + (1 - m0²) g(2t), m = m0 h(t)/sqrt(n), C(t,s) = [m0² h(t+s) + (1 - m0²) g(t+s)]/sqrt(n(t) n(s)),
/// R(t,s) = g(t-s) sqrt(n(s)/n(t)), μ = ½ d ln n/dt, e = -μ/2 (Cugliandolo and Dean, J. Phys. A 28 (1995) 4213, without the signal).
/// </summary>
/// <remarks>What the solvers of the two-time equations are measured by, in tests and in the figure of their convergence. Exact to some 1e-15.</remarks>
/// <param name="overlap">m0, from 0 to 1; 0 without a signal.</param>
public sealed class MatrixSolution(double overlap)
{
    private readonly double planted = overlap * overlap, random = 1 - overlap * overlap;

    /// <summary>The equations that it solves.</summary>
    public TwoTimeProblem Problem => new(Model.FromMixture("x^2/2", Covariance.Pure(2, 0.5), overlap > 0), logOverlap: overlap > 0 ? Math.Log(overlap) : null);

    /// <summary>C(t,s), symmetric.</summary>
    /// <param name="t">A time, ≥ 0.</param>
    /// <param name="s">Another one.</param>
    public double Correlation(double t, double s) => (planted * H(t + s) + random * G(t + s)) / Math.Sqrt(N(t) * N(s));

    /// <summary>R(t,s).</summary>
    /// <param name="t">The time of the answer.</param>
    /// <param name="s">The time of the question, from 0 to t.</param>
    public double Response(double t, double s) => G(t - s) * Math.Sqrt(N(s) / N(t));

    /// <summary>m(t).</summary>
    /// <param name="t">A time, ≥ 0.</param>
    public double Overlap(double t) => overlap * H(t) / Math.Sqrt(N(t));

    /// <summary>μ(t).</summary>
    /// <param name="t">A time, ≥ 0.</param>
    public double Multiplier(double t)
    {
        // h' = 2 I_1 + I_0 + I_2 (of 2x) and g' = 2 I_2(2x)/x, both before scaling.
        double x = 4 * t, slopeG = t == 0 ? 0 : 2 * ScaledBessel.I(2, x) / (2 * t), slopeH = 2 * ScaledBessel.I(1, x) + ScaledBessel.I(0, x) + ScaledBessel.I(2, x);
        return (planted * slopeH + random * slopeG) / N(t);
    }

    /// <summary>The energy density e(t).</summary>
    /// <param name="t">A time, ≥ 0.</param>
    public double Energy(double t) => -0.5 * Multiplier(t);

    // e^(-2x) g(x), e^(-2x) h(x) and e^(-4t) n(t): the exponentials cancel everywhere.
    private static double G(double x) => x == 0 ? 1 : ScaledBessel.I(1, 2 * x) / x;

    private static double H(double x) => ScaledBessel.I(0, 2 * x) + ScaledBessel.I(1, 2 * x);

    private double N(double t) => planted * H(2 * t) + random * G(2 * t);
}
