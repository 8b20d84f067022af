// The command "analyze": the whole answer for one model - regime, thresholds, landscape, spectrum and dynamics.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Spectra;
using Thalweg.StateEvolution;
using Thalweg.Thresholds;

namespace Thalweg.Runs;

/// <summary>Everything known of one model on one page.</summary>
public sealed class AnalyzeRun : Run
{
    private const int PointsOfCurves = 400, PointsOfLines = 60;

    // Decades that the dynamics runs, in units of the faster of the two rates that drive it. The solver counts time from one on, so that rates far from one take long; between these a page is drawn in seconds.
    private const double DecadesOfPlanted = 3, DecadesOfUnplanted = 4, SlowestRate = 1e-3, FastestRate = 20;
    private const string ErrorOfDynamics = "1e-4";

    /// <inheritdoc/>
    public override string Command => "analyze";

    /// <inheritdoc/>
    public override string Summary => "the whole answer for one model: regime, thresholds, complexity, Hessian, dynamics";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. ModelParameters.One, PhaseRun.Temperature];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set) =>
        [.. ModelParameters.Effective(set, ModelParameters.InverseMatrixNoise), .. base.Effective(set).Where(pair => !ModelParameters.One.Contains(pair.Parameter))];

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set) => ForDynamics(set, ModelParameters.Read(set).Model) is { } options ? new DynamicsRun().MemoryForecast(options) : 0;

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        var choice = ModelParameters.Read(set);
        var diagram = new PhaseDiagram(choice.Family, set.Get(PhaseRun.Temperature));
        var section = new OverlapSection(choice.Model, 0);
        var spectrum = new HessianSpectrum(choice.Model, 0, 2);
        var tables = new List<Table> { Curve("curves", section, null), Curve("threshold", section, Window(section)), HessianRun.Density(spectrum, PointsOfCurves + 1) };
        if (choice.Spiked is { } spiked && choice.Model.IsPlanted)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            tables.Add(new PhaseRun().Execute(set.With((PhaseRun.TensorNoises, Around(spiked.TensorNoise)), (ModelParameters.InverseMatrixNoise, null), (ModelParameters.MatrixNoise, null)), context).Table("phase"));
        }

        var result = new Record
        {
            { "model", choice.Model.Name },
            { "regime", Regime(diagram, choice.InverseMatrixNoise) },
            { "thresholds", PhaseRun.Row(choice.Spiked?.TensorNoise, diagram) },
            { "complexity", ComplexityRun.Row(choice, section, [], 0, quenched: false) },
            { "hessian", HessianRun.Result(spectrum) },
            { "signal", Signal(choice) },
        };

        // The tolerance of the page is for closed forms, roots and quadratures; the dynamics has its own, and its own status.
        var statics = Outcome.Judged(result, tables, set.Get(CommonParameters.Tolerance));
        if (ForDynamics(set, choice.Model) is not { } options)
        {
            result.Add("dynamics", new Datum.Absent(FormattableString.Invariant($"the rate of this model, {Rate(choice.Model):G3}, lies outside [{SlowestRate}, {FastestRate}], where the dynamics takes seconds: run the command dynamics with a --t of your own")));
            return statics;
        }

        var dynamics = new DynamicsRun().Execute(options, new() { Progress = context.Progress, Cancellation = context.Cancellation, Threads = context.Threads });
        var part = new Record { { "status", Words.Of(dynamics.Status) } };
        if (dynamics.Sentence.Length > 0)
        {
            part.Add("why", dynamics.Sentence);
        }

        foreach (var (key, datum) in dynamics.Result)
        {
            part.Add(key, datum);
        }

        result.Add("dynamics", part);
        tables.AddRange(dynamics.Tables);
        return statics.Status != Status.Converged || dynamics.Status == Status.Converged ? statics : statics with { Status = dynamics.Status, Sentence = "dynamics: " + dynamics.Sentence };
    }

    private static double Rate(Model model) => Math.Max(Math.Sqrt(model.Noise.CurvatureAtOne), model.Signal.CurvatureAtZero);

    // The command "dynamics" for the same model, at zero temperature, to a power of ten; null where that would take long.
    private static ParameterSet? ForDynamics(ParameterSet set, Model model)
    {
        double rate = Rate(model), decades = model.IsPlanted ? DecadesOfPlanted : DecadesOfUnplanted;
        return rate is >= SlowestRate and <= FastestRate
            ? set.With((PhaseRun.Temperature, null), (DynamicsRun.Time, FormattableString.Invariant($"1e{Math.Round(decades - Math.Log10(rate))}")), (DynamicsRun.Tolerance, ErrorOfDynamics))
            : null;
    }

    // Where the flow ends when it finds the signal, where it may end instead, and what the best estimator reaches.
    private static Record Signal(ModelChoice choice)
    {
        Quantity aligned = MaximumLikelihoodEvolution.SignalOverlap(choice.Model), anti = MaximumLikelihoodEvolution.AntiAlignedOverlap(choice.Model);
        if (anti.Exists && !MaximumLikelihoodEvolution.IsMinimum(choice.Model, anti.Value))
        {
            anti = Quantity.Missing("the anti-aligned stationary point is a saddle");
        }

        return new()
        {
            { "m_ml", aligned },
            { "e_ml", MaximumLikelihoodEvolution.Energy(choice.Model, aligned) },
            { "shift_ml", MaximumLikelihoodEvolution.Shift(choice.Model, aligned) },
            { "m_anti_aligned", anti },
            { "e_anti_aligned", MaximumLikelihoodEvolution.Energy(choice.Model, anti) },
            { "m_bayes", choice.Model.IsPlanted ? BayesEvolution.Optimal(choice.Model.Noise) : Quantity.Missing("nothing is planted: there is no signal") },
        };
    }

    private static Record Regime(PhaseDiagram diagram, double inverseMatrixNoise)
    {
        var (name, why) = diagram.Regime(inverseMatrixNoise);
        return name is null ? new() { { "value", new Datum.Absent(why) } } : new() { { "value", name }, { "why", why } };
    }

    // The stretch of Δ_p that the phase diagram shows; at an end of the domain it ends with the domain.
    private static string Around(double tensorNoise) =>
        FormattableString.Invariant($"{Math.Max(tensorNoise / 20, SpikedMatrixTensor.SmallestNoise):R}:{Math.Min(4 * tensorNoise, SpikedMatrixTensor.LargestNoise):R}:{PointsOfLines}");

    // Some nine times the stretch between the zero of the complexity and the threshold: there the kinds of points take turns, and all is over within a thousandth.
    private static (double First, double Last) Window(OverlapSection section)
    {
        double threshold = section.ThresholdEnergy().Value;
        var zero = EnergyLevels.Zero(section);
        double gap = zero.Exists ? Math.Abs(threshold - zero.Value) : 0, unit = gap > 1e-9 * Math.Abs(threshold) ? gap : 0.002 * Math.Abs(threshold);
        return (threshold - 3 * unit, threshold + 6 * unit);
    }

    private static Table Curve(string name, OverlapSection section, (double First, double Last)? range) => ComplexityRun.Curves(name, [ComplexityCurve.Of(section, range, PointsOfCurves)]);
}
