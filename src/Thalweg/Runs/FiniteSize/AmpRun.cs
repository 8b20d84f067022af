// The command "amp": message passing on drawn instances against its state evolution.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.MessagePassing;
using Thalweg.Models;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Statistics;
using Thalweg.Numerics.Threads;
using Thalweg.Results;
using Thalweg.StateEvolution;

namespace Thalweg.Runs.FiniteSize;

/// <summary>ML-AMP or Bayes-AMP, one instance a trial, from an overlap that is exact at the start.</summary>
public sealed class AmpRun : Run
{
    private const string Likelihood = "ml", Bayes = "bayes", StateTrials = "trials", StateOverlaps = "overlaps", StateLengths = "lengths";
    private const double Outside = 3, FarOutside = 5;

    /// <summary>Which algorithm.</summary>
    public static Parameter<string> Kind { get; } = new("kind", $"{Likelihood}: the maximum of the likelihood, a minimum of the loss; {Bayes}: the mean of the posterior", Readers.Choice(Likelihood, Bayes), Likelihood);

    /// <summary>How many iterations.</summary>
    public static Parameter<int> Iterations { get; } = new("iterations", "iterations of every trial", Readers.Integer(1, 10_000), "30");

    /// <summary>m(0).</summary>
    public static Parameter<double> Start { get; } = new("m0", "overlap with the signal at the start", Readers.NumberInside(0, 1, "m = 0 is a fixed point, and m = 1 has nothing to find"), "0.1");

    /// <summary>d.</summary>
    public static Parameter<double> Damping { get; } = new("damping", "share of the last field that is kept at each iteration; state evolution holds for 0", Readers.Number(0, 0.99), "0");

    /// <summary>When a trial has settled.</summary>
    public static Parameter<double> Tolerance { get; } = new("tol", "a trial has converged when its estimate changes by less", Readers.Number(1e-12, 0.1), "1e-4");

    /// <inheritdoc/>
    public override string Command => "amp";

