// The proximal point method: each step minimises the value plus the squared distance to where it began.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Results;

namespace Thalweg.Descent.FirstOrder;

/// <summary>x⁺ = argmin_y f(y) + |y - x|²/(2η).</summary>
/// <remarks>
/// For η &lt; 1/ℓ in flat space the inner problem is strongly convex, with moduli from 1/η - ℓ to 1/η + ℓ, and the map has the fixed points of gradient descent; it avoids strict saddles from almost every start (Lee et al., arXiv 1710.07406). Solved by gradient steps of length 1/(ℓ + 1/η) from
/// y = x, each of which takes the inner gradient down by 2ηℓ/(1 + ηℓ) at least, until it is at or below a share of |g(x)|, or, when rounding holds that up, after as many steps as that rate needs. On a manifold the distance is that of the surrounding space. Costs as many gradients as
/// inner steps; allocates nothing.
/// </remarks>
/// <param name="step">η, in (0, 1/ℓ).</param>
/// <param name="gradientLipschitz">ℓ > 0.</param>
/// <param name="tolerance">The share of |g(x)| to which the inner gradient goes down, in (0, 1).</param>
public sealed class ProximalPoint(double step, double gradientLipschitz, double tolerance = 1e-6) : DescentMethod
{
    // Beyond rounding of the inner gradient, in units of |x| (ℓ + 1/η), a solution worse than the root of the tolerance is none.
    private const double Rounding = 64 * Quantity.Unit;
    private const int Patience = 20;
    private readonly int most = (int)Math.Ceiling(Math.Min(1e6, Math.Log(tolerance) / Math.Log(2 * step * gradientLipschitz / (1 + step * gradientLipschitz))));
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
        double slope = GradientNorm, enough = tolerance * slope;
        for (int k = 0; ; k++)
        {
            // Of |y - x|²/2 at y, made tangent, and the gradient of f.
            Place.CopyTo(pull);
            Vectors.Add(-1, centre, pull);
            Vectors.Scale(1 / step, pull);
            Manifold.Project(Place, pull);
            Vectors.Add(1, Gradient, pull);
            double length = Vectors.Length(pull);
            if (length <= enough || (k >= most && length <= Math.Sqrt(tolerance) * slope + Rounding * Vectors.Length(Place) / inner))
            {
                return;
            }

            if (k >= Patience * most || !double.IsFinite(length))
            {
                Ending = FormattableString.Invariant($"{k} steps did not solve the inner problem: its gradient is {length:0.0e+00}; a shorter step may help");
                return;
            }

            Manifold.Retract(Place, pull, -inner, Place);
            Refresh();
        }
    }
}
