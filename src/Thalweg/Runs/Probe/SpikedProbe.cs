// What "probe" does for the spiked model: where the states that trap the flow grow their first negative direction toward the signal.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Instances;
using Thalweg.Models;
using Thalweg.Numerics.Statistics;
using Thalweg.Numerics.Threads;
using Thalweg.Results;
using Thalweg.Runs.FiniteSize;
using Thalweg.Thresholds;

namespace Thalweg.Runs.Probe;

/// <summary>Theory and measurements of the spiked model.</summary>
/// <remarks>
/// In the limit the states have μ = 2 sqrt(Q''(1)), and a strength θ in units of the bulk brings the eigenvalue to the depth (sqrt θ - 1/sqrt θ)² below zero: with s the root of the depth, y = sqrt θ - 1/sqrt θ is s itself, a straight line that ends at the opening, θ = 1, which is eq. (5). At finite N the edge of the bulk smears what is within
/// N^(-2/3) of zero, and θ(0) differs from 1 by N^(-1/3), with a scatter of the same order. At a fixed depth nothing is singular: μ is off by N^(-2/3), the rest by 1/N. So strengths are read at fixed depths, the line through their y ends at some θ at depth zero, the opening, and that is extrapolated in N^(-2/3),
/// for diluted instances in 1/c besides.
/// </remarks>
internal static class SpikedProbe
{
    private const double DefaultTime = 30, LimitPower = 2.0 / 3;

    // Numbers of a trial that are columns of the table of states; the strengths come after them.
    private static readonly string[] Names = ["inv_delta2_crossing", "ratio", "opening", "opening_direct", "shift", "lowest", "overlap2", "gradient_norm", "minimum"];
    private const int AtCrossing = 0, AtOpening = 2, AtDirect = 3, AtShift = 4, AtLowest = 5, AtOverlap2 = 6, AtMinimum = 8;

    // The weights that make the straight line of least squares through y_k at s_k = sqrt(depth_k) of its value at s = 0.
    private static readonly double[] Weights = InterceptWeights([.. SpikedState.Depths.Select(Math.Sqrt)]);

    /// <summary>Bytes of the largest instance and of its Hessian.</summary>
    /// <param name="set">The options of <see cref="ProbeRun"/>.</param>
    public static long MemoryForecast(ParameterSet set)
    {
        int n = ProbeTrials.Sizes(set).Max();
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(set.Get(ModelParameters.TensorOrder), 1, 1).ToModel();
        return set.IsGiven(ProbeRun.Diluted) ? (long)(DilutedInstance.ForecastBytes(model, n, ProbeTrials.Integers(set, ProbeRun.Diluted).Max(), SignalPlace.Dense) + 8000.0 * n)
            : (long)(InstanceForecast.Of(model, n, InstanceParameters.PrecisionOf(set, ProbeRun.Precision), Environment.ProcessorCount).Bytes + 72.0 * n * n);
    }

    /// <summary>The whole answer.</summary>
    /// <param name="set">The options of <see cref="ProbeRun"/>.</param>
    /// <param name="context">Progress, cancellation, checkpoints, threads.</param>
    public static Outcome Of(ParameterSet set, RunContext context)
    {
        int p = set.Get(ModelParameters.TensorOrder);
        double[] noises = set.Get(ProbeRun.TensorNoises);
        MatrixFamily[] families = [.. noises.Select(noise => MatrixFamily.Spiked(p, noise))];
        Quantity[] openings = [.. families.Select(GradientFlowThreshold.Of)], inverse = [.. families.Select(GradientFlowThreshold.Inverse)];
        var (trials, walks) = set.IsOn(ProbeRun.IsTheory) ? ([], []) : Draw(set, families, inverse, context);
        Record[] records = [.. noises.Select((noise, k) => Row(noise, families[k], openings[k], inverse[k], [.. trials.Where(trial => trial.Row == k)]))];
        var result = new Record
        {
            { "delta2_opening", noises.Length == 1 ? openings[0] : Quantity.Missing("there are several Delta_p: see the rows") },
            { "rows", records },
            { "verdict", Verdict(openings, records) },
        };
        List<Table> tables = [new("theory", new Column("delta_p", noises), Column.Of("delta2_opening", openings))];
        if (trials.Count > 0)
        {
            tables.AddRange([States(noises, trials), Strengths(noises, trials)]);
        }

        if (set.IsOn(ProbeRun.IsAlong))
        {
            tables.Add(ProbeReadings.Table(walks));
        }

        int missed = trials.Count(trial => !trial.IsMinimum);
        return missed == 0 ? Outcome.Judged(result, tables, set.Get(CommonParameters.Tolerance))
            : new(Status.NotConverged, $"{missed} of {trials.Count} instances reached no minimum that is spread over the variables and are left out of the means; a later --t helps, or more edges in --diluted", result, tables);
    }

