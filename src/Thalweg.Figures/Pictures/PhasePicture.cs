// The phase diagram drawn from the table of the run "phase": regions of gradient flow and every line, as in Fig. 2.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>1/Δ_2 against Δ_p.</summary>
public static class PhasePicture
{
    /// <summary>Draws the diagram.</summary>
    /// <param name="table">The table "phase".</param>
    /// <param name="title">The title.</param>
    /// <param name="points">Points (Δ_p, 1/Δ_2) to mark, each in its colour.</param>
    /// <param name="top">The upper end of the axis of 1/Δ_2; null to fit.</param>
    public static Chart Of(Table table, string title, IReadOnlyList<(double TensorNoise, double InverseMatrixNoise, Ink Ink)> points, double? top = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(points);
        double[] noise = table["delta_p"].Values;
        var flow = Inverse(table["delta2_gf"]);
        var trivial = Inverse(table["delta2_triv"]);
        var all = Inverse(table["delta2_triv_all_overlaps"]);
        var recovery = table["inv_delta2_it"];
        double ceiling = top ?? Math.Max(1.6 * trivial.Values[trivial.Values.Length / 2], points.Select(point => 1.2 * point.InverseMatrixNoise).DefaultIfEmpty(0).Max());
        double[] floor = new double[noise.Length], one = Filled(noise.Length, 1), roof = Filled(noise.Length, ceiling);

        // Where the tensor alone suffices the information-theoretic line lies below zero and nothing is impossible.
        double[] impossible = [.. recovery.Values.Select((value, i) => recovery.Has(i) ? value : 0)];
        var chart = new Chart(title) { X = Axis.Linear("Δ_p", 0, noise[^1]), Y = Axis.Linear("1/Δ_2", 0, ceiling), Legend = LegendPlace.Right };
        chart.Fill(noise, floor, impossible, Palette.Red, 0.55, "impossible for any estimator")
            .Fill(noise, impossible, flow.Values, Palette.Red, 0.2, "gradient flow stays at m = 0")
            .Fill(noise, flow.Values, trivial.Values, Palette.Grey, 0.3, "gradient flow surfs past minima")
            .Fill(noise, trivial.Values, roof, Palette.Green, 0.25, "no spurious minima at m ≥ 0");
        chart.Line(noise, flow.Values, new Stroke(Palette.Black, Dash.Dashed, 2), "gradient flow, eq. (5)")
            .Line(noise, trivial.Values, new Stroke(Palette.Green), "trivialisation, m ≥ 0");
        if (Enumerable.Range(0, noise.Length).Any(i => all.Values[i] > trivial.Values[i] * (1 + 1e-9)))
        {
            chart.Line(noise, all.Values, new Stroke(Palette.Green, Dash.Dotted), "trivialisation, all m");
        }

        var ml = Inverse(table["delta2_ml_amp"]);
        var langevin = Inverse(table["delta2_langevin"]);
        chart.Line(noise, ml.Values, new Stroke(Palette.Blue, Dash.DashDot, 1.3), "ML-AMP")
            .Line(noise, one, new Stroke(Palette.Red, Dash.Dashed), "AMP")
            .Line(noise, recovery.Values, new Stroke(Palette.Red, Dash.Solid, 1.3), "information-theoretic", recovery.Exists ?? [])
            .Line(noise, table["inv_delta2_spinodal"].Values, new Stroke(Palette.Red, Dash.Dotted, 1.3), "spinodal", table["inv_delta2_spinodal"].Exists ?? [])
            .Line(noise, langevin.Values, new Stroke(Palette.Purple, Dash.DashDot, 1.1), "Langevin (heuristic)", langevin.Exists ?? []);
        foreach (var (Δp, u, ink) in points)
        {
            chart.Markers([Δp], [u], Marker.Circle, ink);
        }

        return chart;
    }

    private static Column Inverse(Column column) => new(column.Name, [.. column.Values.Select((value, i) => column.Has(i) ? 1 / value : 0)], column.Exists);

    private static double[] Filled(int length, double value)
    {
        var array = new double[length];
        Array.Fill(array, value);
        return array;
    }
}
