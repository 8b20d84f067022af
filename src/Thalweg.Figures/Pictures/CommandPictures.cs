// The picture that each command's run folder carries.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Models;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.FiniteSize;
using Thalweg.Runs.Laboratory;
using Thalweg.Runs.Probe;
using Thalweg.Runs.Rates;

namespace Thalweg.Figures.Pictures;

/// <summary>From a run's outcome to its page of figures.</summary>
public static class CommandPictures
{
    // A curve in time with fewer points is none.
    private const int LeastRows = 3;

    /// <summary>Draws the page of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="set">Its options.</param>
    /// <param name="outcome">What it returned, now or when its folder was written.</param>
    /// <returns>Null when the run has no picture: a phase diagram of a single point, for example.</returns>
    public static Page? Of(Run run, ParameterSet set, Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(outcome);
        return run switch
        {
            AnalyzeRun => Analysis(set, outcome),
            PhaseRun => Phase(set, outcome),
            ComplexityRun => Curves(outcome),
            HessianRun when outcome.Tables.Any(table => table.Name == "measured") => new Page(1, 2, Spectrum(outcome.Table("spectrum"), outcome.Result), FiniteSizePicture.Spectrum(outcome)) { Description = "Eigenvalue density of the Hessian, in theory and measured", ChartWidth = 460 },
            HessianRun => new Page(1, 1, Spectrum(outcome.Table("spectrum"), outcome.Result)) { Description = "Eigenvalue density of the Hessian" },
            DynamicsRun => outcome.Table("times").Rows < LeastRows ? null : DynamicsPicture.Of(outcome, Heading(ModelParameters.Read(set))),
            ThresholdRun => GrowthPicture.Of(outcome),
            SimulateRun => FiniteSizePicture.Flow(outcome, $"{Heading(ModelParameters.Read(set))}, {Size(set)}"),
            AmpRun => FiniteSizePicture.MessagePassing(outcome, $"{Heading(ModelParameters.Read(set))}, {Size(set)}"),
            CriticalPointsRun => Points(set, outcome),
            CertifyRun => CertificatePicture.Of(outcome),
            EscapeRun => EscapePicture.Of(outcome),
            WalkRun => WalkPicture.Of(outcome),
            ProbeRun => ProbePicture.Of(outcome),
            RatesRun => RatesPicture.Of(outcome),
            CheckDerivativesRun => DerivativePicture.Of(outcome),
            _ => null,
        };
    }

    private static Page? Points(ParameterSet set, Outcome outcome)
    {
        // The law depends on the order alone: no instance is drawn for it.
        var (kind, size) = ProblemParameters.Read(set);
        Func<double, double?> law = kind.Name == SphericalGlass.Name && size.Field == 0 ? value => SphericalGlass.SemicircleShare(size.Order!.Value, value) : _ => null;
        return CriticalPointsPicture.Of(outcome, law, (size.Dimension ?? 2) - 1);
    }

    private static string Heading(ModelChoice choice) => choice.Spiked is { } spiked
        ? FormattableString.Invariant($"Spiked matrix-tensor model, p = {spiked.TensorOrder}, Δ_p = {spiked.TensorNoise}, 1/Δ_2 = {spiked.InverseMatrixNoise}")
        : $"Q(x) = {choice.Model.Noise}";

    private static string Size(ParameterSet set) => $"N = {set.Get(InstanceParameters.Dimension)}, {set.Get(InstanceParameters.Trials)} trials";

    private static Page? Phase(ParameterSet set, Outcome outcome)
    {
        var table = outcome.Table("phase");
        return table.Rows < 2 || set.IsGiven(ModelParameters.Mixture) || !table["delta2_gf"].Has(0)
            ? null
            : new Page(1, 1, PhasePicture.Of(table, $"p = {set.Get(ModelParameters.TensorOrder)}", [])) { Description = "Phase diagram of gradient flow", ChartWidth = 680, ChartHeight = 400 };
    }

