// What "probe" does for phase retrieval: the transition at a random start, drawn instances beside it, and readings along the flow.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Statistics;
using Thalweg.Numerics.Threads;
using Thalweg.Probes;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Spectra;
using Thalweg.Thresholds;

namespace Thalweg.Runs.Laboratory;

/// <summary>Theory and measurements of phase retrieval.</summary>
internal static class PhaseRetrievalProbe
{
    // Numbers of a reading, in the order of the table's columns.
    private static readonly string[] Names = ["t", "loss", "m", "mu", "gradient_norm", "lowest", "second", "overlap2", "participation", "null_edge", "open", "settled"];
    private const int AtMultiplier = 3, AtLowest = 5, AtSecond = 6, AtOverlap2 = 7, AtOpen = 10, AtSettled = 11, AtOverlap = 2;

    // Times of readings per decade and decades before the end; the overlap of a walk that has found the signal; the smearing of a limit of large N falls as 1/N.
    private const int PerDecade = 2, Decades = 3;
    private const double Found = 0.99, LimitPower = 1, StepTolerance = 1e-5;

    // On residuals, in units of the spectrum's width of some thousands: squared over the gap, an eigenvalue is off by 1e-4 at most where it stands at the edge, by far less as an outlier.
    private const double PairTolerance = 1e-6;
    private const int LargestSpace = 1500;
    private static readonly double[] Multiples = [2.5, 4];

    /// <summary>Bytes of the largest instance and of Lanczos' method.</summary>
    /// <param name="set">The options of <see cref="ProbeRun"/>.</param>
    public static long MemoryForecast(ParameterSet set)
    {
        int n = ProbeTrials.Sizes(set).Max();
        return (long)(PhaseRetrievalInstance.ForecastBytes(Measurements(set, new(set.Get(ProbeRun.Normalisation))).Max(), n) + 8.0 * LargestSpace * (n + LargestSpace));
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
            tables.Add(Readings(trials));
        }

