// Curves: polylines, steps, reference lines.
using System;
using Thalweg.Figures.Drawing.Svg;

namespace Thalweg.Figures.Drawing.Layers;

/// <summary>A layer that is one stroked path.</summary>
internal abstract class StrokedLayer(Stroke stroke) : Layer
{
    public sealed override void Paint(Canvas canvas)
    {
        var writer = canvas.Writer.Raw("<path");
        WriteStroke(writer, stroke);
        writer.Raw(" d=\"");
        var pen = new Pen(canvas);
        Trace(pen, canvas);
        pen.Break();
        writer.Raw("\"/>");
    }

    public sealed override void Sample(SvgWriter writer, double left, double right, double middle)
    {
        writer.Raw("<path");
        WriteStroke(writer, stroke);
        writer.Raw(" d=\"M").Number(left).Raw(' ').Number(middle).Raw('H').Number(right).Raw("\"/>");
    }

    protected abstract void Trace(Pen pen, Canvas canvas);
}

/// <summary>A polyline, broken where a value does not exist or its axis has no place for it.</summary>
internal sealed class LineLayer(Points points, Stroke stroke) : StrokedLayer(stroke)
{
    public override void Extend(Bounds x, Bounds y)
    {
        for (int i = 0; i < points.Count; i++)
        {
            if (points.Has(i) && double.IsFinite(points.X[i]) && double.IsFinite(points.Y[i]))
            {
                x.Add(points.X[i]);
                y.Add(points.Y[i]);
            }
        }

        y.Room = true;
    }

    protected override void Trace(Pen pen, Canvas canvas)
    {
        for (int i = 0; i < points.Count; i++)
        {
            if (points.Has(i))
            {
                pen.To(canvas.X.Map(points.X[i]), canvas.Y.Map(points.Y[i]));
            }
            else
            {
                pen.Break();
            }
        }
    }
}

/// <summary>A staircase: one height between each two edges.</summary>
internal sealed class StepLayer(double[] edges, double[] heights, Stroke stroke) : StrokedLayer(stroke)
{
    public override void Extend(Bounds x, Bounds y) => Extend(edges, heights, x, y);

    public static void Extend(double[] edges, double[] heights, Bounds x, Bounds y)
    {
        foreach (double edge in edges)
        {
            x.Add(edge);
        }

        y.Add(0);
        foreach (double height in heights)
        {
            y.Add(height);
        }

        y.Room = true;
    }

    protected override void Trace(Pen pen, Canvas canvas)
    {
        for (int i = 0; i < heights.Length; i++)
        {
            double height = canvas.Y.MapEdge(heights[i]);
            pen.To(canvas.X.Map(edges[i]), height);
            pen.To(canvas.X.Map(edges[i + 1]), height);
        }
    }
}

/// <summary>A line across the whole plot at one value.</summary>
internal sealed class RuleLayer(double value, bool vertical, Stroke stroke) : StrokedLayer(stroke)
{
    public override void Extend(Bounds x, Bounds y) => (vertical ? x : y).Add(value);

    protected override void Trace(Pen pen, Canvas canvas)
    {
        var area = canvas.Area;
        if (vertical)
        {
            double at = canvas.X.Map(value);
            pen.To(at, area.Bottom);
            pen.To(at, area.Top);
        }
        else
        {
            double at = canvas.Y.Map(value);
            pen.To(area.Left, at);
            pen.To(area.Right, at);
        }
    }
}
