// A complexity curve against energy at one overlap: all points, minima, bulk shift, kind and rounding error.
using System;
using System.Collections.Generic;

namespace Thalweg.Complexity;

/// <summary>Σ(e) sampled on a uniform grid of total losses.</summary>
public sealed class ComplexityCurve
{
    private ComplexityCurve(int points)
    {
        Energy = new double[points];
        Complexity = new double[points];
        ComplexityOfMinima = new double[points];
        Shift = new double[points];
        Kind = new StationaryKind[points];
        Error = new double[points];
        ErrorOfMinima = new double[points];
    }

    /// <summary>The words for <see cref="StationaryKind"/> in results, by its integer value.</summary>
    public static IReadOnlyList<string> KindNames { get; } = ["extensive index", "index one", "minimum"];

    /// <summary>[point] e, ascending.</summary>
    public double[] Energy { get; }

    /// <summary>[point] Σ of all stationary points.</summary>
    public double[] Complexity { get; }

    /// <summary>[point] Σ of minima; negative infinity where none exist.</summary>
    public double[] ComplexityOfMinima { get; }

    /// <summary>[point] t of the dominating points, descending.</summary>
    public double[] Shift { get; }

    /// <summary>[point] what the dominating points are.</summary>
    public StationaryKind[] Kind { get; }

    /// <summary>[point] bound on the rounding error of <see cref="Complexity"/>.</summary>
    public double[] Error { get; }

    /// <summary>[point] bound on the rounding error of <see cref="ComplexityOfMinima"/>.</summary>
    public double[] ErrorOfMinima { get; }

    /// <summary>Samples a section.</summary>
    /// <param name="section">The landscape at an overlap.</param>
    /// <param name="range">First and last total loss; null for the stretch from a little below the zero of Σ to its maximum.</param>
    /// <param name="points">At least 2.</param>
    public static ComplexityCurve Of(OverlapSection section, (double First, double Last)? range, int points)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        var (first, last) = range ?? Stretch(section);
        var curve = new ComplexityCurve(points);
        for (int i = 0; i < points; i++)
        {
            double energy = i == points - 1 ? last : first + (last - first) * i / (points - 1);
            DominatingPoints all = section.AllAt(energy), minima = section.MinimaAt(energy);
            curve.Energy[i] = energy;
            curve.Complexity[i] = all.Complexity;
            curve.ComplexityOfMinima[i] = minima.Complexity;
            curve.Shift[i] = all.Shift;
            curve.Kind[i] = section.KindAt(all.Shift);
            curve.Error[i] = all.Error;
            curve.ErrorOfMinima[i] = minima.Error;
        }

        return curve;
    }

    private static (double First, double Last) Stretch(OverlapSection section)
    {
        var zero = EnergyLevels.Zero(section);
        double top = section.MostNumerousEnergy(), bottom = zero.Exists ? zero.Value : section.EnergyAt(Math.Max(3, 1.5 * section.ShiftOfFirstMinima));
        double margin = 0.02 * (top - bottom);
        return (bottom - margin, top + margin);
    }
}
