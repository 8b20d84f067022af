// The four points of the paper's figures and the colour that each keeps in every picture.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>p = 3, Δ_p = 1, 1/Δ_2 = 1.5, 1.9, 2.3, 2.7: the circles of Fig. 2.</summary>
public static class FigurePoints
{
    /// <summary>1/Δ_2 and its colour, ascending.</summary>
    public static IReadOnlyList<(double InverseMatrixNoise, Ink Ink)> All { get; } = [(1.5, Palette.Black), (1.9, Palette.Blue), (2.3, Palette.Orange), (2.7, Palette.Green)];

    /// <summary>The colour of a signal-to-noise ratio: its own for the four points, blue for any other.</summary>
    /// <param name="inverseMatrixNoise">1/Δ_2.</param>
    public static Ink InkOf(double inverseMatrixNoise)
    {
        foreach (var (u, ink) in All)
        {
            if (u == inverseMatrixNoise)
            {
                return ink;
            }
        }

        return Palette.Blue;
    }

    /// <summary>Two by two charts, one a point.</summary>
    /// <param name="outcomes">What the runs at the points returned, in their order.</param>
    /// <param name="draw">The chart of an outcome under a title.</param>
    /// <param name="description">What the picture shows.</param>
    public static Page Page(IReadOnlyList<Outcome> outcomes, Func<Outcome, string, Chart> draw, string description)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(draw);
        return new Page(2, 2, [.. All.Select((point, i) => draw(outcomes[i], FormattableString.Invariant($"1/Δ_2 = {point.InverseMatrixNoise}")))]) { Description = description, ChartWidth = 460 };
    }
}
