// Noisy gradient descent: noise of fixed strength in every step, which leads out of strict saddles.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Descent.FirstOrder;

/// <summary>The law of the noise.</summary>
public enum NoiseLaw
{
    /// <summary>Uniform on the unit sphere of the surrounding space.</summary>
    Sphere,

    /// <summary>Independent standard normal numbers.</summary>
    Normal,
}

/// <summary>x⁺ = Π(x - η (g + s ξ)), where Π puts a point on the manifold.</summary>
/// <remarks>
/// Ge, Huang, Jin, Yuan, Escaping from Saddle Points, arXiv 1503.02101: ξ uniform on the unit sphere and s = 1; normal noise is the usual variant, with a length of about sqrt(n). The walk does not come to rest: around a minimum with curvature λ it keeps a variance of about
/// η s² E ξ_i²/(2λ) along each direction, so that η decides how near it comes. A step costs one gradient and allocates nothing.
/// </remarks>
/// <param name="step">η > 0.</param>
/// <param name="law">The law of ξ.</param>
/// <param name="strength">s ≥ 0.</param>
public sealed class NoisyDescent(double step, NoiseLaw law = NoiseLaw.Sphere, double strength = 1) : DescentMethod
{
    private readonly double step = step > 0 && double.IsFinite(step) ? step : throw new ArgumentOutOfRangeException(nameof(step), step, "must be above 0");
    private readonly double strength = strength >= 0 && double.IsFinite(strength) ? strength : throw new ArgumentOutOfRangeException(nameof(strength), strength, "must be at or above 0");
    private double[] noise = [];

    /// <inheritdoc/>
    public override string Name => law == NoiseLaw.Sphere ? "noisy-gd" : "noisy-gd-normal";

    /// <inheritdoc/>
    protected override void Prepare() => noise = new double[Place.Length];

    /// <inheritdoc/>
    protected override void Move()
    {
        if (law == NoiseLaw.Sphere)
        {
            Noise.FillUnitVector(noise);
        }
        else
        {
            Noise.FillNormal(noise);
        }

        Vectors.Add(-step, Gradient, Place);
        Vectors.Add(-step * strength, noise, Place);
        Manifold.Normalise(Place);
        Refresh();
    }
}
