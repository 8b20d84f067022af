// Trust regions without matrices: truncated conjugate gradients, and the lowest eigenvector where the gradient gives no direction.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Descent.SecondOrder;

/// <summary>
/// The step lowers m(s) = ⟨g,s⟩ + ⟨s,Hs⟩/2 over |s| ≤ r by conjugate gradients from s = 0, which end at the boundary, at a direction of negative curvature, followed to the boundary, or when |g + Hs| ≤ |g| min(κ, |g|/|g|_max), κ = 0.1
/// (Steihaug 1983; Toint 1981; on manifolds Absil, Baker, Gallivan 2007). Where |g| ≤ ε and λ_min &lt; -sqrt(ρ ε) the step is r along the lowest eigenvector, downhill: exact saddles, where g = 0, are left like this.
/// r shrinks to a quarter of the step when the value falls by less than a quarter of m, and doubles when it falls by three quarters at the boundary.
/// </summary>
/// <remarks>An iteration costs one gradient and at most as many products as there are dimensions; far from the end a few are enough.</remarks>
/// <param name="aim">ε and ρ.</param>
/// <param name="radius">The first r; above 0.</param>
public sealed class TrustRegion(SecondOrderAim aim, double radius = 1) : SecondOrderMethod(aim)
{
    private const double Poor = 0.25, Good = 0.75, Boundary = 0.999, Residual = 0.1, SmallestResidual = 1e-10, Curvature = 1e-14, Settled = 1e-6;
    private readonly double first = radius > 0 && double.IsFinite(radius) ? radius : throw new ArgumentOutOfRangeException(nameof(radius), radius, "must be above 0");
    private double[]? escape;
    private double lowest, current;

    /// <inheritdoc/>
    public override string Name => "trust-region";

    /// <inheritdoc/>
    protected override void Reset() => current = first;

    /// <inheritdoc/>
    protected override void Examine()
    {
        escape = null;
        if (GradientNorm > Accuracy)
        {
            return;
        }

        var pairs = Lowest(Settled);
        if (!IsFound(pairs?.Values[0] ?? 0, pairs?.Size ?? 0))
        {
            (escape, lowest) = (pairs!.LowestVector(), pairs.Values[0]);
        }
    }

    /// <inheritdoc/>
    protected override double Propose(Span<double> step)
    {
        if (escape is null)
        {
            return Truncated(step);
        }

        double slope = Vectors.Dot(Here.Gradient, escape);
        Vectors.Add(slope > 0 ? -current : current, escape, step);
        return current * (Math.Abs(slope) - 0.5 * lowest * current);
    }

    /// <inheritdoc/>
    protected override void Learn(double share, double length) =>
        current = !(share >= Poor) ? Poor * length : share > Good && length >= Boundary * current ? 2 * current : current;

    // Conjugate gradients on m; what m falls by.
    private double Truncated(Span<double> step)
    {
        int n = step.Length;
        double[] image = new double[n], residual = Here.Gradient.ToArray(), direction = new double[n], product = new double[n];
        Vectors.Add(-1, residual, direction);
        double square = Vectors.Dot(residual, residual), enough = GradientNorm * Math.Max(SmallestResidual, Math.Min(Residual, GradientShare)), size = 0;
        for (int i = 0; i < Manifold.Dimension && Math.Sqrt(square) > enough; i++)
        {
            Product(direction, product);
            double along = Vectors.Dot(direction, direction), curvature = Vectors.Dot(direction, product);
            size = Math.Max(size, Math.Abs(curvature) / along);
            double length = curvature > Curvature * size * along ? square / curvature : double.PositiveInfinity, reach = Reach(step, direction, along);
            Vectors.Add(Math.Min(length, reach), direction, step);
            Vectors.Add(Math.Min(length, reach), product, image);
            if (length >= reach)
            {
                break;
            }

            Vectors.Add(length, product, residual);
            double next = Vectors.Dot(residual, residual);
            Vectors.Scale(next / square, direction);
            Vectors.Add(-1, residual, direction);
            square = next;
        }

        return -(Vectors.Dot(Here.Gradient, step) + 0.5 * Vectors.Dot(image, step));
    }

    // The positive τ with |s + τ d| = r; ⟨s,d⟩ ≥ 0 all along conjugate gradients from zero.
    private double Reach(ReadOnlySpan<double> step, ReadOnlySpan<double> direction, double along)
    {
        double cross = Math.Max(0, Vectors.Dot(step, direction)), missing = Math.Max(0, current * current - Vectors.Dot(step, step));
        return missing / (cross + Math.Sqrt(cross * cross + along * missing));
    }
}
