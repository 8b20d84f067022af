// Marks at points: markers and error bars.
using System;
using Thalweg.Figures.Drawing.Svg;

namespace Thalweg.Figures.Drawing.Layers;

/// <summary>One marker a point, in one path.</summary>
internal sealed class MarkersLayer(Points points, Marker marker, Ink ink) : Layer
{
    public override void Extend(Bounds x, Bounds y)
    {
        for (int i = 0; i < points.Count; i++)
        {
            if (points.Has(i))
            {
                x.Add(points.X[i]);
                y.Add(points.Y[i]);
            }
        }

        x.Room = y.Room = true;
    }

    public override void Paint(Canvas canvas)
    {
        Begin(canvas.Writer);
        for (int i = 0; i < points.Count; i++)
        {
            double x = canvas.X.Map(points.X[i]), y = canvas.Y.Map(points.Y[i]);
            if (points.Has(i) && canvas.Area.Holds(x, y))
            {
                Outline(canvas.Writer, x, y);
                double r = marker.Size / 2;
                canvas.MarkBox(new(x - r, y - r, x + r, y + r), 1.5f);
            }
        }

        canvas.Writer.Raw("\"/>");
    }

    public override void Sample(SvgWriter writer, double left, double right, double middle)
    {
        Begin(writer);
        Outline(writer, (left + right) / 2, middle);
        writer.Raw("\"/>");
    }

    private void Begin(SvgWriter writer)
    {
        writer.Raw("<path");
        if (marker.Shape is MarkerShape.Cross or MarkerShape.Plus)
        {
            writer.Raw(" fill=\"none\"").Colour("stroke", ink).Attribute("stroke-width", 1.5);
        }
        else if (marker.Hollow)
        {
            writer.Colour("fill", Palette.Background).Colour("stroke", ink).Attribute("stroke-width", 1.4);
        }
        else
        {
            writer.Colour("fill", ink);
        }

        writer.Raw(" d=\"");
    }

    private void Outline(SvgWriter writer, double x, double y)
    {
        double r = marker.Size / 2;
        switch (marker.Shape)
        {
            case MarkerShape.Circle:
                writer.Raw('M').Number(x - r).Raw(' ').Number(y);
                Arc(writer, r, 2 * r);
                Arc(writer, r, -2 * r);
                writer.Raw('z');
                break;
            case MarkerShape.Square:
                writer.Raw('M').Number(x - r).Raw(' ').Number(y - r).Raw('h').Number(2 * r).Raw('v').Number(2 * r).Raw('h').Number(-2 * r).Raw('z');
                break;
            case MarkerShape.Diamond:
                writer.Raw('M').Number(x).Raw(' ').Number(y - r);
                Step(writer, r, r);
                Step(writer, -r, r);
                Step(writer, -r, -r);
                writer.Raw('z');
                break;
            case MarkerShape.Triangle:
                writer.Raw('M').Number(x).Raw(' ').Number(y - r);
                Step(writer, r, 1.75 * r);
                Step(writer, -2 * r, 0);
                writer.Raw('z');
                break;
            case MarkerShape.Cross:
                r *= 0.8;
                writer.Raw('M').Number(x - r).Raw(' ').Number(y - r);
                Step(writer, 2 * r, 2 * r);
                writer.Raw('M').Number(x - r).Raw(' ').Number(y + r);
                Step(writer, 2 * r, -2 * r);
                break;
            default:
                writer.Raw('M').Number(x - r).Raw(' ').Number(y).Raw('h').Number(2 * r).Raw('M').Number(x).Raw(' ').Number(y - r).Raw('v').Number(2 * r);
                break;
        }
    }

    private static void Arc(SvgWriter writer, double r, double dx) => writer.Raw('a').Number(r).Raw(' ').Number(r).Raw(" 0 1 0 ").Number(dx).Raw(" 0");

    private static void Step(SvgWriter writer, double dx, double dy) => writer.Raw('l').Number(dx).Raw(' ').Number(dy);
}

/// <summary>A vertical bar with caps from a low to a high value at each point.</summary>
internal sealed class ErrorBarsLayer(Points lower, double[] upper, Ink ink) : Layer
{
    private const double Cap = 3;

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

        x.Room = y.Room = true;
    }

    public override void Paint(Canvas canvas)
    {
        var writer = canvas.Writer.Raw("<path");
        WriteStroke(writer, new(ink, Dash.Solid, 1.2));
        writer.Raw(" d=\"");
        var pen = new Pen(canvas);
        for (int i = 0; i < lower.Count; i++)
        {
            double x = canvas.X.Map(lower.X[i]), bottom = canvas.Y.MapEdge(lower.Y[i]), top = canvas.Y.MapEdge(upper[i]);
            if (!lower.Has(i) || double.IsNaN(x) || double.IsNaN(bottom) || double.IsNaN(top) || x < canvas.Area.Left || x > canvas.Area.Right)
            {
                continue;
            }

            Piece(pen, x, bottom, x, top);
            Piece(pen, x - Cap, bottom, x + Cap, bottom);
            Piece(pen, x - Cap, top, x + Cap, top);
        }

        writer.Raw("\"/>");
    }

    public override void Sample(SvgWriter writer, double left, double right, double middle)
    {
        double x = (left + right) / 2;
        writer.Raw("<path");
        WriteStroke(writer, new(ink, Dash.Solid, 1.2));
        writer.Raw(" d=\"M").Number(x).Raw(' ').Number(middle - 5).Raw("v10\"/>");
    }

    private static void Piece(Pen pen, double x0, double y0, double x1, double y1)
    {
        pen.To(x0, y0);
        pen.To(x1, y1);
        pen.Break();
    }
}
