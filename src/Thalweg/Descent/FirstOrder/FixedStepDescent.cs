// Gradient descent x ← R(-η g) on any manifold.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Descent.FirstOrder;

/// <summary>x⁺ = R_x(-η g). With η = 1/ℓ at most 2 ℓ (f(x_0) - f*)/ε² iterations lead to |g| ≤ ε (Nesterov, Introductory Lectures on Convex Optimization, 2004, section 1.2.3).</summary>
/// <remarks>A step costs one gradient and one more pass over the point; it allocates nothing.</remarks>
/// <param name="step">η > 0.</param>
public sealed class FixedStepDescent(double step) : DescentMethod
{
    private readonly double step = step > 0 && double.IsFinite(step) ? step : throw new ArgumentOutOfRangeException(nameof(step), step, "must be above 0");

    /// <inheritdoc/>
    public override string Name => "gd";

    /// <inheritdoc/>
    protected override void Move()
    {
        Manifold.Retract(Place, Gradient, -step, Place);
        Refresh();
    }
}
