// The two-time dynamics on a logarithmic axis of time: energy, overlap, multiplier and growth rate, as in Fig. 4 right; response against correlation of ageing.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>A run of the command "dynamics" as one of several curves.</summary>
/// <param name="Outcome">What the run returned.</param>
/// <param name="Label">Its entry in the legend.</param>
/// <param name="Ink">Its colour.</param>
public sealed record Course(Outcome Outcome, string Label, Ink Ink)
{
    /// <summary>Its table of times.</summary>
    public Table Times => Outcome.Table("times");
}

/// <summary>e(t), m(t), μ(t) and d ln m/dt; χ against C where the run ages.</summary>
public static class DynamicsPicture
{
    private const double Earliest = 0.05, Margin = 0.06, NearestAbove = 1e-4;
    private const string LogOverlap = "log₁₀ *m*";

    /// <summary>The page of one run.</summary>
    /// <param name="outcome">The run: its table of times, that of ageing where it has one, threshold energy and limit of μ.</param>
    /// <param name="title">The heading.</param>
    public static Page Of(Outcome outcome, string title)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var table = outcome.Table("times");
        bool follows = table.Columns.Any(column => column.Name is "log_m" or "m"), grows = table.Columns.Any(column => column.Name == "growth_rate"), ages = outcome.Tables.Any(other => other.Name == "ageing");
        Chart energy = Energy(table, outcome.Result), mu = Curve(table, "mu", "Spherical multiplier", "μ", outcome.Result.Quantity("mu_threshold"), "2√Q″(1)");
        var charts = follows ? new List<Chart?> { energy, Overlap(table), mu, grows ? Growth(table) : null } : [energy, mu];
        if (ages)
        {
            charts.AddRange([Response(outcome.Table("ageing")), null]);
        }

