// Cubic Newton: the global minimum of the cubic model by all eigenpairs of the Hessian.
using System;
using Thalweg.Probes;

namespace Thalweg.Descent.SecondOrder;

/// <summary>
/// x⁺ = R_x(s), s the minimum of ⟨g,s⟩ + ⟨s,Hs⟩/2 + (M/6)|s|³ (Nesterov and Polyak, Cubic regularization of Newton method and its global performance, 2006). With M ≥ ρ the value falls by at least M|s|³/12 at each step, so that O(sqrt(ρ) (f(x_0) - f*)/ε^{3/2}) steps lead to
/// |g| ≤ ε and λ_min ≥ -sqrt(ρ ε); near a nondegenerate minimum it is quadratic. From an exact saddle the step is 2|λ_min|/M long, along the lowest eigenvector.
/// </summary>
/// <remarks>An iteration costs one gradient, n products and a decomposition, O(n³): meant for n up to some hundreds. A step that is not taken costs one gradient.</remarks>
/// <param name="aim">ε and ρ.</param>
/// <param name="strength">The first M; null for ρ.</param>
/// <param name="isAdaptive">Whether M may fall below its first value.</param>
public sealed class CubicNewton(SecondOrderAim aim, double? strength = null, bool isAdaptive = false) : CubicDescent(aim, strength, isAdaptive)
{
    private TangentSpectrum? spectrum;
    private double[] components = [];

    /// <inheritdoc/>
    public override string Name => "cubic";

    /// <inheritdoc/>
    protected override void Examine()
    {
        CountProducts(Manifold.AmbientDimension);
        spectrum = Here.Spectrum(wantVectors: true);
        components = spectrum.Components(Here.Gradient);
        IsFound(spectrum.Values.IsEmpty ? 0 : spectrum.Values[0], spectrum.Size);
    }

    /// <inheritdoc/>
    protected override double Propose(Span<double> step)
    {
        if (components.Length == 0)
        {
            return 0;
        }

        double[] coordinates = new double[components.Length];
        var minimum = CubicEquation.Solve(spectrum!.Values, components, Strength, coordinates);
        spectrum.Combine(coordinates, step);
        return minimum.Decrease;
    }
}
