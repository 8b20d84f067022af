// The command "threshold": the gradient-flow threshold measured from the dynamics, the crosses of Fig. 2.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Growth;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.StateEvolution;
using Thalweg.Thresholds;
using Thalweg.TwoTime;

namespace Thalweg.Runs;

/// <summary>The threshold from growth rates of an infinitesimal overlap, beside eq. (5); the crosses of Fig. 2.</summary>
public sealed class ThresholdRun : Run
{
    private const double EquationShare = 0.01, FiniteStart = 1e-4, TimesTolerance = 1e-3;
    private const int RowEvery = 4, CurveEvery = 12;

    // 1/Δ_2 of the runs whose convergence is timed, in units of the measured threshold.
    private static readonly double[] Distances = [1.1, 1.15, 1.2, 1.25, 1.3, 1.4, 1.5];

    /// <summary>The end of the runs.</summary>
    public static Parameter<double> Time { get; } = new("t", FormattableString.Invariant($"time that the runs reach (default {GrowthThreshold.LongReach} in units of 1/sqrt(Q''(1)))"), Readers.Number(1, 1e9));

    /// <summary>The paper's way.</summary>
    public static Parameter<bool> ByTimes { get; } = new("convergence-times", FormattableString.Invariant($"also extrapolate times of convergence from m(0) = {FiniteStart}, the way of the first estimate: several times the work"), Readers.Flag) { IsFlag = true };

    /// <summary>The error asked for.</summary>
    public static Parameter<double> Tolerance { get; } = new("tol", "largest relative error of the threshold", Readers.Number(1e-4, 0.1, "the smallest error that the extrapolation is known to reach"), "1e-3");

    /// <inheritdoc/>
    public override string Command => "threshold";

