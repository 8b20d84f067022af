// A field as cells of colour: equal neighbours merge to one rectangle, all rectangles of a colour are one path.
using System;
using System.Collections.Generic;
using Thalweg.Figures.Drawing.Svg;

namespace Thalweg.Figures.Drawing.Layers;

/// <summary>A heat map; cells are [row, column] = [y, x] between consecutive edges.</summary>
internal sealed class HeatMapLayer(double[] xEdges, double[] yEdges, double[,] values, bool[,]? exists, Axis axis, ColourMap map) : Layer
{
    /// <summary>The number of colours told apart.</summary>
    public const int Levels = 128;

    /// <summary>The axis of its values.</summary>
    public Axis Axis => axis;

    /// <summary>Its colours.</summary>
    public ColourMap Map => map;

    /// <summary>The values at the two ends of the colour scale.</summary>
    public (double Low, double High) Range()
    {
        var bounds = new Bounds(axis.IsLog);
        for (int i = 0; i < values.GetLength(0); i++)
        {
            for (int j = 0; j < values.GetLength(1); j++)
            {
                if (exists is null || exists[i, j])
                {
                    bounds.Add(values[i, j]);
                }
            }
        }

        return axis.Range(bounds.Least, bounds.Greatest, room: false);
    }

    public override void Extend(Bounds x, Bounds y)
    {
        foreach (double edge in xEdges)
        {
            x.Add(edge);
        }

        foreach (double edge in yEdges)
        {
            y.Add(edge);
        }
    }

    public override void Paint(Canvas canvas)
    {
        var (low, high) = Range();
        var scale = new Scale(axis.IsLog, low, high, 0, Levels);
        var byLevel = new List<Box>[Levels];
        var open = new Dictionary<(int Left, int Right, int Level), int>();   // the runs of the row before, with the row where each began
        int rows = values.GetLength(0), columns = values.GetLength(1);
        for (int i = 0; i <= rows; i++)
        {
            var now = new Dictionary<(int Left, int Right, int Level), int>();
            for (int j = 0; i < rows && j < columns;)
            {
                int level = Level(scale, i, j), start = j;
                while (j < columns && Level(scale, i, j) == level)
                {
                    j++;
                }

                if (level >= 0)
                {
                    now[(start, j, level)] = open.Remove((start, j, level), out int began) ? began : i;
                }
            }

            foreach (var (run, began) in open)
            {
                Close(canvas, byLevel, run, began, i);
            }

            open = now;
        }

        canvas.MarkBox(canvas.Area, 0.2f);
        canvas.Writer.Raw("<g shape-rendering=\"crispEdges\">");
        for (int level = 0; level < Levels; level++)
        {
            if (byLevel[level] is { } boxes)
            {
                canvas.Writer.Raw("<path").Attribute("fill", Colour(level)).Raw(" d=\"");
                boxes.Sort((a, b) => a.Top != b.Top ? a.Top.CompareTo(b.Top) : a.Left.CompareTo(b.Left));
                foreach (var box in boxes)
                {
                    WriteBox(canvas.Writer, box);
                }

                canvas.Writer.Raw("\"/>");
            }
        }

        canvas.Writer.Raw("</g>");
    }

    /// <summary>The colour of a level.</summary>
    public string Colour(int level) => map.At(level / (Levels - 1.0));

    private static void WriteBox(SvgWriter writer, Box box)
    {
        long left = SvgWriter.ToHundredths(box.Left), top = SvgWriter.ToHundredths(box.Top);
        long width = SvgWriter.ToHundredths(box.Right) - left, height = SvgWriter.ToHundredths(box.Bottom) - top;
        writer.Raw('M').Hundredths(left).Raw(' ').Hundredths(top).Raw('h').Hundredths(width).Raw('v').Hundredths(height).Raw('h').Hundredths(-width).Raw('z');
    }

    private void Close(Canvas canvas, List<Box>[] byLevel, (int Left, int Right, int Level) run, int began, int end)
    {
        double a = canvas.X.MapEdge(xEdges[run.Left]), b = canvas.X.MapEdge(xEdges[run.Right]), c = canvas.Y.MapEdge(yEdges[began]), d = canvas.Y.MapEdge(yEdges[end]);
        var area = canvas.Area;
        var box = new Box(Math.Max(Math.Min(a, b), area.Left), Math.Max(Math.Min(c, d), area.Top), Math.Min(Math.Max(a, b), area.Right), Math.Min(Math.Max(c, d), area.Bottom));
        if (box.Width > 0 && box.Height > 0)
        {
            (byLevel[run.Level] ??= []).Add(box);
        }
    }

    // −1 for a cell without a value.
    private int Level(Scale scale, int i, int j)
    {
        if (exists is not null && !exists[i, j])
        {
            return -1;
        }

        double at = scale.MapEdge(values[i, j]);
        return double.IsNaN(at) ? -1 : (int)Math.Clamp(at, 0, Levels - 1);
    }
}
