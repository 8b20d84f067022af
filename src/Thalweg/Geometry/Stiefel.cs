// Matrices with orthonormal rows.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Geometry;

/// <summary>The Stiefel manifold X X^T = 1 for r rows of n numbers, row-major, with the metric of the flat space.</summary>
/// <remarks>Tangent: X Z^T + Z X^T = 0. The retraction is the polar factor of X + a Z, the nearest point, of second order. Calls allocate a few r × r numbers; they cost O(n r²).</remarks>
/// <param name="rows">r ≥ 1.</param>
/// <param name="columns">n ≥ r.</param>
public sealed class Stiefel(int rows, int columns) : IManifold
{
    private readonly int rows = rows >= 1 && rows <= columns ? rows : throw new ArgumentOutOfRangeException(nameof(rows), rows, "must be from 1 to the number of columns");

    /// <inheritdoc/>
    public string Name => "Stiefel";

    /// <inheritdoc/>
    public int AmbientDimension => rows * columns;

    /// <inheritdoc/>
    public int Dimension => rows * columns - rows * (rows + 1) / 2;

    /// <inheritdoc/>
    /// <remarks>The polar factor; rows that depend on each other have none, and the result is then not on the manifold.</remarks>
    public void Normalise(Span<double> point)
    {
        double[] gram = RowProducts(point, point);
        var eigen = SymmetricEigen.Of(gram, rows, wantVectors: true);
        Array.Clear(gram);
        for (int k = 0; k < rows; k++)
        {
            var vector = eigen.Vector(k);
            double root = 1 / Math.Sqrt(eigen.Values[k]);
            for (int i = 0; i < rows; i++)
            {
                Vectors.Add(root * vector[i], vector, gram.AsSpan(i * rows, rows));
            }
        }

        double[] before = point.ToArray();
        point.Clear();
        AddProduct(1, gram, before, point);
    }

    /// <inheritdoc/>
    public void Project(ReadOnlySpan<double> point, Span<double> vector) => AddProduct(-1, Symmetric(vector, point), point, vector);

    /// <inheritdoc/>
    public void Retract(ReadOnlySpan<double> point, ReadOnlySpan<double> tangent, double length, Span<double> destination)
    {
        point.CopyTo(destination);
        Vectors.Add(length, tangent, destination);
        Normalise(destination);
    }

    /// <inheritdoc/>
    /// <remarks>P (H v - sym(G X^T) v), with G the Euclidean gradient.</remarks>
    public void CorrectHessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> direction, Span<double> product)
    {
        AddProduct(-1, Symmetric(gradient, point), direction, product);
        Project(point, product);
    }

    /// <inheritdoc/>
    /// <remarks>S X with S from an orthonormal basis of the symmetric r × r matrices.</remarks>
    public double[][] Normals(ReadOnlySpan<double> point)
    {
        var normals = new double[rows * (rows + 1) / 2][];
        for (int i = 0, k = 0; i < rows; i++)
        {
            for (int j = 0; j <= i; j++, k++)
            {
                normals[k] = new double[rows * columns];
                double weight = i == j ? 1 : Math.Sqrt(0.5);
                Vectors.Add(weight, Row(point, j), normals[k].AsSpan(i * columns, columns));
                if (i != j)
                {
                    Vectors.Add(weight, Row(point, i), normals[k].AsSpan(j * columns, columns));
                }
            }
        }

        return normals;
    }

    // [i, j] = ⟨a_i, b_j⟩.
    private double[] RowProducts(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] products = new double[rows * rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < rows; j++)
            {
                products[i * rows + j] = Vectors.Dot(Row(a, i), Row(b, j));
            }
        }

        return products;
    }

    private double[] Symmetric(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] products = RowProducts(a, b);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                products[i * rows + j] = products[j * rows + i] = 0.5 * (products[i * rows + j] + products[j * rows + i]);
            }
        }

        return products;
    }

    // target_i += a Σ_j s_ij x_j.
    private void AddProduct(double a, double[] matrix, ReadOnlySpan<double> x, Span<double> target)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < rows; j++)
            {
                Vectors.Add(a * matrix[i * rows + j], Row(x, j), target.Slice(i * columns, columns));
            }
        }
    }

    private ReadOnlySpan<double> Row(ReadOnlySpan<double> x, int row) => x.Slice(row * columns, columns);
}
