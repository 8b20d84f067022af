// Filled regions: between two curves, polygons, spans of an axis, the bars of a histogram.
using System;
using Thalweg.Figures.Drawing.Svg;

namespace Thalweg.Figures.Drawing.Layers;

/// <summary>A layer that is one filled path.</summary>
internal abstract class FilledLayer(Ink ink, double opacity) : Layer
{
    public sealed override void Paint(Canvas canvas)
    {
        Begin(canvas.Writer);
        canvas.Writer.Raw(" d=\"");
        Trace(new(canvas), canvas);
        canvas.Writer.Raw("\"/>");
    }

    public sealed override void Sample(SvgWriter writer, double left, double right, double middle)
    {
        Begin(writer);
        writer.Raw(" d=\"M").Number(left).Raw(' ').Number(middle - 5).Raw('H').Number(right).Raw("v10H").Number(left).Raw("z\"/>");
    }

    protected abstract void Trace(Region region, Canvas canvas);

    private void Begin(SvgWriter writer)
    {
        writer.Raw("<path").Colour("fill", ink).FillOpacity(opacity);
    }
}

/// <summary>The region between two curves; infinite boundaries reach the edge of the plot.</summary>
internal sealed class BetweenLayer(Points lower, double[] upper, Ink ink, double opacity) : FilledLayer(ink, opacity)
{
    public override void Extend(Bounds x, Bounds y)
    {
        for (int i = 0; i < lower.Count; i++)
        {
            if (lower.Has(i))
            {
                x.Add(lower.X[i]);
                y.Add(lower.Y[i]);
                y.Add(upper[i]);
            }
        }

        y.Room = true;
    }

    protected override void Trace(Region region, Canvas canvas)
    {
        int start = 0;
        for (int i = 0; i <= lower.Count; i++)
        {
            if (i < lower.Count && lower.Has(i) && !double.IsNaN(canvas.X.Map(lower.X[i])) && !double.IsNaN(lower.Y[i]) && !double.IsNaN(upper[i]))
            {
                continue;
            }

            for (int k = start; k < i; k++)
            {
                region.Corner(canvas.X.Map(lower.X[k]), canvas.Y.MapEdge(upper[k]));
            }

            for (int k = i - 1; k >= start; k--)
            {
                region.Corner(canvas.X.Map(lower.X[k]), canvas.Y.MapEdge(lower.Y[k]));
            }

            region.Close();
            start = i + 1;
        }
    }
}

/// <summary>A polygon; corners that an axis has no place for are left out.</summary>
internal sealed class PolygonLayer(Points points, Ink ink, double opacity) : FilledLayer(ink, opacity)
{
    public override void Extend(Bounds x, Bounds y)
    {
        foreach (double value in points.X)
        {
            x.Add(value);
        }

        foreach (double value in points.Y)
        {
            y.Add(value);
        }
    }

    protected override void Trace(Region region, Canvas canvas)
    {
        for (int i = 0; i < points.Count; i++)
        {
            double x = canvas.X.MapEdge(points.X[i]), y = canvas.Y.MapEdge(points.Y[i]);
            if (!double.IsNaN(x) && !double.IsNaN(y))
            {
                region.Corner(x, y);
            }
        }

        region.Close();
    }
}

/// <summary>All of the plot between two values of one axis.</summary>
internal sealed class SpanLayer(double low, double high, bool vertical, Ink ink, double opacity) : FilledLayer(ink, opacity)
{
    public override void Extend(Bounds x, Bounds y)
    {
        (vertical ? x : y).Add(low);
        (vertical ? x : y).Add(high);
    }

    protected override void Trace(Region region, Canvas canvas)
    {
        var area = canvas.Area;
        var scale = vertical ? canvas.X : canvas.Y;
        double a = scale.MapEdge(low), b = scale.MapEdge(high);
        if (double.IsNaN(a) || double.IsNaN(b))
        {
            return;
        }

        var box = vertical ? new Box(a, area.Top, b, area.Bottom) : new Box(area.Left, a, area.Right, b);
        region.Corner(box.Left, box.Top);
        region.Corner(box.Right, box.Top);
        region.Corner(box.Right, box.Bottom);
        region.Corner(box.Left, box.Bottom);
        region.Close();
    }
}

/// <summary>Bars from zero to a height between each two edges.</summary>
internal sealed class BarsLayer(double[] edges, double[] heights, Ink ink, double opacity) : FilledLayer(ink, opacity)
{
    public override void Extend(Bounds x, Bounds y) => StepLayer.Extend(edges, heights, x, y);

    protected override void Trace(Region region, Canvas canvas)
    {
        double floor = canvas.Y.MapEdge(0);
        for (int i = 0; i < heights.Length; i++)
        {
            double left = canvas.X.MapEdge(edges[i]), right = canvas.X.MapEdge(edges[i + 1]), top = canvas.Y.MapEdge(heights[i]);
            if (double.IsNaN(left) || double.IsNaN(right) || double.IsNaN(top) || heights[i] == 0)
            {
                continue;
            }

            canvas.MarkBox(new(Math.Min(left, right), Math.Min(top, floor), Math.Max(left, right), Math.Max(top, floor)), 0.6f);
            region.Corner(left, floor);
            region.Corner(left, top);
            region.Corner(right, top);
            region.Corner(right, floor);
            region.Close();
        }
    }
}
