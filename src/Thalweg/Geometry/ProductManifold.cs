// Several manifolds side by side.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Thalweg.Geometry;

/// <summary>M_1 × ... × M_k: the numbers of a point are those of its parts, one part after the other.</summary>
public sealed class ProductManifold : IManifold
{
    private readonly IManifold[] parts;
    private readonly int[] starts;

    /// <summary>A product.</summary>
    /// <param name="parts">At least one.</param>
    public ProductManifold(params IReadOnlyList<IManifold> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count, nameof(parts));
        this.parts = [.. parts];
        starts = new int[parts.Count];
        for (int k = 0; k < parts.Count; k++)
        {
            starts[k] = AmbientDimension;
            AmbientDimension += parts[k].AmbientDimension;
            Dimension += parts[k].Dimension;
        }

        Name = string.Join(" x ", parts.Select(part => part.Name));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int AmbientDimension { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public void Normalise(Span<double> point)
    {
        for (int k = 0; k < parts.Length; k++)
        {
            parts[k].Normalise(point.Slice(starts[k], parts[k].AmbientDimension));
        }
    }

    /// <inheritdoc/>
    public void Project(ReadOnlySpan<double> point, Span<double> vector)
    {
        for (int k = 0; k < parts.Length; k++)
        {
            int length = parts[k].AmbientDimension;
            parts[k].Project(point.Slice(starts[k], length), vector.Slice(starts[k], length));
        }
    }

    /// <inheritdoc/>
    public void Retract(ReadOnlySpan<double> point, ReadOnlySpan<double> tangent, double length, Span<double> destination)
    {
        for (int k = 0; k < parts.Length; k++)
        {
            int size = parts[k].AmbientDimension;
            parts[k].Retract(point.Slice(starts[k], size), tangent.Slice(starts[k], size), length, destination.Slice(starts[k], size));
        }
    }

    /// <inheritdoc/>
    public void Transport(ReadOnlySpan<double> from, ReadOnlySpan<double> to, Span<double> vector)
    {
        for (int k = 0; k < parts.Length; k++)
        {
            int length = parts[k].AmbientDimension;
            parts[k].Transport(from.Slice(starts[k], length), to.Slice(starts[k], length), vector.Slice(starts[k], length));
        }
    }

    /// <inheritdoc/>
    public void CorrectHessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> direction, Span<double> product)
    {
        for (int k = 0; k < parts.Length; k++)
        {
            int start = starts[k], length = parts[k].AmbientDimension;
            parts[k].CorrectHessianProduct(point.Slice(start, length), gradient.Slice(start, length), direction.Slice(start, length), product.Slice(start, length));
        }
    }

    /// <inheritdoc/>
    public double[][] Normals(ReadOnlySpan<double> point)
    {
        var normals = new List<double[]>();
        for (int k = 0; k < parts.Length; k++)
        {
            foreach (double[] normal in parts[k].Normals(point.Slice(starts[k], parts[k].AmbientDimension)))
            {
                double[] whole = new double[AmbientDimension];
                normal.CopyTo(whole, starts[k]);
                normals.Add(whole);
            }
        }

        return [.. normals];
    }
}
