// The command "simulate": gradient flow of drawn instances laid over the two-time curves, eq. (4) beside eqs. (8)-(11).
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Instances;
using Thalweg.Models;
using Thalweg.Numerics;
using Thalweg.Results;
using Thalweg.StateEvolution;
using Thalweg.TwoTime;

namespace Thalweg.Runs.FiniteSize;

/// <summary>Finite-N gradient flow, gradient descent or Langevin dynamics, one instance a trial, with the curves of N = infinity.</summary>
public sealed class SimulateRun : Run
{
    /// <summary>Words of <see cref="Method"/>.</summary>
    public const string Accurate = "flow", Stabilised = "chebyshev", Descent = "descent";

    private const string Random = "random", Side = "side", Domain = $"a number in (0, 1), {Random} or {Side}";
    private const double Growth = 6, TheoryTolerance = 1e-5, Outside = 3, FarOutside = 5;
    private const int Rows = 60, Kept = 100;

    /// <summary>The end.</summary>
    public static Parameter<double> Time { get; } = new("t", "time to reach", Readers.Number(1e-2, 1e6), "50");

    /// <summary>m(0).</summary>
    public static Parameter<string> Start { get; } = new("m0", $"overlap at the start; {Random}: a random configuration; {Side}: the same, turned to the side of the signal", Readers.Words(Domain, ReadStart), Random);

    /// <summary>T.</summary>
    public static Parameter<double> Temperature { get; } = new("temperature", "temperature of the bath; 0 is gradient flow", Readers.Number(0, 1e6), "0");

    /// <summary>How the flow is followed.</summary>
    public static Parameter<string> Method { get; } = new(
        "method", $"{Accurate}: order five, error control; {Stabilised}: a stabilised method for long plateaus; {Descent}: gradient descent with --step", Readers.Choice(Accurate, Stabilised, Descent), Accurate);

    /// <summary>The step of gradient descent and of Langevin dynamics.</summary>
    public static Parameter<double> Step { get; } = new("step", "time step of gradient descent and of Langevin dynamics", Readers.Number(1e-6, 10), "0.05");

    /// <summary>Times to report.</summary>
    public static Parameter<double[]> At { get; } = new("at", "times to report, up to --t", Readers.Numbers(0, 1e6));

    /// <summary>The number of the first trial.</summary>
    public static Parameter<int> FirstTrial { get; } = new("first-trial", "number of the first trial: a trial is a function of the seed and its number, so that it can be run again alone", Readers.Integer(0, 1_000_000_000), "0");

    /// <summary>Further sizes.</summary>
    public static Parameter<double[]> Trend { get; } = new("trend", "further values of --n, or of --diluted where that is given, to extrapolate from; smaller --n get more trials", Readers.Numbers(2, DilutedInstance.LargestDimension));

    /// <summary>The error of a step.</summary>
    public static Parameter<double> Tolerance { get; } = new("tol", "error of a step of the flow, as a distance on the sphere", Readers.Number(1e-12, 1e-2), "1e-6");

    /// <inheritdoc/>
    public override string Command => "simulate";

