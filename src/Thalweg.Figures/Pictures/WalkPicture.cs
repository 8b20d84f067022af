// One walk: how high it still is and how steep, and its path over the first two coordinates.
using System;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>What a run of the command "walk" looks like.</summary>
public static class WalkPicture
{
    private const double Room = 1.6, Least = 1e-200;
    private const int LeastRows = 2;

    /// <summary>The page; null for a walk of less than two rows.</summary>
    /// <param name="outcome">What it returned.</param>
    public static Page? Of(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Table path = outcome.Table("path"), points = outcome.Table("points");
        if (path.Rows < LeastRows || path.Columns.Any(column => column.Exists is not null))
        {
            return null;
        }

        Chart[] charts = points["coordinate"].Values.Contains(1) ? [Descent(outcome, path), Plane(points)] : [Descent(outcome, path)];
        return new Page(1, charts.Length, charts) { Description = "Value and gradient along a walk" + (charts.Length > 1 ? ", and its path" : string.Empty), ChartWidth = 460 };
    }

    // Heights above the value that the walk comes down to, where one is known.
    private static Chart Descent(Outcome outcome, Table path)
    {
        var limit = outcome.Result.Quantity("limit_value");
        double[] iterations = [.. path["iteration"].Values.Select(iteration => Math.Max(1, iteration))], gradients = path["gradient_norm"].Values;
        double[] heights = limit.Exists ? [.. path["value"].Values.Select(value => value - limit.Value)] : [];
        double[] positive = [.. heights.Concat(gradients).Where(number => number > Least).DefaultIfEmpty(1)];
        var chart = new Chart("Descent") { X = Axis.Log("iterations", 1, Room * iterations[^1]), Y = Axis.Log("height, gradient", positive.Min() / Room, positive.Max() * Room), Legend = LegendPlace.Below };
        if (limit.Exists)
        {
            chart.Line(iterations, heights, new Stroke(Palette.Blue, Dash.Solid, 1.6), "value above that of a critical point");
        }

        return chart.Line(iterations, gradients, new Stroke(Palette.Red, Dash.Solid, 1.6), "length of the gradient");
    }

    private static Chart Plane(Table points)
    {
        double[] x = points.Where("coordinate", 0)["x"].Values, y = points.Where("coordinate", 1)["x"].Values;
        return new Chart("Path") { X = Axis.Auto("first coordinate"), Y = Axis.Auto("second coordinate"), Legend = LegendPlace.Inside }
            .Line(x, y, new Stroke(Palette.Blue, Dash.Solid, 1.4))
            .Markers([x[0]], [y[0]], Marker.Circle, Palette.Red, "start")
            .Markers([x[^1]], [y[^1]], Marker.Diamond, Palette.Green, "end");
    }
}
