// The unit sphere |σ| = 1 in R^N: tangent projection, retraction, transport, and what it makes of a gradient and of a Hessian.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Geometry;

/// <summary>
/// With P = 1 - σσ^T and the Euclidean gradient g and Hessian H of ℓ, the Riemannian gradient is P g and the Riemannian Hessian is P H P - ⟨σ,g⟩ P (Absil, Mahony, Sepulchre, Optimization Algorithms on Matrix Manifolds, 2008, chapter 5).
/// </summary>
/// <remarks>All vectors have N entries; no call allocates; every call costs O(N).</remarks>
public static class Sphere
{
    /// <summary>v / |v|: the nearest point of the sphere.</summary>
    /// <param name="vector">[i], not zero; overwritten by the point, of length 1 to a few roundings.</param>
    /// <returns>The length that it had.</returns>
    public static double Normalise(Span<double> vector)
    {
        double length = Vectors.Length(vector);
        Vectors.Scale(1 / length, vector);
        return length;
    }

    /// <summary>P v = v - ⟨σ,v⟩ σ, in place: with the Euclidean gradient for v this is the Riemannian one.</summary>
    /// <param name="point">σ, |σ| = 1.</param>
    /// <param name="vector">v, overwritten by its tangent part.</param>
    /// <returns>⟨σ,v⟩; for a gradient the radial derivative, whose negative is the spherical multiplier μ at zero temperature.</returns>
    public static double Project(ReadOnlySpan<double> point, Span<double> vector)
    {
        double radial = Vectors.Dot(point, vector);
        Vectors.Add(-radial, point, vector);
        return radial;
    }

    /// <summary>The retraction (σ + a v)/|σ + a v|, which follows the geodesic to second order in a.</summary>
    /// <param name="point">σ, |σ| = 1.</param>
    /// <param name="tangent">v, ⟨σ,v⟩ = 0.</param>
    /// <param name="length">a.</param>
    /// <param name="destination">[i], overwritten; may be the point itself.</param>
    public static void Retract(ReadOnlySpan<double> point, ReadOnlySpan<double> tangent, double length, Span<double> destination)
    {
        point.CopyTo(destination);
        Vectors.Add(length, tangent, destination);
        Normalise(destination);
    }

    /// <summary>Parallel transport along the shortest geodesic: v - ⟨τ,v⟩/(1 + ⟨σ,τ⟩) (σ + τ), an isometry of the tangent spaces.</summary>
    /// <param name="from">σ, |σ| = 1.</param>
    /// <param name="to">τ, |τ| = 1, not -σ.</param>
    /// <param name="vector">v, tangent at σ; overwritten by its image, tangent at τ.</param>
    public static void Transport(ReadOnlySpan<double> from, ReadOnlySpan<double> to, Span<double> vector)
    {
        double factor = -Vectors.Dot(to, vector) / (1 + Vectors.Dot(from, to));
        Vectors.Add(factor, from, vector);
        Vectors.Add(factor, to, vector);
    }

    /// <summary>From the Euclidean to the Riemannian product: P H v - ⟨σ,g⟩ v for a tangent v.</summary>
    /// <param name="point">σ, |σ| = 1.</param>
    /// <param name="radial">⟨σ,g⟩, as <see cref="Project"/> returns it.</param>
    /// <param name="direction">v, tangent at σ.</param>
    /// <param name="product">H v, overwritten.</param>
    public static void CorrectHessianProduct(ReadOnlySpan<double> point, double radial, ReadOnlySpan<double> direction, Span<double> product)
    {
        Project(point, product);
        Vectors.Add(-radial, direction, product);
    }
}
