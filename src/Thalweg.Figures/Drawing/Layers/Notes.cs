// Words and arrows at data coordinates.
using System;
using Thalweg.Figures.Drawing.Svg;

namespace Thalweg.Figures.Drawing.Layers;

/// <summary>A text at a point, moved so that it stays inside the plot.</summary>
internal sealed class TextLayer(double x, double y, string text, Place place, Ink ink, double size) : Layer
{
    public override void Extend(Bounds x1, Bounds y1)
    {
        x1.Add(x);
        y1.Add(y);
    }

    public override void Paint(Canvas canvas)
    {
        double px = canvas.X.Map(x), py = canvas.Y.Map(y);
        var area = canvas.Area;
        if (!area.Holds(px, py))
        {
            return;
        }

        const double gap = 6;
        var runs = Markup.Parse(text);
        double width = Markup.Width(runs, size), half = width / 2;
        (double left, double baseline) = place switch
        {
            Place.Right => (px + gap, py + 0.35 * size),
            Place.Left => (px - gap - width, py + 0.35 * size),
            Place.Above => (px - half, py - gap),
            Place.Below => (px - half, py + gap + 0.75 * size),
            _ => (px - half, py + 0.35 * size),
        };
        left = Math.Max(Math.Min(left, area.Right - width - 3), area.Left + 3);
        baseline = Math.Clamp(baseline, Math.Min(area.Top + size, area.Bottom), area.Bottom - 0.3 * size);

        // The true width of the letters is not known here: anchoring at the side of the point keeps the gap whatever the face.
        (string anchor, double at) = place switch
        {
            Place.Right => (string.Empty, left),
            Place.Left => (" text-anchor=\"end\"", left + width),
            _ => (" text-anchor=\"middle\"", left + half),
        };
        var writer = canvas.Writer.Raw("<text").Attribute("x", at).Attribute("y", baseline).Attribute("font-size", size).Colour("fill", ink).Raw(anchor);
        writer.Raw(" paint-order=\"stroke\"").Colour("stroke", Palette.Background).Raw(" stroke-width=\"3\" stroke-opacity=\"0.8\">").Runs(runs, size).Raw("</text>");
        canvas.MarkBox(new(left, baseline - size, left + width, baseline + 0.3 * size), 3);
    }
}

/// <summary>An arrow from one point to another.</summary>
internal sealed class ArrowLayer(double fromX, double fromY, double toX, double toY, Stroke stroke) : Layer
{
    public override void Extend(Bounds x, Bounds y)
    {
        x.Add(fromX);
        y.Add(fromY);
        x.Add(toX);
        y.Add(toY);
        x.Room = true;
    }

    public override void Paint(Canvas canvas)
    {
        double x0 = canvas.X.MapEdge(fromX), y0 = canvas.Y.MapEdge(fromY), x1 = canvas.X.MapEdge(toX), y1 = canvas.Y.MapEdge(toY);
        double dx = x1 - x0, dy = y1 - y0, length = Math.Sqrt(dx * dx + dy * dy);
        if (!(length > 0))
        {
            return;
        }

        (dx, dy) = (dx / length, dy / length);
        bool head = canvas.Area.Holds(x1, y1);
        double back = head ? Math.Min(length, 6 + 1.5 * stroke.Width) : 0;
        var writer = canvas.Writer.Raw("<path");
        WriteStroke(writer, stroke);
        writer.Raw(" d=\"");
        var pen = new Pen(canvas);
        pen.To(x0, y0);
        pen.To(x1 - 0.8 * back * dx, y1 - 0.8 * back * dy);
        pen.Break();
        writer.Raw("\"/>");
        if (head)
        {
            double wide = 0.42 * back;
            writer.Raw("<path").Colour("fill", stroke.Ink).Raw(" d=\"M").Number(x1).Raw(' ').Number(y1);
            writer.Raw('L').Number(x1 - back * dx - wide * dy).Raw(' ').Number(y1 - back * dy + wide * dx);
            writer.Raw('L').Number(x1 - back * dx + wide * dy).Raw(' ').Number(y1 - back * dy - wide * dx).Raw("z\"/>");
            canvas.Mark(x1, y1, 2);
        }
    }

    public override void Sample(SvgWriter writer, double left, double right, double middle)
    {
        writer.Raw("<path");
        WriteStroke(writer, stroke);
        writer.Raw(" d=\"M").Number(left).Raw(' ').Number(middle).Raw('H').Number(right - 6).Raw("\"/><path").Colour("fill", stroke.Ink);
        writer.Raw(" d=\"M").Number(right).Raw(' ').Number(middle).Raw("l-8-3.5v7z\"/>");
    }
}
