// Annealed and quenched complexity of all stationary points against the overlap with the signal.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.StateEvolution;

namespace Thalweg.Complexity;

/// <summary>sup over energies of Σ at overlaps from zero to beyond the signal's minimum.</summary>
public sealed class OverlapCurve
{
    private const int Points = 160;

    private OverlapCurve(double[] overlap, double[] annealed, IReadOnlyList<Quantity> quenched)
    {
        Overlap = overlap;
        Annealed = annealed;
        Quenched = quenched;
    }

    /// <summary>[point] m, ascending from 0.</summary>
    public double[] Overlap { get; }

    /// <summary>[point] the annealed supremum, an upper bound.</summary>
    public double[] Annealed { get; }

    /// <summary>[point] the typical value while its branch lasts; beyond, the reason why there is none.</summary>
    public IReadOnlyList<Quantity> Quenched { get; }

    /// <summary>The curves of a model.</summary>
    /// <param name="model">The landscape.</param>
    public static OverlapCurve Of(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var signal = MaximumLikelihoodEvolution.SignalOverlap(model);
        double last = signal.Exists ? Math.Min(0.999, 1.1 * signal.Value) : 0.9;
        double[] overlaps = [.. Enumerable.Range(0, Points).Select(i => last * i / (Points - 1))];
        return new(overlaps, [.. overlaps.Select(m => new OverlapSection(model, m).All().Complexity)], [.. new QuenchedComplexity(model).Curve(overlaps).Select(point => point.Complexity)]);
    }
}
