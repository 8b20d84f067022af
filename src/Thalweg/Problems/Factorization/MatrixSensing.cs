// f = (1/2m) Σ (⟨A_i,UU^T⟩ - b_i)²: a positive matrix from random measurements.
using System;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;

namespace Thalweg.Problems.Factorization;

/// <summary>
/// A_i = (G + G^T)/2 with standard normal G, b_i = ⟨A_i,U*U*^T⟩, U* of n × r with normal entries of variance 1/n. No spurious minima where the A_i nearly keep the lengths of matrices of rank 4r up to a tenth (Ge, Jin, Zheng 2017), which some multiple of n r measurements do.
/// </summary>
/// <remarks>Gradient (2/m) Σ e_i A_i U, product (2/m) Σ (e_i A_i D + 2⟨A_i U,D⟩ A_i U); each costs 2 m n² r operations and one pass over the m n² measurements. U by columns.</remarks>
public sealed class MatrixSensing : Problem
{
    private readonly double[] measurements, values, signal;
    private readonly int n, rank;

    /// <summary>A planted instance.</summary>
    /// <param name="n">The side of the matrix.</param>
    /// <param name="rank">r.</param>
    /// <param name="samples">m ≥ 1.</param>
    /// <param name="seed">Names measurements and signal.</param>
    public MatrixSensing(int n, int rank, int samples, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, n);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        (this.n, this.rank, measurements, values, Manifold) = (n, rank, new double[samples * n * n], new double[samples], new EuclideanSpace(n * rank));
        signal = new double[n * rank];
        double[] draw = new double[n * n];
        new PhiloxStream(seed, StreamPurpose.Signal).FillNormal(signal);
        Vectors.Scale(1 / Math.Sqrt(n), signal);
        for (int s = 0; s < samples; s++)
        {
            new PhiloxStream(seed, StreamPurpose.Data, (uint)s).FillNormal(draw);
            var a = measurements.AsSpan(s * n * n, n * n);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    a[i * n + j] = 0.5 * (draw[i * n + j] + draw[j * n + i]);
                }

                for (int k = 0; k < rank; k++)
                {
                    values[s] += signal[k * n + i] * Vectors.Dot(a.Slice(i * n, n), signal.AsSpan(k * n, n));
                }
            }
        }
    }

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override double? GlobalValue => 0;

    /// <inheritdoc/>
    public override double[][] Idle(ReadOnlySpan<double> point) => ColumnRotations.Of(point, rank, Whole);

    /// <inheritdoc/>
    /// <remarks>The cosine of UU^T and U*U*^T.</remarks>
    public override double? Recovery(ReadOnlySpan<double> point) => FactorOverlap.Cosine(point, rank, signal, rank, Whole, Whole);

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape(measurements, values, n, rank);

    private FactorPlace Whole => new(0, n, 1, n);

    private sealed class Landscape(double[] measurements, double[] values, int n, int rank) : ILandscape
    {
        private readonly double[] image = new double[n * rank];

        public int Dimension => n * rank;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient.Clear();
            double value = 0;
            for (int s = 0; s < values.Length; s++)
            {
                Measure(s, point);
                double error = Vectors.Dot(image, point) - values[s];
                value += error * error;
                Vectors.Add(2 * error / values.Length, image, gradient);
            }

            return 0.5 * value / values.Length;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            product.Clear();
            for (int s = 0; s < values.Length; s++)
            {
                Measure(s, point);
                double error = Vectors.Dot(image, point) - values[s], rate = Vectors.Dot(image, direction);
                Vectors.Add(4 * rate / values.Length, image, product);
                Measure(s, direction);
                Vectors.Add(2 * error / values.Length, image, product);
            }
        }

        // A_s U.
        private void Measure(int s, ReadOnlySpan<double> factor)
        {
            for (int i = 0; i < n; i++)
            {
                for (int k = 0; k < rank; k++)
                {
                    image[k * n + i] = Vectors.Dot(measurements.AsSpan((s * n + i) * n, n), factor.Slice(k * n, n));
                }
            }
        }
    }
}
