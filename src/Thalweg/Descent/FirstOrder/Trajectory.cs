// What is kept of a walk over a landscape, and how it is asked for.
using System;
using System.Collections.Generic;
using System.Threading;
using Thalweg.Results;

namespace Thalweg.Descent.FirstOrder;

/// <summary>What a walk cost.</summary>
/// <param name="Steps">Steps that were made.</param>
/// <param name="Rejected">Steps that were tried in vain.</param>
/// <param name="Evaluations">Gradients, those of the records left out.</param>
public readonly record struct WalkCounts(long Steps, long Rejected, long Evaluations);

/// <summary>When a walk is recorded.</summary>
public record WalkOptions
{
    /// <summary>The time at which the walk ends; may be infinite where another rule ends it.</summary>
    public double EndTime { get; init; } = 100;

    /// <summary>Times at which a row is recorded: ascending, from 0 to the end.</summary>
    public IReadOnlyList<double> OutputTimes { get; init; } = [];

    /// <summary>t_w: times whose configuration later ones are correlated with; ascending, from 0 to the end.</summary>
    public IReadOnlyList<double> WaitingTimes { get; init; } = [];

    /// <summary>The most steps, rejected ones included.</summary>
    public long LargestSteps { get; init; } = 10_000_000;

    /// <summary>Called at each output time with the time and the configuration; null when nobody looks.</summary>
    public WalkObserver? Observer { get; init; }

    /// <summary>Ends the walk early; what was recorded is returned.</summary>
    public CancellationToken Cancellation { get; init; }

    internal void Check()
    {
        foreach (var (times, name) in new[] { (OutputTimes, nameof(OutputTimes)), (WaitingTimes, nameof(WaitingTimes)) })
        {
            ArgumentNullException.ThrowIfNull(times, name);
            for (int i = 0; i < times.Count; i++)
            {
                if (!(times[i] >= (i == 0 ? 0 : times[i - 1]) && times[i] <= EndTime))
                {
                    throw new ArgumentOutOfRangeException(name, times[i], $"times must ascend from 0 to the end, {EndTime}");
                }
            }
        }

        if (!(EndTime > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(EndTime), EndTime, "must be above 0");
        }
    }
}

/// <summary>Looks at a configuration on the way.</summary>
/// <param name="time">t.</param>
/// <param name="configuration">σ(t), N entries; valid during the call.</param>
public delegate void WalkObserver(double time, ReadOnlySpan<double> configuration);

/// <summary>The record of a walk: one row an output time that was reached.</summary>
/// <param name="Status">Converged when the walk reached what was asked for, Limit when steps or time ran out first, NotConverged when it could not go on, Cancelled when it was told to end.</param>
/// <param name="Sentence">What a user should know of the status; empty when converged.</param>
/// <param name="Times">t: [row].</param>
/// <param name="Overlap">m = ⟨σ,σ*⟩: [row]; zeros when nothing is planted.</param>
/// <param name="Loss">ℓ: [row].</param>
/// <param name="Multiplier">μ = -⟨σ,∇ℓ⟩ + T (N-1)/N: [row].</param>
/// <param name="GradientNorm">|P∇ℓ|: [row].</param>
/// <param name="LossParts">The noise of each power, then the signal, as <see cref="Landscapes.ILossParts"/> has them: [part][row]; empty when the landscape does not know.</param>
/// <param name="Correlation">C(t,t_w) = ⟨σ(t),σ(t_w)⟩: [waiting time][row]; NaN before t_w.</param>
/// <param name="Waited">σ(t_w): [waiting time][i], as far as they were reached.</param>
/// <param name="EndTime">Where the walk ended.</param>
/// <param name="Configuration">σ there.</param>
/// <param name="Counts">What it cost.</param>
public sealed record Trajectory(
    Status Status, string Sentence, double[] Times, double[] Overlap, double[] Loss, double[] Multiplier, double[] GradientNorm, double[][] LossParts, double[][] Correlation, double[][] Waited, double EndTime, double[] Configuration, WalkCounts Counts);
