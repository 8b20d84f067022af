// Rates of descent beside what theorems promise: shares of a bound, iterations against the dimension, the terms of Langevin descent.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>The pages of the command "rates", one a law.</summary>
public static class RatesPicture
{
    private const double Room = 1.6;

    /// <summary>The page of a run.</summary>
    /// <param name="outcome">What it returned.</param>
    public static Page? Of(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Tables[0].Name switch
        {
            "problems" => new Page(1, 1, Shares(outcome.Table("problems"))) { Description = "Iterations of gradient descent as a share of the bound, problem by problem", ChartWidth = 620, ChartHeight = 380 },
            "walks" => new Page(1, 1, Dimensions(outcome)) { Description = "Iterations out of a strict saddle against the dimension", ChartWidth = 620 },
            _ => new Page(1, outcome.Table("paths").Rows > 0 ? 3 : 2, [Gaps(outcome), Excess(outcome.Table("gaps")), .. outcome.Table("paths").Rows > 0 ? new Chart?[] { Path(outcome.Table("paths")) } : []]) { Description = "Spectral gap, equilibrium and path of Langevin descent in a double well", ChartWidth = 440 },
        };
    }

    private static Chart Shares(Table table)
    {
        var problem = table["problem"];
        double[] places = [.. Enumerable.Range(0, table.Rows).Select(i => (double)(table.Rows - i))], any = table["share_at_any"].Values, at = table["share_at_accuracy"].Values;
        double least = Math.Max(1e-6, at.Where(share => share > 0).DefaultIfEmpty(1e-2).Min());
        return new Chart("Iterations over the bound 2ℓΔf/ε²")
        {
            X = Axis.Log("share of the bound", least / Room, 2),
            Y = Axis.Linear(string.Empty, 0.3, table.Rows + 0.7) with { Ticks = [.. places.Select((place, i) => new Tick(place, problem.Labels![i]))] },
            Legend = LegendPlace.Below,
        }
            .VerticalLine(1, new Stroke(Palette.Red, Dash.Solid, 1.4), "the bound")
            .Markers(any, places, Marker.Circle, Palette.Blue, "largest over all accuracies")
            .Markers(at, places, Marker.Diamond, Palette.Orange, "at the accuracy", [.. at.Select(share => share > 0)]);
    }

    private static Chart Dimensions(Outcome outcome)
    {
        var rows = outcome.Result.Rows("rows");
        var groups = rows.GroupBy(row => ((Datum.Text)row["method"]).Value).ToArray();
        double[] all = [.. rows.Select(row => ((Datum.Plain)row["dimension"]).Value)], means = [.. rows.Select(row => row.Quantity("mean_steps")).Where(mean => mean.Exists).Select(mean => mean.Value)];
        var chart = new Chart("From a strict saddle to a second-order point")
        {
            X = Axis.Log("dimension *d*", all.Min() / Room, all.Max() * Room),
            Y = Axis.Log("iterations, mean", Math.Max(1, means.DefaultIfEmpty(1).Min()) / Room, Room * Math.Max(10, means.DefaultIfEmpty(1).Max())),
            Legend = LegendPlace.Right,
        };
        for (int k = 0; k < groups.Length; k++)
        {
            double[] x = [.. groups[k].Select(row => ((Datum.Plain)row["dimension"]).Value)], y = [.. groups[k].Select(row => row.Quantity("mean_steps") is { Exists: true } mean ? Math.Max(1, mean.Value) : 1)];
            chart.Line(x, y, new Stroke(Palette.Cycle(k), Dash.Solid, 1.2)).Markers(x, y, Marker.Circle, Palette.Cycle(k), groups[k].Key);
        }

        return chart;
    }

    private static Chart Gaps(Outcome outcome)
    {
        var table = outcome.Table("gaps");
        double[] beta = table["beta"].Values;
        return new Chart("Spectral gap")
        {
            X = Span(beta),
            Y = Axis.Log("rate of relaxation *λ*", table["gap"].Values.Min() / Room, Room * Math.Max(table["gap"].Values.Max(), table["gap_kramers"].Values.Max())),
            Legend = LegendPlace.Below,
        }
            .Line(table["beta"], table["gap"], new Stroke(Palette.Blue, Dash.Solid, 1.6), "generator")
            .Line(table["beta"], table["gap_kramers"], new Stroke(Palette.Grey, Dash.Dashed, 1.2), "Eyring, Kramers")
            .Markers(table["beta"], table["gap_steps"], Marker.Plus, Palette.Black, "steps, by their matrix")
            .ErrorBars(beta, table["gap_simulated"].Values, table["gap_simulated_error"].Values, Palette.Red, exists: table["gap_simulated"].Exists)
            .Markers(table["beta"], table["gap_simulated"], Marker.Circle with { Hollow = true }, Palette.Red, "walks");
    }

    private static Chart Excess(Table table)
    {
        double[] beta = table["beta"].Values, steps = [.. table["excess_steps"].Values.Select(Math.Abs)], bound = table["excess_bound"].Values;
        return new Chart("Above the minimum at equilibrium") { X = Span(beta), Y = Axis.Log("mean of *f*, differences", steps.Min() / Room, bound.Max() * Room), Legend = LegendPlace.Below }
            .Line(beta, bound, new Stroke(Palette.Black, Dash.Solid, 1.4), "bound on equilibrium")
            .Line(table["beta"], table["excess_gibbs"], new Stroke(Palette.Blue, Dash.Solid, 1.6), "equilibrium − minimum")
            .Line(beta, [.. beta.Select(b => 0.5 / b)], new Stroke(Palette.Grey, Dash.Dotted, 1.2), "1/(2 *β*)")
            .Line(beta, steps, new Stroke(Palette.Orange, Dash.Solid, 1.6), "steps − equilibrium");
    }

    // The coldest walks: the three terms from the top down.
    private static Chart Path(Table table)
    {
        var path = table.Where("beta", table["beta"].Values.Max());
        double[] t = path["t"].Values;
        double lowest = path["value_lowest"].Values[0], gibbs = path["value_gibbs"].Values[0];
        return new Chart(FormattableString.Invariant($"Mean of *f* along walks, *β* = {path["beta"].Values[0]}")) { X = Axis.Log("time *kη*", t[0] / Room, t[^1] * Room), Y = Axis.Linear("*f*", lowest - 0.05, path["value_simulated"].Values.Max() + 0.05), Legend = LegendPlace.Below }
            .HorizontalLine(gibbs, new Stroke(Palette.Blue, Dash.Dashed, 1.2), "equilibrium")
            .HorizontalLine(lowest, new Stroke(Palette.Black, Dash.Dotted, 1.2), "minimum")
            .Line(path["t"], path["value_continuous"], new Stroke(Palette.Blue, Dash.Solid, 1.6), "diffusion")
            .Line(path["t"], path["value_steps"], new Stroke(Palette.Orange, Dash.Dashed, 1.6), "steps")
            .ErrorBars(t, path["value_simulated"].Values, path["value_error"].Values, Palette.Red)
            .Markers(path["t"], path["value_simulated"], Marker.Circle with { Hollow = true }, Palette.Red, "walks");
    }

    private static Axis Span(double[] beta)
    {
        double width = Math.Max(1, beta.Max() - beta.Min());
        return Axis.Linear("inverse temperature *β*", beta.Min() - 0.05 * width, beta.Max() + 0.05 * width);
    }
}
