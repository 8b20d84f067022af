// Annealed and quenched complexity against the overlap.
using System;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>Σ(m), the bound and the typical value.</summary>
public static class OverlapPicture
{
    /// <summary>Draws the two curves.</summary>
    /// <param name="table">Columns overlap, annealed, quenched.</param>
    /// <param name="title">The title.</param>
    /// <param name="ink">The colour.</param>
    public static Chart Of(Table table, string title, Ink ink)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[] overlap = table["overlap"].Values, annealed = table["annealed"].Values;
        double top = Math.Max(1e-6, annealed.Max());
        return new Chart(title) { X = Axis.Linear("overlap *m*", 0, overlap[^1]), Y = Axis.Linear("Σ, all energies", -0.4 * top, 1.1 * top) }
            .HorizontalLine(0, new Stroke(Palette.Grey, Dash.Solid, 0.8))
            .Line(overlap, annealed, new Stroke(ink, Dash.Dashed, 1.8), "annealed")
            .Line(overlap, table["quenched"].Values, new Stroke(ink, Dash.Solid, 1.8), "quenched", table["quenched"].Exists ?? []);
    }
}
