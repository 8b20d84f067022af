// State evolution of ML-AMP: the scalar recursion of message passing for maximum likelihood, whose fixed points are stationary points of the loss.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Roots;
using Thalweg.Results;

namespace Thalweg.StateEvolution;

/// <summary>
/// m_{t+1} = S'(m_t)/sqrt(S'(m_t)² + Q_1): the overlap of the iterates of ML-AMP as N → ∞ (Q_1 = Q'(1) the variance of the effective noise, S the signal polynomial; S = Q when planted).
/// </summary>
/// <remarks>A converged point is a stationary point of the loss, with the energy and the shift given here. Derived for this product and checked on finite instances.</remarks>
public static class MaximumLikelihoodEvolution
{
    private static readonly double[] Distances = FirstCrossing.UnitInterval(128);

    /// <summary>One step of the recursion.</summary>
    /// <param name="model">The landscape.</param>
    /// <param name="overlap">m_t in [-1, 1].</param>
    public static double Step(Model model, double overlap)
    {
        ArgumentNullException.ThrowIfNull(model);
        double pull = model.Signal.DQ(overlap);
        return pull / Math.Sqrt(pull * pull + model.Noise.SlopeAtOne);
    }

    /// <summary>m_ML: the largest positive fixed point, where gradient flow that has found the signal ends.</summary>
    /// <param name="model">The landscape.</param>
    /// <returns>Missing when there is none: no stationary point of the loss is correlated with the signal.</returns>
    public static Quantity SignalOverlap(Model model) => Outermost(model, 1);

    /// <summary>m_-: the most negative fixed point, the anti-aligned stationary point of odd tensors (and the mirror image of m_ML for even ones).</summary>
    /// <param name="model">The landscape.</param>
    /// <returns>Missing when there is none.</returns>
    public static Quantity AntiAlignedOverlap(Model model) => Outermost(model, -1);

    /// <summary>e = -S(m) - sqrt(Q_1 (1 - m²)): the loss at a fixed point.</summary>
    /// <param name="model">The landscape.</param>
    /// <param name="overlap">m of a fixed point, or its absence.</param>
    public static Quantity Energy(Model model, Quantity overlap)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!overlap.Exists)
        {
            return overlap;
        }

        // de/dm = -S' + m sqrt(Q_1/(1-m²)) vanishes at a fixed point: an error of m enters in second order only.
        double m = overlap.Value, root = Math.Sqrt(model.Noise.SlopeAtOne * (1 - m) * (1 + m)), q = model.Signal.Q(m);
        double curvature = Math.Abs(model.Signal.D2Q(m)) + root / ((1 - m) * (1 + m)) / ((1 - m) * (1 + m));
        return Quantity.Of(-q - root, curvature * overlap.Error * overlap.Error + 4 * Quantity.Unit * (Math.Abs(q) + root), How.Root);
    }

    /// <summary>t = G + 1/G with G² = Q_2 (1 - m²)/Q_1: the bulk shift of the Hessian at a fixed point.</summary>
    /// <param name="model">The landscape.</param>
    /// <param name="overlap">m of a fixed point.</param>
    /// <returns>Missing where the bulk is not stable, Q_2 (1 - m²) &gt; Q_1.</returns>
    public static Quantity Shift(Model model, Quantity overlap)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!overlap.Exists)
        {
            return overlap;
        }

        double m = overlap.Value, g = Math.Sqrt(model.Noise.CurvatureAtOne * (1 - m) * (1 + m) / model.Noise.SlopeAtOne);
        if (g > 1)
        {
            return Quantity.Missing("the bulk of the Hessian reaches below zero at this fixed point");
        }

        double slope = Math.Abs(1 - 1 / (g * g)) * g * Math.Abs(m) / ((1 - m) * (1 + m));
        return Quantity.Of(g + 1 / g, slope * overlap.Error + 4 * Quantity.Unit * (g + 1 / g), How.Root);
    }

    /// <summary>Whether a fixed point is a minimum: the bulk stable, Q_2 (1 - m²) &lt; Q_1, and the outlier too, (1 - m²)^(3/2) S''(m) &lt; sqrt(Q_1).</summary>
    /// <remarks>The left side over the right one is the slope of the recursion there. Where S'' &lt; 0 the outlier lies above the bulk, and a slope below -1 makes a minimum that the recursion leaves.</remarks>
    /// <param name="model">The landscape.</param>
    /// <param name="overlap">m of a fixed point.</param>
    public static bool IsMinimum(Model model, double overlap)
    {
        ArgumentNullException.ThrowIfNull(model);
        double width = (1 - overlap) * (1 + overlap), q1 = model.Noise.SlopeAtOne;
        return model.Noise.CurvatureAtOne * width < q1 && width * Math.Sqrt(width) * model.Signal.D2Q(overlap) < Math.Sqrt(q1);
    }

    // Fixed points solve (1 - m²) S'(m)² = m² Q_1 with S'(m)/m > 0; in the distance η = 1 - |m| the outermost root keeps full relative accuracy even next to |m| = 1.
    private static Quantity Outermost(Model model, int sign)
    {
        ArgumentNullException.ThrowIfNull(model);
        double q1 = model.Noise.SlopeAtOne;
        double Excess(double η)
        {
            double m = sign * (1 - η), ratio = model.Signal.DQ(m) / m;
            return ratio <= 0 ? -1 : η * (2 - η) * (ratio * ratio / q1) - 1;
        }

        var crossing = FirstCrossing.Find(Excess, Distances, 8 * Quantity.Unit);
        return crossing is { } root
            ? Quantity.Of(sign * (1 - root.Position), root.Error + Quantity.Unit, How.Root)
            : Quantity.Missing(model.IsPlanted ? "no such stationary point of the loss is correlated with the signal" : "nothing is planted: there is no signal");
    }
}
