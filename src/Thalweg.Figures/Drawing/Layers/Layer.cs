// One thing drawn in a chart: a curve, a region, marks; knows its range, its ink and its sample in the legend.
using System;
using Thalweg.Figures.Drawing.Svg;

namespace Thalweg.Figures.Drawing.Layers;

/// <summary>One thing drawn in a chart.</summary>
internal abstract class Layer
{
    /// <summary>Its entry in the legend, in markup; null for none.</summary>
    public string? Label { get; init; }

    /// <summary>Widens the ranges of axes that follow the data.</summary>
    public abstract void Extend(Bounds x, Bounds y);

    /// <summary>Draws it.</summary>
    public abstract void Paint(Canvas canvas);

    /// <summary>Draws its sample in the legend, centred at a height.</summary>
    public virtual void Sample(SvgWriter writer, double left, double right, double middle)
    {
    }

    /// <summary>Writes the attributes of a stroke.</summary>
    protected static void WriteStroke(SvgWriter writer, Stroke stroke)
    {
        double w = stroke.Width;
        writer.Raw(" fill=\"none\"").Colour("stroke", stroke.Ink).Attribute("stroke-width", w);

        // Round caps lengthen a dash by the width of the line, so the pattern is shorter by that much.
        string? dashes = stroke.Dash switch
        {
            Dash.Dashed => Pattern(3 * w, 3 * w),
            Dash.Dotted => Pattern(0.01, 2.2 * w),
            Dash.DashDot => Pattern(3.2 * w, 2.7 * w, 0.01, 2.7 * w),
            _ => null,
        };
        if (dashes is not null)
        {
            writer.Attribute("stroke-dasharray", dashes);
        }
    }

    private static string Pattern(params ReadOnlySpan<double> lengths)
    {
        var writer = new SvgWriter(Theme.Light);
        for (int i = 0; i < lengths.Length; i++)
        {
            writer.Raw(i == 0 ? string.Empty : " ").Number(lengths[i]);
        }

        return writer.ToString();
    }
}

/// <summary>The range of the data along one axis.</summary>
internal sealed class Bounds(bool isLog)
{
    public double Least { get; private set; } = double.PositiveInfinity;

    public double Greatest { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether marks at the ends need room.</summary>
    public bool Room { get; set; }

    /// <summary>Takes in a value that the axis can show.</summary>
    public void Add(double value)
    {
        if (double.IsFinite(value) && (!isLog || value > 0))
        {
            Least = Math.Min(Least, value);
            Greatest = Math.Max(Greatest, value);
        }
    }
}

/// <summary>Points with a mask, owned by a layer.</summary>
internal readonly struct Points
{
    private readonly bool[]? exists;

    public Points(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<bool> exists)
    {
        if (x.Length != y.Length || (exists.Length != 0 && exists.Length != x.Length))
        {
            throw new ArgumentException($"a curve has as many x ({x.Length}) as y ({y.Length}), and a mask of that length or none ({exists.Length})", nameof(y));
        }

        X = x.ToArray();
        Y = y.ToArray();
        this.exists = exists.IsEmpty ? null : exists.ToArray();
    }

    public double[] X { get; }

    public double[] Y { get; }

    public int Count => X.Length;

    public bool Has(int i) => exists is null || exists[i];
}
