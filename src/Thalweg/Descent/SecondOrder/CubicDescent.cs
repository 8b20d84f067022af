// Descent by cubic models: f(x) + ⟨g,s⟩ + ⟨s,Hs⟩/2 + (M/6)|s|³ bounds the value from above when M is at least the Lipschitz constant of the Hessian.
using System;

namespace Thalweg.Descent.SecondOrder;

/// <summary>What the methods with cubic models share: the strength M, which starts at ρ or at what is given.</summary>
/// <remarks>
/// With M ≥ ρ the model is a bound, every step is taken and M stays. A step that lowers the value by less than a tenth of the model is not taken and M grows to four times: the constant was too small, or the manifold is curved. A step that lowers it by nine tenths halves M, down to its first value;
/// adaptive, as in Cartis, Gould, Toint 2011, down to a small share of it.
/// </remarks>
public abstract class CubicDescent : SecondOrderMethod
{
    private const double Good = 0.9, SmallestShare = 1e-20, Longer = 0.5, Shorter = 4;
    private readonly double first, smallest;

    /// <summary>A method with its strength.</summary>
    /// <param name="aim">ε and ρ.</param>
    /// <param name="strength">The first M, above 0; null for ρ, and for 1 where ρ is 0.</param>
    /// <param name="isAdaptive">Whether M may fall below its first value; it may where ρ is 0.</param>
    protected CubicDescent(SecondOrderAim aim, double? strength, bool isAdaptive)
        : base(aim)
    {
        first = strength ?? (HessianLipschitz > 0 ? HessianLipschitz : 1);
        if (!(first > 0 && double.IsFinite(first)))
        {
            throw new ArgumentOutOfRangeException(nameof(strength), strength, "must be above 0");
        }

        smallest = isAdaptive || (strength is null && HessianLipschitz == 0) ? SmallestShare * first : first;
    }

    /// <summary>M.</summary>
    public double Strength { get; private set; }

    /// <inheritdoc/>
    protected sealed override void Reset() => Strength = first;

    /// <inheritdoc/>
    protected sealed override void Learn(double share, double length) =>
        Strength = !(share >= Enough) ? Shorter * Strength : share >= Good ? Math.Max(smallest, Longer * Strength) : Strength;
}
