// The energies at which the complexity of a section vanishes, and the levels E_k of the pure p-spin.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Roots;
using Thalweg.Results;

namespace Thalweg.Complexity;

/// <summary>Zeros of complexity curves.</summary>
public static class EnergyLevels
{
    /// <summary>ε_0: the lowest energy at which typical stationary points exist, Σ(e) = 0 below the energy of the most numerous.</summary>
    /// <param name="section">The landscape at an overlap.</param>
    /// <returns>Missing when Σ ≤ 0 at every energy.</returns>
    public static Quantity Zero(OverlapSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Zero(section.AllAt, section.MostNumerousEnergy(), section);
    }

    /// <summary>The lowest energy at which minima exist: zero of the complexity of minima below its maximum.</summary>
    /// <param name="section">The landscape at an overlap.</param>
    /// <returns>Missing when minima are exponentially rare at every energy.</returns>
    public static Quantity ZeroOfMinima(OverlapSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        if (!(section.Minima().Complexity > 0))
        {
            return Quantity.Missing("minima at this overlap are exponentially rare at every energy");
        }

        // The curve of minima is unimodal: its maximum over all energies is positive, found where the shift of that optimum sits.
        double top = MaximumOfMinima(section);
        return Zero(section.MinimaAt, top, section);
    }

    private static Quantity Zero(Func<double, DominatingPoints> points, double top, OverlapSection section)
    {
        // A maximum within its rounding of zero is none: a landscape of few points has exactly zero there.
        var highest = points(top);
        if (!(highest.Complexity > highest.Error))
        {
            return Quantity.Missing("the complexity at this overlap is not positive at any energy");
        }

        double step = Math.Max(0.1, 0.1 * Math.Abs(top)), low = top - step;
        while (points(low).Complexity > 0)
        {
            step *= 2;
            low = top - step;
        }

        // The rounding of Σ over its slope, both at the zero itself: a low maximum makes a flat zero.
        var root = BracketedRoot.Find(energy => points(energy).Complexity, low, top);
        var there = points(root.Position);
        double slope = section.Slope(root.Position, there.Shift), width = slope > 0 ? there.Error / slope : Doubt(points, root.Position, top, 2 * there.Error);
        return Quantity.Of(root.Position, root.Error + width, How.Root);
    }

    // How far from a zero Σ stays within its rounding, where it is so flat that the rounding outweighs the slope: nearly a x^2, whose complexity is zero throughout the bulk.
    private static double Doubt(Func<double, DominatingPoints> points, double zero, double top, double rounding)
    {
        double step = Quantity.Unit * Math.Max(1, Math.Abs(zero));
        while (points(zero - step).Complexity > -rounding || (zero + step < top && points(zero + step).Complexity < rounding))
        {
            step *= 2;
        }

        return step;
    }

    private static double MaximumOfMinima(OverlapSection section)
    {
        // Minima are exponentially rare far below ground and far above the threshold; in between their complexity has one maximum.
        double high = section.MostNumerousEnergy(), low = section.EnergyAt(2 * Math.Max(2, section.ShiftOfFirstMinima));
        return FirstCrossing.Maximum(energy => section.MinimaAt(energy).Complexity, low, high);
    }
}

/// <summary>The pure spherical p-spin of Auffinger, Ben Arous and Černý: complexity of critical points below a level, by index.</summary>
/// <param name="order">p ≥ 3.</param>
public sealed class PureSpinComplexity(int order)
{
    private readonly double p = order >= 3 ? order : throw new ArgumentOutOfRangeException(nameof(order), order, "p must be an integer >= 3");

    /// <summary>E_∞ = 2 sqrt((p-1)/p): above -E_∞ critical points have extensive index.</summary>
    public double ThresholdLevel => 2 * Math.Sqrt((p - 1) / p);

    /// <summary>Θ_k(u): (1/N) log of the mean number of critical points of index k with H ≤ N u.</summary>
    /// <param name="index">k ≥ 0.</param>
    /// <param name="level">u, energy per N in the normalisation Q(x) = x^p.</param>
    /// <remarks>log(p-1)/2 - (p-2) u²/(4(p-1)) - (k+1) I_1(u) for u ≤ -E_∞, constant log(p-1)/2 - (p-2)/p above.</remarks>
    public double Theta(int index, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        double half = 0.5 * Math.Log(p - 1);
        return level >= -ThresholdLevel ? half - (p - 2) / p
            : half - (p - 2) / (4 * (p - 1)) * level * level - (index + 1) * Spectra.Semicircle.EigenvalueCost(-level * Math.Sqrt(p / (p - 1)));
    }

    /// <summary>Θ(u): (1/N) log of the mean number of critical points of any index with H ≤ N u.</summary>
    /// <param name="level">u.</param>
    public double ThetaOfAll(double level) =>
        level <= -ThresholdLevel ? Theta(0, level) : level <= 0 ? 0.5 * Math.Log(p - 1) - (p - 2) / (4 * (p - 1)) * level * level : 0.5 * Math.Log(p - 1);

    /// <summary>E_k &gt; 0: below -E_k no critical points of index k are found, Θ_k(-E_k) = 0.</summary>
    /// <param name="index">k ≥ 0.</param>
    public Quantity Level(int index)
    {
        double edge = ThresholdLevel;
        var root = BracketedRoot.Find(level => Theta(index, -level), edge * (1 + 1e-15), 2 * edge + Math.Sqrt(2 * Math.Log(p)), 4 * Quantity.Unit * (1 + Math.Log(p)));
        return Quantity.Of(root.Position, root.Error, How.Root);
    }
}
