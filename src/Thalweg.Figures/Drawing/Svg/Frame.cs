// What surrounds a plot: grid, outline, ticks, their labels, the labels of the axes, the colour scale.
using System;
using System.Globalization;
using Thalweg.Figures.Drawing.Layers;

namespace Thalweg.Figures.Drawing.Svg;

/// <summary>Draws the surroundings of one plot area.</summary>
internal sealed class Frame(Canvas canvas, double tickSize, double labelSize)
{
    private readonly Box area = canvas.Area;
    private readonly SvgWriter writer = canvas.Writer;

    /// <summary>Faint lines at the ticks of the axes that want them.</summary>
    public void Grid(TickSet? x, TickSet? y)
    {
        if (x is null && y is null)
        {
            return;
        }

        writer.Raw("<path fill=\"none\"").Colour("stroke", Palette.Faint).Raw(" stroke-width=\"0.8\" d=\"");
        foreach (var tick in x?.Major ?? [])
        {
            Cross(canvas.X.Map(tick.Value), area.Left, area.Right, at => writer.Raw('M').Number(at).Raw(' ').Number(area.Top).Raw('V').Number(area.Bottom));
        }

        foreach (var tick in y?.Major ?? [])
        {
            Cross(canvas.Y.Map(tick.Value), area.Top, area.Bottom, at => writer.Raw('M').Number(area.Left).Raw(' ').Number(at).Raw('H').Number(area.Right));
        }

        writer.Raw("\"/>\n");
    }

    /// <summary>The rectangle and the ticks outside it.</summary>
    public void Outline(TickSet x, TickSet y, double major, double minor)
    {
        writer.Raw("<path fill=\"none\"").Colour("stroke", Palette.Black).Raw(" d=\"M").Number(area.Left).Raw(' ').Number(area.Top);
        writer.Raw('H').Number(area.Right).Raw('V').Number(area.Bottom).Raw('H').Number(area.Left).Raw('z');
        foreach (var tick in x.Major)
        {
            MarkX(tick.Value, major);
        }

        foreach (var tick in y.Major)
        {
            MarkY(tick.Value, major);
        }

        foreach (double value in x.Minor)
        {
            MarkX(value, minor);
        }

        foreach (double value in y.Minor)
        {
            MarkY(value, minor);
        }

        writer.Raw("\"/>\n");
    }

    /// <summary>Numbers and label of the horizontal axis.</summary>
    public void LabelsX(TickSet ticks, string label, double tickLength)
    {
        double baseline = area.Bottom + tickLength + 2 + 0.95 * tickSize;
        Group("middle", tickSize);
        foreach (var tick in ticks.Major)
        {
            Cross(canvas.X.Map(tick.Value), area.Left, area.Right, at => writer.Text(at, baseline, tick.Label, tickSize));
        }

        writer.Raw("</g>\n");
        if (label.Length > 0)
        {
            double size = Markup.Fitting(label, labelSize, area.Width);
            Group("middle", size);
            writer.Text((area.Left + area.Right) / 2, baseline + 1.55 * labelSize, label, size).Raw("</g>\n");
        }

        if (ticks.Exponent != 0)
        {
            Group("end", tickSize);
            writer.Text(area.Right, baseline + 1.55 * labelSize, Factor(ticks), tickSize).Raw("</g>\n");
        }
    }

    /// <summary>Numbers and label of the vertical axis; the label's baseline stands at a given x.</summary>
    public void LabelsY(TickSet ticks, string label, double tickLength, double labelX)
    {
        Group("end", tickSize);
        foreach (var tick in ticks.Major)
        {
            Cross(canvas.Y.Map(tick.Value), area.Top, area.Bottom, at => writer.Text(area.Left - tickLength - 3, at + 0.35 * tickSize, tick.Label, tickSize));
        }

        writer.Raw("</g>\n");
        Upright(label, labelX);
        if (ticks.Exponent != 0)
        {
            Group("start", tickSize);
            writer.Text(area.Left, area.Top - 6, Factor(ticks), tickSize).Raw("</g>\n");
        }
    }