    /// <inheritdoc/>
    public override string Summary => "the gradient-flow threshold measured from the dynamics: the crosses of Fig. 2";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [ModelParameters.TensorOrder, ModelParameters.TensorNoise, ModelParameters.Mixture, ModelParameters.Planted, ModelParameters.NotPlanted, Time, ByTimes, Tolerance];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        Parameter[] model = [ModelParameters.TensorOrder, ModelParameters.TensorNoise, ModelParameters.Mixture, ModelParameters.Planted, ModelParameters.NotPlanted];
        return set.IsGiven(ModelParameters.Mixture)
            ? [.. ModelParameters.Effective(set, ModelParameters.InverseMatrixNoise), .. base.Effective(set).Where(pair => !model.Contains(pair.Parameter))]
            : base.Effective(set.With((ModelParameters.Planted, null), (ModelParameters.NotPlanted, ModelParameters.IsPlanted(set, true) ? null : "true")));
    }

    /// <inheritdoc/>
    public override string? Refusal(string option) => option == ModelParameters.MatrixNoise.Name || option == ModelParameters.InverseMatrixNoise.Name
        ? $"--{option}: the threshold in Delta_2 is what {Command} measures: leave out --{option}"
        : null;

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);

        // Columns: some 60 a decade; the pairs of points of the quadrature, and the rows of two runs that are held together.
        double decades = Math.Log10(1 + (set.IsGiven(Time) ? set.Get(Time) : GrowthThreshold.LongReach)), columns = 80 + 60 * decades;
        return (long)(2000 * columns * columns + 32 * columns * 60 * (4 + decades));
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        double tolerance = set.Get(Tolerance);
        bool byTimes = set.IsOn(ByTimes);
        var family = Family(set);
        double share = byTimes ? 0.2 : 1;
        var threshold = GrowthThreshold.Measure(family.Rest, EquationShare * tolerance, set.IsGiven(Time) ? set.Get(Time) : null, context.Threads, (done, time) => context.Progress?.Report(new(share * done, FormattableString.Invariant($"t = {time:G3}"))), context.Cancellation);
        var last = threshold.Measurements[^1];
        var result = new Record
        {
            { "delta2_gf_dynamics", Trivialization.Reciprocal(threshold.Inverse) },
            { "delta2_gf", GradientFlowThreshold.Of(family) },
            { "inv_delta2_gf_dynamics", threshold.Inverse },
            { "inv_delta2_gf", GradientFlowThreshold.Inverse(family) },
            { "delta2_gf_with_mu", Trivialization.Reciprocal(threshold.InverseFromLimit) },
            { "mu_limit", last.Multiplier },
            { "mu_threshold", Quantity.ClosedForm(2 * Math.Sqrt(last.Noise.CurvatureAtOne)) },
            { "t", last.Dynamics.LastTime },
            { "noises", threshold.Measurements.Zip(threshold.Inverses, (at, inverse) => new Record { { "inv_delta2", inverse }, { "critical_strength", at.StrengthFromGrowth }, { "critical_strength_with_mu", at.Strength } }) },
            { "rows", last.Points.Where((_, j) => j % RowEvery == 0).Select(Row) },
        };
        var times = byTimes && threshold.Inverse.Exists ? Times(family, threshold.Inverse.Value, context) : [];
        result.Add("delta2_gf_convergence_times", byTimes ? Trivialization.Reciprocal(ConvergenceTimes.Extrapolate(times)) : Quantity.Missing("not asked for: use --convergence-times"));
        if (byTimes)
        {
            result.Add("times", times.Select(point => new Record { { "inv_delta2", point.Inverse }, { "convergence_time", point.Time } }));
        }

        return Judged(threshold, tolerance, result);
    }

    // The matrix term is left free, whatever the options say of it.
    private static MatrixFamily Family(ParameterSet set)
    {
        var family = ModelParameters.Read(set).Family;
        string option = set.IsGiven(ModelParameters.Mixture) ? $"--mixture {ModelParameters.Mixture.Canonical(set.Text(ModelParameters.Mixture)!)}" : "--no-planted";
        string fix = ModelParameters.Read(set).Model.IsPlanted ? string.Empty : set.IsOn(ModelParameters.NotPlanted) ? "; leave out --no-planted" : "; add --planted";
        return family.Why is { } why ? throw new BadInputException($"{option}: {why}{fix}") : family;
    }

    private static Outcome Judged(GrowthThreshold threshold, double tolerance, Record result)
    {
        var last = threshold.Measurements[^1];
        Quantity inverse = threshold.Inverse, other = threshold.InverseFromLimit;
        string sentence = last.Dynamics.Status != Status.Converged ? last.Dynamics.Sentence
            : !inverse.Exists ? inverse.Why!
            : Math.Abs(inverse.Value - other.Value) > inverse.Error + other.Error ? "the threshold from growth rates alone and the one with the limit of mu disagree: the rates do not vanish quadratically there; use a larger --t"
            : inverse.Error > tolerance * inverse.Value ? FormattableString.Invariant($"the relative error of the threshold is {inverse.Error / inverse.Value:G2}, more than the tolerance of {tolerance:G2}: use a larger --t")
            : string.Empty;
        return new(sentence.Length == 0 ? Status.Converged : Status.NotConverged, sentence, result, [Table(last), Growth(last)]);
    }

    private static Record Row(GrowthPoint point) => new()
    {
        { "strength", point.Strength },
        { "growth_rate", point.Late },
        { "growth_power", point.Power },
        { "growth_limit", point.Limit },
        { "fitted", point.IsFitted },
    };

    private static List<ConvergencePoint> Times(MatrixFamily family, double threshold, RunContext context)
    {
        var points = new List<ConvergencePoint>();
        foreach (double distance in Distances)
        {
            context.Progress?.Report(new(0.2 + 0.8 * points.Count / Distances.Length, "times of convergence"));
            double inverse = distance * threshold;
            var signal = MaximumLikelihoodEvolution.SignalOverlap(family.ModelAt(inverse));
            points.Add(signal.Exists
                ? ConvergenceTimes.Measure(family.At(inverse), FiniteStart, 0.5 * signal.Value, TimesTolerance, context.Threads, context.Cancellation)
                : new(inverse, Quantity.Missing(signal.Why!)));
        }

        return points;
    }

    private static Table Table(CriticalStrength at)
    {
        var late = at.Points.Select(point => point.Late).ToArray();
        var limit = at.Points.Select(point => point.Limit).ToArray();
        return new(
            "strengths",
            new Column("strength", [.. at.Points.Select(point => point.Strength)]),
            new Column("growth_rate", [.. late.Select(rate => rate.Value)]),
            new Column("growth_rate_error", [.. late.Select(rate => rate.Error)]),
            new Column("growth_limit", [.. limit.Select(rate => rate.Value)]),
            new Column("growth_limit_error", [.. limit.Select(rate => rate.Error)]),
            Column.Of("growth_power", [.. at.Points.Select(point => point.Power)]),
            Column.Flags("fitted", [.. at.Points.Select(point => point.IsFitted)]));
    }

    // The growth in time of a few strengths, from well below the critical one to well above it.
    private static Table Growth(CriticalStrength at)
    {
        var solution = at.Dynamics.Solution;
        var shown = at.Points.Where((_, j) => j % CurveEvery == 0).ToArray();
        double[] strengths = [.. shown.Select(point => point.Strength)];
        double[][] growth = LinearOverlap.Growth(solution, strengths);
        double[] times = solution.Times.ToArray();
        return new(
            "growth",
            new Column("strength", [.. strengths.SelectMany(strength => Enumerable.Repeat(strength, times.Length))]),
            new Column("t", [.. strengths.SelectMany(_ => times)]),
            new Column("growth_rate", [.. growth.SelectMany(rates => rates)]));
    }
}
