// f = |A(xx^T - zz^T)|² in two dimensions with a second-order critical point that is no minimum: what certificates must not get wrong.
using System;
using System.Collections.Generic;
using Thalweg.Geometry;
using Thalweg.Landscapes;

namespace Thalweg.Problems;

/// <summary>
/// Three measurements A_1 = diag(√2, 1/√2), A_2 = √1.5 (0 1; 1 0), A_3 = diag(0, √1.5), z = (1, 0), which keep lengths of matrices up to one half (Zhang, Josz, Sojoudi, Lavaei 2018). At x = (0, 1/√2) the gradient is zero, f = 3/2 and the Hessian has the eigenvalues 0 and 8;
/// along x_2² = ½ - 2 x_1² the value falls as 3/2 - 6 x_1⁴. The global minima ±z have the value 0.
/// </summary>
public sealed class FlatValley : Problem
{
    // r_k = a x_1² + 2 b x_1 x_2 + c x_2² - a.
    private static readonly (double A, double B, double C)[] Measurements = [(Math.Sqrt(2), 0, Math.Sqrt(0.5)), (0, Math.Sqrt(1.5), 0), (0, 0, Math.Sqrt(1.5))];

    /// <inheritdoc/>
    public override IManifold Manifold { get; } = new EuclideanSpace(2);

    /// <inheritdoc/>
    public override double? GlobalValue => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<KnownPoint> KnownPoints { get; } =
    [
        new("valley", [0, Math.Sqrt(0.5)], 1.5, [0, 8]),
        new("signal", [1, 0], 0, [12, 16]),
        new("origin", [0, 0], 2, [-8, -4]),
    ];

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape();

    private sealed class Landscape : ILandscape
    {
        public int Dimension => 2;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient.Clear();
            double value = 0;
            foreach (var (a, b, c) in Measurements)
            {
                double first = a * point[0] + b * point[1], second = b * point[0] + c * point[1], error = first * point[0] + second * point[1] - a;
                value += error * error;
                gradient[0] += 4 * error * first;
                gradient[1] += 4 * error * second;
            }

            return value;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            product.Clear();
            foreach (var (a, b, c) in Measurements)
            {
                double first = a * point[0] + b * point[1], second = b * point[0] + c * point[1], error = first * point[0] + second * point[1] - a;
                double rate = first * direction[0] + second * direction[1];
                product[0] += 4 * error * (a * direction[0] + b * direction[1]) + 8 * rate * first;
                product[1] += 4 * error * (b * direction[0] + c * direction[1]) + 8 * rate * second;
            }
        }
    }
}
