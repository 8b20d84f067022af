// What "probe" does for phase retrieval: the transition at a random start, drawn instances beside it, and readings along the flow.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Statistics;
using Thalweg.Numerics.Threads;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Spectra;
using Thalweg.Thresholds;

namespace Thalweg.Runs.Probe;

/// <summary>Theory and measurements of phase retrieval.</summary>
internal static class PhaseRetrievalProbe
{
    // The overlap of a walk that has found the signal; the smearing of a limit of large N falls as 1/N.
    private const double Found = 0.99, LimitPower = 1, StepTolerance = 1e-5;
    private static readonly double[] Multiples = [2.5, 4];

    /// <summary>Bytes of the largest instance, of its Hessian matrix and of what factorises it.</summary>
    /// <param name="set">The options of <see cref="ProbeRun"/>.</param>
    public static long MemoryForecast(ParameterSet set)
    {
        int n = ProbeTrials.Sizes(set).Max();
        return (long)(PhaseRetrievalInstance.ForecastBytes(Measurements(set, new(set.Get(ProbeRun.Normalisation))).Max(), n) + 48.0 * n * n);
    }

    /// <summary>The whole answer.</summary>
    /// <param name="set">The options of <see cref="ProbeRun"/>.</param>
    /// <param name="context">Progress, cancellation, checkpoints, threads.</param>
    public static Outcome Of(ParameterSet set, RunContext context)
    {
        var model = new PhaseRetrieval(set.Get(ProbeRun.Normalisation));
        var transition = InitialInformativeDirection.Of(model);
        PhaseRetrievalSpectrum[] spectra = [.. Measurements(set, model).Select(α => new PhaseRetrievalSpectrum(model, α))];
        bool draws = !set.IsOn(ProbeRun.IsTheory);
        int[] sizes = draws ? ProbeTrials.Sizes(set) : [];
        var trials = draws ? Draw(set, spectra, sizes, context) : [];
        var result = new Record
        {
            { "alpha_bbp_initial", transition.Measurements },
            { "bulk_left_at_transition", transition.Edge },
            { "edge_is_soft", transition.IsSoft },
            { "rows", spectra.Select((spectrum, row) => Row(spectrum, sizes, row, trials)) },
            { "verdict", Verdict(transition, spectra, sizes.Length > 0, trials) },
        };
        List<Table> tables = [Theory(spectra)];
        if (draws)
        {
            tables.Add(ProbeReadings.Table(trials));
        }

        int missed = ProbeReadings.Missed(trials);
        return missed == 0 ? Outcome.Judged(result, tables, set.Get(CommonParameters.Tolerance))
            : new(Status.NotConverged, $"the lowest eigenpairs of {missed} of {trials.Count} instances have not settled", result, tables);
    }

    private static double[] Measurements(ParameterSet set, PhaseRetrieval model) =>
        set.IsGiven(ProbeRun.Measurements) ? set.Get(ProbeRun.Measurements) : [.. Multiples.Select(multiple => multiple * InitialInformativeDirection.Of(model).Measurements.Value)];

    // Each trial has a number of its own, so that no two share their measurements.
    private static List<ProbeWalk> Draw(ParameterSet set, PhaseRetrievalSpectrum[] spectra, int[] sizes, RunContext context)
    {
        int trials = set.Get(ProbeRun.Trials);
        ulong seed = set.Get(CommonParameters.Seed);
        double[] times = set.IsGiven(ProbeRun.Time) ? ProbeReadings.Times(set.Get(ProbeRun.Time)) : [0];
        int width = ProbeReadings.Names.Count;
        using var team = new ThreadTeam(context.Threads);
        var rows = ProbeTrials.Run(spectra.Length * sizes.Length * trials, width * times.Length, One, context);
        return [.. rows.Select((row, k) => new ProbeWalk(k / (sizes.Length * trials), sizes[k / trials % sizes.Length], k, [.. row.Chunk(width)]))];

        double[] One(int k)
        {
            var spectrum = spectra[k / (sizes.Length * trials)];
            int n = sizes[k / trials % sizes.Length];
            var landscape = PhaseRetrievalInstance.Draw(spectrum.Model, spectrum.Measurements, n, seed, (uint)k, team).Open(team);
            double[] start = new double[n];
            Trials.Start(landscape, 0, seed, (uint)k, start);
            if (times.Length == 1)
            {
                return ProbeReadings.Of(landscape, 0, start, team, context);
            }

            ILandscape ground = set.IsOn(ProbeRun.IsHeld) ? new OrthogonalLandscape(landscape, landscape.Signal) : landscape;
            var options = new FlowOptions { EndTime = times[^1], OutputTimes = times, Tolerance = StepTolerance, Stepper = FlowStepper.Chebyshev, Cancellation = context.Cancellation };
            return [.. ProbeReadings.Along(ground, landscape, start, options, team, context).Readings.SelectMany(reading => reading)];
        }
    }

