// The records of all trials of "simulate" as columns, tables and keys: parts of the loss, correlations, responses, lowest eigenpairs, each beside its theory where there is one.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Ageing;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.TwoTime;

namespace Thalweg.Runs.FiniteSize;

/// <summary>Means over trials and their tables.</summary>
internal sealed class RecordReport
{
    private const string Signal = "energy_signal", Noise = "energy_noise_";
    private readonly Model model;
    private readonly double[] times;
    private readonly IReadOnlyList<SimulatedTrial> trials;
    private readonly RecordPlan plan;
    private readonly SimulatedCurve[] parts, correlations, responses;
    private readonly int firstTrial;

    /// <summary>Averages.</summary>
    /// <param name="model">The landscape.</param>
    /// <param name="times">[row].</param>
    /// <param name="trials">The trials.</param>
    /// <param name="firstTrial">The number of the first.</param>
    /// <param name="theory">The curves of infinite N.</param>
    /// <param name="plan">What was asked for.</param>
    public RecordReport(Model model, double[] times, IReadOnlyList<SimulatedTrial> trials, int firstTrial, TwoTimeDynamics theory, RecordPlan plan)
    {
        (this.model, this.times, this.trials, this.firstTrial, this.plan) = (model, times, trials, firstTrial, plan);
        double last = theory.LastTime;
        parts = [.. Enumerable.Range(0, PartNames().Length).Select(k => new SimulatedCurve(times, trials, trial => trial.Records.LossParts[k], PartOf(theory, k), last))];
        correlations = [.. plan.Waiting.Select((wait, w) => new SimulatedCurve(times[plan.FirstRows[w]..], trials, trial => trial.Records.Correlation[w], t => theory.Correlation(t, wait), last))];
        var integrated = plan.HasResponse ? times.ToDictionary(t => t, t => t <= last ? new IntegratedResponse(theory, t) : null) : [];
        responses = plan.HasResponse ? [.. plan.Waiting.Select((wait, w) => new SimulatedCurve(times[plan.FirstRows[w]..], trials, trial => w < trial.Records.Response.Length ? trial.Records.Response[w] : [], t => integrated[t]!.Since(wait), last))] : [];
    }

    /// <summary>Mean, standard error and theory of each part of the loss, for the table of means.</summary>
    public IEnumerable<Column> MeanColumns() => PartNames().SelectMany((name, k) => With(name, [parts[k]]));

    /// <summary>Each part of the loss of each trial, for the table of trials.</summary>
    public IEnumerable<Column> TrialColumns() => PartNames().Select((name, k) => new Column(name, [.. trials.SelectMany(trial => trial.Records.LossParts[k])]));

    /// <summary>Adds the record "waiting": what stands at the end and how far the curves are from theory; nothing without waiting times.</summary>
    /// <param name="result">The scalars of the run.</param>
    public void AddTo(Record result)
    {
        if (plan.Waiting.Length == 0)
        {
            return;
        }

        result.Add("waiting", plan.Waiting.Select((wait, w) =>
        {
            var record = new Record { { "t_w", wait }, { "c", correlations[w].Mean[^1] }, { "c_two_time", correlations[w].Theory[^1] } };

            // At t_w itself C is 1 and the response 0, always.
            var deviations = correlations[w].Deviations.Skip(1).ToList();
            if (plan.HasResponse)
            {
                record.Add("chi", responses[w].Mean[^1]);
                record.Add("chi_two_time", responses[w].Theory[^1]);
                deviations.AddRange(responses[w].Deviations);
            }

            SimulateRun.AddDeviations(record, deviations);
            return record;
        }));
    }

