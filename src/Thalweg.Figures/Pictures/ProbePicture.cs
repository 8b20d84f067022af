// Whether a direction toward the signal opens: measured eigenvalues, overlaps and openings beside the theory.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Numerics.Series;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>The pages of the command "probe".</summary>
public static class ProbePicture
{
    private const double Room = 0.08, LimitPower = 2.0 / 3;

    /// <summary>The page of a run; null where nothing was drawn and fewer than two α were asked for.</summary>
    /// <param name="outcome">What it returned.</param>
    public static Page? Of(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        bool isDrawn = outcome.Tables.Any(table => table.Name is "readings" or "states");
        if (outcome.Result.Find("alpha_bbp_initial") is not null)
        {
            return !isDrawn && outcome.Table("theory").Rows < 2 ? null
                : new Page(1, 2, Eigenvalues(outcome, isDrawn ? outcome : null), Overlaps(outcome, isDrawn ? outcome : null)) { Description = "Lowest eigenvalue of the Hessian at a random start and its overlap with the signal", ChartWidth = 460 };
        }

        return isDrawn ? new Page(1, 2, Openings(outcome.Result.Rows("rows")), Lines(outcome)) { Description = "Where a negative direction toward the signal opens, against the number of variables", ChartWidth = 460 } : null;
    }

    /// <summary>Edge and outlier of the flat Hessian against α, with drawn instances.</summary>
    /// <param name="theory">A run whose table "theory" has the curves.</param>
    /// <param name="drawn">A run with instances, or null.</param>
    public static Chart Eigenvalues(Outcome theory, Outcome? drawn)
    {
        ArgumentNullException.ThrowIfNull(theory);
        var table = theory.Table("theory");
        double[] values = [.. Existing(table["bulk_left"]), .. Existing(table["outlier"]), .. drawn is null ? [] : Points(drawn, "lowest", "second").Select(point => point.Y)];
        var chart = new Chart("Lowest eigenvalues at a random start, without *μ*") { X = Span("α", [.. table["alpha"].Values, .. drawn is null ? [] : Points(drawn, "lowest").Select(point => point.X)]), Y = Span("eigenvalue", values), Legend = LegendPlace.Below }
            .Line(table["alpha"], table["bulk_left"], new Stroke(Palette.Black, Dash.Solid, 1.4), "edge of the bulk")
            .Line(table["alpha"], table["outlier"], new Stroke(Palette.Red, Dash.Solid, 1.6), "toward the signal")
            .VerticalLine(theory.Result.Quantity("alpha_bbp_initial").Value, new Stroke(Palette.Grey, Dash.Dashed, 1));
        return drawn is null ? chart : Mark(Mark(chart, Points(drawn, "second"), Marker.Square, Palette.Sky, "second, instances"), Points(drawn, "lowest"), Marker.Circle, Palette.Blue, "lowest, instances");
    }

    /// <summary>The squared overlap against α, with drawn instances.</summary>
    /// <param name="theory">A run whose table "theory" has the curve.</param>
    /// <param name="drawn">A run with instances, or null.</param>
    public static Chart Overlaps(Outcome theory, Outcome? drawn)
    {
        ArgumentNullException.ThrowIfNull(theory);
        var table = theory.Table("theory");
        var chart = new Chart("Overlap of the lowest direction") { X = Span("α", [.. table["alpha"].Values, .. drawn is null ? [] : Points(drawn, "lowest").Select(point => point.X)]), Y = Axis.Linear("squared overlap with the signal", 0, 1), Legend = LegendPlace.Below }
            .Line(table["alpha"], table["outlier_overlap2"], new Stroke(Palette.Red, Dash.Solid, 1.6), "infinite *N*")
            .VerticalLine(theory.Result.Quantity("alpha_bbp_initial").Value, new Stroke(Palette.Grey, Dash.Dashed, 1));
        return drawn is null ? chart : Mark(chart, Points(drawn, "overlap2"), Marker.Circle, Palette.Blue, "instances");
    }

