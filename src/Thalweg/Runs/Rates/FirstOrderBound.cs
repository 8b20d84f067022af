// What "rates first-order" measures: gradient descent with the step 1/ℓ needs at most 2ℓΔf/ε² iterations to a gradient of length ε, on every problem of the catalog.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent;
using Thalweg.Descent.FirstOrder;
using Thalweg.Landscapes;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs.Laboratory;
using Thalweg.Runs.Probe;

namespace Thalweg.Runs.Rates;

/// <summary>Walks from random starts with the numbers of the proof.</summary>
/// <remarks>
/// Where the gradient has the Lipschitz constant ℓ on the segment of a step η = 1/ℓ, f falls by at least ½η|g|² (the descent lemma); summed over k steps this is Σ|g_j|² ≤ 2ℓ(f_0 - f_k), whence k ε² ≤ 2ℓ(f_0 - f_k) as long as |g| > ε (Nesterov 2004, section 1.2.3). Only the fall of each step is assumed, and it is looked at. Where ℓ
/// is known, a step that falls by less is counted; where it is an estimate from a few points, such a step shows that it does not hold where the walk goes, and all walks of the problem are made again with twice the ℓ. With f_k at the end instead of the lowest value the bound is the tightest that the proof gives.
/// </remarks>
internal static class FirstOrderBound
{
    private const int DefaultTrials = 4, LongestWalk = 10_000, MostDoublings = 20;
    private const double DefaultAccuracy = 1e-2, Rounding = 64 * Quantity.Unit;

    // Numbers of a problem: ℓ and its error, trials that reached ε, most iterations, the largest share of the bound at ε and at any accuracy, steps that fell by less, all steps.
    private const int Width = 8;

    /// <summary>Bytes: the largest problem of the catalog, once a thread.</summary>
    public static long MemoryForecast => 64_000_000;

    /// <summary>The whole answer.</summary>
    /// <param name="set">The options of <see cref="RatesRun"/>.</param>
    /// <param name="context">Progress, cancellation, checkpoints, threads.</param>
    public static Outcome Of(ParameterSet set, RunContext context)
    {
        double accuracy = set.IsGiven(RatesRun.Accuracy) ? set.Get(RatesRun.Accuracy) : DefaultAccuracy;
        int trials = set.IsGiven(RatesRun.Trials) ? set.Get(RatesRun.Trials) : DefaultTrials;
        ulong seed = set.Get(CommonParameters.Seed);
        var kinds = ProblemCatalog.All;
        var rows = ProbeTrials.Run(kinds.Count, Width, k => One(kinds[k].Of(new() { Seed = seed }), accuracy, trials, seed, context), context);
        var result = new Record
        {
            { "rows", rows.Select((row, k) => ToRecord(kinds[k].Name, row, trials)) },
            { "largest_share", Quantity.Of(rows.Max(row => row[5]), 0, How.Simulation) },
        };
        Table table = new(
            "problems",
            Column.Coded("problem", [.. kinds.Select((_, k) => k)], [.. kinds.Select(kind => kind.Name)]), new Column("gradient_lipschitz", [.. rows.Select(row => row[0])]), new Column("share_at_accuracy", [.. rows.Select(row => row[4])]),
            new Column("share_at_any", [.. rows.Select(row => row[5])]), Column.Integers("steps", [.. rows.Select(row => (long)row[3])]), Column.Integers("short_falls", [.. rows.Select(row => (long)row[6])]), Column.Integers("not_reached", [.. rows.Select(row => trials - (long)row[2])]));
        return new(Status.Converged, string.Empty, result, [table]);
    }

    private static Record ToRecord(string problem, double[] row, int trials) => new()
    {
        { "problem", problem },
        { "gradient_lipschitz", Quantity.Of(row[0], row[1], row[1] > 1e-3 * row[0] ? How.Estimate : How.ClosedForm) },
        { "steps", row[3] },
        { "share_at_accuracy", row[2] > 0 ? Quantity.Of(row[4], 0, How.Simulation) : Quantity.Missing("no walk reached the accuracy") },
        { "share_at_any", Quantity.Of(row[5], 0, How.Simulation) },
        { "short_falls", row[6] },
        { "not_reached", trials - row[2] },
    };

    private static double[] One(Problem problem, double accuracy, int trials, ulong seed, RunContext context)
    {
        var estimate = EscapeExperiment.GradientLipschitz(problem, seed);
        double lipschitz = estimate.Value;
        double[]?[] walks;
        for (int doublings = 0; ; doublings++)
        {
            walks = Trials.Run(problem.Open, trials, context.Threads, (landscape, trial) => Walk(problem, landscape, lipschitz, accuracy, seed, (uint)trial, context), context.Cancellation);
            context.Cancellation.ThrowIfCancellationRequested();
            if (estimate.How == How.ClosedForm || doublings == MostDoublings || walks.All(walk => walk![4] == 0))
            {
                break;
            }

            lipschitz *= 2;
        }

        return [lipschitz, estimate.How == How.ClosedForm ? estimate.Error : lipschitz, walks.Sum(walk => walk![0]), walks.Max(walk => walk![1]), walks.Max(walk => walk![2]), walks.Max(walk => walk![3]), walks.Sum(walk => walk![4]), walks.Sum(walk => walk![1])];
    }

    private static double[] Walk(Problem problem, ILandscape landscape, double lipschitz, double accuracy, ulong seed, uint trial, RunContext context)
    {
        double[] start = new double[problem.Manifold.AmbientDimension];
        problem.Start(new PhiloxStream(seed, StreamPurpose.Start, trial), start);
        var method = new FixedStepDescent(1 / lipschitz);
        method.Begin(landscape, problem.Manifold, start, new(seed, StreamPurpose.Trajectory, trial));
        double first = method.Value, before = first, shortest = double.PositiveInfinity, share = 0;
        long less = 0;
        while (method.GradientNorm > accuracy && method.Iterations < LongestWalk && !context.Cancellation.IsCancellationRequested)
        {
            double squares = method.GradientNorm * method.GradientNorm;
            shortest = Math.Min(shortest, squares);
            if (!method.Step() || !double.IsFinite(method.Value))
            {
                // Where f has no lower bound a walk may leave the numbers.
                break;
            }

            double fallen = first - method.Value, slack = Rounding * (1 + Math.Abs(first) + Math.Abs(method.Value));
            less += before - method.Value < 0.5 * squares / lipschitz - slack ? 1 : 0;
            before = method.Value;

            // An accuracy just below the shortest gradient so far has taken all these iterations.
            share = Math.Max(share, method.Iterations * shortest / (2 * lipschitz * (fallen + slack)));
        }

        bool isThere = method.GradientNorm <= accuracy;
        double atAccuracy = isThere && method.Iterations > 0 ? method.Iterations * accuracy * accuracy / (2 * lipschitz * (first - method.Value)) : 0;
        return [isThere ? 1 : 0, method.Iterations, atAccuracy, share, less];
    }
}
