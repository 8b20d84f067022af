// A landscape of two coordinates from above: bands of equal value, and the paths of walks over them.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Figures.Saddles;

/// <summary>Values on a grid, rounded to bands, so that their borders are contour lines.</summary>
public static class PlaneMap
{
    private const int Cells = 100;

    /// <summary>The chart of a problem of two coordinates.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="x">The horizontal axis, with both ends.</param>
    /// <param name="y">The vertical one.</param>
    /// <param name="highest">Values above count as this.</param>
    /// <param name="bands">How many bands.</param>
    /// <param name="power">The bands are equal steps of this power of the value, which is not negative then; 1 for the value itself.</param>
    public static Chart Of(string title, Problem problem, Axis x, Axis y, double highest, int bands, double power = 1)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var landscape = problem.Open();
        double[] xs = Edges(x), ys = Edges(y), point = new double[2], gradient = new double[2];
        double[,] values = new double[Cells, Cells];
        for (int i = 0; i < Cells; i++)
        {
            for (int j = 0; j < Cells; j++)
            {
                (point[0], point[1]) = (0.5 * (xs[j] + xs[j + 1]), 0.5 * (ys[i] + ys[i + 1]));
                double value = Math.Min(highest, landscape.Gradient(point, gradient));
                values[i, j] = power == 1 ? value : Math.Pow(value, power);
            }
        }

        double lowest = values.Cast<double>().Min(), top = power == 1 ? highest : Math.Pow(highest, power), width = (top - lowest) / bands;
        for (int i = 0; i < Cells; i++)
        {
            for (int j = 0; j < Cells; j++)
            {
                values[i, j] = lowest + width * (0.5 + Math.Min(bands - 1, Math.Floor((values[i, j] - lowest) / width)));
            }
        }

        return new Chart(title) { X = x, Y = y, Legend = LegendPlace.Below }.HeatMap(xs, ys, values, Axis.Linear(power == 1 ? "value" : FormattableString.Invariant($"value to the power {power}"), lowest, top), ColourMap.Cividis);
    }

    /// <summary>The coordinates of a walk at its rows.</summary>
    /// <param name="outcome">What "walk" returned.</param>
    /// <param name="coordinate">Which, from 0.</param>
    public static double[] Coordinate(Outcome outcome, int coordinate)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Table("points").Where("coordinate", coordinate)["x"].Values;
    }

    /// <summary>The rows of a column of the path of a walk.</summary>
    /// <param name="outcome">What "walk" returned.</param>
    /// <param name="name">The column.</param>
    public static double[] Path(Outcome outcome, string name)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Table("path")[name].Values;
    }

    private static double[] Edges(Axis axis) => [.. Enumerable.Range(0, Cells + 1).Select(i => axis.Low!.Value + (axis.High!.Value - axis.Low.Value) * i / Cells)];
}
