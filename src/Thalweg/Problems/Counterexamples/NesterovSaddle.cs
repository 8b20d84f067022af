// f = x²/2 + y⁴/4 - y²/2: gradient descent from (1, 0) converges to the strict saddle at the origin.
using System;
using System.Collections.Generic;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Random;

namespace Thalweg.Problems.Counterexamples;

/// <summary>
/// The worst-case start of Nesterov, Introductory Lectures on Convex Optimization, 2004, example 1.2.2: the line y = 0 is the stable manifold of the saddle, gradient descent never leaves it, and from (1, 0) it ends at a point that is no minimum. The minima are (0, ±1) with the value -1/4.
/// </summary>
public sealed class NesterovSaddle : Problem
{
    /// <inheritdoc/>
    public override IManifold Manifold { get; } = new EuclideanSpace(2);

    /// <inheritdoc/>
    public override double? GlobalValue => -0.25;

    /// <inheritdoc/>
    public override Smoothness? Smoothness { get; } = new(2, 6, "where |y| ≤ 1");

    /// <inheritdoc/>
    public override IReadOnlyList<KnownPoint> KnownPoints { get; } =
    [
        new("origin", [0, 0], 0, [-1, 1]),
        new("minimum", [0, 1], -0.25, [1, 2]),
    ];

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape();

    /// <summary>A start that is uniform in [-1, 1]².</summary>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="point">[i], overwritten.</param>
    public override void Start(PhiloxStream stream, Span<double> point) => UniformBox.Fill(stream, point);

    private sealed class Landscape : ILandscape
    {
        public int Dimension => 2;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            double x = point[0], y = point[1], square = y * y;
            (gradient[0], gradient[1]) = (x, y * (square - 1));
            return 0.5 * x * x + 0.25 * square * (square - 2);
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product) =>
            (product[0], product[1]) = (direction[0], (3 * point[1] * point[1] - 1) * direction[1]);
    }
}
