// The legend of a panel: one entry a label, the samples of all layers that share it drawn over each other.
using System;
using System.Collections.Generic;
using Thalweg.Figures.Drawing.Layers;

namespace Thalweg.Figures.Drawing.Svg;

/// <summary>The entries of a legend and their sizes.</summary>
internal sealed class Legend
{
    public const double FontSize = 11;

    private const double Row = 16.5, Sample = 24, Gap = 6, Padding = 6, Between = 16;

    private readonly List<(string Label, double Width, List<Layer> Layers)> entries = [];

    public Legend(IReadOnlyList<Layer> layers)
    {
        foreach (var layer in layers)
        {
            if (string.IsNullOrEmpty(layer.Label))
            {
                continue;
            }

            int found = entries.FindIndex(entry => entry.Label == layer.Label);
            if (found < 0)
            {
                entries.Add((layer.Label, Sample + Gap + Markup.Width(layer.Label, FontSize), [layer]));
            }
            else
            {
                entries[found].Layers.Add(layer);
            }
        }
    }

    public int Count => entries.Count;

    /// <summary>The size as one column.</summary>
    public (double Width, double Height) Column()
    {
        double width = 0;
        foreach (var entry in entries)
        {
            width = Math.Max(width, entry.Width);
        }

        return (width + 2 * Padding, Row * entries.Count + 2 * Padding - 3);
    }

    /// <summary>The number of rows and the height when entries follow each other within a width.</summary>
    public (int Rows, double Height) Flow(double width)
    {
        int rows = 1;
        double used = 0;
        foreach (var entry in entries)
        {
            if (used > 0 && used + Between + entry.Width > width)
            {
                rows++;
                used = 0;
            }

            used += (used > 0 ? Between : 0) + entry.Width;
        }

        return (rows, rows * Row);
    }

    /// <summary>Draws one column, over a background when it stands inside the plot.</summary>
    public void PaintColumn(SvgWriter writer, double left, double top, bool background)
    {
        var (width, height) = Column();
        Open(writer);
        if (background)
        {
            writer.Raw("<rect").Attribute("x", left).Attribute("y", top).Attribute("width", width).Attribute("height", height);
            writer.Raw(" rx=\"3\"").Colour("fill", Palette.Background).Raw(" fill-opacity=\"0.85\"/>");
        }

        for (int i = 0; i < entries.Count; i++)
        {
            Entry(writer, entries[i].Layers, entries[i].Label, left + Padding, top + Padding + Row * i + Row / 2 - 1.5);
        }

        writer.Raw("</g>\n");
    }

    /// <summary>Draws the entries one after the other, each row centred between two sides.</summary>
    public void PaintFlow(SvgWriter writer, double left, double right, double top)
    {
        Open(writer);
        double middle = top + Row / 2, limit = right - left;
        for (int rows = Flow(limit).Rows; limit > 8 && Flow(limit - 8).Rows == rows;)
        {
            limit -= 8;   // rows of like length look better than full rows and a rest
        }

        for (int start = 0, end; start < entries.Count; start = end, middle += Row)
        {
            double used = entries[start].Width;
            for (end = start + 1; end < entries.Count && used + Between + entries[end].Width <= limit; end++)
            {
                used += Between + entries[end].Width;
            }

            double x = Math.Max(left, (left + right - used) / 2);
            for (int i = start; i < end; i++)
            {
                Entry(writer, entries[i].Layers, entries[i].Label, x, middle);
                x += entries[i].Width + Between;
            }
        }

        writer.Raw("</g>\n");
    }

    private static void Open(SvgWriter writer) => writer.Raw("<g stroke-linecap=\"round\"").Attribute("font-size", FontSize).Colour("fill", Palette.Black).Raw('>');

    private static void Entry(SvgWriter writer, List<Layer> layers, string label, double left, double middle)
    {
        foreach (var layer in layers)
        {
            layer.Sample(writer, left, left + Sample, middle);
        }

        writer.Text(left + Sample + Gap, middle + 0.35 * FontSize, label, FontSize);
    }
}
