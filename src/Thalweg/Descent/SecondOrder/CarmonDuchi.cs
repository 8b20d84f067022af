// Cubic models by gradient descent: nothing but Hessian-vector products, from the Cauchy radius and with a perturbed gradient.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Descent.SecondOrder;

/// <summary>A cubic model ⟨g,s⟩ + ⟨s,Hs⟩/2 + (M/6)|s|³, its Hessian as a product.</summary>
/// <param name="Gradient">g: [i].</param>
/// <param name="Product">s → Hs.</param>
/// <param name="Strength">M > 0.</param>
/// <param name="Size">β ≥ |H| in the operator norm.</param>
public sealed record CubicModel(double[] Gradient, SymmetricProduct Product, double Strength, double Size);

/// <summary>
/// The step of each iteration minimises the cubic model by gradient descent, s ← s - η(g̃ + Hs + (M/2)|s|s), g̃ = g + σ ζ with ζ uniform on the unit sphere of the tangent space, from s = -R_c g̃/|g̃|, R_c = -q + sqrt(q² + 2|g̃|/M), q = ⟨g̃,Hg̃⟩/(M|g̃|²), with
/// η = 1/(4(β + M R)), R = β/M + sqrt((β/M)² + 2|g̃|/M) ≥ |s|. It converges to the global minimum from there, although the model is not convex (Carmon and Duchi, Gradient descent efficiently finds the cubic-regularized non-convex Newton step, arXiv 1612.00547).
/// </summary>
/// <remarks>
/// Simplified against the source: the inner descent ends when the slope of the perturbed model is κ|g̃|, κ = sqrt(|g|/|g|_max) between 1e-4 and 0.1, or after a given number of steps, and where λ_min is certainly negative not before |s| ≥ -2 λ_min/M nearly, which a slow passage by a saddle of the model does not satisfy;
/// σ is a share of κ|g|, at a saddle of κλ_min²/M; β and λ_min are read off a Krylov space with a random start. The end is told by λ_min of the Krylov space.
/// </remarks>
/// <param name="aim">ε and ρ.</param>
/// <param name="strength">The first M; null for ρ.</param>
/// <param name="isAdaptive">Whether M may fall below its first value.</param>
/// <param name="perturbation">σ relative to κ|g|, or to κλ_min²/M at a saddle; in (0, 1).</param>
/// <param name="largestInner">The most products of an inner descent.</param>
public sealed class CarmonDuchi(SecondOrderAim aim, double? strength = null, bool isAdaptive = false, double perturbation = 0.1, int largestInner = 20_000) : CubicDescent(aim, strength, isAdaptive)
{
    private const double Settled = 1e-6, Rough = 0.05, Nearly = 0.98, Residual = 0.1, SmallestResidual = 1e-4, SizeMargin = 1.1;
    private readonly double perturbation = perturbation is > 0 and < 1 ? perturbation : throw new ArgumentOutOfRangeException(nameof(perturbation), perturbation, "must lie in (0, 1)");
    private readonly int largestInner = largestInner > 0 ? largestInner : throw new ArgumentOutOfRangeException(nameof(largestInner), largestInner, "must be at least 1");
    private double size, lowest;

    /// <inheritdoc/>
    public override string Name => "carmon-duchi";

    /// <summary>The minimum of a cubic model by gradient descent.</summary>
    /// <param name="model">The model.</param>
    /// <param name="perturbed">g̃: [i]; not zero.</param>
    /// <param name="slope">Ends when the gradient of the perturbed model is at or below.</param>
    /// <param name="shortest">Ends at no shorter |s|.</param>
    /// <param name="largestSteps">The most products.</param>
    /// <param name="step">s: [i], overwritten.</param>
    /// <returns>By how much the model falls, with g itself, and whether it ended for its slope.</returns>
    public static (double Decrease, bool IsConverged) Minimise(CubicModel model, ReadOnlySpan<double> perturbed, double slope, double shortest, int largestSteps, Span<double> step)
    {
        ArgumentNullException.ThrowIfNull(model);
        double[] image = new double[step.Length], left = new double[step.Length];
        double norm = Vectors.Length(perturbed), strength = model.Strength;
        model.Product(perturbed, image);
        double curvature = Vectors.Dot(perturbed, image) / norm / norm / strength, share = model.Size / strength;
        double root = Math.Sqrt(curvature * curvature + 2 * norm / strength), cauchy = curvature > 0 ? 2 * norm / strength / (curvature + root) : root - curvature;
        double rate = 1 / (4 * (model.Size + strength * (share + Math.Sqrt(share * share + 2 * norm / strength))));
        step.Clear();
        Vectors.Add(-cauchy / norm, perturbed, step);
        Vectors.Scale(-cauchy / norm, image);
        for (int products = 1; ; products++)
        {
            double length = Vectors.Length(step);
            perturbed.CopyTo(left);
            Vectors.Add(1, image, left);
            Vectors.Add(0.5 * strength * length, step, left);
            bool isConverged = Vectors.Length(left) <= slope && length >= shortest;
            if (isConverged || products >= largestSteps)
            {
                return (-(Vectors.Dot(model.Gradient, step) + 0.5 * Vectors.Dot(step, image) + strength * length * length * length / 6), isConverged);
            }

            Vectors.Add(-rate, left, step);
            model.Product(step, image);
        }
    }

    /// <inheritdoc/>
    protected override void Examine()
    {
        var pairs = Lowest(GradientNorm <= Accuracy ? Settled : Rough);
        (size, lowest) = (pairs?.Size ?? 0, pairs?.Values[0] ?? 0);
        IsFound(lowest, size);
    }

    /// <inheritdoc/>
    protected override double Propose(Span<double> step)
    {
        double[] perturbed = new double[step.Length];
        Noise.FillUnitVector(perturbed);
        Manifold.Project(Point, perturbed);
        bool isSaddle = GradientNorm <= Accuracy;
        double share = isSaddle ? Residual : Math.Clamp(Math.Sqrt(GradientShare), SmallestResidual, Residual), scale = isSaddle ? Math.Max(GradientNorm, lowest * lowest / Strength) : GradientNorm, drawn = Vectors.Length(perturbed);
        Vectors.Scale(drawn > 0 ? perturbation * share * scale / drawn : 0, perturbed);
        Vectors.Add(1, Here.Gradient, perturbed);
        double norm = Vectors.Length(perturbed);
        if (norm == 0)
        {
            return 0;
        }

        var model = new CubicModel(Here.Gradient.ToArray(), Product, Strength, SizeMargin * size);
        double shortest = lowest < -Allowed(size) ? -2 * Nearly * lowest / Strength : 0;
        return Math.Max(0, Minimise(model, perturbed, share * norm, shortest, largestInner, step).Decrease);
    }
}