    // Fewer instances of a size that is larger, in inverse proportion: errors fall as 1/sqrt(N).
    private static (List<Trial> Trials, List<ProbeWalk> Walks) Draw(ParameterSet set, MatrixFamily[] families, Quantity[] inverse, RunContext context)
    {
        int[] sizes = ProbeTrials.Sizes(set);
        int?[] edges = set.IsGiven(ProbeRun.Diluted) ? [.. ProbeTrials.Integers(set, ProbeRun.Diluted).Select(c => (int?)c)] : [null];
        foreach (var (n, c) in sizes.SelectMany(n => edges.Select(c => (n, c))))
        {
            if (c is { } degree)
            {
                DilutedInstance.Check(set.Get(ModelParameters.TensorOrder), n, degree);
            }
        }

        int least = set.Get(ProbeRun.Trials), depths = SpikedState.Depths.Length;
        var wanted = Enumerable.Range(0, families.Length).SelectMany(row => sizes.SelectMany(n => edges.SelectMany(c => Enumerable.Repeat((Row: row, Size: n, Edges: c), (int)Math.Ceiling(least * (double)sizes.Max() / n))))).ToList();
        double time = set.IsGiven(ProbeRun.Time) ? set.Get(ProbeRun.Time) : DefaultTime;
        double[] times = set.IsOn(ProbeRun.IsAlong) ? ProbeReadings.Times(time) : [];
        ulong seed = set.Get(CommonParameters.Seed);
        int first = Names.Length, second = first + depths, third = second + depths;
        using var team = new ThreadTeam(context.Threads);
        var rows = ProbeTrials.Run(wanted.Count, third + times.Length * ProbeReadings.Names.Count, One, context);
        return
        (
            [.. rows.Select((row, k) => new Trial(wanted[k].Row, wanted[k].Size, wanted[k].Edges, k, row[..first], row[first..second], row[second..third]))],
            [.. rows.Select((row, k) => new ProbeWalk(wanted[k].Row, wanted[k].Size, k, [.. row[third..].Chunk(ProbeReadings.Names.Count)]))]
        );

        double[] One(int k)
        {
            var (row, n, c) = wanted[k];
            double u = set.IsGiven(ProbeRun.Strength) ? set.Get(ProbeRun.Strength) : inverse[row].Value;
            if (n > 500)
            {
                // The couplings of the instance before leave first: what was forecast is room for one.
                GC.Collect();
            }

            var (state, readings) = SpikedState.Of(new(families[row].ModelAt(u), n, c, InstanceParameters.PrecisionOf(set, ProbeRun.Precision), time), seed, (uint)k, times, team, context);
            double[] numbers = new double[Names.Length];
            if (state.IsMinimum)
            {
                numbers =
                [
                    CrossingOf(families[row], state.Crossing), state.Crossing, StrengthOf(Intercept(state.MeanStrengths)), StrengthOf(Intercept(state.MeanStrengths)) + Change(state.MeanStrengths, state.Strengths),
                    state.Shift, state.Lowest, state.Overlap2, state.GradientNorm, 1,
                ];
            }

            return [.. numbers, .. state.Strengths, .. state.MeanStrengths, .. readings.SelectMany(reading => reading)];
        }
    }

