// Rules for the integral of exp(-a t) f(t) over the half line, f varying on a logarithmic scale.
using System;
using System.Collections.Generic;

namespace Thalweg.Numerics.Quadrature;

/// <summary>Nodes and weights of ∫_0^∞ e^{-at} f(t) dt ≈ Σ w_i f(t_i), for f analytic on the half line with its structure at a given scale and beyond.</summary>
/// <remarks>Two rules that share nothing, so that their difference is an error: for functions like products of powers of 1 + c t both are exact to rounding.</remarks>
public sealed class DecayRule
{
    // e^{-LastExponent} is below the rounding of the sum.
    private const double LastExponent = 46, FirstLog = -46, PanelRatio = 2, FirstPanel = 0.125;

    private readonly double[] nodes, weights;

    private DecayRule(List<double> places, List<double> masses) => (nodes, weights) = ([.. places], [.. masses]);

    /// <summary>t_i &gt; 0, ascending.</summary>
    public ReadOnlySpan<double> Nodes => nodes;

    /// <summary>w_i &gt; 0, e^{-at} included.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Trapezoids in u with t = s exp(u - e^{-u}) (Takahasi, Mori 1974): the error falls exponentially with the inverse step.</summary>
    /// <param name="decay">a &gt; 0.</param>
    /// <param name="scale">s &gt; 0: f is nearly constant below.</param>
    /// <param name="step">In u, about 0.1.</param>
    public static DecayRule Trapezoidal(double decay, double scale, double step = 0.08)
    {
        Check(decay, scale);
        var places = new List<double>();
        var masses = new List<double>();
        for (int k = -(int)Math.Ceiling(5 / step); ; k++)
        {
            double u = k * step, inverse = Math.Exp(-u), t = scale * Math.Exp(u - inverse);
            if (decay * t > LastExponent)
            {
                return new(places, masses);
            }

            if (u - inverse > FirstLog)
            {
                places.Add(t);
                masses.Add(step * t * (1 + inverse) * Math.Exp(-decay * t));
            }
        }
    }

    /// <summary>Gauss's rule on panels that double in length.</summary>
    /// <param name="decay">a &gt; 0.</param>
    /// <param name="scale">s &gt; 0: f is nearly constant far below.</param>
    /// <param name="order">Points of a panel.</param>
    public static DecayRule Panels(double decay, double scale, int order = 24)
    {
        Check(decay, scale);
        var gauss = GaussLegendre.OfOrder(order);
        var places = new List<double>();
        var masses = new List<double>();
        double left = 0, right = Math.Min(scale, 1 / decay) * FirstPanel;
        while (decay * left < LastExponent)
        {
            for (int i = 0; i < order; i++)
            {
                double t = left + 0.5 * (right - left) * (1 + gauss.Nodes[i]);
                places.Add(t);
                masses.Add(0.5 * (right - left) * gauss.Weights[i] * Math.Exp(-decay * t));
            }

            // No panel is so long that the exponential falls by more than a few orders on it.
            (left, right) = (right, Math.Min(PanelRatio * right, right + 8 / decay));
        }

        return new(places, masses);
    }

    private static void Check(double decay, double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decay);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
    }
}
