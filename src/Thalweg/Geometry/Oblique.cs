// Matrices whose rows have length one: a sphere for each row.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Geometry;

/// <summary>The oblique manifold: r rows of n numbers, each of length one, row-major.</summary>
/// <param name="rows">r ≥ 1.</param>
/// <param name="columns">n ≥ 2.</param>
public sealed class Oblique(int rows, int columns) : IManifold
{
    private readonly int columns = columns > 1 ? columns : throw new ArgumentOutOfRangeException(nameof(columns), columns, "must be at least 2");

    /// <inheritdoc/>
    public string Name => "oblique";

    /// <inheritdoc/>
    public int AmbientDimension => rows * columns;

    /// <inheritdoc/>
    public int Dimension => rows * (columns - 1);

    /// <inheritdoc/>
    public void Normalise(Span<double> point)
    {
        for (int row = 0; row < rows; row++)
        {
            Sphere.Normalise(point.Slice(row * columns, columns));
        }
    }

    /// <inheritdoc/>
    public void Project(ReadOnlySpan<double> point, Span<double> vector)
    {
        for (int row = 0; row < rows; row++)
        {
            Sphere.Project(point.Slice(row * columns, columns), vector.Slice(row * columns, columns));
        }
    }

    /// <inheritdoc/>
    public void Retract(ReadOnlySpan<double> point, ReadOnlySpan<double> tangent, double length, Span<double> destination)
    {
        for (int start = 0; start < rows * columns; start += columns)
        {
            Sphere.Retract(point.Slice(start, columns), tangent.Slice(start, columns), length, destination.Slice(start, columns));
        }
    }

    /// <inheritdoc/>
    public void Transport(ReadOnlySpan<double> from, ReadOnlySpan<double> to, Span<double> vector)
    {
        for (int start = 0; start < rows * columns; start += columns)
        {
            Sphere.Transport(from.Slice(start, columns), to.Slice(start, columns), vector.Slice(start, columns));
        }
    }

    /// <inheritdoc/>
    public void CorrectHessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> direction, Span<double> product)
    {
        for (int start = 0; start < rows * columns; start += columns)
        {
            var row = point.Slice(start, columns);
            Sphere.CorrectHessianProduct(row, Vectors.Dot(row, gradient.Slice(start, columns)), direction.Slice(start, columns), product.Slice(start, columns));
        }
    }

    /// <inheritdoc/>
    public double[][] Normals(ReadOnlySpan<double> point)
    {
        var normals = new double[rows][];
        for (int row = 0; row < rows; row++)
        {
            point.Slice(row * columns, columns).CopyTo((normals[row] = new double[rows * columns]).AsSpan(row * columns));
        }

        return normals;
    }
}