    // u of θ = u/sqrt(u + R_2).
    private static double CrossingOf(MatrixFamily family, double θ) => 0.5 * θ * (θ + Math.Sqrt(θ * θ + 4 * family.Rest.CurvatureAtOne));

    private static double LineOf(double θ) => Math.Sqrt(θ) - 1 / Math.Sqrt(θ);

    // Of y = sqrt θ - 1/sqrt θ.
    private static double StrengthOf(double y) => Math.Pow(0.5 * y + Math.Sqrt(1 + 0.25 * y * y), 2);

    private static double[] InterceptWeights(double[] s)
    {
        double mean = s.Average(), spread = s.Sum(item => (item - mean) * (item - mean));
        return [.. s.Select(item => 1.0 / s.Length - mean * (item - mean) / spread)];
    }

    private static double Intercept(double[] strengths) => strengths.Select((θ, k) => Weights[k] * LineOf(θ)).Sum();

    // What the strengths of one direction change in the opening, to first order, so that the mean of the change is zero where that of the strengths is the other one: dθ/dy at the intercept, dy/dθ at each depth.
    private static double Change(double[] mean, double[] direct)
    {
        double opening = StrengthOf(Intercept(mean));
        return mean.Select((θ, k) => Weights[k] * LineSlope(θ) * (direct[k] - θ)).Sum() / LineSlope(opening);
    }

    private static double LineSlope(double θ) => 0.5 * (1 + 1 / θ) / Math.Sqrt(θ);

    private static Record Row(double noise, MatrixFamily family, Quantity opening, Quantity inverse, Trial[] trials)
    {
        var record = new Record { { "delta_p", noise }, { "delta2_opening", opening }, { "inv_delta2_opening", inverse } };
        if (trials.Length == 0)
        {
            return record;
        }

        Group[] groups = [.. trials.GroupBy(trial => (trial.Size, trial.Edges)).Select(group => new Group(group.Key.Size, group.Key.Edges, [.. group.Where(trial => trial.IsMinimum)]))];
        record.Add("measured", groups.Select(group =>
        {
            var one = new Record { { "n", group.Size } };
            if (group.Edges is { } edges)
            {
                one.Add("edges", edges);
            }

            one.Add("trials", group.Trials.Length);
            foreach (var (name, at) in new[] { ("inv_delta2_crossing", AtCrossing), ("ratio", 1), ("opening", AtOpening), ("opening_direct", AtDirect), ("shift", AtShift), ("lowest", AtLowest), ("overlap2", AtOverlap2) })
            {
                one.Add(name, ProbeTrials.Mean(group.Trials.Select(trial => trial.Numbers[at])));
            }

            return one;
        }));
        var (limit, fit) = Limit(groups, AtOpening);
        var strength = Strength(limit, family);
        record.Add("opening_limit", limit);
        record.Add("chi_square", fit is { Freedom: > 0 } ? new Datum.Plain(fit.ChiSquare) : new Datum.Absent("there are no more groups of instances than coefficients"));
        record.Add("inv_delta2_limit", strength);
        record.Add("inv_delta2_deviation", ProbeTrials.Deviation(strength, inverse));
        var (direct, _) = Limit(groups, AtDirect);
        record.Add("opening_direct_limit", direct);
        record.Add("opening_direct_deviation", ProbeTrials.Deviation(direct, Quantity.ClosedForm(1)));
        return record;
    }

