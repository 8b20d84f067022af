// f = Σ_{i≠j} T(u_i,u_i,u_j,u_j) on unit rows: all components of an orthogonal tensor at once.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Problems;

/// <summary>
/// T = Σ_l a_l^{⊗4} with orthonormal a_l, |u_i| = 1, i = 1..d. With x_il = ⟨a_l,u_i⟩ f = Σ_l [(Σ_i x_il²)² - Σ_i x_il⁴]: every local minimum is a signed permutation of the components, with value 0 (Ge, Huang, Jin, Yuan, arXiv 1503.02101, independent component analysis).
/// </summary>
/// <remarks>U is kept row by row. A gradient costs 4 d³ operations.</remarks>
public sealed class SeparatedComponents : Problem
{
    private readonly double[] frame;
    private readonly int d;

    /// <summary>A random frame.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="seed">Names the frame.</param>
    public SeparatedComponents(int dimension, ulong seed)
    {
        (d, Manifold, frame) = (dimension, new Oblique(dimension, dimension), PlantedFactors.Frame(dimension, dimension, seed));

        // At the components themselves u_i moves towards a_l, l ≠ i, against 2 x_il² x_ll² = 2 x_il²; pairs (i,l), (l,i) do not couple to this order.
        KnownPoints = [new("components", [.. frame], 0, [.. Enumerable.Repeat(4.0, dimension * (dimension - 1))])];
    }

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override double? GlobalValue => 0;

    /// <inheritdoc/>
    /// <remarks>The mean over components of the overlap with the nearest row, of either sign.</remarks>
    public override double? Recovery(ReadOnlySpan<double> point)
    {
        double sum = 0;
        for (int l = 0; l < d; l++)
        {
            double nearest = 0;
            for (int i = 0; i < d; i++)
            {
                nearest = Math.Max(nearest, Math.Abs(Vectors.Dot(frame.AsSpan(l * d, d), point.Slice(i * d, d))));
            }

            sum += nearest;
        }

        return sum / d;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<KnownPoint> KnownPoints { get; }

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape(frame, d);

    private sealed class Landscape(double[] frame, int d) : ILandscape
    {
        private readonly double[] x = new double[d * d], rate = new double[d * d], sum = new double[d], sumRate = new double[d];

        public int Dimension => d * d;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            Coordinates(point, x);
            Sums();
            gradient.Clear();
            double value = 0;
            for (int i = 0; i < d; i++)
            {
                for (int l = 0; l < d; l++)
                {
                    double at = x[i * d + l], rest = sum[l] - at * at;
                    value += at * at * rest;
                    Vectors.Add(4 * at * rest, frame.AsSpan(l * d, d), gradient.Slice(i * d, d));
                }
            }

            return value;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            Coordinates(point, x);
            Coordinates(direction, rate);
            Sums();
            product.Clear();
            for (int i = 0; i < d; i++)
            {
                for (int l = 0; l < d; l++)
                {
                    double at = x[i * d + l], moves = rate[i * d + l];
                    Vectors.Add(4 * moves * (sum[l] - at * at) + 4 * at * (sumRate[l] - 2 * at * moves), frame.AsSpan(l * d, d), product.Slice(i * d, d));
                }
            }
        }

        private void Coordinates(ReadOnlySpan<double> vectors, double[] target)
        {
            for (int i = 0; i < d; i++)
            {
                for (int l = 0; l < d; l++)
                {
                    target[i * d + l] = Vectors.Dot(frame.AsSpan(l * d, d), vectors.Slice(i * d, d));
                }
            }
        }

        private void Sums()
        {
            Array.Clear(sum);
            Array.Clear(sumRate);
            for (int i = 0; i < d; i++)
            {
                for (int l = 0; l < d; l++)
                {
                    sum[l] += x[i * d + l] * x[i * d + l];
                    sumRate[l] += 2 * x[i * d + l] * rate[i * d + l];
                }
            }
        }
    }
}
