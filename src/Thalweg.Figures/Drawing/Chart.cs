// One panel of a picture: two axes and what is drawn between them, in the order of the calls.
using System;
using System.Collections.Generic;
using Thalweg.Figures.Drawing.Layers;
using Thalweg.Results;

namespace Thalweg.Figures.Drawing;

/// <summary>One panel of a picture. All texts are in the markup of <see cref="Markup"/>; arrays are copied; calls return the chart itself.</summary>
/// <remarks>Where a mask is passed, <c>exists[i] = false</c> says that there is no value at i: curves and fills are broken there. An empty mask means that every value exists. Values that an axis has no place for (not finite; not
/// positive on a logarithmic axis) break a curve too.</remarks>
public sealed partial class Chart
{
    private readonly List<Layer> layers = [];

    /// <summary>An empty chart.</summary>
    /// <param name="title">Its title; empty for none.</param>
    public Chart(string title = "")
    {
        ArgumentNullException.ThrowIfNull(title);
        Title = title;
    }

    /// <summary>Its title.</summary>
    public string Title { get; }

    /// <summary>The horizontal axis.</summary>
    public Axis X { get; set; } = Axis.Auto();

    /// <summary>The vertical axis.</summary>
    public Axis Y { get; set; } = Axis.Auto();

    /// <summary>Where the legend stands.</summary>
    public LegendPlace Legend { get; set; }

    internal IReadOnlyList<Layer> Layers => layers;

    /// <summary>A curve through points.</summary>
    /// <param name="xs">[point].</param>
    /// <param name="ys">[point].</param>
    /// <param name="stroke">How it is drawn; a colour alone is a solid line.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    /// <param name="exists">[point], or empty.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public Chart Line(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, Stroke stroke, string? label = null, ReadOnlySpan<bool> exists = default) =>
        Add(new LineLayer(new(xs, ys, exists), stroke) { Label = label });

