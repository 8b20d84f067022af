// Cyclic coordinate descent: one coordinate after another, each with the slope at the point that the others have left.
using System;

namespace Thalweg.Descent.FirstOrder;

/// <summary>For i = 1 .. n in turn: x ← R_x(-η g_i P e_i); an iteration is one round through all coordinates.</summary>
/// <remarks>
/// With η below 1/ℓ its minimisers avoid strict saddles from almost every start (Lee, Panageas, Piliouras, Simchowitz, Jordan, Recht, First-Order Methods Almost Always Avoid Saddle Points, arXiv 1710.07406). Landscapes give whole gradients, so a round costs n of them; it allocates
/// nothing.
/// </remarks>
/// <param name="step">η > 0.</param>
public sealed class CoordinateDescent(double step) : DescentMethod
{
    private readonly double step = step > 0 && double.IsFinite(step) ? step : throw new ArgumentOutOfRangeException(nameof(step), step, "must be above 0");
    private double[] direction = [];

    /// <inheritdoc/>
    public override string Name => "coordinate";

    /// <inheritdoc/>
    protected override void Prepare() => direction = new double[Place.Length];

    /// <inheritdoc/>
    protected override void Move()
    {
        for (int i = 0; i < direction.Length; i++)
        {
            Array.Clear(direction);
            direction[i] = 1;
            Manifold.Project(Place, direction);
            Manifold.Retract(Place, direction, -step * Gradient[i], Place);
            Refresh();
        }
    }
}