    // The opening for infinite N, and c.
    private static (Quantity Limit, LeastSquares? Fit) Limit(Group[] groups, int at)
    {
        bool isDiluted = groups[0].Edges is not null;
        Quantity[] openings = [.. groups.Select(group => ProbeTrials.Mean(group.Trials.Select(trial => trial.Numbers[at])))];
        if (groups.Select(group => group.Size).Distinct().Count() < 2 || (isDiluted && groups.Select(group => group.Edges).Distinct().Count() < 2) || openings.Any(opening => !opening.Exists || opening.Error == 0))
        {
            return (Quantity.Missing($"a limit needs two values of N{(isDiluted ? " and of C" : string.Empty)}, each with a standard error"), null);
        }

        double[][] functions = [[.. groups.Select(_ => 1.0)], [.. groups.Select(group => Math.Pow(group.Size, -LimitPower))], .. isDiluted ? [[.. groups.Select(group => 1.0 / group.Edges!.Value)]] : Array.Empty<double[]>()];
        var fit = LeastSquares.Fit(functions, [.. openings.Select(opening => opening.Value)], [.. openings.Select(opening => opening.Error)]);
        return (Quantity.Of(fit.Coefficients[0], fit.Errors[0] * fit.Scatter, How.Simulation), fit);
    }

    private static Quantity Strength(Quantity opening, MatrixFamily family)
    {
        if (!opening.Exists)
        {
            return opening;
        }

        double θ = opening.Value, root = Math.Sqrt(θ * θ + 4 * family.Rest.CurvatureAtOne);
        return Quantity.Of(CrossingOf(family, θ), 0.5 * (θ + root) * (1 + θ / root) * opening.Error, How.Simulation);
    }

    private static string Verdict(Quantity[] openings, Record[] records)
    {
        string theory = "at the threshold states, which trap the flow at zero overlap, a negative direction toward the signal opens for Delta_2 below " + string.Join(", ", openings.Select(opening => FormattableString.Invariant($"{opening.Value:G6}")));
        Quantity[] limits = [.. records.Where(record => record.Find("inv_delta2_limit") is not null).Select(record => record.Quantity("inv_delta2_limit"))];
        return limits.Length == 0 || limits.Any(limit => !limit.Exists || limit.Value <= 0) ? theory
            : theory + "; drawn states say " + string.Join(", ", limits.Select(limit => FormattableString.Invariant($"{1 / limit.Value:G3} with a standard error of {limit.Error / (limit.Value * limit.Value):G2}")));
    }

    private static Table States(double[] noises, List<Trial> trials) => new(
        "states",
        [new("delta_p", [.. trials.Select(trial => noises[trial.Row])]), .. Places(trials), .. Names.Select((name, column) => new Column(name, [.. trials.Select(trial => trial.Numbers[column])], column == AtMinimum || trials.All(trial => trial.IsMinimum) ? null : [.. trials.Select(trial => trial.IsMinimum)]))]);

    private static Table Strengths(double[] noises, List<Trial> trials)
    {
        List<Trial> repeated = [.. trials.Where(trial => trial.IsMinimum).SelectMany(trial => Enumerable.Repeat(trial, SpikedState.Depths.Length))];
        return new(
            "strengths",
            [
                new("delta_p", [.. repeated.Select(trial => noises[trial.Row])]), .. Places(repeated), new("depth", [.. repeated.Select((_, k) => SpikedState.Depths[k % SpikedState.Depths.Length])]),
                new("theta", [.. repeated.Select((trial, k) => trial.Mean[k % SpikedState.Depths.Length])]), new("theta_direct", [.. repeated.Select((trial, k) => trial.Direct[k % SpikedState.Depths.Length])]),
            ]);
    }

    private static Column[] Places(List<Trial> trials) =>
    [
        new("n", [.. trials.Select(trial => (double)trial.Size)]), new("edges", [.. trials.Select(trial => (double)(trial.Edges ?? 0))], trials.All(trial => trial.Edges is not null) ? null : [.. trials.Select(trial => trial.Edges is not null)]),
        new("trial", [.. trials.Select(trial => (double)trial.Number)]),
    ];

    // Those of one N and c that reached a minimum.
    private sealed record Group(int Size, int? Edges, Trial[] Trials);

    // Row of Δ_p, N, c, number, and the reading of one state.
    private sealed record Trial(int Row, int Size, int? Edges, int Number, double[] Numbers, double[] Direct, double[] Mean)
    {
        public bool IsMinimum => Numbers[AtMinimum] > 0;
    }
}
