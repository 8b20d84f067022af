// What a space of configurations is to those who walk on it: tangent projection, retraction, transport, and what it makes of a Hessian.
using System;

namespace Thalweg.Geometry;

/// <summary>An embedded manifold with the metric of the flat space around it, or a quotient seen through its horizontal directions; points and vectors are spans of the ambient space.</summary>
/// <remarks>Absil, Mahony, Sepulchre, Optimization Algorithms on Matrix Manifolds, 2008, chapters 3 to 5. Objects are immutable: one serves every thread. No call allocates but <see cref="Normals"/>, unless it says so.</remarks>
public interface IManifold
{
    /// <summary>A word or two for reports: "sphere".</summary>
    string Name { get; }

    /// <summary>How many numbers a point has.</summary>
    int AmbientDimension { get; }

    /// <summary>The dimension of the tangent space, at a generic point where it is not the same at all.</summary>
    int Dimension { get; }

    /// <summary>Puts a vector on the manifold, where it is not already: the nearest point where that is cheap.</summary>
    /// <param name="point">[i], overwritten.</param>
    void Normalise(Span<double> point);

    /// <summary>The tangent (horizontal) part of a vector, in place: of a Euclidean gradient it is the Riemannian one.</summary>
    /// <param name="point">[i], on the manifold.</param>
    /// <param name="vector">[i], overwritten.</param>
    void Project(ReadOnlySpan<double> point, Span<double> vector);

    /// <summary>The point that is reached along a tangent, to second order where nothing else is said.</summary>
    /// <param name="point">[i], on the manifold.</param>
    /// <param name="tangent">[i], tangent there.</param>
    /// <param name="length">The factor of the tangent.</param>
    /// <param name="destination">[i], overwritten; may be the point itself, never the tangent.</param>
    void Retract(ReadOnlySpan<double> point, ReadOnlySpan<double> tangent, double length, Span<double> destination);

    /// <summary>Carries a tangent vector to another point: by projection there where nothing else is said.</summary>
    /// <param name="from">[i], on the manifold.</param>
    /// <param name="to">[i], on the manifold.</param>
    /// <param name="vector">[i], tangent at the first point; overwritten, tangent at the second.</param>
    void Transport(ReadOnlySpan<double> from, ReadOnlySpan<double> to, Span<double> vector)
    {
        Project(to, vector);
    }

    /// <summary>From the Euclidean to the Riemannian Hessian product of a tangent direction.</summary>
    /// <param name="point">[i], on the manifold.</param>
    /// <param name="gradient">[i]: the Euclidean gradient there.</param>
    /// <param name="direction">v: [i], tangent.</param>
    /// <param name="product">[i]: H v of the flat space, overwritten.</param>
    void CorrectHessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> direction, Span<double> product);

    /// <summary>An orthonormal basis of what is not tangent: the directions that leave the manifold, or that a symmetry makes idle.</summary>
    /// <param name="point">[i], on the manifold.</param>
    /// <returns>[k][i]; empty for a flat space. Allocates.</returns>
    double[][] Normals(ReadOnlySpan<double> point);
}
