// f = Σ |x_i|^p / p: minima so flat that descent slows down to a power of the time.
using System;
using System.Collections.Generic;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Random;

namespace Thalweg.Problems.Counterexamples;

/// <summary>
/// In one dimension |f'| = |x|^{p-1} = (p f)^{(p-1)/p}: Łojasiewicz' inequality |∇f| ≥ m |f - f*|^θ holds with θ = (p-1)/p exactly and with no smaller one. Gradient descent then falls as f - f* ~ k^{-1/(2θ-1)} = k^{-p/(p-2)} in k steps, for p = 2 exponentially. The origin is the one minimum; for
/// p > 2 its Hessian is zero, so that second derivatives do not tell.
/// </summary>
public sealed class PowerWell : Problem
{
    private readonly int dimension, power;

    /// <summary>A well.</summary>
    /// <param name="dimension">n ≥ 1.</param>
    /// <param name="power">p ≥ 2.</param>
    public PowerWell(int dimension, int power)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(power, 2);
        (this.dimension, this.power, Manifold) = (dimension, power, new EuclideanSpace(dimension));
        double[] spectrum = new double[dimension];
        Array.Fill(spectrum, power == 2 ? 1 : 0);
        KnownPoints = [new("minimum", new double[dimension], 0, spectrum)];
    }

    /// <summary>θ = (p-1)/p.</summary>
    public double Exponent => (power - 1.0) / power;

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override double? GlobalValue => 0;

    /// <inheritdoc/>
    public override Smoothness? Smoothness => new(power - 1, (power - 1) * (power - 2), "where |x_i| ≤ 1");

    /// <inheritdoc/>
    public override IReadOnlyList<KnownPoint> KnownPoints { get; }

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape(dimension, power);

    /// <summary>A start that is uniform in [-1, 1]^n.</summary>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="point">[i], overwritten.</param>
    public override void Start(PhiloxStream stream, Span<double> point) => UniformBox.Fill(stream, point);

    private sealed class Landscape(int dimension, int power) : ILandscape
    {
        public int Dimension => dimension;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            double value = 0;
            for (int i = 0; i < dimension; i++)
            {
                gradient[i] = point[i] * Rest(point[i]);
                value += gradient[i] * point[i] / power;
            }

            return value;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            for (int i = 0; i < dimension; i++)
            {
                product[i] = (power - 1) * Rest(point[i]) * direction[i];
            }
        }

        // |x|^{p-2}.
        private double Rest(double x)
        {
            double size = Math.Abs(x), result = 1;
            for (int k = 2; k < power; k++)
            {
                result *= size;
            }

            return result;
        }
    }
}
