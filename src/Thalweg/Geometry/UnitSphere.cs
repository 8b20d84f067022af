// The unit sphere in R^N as a manifold among others; its formulas stand in Sphere.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Geometry;

/// <summary>|σ| = 1 in R^N.</summary>
/// <param name="ambientDimension">N ≥ 2.</param>
public sealed class UnitSphere(int ambientDimension) : IManifold
{
    /// <inheritdoc/>
    public string Name => "sphere";

    /// <inheritdoc/>
    public int AmbientDimension { get; } = ambientDimension > 1 ? ambientDimension : throw new ArgumentOutOfRangeException(nameof(ambientDimension), ambientDimension, "must be at least 2");

    /// <inheritdoc/>
    public int Dimension => AmbientDimension - 1;

    /// <inheritdoc/>
    public void Normalise(Span<double> point) => Sphere.Normalise(point);

    /// <inheritdoc/>
    public void Project(ReadOnlySpan<double> point, Span<double> vector) => Sphere.Project(point, vector);

    /// <inheritdoc/>
    public void Retract(ReadOnlySpan<double> point, ReadOnlySpan<double> tangent, double length, Span<double> destination) => Sphere.Retract(point, tangent, length, destination);

    /// <inheritdoc/>
    public void Transport(ReadOnlySpan<double> from, ReadOnlySpan<double> to, Span<double> vector) => Sphere.Transport(from, to, vector);

    /// <inheritdoc/>
    public void CorrectHessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> direction, Span<double> product) =>
        Sphere.CorrectHessianProduct(point, Vectors.Dot(point, gradient), direction, product);

    /// <inheritdoc/>
    public double[][] Normals(ReadOnlySpan<double> point) => [point.ToArray()];
}
