// The exact dynamics of the spherical model with a random matrix alone, Q = x²/2 at T = 0, with or without the signal x²/2: Bessel functions.
using System;
using Thalweg.Models;
using Thalweg.TwoTime;

namespace Thalweg.Tests.TwoTime;

/// <summary>
/// With g(x) = I_1(2x)/x and h(x) = I_0(2x) + I_1(2x): n(t) = m0² h(2t) + (1 - m0²) g(2t), m = m0 h(t)/sqrt(n), C(t,s) = [m0² h(t+s) + (1 - m0²) g(t+s)]/sqrt(n(t) n(s)),
/// R(t,s) = g(t-s) sqrt(n(s)/n(t)), μ = ½ d ln n/dt, e = -μ/2 (Cugliandolo and Dean, J. Phys. A 28 (1995) 4213, without the signal).
/// </summary>
/// <param name="overlap">m0; 0 without a signal.</param>
internal sealed class BesselSolution(double overlap)
{
    private readonly double planted = overlap * overlap, random = 1 - overlap * overlap;

    public TwoTimeProblem Problem => new(Model.FromMixture("x^2/2", Covariance.Pure(2, 0.5), overlap > 0), logOverlap: overlap > 0 ? Math.Log(overlap) : null);

    public double C(double t, double s) => (planted * H(t + s) + random * G(t + s)) / Math.Sqrt(N(t) * N(s));

    public double R(double t, double s) => G(t - s) * Math.Sqrt(N(s) / N(t));

    public double M(double t) => overlap * H(t) / Math.Sqrt(N(t));

    // h' = 2 I_1 + I_0 + I_2 (of 2x) and g' = 2 I_2(2x)/x, both before scaling.
    public double Mu(double t)
    {
        double x = 4 * t, slopeG = t == 0 ? 0 : 2 * Bessel(2, x) / (2 * t), slopeH = 2 * Bessel(1, x) + Bessel(0, x) + Bessel(2, x);
        return (planted * slopeH + random * slopeG) / N(t);
    }

    public double Energy(double t) => -0.5 * Mu(t);

    // e^{-2x} g(x), e^{-2x} h(x) and e^{-4t} n(t): the exponentials cancel everywhere.
    private static double G(double x) => x == 0 ? 1 : Bessel(1, 2 * x) / x;

    private static double H(double x) => Bessel(0, 2 * x) + Bessel(1, 2 * x);

    private double N(double t) => planted * H(2 * t) + random * G(2 * t);

    /// <summary>e^{-x} I_n(x): the power series, whose terms are all positive, and from 40 on the asymptotic one.</summary>
    public static double Bessel(int n, double x)
    {
        if (x < 40)
        {
            double term = 1, sum = 0;
            for (int k = 1; k <= n; k++)
            {
                term *= 0.5 * x / k;
            }

            for (int k = 1; term > 1e-19 * sum; k++)
            {
                sum += term;
                term *= 0.25 * x * x / ((double)k * (k + n));
            }

            return sum * Math.Exp(-x);
        }

        double part = 1, total = 1;
        for (int k = 1; k < 60 && Math.Abs(part) > 1e-19; k++)
        {
            part *= ((2.0 * k - 1) * (2 * k - 1) - 4.0 * n * n) / (8 * k * x);
            total += part;
        }

        return total / Math.Sqrt(2 * Math.PI * x);
    }
}
