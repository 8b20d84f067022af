// Densities of Hessian spectra with their outliers marked by arrows, as in Fig. 4 left.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>ρ(λ) of one or several spectra.</summary>
public static class SpectrumPicture
{
    /// <summary>Draws spectra.</summary>
    /// <param name="spectra">For each: its table, its outlier or the absence of one, a label and a colour.</param>
    /// <param name="title">The title.</param>
    /// <param name="window">The stretch of eigenvalues shown; null for all.</param>
    public static Chart Of(IReadOnlyList<(Table Table, Quantity Outlier, string Label, Ink Ink)> spectra, string title, (double Low, double High)? window = null)
    {
        ArgumentNullException.ThrowIfNull(spectra);
        double left = double.PositiveInfinity, right = double.NegativeInfinity, top = 0;
        foreach (var (table, outlier, _, _) in spectra)
        {
            double[] eigenvalues = table["eigenvalue"].Values;
            left = Math.Min(left, outlier.Exists ? Math.Min(outlier.Value, eigenvalues[0]) : eigenvalues[0]);
            right = Math.Max(right, outlier.Exists ? Math.Max(outlier.Value, eigenvalues[^1]) : eigenvalues[^1]);
            top = Math.Max(top, table["density"].Values.Where((_, i) => window is not { } shown || (eigenvalues[i] >= shown.Low && eigenvalues[i] <= shown.High)).DefaultIfEmpty(0).Max());
        }

        // Two points are the edges alone, where the density is zero: the axis still needs a height.
        top = top > 0 ? top : 1;
        double margin = 0.06 * (right - left);
        var chart = new Chart(title) { X = Axis.Linear("eigenvalue λ", window?.Low ?? left - margin, window?.High ?? right + margin), Y = Axis.Linear("density ρ(λ)", 0, 1.12 * top), Legend = LegendPlace.Inside };
        foreach (var (table, outlier, label, ink) in spectra)
        {
            double[] eigenvalues = table["eigenvalue"].Values, density = table["density"].Values;
            chart.Fill(eigenvalues, new double[eigenvalues.Length], density, ink, 0.07).Line(eigenvalues, density, new Stroke(ink, Dash.Solid, 1.8), label);
            if (outlier.Exists)
            {
                chart.Arrow(outlier.Value, 0.22 * top, outlier.Value, 0, new Stroke(ink, Dash.Solid, 1.6));
            }
        }

        return chart.VerticalLine(0);
    }
}