    /// <summary>The colour scale of a heat map with its own axis.</summary>
    public void ColourBar(Box bar, HeatMapLayer heat, TickSet ticks, (double Low, double High) range, double labelX)
    {
        const int steps = 64;
        writer.Raw("<g shape-rendering=\"crispEdges\">");
        for (int k = 0; k < steps; k++)
        {
            double top = bar.Bottom - bar.Height * (k + 1) / steps, bottom = bar.Bottom - bar.Height * k / steps;
            int level = k * (HeatMapLayer.Levels - 1) / (steps - 1);
            writer.Raw("<rect").Attribute("x", bar.Left).Attribute("y", top).Attribute("width", bar.Width).Attribute("height", bottom - top);
            writer.Attribute("fill", heat.Colour(level)).Raw("/>");
        }

        writer.Raw("</g>\n");
        var scale = new Scale(heat.Axis.IsLog, range.Low, range.High, bar.Bottom, bar.Top);
        writer.Raw("<path fill=\"none\"").Colour("stroke", Palette.Black).Raw(" d=\"M").Number(bar.Left).Raw(' ').Number(bar.Top);
        writer.Raw('H').Number(bar.Right).Raw('V').Number(bar.Bottom).Raw('H').Number(bar.Left).Raw('z');
        foreach (var tick in ticks.Major)
        {
            Cross(scale.Map(tick.Value), bar.Top, bar.Bottom, at => writer.Raw('M').Number(bar.Right).Raw(' ').Number(at).Raw("h3"));
        }

        writer.Raw("\"/>\n");
        Group("start", tickSize);
        foreach (var tick in ticks.Major)
        {
            Cross(scale.Map(tick.Value), bar.Top, bar.Bottom, at => writer.Text(bar.Right + 6, at + 0.35 * tickSize, tick.Label, tickSize));
        }

        if (ticks.Exponent != 0)
        {
            writer.Text(bar.Left, bar.Top - 6, Factor(ticks), tickSize);
        }

        writer.Raw("</g>\n");
        Upright(heat.Axis.Label, labelX);
    }

    /// <summary>The attribute of a font size that differs from its group's.</summary>
    public static string Size(double size) => new SvgWriter(Theme.Light).Attribute("font-size", size).ToString();

    private void Upright(string label, double x)
    {
        if (label.Length == 0)
        {
            return;
        }

        double middle = (area.Top + area.Bottom) / 2, size = Markup.Fitting(label, labelSize, area.Height + 30);
        writer.Raw("<g").Raw(" transform=\"translate(").Number(x).Raw(' ').Number(middle).Raw(") rotate(-90)\"").Attribute("font-size", size);
        writer.Colour("fill", Palette.Black).Raw(" text-anchor=\"middle\">").Text(0, 0, label, size).Raw("</g>\n");
    }

    private void Group(string anchor, double size) => writer.Raw("<g").Attribute("font-size", size).Colour("fill", Palette.Black).Attribute("text-anchor", anchor).Raw('>');

    private void MarkX(double value, double length) =>
        Cross(canvas.X.Map(value), area.Left, area.Right, at => writer.Raw('M').Number(at).Raw(' ').Number(area.Bottom).Raw('v').Number(length));

    private void MarkY(double value, double length) =>
        Cross(canvas.Y.Map(value), area.Top, area.Bottom, at => writer.Raw('M').Number(area.Left).Raw(' ').Number(at).Raw('h').Number(-length));

    // A tick at the very end may fall outside by rounding; one given by hand may lie anywhere.
    private static void Cross(double at, double first, double last, Action<double> draw)
    {
        if (at >= first - 1e-3 && at <= last + 1e-3)
        {
            draw(Math.Clamp(at, first, last));
        }
    }

    private static string Factor(TickSet ticks) => "×10^{" + (ticks.Exponent < 0 ? "−" : string.Empty) + Math.Abs(ticks.Exponent).ToString(CultureInfo.InvariantCulture) + "}";
}