    /// <inheritdoc/>
    public override string Summary => "gradient flow at finite N over the two-time curves";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. ModelParameters.One, .. InstanceParameters.All, FirstTrial, Trend, Time, Start, At, Temperature, Method, Step, Tolerance, .. RecordParameters.All];

    /// <inheritdoc/>
    public override bool CanResume => true;

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        RecordParameters.Check(set);
        bool steps = set.Get(Temperature) > 0 || set.Get(Method) == Descent;
        if (set.IsGiven(Step) && !steps)
        {
            throw new BadInputException($"--step {set.Text(Step)}: gradient flow chooses its steps by --tol: leave out --step, or use --method {Descent}");
        }

        if (set.Get(Temperature) > 0 && set.IsGiven(Method))
        {
            throw new BadInputException($"--method {set.Text(Method)}: at a temperature the walk is Langevin dynamics with --step: leave out --method");
        }

        return [.. ModelParameters.Effective(set, ModelParameters.InverseMatrixNoise), .. base.Effective(set).Where(pair => !ModelParameters.One.Contains(pair.Parameter) && InstanceParameters.IsEffective(pair.Parameter, set) && (pair.Parameter != Step || steps) && (pair.Parameter != Method || set.Get(Temperature) == 0))];
    }

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var model = ModelParameters.Read(set).Model;
        return SimulatedGroup.MemoryForecast(set, model, (5 + model.Noise.Powers.Length) * (Rows + Kept)) + RecordParameters.MemoryForecast(set, model, Rows + 1) + 40_000_000;
    }

    /// <summary>m(0), or null for a random start.</summary>
    /// <param name="set">The values.</param>
    internal static double? StartOf(ParameterSet set) => set.Get(Start) is Random or Side ? null : double.Parse(set.Get(Start), CultureInfo.InvariantCulture);

    /// <summary>Whether a random configuration is turned to the side of the signal.</summary>
    /// <param name="set">The values.</param>
    internal static bool IsOnSide(ParameterSet set) => set.Get(Start) == Side;

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        Effective(set);
        var model = ModelParameters.Read(set).Model;
        if (!model.IsPlanted && set.Get(Start) != Random)
        {
            throw new BadInputException($"--m0 has no effect: nothing is planted; use --planted, or --m0 {Random}");
        }

        double end = set.Get(Time);
        double[] at = set.IsGiven(At) ? set.Get(At) : [];
        foreach (double t in at.Where(t => t > end))
        {
            throw new BadInputException(FormattableString.Invariant($"--at {t}: must be a time up to --t {end}"));
        }

        // A walk of fixed steps stands at multiples of its step alone.
        double step = set.Get(Temperature) > 0 || set.Get(Method) == Descent ? set.Get(Step) : 0;
        at = [.. at.Select(t => OnGrid(t, step))];
        double[] waiting = RecordParameters.WaitingTimes(set, OnGrid(end, step), t => OnGrid(t, step));
        double[] times = [.. Enumerable.Range(0, Rows + 1).Select(i => i == Rows ? end : end * (PortableMath.Exp(Growth * i / Rows) - 1) / (PortableMath.Exp(Growth) - 1)).Select(t => OnGrid(t, step)).Concat(at).Concat(waiting).Distinct().Order()];
        var plan = new RecordPlan(set, times, waiting, at);
        var groups = SimulatedGroup.Of(set);
        var trials = new Simulation(groups, model, times, plan).Run(context);
        context.Progress?.Report(new(1, "the two-time equations"));
        var theory = Theory(set, model, times[^1], context);
        return Report(set, model, times, at, groups, trials, theory, new(model, times, trials[0], set.Get(FirstTrial), theory, plan));
    }

    // The first multiple of the step at or after a time; the time itself for a walk that chooses its steps.
    private static double OnGrid(double t, double step) => step == 0 ? t : Math.Ceiling((t / step) - 1e-9) * step;

    private static TwoTimeDynamics Theory(ParameterSet set, Model model, double end, RunContext context)
    {
        // A random configuration of N components has an overlap of N^-1/2 in the square mean.
        double? start = model.IsPlanted ? Math.Log(StartOf(set) ?? 1 / Math.Sqrt(set.Get(InstanceParameters.Dimension))) : null;
        return TwoTimeDynamics.Solve(new TwoTimeProblem(model, set.Get(Temperature), null, start), end, TheoryTolerance, threads: context.Threads, cancellation: context.Cancellation);
    }

    private static Outcome Report(ParameterSet set, Model model, double[] times, double[] at, IReadOnlyList<SimulatedGroup> groups, IReadOnlyList<SimulatedTrial>[] all, TwoTimeDynamics theory, RecordReport records)
    {
        var trials = all[0];
        var overlap = new SimulatedCurve(times, trials, trial => trial.Overlap, model.IsPlanted ? theory.Overlap : null, theory.LastTime);
        var energy = new SimulatedCurve(times, trials, trial => trial.Energy, theory.Energy, theory.LastTime);
        var multiplier = new SimulatedCurve(times, trials, trial => trial.Multiplier, theory.Multiplier, theory.LastTime);
        var gradient = new SimulatedCurve(times, trials, trial => trial.GradientNorm, null, 0);
        var fixedPoint = MaximumLikelihoodEvolution.SignalOverlap(model);
        var escape = new EscapeStatistics(times, fixedPoint, set.Get(CommonParameters.Seed));
        var result = new Record
        {
            { "trials", trials.Count },
            { "success", escape.Success(trials) },
            { "anti_aligned", escape.AntiAligned(trials) },
            { "escape_time", escape.EscapeTime(trials) },
            { "at", at.Select(t => Array.IndexOf(times, t)).Select(row => records.WithLowest(Point(row), row)).ToList() },
            { "final", Point(times.Length - 1) },
            { "m_ml", fixedPoint },
        };
        AddDeviations(result, [.. energy.Deviations, .. multiplier.Deviations]);
        result.Add("gradients", Quantity.Of(trials.Average(trial => trial.Gradients), 0, How.Simulation));
        records.AddTo(result);
        var tables = new List<Table> { Curves(), All() };
        tables.AddRange(records.Tables());
        if (groups.Count > 1)
        {
            var trend = new SimulationTrend(SimulatedGroup.Varied(set).Name, groups, all, times, model, theory, !model.IsPlanted || StartOf(set) is not null);
            result.Add("trend", trend.Report(at, escape));
            tables.AddRange(trend.Tables());
        }

        SimulatedTrial[] every = [.. all.SelectMany(own => own)];
        int failed = every.Count(trial => trial.Sentence.Length > 0);
        string sentence = failed > 0 ? $"{failed} of {every.Length} trials are not what was asked for: {every.First(trial => trial.Sentence.Length > 0).Sentence}"
            : theory.LastTime < times[^1] ? "the curves of infinite N ended early: " + theory.Sentence
            : string.Empty;
        return new(sentence.Length == 0 ? Status.Converged : Status.NotConverged, sentence, result, tables);

        Record Point(int row) => new()
        {
            { "t", times[row] },
            { "m", model.IsPlanted ? overlap.Mean[row] : Quantity.Missing("nothing is planted, so there is no overlap") },
            { "m_se", model.IsPlanted ? overlap.Spread(row) : Quantity.Missing("nothing is planted, so there is no overlap") },
            { "energy", energy.Mean[row] },
            { "energy_se", energy.Spread(row) },
            { "mu", multiplier.Mean[row] },
            { "gradient_norm", gradient.Mean[row] },
            { "m_two_time", overlap.Theory[row] },
            { "energy_two_time", energy.Theory[row] },
            { "mu_two_time", multiplier.Theory[row] },
        };

        Table Curves()
        {
            var columns = new List<Column> { new("t", times) };
            foreach (var (name, curve) in new[] { ("m", overlap), ("energy", energy), ("mu", multiplier), ("gradient_norm", gradient) }.Where(pair => model.IsPlanted || pair.Item1 != "m"))
            {
                columns.Add(Column.Of(name, curve.Mean));
                columns.Add(new(name + "_se", [.. curve.Mean.Select(mean => mean.Error)], [.. curve.Mean.Select(mean => mean.Exists)]));
                if (name != "gradient_norm")
                {
                    columns.Add(Column.Of(name + "_two_time", curve.Theory));
                }
            }

            columns.AddRange(records.MeanColumns());
            return new("times", columns);
        }

        Table All() => new(
            "trials",
            [new Column("trial", [.. trials.SelectMany((trial, k) => Enumerable.Repeat((double)(set.Get(FirstTrial) + k), trial.Count))]),
            new Column("t", [.. trials.SelectMany(trial => times[..trial.Count])]),
            new Column("m", [.. trials.SelectMany(trial => trial.Overlap)]),
            new Column("energy", [.. trials.SelectMany(trial => trial.Energy)]),
            new Column("mu", [.. trials.SelectMany(trial => trial.Multiplier)]),
            new Column("gradient_norm", [.. trials.SelectMany(trial => trial.GradientNorm)]), .. records.TrialColumns()]);
    }

    /// <summary>Adds how far means are from theory: the largest deviation, how many exceed three and five standard errors, how many there are.</summary>
    /// <param name="record">Receives them.</param>
    /// <param name="deviations">In standard errors.</param>
    internal static void AddDeviations(Record record, IReadOnlyCollection<double> deviations)
    {
        record.Add("largest_deviation", deviations.Count > 0 ? Quantity.Of(deviations.Max(), 0, How.Simulation) : Quantity.Missing("there is nothing to compare with"));
        record.Add("outside_3", deviations.Count(deviation => deviation > Outside));
        record.Add("outside_5", deviations.Count(deviation => deviation > FarOutside));
        record.Add("compared", deviations.Count);
    }

    private static string ReadStart(string text) => text is Random or Side ? text
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is > 0 and < 1 ? Readers.Text(value)
        : throw new FormatException("must be " + Domain + (text == "0" ? "; m = 0 exactly is not what a random start has" : string.Empty));
}
