// Critical points by value: how many directions lead down, and how steeply.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>Index and lowest eigenvalue against the value, with the law of the indices where one is known.</summary>
public static class CriticalPointsPicture
{
    private const double Margin = 0.08;
    private const int CurvePoints = 200;

    /// <summary>The page of a run of the command "critical-points"; null without two points.</summary>
    /// <param name="outcome">What it returned.</param>
    /// <param name="law">The share of negative eigenvalues at a value, or null.</param>
    /// <param name="dimension">The dimension of the tangent space.</param>
    public static Page? Of(Outcome outcome, Func<double, double?> law, int dimension)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(law);
        var table = outcome.Table("points");
        return table.Rows < 2 ? null : new Page(1, 2, Indices(table, law, dimension), Lowest(table)) { Description = "Index and lowest eigenvalue of critical points against their value", ChartWidth = 460 };
    }

    /// <summary>Index against value.</summary>
    /// <param name="table">The table "points".</param>
    /// <param name="law">The share of negative eigenvalues at a value, or null.</param>
    /// <param name="dimension">The dimension of the tangent space.</param>
    public static Chart Indices(Table table, Func<double, double?> law, int dimension)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(law);
        double[] values = table["value"].Values, indices = table["index"].Values;
        var chart = new Chart("Index") { X = Span("value", values), Y = Axis.Linear("negative eigenvalues", -0.5, 1.08 * indices.Max() + 1), Legend = LegendPlace.Inside };
        chart.Markers(values, indices, Marker.Circle, Palette.Blue, "critical points");
        if (law(values[0]) is not null)
        {
            double low = values.Min(), high = values.Max();
            double[] x = [.. Enumerable.Range(0, CurvePoints).Select(i => low + (high - low) * i / (CurvePoints - 1))];
            chart.Line(x, [.. x.Select(value => dimension * law(value)!.Value)], new Stroke(Palette.Red, Dash.Solid, 1.6), "many dimensions");
        }

        return chart;
    }

    private static Chart Lowest(Table table)
    {
        double[] values = table["value"].Values, lowest = table["lambda_min"].Values;
        return new Chart("Lowest eigenvalue") { X = Span("value", values), Y = Span("lowest eigenvalue of the Hessian", [.. lowest, 0]), Legend = LegendPlace.None }
            .HorizontalLine(0, new Stroke(Palette.Black, Dash.Dashed, 1))
            .Markers(values, lowest, Marker.Circle, Palette.Blue, "critical points");
    }

    private static Axis Span(string label, IReadOnlyList<double> values)
    {
        double width = Math.Max(values.Max() - values.Min(), 1e-9);
        return Axis.Linear(label, values.Min() - Margin * width, values.Max() + Margin * width);
    }
}
