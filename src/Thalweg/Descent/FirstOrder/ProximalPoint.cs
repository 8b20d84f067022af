// The proximal point method: each step minimises the value plus the squared distance to where it began.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Descent.FirstOrder;

/// <summary>x⁺ = argmin_y f(y) + |y - x|²/(2η).</summary>
/// <remarks>
/// For η &lt; 1/ℓ in flat space the inner problem is strongly convex, with moduli from 1/η - ℓ to 1/η + ℓ, and the map has the fixed points of gradient descent; it avoids strict saddles from almost every start (Lee et al., arXiv 1710.07406). Solved by gradient steps of length 1/(ℓ + 1/η) from
/// y = x until the inner gradient is at or below a share of |g(x)|. On a manifold the distance is that of the surrounding space. Costs as many gradients as inner steps; allocates nothing.
/// </remarks>
/// <param name="step">η, in (0, 1/ℓ).</param>
/// <param name="gradientLipschitz">ℓ > 0.</param>
/// <param name="tolerance">The share of |g(x)| to which the inner gradient goes down, in (0, 1).</param>
public sealed class ProximalPoint(double step, double gradientLipschitz, double tolerance = 1e-6) : DescentMethod
{
    private const int LargestInner = 10_000;
    private readonly double step = step > 0 && step * gradientLipschitz < 1 ? step : throw new ArgumentOutOfRangeException(nameof(step), step, $"must be above 0 and below 1/ℓ = {1 / gradientLipschitz}");
    private readonly double inner = gradientLipschitz > 0 ? 1 / (gradientLipschitz + 1 / step) : throw new ArgumentOutOfRangeException(nameof(gradientLipschitz), gradientLipschitz, "must be above 0");
    private readonly double tolerance = tolerance is > 0 and < 1 ? tolerance : throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "must be in (0, 1)");
    private double[] centre = [], pull = [];

    /// <inheritdoc/>
    public override string Name => "proximal";

    /// <inheritdoc/>
    protected override void Prepare() => (centre, pull) = (new double[Place.Length], new double[Place.Length]);

    /// <inheritdoc/>
    protected override void Move()
    {
        Place.CopyTo(centre);
        double enough = tolerance * GradientNorm;
        for (int k = 0; ; k++)
        {
            // Of |y - x|²/2 at y, made tangent, and the gradient of f.
            Place.CopyTo(pull);
            Vectors.Add(-1, centre, pull);
            Vectors.Scale(1 / step, pull);
            Manifold.Project(Place, pull);
            Vectors.Add(1, Gradient, pull);
            double length = Vectors.Length(pull);
            if (length <= enough || !double.IsFinite(length))
            {
                return;
            }

            if (k == LargestInner)
            {
                Ending = FormattableString.Invariant($"{LargestInner} steps did not solve the inner problem: its gradient is {length:0.0e+00}; a shorter step may help");
                return;
            }

            Manifold.Retract(Place, pull, -inner, Place);
            Refresh();
        }
    }
}
