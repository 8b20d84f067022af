// The command "complexity": Kac-Rice curves against energy, with the kind of the points that dominate, Fig. 3.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.StateEvolution;

namespace Thalweg.Runs;

/// <summary>Kac-Rice curves; Fig. 3.</summary>
public sealed class ComplexityRun : Run
{
    /// <summary>m.</summary>
    public static Parameter<double> Overlap { get; } = new("overlap", "overlap with the signal of the points counted", Readers.NumberInside(-1, 1, "at m = 1 there is a single point"), "0");

    /// <summary>Energies at which points are reported.</summary>
    public static Parameter<double[]> AtEnergy { get; } = new("at-energy", "total losses at which every complexity is reported", Readers.Numbers(-1e12, 1e12));

    /// <summary>Points of a curve.</summary>
    public static Parameter<int> Points { get; } = new("points", "points of a curve", Readers.Integer(2, 1_000_000), "400");

    /// <summary>The energies of the curves.</summary>
    public static Parameter<(double First, double Last)> EnergyRange { get; } = new("energy-range", "total losses first:last of the curves (default: from below the zero of the complexity to its maximum)", Readers.Range);

    /// <summary>How many indices are reported.</summary>
    public static Parameter<int> Indices { get; } = new("indices", "also the complexity of points with exactly 1 ... K negative eigenvalues, at --at-energy", Readers.Integer(0, 100), "0");

    /// <inheritdoc/>
    public override string Command => "complexity";

    /// <inheritdoc/>
    public override string Summary => "Kac-Rice complexity against energy, with the kind of the dominating points: Fig. 3";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. ModelParameters.Several, Overlap, AtEnergy, Indices, EnergyRange, Points];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set) =>
        [.. ModelParameters.Effective(set, ModelParameters.InverseMatrixNoises), .. base.Effective(set).Where(pair => !ModelParameters.Several.Contains(pair.Parameter))];

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        long curves = set.IsGiven(ModelParameters.InverseMatrixNoises) ? set.Get(ModelParameters.InverseMatrixNoises).Length : 1;
        return curves * (200L * set.Get(Points) + 4096 * (1 + (set.Has(AtEnergy) ? set.Get(AtEnergy).Length : 0)));
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        double overlap = set.Get(Overlap);
        double[] energies = set.Has(AtEnergy) ? set.Get(AtEnergy) : [];
        (double, double)? range = set.Has(EnergyRange) ? set.Get(EnergyRange) : null;
        var choices = ModelParameters.ReadSeveral(set);
        var rows = new List<Record>();
        var curves = new List<(double InverseMatrixNoise, ComplexityCurve Curve)>();
        foreach (var choice in choices)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Progress?.Report(new((double)rows.Count / choices.Count, "curves"));
            var section = new OverlapSection(choice.Model, overlap);
            rows.Add(Row(choice, section, energies, set.Get(Indices)));
            curves.Add((choice.InverseMatrixNoise, ComplexityCurve.Of(section, range, set.Get(Points))));
        }

        return Outcome.Judged(new Record { { "rows", rows } }, [Table(curves)], set.Get(CommonParameters.Tolerance));
    }

    /// <summary>The numbers of one landscape under the keys of the command-line contract.</summary>
    /// <param name="choice">The model.</param>
    /// <param name="section">It at an overlap.</param>
    /// <param name="energies">Total losses at which points are reported.</param>
    /// <param name="indices">How many indices are reported at each of them.</param>
    public static Record Row(ModelChoice choice, OverlapSection section, IReadOnlyList<double> energies, int indices)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(energies);
        var threshold = section.ThresholdEnergy();
        var overlap = MaximumLikelihoodEvolution.SignalOverlap(choice.Model);
        var row = new Record
        {
            { "inv_delta2", choice.InverseMatrixNoise },
            { "overlap", section.Overlap },
            { "theta", Quantity.ClosedForm(section.SpikeStrength) },
            { "e_threshold", threshold },
            { "complexity_at_threshold", Complexity(section, threshold.Value, section.AllAt(threshold.Value).Complexity) },
            { "e_index1_to_minima", section.FirstMinimaEnergy() },
            { "e_zero", EnergyLevels.Zero(section) },
            { "e_zero_minima", EnergyLevels.ZeroOfMinima(section) },
            { "m_ml", overlap },
            { "e_ml", MaximumLikelihoodEvolution.Energy(choice.Model, overlap) },
        };
        if (choice.Model.Noise.IsPure && choice.Model.Noise.Powers[0] >= 3 && !choice.Model.IsPlanted)
        {
            row.Add("levels", Levels(choice.Model.Noise));
        }

        if (energies.Count > 0)
        {
            row.Add("points", energies.Select(energy => Point(section, energy, indices)));
        }

        return row;
    }

    private static Record Point(OverlapSection section, double energy, int indices)
    {
        var all = section.AllAt(energy);
        var minima = section.MinimaAt(energy);
        var point = new Record
        {
            { "energy", energy },
            { "complexity", Complexity(section, energy, all.Complexity) },
            { "complexity_minima", Complexity(section, energy, minima.Complexity) },
            { "shift", Quantity.ClosedForm(all.Shift) },
            { "kind", ComplexityCurve.KindNames[(int)section.KindAt(all.Shift)] },
        };
        if (indices > 0)
        {
            point.Add("complexity_index", Enumerable.Range(1, indices).Select(index => Complexity(section, energy, section.IndexAt(energy, index).Complexity)));
        }

        return point;
    }

    // The levels E_0 ... E_4 of a pure model Q = a x^p: those of Q = x^p times sqrt(a).
    private static IEnumerable<Quantity> Levels(Covariance noise)
    {
        var pure = new PureSpinComplexity(noise.Powers[0]);
        double scale = Math.Sqrt(noise.Coefficients[0]);
        return Enumerable.Range(0, 5).Select(k => pure.Level(k).Map(level => -scale * level, scale));
    }

    private static Quantity Complexity(OverlapSection section, double energy, double value) =>
        double.IsFinite(value) ? Quantity.Of(value, section.Rounding(energy), How.ClosedForm) : Quantity.Missing("no such point exists: at fixed energy the Hessian's bulk is fixed too and reaches below zero");

    private static Table Table(List<(double InverseMatrixNoise, ComplexityCurve Curve)> curves) => new(
        "curves",
        new Column("inv_delta2", [.. curves.SelectMany(item => Enumerable.Repeat(item.InverseMatrixNoise, item.Curve.Energy.Length))]),
        new Column("energy", [.. curves.SelectMany(item => item.Curve.Energy)]),
        new Column("complexity", [.. curves.SelectMany(item => item.Curve.Complexity)]),
        new Column("complexity_minima", [.. curves.SelectMany(item => item.Curve.ComplexityOfMinima)], [.. curves.SelectMany(item => item.Curve.ComplexityOfMinima.Select(double.IsFinite))]),
        new Column("shift", [.. curves.SelectMany(item => item.Curve.Shift)]),
        Column.Coded("kind", [.. curves.SelectMany(item => item.Curve.Kind.Select(kind => (int)kind))], ComplexityCurve.KindNames),
        new Column("error", [.. curves.SelectMany(item => item.Curve.Error)]));
}
