// Mirror descent with the hyperbolic entropy: steps that are long where coordinates are large, short where they are small.
using System;
using Thalweg.Geometry;
using Thalweg.Numerics;

namespace Thalweg.Descent.FirstOrder;

/// <summary>∇ψ(x⁺) = ∇ψ(x) - η' g with ψ(x) = Σ [x_i arsinh(x_i/b) - sqrt(x_i² + b²)], in flat spaces.</summary>
/// <remarks>
/// ∇ψ = arsinh(x/b), so that x⁺_i = x_i cosh δ_i - sqrt(x_i² + b²) sinh δ_i with δ = η' g: between the multiplicative update of the entropy (|x| well above b) and gradient descent (well below). Hyperbolic entropy: Ghai, Hazan, Singer, Exponentiated Gradient Meets Gradient Descent, 2020. ψ has
/// the curvature 1/sqrt(x_i² + b²), and η' = η / max_i sqrt(x_i² + b²), so that to first order no coordinate moves further than by η |g_i|: η = 1/ℓ then is as safe as in gradient descent. A step costs one gradient and allocates nothing.
/// </remarks>
/// <param name="step">η > 0.</param>
/// <param name="width">b > 0.</param>
public sealed class MirrorDescent(double step, double width = 1) : DescentMethod
{
    private readonly double step = step > 0 && double.IsFinite(step) ? step : throw new ArgumentOutOfRangeException(nameof(step), step, "must be above 0");
    private readonly double width = width > 0 && double.IsFinite(width) ? width : throw new ArgumentOutOfRangeException(nameof(width), width, "must be above 0");

    /// <inheritdoc/>
    public override string Name => "mirror";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The space is not flat.</exception>
    protected override void Prepare()
    {
        if (Manifold is not EuclideanSpace)
        {
            throw new ArgumentException($"mirror descent walks in flat spaces, not on the manifold \"{Manifold.Name}\": use gd there");
        }
    }

    /// <inheritdoc/>
    protected override void Move()
    {
        double largest = 0;
        foreach (double x in Place)
        {
            largest = Math.Max(largest, Math.Abs(x));
        }

        double scaled = step / Math.Sqrt(largest * largest + width * width);
        for (int i = 0; i < Place.Length; i++)
        {
            double x = Place[i], δ = scaled * Gradient[i], up = PortableMath.Exp(δ);
            Place[i] = x * 0.5 * (up + 1 / up) - Math.Sqrt(x * x + width * width) * Sinh(δ, up);
        }

        Refresh();
    }

    // The difference of two exponentials loses the digits of a small argument, which has its series: the next term is below a rounding.
    private static double Sinh(double δ, double up)
    {
        double square = δ * δ;
        return square < 0.01 ? δ * (1 + square / 6 * (1 + square / 20 * (1 + square / 42 * (1 + square / 72)))) : 0.5 * (up - 1 / up);
    }
}
