// The methods of descent by name, one line each.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Descent.SecondOrder;

namespace Thalweg.Descent;

/// <summary>What methods are told of a problem and of the aim.</summary>
public sealed record MethodSettings
{
    /// <summary>ℓ, the Lipschitz constant of the gradient; above 0.</summary>
    public double GradientLipschitz { get; init; } = 1;

    /// <summary>ρ, that of the Hessian; at or above 0.</summary>
    public double HessianLipschitz { get; init; } = 1;

    /// <summary>ε, the gradient norm that counts as critical.</summary>
    public double Accuracy { get; init; } = 1e-3;

    /// <summary>The step of first-order methods; null for that of the method, 1/ℓ for most.</summary>
    public double? Step { get; init; }

    /// <summary>f(x_0) - f*, or a bound.</summary>
    public double Gap { get; init; } = 1;

    /// <summary>β, the inverse temperature of Langevin methods.</summary>
    public double InverseTemperature { get; init; } = 10;

    /// <summary>s, the strength of the noise of noisy descent; at or above 0.</summary>
    public double NoiseStrength { get; init; } = 1;

    /// <summary>r, how far perturbed descent kicks; above 0.</summary>
    public double Radius { get; init; } = 1e-3;

    /// <summary>g_thres, the gradient norm at or below which it kicks.</summary>
    public double GradientThreshold { get; init; } = 1e-3;

    /// <summary>t_thres, the iterations between kicks.</summary>
    public long WaitingTime { get; init; } = 10;

    /// <summary>The error of a step of gradient flow, as a distance; above 0.</summary>
    public double FlowTolerance { get; init; } = 1e-4;

    /// <summary>δ, the probability of failure that a theorem may leave.</summary>
    public double Failure { get; init; } = 0.1;

    /// <summary>d, as theorems have it.</summary>
    public int Dimension { get; init; } = 1;
}

/// <summary>A method by name.</summary>
/// <param name="Name">Its name on the command line: "gd".</param>
/// <param name="Summary">What it is.</param>
/// <param name="Build">Makes it.</param>
public sealed record MethodKind(string Name, string Summary, Func<MethodSettings, DescentMethod> Build)
{
    /// <summary>Whether it walks in flat spaces alone.</summary>
    public bool IsFlatOnly { get; init; }

    /// <summary>Whether it is told ρ and needs it above 0.</summary>
    public bool NeedsHessianLipschitz { get; init; }
}

/// <summary>An explicit list.</summary>
public static class MethodCatalog
{
    /// <summary>Every method.</summary>
    public static IReadOnlyList<MethodKind> All { get; } =
    [
        new("gd", "gradient descent with the step 1/ℓ", settings => new FixedStepDescent(Step(settings))),
        new("flow", "gradient flow with adaptive steps of second order", settings => new FlowDescent(settings.FlowTolerance)),
        new("noisy-gd", "gradient descent with noise on the unit sphere in every step", settings => new NoisyDescent(Step(settings), NoiseLaw.Sphere, settings.NoiseStrength)),
        new("noisy-gd-normal", "gradient descent with normal noise in every step", settings => new NoisyDescent(Step(settings), NoiseLaw.Normal, settings.NoiseStrength)),
        new("pgd", "gradient descent with a small kick where the gradient is short", settings => new PerturbedDescent(new(Step(settings), settings.Radius, settings.GradientThreshold, settings.WaitingTime))),
        new("pgd-theory", "the same with the constants of its theorem", settings => new PerturbedDescent(PerturbationRule.FromTheory(settings.GradientLipschitz, settings.HessianLipschitz, settings.Accuracy, settings.Failure, settings.Gap, settings.Dimension))) { NeedsHessianLipschitz = true },
        new("sgld", "stochastic gradient Langevin dynamics with the exact gradient", settings => new LangevinDescent(Step(settings), settings.InverseTemperature)),
        new("coordinate", "one coordinate after another", settings => new CoordinateDescent(Step(settings))),
        new("mirror", "mirror descent with the hyperbolic entropy, in flat spaces", settings => new MirrorDescent(Step(settings))) { IsFlatOnly = true },
        new("proximal", "the proximal point method with η = 1/(2ℓ)", settings => new ProximalPoint(settings.Step ?? 0.5 / settings.GradientLipschitz, settings.GradientLipschitz)),
        new("lbfgs", "L-BFGS with a line search", _ => new LimitedMemoryBfgs()),
        new("trust-region", "truncated conjugate gradients in a trust region, Lanczos at saddles", settings => new TrustRegion(Aim(settings))),
        new("cubic", "Newton's method with a cubic term ρ/6, by all eigenpairs", settings => new CubicNewton(Aim(settings))) { NeedsHessianLipschitz = true },
        new("cubic-krylov", "the same in Krylov spaces", settings => new CubicKrylov(Aim(settings))) { NeedsHessianLipschitz = true },
        new("carmon-duchi", "the same by gradient descent on the cubic model", settings => new CarmonDuchi(Aim(settings))) { NeedsHessianLipschitz = true },
        new("accelerated", "steps along negative curvature in turn with accelerated gradient descent", settings => new AcceleratedDescent(Aim(settings))) { NeedsHessianLipschitz = true },
    ];

    /// <summary>The method of a name, or null.</summary>
    /// <param name="name">Its name.</param>
    public static MethodKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    private static double Step(MethodSettings settings) => settings.Step ?? 1 / settings.GradientLipschitz;

    private static SecondOrderAim Aim(MethodSettings settings) => new(settings.Accuracy, settings.HessianLipschitz);
}
