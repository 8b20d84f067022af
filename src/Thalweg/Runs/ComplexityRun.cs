// The command "complexity": Kac-Rice curves against energy, with the kind of the points that dominate, Fig. 3.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
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
    public static Parameter<int> Indices { get; } = new("indices", "also the complexity of points with exactly 1 ... K negative eigenvalues, at --at-energy", Readers.Integer(0, 100), "0") { Needs = AtEnergy };

    /// <summary>Whether the replica calculation joins.</summary>
    public static Parameter<bool> Quenched { get; } = new("quenched", "also the typical (quenched) complexity, and its curve over overlaps beside the annealed one", Readers.Flag) { IsFlag = true };

    /// <summary>N of the exact count.</summary>
    public static Parameter<int> Dimension { get; } = new("n", "also the exact Kac-Rice count at this N, against all stationary points of drawn instances", Readers.Integer(2, 8));

    /// <summary>Instances to enumerate.</summary>
    public static Parameter<int> Trials { get; } = new("trials", "instances whose stationary points are enumerated, with --n", Readers.Integer(2, 1_000_000), "400") { Needs = Dimension };

    /// <inheritdoc/>
    public override string Command => "complexity";

    /// <inheritdoc/>
    public override string Summary => "Kac-Rice complexity against energy, with the kind of the dominating points: Fig. 3";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. ModelParameters.Several, Overlap, AtEnergy, Indices, EnergyRange, Points, Quenched, Dimension, Trials];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set) =>
        [.. ModelParameters.Effective(set, ModelParameters.InverseMatrixNoises), .. base.Effective(set).Where(pair => !ModelParameters.Several.Contains(pair.Parameter))];

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        long curves = set.IsGiven(ModelParameters.InverseMatrixNoises) ? set.Get(ModelParameters.InverseMatrixNoises).Length : 1;
        return curves * (200L * set.Get(Points) + (4096L + 512 * set.Get(Indices)) * (1 + (set.Has(AtEnergy) ? set.Get(AtEnergy).Length : 0)) + (set.IsGiven(Dimension) ? 128L * set.Get(Trials) : 0));
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        double overlap = set.Get(Overlap);
        double[] energies = set.Has(AtEnergy) ? set.Get(AtEnergy) : [];
        (double, double)? range = set.Has(EnergyRange) ? set.Get(EnergyRange) : null;
        bool quenched = set.IsOn(Quenched);
        var choices = ModelParameters.ReadSeveral(set);
        var rows = new List<Record>();
        var curves = new List<ComplexityCurve>();
        var overlaps = new List<(double InverseMatrixNoise, OverlapCurve Curve)>();
        string doubt = string.Empty;
        foreach (var choice in choices)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Progress?.Report(new((double)rows.Count / choices.Count, "curves"));
            var section = new OverlapSection(choice.Model, overlap);
            var row = Row(choice, section, energies, set.Get(Indices), quenched, context.Cancellation);
            if (quenched)
            {
                overlaps.Add((choice.InverseMatrixNoise, OverlapCurve.Of(choice.Model)));
            }

            if (set.IsGiven(Dimension))
            {
                var report = SmallCounts(choice.Model, set, context);
                row.Add("counts", report.Record);
                doubt = doubt.Length > 0 ? doubt : report.Sentence;
            }

            rows.Add(row);
            curves.Add(ComplexityCurve.Of(section, range, set.Get(Points)));
        }

        List<Table> tables = [Curves("curves", curves, [.. choices.Select(choice => choice.InverseMatrixNoise)])];
        if (quenched)
        {
            tables.Add(Table(overlaps));
        }

        var outcome = Outcome.Judged(new Record { { "rows", rows } }, tables, set.Get(CommonParameters.Tolerance));
        return doubt.Length > 0 ? outcome with { Status = Status.NotConverged, Sentence = doubt } : outcome;
    }

    /// <summary>The numbers of one landscape under the keys of the command-line contract.</summary>
    /// <param name="choice">The model.</param>
    /// <param name="section">It at an overlap.</param>
    /// <param name="energies">Total losses at which points are reported.</param>
    /// <param name="indices">How many indices are reported at each of them.</param>
    /// <param name="quenched">Whether the replica calculation joins.</param>
    /// <param name="cancellation">Ends the calculation early.</param>
    public static Record Row(ModelChoice choice, OverlapSection section, IReadOnlyList<double> energies, int indices, bool quenched, CancellationToken cancellation = default)
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
            { "complexity_at_threshold", Complexity(section.AllAt(threshold.Value)) },
            { "e_index1_to_minima", section.FirstMinimaEnergy() },
            { "e_zero", EnergyLevels.Zero(section) },
            { "e_zero_minima", EnergyLevels.ZeroOfMinima(section) },
            { "complexity_all_energies", Complexity(section.All()) },
            { "m_ml", overlap },
            { "e_ml", MaximumLikelihoodEvolution.Energy(choice.Model, overlap) },
        };
        if (choice.Model.Noise.IsPure && choice.Model.Noise.Powers[0] >= 3 && !choice.Model.IsPlanted)
        {
            row.Add("levels", Levels(choice.Model.Noise));
        }

        var typical = quenched ? new QuenchedComplexity(choice.Model) : null;
        if (typical is not null)
        {
            var point = typical.At(section.Overlap);
            row.Add("complexity_all_energies_quenched", point.Complexity);
            row.Add("overlap_of_zero_quenched", typical.LargestOverlap());
            row.Add("e_ageing", AgeingEnergy.Of(choice.Model.Noise).Energy);
        }

        if (energies.Count > 0)
        {
            row.Add("points", energies.Select(energy =>
            {
                cancellation.ThrowIfCancellationRequested();
                return Point(section, energy, indices, typical);
            }));
        }

        return row;
    }

    /// <summary>Curves one below the other as a table.</summary>
    /// <param name="name">The table's name.</param>
    /// <param name="curves">The curves.</param>
    /// <param name="inverseMatrixNoises">1/Δ_2 of each, the first column; null for a table of one model, which does without.</param>
    public static Table Curves(string name, IReadOnlyList<ComplexityCurve> curves, IReadOnlyList<double>? inverseMatrixNoises = null)
    {
        ArgumentNullException.ThrowIfNull(curves);
        double[] Joined(Func<ComplexityCurve, IEnumerable<double>> select) => [.. curves.SelectMany(select)];
        bool[] HasMinima() => [.. Joined(curve => curve.ComplexityOfMinima).Select(double.IsFinite)];
        Column[] first = inverseMatrixNoises is null ? [] : [new("inv_delta2", [.. curves.Zip(inverseMatrixNoises).SelectMany(pair => Enumerable.Repeat(pair.Second, pair.First.Energy.Length))])];
        return new(
            name,
            [
                .. first,
                new("energy", Joined(curve => curve.Energy)),
                new("complexity", Joined(curve => curve.Complexity)),
                new("complexity_minima", Joined(curve => curve.ComplexityOfMinima), HasMinima()),
                new("shift", Joined(curve => curve.Shift)),
                Column.Coded("kind", [.. curves.SelectMany(curve => curve.Kind.Select(kind => (int)kind))], ComplexityCurve.KindNames),
                new("complexity_error", Joined(curve => curve.Error)),
                new("complexity_minima_error", Joined(curve => curve.ErrorOfMinima), HasMinima()),
            ]);
    }

    private static Record Point(OverlapSection section, double energy, int indices, QuenchedComplexity? typical)
    {
        var all = section.AllAt(energy);
        var minima = section.MinimaAt(energy);
        var point = new Record
        {
            { "energy", energy },
            { "complexity", Complexity(all) },
            { "complexity_minima", Complexity(minima) },
            { "shift", Quantity.ClosedForm(all.Shift) },
            { "kind", ComplexityCurve.KindNames[(int)section.KindAt(all.Shift)] },
        };
        if (typical is not null)
        {
            point.Add("complexity_quenched", typical.At(section.Overlap, energy).Complexity);
        }

        if (indices > 0)
        {
            point.Add("complexity_index", Enumerable.Range(1, indices).Select(index => Complexity(section.IndexAt(energy, index))));
        }

        return point;
    }

    // The exact mean numbers of stationary points at small N beside the enumerated ones.
    private static (Record Record, string Sentence) SmallCounts(Model model, ParameterSet set, RunContext context)
    {
        int n = set.Get(Dimension), largest = model.Noise.Powers[^1];
        if (Math.Pow(n, largest) > 1e6)
        {
            throw new LimitException(FormattableString.Invariant($"--n {n} with a term of power {largest} stores {Math.Pow(n, largest):G3} numbers an instance; ask for a smaller --n"));
        }

        var report = FiniteSizeComparison.Of(model, n, set.Get(Trials), set.Get(CommonParameters.Seed), context: context);
        var record = new Record
        {
            { "n", n },
            { "trials", report.Complete },
            { "left_out", report.Incomplete },
            { "lines", report.Lines.Select(line => new Record { { "points", line.Name }, { "kac_rice", line.Theory }, { "enumerated", line.Enumeration }, { "deviation", line.Deviation } }) },
        };
        return (record, report.Sentence);
    }

    private static Table Table(List<(double InverseMatrixNoise, OverlapCurve Curve)> curves) => new(
        "overlaps",
        new Column("inv_delta2", [.. curves.SelectMany(item => Enumerable.Repeat(item.InverseMatrixNoise, item.Curve.Overlap.Length))]),
        new Column("overlap", [.. curves.SelectMany(item => item.Curve.Overlap)]),
        new Column("annealed", [.. curves.SelectMany(item => item.Curve.Annealed)]),
        Column.Of("quenched", [.. curves.SelectMany(item => item.Curve.Quenched)]),
        new Column("quenched_error", [.. curves.SelectMany(item => item.Curve.Quenched.Select(quantity => quantity.Error))], [.. curves.SelectMany(item => item.Curve.Quenched.Select(quantity => quantity.Exists))]));

    // The levels E_0 ... E_4 of a pure model Q = a x^p: those of Q = x^p times sqrt(a).
    private static IEnumerable<Quantity> Levels(Covariance noise)
    {
        var pure = new PureSpinComplexity(noise.Powers[0]);
        double scale = Math.Sqrt(noise.Coefficients[0]);
        return Enumerable.Range(0, 5).Select(k => pure.Level(k).Map(level => -scale * level, scale));
    }

    private static Quantity Complexity(DominatingPoints points) =>
        double.IsFinite(points.Complexity) ? Quantity.Of(points.Complexity, points.Error, How.ClosedForm) : Quantity.Missing("no such point exists: at fixed energy the Hessian's bulk is fixed too and reaches below zero");
}
