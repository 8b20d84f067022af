// Theory against enumeration at small N: the Kac-Rice counts beside the stationary points of drawn instances, all of them.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Thalweg.Complexity;
using Thalweg.Instances;
using Thalweg.Models;
using Thalweg.Results;

namespace Thalweg.Runs;

/// <summary>One line of the comparison.</summary>
/// <param name="Name">"total" or "index k".</param>
/// <param name="Theory">The expected number, from the Kac-Rice formula.</param>
/// <param name="Enumeration">The mean over complete instances.</param>
public sealed record FiniteSizeLine(string Name, Quantity Theory, Quantity Enumeration)
{
    /// <summary>Their difference in units of its standard error; absent when a number is, or when both are exact.</summary>
    public Quantity Deviation
    {
        get
        {
            if (!Theory.Exists || !Enumeration.Exists)
            {
                return Quantity.Missing("one of the two counts does not exist");
            }

            double error = Math.Sqrt(Theory.Error * Theory.Error + Enumeration.Error * Enumeration.Error);
            return error > 0 ? Quantity.Of((Enumeration.Value - Theory.Value) / error, 1, How.Simulation) : Quantity.Missing("neither count has a statistical error");
        }
    }
}

/// <summary>The comparison.</summary>
/// <param name="Status">Converged when every instance was enumerated completely.</param>
/// <param name="Sentence">What is missing; empty when nothing is.</param>
/// <param name="Lines">The total, then every index.</param>
/// <param name="Complete">How many instances are in the means.</param>
/// <param name="Incomplete">How many were left out because their enumeration may be incomplete.</param>
public sealed record FiniteSizeReport(Status Status, string Sentence, IReadOnlyList<FiniteSizeLine> Lines, int Complete, int Incomplete);

/// <summary>Draws instances, enumerates their stationary points and holds the means against the exact expectation: an oracle for the conventions of both.</summary>
public static class FiniteSizeComparison
{
    /// <summary>Runs the comparison; identical results for any number of threads.</summary>
    /// <param name="model">Q and S; small powers, as an instance stores N^p numbers.</param>
    /// <param name="dimension">N, from 2; beyond 8 an enumeration takes long.</param>
    /// <param name="trials">How many instances, at least 2.</param>
    /// <param name="seed">The seed of instances, starts and matrices.</param>
    /// <param name="samples">Random matrices for the theory.</param>
    /// <param name="rule">When an enumeration stops; null means the default.</param>
    /// <param name="context">Progress, cancellation and threads; null means the default.</param>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    public static FiniteSizeReport Of(Model model, int dimension, int trials, ulong seed = 1, int samples = 20_000, EnumerationRule? rule = null, RunContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (trials < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(trials), trials, "must be at least 2: one instance has no standard error");
        }

        context ??= RunContext.Default;
        context.Progress?.Report(new(0, "expected numbers"));
        var theory = FiniteSizeCount.Of(model, dimension, samples, seed, context.Threads, context.Cancellation);

        // Of each instance only its counts are kept: a million trials fit into memory.
        var byTrial = new int[]?[trials];
        var doubts = new string?[trials];
        rule = (rule ?? new EnumerationRule()) with { Cancellation = context.Cancellation };
        int done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = context.Cancellation };
        Parallel.For(0, trials, options, trial =>
        {
            var set = CriticalPointEnumeration.Of(SmallInstance.Draw(model, dimension, seed, (uint)trial), rule, seed, (uint)trial);
            if (set.IsComplete)
            {
                byTrial[trial] = set.CountByIndex(dimension);
            }
            else
            {
                doubts[trial] = set.Sentence;
            }

            context.Progress?.Report(new((double)Interlocked.Increment(ref done) / trials, "instances"));
        });

        var counts = byTrial.OfType<int[]>().ToArray();
        var lines = new List<FiniteSizeLine> { new("total", theory.Total, Mean(counts, count => count.Sum())) };
        for (int index = 0; index < dimension; index++)
        {
            int k = index;
            lines.Add(new($"index {k}", theory.ByIndex[k], Mean(counts, count => count[k])));
        }

        int incomplete = trials - counts.Length;
        return incomplete == 0
            ? new(Status.Converged, string.Empty, lines, counts.Length, 0)
            : new(
                Status.NotConverged,
                $"{incomplete} of {trials} instances were left out because their enumeration may be incomplete, which biases the means; for example: {doubts.First(doubt => doubt is not null)}",
                lines,
                counts.Length,
                incomplete);
    }

    private static Quantity Mean(int[][] counts, Func<int[], int> select)
    {
        if (counts.Length < 2)
        {
            return Quantity.Missing("fewer than two instances were enumerated completely");
        }

        double mean = counts.Average(count => (double)select(count));
        double variance = counts.Sum(count => (select(count) - mean) * (select(count) - mean)) / (counts.Length - 1);
        return Quantity.Of(mean, Math.Sqrt(variance / counts.Length), How.Simulation);
    }
}