    private static Record Row(PhaseRetrievalSpectrum spectrum, int[] sizes, int row, List<ProbeWalk> trials)
    {
        var record = new Record
        {
            { "alpha", spectrum.Measurements },
            { "bulk_left", spectrum.BulkLeft },
            { "outlier", spectrum.Outlier },
            { "outlier_overlap2", spectrum.OutlierOverlap2 },
            { "mu", spectrum.Multiplier },
        };
        if (sizes.Length == 0)
        {
            return record;
        }

        // At the start: eigenvalues of the flat Hessian are those on the sphere less the measured mu.
        ProbeWalk[][] groups = [.. sizes.Select(n => trials.Where(trial => trial.Row == row && trial.Size == n).ToArray())];
        Quantity[] lowest = Means(start => start[ProbeReadings.AtLowest] - start[ProbeReadings.AtMultiplier]), second = Means(start => start[ProbeReadings.AtSecond] - start[ProbeReadings.AtMultiplier]);
        Quantity[] overlap = Means(start => start[ProbeReadings.AtOverlap2]), multiplier = Means(start => start[ProbeReadings.AtMultiplier]);
        Quantity lowestLimit = ProbeTrials.Limit(sizes, lowest, LimitPower), overlapLimit = ProbeTrials.Limit(sizes, overlap, LimitPower);
        record.Add("measured", sizes.Select((n, i) => new Record
        {
            { "n", n }, { "trials", groups[i].Length }, { "lowest", lowest[i] }, { "second", second[i] }, { "overlap2", overlap[i] }, { "mu", multiplier[i] },
            { "found", Share(groups[i], trial => Math.Abs(trial.End[ProbeReadings.AtOverlap]) > Found) }, { "open", Share(groups[i], trial => trial.End[ProbeReadings.AtOpen] > 0) },
        }));
        record.Add("lowest_limit", lowestLimit);
        record.Add("lowest_deviation", ProbeTrials.Deviation(lowestLimit, spectrum.Outlier));
        record.Add("overlap2_limit", overlapLimit);
        record.Add("overlap2_deviation", ProbeTrials.Deviation(overlapLimit, spectrum.OutlierOverlap2));
        return record;

        Quantity[] Means(Func<double[], double> observable) => [.. groups.Select(group => ProbeTrials.Mean(group.Select(trial => observable(trial.Start))))];
    }

    private static Datum Share(ProbeWalk[] trials, Predicate<ProbeWalk> holds)
    {
        int count = trials.Count(trial => holds(trial));
        var (low, high) = SampleMean.Wilson(count, trials.Length);
        return new Datum.Share((double)count / trials.Length, low, high, How.Simulation);
    }

    private static string Verdict(InitialInformativeDirection transition, PhaseRetrievalSpectrum[] spectra, bool draws, List<ProbeWalk> trials)
    {
        int informative = spectra.Count(spectrum => spectrum.Outlier.Exists);
        string start = FormattableString.Invariant($"at a random start the lowest direction points toward the signal for alpha above {transition.Measurements.Value:G6}: at {informative} of {spectra.Length} values of alpha");
        if (!draws || trials[0].Readings.Length == 1)
        {
            return start;
        }

        ProbeWalk[] trapped = [.. trials.Where(trial => Math.Abs(trial.End[ProbeReadings.AtOverlap]) <= Found)];
        int open = trapped.Count(trial => trial.End[ProbeReadings.AtOpen] > 0);
        return $"{start}; at the end of the flow {trials.Count - trapped.Length} of {trials.Count} instances have found the signal, and {open} of the {trapped.Length} others have a negative direction toward it";
    }

    private static Table Theory(PhaseRetrievalSpectrum[] spectra) => new(
        "theory",
        new Column("alpha", [.. spectra.Select(spectrum => spectrum.Measurements)]),
        Column.Of("bulk_left", [.. spectra.Select(spectrum => spectrum.BulkLeft)]),
        Column.Of("outlier", [.. spectra.Select(spectrum => spectrum.Outlier)]),
        Column.Of("outlier_overlap2", [.. spectra.Select(spectrum => spectrum.OutlierOverlap2)]),
        Column.Of("mu", [.. spectra.Select(spectrum => spectrum.Multiplier)]));
}
