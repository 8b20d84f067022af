// Complexity against energy, dotted, dashed and full by the kind of the dominating points, as in Fig. 3.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>Σ(e) of all stationary points and of minima.</summary>
public static class ComplexityPicture
{
    private static readonly (Dash Dash, string Label)[] Kinds = [(Dash.Dotted, "extensive index"), (Dash.Dashed, "index one"), (Dash.Solid, "minima")];

    /// <summary>Draws one curve.</summary>
    /// <param name="table">Columns energy, complexity, complexity_minima, kind.</param>
    /// <param name="title">The title.</param>
    /// <param name="ink">Its colour.</param>
    /// <param name="thresholdEnergy">Where to mark the threshold energy; null for no mark.</param>
    /// <param name="range">The axis of Σ; null to fit.</param>
    public static Chart Of(Table table, string title, Ink ink, double? thresholdEnergy, (double Low, double High)? range = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[] energy = table["energy"].Values, complexity = table["complexity"].Values, kind = table["kind"].Values;
        var minima = table["complexity_minima"];
        var (low, high) = range ?? Fit(complexity);
        var chart = new Chart(title) { X = Axis.Linear("energy ε", energy[0], energy[^1]), Y = Axis.Linear("Σ", low, high) };
        chart.HorizontalLine(0, new Stroke(Palette.Grey, Dash.Solid, 0.8));
        var named = new HashSet<int>();
        for (int start = 0; start < energy.Length - 1;)
        {
            int end = start + 1;
            while (end < energy.Length - 1 && kind[end] == kind[start])
            {
                end++;
            }

            int k = (int)kind[start];
            chart.Line(energy.AsSpan(start, end - start + 1), complexity.AsSpan(start, end - start + 1), new Stroke(ink, Kinds[k].Dash, 2), named.Add(k) ? Kinds[k].Label : null);
            start = end;
        }

        // The curve of minima is a curve of its own where other points dominate.
        bool[] apart = [.. Enumerable.Range(0, energy.Length).Select(i => minima.Has(i) && kind[i] < 2)];
        bool visible = Enumerable.Range(0, energy.Length).Any(i => apart[i] && minima.Values[i] > low && minima.Values[i] < high);
        if (visible)
        {
            chart.Line(energy, minima.Values, new Stroke(ink, Dash.Solid, 1.4), named.Contains(2) ? null : "minima", apart);
        }

        if (thresholdEnergy is { } threshold && threshold > energy[0] && threshold < energy[^1])
        {
            chart.VerticalLine(threshold).Text(threshold, high, "ε_th", Place.Right, Palette.Grey);
        }

        return chart;
    }

    private static (double Low, double High) Fit(double[] complexity)
    {
        double top = complexity.Max();
        return top > 0 ? (-0.15 * top, 1.1 * top) : (complexity.Min(), 0.05 * Math.Abs(complexity.Min()) + 1e-12);
    }
}
