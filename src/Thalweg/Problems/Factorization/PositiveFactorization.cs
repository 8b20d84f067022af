// f = ¼|UU^T - M|² for a planted positive matrix M: every critical point and its whole spectrum are known.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Problems.Factorization;

/// <summary>
/// M = Q diag(λ) Q^T with n × n and U of n × r, kept by columns. The critical points are U_S = Q_S diag(λ_S)^½ up to rotation, S a choice of at most r components; all but those that hold the r largest are strict saddles (Jin et al., arXiv 1703.00887; Ge, Jin, Zheng, arXiv 1704.00708).
/// </summary>
/// <remarks>Gradient (UU^T - M)U; product (UU^T - M)D + (UD^T + DU^T)U. A gradient costs 4 n² r operations and one pass over M, a product 2 n² r and one pass. The flat space is used, so that rotations show as r(r-1)/2 zeros.</remarks>
public sealed class PositiveFactorization : Problem
{
    private const int MostKnown = 10;
    private readonly double[] matrix, frame, weights;
    private readonly int n, rank;

    /// <summary>A planted instance.</summary>
    /// <param name="n">n ≥ r.</param>
    /// <param name="rank">r, the number of columns of U.</param>
    /// <param name="weights">λ > 0, descending; at most n of them.</param>
    /// <param name="seed">Names the frame Q.</param>
    public PositiveFactorization(int n, int rank, IReadOnlyList<double> weights, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (rank < 1 || rank > n || weights.Count > n || weights.Any(weight => !(weight > 0)) || !weights.SequenceEqual(weights.OrderDescending()))
        {
            throw new ArgumentException("the rank must be from 1 to n, and the weights positive, descending, at most n", nameof(weights));
        }

        (this.n, this.rank, this.weights, frame) = (n, rank, [.. weights], PlantedFactors.Frame(weights.Count, n, seed));
        matrix = PlantedFactors.Product(this.weights, frame, n, frame, n);
        Manifold = new EuclideanSpace(n * rank);
    }

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override double? GlobalValue => 0.25 * weights.Skip(rank).Sum(weight => weight * weight);

    /// <inheritdoc/>
    /// <remarks>|H| ≤ |UU^T - M| + 2|U|², and its rate of change is at most 6|U|.</remarks>
    public override Smoothness? Smoothness => new(7 * weights[0], 6 * Math.Sqrt(2 * weights[0]), "where |U|² ≤ 2 λ_1 in the operator norm");

    /// <inheritdoc/>
    public override double[][] Idle(ReadOnlySpan<double> point) => ColumnRotations.Of(point, rank, Whole);

    /// <inheritdoc/>
    /// <remarks>The cosine of UU^T and the best matrix of rank r.</remarks>
    public override double? Recovery(ReadOnlySpan<double> point) => FactorOverlap.Cosine(point, rank, Factor([.. Enumerable.Range(0, Math.Min(rank, weights.Length))]), rank, Whole, Whole);

    /// <inheritdoc/>
    public override IReadOnlyList<KnownPoint> KnownPoints => weights.Length > MostKnown ? [] :
        [.. Enumerable.Range(0, 1 << weights.Length).Where(set => BitOperations.PopCount((uint)set) <= rank).OrderBy(set => BitOperations.PopCount((uint)set)).Select(set => At(set))];

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape(matrix, n, rank);

    private FactorPlace Whole => new(0, n, 1, n);

    private KnownPoint At(int set)
    {
        int[] chosen = [.. Enumerable.Range(0, weights.Length).Where(k => (set >> k & 1) == 1)];
        double[] missing = [.. Enumerable.Range(0, weights.Length).Where(k => (set >> k & 1) == 0).Select(k => weights[k]), .. new double[n - weights.Length]];

        // D = q_j e_k: -λ_j on a free column, λ_s - λ_j on that of s; within S the sums λ_s + λ_t and the zeros of the rotations; q_s on a free column is flat.
        int free = rank - chosen.Length;
        var spectrum = new List<double>(n * rank);
        foreach (double weight in missing)
        {
            spectrum.AddRange(Enumerable.Repeat(0 - weight, free));
            spectrum.AddRange(chosen.Select(s => weights[s] - weight));
        }

        spectrum.AddRange(new double[chosen.Length * free + chosen.Length * (chosen.Length - 1) / 2]);
        spectrum.AddRange(chosen.SelectMany(s => chosen.Where(t => t <= s).Select(t => weights[s] + weights[t])));
        spectrum.Sort();
        return new($"{{{string.Join(',', chosen.Select(s => s + 1))}}}", Factor(chosen), 0.25 * missing.Sum(weight => weight * weight), [.. spectrum]);
    }

    // Q_S diag(λ_S)^½ in the first columns.
    private double[] Factor(int[] chosen)
    {
        double[] point = new double[n * rank];
        for (int column = 0; column < chosen.Length; column++)
        {
            Vectors.Add(Math.Sqrt(weights[chosen[column]]), frame.AsSpan(chosen[column] * n, n), point.AsSpan(column * n, n));
        }

        return point;
    }

    private sealed class Landscape(double[] matrix, int n, int rank) : ILandscape
    {
        private readonly double[] row = new double[n], small = new double[rank * rank], mixed = new double[rank * rank];

        public int Dimension => n * rank;

        public ReadOnlySpan<double> Signal => [];

        // Row by row of the residual, so that its square keeps its digits near the minimum.
        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            double square = 0;
            for (int i = 0; i < n; i++)
            {
                matrix.AsSpan(i * n, n).CopyTo(row);
                Vectors.Scale(-1, row);
                for (int k = 0; k < rank; k++)
                {
                    Vectors.Add(point[k * n + i], point.Slice(k * n, n), row);
                }

                square += Vectors.Dot(row, row);
                for (int k = 0; k < rank; k++)
                {
                    gradient[k * n + i] = Vectors.Dot(row, point.Slice(k * n, n));
                }
            }

            return 0.25 * square;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            for (int i = 0; i < n; i++)
            {
                for (int k = 0; k < rank; k++)
                {
                    product[k * n + i] = -Vectors.Dot(matrix.AsSpan(i * n, n), direction.Slice(k * n, n));
                }
            }

            for (int k = 0; k < rank; k++)
            {
                for (int l = 0; l < rank; l++)
                {
                    small[k * rank + l] = Vectors.Dot(point.Slice(k * n, n), point.Slice(l * n, n));
                    mixed[k * rank + l] = Vectors.Dot(point.Slice(k * n, n), direction.Slice(l * n, n));
                }
            }

            // U(U^T D + D^T U) + D U^T U.
            for (int k = 0; k < rank; k++)
            {
                for (int l = 0; l < rank; l++)
                {
                    Vectors.Add(mixed[l * rank + k] + mixed[k * rank + l], point.Slice(l * n, n), product.Slice(k * n, n));
                    Vectors.Add(small[l * rank + k], direction.Slice(l * n, n), product.Slice(k * n, n));
                }
            }
        }
    }
}
