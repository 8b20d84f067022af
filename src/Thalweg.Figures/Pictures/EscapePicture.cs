// How long methods of descent take: the share of walks that have arrived, and on the tube the time at each saddle.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>One curve a method.</summary>
public static class EscapePicture
{
    private const double Room = 1.6;

    /// <summary>The page of a run of the command "escape"; null when no walk arrived.</summary>
    /// <param name="outcome">What it returned.</param>
    public static Page? Of(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var arrived = Arrived(outcome.Table("trials"));
        Chart?[] charts = outcome.Tables.Any(table => table.Name == "saddles") ? [arrived, Saddles(outcome.Table("saddles"))] : [arrived];
        charts = [.. charts.Where(chart => chart is not null)];
        return charts.Length == 0 ? null : new Page(1, charts.Length, charts) { Description = "Iterations that methods of descent need", ChartWidth = 460 };
    }

    private static Chart? Arrived(Table table)
    {
        var method = table["method"];
        var curves = new List<(string Name, double[] X, double[] Y)>();
        foreach (int code in method.Values.Select(code => (int)code).Distinct())
        {
            int[] rows = [.. Enumerable.Range(0, table.Rows).Where(i => (int)method.Values[i] == code)];
            double[] times = [.. rows.Where(i => table["has_escaped"].Values[i] > 0).Select(i => Math.Max(1, table["iterations"].Values[i])).Order()];
            if (times.Length > 0)
            {
                curves.Add((method.Labels![code], [.. times.SelectMany(time => new[] { time, time })], [.. times.SelectMany((_, k) => new[] { (double)k / rows.Length, (k + 1.0) / rows.Length })]));
            }
        }

        if (curves.Count == 0)
        {
            return null;
        }

        double low = curves.Min(curve => curve.X[0]), high = curves.Max(curve => curve.X[^1]);
        var chart = new Chart("Walks that have arrived") { X = Axis.Log("iterations", low / Room, high * Room), Y = Axis.Linear("share of the walks", 0, 1.05), Legend = LegendPlace.Below };
        for (int k = 0; k < curves.Count; k++)
        {
            chart.Line([.. curves[k].X, high * Room], [.. curves[k].Y, curves[k].Y[^1]], new Stroke(Palette.Cycle(k), Dash.Solid, 1.6), curves[k].Name);
        }

        return chart;
    }

    private static Chart? Saddles(Table table)
    {
        var method = table["method"];
        int[] shown = [.. Enumerable.Range(0, table.Rows).Where(i => table["median"].Has(i) && table["median"].Values[i] > 0)];
        if (shown.Length < 2)
        {
            return null;
        }

        double[] saddles = table["saddle"].Values, medians = table["median"].Values;
        var chart = new Chart("Time at each saddle")
        {
            X = Axis.Linear("saddle", shown.Min(i => saddles[i]) - 0.5, shown.Max(i => saddles[i]) + 0.5),
            Y = Axis.Log("median of the iterations", shown.Min(i => medians[i]) / Room, shown.Max(i => medians[i]) * Room),
            Legend = LegendPlace.Below,
        };
        int[] codes = [.. shown.Select(i => (int)method.Values[i]).Distinct()];
        for (int k = 0; k < codes.Length; k++)
        {
            int[] rows = [.. shown.Where(i => (int)method.Values[i] == codes[k])];
            chart.Line([.. rows.Select(i => saddles[i])], [.. rows.Select(i => medians[i])], new Stroke(Palette.Cycle(codes[k]), Dash.Solid, 1.2))
                .Markers([.. rows.Select(i => saddles[i])], [.. rows.Select(i => medians[i])], Marker.Circle, Palette.Cycle(codes[k]), method.Labels![codes[k]]);
        }

        return chart;
    }
}
