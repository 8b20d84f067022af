// Perturbed gradient descent: a small random kick where the gradient is short, plain descent elsewhere.
using System;
using Thalweg.Numerics;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Descent.FirstOrder;

/// <summary>When and how far the point is kicked.</summary>
/// <param name="Step">η > 0.</param>
/// <param name="Radius">r > 0: a kick is uniform in the ball of this radius.</param>
/// <param name="GradientThreshold">g_thres ≥ 0: a kick needs |g| at or below.</param>
/// <param name="WaitingTime">t_thres ≥ 0: and more than so many iterations since the last one.</param>
/// <param name="ValueThreshold">f_thres: when the value has not fallen by so much in the waiting time after a kick, the point before it is returned; null to go on for ever.</param>
public sealed record PerturbationRule(double Step, double Radius, double GradientThreshold, long WaitingTime, double? ValueThreshold = null)
{
    /// <summary>The constants with which the theorem holds.</summary>
    /// <remarks>
    /// χ = 3 max(ln(d ℓ Δ/(c ε² δ)), 4), η = c/ℓ, r = sqrt(c) ε/(χ² ℓ), g_thres = sqrt(c) ε/χ², f_thres = c sqrt(ε³/ρ)/χ³, t_thres = χ ℓ/(c² sqrt(ρ ε)), rounded up (Jin, Ge, Netrapalli, Kakade, Jordan, How to Escape Saddle Points Efficiently, arXiv 1703.00887). The paper asks for c below
    /// a constant that it does not give.
    /// </remarks>
    /// <param name="gradientLipschitz">ℓ > 0.</param>
    /// <param name="hessianLipschitz">ρ > 0.</param>
    /// <param name="accuracy">ε in (0, ℓ²/ρ].</param>
    /// <param name="failure">δ in (0, 1): how improbable a failure shall be.</param>
    /// <param name="gap">Δ ≥ f(x_0) - f*, above 0.</param>
    /// <param name="dimension">d.</param>
    /// <param name="constant">c > 0.</param>
    public static PerturbationRule FromTheory(double gradientLipschitz, double hessianLipschitz, double accuracy, double failure, double gap, int dimension, double constant = 1)
    {
        foreach (var (value, name) in new[] { (gradientLipschitz, nameof(gradientLipschitz)), (hessianLipschitz, nameof(hessianLipschitz)), (accuracy, nameof(accuracy)), (failure, nameof(failure)), (gap, nameof(gap)), (constant, nameof(constant)) })
        {
            if (!(value > 0 && double.IsFinite(value)))
            {
                throw new ArgumentOutOfRangeException(name, value, "must be above 0");
            }
        }

        if (accuracy > gradientLipschitz * gradientLipschitz / hessianLipschitz)
        {
            throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, $"must be at most ℓ²/ρ = {gradientLipschitz * gradientLipschitz / hessianLipschitz}");
        }

        double χ = 3 * Math.Max(PortableMath.Log(dimension * gradientLipschitz * gap / (constant * accuracy * accuracy * failure)), 4), root = Math.Sqrt(constant) / (χ * χ);
        double waiting = Math.Ceiling(χ / (constant * constant) * gradientLipschitz / Math.Sqrt(hessianLipschitz * accuracy));
        return new(constant / gradientLipschitz, root * accuracy / gradientLipschitz, root * accuracy, waiting < long.MaxValue ? (long)waiting : long.MaxValue, constant / (χ * χ * χ) * Math.Sqrt(accuracy * accuracy * accuracy / hessianLipschitz));
    }
}

/// <summary>If |g| ≤ g_thres and the last kick is more than t_thres iterations ago: x ← R_x(ξ), ξ uniform in the ball of radius r of the tangent space. Then x⁺ = R_x(-η g).</summary>
/// <remarks>
/// Jin et al., arXiv 1703.00887, algorithm 1. With an f_thres it ends at the point before the last kick when that has not helped: with the constants of <see cref="PerturbationRule.FromTheory"/> this is a second-order point but for a probability δ. An iteration costs one gradient, with a
/// kick two; it allocates nothing.
/// </remarks>
/// <param name="rule">When and how far the point is kicked.</param>
public sealed class PerturbedDescent(PerturbationRule rule) : DescentMethod
{
    private readonly PerturbationRule rule = Checked(rule);
    private double[] before = [], kick = [];
    private double valueBefore;
    private long since;
    private bool isKicked;

    /// <inheritdoc/>
    public override string Name => "pgd";

    /// <summary>How often the point was kicked.</summary>
    public long Kicks { get; private set; }

    /// <inheritdoc/>
    protected override void Prepare() => (before, kick, since, isKicked, Kicks) = (new double[Place.Length], new double[Place.Length], 0, false, 0);

    /// <inheritdoc/>
    protected override void Move()
    {
        if (GradientNorm <= rule.GradientThreshold && (!isKicked || since > rule.WaitingTime))
        {
            Place.CopyTo(before);
            (valueBefore, since, isKicked) = (Value, 0, true);
            Kick();
        }

        if (isKicked && since == rule.WaitingTime && rule.ValueThreshold is { } least && Value - valueBefore > -least)
        {
            before.CopyTo(Place);
            Refresh();
            HasFound = true;
            Ending = "a kick where the gradient is short has not led lower";
            return;
        }

        Manifold.Retract(Place, Gradient, -rule.Step, Place);
        Refresh();
        since++;
    }

    private static PerturbationRule Checked(PerturbationRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Step > 0 && double.IsFinite(rule.Step) && rule.Radius > 0 && double.IsFinite(rule.Radius) && rule.GradientThreshold >= 0 && rule.WaitingTime >= 0
            ? rule
            : throw new ArgumentOutOfRangeException(nameof(rule), rule, "step and radius must be above 0, threshold and waiting time at or above 0");
    }

    private void Kick()
    {
        double length;
        do
        {
            Noise.FillNormal(kick);
            Manifold.Project(Place, kick);
            length = Vectors.Length(kick);
        }
        while (!(length > 1e-100));

        // The radius of a uniform point of a ball in k dimensions is U^(1/k).
        double radius = rule.Radius * PortableMath.Exp(PortableMath.Log(Noise.NextUniform()) / Manifold.Dimension);
        Manifold.Retract(Place, kick, radius / length, Place);
        Refresh();
        Kicks++;
    }
}
