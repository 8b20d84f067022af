// What marks single points of a chart: markers, error bars, reference lines, arrows, words.
using System;
using Thalweg.Figures.Drawing.Layers;
using Thalweg.Results;

namespace Thalweg.Figures.Drawing;

public sealed partial class Chart
{
    /// <summary>One marker a point.</summary>
    /// <param name="xs">[point].</param>
    /// <param name="ys">[point].</param>
    /// <param name="marker">The marker.</param>
    /// <param name="ink">The colour.</param>
    /// <param name="label">Its entry in the legend; the same label as a curve makes one entry of both.</param>
    /// <param name="exists">[point], or empty.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public Chart Markers(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, Marker marker, Ink ink, string? label = null, ReadOnlySpan<bool> exists = default) =>
        Add(new MarkersLayer(new(xs, ys, exists), marker, ink) { Label = label });

    /// <summary>One marker for each row of two columns of a table where both have a value.</summary>
    /// <param name="xs">The column of x.</param>
    /// <param name="ys">The column of y.</param>
    /// <param name="marker">The marker.</param>
    /// <param name="ink">The colour.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    public Chart Markers(Column xs, Column ys, Marker marker, Ink ink, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(xs);
        ArgumentNullException.ThrowIfNull(ys);
        return Markers(xs.Values, ys.Values, marker, ink, label, Both(xs, ys));
    }

    /// <summary>Vertical error bars of one error above and below each point; add the markers after them.</summary>
    /// <param name="xs">[point].</param>
    /// <param name="ys">[point].</param>
    /// <param name="errors">[point], ≥ 0.</param>
    /// <param name="ink">The colour.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    /// <param name="exists">[point], or empty.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public Chart ErrorBars(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, ReadOnlySpan<double> errors, Ink ink, string? label = null, ReadOnlySpan<bool> exists = default)
    {
        SameLength(ys.Length, errors.Length, nameof(errors));
        return Intervals(xs, Combined(ys, errors, -1), Combined(ys, errors, 1), ink, label, exists);
    }

    /// <summary>Vertical bars from a low to a high value at each point: intervals that need not be symmetric.</summary>
    /// <param name="xs">[point].</param>
    /// <param name="low">[point].</param>
    /// <param name="high">[point].</param>
    /// <param name="ink">The colour.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    /// <param name="exists">[point], or empty.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public Chart Intervals(ReadOnlySpan<double> xs, ReadOnlySpan<double> low, ReadOnlySpan<double> high, Ink ink, string? label = null, ReadOnlySpan<bool> exists = default)
    {
        SameLength(xs.Length, high.Length, nameof(high));
        return Add(new ErrorBarsLayer(new(xs, low, exists), high.ToArray(), ink) { Label = label });
    }

    /// <summary>A line across the plot at one x.</summary>
    /// <param name="x">Where.</param>
    /// <param name="stroke">How it is drawn; null for a thin dashed grey line.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    public Chart VerticalLine(double x, Stroke? stroke = null, string? label = null) => Add(new RuleLayer(x, vertical: true, stroke ?? Reference) { Label = label });

    /// <summary>A line across the plot at one y.</summary>
    /// <param name="y">Where.</param>
    /// <param name="stroke">How it is drawn; null for a thin dashed grey line.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    public Chart HorizontalLine(double y, Stroke? stroke = null, string? label = null) => Add(new RuleLayer(y, vertical: false, stroke ?? Reference) { Label = label });

    /// <summary>An arrow between two points; vertical, it marks an outlier on an axis. An infinite end lies at the edge of the plot.</summary>
    /// <param name="fromX">x of its tail.</param>
    /// <param name="fromY">y of its tail.</param>
    /// <param name="toX">x of its head.</param>
    /// <param name="toY">y of its head.</param>
    /// <param name="stroke">How it is drawn; null for black.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    public Chart Arrow(double fromX, double fromY, double toX, double toY, Stroke? stroke = null, string? label = null) =>
        Add(new ArrowLayer(fromX, fromY, toX, toY, stroke ?? new Stroke(Palette.Black, Width: 1.4)) { Label = label });

    /// <summary>Words at a point, moved so that they stay inside the plot; none when the point lies outside.</summary>
    /// <param name="x">x of the point.</param>
    /// <param name="y">y of the point.</param>
    /// <param name="text">The words, in markup.</param>
    /// <param name="place">Where they stand, seen from the point.</param>
    /// <param name="ink">The colour; null for black.</param>
    /// <param name="size">The font size in pixels.</param>
    public Chart Text(double x, double y, string text, Place place = Place.Right, Ink? ink = null, double size = 11)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Add(new TextLayer(x, y, text, place, ink ?? Palette.Black, size));
    }

    private static Stroke Reference { get; } = new(Palette.Grey, Dash.Dashed, 1.1);
}
