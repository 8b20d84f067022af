// How long the next step may be: a proportional-integral controller of the local error.
using System;

namespace Thalweg.Numerics.Steppers;

/// <summary>The next step is h · 0.9 (tol/err)^(0.7/q) (err_before/tol)^(0.4/q), within a fifth and five times h (Gustafsson; Hairer, Wanner, Solving Ordinary Differential Equations II, section IV.2).</summary>
/// <param name="errorOrder">q: the local error falls like h^q.</param>
public sealed class StepControl(int errorOrder)
{
    private const double Safety = 0.9, Shortest = 0.2, Longest = 5, Floor = 1e-4;

    /// <summary>The error over the tolerance of the last accepted step; part of the state of a run.</summary>
    public double Before { get; set; } = 1;

    /// <summary>The factor after a step that is accepted.</summary>
    /// <param name="ratio">Its error over the tolerance, at most 1.</param>
    public double AfterAccepted(double ratio)
    {
        double now = Math.Max(ratio, Floor), factor = Safety * Power(now, -0.7) * Power(Before, 0.4);
        Before = now;
        return Math.Clamp(factor, Shortest, Longest);
    }

    /// <summary>The factor after a step that is not.</summary>
    /// <param name="ratio">Its error over the tolerance, above 1; anything that is no number counts as infinite.</param>
    public double AfterRejected(double ratio) => double.IsFinite(ratio) ? Math.Clamp(Safety * Power(ratio, -1), Shortest, Safety) : Shortest;

    // Portable, so that the bits of a trajectory do not depend on the operating system.
    private double Power(double ratio, double exponent) => PortableMath.Exp(exponent / errorOrder * PortableMath.Log(ratio));
}