        string what = "Energy, multiplier" + (follows ? ", overlap and its growth" : string.Empty) + " against time" + (ages ? ", integrated response against correlation" : string.Empty);
        return new Page(charts.Count / 2, 2, [.. charts]) { Title = title, Description = what, ChartWidth = 460 };
    }

    /// <summary>e(t) with the threshold energy.</summary>
    /// <param name="table">The table of times.</param>
    /// <param name="result">The scalars of the run.</param>
    public static Chart Energy(Table table, Record result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Curve(table, "energy", "Energy of gradient flow", "energy ε", result.Quantity("e_threshold"), "ε_th");
    }

    /// <summary>One observable against time, with the value that it has at threshold.</summary>
    /// <param name="table">The table of times.</param>
    /// <param name="name">The column; that of its error gives a band.</param>
    /// <param name="title">The title.</param>
    /// <param name="label">The axis.</param>
    /// <param name="limit">The value at threshold.</param>
    /// <param name="limitLabel">Its name.</param>
    public static Chart Curve(Table table, string name, string title, string label, Quantity limit, string limitLabel)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (times, values, errors) = Shown(table, name);
        double low = Math.Min(values.Min(), limit.Value), high = Math.Max(values.Max(), limit.Value), margin = Margin * Math.Max(high - low, 1e-9);
        return new Chart(title) { X = Time(times), Y = Axis.Linear(label, low - margin, high + margin) }
            .Band(times, values, errors, Palette.Blue, 0.25)
            .Line(times, values, new Stroke(Palette.Blue, Dash.Solid, 1.8))
            .HorizontalLine(limit.Value, new Stroke(Palette.Grey, Dash.Dashed, 1), limitLabel);
    }

    /// <summary>The energies of several runs, each with its threshold energy.</summary>
    /// <param name="courses">The runs.</param>
    /// <param name="title">The title.</param>
    public static Chart Energies(IReadOnlyList<Course> courses, string title)
    {
        ArgumentNullException.ThrowIfNull(courses);
        var shown = courses.Select(course => Shown(course.Times, "energy")).ToArray();
        double low = shown.Min(curve => curve.Values.Min()), high = shown.Max(curve => curve.Values.Max());
        var chart = new Chart(title) { X = Time(shown[0].Times), Y = Axis.Linear("energy ε", low - Margin * (high - low), high), Legend = LegendPlace.Inside };
        for (int i = 0; i < shown.Length; i++)
        {
            chart.HorizontalLine(courses[i].Outcome.Result.Quantity("e_threshold").Value, new Stroke(courses[i].Ink, Dash.Dashed, 0.9))
                .Line(shown[i].Times, shown[i].Values, new Stroke(courses[i].Ink, Dash.Solid, 1.8), courses[i].Label);
        }

        return chart;
    }

    /// <summary>How far the energies of several runs lie above their threshold energies, while they do.</summary>
    /// <param name="courses">The runs.</param>
    /// <param name="title">The title.</param>
    public static Chart EnergiesAboveThreshold(IReadOnlyList<Course> courses, string title)
    {
        ArgumentNullException.ThrowIfNull(courses);
        var shown = courses.Select(course => Shown(course.Times, "energy")).ToArray();
        var chart = new Chart(title) { X = Time(shown[0].Times), Y = Axis.Log("ε − ε_th", NearestAbove, 3) };
        for (int i = 0; i < shown.Length; i++)
        {
            double threshold = courses[i].Outcome.Result.Quantity("e_threshold").Value;
            double[] above = [.. shown[i].Values.Select(energy => energy - threshold)];
            chart.Line(shown[i].Times, [.. above.Select(distance => Math.Max(distance, NearestAbove))], new Stroke(courses[i].Ink, Dash.Solid, 1.8), null, [.. above.Select(distance => distance > NearestAbove)]);
        }

        return chart;
    }

    /// <summary>The overlaps of several runs.</summary>
    /// <param name="courses">The runs.</param>
    /// <param name="title">The title.</param>
    public static Chart Overlaps(IReadOnlyList<Course> courses, string title)
    {
        ArgumentNullException.ThrowIfNull(courses);
        var shown = courses.Select(course => Shown(course.Times, "log_m")).ToArray();
        double low = shown.Min(curve => curve.Values.Min()) / Math.Log(10);
        var chart = new Chart(title) { X = Time(shown[0].Times), Y = Axis.Linear(LogOverlap, low * (1 + Margin), -low * Margin) };
        for (int i = 0; i < shown.Length; i++)
        {
            chart.Line(shown[i].Times, [.. shown[i].Values.Select(log => log / Math.Log(10))], new Stroke(courses[i].Ink, Dash.Solid, 1.8));
        }

        return chart;
    }

    /// <summary>ln m(t), or m(t) where the run kept that.</summary>
    /// <param name="table">The table of times.</param>
    public static Chart Overlap(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        bool isLog = table.Columns.Any(column => column.Name == "log_m");
        var (times, values, _) = Shown(table, isLog ? "log_m" : "m");
        double[] shown = isLog ? [.. values.Select(log => log / Math.Log(10))] : values;
        double low = shown.Min(), high = shown.Max(), margin = Margin * Math.Max(high - low, 1e-3);
        return new Chart("Overlap with the signal") { X = Time(times), Y = Axis.Linear(isLog ? LogOverlap : "*m*", low - margin, high + margin) }
            .Line(times, shown, new Stroke(Palette.Red, Dash.Solid, 1.8));
    }

    private static Chart Growth(Table table)
    {
        var (times, values, _) = Shown(table, "growth_rate");
        double low = Math.Min(0, values.Min()), high = Math.Max(values.Max(), 1e-6), margin = Margin * (high - low);
        return new Chart("Growth of the overlap") { X = Time(times), Y = Axis.Linear("d ln *m* / d *t*", low - margin, high + margin) }
            .HorizontalLine(0, new Stroke(Palette.Grey, Dash.Solid, 0.8))
            .Line(times, values, new Stroke(Palette.Green, Dash.Solid, 1.8));
    }

    // χ against C at the last time: straight with the slope of the slow sector where its limit is.
    private static Chart Response(Table table)
    {
        table = table.Where("t", table["t"].Values[^1]);
        Column c = table["c"], χ = table["chi"], limit = table["chi_limit"];
        double highest = Math.Max(χ.Values.Max(), limit.Values.Max());
        return new Chart("Integrated response at the last time") { X = Axis.Linear("correlation *C*(*t*, *t*′)", 0, 1), Y = Axis.Linear("χ(*t*, *t*′)", 0, 1.06 * Math.Max(highest, 1e-6)) }
            .Line(c, χ, new Stroke(Palette.Blue, Dash.Solid, 1.8), "the run")
            .Line(c, limit, new Stroke(Palette.Grey, Dash.Dashed, 1), "ageing theory");
    }

    private static Axis Time(double[] times) => Axis.Log("time *t*", times[0], Math.Max(times[^1], 1.01 * times[0]));

    // A logarithmic axis has no zero: the first moments, in which hardly anything happens, are left out.
    private static (double[] Times, double[] Values, double[] Errors) Shown(Table table, string name)
    {
        double[] times = table["t"].Values;
        int first = Math.Min(Math.Max(1, Array.FindIndex(times, t => t >= Math.Min(Earliest, times[^1] / 2))), times.Length - 1);
        double[] errors = table.Columns.Any(column => column.Name == name + "_error") ? table[name + "_error"].Values : new double[times.Length];
        return (times[first..], table[name].Values[first..], errors[first..]);
    }
}
