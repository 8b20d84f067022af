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
        var (rowStarts, columnStarts) = (Starts(yEdges, canvas.Y), Starts(xEdges, canvas.X));
        int rows = rowStarts.Length - 1, columns = columnStarts.Length - 1;
        int Pick(int i, int j) => Level(scale, (rowStarts[i] + rowStarts[i + 1] - 1) / 2, (columnStarts[j] + columnStarts[j + 1] - 1) / 2);
        for (int i = 0; i <= rows; i++)
        {
            var now = new Dictionary<(int Left, int Right, int Level), int>();
            for (int j = 0; i < rows && j < columns;)
            {
                int level = Pick(i, j), start = j;
                do
                {
                    j++;
                }
                while (j < columns && Pick(i, j) == level);

                if (level >= 0)
                {
                    now[(start, j, level)] = open.Remove((start, j, level), out int began) ? began : i;
                }
            }

            foreach (var (run, began) in open)
            {
                Close(canvas, byLevel[run.Level] ??= [], columnStarts[run.Left], columnStarts[run.Right], rowStarts[began], rowStarts[i]);
            }

            open = now;
        }

        canvas.MarkBox(canvas.Area, 0.2f);
        canvas.Writer.Raw("<g shape-rendering=\"crispEdges\">");
        for (int level = 0; level < Levels; level++)
        {
            if (byLevel[level] is { Count: > 0 } boxes)
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

    // Where the drawn cells begin: each is one cell of the field, or as many as make half a pixel, shown by their middle one.
    private static int[] Starts(double[] edges, Scale scale)
    {
        List<int> starts = [0];
        double start = scale.MapEdge(edges[0]);
        for (int i = 1; i < edges.Length; i++)
        {
            double here = scale.MapEdge(edges[i]);
            if (Math.Abs(here - start) >= 0.5 || i == edges.Length - 1)
            {
                starts.Add(i);
                start = here;
            }
        }

        return [.. starts];
    }

    private void Close(Canvas canvas, List<Box> boxes, int left, int right, int first, int last)
    {
        double a = canvas.X.MapEdge(xEdges[left]), b = canvas.X.MapEdge(xEdges[right]), c = canvas.Y.MapEdge(yEdges[first]), d = canvas.Y.MapEdge(yEdges[last]);
        var area = canvas.Area;
        var box = new Box(Math.Max(Math.Min(a, b), area.Left), Math.Max(Math.Min(c, d), area.Top), Math.Min(Math.Max(a, b), area.Right), Math.Min(Math.Max(c, d), area.Bottom));
        if (box.Width > 0 && box.Height > 0)
        {
            boxes.Add(box);
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
