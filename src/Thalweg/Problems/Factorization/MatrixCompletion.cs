// f = ½|P_Ω(UU^T - M)|² + λ Σ_i (|U_i| - α)_+⁴: a positive matrix from some of its entries.
using System;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Random;

namespace Thalweg.Problems.Factorization;

/// <summary>
/// M = U*U*^T with normal entries of variance 1/n; each pair i ≤ j is seen with probability q, and with it its mirror image. The last term keeps the rows U_i short. No spurious minima with enough entries of an incoherent M (Ge, Lee, Ma 2016).
/// </summary>
/// <remarks>Gradient 2 P_Ω(R)U + 4λ(|U_i| - α)_+³ U_i/|U_i|. U is kept row by row: n runs of r numbers. A gradient costs 4 |Ω| r operations.</remarks>
public sealed class MatrixCompletion : Problem
{
    private const double Penalty = 1, Incoherence = 4;
    private readonly int[] columns, starts;
    private readonly double[] seen, signal;
    private readonly int n, rank;
    private readonly double longest;

    /// <summary>A planted instance.</summary>
    /// <param name="n">The side of the matrix.</param>
    /// <param name="rank">r.</param>
    /// <param name="coverage">q in (0, 1]: the share of entries that are seen.</param>
    /// <param name="seed">Names entries and signal.</param>
    public MatrixCompletion(int n, int rank, double coverage, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, n);
        if (!(coverage is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "must be above 0 and at most 1");
        }

        signal = new double[n * rank];
        new PhiloxStream(seed, StreamPurpose.Signal).FillNormal(signal);
        for (int i = 0; i < signal.Length; i++)
        {
            signal[i] /= Math.Sqrt(n);
        }

        bool[] mask = new bool[n * n];
        var stream = new PhiloxStream(seed, StreamPurpose.Data);
        int count = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                mask[i * n + j] = mask[j * n + i] = stream.NextUniform() < coverage;
                count += mask[i * n + j] ? i == j ? 1 : 2 : 0;
            }
        }

        (this.n, this.rank, Manifold, columns, seen, starts) = (n, rank, new EuclideanSpace(n * rank), new int[count], new double[count], new int[n + 1]);
        for (int i = 0, place = 0; i < n; i++)
        {
            starts[i] = place;
            double square = 0;
            for (int k = 0; k < rank; k++)
            {
                square += signal[i * rank + k] * signal[i * rank + k];
            }

            longest = Math.Max(longest, Math.Sqrt(square));
            for (int j = 0; j < n; j++)
            {
                if (!mask[i * n + j])
                {
                    continue;
                }

                for (int k = 0; k < rank; k++)
                {
                    seen[place] += signal[i * rank + k] * signal[j * rank + k];
                }

                columns[place++] = j;
            }

            starts[i + 1] = place;
        }
    }

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    /// <remarks>The rows of the signal are shorter than α, so that it is not penalised.</remarks>
    public override double? GlobalValue => 0;

    /// <inheritdoc/>
    public override double[][] Idle(ReadOnlySpan<double> point) => ColumnRotations.Of(point, rank, Whole);

    /// <inheritdoc/>
    /// <remarks>The cosine of UU^T and U*U*^T, entries that are not seen included.</remarks>
    public override double? Recovery(ReadOnlySpan<double> point) => FactorOverlap.Cosine(point, rank, signal, rank, Whole, Whole);

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape(columns, starts, seen, n, rank, Incoherence * longest);

    private FactorPlace Whole => new(0, n, rank, 1);

    private sealed class Landscape(int[] columns, int[] starts, double[] seen, int n, int rank, double alpha) : ILandscape
    {
        public int Dimension => n * rank;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient.Clear();
            double value = 0;
            for (int i = 0; i < n; i++)
            {
                var u = point.Slice(i * rank, rank);
                var g = gradient.Slice(i * rank, rank);
                for (int place = starts[i]; place < starts[i + 1]; place++)
                {
                    var v = point.Slice(columns[place] * rank, rank);
                    double error = Dot(u, v) - seen[place];
                    value += 0.5 * error * error;
                    Add(2 * error, v, g);
                }

                double length = Math.Sqrt(Dot(u, u)), excess = length - alpha;
                if (excess > 0)
                {
                    value += Penalty * excess * excess * excess * excess;
                    Add(4 * Penalty * excess * excess * excess / length, u, g);
                }
            }

            return value;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            product.Clear();
            for (int i = 0; i < n; i++)
            {
                ReadOnlySpan<double> u = point.Slice(i * rank, rank), d = direction.Slice(i * rank, rank);
                var h = product.Slice(i * rank, rank);
                for (int place = starts[i]; place < starts[i + 1]; place++)
                {
                    ReadOnlySpan<double> v = point.Slice(columns[place] * rank, rank), e = direction.Slice(columns[place] * rank, rank);
                    Add(2 * (Dot(u, v) - seen[place]), e, h);
                    Add(2 * (Dot(d, v) + Dot(u, e)), v, h);
                }

                double length = Math.Sqrt(Dot(u, u)), excess = length - alpha;
                if (excess > 0)
                {
                    double along = Dot(u, d) / length, turn = excess * excess * excess / length;
                    Add(4 * Penalty * turn, d, h);
                    Add(4 * Penalty * (3 * excess * excess - turn) * along / length, u, h);
                }
            }
        }

        // Rows are too short for vectors.
        private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            double sum = 0;
            for (int k = 0; k < x.Length; k++)
            {
                sum += x[k] * y[k];
            }

            return sum;
        }

        private static void Add(double a, ReadOnlySpan<double> x, Span<double> y)
        {
            for (int k = 0; k < x.Length; k++)
            {
                y[k] += a * x[k];
            }
        }
    }
}