    /// <summary>Adds the record "lowest" to a time of --at; nothing when it was not asked for.</summary>
    /// <param name="point">The scalars at that time.</param>
    /// <param name="row">Its row.</param>
    public Record WithLowest(Record point, int row)
    {
        int probe = Array.IndexOf(plan.ProbedRows, row);
        if (probe >= 0)
        {
            double[][] found = [.. trials.Where(trial => probe < trial.Records.Lowest.Length).Select(trial => trial.Records.Lowest[probe])];
            point.Add("lowest", Enumerable.Range(0, plan.Pairs).Select(k => new Record
            {
                { "k", k + 1 },
                { "eigenvalue", SimulatedCurve.MeanOf([.. found.Select(pairs => pairs[TrialRecords.PairNumbers * k])]) },
                { "residual", found.Length > 0 ? Quantity.Of(found.Max(pairs => pairs[TrialRecords.PairNumbers * k + 1]), 0, How.Simulation) : Quantity.Missing("no trial came so far") },
                { "overlap2", model.IsPlanted ? SimulatedCurve.MeanOf([.. found.Select(pairs => pairs[TrialRecords.PairNumbers * k + 2]).Where(overlap => overlap >= 0)]) : Quantity.Missing("nothing is planted, so there is no overlap") },
            }));
        }

        return point;
    }

    /// <summary>The tables "correlation" and "lowest", those that were asked for.</summary>
    public IEnumerable<Table> Tables()
    {
        if (plan.Waiting.Length > 0)
        {
            yield return new(
                "correlation",
                [
                    new("t_w", [.. plan.Waiting.SelectMany((wait, w) => Enumerable.Repeat(wait, times.Length - plan.FirstRows[w]))]),
                    new("t", [.. plan.FirstRows.SelectMany(first => times[first..])]),
                    .. With("c", correlations), .. plan.HasResponse ? With("chi", responses) : [],
                ]);
        }

        if (plan.Pairs > 0)
        {
            var rows = trials.SelectMany((trial, number) => trial.Records.Lowest.SelectMany((pairs, probe) => Enumerable.Range(0, pairs.Length / TrialRecords.PairNumbers).Select(k => (Trial: firstTrial + number, Row: plan.ProbedRows[probe], K: k, Pairs: pairs)))).ToArray();
            double[] overlaps = [.. rows.Select(row => row.Pairs[TrialRecords.PairNumbers * row.K + 2])];
            yield return new(
                "lowest",
                new Column("trial", [.. rows.Select(row => (double)row.Trial)]),
                new Column("t", [.. rows.Select(row => times[row.Row])]),
                new Column("k", [.. rows.Select(row => row.K + 1.0)]),
                new Column("eigenvalue", [.. rows.Select(row => row.Pairs[TrialRecords.PairNumbers * row.K])]),
                new Column("residual", [.. rows.Select(row => row.Pairs[TrialRecords.PairNumbers * row.K + 1])]),
                new Column("overlap2", overlaps, Array.ConvertAll(overlaps, overlap => overlap >= 0)));
        }
    }

    private static IEnumerable<Column> With(string name, SimulatedCurve[] curves)
    {
        Quantity[] means = [.. curves.SelectMany(curve => curve.Mean)];
        return [Column.Of(name, means), new(name + "_se", Array.ConvertAll(means, mean => mean.Error), Array.ConvertAll(means, mean => mean.Exists)), Column.Of(name + "_two_time", [.. curves.SelectMany(curve => curve.Theory)])];
    }

    private string[] PartNames() => [.. model.Noise.Powers.ToArray().Select(power => FormattableString.Invariant($"{Noise}{power}")), .. model.IsPlanted ? [Signal] : Array.Empty<string>()];

    // ε_k of the two runs and their difference; -S(m) with the error of m.
    private Func<double, Quantity> PartOf(TwoTimeDynamics theory, int k)
    {
        if (k == model.Noise.Powers.Length)
        {
            return t => theory.Overlap(t) is var m && m.Exists ? Quantity.Of(-model.Signal.Q(m.Value), model.Signal.DQ(Math.Min(1, Math.Abs(m.Value) + m.Error)) * m.Error, How.Dynamics) : m;
        }

        double[] fine = theory.Solution.NoiseEnergies(model.Noise.Powers[k]), coarse = theory.Coarser.NoiseEnergies(model.Noise.Powers[k]);
        return t =>
        {
            double value = theory.Solution.At(t, fine);
            return Quantity.Of(value, Math.Abs(value - theory.Coarser.At(t, coarse)) + theory.Energy(t).Error, How.Dynamics);
        };
    }
}
