// f = -Σ_i ⟨a_i,u⟩⁴ on the sphere: the components of an orthogonal tensor, and all 3^d - 1 critical points.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Problems;

/// <summary>
/// a_1 .. a_d orthonormal. Minima are the 2d points ±a_i; with k components of equal weight u = Σ ±a_i/sqrt(k) is critical, f = -1/k, with the Riemannian eigenvalues -8/k (k-1 times) and 4/k (d-k times): all but the minima are strict saddles (Ge, Huang, Jin, Yuan, arXiv 1503.02101).
/// </summary>
public sealed class OrthogonalTensor : Problem
{
    private readonly double[] frame;
    private readonly int d;

    /// <summary>A random frame.</summary>
    /// <param name="dimension">d ≥ 2.</param>
    /// <param name="seed">Names the frame.</param>
    public OrthogonalTensor(int dimension, ulong seed)
    {
        (d, Manifold, frame) = (dimension, new UnitSphere(dimension), PlantedFactors.Frame(dimension, dimension, seed));
        KnownPoints = [.. Enumerable.Range(1, dimension).Select(At)];
    }

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override double? GlobalValue => -1;

    /// <inheritdoc/>
    /// <remarks>With the nearest component, of either sign.</remarks>
    public override double? Recovery(ReadOnlySpan<double> point)
    {
        double nearest = 0;
        for (int i = 0; i < d; i++)
        {
            nearest = Math.Max(nearest, Math.Abs(Vectors.Dot(frame.AsSpan(i * d, d), point)));
        }

        return nearest;
    }

    /// <inheritdoc/>
    /// <remarks>One representative of each number of components.</remarks>
    public override IReadOnlyList<KnownPoint> KnownPoints { get; }

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape(frame, d);

    private KnownPoint At(int support)
    {
        double[] point = new double[d];
        for (int i = 0; i < support; i++)
        {
            Vectors.Add(1 / Math.Sqrt(support), frame.AsSpan(i * d, d), point);
        }

        return new($"support {support}", point, -1.0 / support, [.. Enumerable.Repeat(-8.0 / support, support - 1), .. Enumerable.Repeat(4.0 / support, d - support)]);
    }

    private sealed class Landscape(double[] frame, int d) : ILandscape
    {
        public int Dimension => d;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient.Clear();
            double value = 0;
            for (int i = 0; i < d; i++)
            {
                var a = frame.AsSpan(i * d, d);
                double x = Vectors.Dot(a, point);
                value -= x * x * x * x;
                Vectors.Add(-4 * x * x * x, a, gradient);
            }

            return value;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            product.Clear();
            for (int i = 0; i < d; i++)
            {
                var a = frame.AsSpan(i * d, d);
                double x = Vectors.Dot(a, point);
                Vectors.Add(-12 * x * x * Vectors.Dot(a, direction), a, product);
            }
        }
    }
}
