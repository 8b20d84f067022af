// What Taylor's formula leaves against the step, one chart a remainder.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>Straight lines of slope two and three, down to rounding.</summary>
public static class DerivativePicture
{
    private const int MostLines = 6;

    /// <summary>The page of a run of the command "check-derivatives".</summary>
    /// <param name="outcome">What it returned.</param>
    public static Page Of(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var table = outcome.Table("remainders");
        return new Page(1, 3, One(table, "value", "Gradient: slope 2"), One(table, "curvature", "Hessian: slope 3"), One(table, "product", "Products: slope 2")) { Description = "Remainders of Taylor's formula against the step", ChartWidth = 330 };
    }

    private static Chart One(Table table, string name, string title)
    {
        var problem = table["problem"];
        double[] steps = table["step"].Values, remainders = table[name].Values;
        int[] codes = [.. problem.Values.Select(code => (int)code).Distinct()];
        var shown = new List<(string Name, double[] X, double[] Y)>();
        foreach (int code in codes.Take(MostLines))
        {
            int[] rows = [.. Enumerable.Range(0, steps.Length).Where(i => (int)problem.Values[i] == code && remainders[i] > 0)];
            if (rows.Length > 1)
            {
                shown.Add((problem.Labels![code], [.. rows.Select(i => steps[i])], [.. rows.Select(i => remainders[i])]));
            }
        }

        double low = shown.Count == 0 ? 1e-16 : shown.Min(line => line.Y.Min()), high = shown.Count == 0 ? 1 : shown.Max(line => line.Y.Max());
        var chart = new Chart(title) { X = Axis.Log("step *t*", steps.Min(), steps.Max()), Y = Axis.Log("remainder", low, Math.Max(high, 10 * low)), Legend = shown.Count > 1 ? LegendPlace.Below : LegendPlace.None };
        for (int k = 0; k < shown.Count; k++)
        {
            chart.Line(shown[k].X, shown[k].Y, new Stroke(Palette.Cycle(k), Dash.Solid, 1.2), shown[k].Name);
        }

        return chart;
    }
}
