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
}

/// <summary>A method by name.</summary>
/// <param name="Name">Its name on the command line: "gd".</param>
/// <param name="Summary">What it is.</param>
/// <param name="Build">Makes it.</param>
public sealed record MethodKind(string Name, string Summary, Func<MethodSettings, DescentMethod> Build);

/// <summary>An explicit list.</summary>
public static class MethodCatalog
{
    /// <summary>Every method.</summary>
    public static IReadOnlyList<MethodKind> All { get; } =
    [
        new("gd", "gradient descent with the step 1/ℓ", settings => new FixedStepDescent(settings.Step ?? 1 / settings.GradientLipschitz)),
        new("trust-region", "truncated conjugate gradients in a trust region, Lanczos at saddles", settings => new TrustRegion(Aim(settings))),
        new("cubic", "Newton's method with a cubic term ρ/6, by all eigenpairs", settings => new CubicNewton(Aim(settings))),
        new("cubic-krylov", "the same in Krylov spaces", settings => new CubicKrylov(Aim(settings))),
        new("carmon-duchi", "the same by gradient descent on the cubic model", settings => new CarmonDuchi(Aim(settings))),
        new("accelerated", "steps along negative curvature in turn with accelerated gradient descent", settings => new AcceleratedDescent(Aim(settings))),
    ];

    /// <summary>The method of a name, or null.</summary>
    /// <param name="name">Its name.</param>
    public static MethodKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    private static SecondOrderAim Aim(MethodSettings settings) => new(settings.Accuracy, settings.HessianLipschitz);
}
