// Negative curvature and accelerated gradients in turn: Hessian-vector products only, few gradients where the landscape is nearly convex.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Descent.SecondOrder;

/// <summary>
/// The method of Carmon, Duchi, Hinder, Sidford, Accelerated methods for non-convex optimization (arXiv 1611.00756), in its three parts. Its Negative-Curvature-Descent: where λ_min &lt; -α the step is -sign(⟨g,v⟩) (2|λ|/ρ) v with v from Lanczos' method, which lowers the value by (2/3)|λ|³/ρ² at least.
/// Its Almost-Convex-AGD: elsewhere accelerated gradient descent minimises f(z) + γ|z - x|², γ = 2α, which is strongly convex within the distance α/ρ of x, where no eigenvalue lies below -2α; its minimum is the next x. The whole, its Accelerated-Non-Convex-Method, alternates them until |g| ≤ ε and λ_min ≥ -sqrt(ρ ε), O(ε^{-7/4} log(1/ε)) gradients and products in the source.
/// </summary>
/// <remarks>
/// Simplified against the source: it runs at the accuracies ε_k = max(ε, |g|/4), α = sqrt(ρ ε_k), so that far from the end α and the distance are large; the penalty that keeps z within the distance is replaced by an end of the descent at it; ℓ is not given but read off the Krylov space at x, plus ρ times the distance;
/// and ρ grows to four times for steps that the value does not confirm (halving again, down to the ρ given, after good ones). On a curved manifold z moves in the tangent space at x and gradients are carried there, to first order in the distance.
/// </remarks>
/// <param name="aim">ε and ρ; 1 stands first for ρ where it is 0, and is adapted.</param>
/// <param name="largestInner">The most gradients of an accelerated descent.</param>
public sealed class AcceleratedDescent(SecondOrderAim aim, int largestInner = 5_000) : SecondOrderMethod(aim)
{
    private const double Settled = 1e-6, Rough = 0.01, NextAccuracy = 0.25, Inner = 0.1, Margin = 1.1, Good = 0.9, SmallestShare = 1e-20, Longer = 0.5, Shorter = 4;
    private readonly int largestInner = largestInner > 0 ? largestInner : throw new ArgumentOutOfRangeException(nameof(largestInner), largestInner, "must be at least 1");
    private double[]? lowestVector;
    private double lowest, size, strength;

    /// <inheritdoc/>
    public override string Name => "accelerated";

    private double First => HessianLipschitz > 0 ? HessianLipschitz : 1;

    /// <inheritdoc/>
    protected override void Reset() => strength = First;

    /// <inheritdoc/>
    protected override void Examine()
    {
        var pairs = Lowest(GradientNorm <= Accuracy ? Settled : Rough);
        (lowest, size) = (pairs?.Values[0] ?? 0, pairs?.Size ?? 0);
        if (!IsFound(lowest, size))
        {
            lowestVector = pairs?.LowestVector();
        }
    }

    /// <inheritdoc/>
    protected override double Propose(Span<double> step)
    {
        double next = Math.Max(Accuracy, NextAccuracy * GradientNorm), alpha = Math.Sqrt(strength * next);
        return lowestVector is null ? 0 : lowest < 0 && (lowest < -alpha || GradientNorm <= Accuracy) ? NegativeCurvature(lowestVector, step) : AlmostConvex(next, alpha, step);
    }

    /// <inheritdoc/>
    protected override void Learn(double share, double length) =>
        strength = !(share >= Enough) ? Shorter * strength : share >= Good ? Math.Max(HessianLipschitz > 0 ? First : SmallestShare, Longer * strength) : strength;

    // The bound of Taylor's formula: |⟨g,v⟩| r + |λ| r²/2 - ρ r³/6 at r = 2|λ|/ρ.
    private double NegativeCurvature(double[] direction, Span<double> step)
    {
        double slope = Vectors.Dot(Here.Gradient, direction), length = -2 * lowest / strength;
        Vectors.Add(slope > 0 ? -length : length, direction, step);
        return length * (Math.Abs(slope) - 0.5 * lowest * length - strength * length * length / 6);
    }

    // Nesterov's method for strongly convex functions on f(R(η)) + γ|η|²; the value falls by γ|η|² at least where that falls at all.
    private double AlmostConvex(double accuracy, double alpha, Span<double> step)
    {
        int n = step.Length;
        double gamma = 2 * alpha, distance = alpha / strength, lipschitz = Margin * size + strength * distance + 2 * gamma, root = Math.Sqrt(gamma / lipschitz), momentum = (1 - root) / (1 + root);
        double[] ahead = new double[n], last = new double[n], next = new double[n], place = new double[n], slope = Here.Gradient.ToArray(), best = new double[n];
        double lowestValue = Value;
        for (int gradients = 1; ; gradients++)
        {
            ahead.CopyTo(next, 0);
            Vectors.Add(-1 / lipschitz, slope, next);
            double length = Vectors.Length(next);
            if (!(length <= distance))
            {
                // Out of the ball: to its boundary.
                next.CopyTo(step);
                Vectors.Scale(double.IsFinite(length) ? distance / length : 0, step);
                break;
            }

            for (int i = 0; i < n; i++)
            {
                ahead[i] = next[i] + momentum * (next[i] - last[i]);
            }

            (last, next) = (next, last);
            Manifold.Retract(Point, ahead, 1, place);
            double square = Vectors.Dot(ahead, ahead), value = Evaluate(place, slope) + gamma * square;
            Manifold.Transport(place, Point, slope);
            Vectors.Add(2 * gamma, ahead, slope);
            if (value < lowestValue)
            {
                lowestValue = value;
                ahead.CopyTo(best, 0);
            }

            double left = Vectors.Length(slope);
            if (left <= Inner * accuracy || gradients >= largestInner || !double.IsFinite(left))
            {
                (left <= Inner * accuracy ? ahead : best).CopyTo(step);
                break;
            }
        }

        return gamma * Vectors.Dot(step, step);
    }
}