    private static Page Curves(Outcome outcome)
    {
        var rows = outcome.Result.Rows("rows");
        var table = outcome.Table("curves");
        int points = table.Rows / rows.Count, shown = Math.Min(rows.Count, 12), columns = Math.Min(3, shown);
        var charts = Enumerable.Range(0, shown).Select(i =>
        {
            double u = table["inv_delta2"].Values[i * points];
            return ComplexityPicture.Of(Slice(table, i * points, points), u > 0 ? FormattableString.Invariant($"1/Δ_2 = {u}") : "complexity", FigurePoints.InkOf(u), Threshold(rows[i]));
        });
        bool quenched = outcome.Tables.Any(item => item.Name == "overlaps");
        if (quenched)
        {
            var overlaps = outcome.Table("overlaps");
            int length = overlaps.Rows / rows.Count;
            charts = charts.Concat(Enumerable.Range(0, shown).Select(i => OverlapPicture.Of(Slice(overlaps, i * length, length), "Annealed and quenched", FigurePoints.InkOf(overlaps["inv_delta2"].Values[i * length]))));
            shown *= 2;
            columns = Math.Min(3, Math.Max(columns, 2));
        }

        return new Page((shown + columns - 1) / columns, columns, [.. charts, .. new Chart?[(columns - shown % columns) % columns]]) { Description = "Complexity of stationary points against energy" + (quenched ? ", and annealed and quenched against overlap" : string.Empty) };
    }

    private static Page Analysis(ParameterSet set, Outcome outcome)
    {
        var choice = ModelParameters.Read(set);
        var regime = outcome.Result.Nested("regime");
        var complexity = outcome.Result.Nested("complexity");
        var threshold = Threshold(complexity);
        var curve = ComplexityPicture.Of(outcome.Table("curves"), "Complexity at *m* = 0", Palette.Blue, threshold);
        var near = ComplexityPicture.Of(outcome.Table("threshold"), "The same near the threshold energy", Palette.Blue, threshold);
        var spectrum = Spectrum(outcome.Table("spectrum"), outcome.Result.Nested("hessian"));
        Chart? diagram = choice.Spiked is { } model && outcome.Tables.Any(table => table.Name == "phase")
            ? PhasePicture.Of(outcome.Table("phase"), "Phase diagram", [(model.TensorNoise, model.InverseMatrixNoise, Palette.Blue)])
            : null;
        List<Chart?> charts = diagram is null ? [curve, near, spectrum] : [diagram, spectrum, curve, near];
        bool runs = false, follows = false;
        if (outcome.Tables.FirstOrDefault(table => table.Name == "times" && table.Rows >= LeastRows) is { } times)
        {
            (runs, follows) = (true, times.Columns.Any(column => column.Name == "log_m"));
            charts.Add(DynamicsPicture.Energy(times, outcome.Result.Nested("dynamics")));
            if (follows)
            {
                charts.Add(DynamicsPicture.Overlap(times));
            }
        }

        if (charts.Count % 2 == 1)
        {
            charts.Add(null);
        }

        return new Page(charts.Count / 2, 2, [.. charts])
        {
            ChartWidth = 520,
            Title = Heading(choice),
            Caption = regime.Find("value") is Datum.Text name ? $"{name.Value}: {((Datum.Text)regime["why"]).Value}".Replace("_", "\\_", StringComparison.Ordinal) : string.Empty,
            Description = (diagram is not null ? "Phase diagram, Hessian spectrum and complexity of one model" : "Complexity and Hessian spectrum of one model") + (runs ? ", and the energy " + (follows ? "and overlap " : string.Empty) + "of its gradient flow" : string.Empty),
        };
    }

    private static Chart Spectrum(Table table, Record result) =>
        SpectrumPicture.Of([(table, result.Quantity("outlier"), FormattableString.Invariant($"θ = {result.Quantity("theta").Value:F4}, *t* = {result.Quantity("shift").Value:F4}"), Palette.Blue)], "Spectrum of the Hessian");

    private static double? Threshold(Record row) => row.Quantity("e_threshold") is { Exists: true } threshold ? threshold.Value : null;

    private static Table Slice(Table table, int start, int count) => new(
        table.Name,
        [.. table.Columns.Select(column => new Column(column.Name, column.Values[start..(start + count)], column.Exists?[start..(start + count)], column.Kind, column.Labels))]);
}
