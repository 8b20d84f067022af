// Many trials of gradient flow or Langevin dynamics on drawn instances: each a function of its number, finished ones never lost.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Thalweg.Descent.FirstOrder;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Threads;
using Thalweg.Results;

namespace Thalweg.Runs.FiniteSize;

/// <summary>What is kept of a trial: m, ℓ, μ and |P∇ℓ| at the times that all trials share.</summary>
/// <param name="Overlap">[time].</param>
/// <param name="Energy">[time].</param>
/// <param name="Multiplier">[time].</param>
/// <param name="GradientNorm">[time].</param>
/// <param name="Sentence">What is wrong with the walk: it ended early, or it condensed; empty when nothing is.</param>
/// <param name="Gradients">How many gradients the walk took.</param>
/// <param name="Records">What else was recorded.</param>
internal sealed record SimulatedTrial(double[] Overlap, double[] Energy, double[] Multiplier, double[] GradientNorm, string Sentence, double Gradients, TrialRecords Records)
{
    /// <summary>How many of the times it reached.</summary>
    public int Count => Overlap.Length;
}

/// <summary>The trials of one call of the command "simulate".</summary>
/// <param name="groups">The trials, size by size.</param>
/// <param name="model">The landscape.</param>
/// <param name="times">When a row is recorded: ascending, the end last.</param>
/// <param name="plan">What else is recorded at the first size; at the others it is the parts of the loss alone.</param>
internal sealed class Simulation(IReadOnlyList<SimulatedGroup> groups, Model model, double[] times, RecordPlan plan)
{
    // Below so many numbers an instance is too small for two threads to share a gradient: then each thread takes trials of its own.
    private const double SmallInstance = 4e6;
    private const double CondensedShare = 0.1, SpreadShare = 10;
    private const string Names = "trials", Texts = "sentence ", Recorded = "records ";

    private readonly RecordPlan bare = new(groups[0].Set, times, [], []);

    /// <summary>Whether threads take trials of their own.</summary>
    /// <param name="set">The options.</param>
    /// <param name="model">The landscape.</param>
    public static bool IsSmall(ParameterSet set, Model model) => InstanceParameters.Numbers(set, model) < SmallInstance;

    /// <summary>Runs what is not finished yet.</summary>
    /// <param name="context">Progress, cancellation, checkpoints, threads.</param>
    /// <returns>[group][trial].</returns>
    public IReadOnlyList<SimulatedTrial>[] Run(RunContext context)
    {
        var finished = Restore(context.Checkpoints?.Start);
        double[] costs = [.. groups.Select(group => InstanceParameters.Numbers(group.Set, model))];
        double whole = groups.Select((group, k) => costs[k] * group.Trials).Sum();
        using var team = new ThreadTeam(context.Threads);
        using var alone = new ThreadTeam(1);
        while (finished.Count < groups.Sum(group => group.Trials))
        {
            int first = finished.Count, k = 0, before = 0;
            while (before + groups[k].Trials <= first)
            {
                before += groups[k++].Trials;
            }

            var (set, size, trials) = groups[k];
            bool isSmall = IsSmall(set, model);
            int batch = Math.Min(isSmall ? context.Threads : 1, before + trials - first);
            double done = groups.Take(k).Select((group, i) => costs[i] * group.Trials).Sum() + costs[k] * (first - before);
            context.Progress?.Report(new(done / whole, $"trial {first - before + 1} of {trials}" + (groups.Count > 1 ? $" at {SimulatedGroup.Varied(set).Name} = {size}" : string.Empty)));
            var results = new SimulatedTrial?[batch];
            if (isSmall)
            {
                team.For(batch, i => results[i] = One(set, first + i, alone, context.Cancellation));
            }
            else
            {
                results[0] = One(set, first, team, context.Cancellation);
            }

            // A trial that was told to end is not kept: it would be another one when the run goes on.
            foreach (var result in results.TakeWhile(result => result is not null))
            {
                finished.Add(result!);
            }

            if (context.Checkpoints is { } checkpoints && (checkpoints.AreDue || context.Cancellation.IsCancellationRequested))
            {
                checkpoints.Keep(State(finished));
            }

            context.Cancellation.ThrowIfCancellationRequested();
        }

        var sorted = new IReadOnlyList<SimulatedTrial>[groups.Count];
        for (int k = 0, before = 0; k < groups.Count; before += groups[k++].Trials)
        {
            sorted[k] = finished.GetRange(before, groups[k].Trials);
        }

        return sorted;
    }

    private SimulatedTrial? One(ParameterSet set, int index, ThreadTeam team, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return null;
        }

