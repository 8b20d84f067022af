// A bounded hill whose flank bears a spiral groove: gradient descent goes round for ever and converges to no point.
using System;
using System.Collections.Generic;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics;
using Thalweg.Numerics.Random;

namespace Thalweg.Problems.Counterexamples;

/// <summary>
/// f = ρ⁴ [1 - a r sin(φ + ω ln ρ)] with ρ = 1 - r² inside the unit disc and 0 outside, a = 1/2, ω = 12, in polar coordinates r, φ. The groove φ + ω ln ρ = const winds round infinitely often on its way to the rim, where f = 0 is lowest; gradient descent follows it, so that the value and the gradient converge to
/// zero and the point does not converge.
/// </summary>
/// <remarks>
/// After Absil, Mahony, Andrews, Convergence of the Iterates of Descent Methods for Analytic Cost Functions, 2005, whose hat exp(-1/ρ) [1 - c sin(φ - 1/ρ)] is infinitely smooth; its angle grows as ln(time) at most, so that each turn takes a factor e^{2π}. Here f has three continuous derivatives, and
/// the turns can be counted: in the groove aω r cos ψ = 4(1 - a r sin ψ) with ψ = φ + ω ln ρ, ρ falls as (time)^{-1/4}, and the angle grows as (ω/4) ln(time). There |∇f| is of order f: Łojasiewicz' inequality |∇f| ≥ m |f - f*|^θ holds for no θ below 1, and it is θ &lt; 1 from which convergence of the
/// iterates follows. Bits are those of the sine and the cosine of the platform.
/// </remarks>
public sealed class SpiralGroove : Problem
{
    /// <summary>a.</summary>
    public const double Depth = 0.5;

    /// <summary>ω.</summary>
    public const double Winding = 12;

    private const double LargestStart = 0.8;

    /// <inheritdoc/>
    public override IManifold Manifold { get; } = new EuclideanSpace(2);

    /// <inheritdoc/>
    public override double? GlobalValue => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<KnownPoint> KnownPoints { get; } = [new("rim", [1, 0], 0, [0, 0])];

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape();

    /// <summary>A start that is uniform in the disc of radius 0.8.</summary>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="point">[i], overwritten.</param>
    public override void Start(PhiloxStream stream, Span<double> point)
    {
        do
        {
            UniformBox.Fill(stream, point);
        }
        while (point[0] * point[0] + point[1] * point[1] > LargestStart * LargestStart);
    }

    private sealed class Landscape : ILandscape
    {
        public int Dimension => 2;

        public ReadOnlySpan<double> Signal => [];

        // With s = ω ln ρ, A = x sin s + y cos s = r sin ψ, C = dA/ds and D = 4(1 - aA) - aωC: ∇f = -2ρ³ D (x, y) - aρ⁴ (sin s, cos s).
        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            double x = point[0], y = point[1], ρ = 1 - x * x - y * y;
            if (!(ρ > 0))
            {
                gradient.Clear();
                return 0;
            }

            var (sin, cos) = Math.SinCos(Winding * PortableMath.Log(ρ));
            double along = x * sin + y * cos, across = x * cos - y * sin, cube = ρ * ρ * ρ;
            double pull = 2 * cube * (4 * (1 - Depth * along) - Depth * Winding * across), side = Depth * cube * ρ;
            (gradient[0], gradient[1]) = (-pull * x - side * sin, -pull * y - side * cos);
            return cube * ρ * (1 - Depth * along);
        }

        // The derivative of the gradient along the direction, factor by factor.
        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            double x = point[0], y = point[1], v = direction[0], w = direction[1], ρ = 1 - x * x - y * y;
            if (!(ρ > 0))
            {
                product.Clear();
                return;
            }

            var (sin, cos) = Math.SinCos(Winding * PortableMath.Log(ρ));
            double along = x * sin + y * cos, across = x * cos - y * sin, square = ρ * ρ, cube = square * ρ;
            double dρ = -2 * (x * v + y * w), ds = Winding * dρ / ρ;
            double dAlong = v * sin + w * cos + across * ds, dAcross = v * cos - w * sin - along * ds;
            double pull = 4 * (1 - Depth * along) - Depth * Winding * across, dPull = -4 * Depth * dAlong - Depth * Winding * dAcross;
            double onPlace = -2 * (3 * square * dρ * pull + cube * dPull), onDirection = -2 * cube * pull;
            double side = -4 * Depth * cube * dρ, turn = -Depth * cube * ρ * ds;
            (product[0], product[1]) = (onPlace * x + onDirection * v + side * sin + turn * cos, onPlace * y + onDirection * w + side * cos - turn * sin);
        }
    }
}
