// The flat space R^n: nothing is projected and nothing is corrected.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Geometry;

/// <summary>R^n.</summary>
/// <param name="dimension">n ≥ 1.</param>
public sealed class EuclideanSpace(int dimension) : IManifold
{
    /// <inheritdoc/>
    public string Name => "Euclidean";

    /// <inheritdoc/>
    public int AmbientDimension { get; } = dimension > 0 ? dimension : throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "must be at least 1");

    /// <inheritdoc/>
    public int Dimension => AmbientDimension;

    /// <inheritdoc/>
    public void Normalise(Span<double> point)
    {
    }

    /// <inheritdoc/>
    public void Project(ReadOnlySpan<double> point, Span<double> vector)
    {
    }

    /// <inheritdoc/>
    public void Retract(ReadOnlySpan<double> point, ReadOnlySpan<double> tangent, double length, Span<double> destination)
    {
        point.CopyTo(destination);
        Vectors.Add(length, tangent, destination);
    }

    /// <inheritdoc/>
    public void CorrectHessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> direction, Span<double> product)
    {
    }

    /// <inheritdoc/>
    public double[][] Normals(ReadOnlySpan<double> point) => [];
}
