// Positive matrices of fixed rank by their factors: U and U O are one point.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Geometry;

/// <summary>
/// The quotient of the n × r matrices U by the orthogonal matrices, one point for each UU^T of rank r: what is tangent (horizontal) has U^T Z symmetric. The r(r-1)/2 idle directions U A, A antisymmetric, are the gauge: in the flat space they are zeros of every Hessian at a critical point.
/// </summary>
/// <remarks>Massart and Absil, Quotient geometry with simple geodesics for the manifold of fixed-rank positive-semidefinite matrices, 2020. U is kept by columns: r runs of n numbers. Where U has lower rank the gauge is smaller. Calls allocate some r × r numbers; they cost O(n r²).</remarks>
/// <param name="rank">r ≥ 1.</param>
/// <param name="length">n ≥ r.</param>
public sealed class FactorQuotient(int rank, int length) : IManifold
{
    private const double Flat = 1e-12;
    private readonly int rank = rank >= 1 && rank <= length ? rank : throw new ArgumentOutOfRangeException(nameof(rank), rank, "must be from 1 to the length of a column");

    /// <inheritdoc/>
    public string Name => "fixed rank";

    /// <inheritdoc/>
    public int AmbientDimension => rank * length;

    /// <inheritdoc/>
    public int Dimension => rank * length - rank * (rank - 1) / 2;

    /// <inheritdoc/>
    public void Normalise(Span<double> point)
    {
    }

    /// <inheritdoc/>
    /// <remarks>Z - U A with A S + S A = U^T Z - Z^T U, S = U^T U.</remarks>
    public void Project(ReadOnlySpan<double> point, Span<double> vector)
    {
        var (eigen, skew) = (SymmetricEigen.Of(Products(point, point), rank, wantVectors: true), Products(point, vector));
        double[] turned = new double[rank * rank], gauge = new double[rank * rank];
        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (skew[i * rank + j], skew[j * rank + i]) = (skew[i * rank + j] - skew[j * rank + i], skew[j * rank + i] - skew[i * rank + j]);
            }

            skew[i * rank + i] = 0;
        }

        for (int k = 0; k < rank; k++)
        {
            for (int l = 0; l < k; l++)
            {
                double sum = eigen.Values[k] + eigen.Values[l];
                if (!(sum > Flat * eigen.Values[^1]))
                {
                    continue;
                }

                double entry = 0;
                for (int i = 0; i < rank; i++)
                {
                    entry += eigen.Vector(k)[i] * Vectors.Dot(skew.AsSpan(i * rank, rank), eigen.Vector(l));
                }

                (turned[k * rank + l], turned[l * rank + k]) = (entry / sum, -entry / sum);
            }
        }

        for (int k = 0; k < rank; k++)
        {
            for (int l = 0; l < rank; l++)
            {
                for (int i = 0; i < rank; i++)
                {
                    Vectors.Add(turned[k * rank + l] * eigen.Vector(k)[i], eigen.Vector(l), gauge.AsSpan(i * rank, rank));
                }
            }
        }

        for (int j = 0; j < rank; j++)
        {
            for (int i = 0; i < rank; i++)
            {
                Vectors.Add(-gauge[i * rank + j], Column(point, i), vector.Slice(j * length, length));
            }
        }
    }

    /// <inheritdoc/>
    public void Retract(ReadOnlySpan<double> point, ReadOnlySpan<double> tangent, double length, Span<double> destination)
    {
        point.CopyTo(destination);
        Vectors.Add(length, tangent, destination);
    }

    /// <inheritdoc/>
    public void CorrectHessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> direction, Span<double> product) => Project(point, product);

    /// <inheritdoc/>
    public double[][] Normals(ReadOnlySpan<double> point)
    {
        // In the eigenbasis of S the directions U (v_k v_l^T - v_l v_k^T) are orthogonal to each other.
        var eigen = SymmetricEigen.Of(Products(point, point), rank, wantVectors: true);
        var normals = new System.Collections.Generic.List<double[]>();
        for (int k = 0; k < rank; k++)
        {
            for (int l = 0; l < k; l++)
            {
                double sum = eigen.Values[k] + eigen.Values[l];
                if (!(sum > Flat * eigen.Values[^1]))
                {
                    continue;
                }

                double[] normal = new double[rank * length];
                for (int j = 0; j < rank; j++)
                {
                    for (int i = 0; i < rank; i++)
                    {
                        Vectors.Add((eigen.Vector(k)[i] * eigen.Vector(l)[j] - eigen.Vector(l)[i] * eigen.Vector(k)[j]) / Math.Sqrt(sum), Column(point, i), normal.AsSpan(j * length, length));
                    }
                }

                normals.Add(normal);
            }
        }

        return [.. normals];
    }

    // [i, j] = ⟨a_i, b_j⟩ for the columns.
    private double[] Products(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double[] products = new double[rank * rank];
        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j < rank; j++)
            {
                products[i * rank + j] = Vectors.Dot(Column(a, i), Column(b, j));
            }
        }

        return products;
    }

    private ReadOnlySpan<double> Column(ReadOnlySpan<double> x, int column) => x.Slice(column * length, length);
}
