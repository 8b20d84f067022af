// f = ½ Σ λ_i x_i²: the saddle of the lecture, where everything about descent is known in closed form.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Problems;

/// <summary>½ x^T diag(λ) x in R^d. The lecture writes θ^T H θ and a step factor 1 - γλ, which belongs to half of it: here the half stands in f.</summary>
public sealed class DiagonalQuadratic : Problem
{
    private readonly double[] eigenvalues;

    /// <summary>A quadratic.</summary>
    /// <param name="eigenvalues">λ: [i], at least one, finite.</param>
    public DiagonalQuadratic(params IReadOnlyList<double> eigenvalues)
    {
        ArgumentNullException.ThrowIfNull(eigenvalues);
        if (eigenvalues.Count == 0 || !eigenvalues.All(double.IsFinite))
        {
            throw new ArgumentException("there must be at least one eigenvalue, and each must be finite", nameof(eigenvalues));
        }

        (this.eigenvalues, Manifold) = ([.. eigenvalues], new EuclideanSpace(eigenvalues.Count));
        double[] spectrum = [.. eigenvalues.Order()];
        (KnownPoints, Smoothness) = ([new("origin", new double[eigenvalues.Count], 0, spectrum)], new(Math.Max(Math.Abs(spectrum[0]), Math.Abs(spectrum[^1])), 0, "everywhere"));
    }

    /// <summary>λ: [i].</summary>
    public ReadOnlySpan<double> Eigenvalues => eigenvalues;

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override double? GlobalValue => eigenvalues.All(value => value >= 0) ? 0 : null;

    /// <inheritdoc/>
    public override Smoothness? Smoothness { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<KnownPoint> KnownPoints { get; }

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape(eigenvalues);

    private sealed class Landscape(double[] eigenvalues) : ILandscape
    {
        public int Dimension => eigenvalues.Length;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient) => 0.5 * Vectors.Diagonal(eigenvalues, point, gradient);

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product) => Vectors.Diagonal(eigenvalues, direction, product);
    }
}