    /// <summary>A curve through the rows of two columns of a table; broken where either has no value.</summary>
    /// <param name="xs">The column of x.</param>
    /// <param name="ys">The column of y.</param>
    /// <param name="stroke">How it is drawn.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    public Chart Line(Column xs, Column ys, Stroke stroke, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(xs);
        ArgumentNullException.ThrowIfNull(ys);
        return Line(xs.Values, ys.Values, stroke, label, Both(xs, ys));
    }

    /// <summary>A staircase of one height between each two edges.</summary>
    /// <param name="edges">[bin + 1], ascending.</param>
    /// <param name="heights">[bin].</param>
    /// <param name="stroke">How it is drawn.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    /// <exception cref="ArgumentException">There is not one edge more than heights.</exception>
    public Chart Steps(ReadOnlySpan<double> edges, ReadOnlySpan<double> heights, Stroke stroke, string? label = null) =>
        Add(new StepLayer(Edges(edges, heights.Length), heights.ToArray(), stroke) { Label = label });

    /// <summary>Bars from zero between each two edges.</summary>
    /// <param name="edges">[bin + 1], ascending.</param>
    /// <param name="heights">[bin].</param>
    /// <param name="ink">The colour.</param>
    /// <param name="opacity">0 to 1.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    /// <exception cref="ArgumentException">There is not one edge more than heights.</exception>
    public Chart Histogram(ReadOnlySpan<double> edges, ReadOnlySpan<double> heights, Ink ink, double opacity = 0.45, string? label = null) =>
        Add(new BarsLayer(Edges(edges, heights.Length), heights.ToArray(), ink, Opacity(opacity)) { Label = label });

    /// <summary>The region between two curves. Infinite boundaries reach the edge of the plot, and so does zero on a logarithmic axis.</summary>
    /// <param name="xs">[point].</param>
    /// <param name="lower">[point], one boundary.</param>
    /// <param name="upper">[point], the other.</param>
    /// <param name="ink">The colour.</param>
    /// <param name="opacity">0 to 1.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    /// <param name="exists">[point], or empty.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public Chart Fill(ReadOnlySpan<double> xs, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, Ink ink, double opacity = 0.2, string? label = null, ReadOnlySpan<bool> exists = default)
    {
        SameLength(xs.Length, upper.Length, nameof(upper));
        return Add(new BetweenLayer(new(xs, lower, exists), upper.ToArray(), ink, Opacity(opacity)) { Label = label });
    }

    /// <summary>A band of one error above and below a curve; draw the curve itself with <see cref="Line(ReadOnlySpan{double}, ReadOnlySpan{double}, Stroke, string?, ReadOnlySpan{bool})"/> and the same label.</summary>
    /// <param name="xs">[point].</param>
    /// <param name="ys">[point].</param>
    /// <param name="errors">[point], ≥ 0.</param>
    /// <param name="ink">The colour.</param>
    /// <param name="opacity">0 to 1.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    /// <param name="exists">[point], or empty.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public Chart Band(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, ReadOnlySpan<double> errors, Ink ink, double opacity = 0.2, string? label = null, ReadOnlySpan<bool> exists = default)
    {
        SameLength(ys.Length, errors.Length, nameof(errors));
        return Fill(xs, Combined(ys, errors, -1), Combined(ys, errors, 1), ink, opacity, label, exists);
    }

    /// <summary>A filled polygon.</summary>
    /// <param name="xs">[corner].</param>
    /// <param name="ys">[corner].</param>
    /// <param name="ink">The colour.</param>
    /// <param name="opacity">0 to 1.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public Chart Polygon(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, Ink ink, double opacity = 0.2, string? label = null) =>
        Add(new PolygonLayer(new(xs, ys, default), ink, Opacity(opacity)) { Label = label });

    /// <summary>All of the plot between two values of x.</summary>
    /// <param name="low">One value; may be infinite.</param>
    /// <param name="high">The other; may be infinite.</param>
    /// <param name="ink">The colour.</param>
    /// <param name="opacity">0 to 1.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    public Chart VerticalSpan(double low, double high, Ink ink, double opacity = 0.15, string? label = null) =>
        Add(new SpanLayer(low, high, vertical: true, ink, Opacity(opacity)) { Label = label });

    /// <summary>All of the plot between two values of y.</summary>
    /// <param name="low">One value; may be infinite.</param>
    /// <param name="high">The other; may be infinite.</param>
    /// <param name="ink">The colour.</param>
    /// <param name="opacity">0 to 1.</param>
    /// <param name="label">Its entry in the legend; null for none.</param>
    public Chart HorizontalSpan(double low, double high, Ink ink, double opacity = 0.15, string? label = null) =>
        Add(new SpanLayer(low, high, vertical: false, ink, Opacity(opacity)) { Label = label });

    /// <summary>A field as cells of colour, with its colour scale at the right. Cells merge where they share a colour; a cell smaller than a pixel is represented by its neighbour.</summary>
    /// <param name="xEdges">[column + 1], ascending or descending.</param>
    /// <param name="yEdges">[row + 1], ascending or descending.</param>
    /// <param name="values">[row, column] = [y, x].</param>
    /// <param name="axis">The axis of the values: label, linear or logarithmic, range.</param>
    /// <param name="map">The colours; null means <see cref="ColourMap.Viridis"/>.</param>
    /// <param name="exists">[row, column], or null; cells without a value are left empty.</param>
    /// <exception cref="ArgumentException">The numbers of edges do not fit.</exception>
    public Chart HeatMap(ReadOnlySpan<double> xEdges, ReadOnlySpan<double> yEdges, double[,] values, Axis axis, ColourMap? map = null, bool[,]? exists = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(axis);
        if (exists is not null && (exists.GetLength(0) != values.GetLength(0) || exists.GetLength(1) != values.GetLength(1)))
        {
            throw new ArgumentException("the mask of a heat map has the shape of its values", nameof(exists));
        }

        double[] x = Edges(xEdges, values.GetLength(1)), y = Edges(yEdges, values.GetLength(0));
        return Add(new HeatMapLayer(x, y, (double[,])values.Clone(), (bool[,]?)exists?.Clone(), axis, map ?? ColourMap.Viridis));
    }

    private Chart Add(Layer layer)
    {
        layers.Add(layer);
        return this;
    }

    private static bool[] Both(Column xs, Column ys)
    {
        SameLength(xs.Values.Length, ys.Values.Length, nameof(ys));
        if (xs.Exists is null || ys.Exists is null)
        {
            return xs.Exists ?? ys.Exists ?? [];
        }

        var both = new bool[xs.Values.Length];
        for (int i = 0; i < both.Length; i++)
        {
            both[i] = xs.Has(i) && ys.Has(i);
        }

        return both;
    }

    private static double[] Combined(ReadOnlySpan<double> values, ReadOnlySpan<double> errors, double sign)
    {
        var sum = new double[values.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = values[i] + sign * errors[i];
        }

        return sum;
    }

    private static double[] Edges(ReadOnlySpan<double> edges, int cells) =>
        edges.Length == cells + 1 ? edges.ToArray() : throw new ArgumentException($"{cells} cells have {cells + 1} edges, not {edges.Length}", nameof(edges));

    private static double Opacity(double opacity) =>
        opacity is >= 0 and <= 1 ? opacity : throw new ArgumentOutOfRangeException(nameof(opacity), opacity, "an opacity is 0 to 1");

    private static void SameLength(int expected, int actual, string name)
    {
        if (expected != actual)
        {
            throw new ArgumentException($"the arrays of a curve have one length, not {expected} and {actual}", name);
        }
    }
}