        int missed = trials.Count(trial => trial.Readings.Any(reading => reading[AtSettled] == 0));
        return missed == 0 ? Outcome.Judged(result, tables, set.Get(CommonParameters.Tolerance))
            : new(Status.NotConverged, $"the lowest eigenpairs of {missed} of {trials.Count} instances have not settled in {LargestSpace} products", result, tables);
    }

    private static double[] Measurements(ParameterSet set, PhaseRetrieval model) =>
        set.IsGiven(ProbeRun.Measurements) ? set.Get(ProbeRun.Measurements) : [.. Multiples.Select(multiple => multiple * InitialInformativeDirection.Of(model).Measurements.Value)];

    // Each trial has a number of its own, so that no two share their measurements.
    private static List<Trial> Draw(ParameterSet set, PhaseRetrievalSpectrum[] spectra, int[] sizes, RunContext context)
    {
        int trials = set.Get(ProbeRun.Trials);
        ulong seed = set.Get(CommonParameters.Seed);
        double[] times = set.IsGiven(ProbeRun.Time) ? [0, .. Enumerable.Range(0, PerDecade * Decades + 1).Select(k => set.Get(ProbeRun.Time) * Math.Pow(10, (double)k / PerDecade - Decades))] : [0];
        using var team = new ThreadTeam(context.Threads);
        var rows = ProbeTrials.Run(spectra.Length * sizes.Length * trials, Names.Length * times.Length, One, context);
        return [.. rows.Select((row, k) => new Trial(k / (sizes.Length * trials), sizes[k / trials % sizes.Length], k, [.. row.Chunk(Names.Length)]))];

        double[] One(int k)
        {
            var spectrum = spectra[k / (sizes.Length * trials)];
            int n = sizes[k / trials % sizes.Length];
            var landscape = PhaseRetrievalInstance.Draw(spectrum.Model, spectrum.Measurements, n, seed, (uint)k, team).Open(team);
            double[] start = new double[n];
            Trials.Start(landscape, 0, seed, (uint)k, start);
            var states = new List<(double Time, double[] Point)>();
            if (times.Length == 1)
            {
                states.Add((0, start));
            }
            else
            {
                ILandscape ground = set.IsOn(ProbeRun.IsHeld) ? new OrthogonalLandscape(landscape, landscape.Signal) : landscape;
                GradientFlow.Run(ground, start, new()
                {
                    EndTime = times[^1], OutputTimes = times, Tolerance = StepTolerance, Stepper = FlowStepper.Chebyshev, Cancellation = context.Cancellation,
                    Observer = (time, point) => states.Add((time, point.ToArray())),
                });
                context.Cancellation.ThrowIfCancellationRequested();
            }

            double[] row = new double[Names.Length * times.Length];
            for (int i = 0; i < times.Length; i++)
            {
                // A flow that could not go on stays where it was.
                var (time, point) = states[Math.Min(i, states.Count - 1)];
                Read(landscape, time, point, context).CopyTo(row, i * Names.Length);
            }

            return row;
        }
    }

    private static double[] Read(ILandscape landscape, double time, double[] point, RunContext context)
    {
        int n = landscape.Dimension;
        var reading = InformativeDirection.At(landscape, point, time, 2, PairTolerance, LargestSpace, context.Cancellation);
        return
        [
            reading.Time, reading.Loss, reading.Overlap, reading.Multiplier, reading.GradientNorm, reading.Values[0], reading.Values[1], reading.Overlap2[0], reading.Participation[0], reading.NullEdge,
            reading.IsOpen(n) ? 1 : 0, reading.IsConverged ? 1 : 0,
        ];
    }

    private static Record Row(PhaseRetrievalSpectrum spectrum, int[] sizes, int row, List<Trial> trials)
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
        Trial[][] groups = [.. sizes.Select(n => trials.Where(trial => trial.Row == row && trial.Size == n).ToArray())];
        Quantity[] lowest = Means(start => start[AtLowest] - start[AtMultiplier]), second = Means(start => start[AtSecond] - start[AtMultiplier]), overlap = Means(start => start[AtOverlap2]), multiplier = Means(start => start[AtMultiplier]);
        Quantity lowestLimit = ProbeTrials.Limit(sizes, lowest, LimitPower), overlapLimit = ProbeTrials.Limit(sizes, overlap, LimitPower);
        record.Add("measured", sizes.Select((n, i) => new Record
        {
            { "n", n }, { "trials", groups[i].Length }, { "lowest", lowest[i] }, { "second", second[i] }, { "overlap2", overlap[i] }, { "mu", multiplier[i] },
            { "found", Share(groups[i], trial => Math.Abs(trial.Readings[^1][AtOverlap]) > Found) }, { "open", Share(groups[i], trial => trial.Readings[^1][AtOpen] > 0) },
        }));
        record.Add("lowest_limit", lowestLimit);
        record.Add("lowest_deviation", ProbeTrials.Deviation(lowestLimit, spectrum.Outlier));
        record.Add("overlap2_limit", overlapLimit);
        record.Add("overlap2_deviation", ProbeTrials.Deviation(overlapLimit, spectrum.OutlierOverlap2));
        return record;

        Quantity[] Means(Func<double[], double> observable) => [.. groups.Select(group => ProbeTrials.Mean(group.Select(trial => observable(trial.Readings[0]))))];
    }

    private static Datum Share(Trial[] trials, Predicate<Trial> holds)
    {
        int count = trials.Count(trial => holds(trial));
        var (low, high) = SampleMean.Wilson(count, trials.Length);
        return new Datum.Share((double)count / trials.Length, low, high, How.Simulation);
    }

    private static string Verdict(InitialInformativeDirection transition, PhaseRetrievalSpectrum[] spectra, bool draws, List<Trial> trials)
    {
        int informative = spectra.Count(spectrum => spectrum.Outlier.Exists);
        string start = FormattableString.Invariant($"at a random start the lowest direction points toward the signal for alpha above {transition.Measurements.Value:G6}: at {informative} of {spectra.Length} values of alpha");
        if (!draws || trials[0].Readings.Length == 1)
        {
            return start;
        }

        Trial[] trapped = [.. trials.Where(trial => Math.Abs(trial.Readings[^1][AtOverlap]) <= Found)];
        int open = trapped.Count(trial => trial.Readings[^1][AtOpen] > 0);
        return $"{start}; at the end of the flow {trials.Count - trapped.Length} of {trials.Count} instances have found the signal, and {open} of the {trapped.Length} others have a negative direction toward it";
    }

    private static Table Theory(PhaseRetrievalSpectrum[] spectra) => new(
        "theory",
        new Column("alpha", [.. spectra.Select(spectrum => spectrum.Measurements)]),
        Column.Of("bulk_left", [.. spectra.Select(spectrum => spectrum.BulkLeft)]),
        Column.Of("outlier", [.. spectra.Select(spectrum => spectrum.Outlier)]),
        Column.Of("outlier_overlap2", [.. spectra.Select(spectrum => spectrum.OutlierOverlap2)]),
        Column.Of("mu", [.. spectra.Select(spectrum => spectrum.Multiplier)]));

    private static Table Readings(List<Trial> trials)
    {
        var rows = trials.SelectMany(trial => trial.Readings.Select(reading => (Trial: trial, Numbers: reading))).ToList();
        List<Column> columns = [new("row", [.. rows.Select(row => (double)row.Trial.Row)]), new("n", [.. rows.Select(row => (double)row.Trial.Size)]), new("trial", [.. rows.Select(row => (double)row.Trial.Number)])];
        columns.AddRange(Names.Select((name, k) => new Column(name, [.. rows.Select(row => row.Numbers[k])])));
        return new("readings", columns);
    }

    // Row of alpha, N, number, and the readings of one instance.
    private sealed record Trial(int Row, int Size, int Number, double[][] Readings);
}
