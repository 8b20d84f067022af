// Averages over field and target at a random start of phase retrieval, each brought to one integral.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Quadrature;

namespace Thalweg.Spectra;

/// <summary>Averages over independent standard normal h and y that the spectrum needs, at one G = -g from 0 to 1/4.</summary>
/// <param name="First">E[f/(1 - fg)].</param>
/// <param name="Second">E[f²/(1 - fg)²].</param>
/// <param name="SignalFirst">E[(1 - y²) f/(1 - fg)].</param>
/// <param name="SignalSecond">E[y² f²/(1 - fg)²].</param>
internal readonly record struct PhaseRetrievalAverages(double First, double Second, double SignalFirst, double SignalSecond)
{
    /// <summary>G where the weight of the lowest curvature, -4, becomes infinite.</summary>
    public const double LargestResolvent = -1 / PhaseRetrieval.LowestCurvature;

    /// <summary>Two rules that share nothing, for the integrals of a model.</summary>
    /// <param name="model">The model.</param>
    public static DecayRule[] Rules(PhaseRetrieval model)
    {
        // The integrands change where t is about 1/6, later, or where e^{-at} ends.
        double a = model.Normalisation, scale = 1 / (1 + a);
        return [DecayRule.Trapezoidal(a, scale), DecayRule.Panels(a, scale)];
    }

    /// <summary>The averages at one G.</summary>
    /// <remarks>
    /// f/(1 - fg) = 4(3h² - y²)/D with D = a + (1 - 4G) y² + 12G h²: the denominators of the loss cancel. With 1/D = ∫ e^{-tD} dt and 1/D² = ∫ t e^{-tD} dt every average is Gaussian: e^{-tD} gives e^{-at}/sqrt(pq), and h² and y² under it have the variances 1/p and 1/q,
    /// p = 1 + 24Gt, q = 1 + 2(1 - 4G)t.
    /// </remarks>
    /// <param name="rule">Of ∫ e^{-at} .. dt.</param>
    /// <param name="resolvent">G, from 0 to 1/4.</param>
    public static PhaseRetrievalAverages At(DecayRule rule, double resolvent)
    {
        double first = 0, second = 0, signalFirst = 0, signalSecond = 0;
        for (int i = 0; i < rule.Nodes.Length; i++)
        {
            double t = rule.Nodes[i], p = 1 / (1 + 24 * resolvent * t), q = 1 / (1 + 2 * (1 - 4 * resolvent) * t), weight = rule.Weights[i] * Math.Sqrt(p * q);
            first += weight * (3 * p - q);
            second += weight * t * (27 * p * p - 6 * p * q + 3 * q * q);
            signalFirst += weight * (3 * p * (1 - q) - q * (1 - 3 * q));
            signalSecond += weight * t * q * (27 * p * p - 18 * p * q + 15 * q * q);
        }

        return new(4 * first, 16 * second, 4 * signalFirst, 16 * signalSecond);
    }
}