        uint trial = (uint)(set.Get(SimulateRun.FirstTrial) + index);
        var landscape = InstanceParameters.Draw(set, model, trial, team);
        double[] start = new double[landscape.Dimension];
        Trials.Start(landscape, SimulateRun.StartOf(set), set.Get(CommonParameters.Seed), trial, start);
        if (SimulateRun.IsOnSide(set) && Vectors.Dot(landscape.Signal, start) is < 0 and var m)
        {
            Vectors.Add(-2 * m, landscape.Signal, start);
        }

        var own = set == groups[0].Set ? plan : bare;
        var kept = new List<double[]>();
        var trajectory = Walk(set, landscape, start, trial, own, kept, cancellation);
        var records = trajectory.Status == Status.Cancelled ? null : own.Of(landscape, trajectory, kept, trial, cancellation);
        string sentence = trajectory.Status != Status.Converged ? trajectory.Sentence : set.IsGiven(InstanceParameters.Diluted) && Condensate(trajectory.Configuration) is { Length: > 0 } condensed ? condensed : records?.Sentence ?? string.Empty;
        return records is null ? null : new(trajectory.Overlap, trajectory.Loss, trajectory.Multiplier, trajectory.GradientNorm, sentence, trajectory.Counts.Evaluations, records);
    }

    // Entries of a spread configuration are of order sqrt(ln N/N). One that carries a tenth of the length has left the landscape that the sparse graph stands for.
    private static string Condensate(double[] configuration)
    {
        double largest = configuration.Max(x => x * x);
        return largest < Math.Max(CondensedShare, SpreadShare * Math.Log(configuration.Length) / configuration.Length) ? string.Empty
            : FormattableString.Invariant($"the configuration has condensed, one variable carries {largest:P0} of its length: the sparse graph is no dense landscape there; use a larger --diluted, a smaller --t, or all couplings");
    }

    private Trajectory Walk(ParameterSet set, ILandscape landscape, double[] start, uint trial, RecordPlan own, List<double[]> kept, CancellationToken cancellation)
    {
        double temperature = set.Get(SimulateRun.Temperature);
        if (temperature > 0)
        {
            return Langevin.Run(landscape, start, new LangevinOptions { EndTime = times[^1], OutputTimes = times, WaitingTimes = own.Waiting, Observer = own.Keeper(kept), Temperature = temperature, Step = set.Get(SimulateRun.Step), Seed = set.Get(CommonParameters.Seed), Trial = trial, Cancellation = cancellation });
        }

        return set.Get(SimulateRun.Method) == SimulateRun.Descent
            ? GradientDescent.Run(landscape, start, set.Get(SimulateRun.Step), new WalkOptions { EndTime = times[^1], OutputTimes = times, WaitingTimes = own.Waiting, Observer = own.Keeper(kept), Cancellation = cancellation })
            : GradientFlow.Run(landscape, start, new FlowOptions
            {
                EndTime = times[^1],
                OutputTimes = times,
                WaitingTimes = own.Waiting,
                Observer = own.Keeper(kept),
                Tolerance = set.Get(SimulateRun.Tolerance),
                Stepper = set.Get(SimulateRun.Method) == SimulateRun.Stabilised ? FlowStepper.Chebyshev : FlowStepper.DormandPrince,
                Cancellation = cancellation,
            });
    }

    private static RunState State(List<SimulatedTrial> trials)
    {
        var state = new RunState();
        state.Put(Names, [.. trials.Select(trial => new[] { trial.Gradients })]);
        for (int k = 0; k < trials.Count; k++)
        {
            var trial = trials[k];
            state.Put(FormattableString.Invariant($"trial {k}"), [trial.Overlap, trial.Energy, trial.Multiplier, trial.GradientNorm]);
            trial.Records.Save(state, FormattableString.Invariant($"{Recorded}{k}"));
            state.Put(FormattableString.Invariant($"{Texts}{k}"), trial.Sentence);
        }

        return state;
    }

    private static List<SimulatedTrial> Restore(RunState? state) => state is null ? []
        : [.. state.RowsOf(Names).Select((row, k) => state.RowsOf(FormattableString.Invariant($"trial {k}")) is [var m, var e, var mu, var norm] && row.Length == 1
            ? new SimulatedTrial(m, e, mu, norm, state.TextOf(FormattableString.Invariant($"{Texts}{k}")), row[0], TrialRecords.Load(state, FormattableString.Invariant($"{Recorded}{k}")))
            : throw new FormatException("the state of the run is of other trials"))];
}
