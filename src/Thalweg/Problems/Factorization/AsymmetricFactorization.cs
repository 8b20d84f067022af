// f = ½|UV^T - M|² + ⅛|U^T U - V^T V|²: a rectangular matrix by two factors, held in balance.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Problems.Factorization;

/// <summary>
/// M = Σ_k s_k a_k b_k^T of n × m; U of n × r and then V of m × r, both by columns. With R = UV^T - M and B = U^T U - V^T V the gradient is (R V + ½ U B, R^T U - ½ V B). All local minima are global where r is at least the rank of M (Park et al. 2017; Ge, Jin, Zheng 2017).
/// </summary>
/// <remarks>A gradient costs 4 n m r operations and one pass over M.</remarks>
public sealed class AsymmetricFactorization : Problem
{
    private readonly double[] matrix, weights, signal;
    private readonly int n, m, rank;

    /// <summary>A planted instance.</summary>
    /// <param name="n">Rows.</param>
    /// <param name="m">Columns.</param>
    /// <param name="rank">r.</param>
    /// <param name="weights">s > 0, descending: the singular values of M.</param>
    /// <param name="seed">Names the singular vectors.</param>
    public AsymmetricFactorization(int n, int m, int rank, IReadOnlyList<double> weights, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (rank < 1 || rank > Math.Min(n, m) || weights.Count > Math.Min(n, m) || weights.Any(weight => !(weight > 0)) || !weights.SequenceEqual(weights.OrderDescending()))
        {
            throw new ArgumentException("the rank must be from 1 to the smaller side, and the weights positive, descending, at most as many", nameof(weights));
        }

        (this.n, this.m, this.rank, this.weights, Manifold) = (n, m, rank, [.. weights], new EuclideanSpace((n + m) * rank));
        double[] left = PlantedFactors.Frame(weights.Count, n, seed), right = PlantedFactors.Frame(weights.Count, m, seed, 1);
        matrix = PlantedFactors.Product(this.weights, left, n, right, m);
        signal = new double[(n + m) * rank];
        for (int k = 0; k < Math.Min(rank, weights.Count); k++)
        {
            Vectors.Add(Math.Sqrt(weights[k]), left.AsSpan(k * n, n), signal.AsSpan(k * n, n));
            Vectors.Add(Math.Sqrt(weights[k]), right.AsSpan(k * m, m), signal.AsSpan(rank * n + k * m, m));
        }

        // At the origin R = -M couples U and V: ±s_k for each column, and zeros.
        double[] flat = new double[(n + m - 2 * weights.Count) * rank], spectrum = [.. weights.SelectMany(s => Enumerable.Repeat(-s, rank).Concat(Enumerable.Repeat(s, rank))), .. flat];
        Array.Sort(spectrum);
        KnownPoints = [new("origin", new double[(n + m) * rank], 0.5 * weights.Sum(s => s * s), spectrum)];
    }

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override double? GlobalValue => 0.5 * weights.Skip(rank).Sum(s => s * s);

    /// <inheritdoc/>
    public override double[][] Idle(ReadOnlySpan<double> point) => ColumnRotations.Of(point, rank, Left, Right);

    /// <inheritdoc/>
    /// <remarks>The cosine of UV^T and the best matrix of rank r; below 0 where it points the other way.</remarks>
    public override double? Recovery(ReadOnlySpan<double> point) => FactorOverlap.Cosine(point, rank, signal, rank, Left, Right);

    /// <inheritdoc/>
    public override IReadOnlyList<KnownPoint> KnownPoints { get; }

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape(matrix, n, m, rank);

    private FactorPlace Left => new(0, n, 1, n);

    private FactorPlace Right => new(rank * n, m, 1, m);

    private sealed class Landscape(double[] matrix, int n, int m, int rank) : ILandscape
    {
        private readonly double[] row = new double[m], moved = new double[m], balance = new double[rank * rank], tilt = new double[rank * rank];

        public int Dimension => (n + m) * rank;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient.Clear();
            double square = 0;
            for (int i = 0; i < n; i++)
            {
                Residual(point, i);
                square += Vectors.Dot(row, row);
                for (int k = 0; k < rank; k++)
                {
                    gradient[k * n + i] += Vectors.Dot(row, V(point, k));
                    Vectors.Add(point[k * n + i], row, V(gradient, k));
                }
            }

            double imbalance = Balance(point);
            for (int k = 0; k < rank; k++)
            {
                for (int l = 0; l < rank; l++)
                {
                    Vectors.Add(0.5 * balance[l * rank + k], U(point, l), U(gradient, k));
                    Vectors.Add(-0.5 * balance[l * rank + k], V(point, l), V(gradient, k));
                }
            }

            return 0.5 * square + 0.125 * imbalance;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            product.Clear();
            for (int i = 0; i < n; i++)
            {
                Residual(point, i);
                Array.Clear(moved);
                for (int k = 0; k < rank; k++)
                {
                    Vectors.Add(direction[k * n + i], V(point, k), moved);
                    Vectors.Add(point[k * n + i], V(direction, k), moved);
                }

                for (int k = 0; k < rank; k++)
                {
                    product[k * n + i] += Vectors.Dot(moved, V(point, k)) + Vectors.Dot(row, V(direction, k));
                    Vectors.Add(point[k * n + i], moved, V(product, k));
                    Vectors.Add(direction[k * n + i], row, V(product, k));
                }
            }

            Balance(point);
            for (int k = 0; k < rank; k++)
            {
                for (int l = 0; l < rank; l++)
                {
                    tilt[k * rank + l] = Vectors.Dot(U(direction, k), U(point, l)) + Vectors.Dot(U(point, k), U(direction, l)) - Vectors.Dot(V(direction, k), V(point, l)) - Vectors.Dot(V(point, k), V(direction, l));
                }
            }

            for (int k = 0; k < rank; k++)
            {
                for (int l = 0; l < rank; l++)
                {
                    Vectors.Add(0.5 * balance[l * rank + k], U(direction, l), U(product, k));
                    Vectors.Add(0.5 * tilt[l * rank + k], U(point, l), U(product, k));
                    Vectors.Add(-0.5 * balance[l * rank + k], V(direction, l), V(product, k));
                    Vectors.Add(-0.5 * tilt[l * rank + k], V(point, l), V(product, k));
                }
            }
        }

        // Row i of R.
        private void Residual(ReadOnlySpan<double> point, int i)
        {
            matrix.AsSpan(i * m, m).CopyTo(row);
            Vectors.Scale(-1, row);
            for (int k = 0; k < rank; k++)
            {
                Vectors.Add(point[k * n + i], V(point, k), row);
            }
        }

        // B, and |B|².
        private double Balance(ReadOnlySpan<double> point)
        {
            double square = 0;
            for (int k = 0; k < rank; k++)
            {
                for (int l = 0; l < rank; l++)
                {
                    double entry = balance[k * rank + l] = Vectors.Dot(U(point, k), U(point, l)) - Vectors.Dot(V(point, k), V(point, l));
                    square += entry * entry;
                }
            }

            return square;
        }

        private ReadOnlySpan<double> U(ReadOnlySpan<double> x, int k) => x.Slice(k * n, n);

        private Span<double> U(Span<double> x, int k) => x.Slice(k * n, n);

        private ReadOnlySpan<double> V(ReadOnlySpan<double> x, int k) => x.Slice(rank * n + k * m, m);

        private Span<double> V(Span<double> x, int k) => x.Slice(rank * n + k * m, m);
    }
}