    /// <summary>The opening in units of the bulk against N, with the straight line to its limit and eq. (5) there.</summary>
    /// <param name="rows">One record a Δ_p.</param>
    public static Chart Openings(IReadOnlyList<Record> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var points = rows.Select(row => row.Rows("measured").Select(item => (X: Math.Pow(Plain(item, "n"), -LimitPower), Opening: item.Quantity("opening"))).Where(item => item.Opening.Exists).ToArray()).ToArray();
        Quantity[] limits = [.. rows.Select(row => row.Quantity("opening_limit"))];
        double furthest = 1.1 * points.SelectMany(group => group).Select(point => point.X).DefaultIfEmpty(1).Max();
        double[] ends = [.. points.SelectMany(group => group).Select(point => point.Opening).Concat(limits.Where(limit => limit.Exists)).SelectMany(opening => new[] { opening.Value - opening.Error, opening.Value + opening.Error }), 1];
        var chart = new Chart("Opening in units of the bulk") { X = Axis.Linear("*N*^{-2/3}", -Room * furthest, furthest), Y = Span("θ", ends), Legend = LegendPlace.Below }
            .HorizontalLine(1, new Stroke(Palette.Black, Dash.Dashed, 1.2), "eq. (5)");
        for (int k = 0; k < rows.Count; k++)
        {
            // What belongs to one place stands side by side.
            double aside = 0.015 * furthest * (k - 0.5 * (rows.Count - 1));
            double[] x = [.. points[k].Select(point => point.X + aside)], y = [.. points[k].Select(point => point.Opening.Value)], errors = [.. points[k].Select(point => point.Opening.Error)];
            string name = FormattableString.Invariant($"Δ_p = {Plain(rows[k], "delta_p")}");
            chart.ErrorBars(x, y, errors, Palette.Cycle(k)).Markers(x, y, Marker.Circle, Palette.Cycle(k), name);
            if (limits[k].Exists)
            {
                if (rows[k].Rows("measured")[0].Find("edges") is null)
                {
                    double there = PolynomialFit.Weighted([.. points[k].Select(point => point.X)], y, errors, 1, furthest).Value;
                    chart.Line([aside, furthest], [limits[k].Value, there], new Stroke(Palette.Cycle(k), Dash.Solid, 0.9));
                }

                chart.ErrorBars([aside], [limits[k].Value], [limits[k].Error], Palette.Cycle(k)).Markers([aside], [limits[k].Value], Marker.Diamond, Palette.Cycle(k), name);
            }
        }

        return chart;
    }

    // Means of y = sqrt θ - 1/sqrt θ against the root of the depth, of the first Δ_p.
    private static Chart Lines(Outcome outcome)
    {
        var table = outcome.Table("strengths");
        double first = table["delta_p"].Values.FirstOrDefault();
        var chart = new Chart(FormattableString.Invariant($"Strength at fixed depths, Δ_p = {first}"))
        {
            X = Axis.Linear("root of the depth below zero", 0, 0.75), Y = Axis.Linear("√θ - 1/√θ", -0.1, 0.75), Legend = LegendPlace.Below,
        };
        chart.Line([0, 0.75], [0, 0.75], new Stroke(Palette.Black, Dash.Dashed, 1.2), "infinite *N*");
        var groups = Enumerable.Range(0, table.Rows).Where(i => table["delta_p"].Values[i] == first).GroupBy(i => (N: table["n"].Values[i], Edges: table["edges"].Values[i])).ToArray();
        for (int k = 0; k < groups.Length; k++)
        {
            var depths = groups[k].GroupBy(i => table["depth"].Values[i]).Select(group => (X: Math.Sqrt(group.Key), Y: group.Average(i => Math.Sqrt(table["theta"].Values[i]) - 1 / Math.Sqrt(table["theta"].Values[i])))).ToArray();
            string name = FormattableString.Invariant($"N = {groups[k].Key.N}") + (groups[k].Key.Edges > 0 ? FormattableString.Invariant($", {groups[k].Key.Edges} edges") : string.Empty);
            chart.Line([.. depths.Select(depth => depth.X)], [.. depths.Select(depth => depth.Y)], new Stroke(Palette.Cycle(k), Dash.Solid, 1)).Markers([.. depths.Select(depth => depth.X)], [.. depths.Select(depth => depth.Y)], Marker.Circle, Palette.Cycle(k), name);
        }

        return chart;
    }

    // Means at the largest N of each α.
    private static (double X, double Y, double Error)[] Points(Outcome drawn, params string[] names) =>
    [
        .. drawn.Result.Rows("rows").Where(row => row.Find("measured") is not null).SelectMany(row => names.Select(name => (X: Plain(row, "alpha"), Mean: row.Rows("measured")[^1].Quantity(name)))).Where(point => point.Mean.Exists)
            .Select(point => (point.X, point.Mean.Value, point.Mean.Error)),
    ];

    private static Chart Mark(Chart chart, (double X, double Y, double Error)[] points, Marker marker, Ink ink, string name)
    {
        double[] x = [.. points.Select(point => point.X)], y = [.. points.Select(point => point.Y)];
        return chart.ErrorBars(x, y, [.. points.Select(point => point.Error)], ink).Markers(x, y, marker, ink, name);
    }

    private static double Plain(Record record, string name) => ((Datum.Plain)record[name]).Value;

    private static IEnumerable<double> Existing(Column column) => Enumerable.Range(0, column.Values.Length).Where(column.Has).Select(i => column.Values[i]);

    private static Axis Span(string label, IReadOnlyList<double> values)
    {
        double width = Math.Max(values.Max() - values.Min(), 1e-9);
        return Axis.Linear(label, values.Min() - Room * width, values.Max() + Room * width);
    }
}
