// The largest of the terms that a complexity is the sum of: what its rounding is measured against.
using System;
using Thalweg.Tests.Oracles;

namespace Thalweg.Tests.Precision;

/// <summary>
/// The claim on complexities is 1e-15 absolute where every term is of order one, and 1e-15 times the largest term elsewhere: a sum in double cannot know more than its terms.
/// The shift's centre t_0 counts as a term with the slope of Σ in it, because it is a difference itself.
/// </summary>
internal static class Terms
{
    /// <summary>The largest term of Σ(m, e) at an optimum with shift t, or of its supremum over energies (energy null); at least one.</summary>
    public static double Largest(SpikedOracle model, double m, double? loss, double t, int? index)
    {
        double q0 = (double)model.Q0, q1 = (double)model.Q1, q2 = (double)model.Q2, root = Math.Sqrt(q2), x = Math.Abs(m);
        double pull = (double)model.DQ(x), width = (1 - x) * (1 + x), signal = (double)model.Q(x);
        double ε = loss is { } e ? (double)(e + model.Q(m)) : 0, size = loss is { } l ? Math.Abs(l) + signal : 0;
        double v = loss is null ? 1 + q1 / q2 : (double)((model.Q1 + model.Q2 - model.Q1 * model.Q1 / model.Q0) / model.Q2);
        double centre = (double)((m * model.DQ(m) - ε * model.Q1 / model.Q0) / DoubleDouble.Sqrt(model.Q2)), slope = Math.Abs(t - centre) / v;
        double θ = (double)SpectrumOracle.Theta(model, x);
        double[] terms =
        [
            1,
            Math.Abs(Math.Log(q2 / q1)) / 2,
            Math.Abs(Math.Log(width)) / 2,
            width * pull * pull / (2 * q1),
            size * size / (2 * q0),
            slope * slope * v / 2,
            slope * (x * pull + size * q1 / q0) / root,
            Math.Abs((double)RandomMatrixOracle.Phi(t)),
            index is { } j ? (j + 1) * Math.Max(θ * θ, t * t) / 4 : 0,
        ];
        double largest = 0;
        foreach (double term in terms)
        {
            largest = Math.Max(largest, term);
        }

        return largest;
    }
}