    /// <inheritdoc/>
    public override string Summary => "message passing on drawn instances against its state evolution";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. ModelParameters.One, .. InstanceParameters.All, Kind, Iterations, Start, Damping, Tolerance];

    /// <inheritdoc/>
    public override bool CanResume => true;

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set) =>
        [.. ModelParameters.Effective(set, ModelParameters.InverseMatrixNoise), .. base.Effective(set).Where(pair => !ModelParameters.One.Contains(pair.Parameter) && InstanceParameters.IsEffective(pair.Parameter, set))];

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return InstanceParameters.MemoryForecast(set, ModelParameters.Read(set).Model) + 16L * set.Get(InstanceParameters.Trials) * (set.Get(Iterations) + 1) + 80L * set.Get(InstanceParameters.Dimension);
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        var model = ModelParameters.Read(set).Model;
        if (!model.IsPlanted)
        {
            throw new BadInputException("--no-planted: message passing estimates a signal, and there is none; " + (set.IsOn(ModelParameters.NotPlanted) ? "leave out --no-planted" : "add --planted"));
        }

        var kind = set.Get(Kind) == Bayes ? MessagePassingKind.Bayes : MessagePassingKind.MaximumLikelihood;
        int trials = set.Get(InstanceParameters.Trials), iterations = set.Get(Iterations), n = set.Get(InstanceParameters.Dimension);
        var finished = Restore(context.Checkpoints?.Start, iterations);
        var algorithm = new MessagePassingAlgorithm(model, kind, set.Get(Damping));
        double[] direction = new double[n], start = new double[n];
        using var team = new ThreadTeam(context.Threads);
        for (int trial = finished.Count; trial < trials; trial++)
        {
            context.Progress?.Report(new((double)trial / trials, $"trial {trial + 1} of {trials}"));
            if (context.Checkpoints is { } checkpoints && (checkpoints.AreDue || context.Cancellation.IsCancellationRequested))
            {
                checkpoints.Keep(State(finished));
            }

            context.Cancellation.ThrowIfCancellationRequested();
            var trajectory = One((uint)trial);
            if (trajectory.Status == Status.Cancelled)
            {
                // The trial is lost, the ones before it are not: the loop keeps them and ends.
                trial--;
                continue;
            }

            finished.Add(AmpTrial.Of(trajectory, iterations));
        }

        return Report(set, model, kind, finished);

        // The landscape of a trial is let go at its end.
        MessagePassingTrajectory One(uint trial)
        {
            var landscape = InstanceParameters.Draw(set, model, trial, team);
            new PhiloxStream(set.Get(CommonParameters.Seed), StreamPurpose.Start, trial).FillUnitVector(direction);
            MessagePassingAlgorithm.Start(kind, landscape.Signal, set.Get(Start), direction, start);
            return algorithm.Run(landscape, start, iterations, set.Get(Tolerance), true, context.Cancellation);
        }
    }

    private static Outcome Report(ParameterSet set, Model model, MessagePassingKind kind, List<AmpTrial> trials)
    {
        int iterations = set.Get(Iterations);
        bool isUndamped = set.Get(Damping) == 0;
        Quantity[] overlap = new Quantity[iterations + 1], theory = new Quantity[iterations + 1], length = new Quantity[iterations + 1];
        double evolving = set.Get(Start);
        var deviations = new List<double>();
        for (int k = 0; k <= iterations; k++)
        {
            theory[k] = isUndamped ? Quantity.ClosedForm(evolving) : Quantity.Missing("state evolution holds without damping");
            (overlap[k], length[k]) = (Mean(trials, trial => trial.Overlaps, k), Mean(trials, trial => trial.Lengths, k));
            if (k > 0 && isUndamped && overlap[k].Exists && overlap[k].Error > 0)
            {
                deviations.Add(Math.Abs(overlap[k].Value - evolving) / overlap[k].Error);
            }

            evolving = kind == MessagePassingKind.Bayes ? BayesEvolution.Step(model.Noise, evolving) : MaximumLikelihoodEvolution.Step(model, evolving);
        }

        int converged = trials.Count(trial => trial.Sentence.Length == 0);
        var fixedPoint = kind == MessagePassingKind.Bayes ? Quantity.Missing("the fixed point that the iteration reaches depends on its start: see m_state_evolution") : MaximumLikelihoodEvolution.SignalOverlap(model);
        var result = new Record
        {
            { "iterations", Enumerable.Range(0, iterations + 1).Select(k => new Record { { "k", k }, { "m", overlap[k] }, { "m_se", Spread(overlap[k], trials.Count) }, { "norm2", length[k] }, { "m_state_evolution", theory[k] } }) },
            { "trials", trials.Count },
            { "converged", converged },
            { "energy", kind == MessagePassingKind.Bayes ? Quantity.Missing("the estimate is no configuration of length one") : Of([.. trials.Where(trial => trial.IsFinite).Select(trial => trial.Energy)]) },
            { "m_ml", fixedPoint },
            { "e_ml", kind == MessagePassingKind.Bayes ? Quantity.Missing("the estimate is no configuration of length one") : MaximumLikelihoodEvolution.Energy(model, fixedPoint) },
            { "largest_deviation", deviations.Count > 0 ? Quantity.Of(deviations.Max(), 0, How.Simulation) : Quantity.Missing("there is nothing to compare with") },
            { "outside_3", deviations.Count(deviation => deviation > Outside) },
            { "outside_5", deviations.Count(deviation => deviation > FarOutside) },
            { "compared", deviations.Count },
        };
        string sentence = converged == trials.Count ? string.Empty
            : FormattableString.Invariant($"{trials.Count - converged} of {trials.Count} trials did not converge: in trial {trials.FindIndex(trial => trial.Sentence.Length > 0) + 1} {trials.First(trial => trial.Sentence.Length > 0).Sentence}");
        return new(sentence.Length == 0 ? Status.Converged : Status.NotConverged, sentence, result, [Curves(overlap, length, theory), Trials(trials, iterations)]);
    }

    private static Quantity Mean(List<AmpTrial> trials, Func<AmpTrial, double[]> curve, int k) => Of([.. trials.Where(trial => k < trial.Count).Select(trial => curve(trial)[k])]);

    private static Quantity Of(double[] values)
    {
        if (values.Length < 2)
        {
            return Quantity.Missing("fewer than two trials came so far");
        }

        var mean = SampleMean.Of(values);
        return Quantity.Of(mean.Mean, mean.Error, How.Simulation);
    }

    private static Quantity Spread(Quantity mean, int trials) => mean.Exists ? Quantity.Of(mean.Error, mean.Error * new SampleMean(trials, 0, 0).ErrorOfError, How.Simulation) : mean;

    private static Table Curves(Quantity[] overlap, Quantity[] length, Quantity[] theory) => new(
        "iterations",
        new Column("k", [.. Enumerable.Range(0, overlap.Length).Select(k => (double)k)]),
        Column.Of("m", overlap),
        new Column("m_se", [.. overlap.Select(m => m.Error)], [.. overlap.Select(m => m.Exists)]),
        Column.Of("norm2", length),
        Column.Of("m_state_evolution", theory));

    private static Table Trials(List<AmpTrial> trials, int iterations) => new(
        "trials",
        new Column("trial", [.. trials.SelectMany((trial, index) => Enumerable.Repeat((double)index, iterations + 1))]),
        new Column("k", [.. trials.SelectMany(_ => Enumerable.Range(0, iterations + 1).Select(k => (double)k))]),
        new Column("m", [.. trials.SelectMany(trial => trial.Overlaps)], [.. trials.SelectMany(trial => Enumerable.Range(0, iterations + 1).Select(k => k < trial.Count))]),
        new Column("norm2", [.. trials.SelectMany(trial => trial.Lengths)], [.. trials.SelectMany(trial => Enumerable.Range(0, iterations + 1).Select(k => k < trial.Count))]));

    private static RunState State(List<AmpTrial> trials)
    {
        var state = new RunState();
        state.Put(StateTrials, [.. trials.Select(trial => new[] { trial.Count, trial.Energy })]);
        state.Put(StateOverlaps, [.. trials.Select(trial => trial.Overlaps)]);
        state.Put(StateLengths, [.. trials.Select(trial => trial.Lengths)]);
        for (int k = 0; k < trials.Count; k++)
        {
            state.Put(FormattableString.Invariant($"sentence {k}"), trials[k].Sentence);
        }

        return state;
    }

    private static List<AmpTrial> Restore(RunState? state, int iterations)
    {
        if (state is null)
        {
            return [];
        }

        IReadOnlyList<double[]> numbers = state.RowsOf(StateTrials), overlaps = state.RowsOf(StateOverlaps), lengths = state.RowsOf(StateLengths);
        return numbers.Count == overlaps.Count && numbers.Count == lengths.Count && numbers.All(row => row.Length == 2) && overlaps.Concat(lengths).All(row => row.Length == iterations + 1)
            ? [.. numbers.Select((row, k) => new AmpTrial((int)row[0], row[1], overlaps[k], lengths[k], state.TextOf(FormattableString.Invariant($"sentence {k}"))))]
            : throw new FormatException("the state of the run is of other trials");
    }

    // What is kept of a trial: curves of one length, of which Count points exist.
    private sealed record AmpTrial(int Count, double Energy, double[] Overlaps, double[] Lengths, string Sentence)
    {
        public bool IsFinite => Count == Overlaps.Length;

        public static AmpTrial Of(MessagePassingTrajectory trajectory, int iterations)
        {
            double[] overlaps = new double[iterations + 1], lengths = new double[iterations + 1];
            foreach (var point in trajectory.Points)
            {
                (overlaps[point.Iteration], lengths[point.Iteration]) = (point.Overlap, point.SquaredNorm);
            }

            return new(trajectory.Points.Count, double.IsFinite(trajectory.Energy) ? trajectory.Energy : 0, overlaps, lengths, trajectory.Sentence);
        }
    }
}
