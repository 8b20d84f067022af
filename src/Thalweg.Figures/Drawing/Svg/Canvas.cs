// What a layer draws on: the two scales, the plot area, the text being written, and where ink has fallen.
using System;

namespace Thalweg.Figures.Drawing.Svg;

/// <summary>The plot area of one panel.</summary>
internal sealed class Canvas(SvgWriter writer, Scale x, Scale y, Box area)
{
    private const double Cell = 6;

    private readonly int columns = Math.Max(1, (int)Math.Ceiling(area.Width / Cell)), rows = Math.Max(1, (int)Math.Ceiling(area.Height / Cell));
    private readonly float[] ink = new float[Math.Max(1, (int)Math.Ceiling(area.Width / Cell)) * Math.Max(1, (int)Math.Ceiling(area.Height / Cell))];

    public SvgWriter Writer { get; } = writer;

    public Scale X { get; } = x;

    public Scale Y { get; } = y;

    public Box Area { get; } = area;

    /// <summary>Remembers ink at a pixel.</summary>
    public void Mark(double px, double py, float weight)
    {
        int i = Math.Clamp((int)((py - Area.Top) / Cell), 0, rows - 1), j = Math.Clamp((int)((px - Area.Left) / Cell), 0, columns - 1);
        ink[i * columns + j] = Math.Max(ink[i * columns + j], weight);
    }

    /// <summary>Remembers ink along a segment inside the area.</summary>
    public void MarkSegment(double x0, double y0, double x1, double y1, float weight = 1)
    {
        int steps = 1 + (int)(Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)) / Cell);
        double dx = (x1 - x0) / steps, dy = (y1 - y0) / steps;
        for (int k = 0; k <= steps; k++)
        {
            Mark(x0 + k * dx, y0 + k * dy, weight);
        }
    }

    /// <summary>Remembers ink in a rectangle.</summary>
    public void MarkBox(Box box, float weight)
    {
        for (double py = Math.Max(box.Top, Area.Top); py <= Math.Min(box.Bottom, Area.Bottom); py += Cell)
        {
            for (double px = Math.Max(box.Left, Area.Left); px <= Math.Min(box.Right, Area.Right); px += Cell)
            {
                Mark(px, py, weight);
            }
        }
    }

    /// <summary>The place of a box of a size that covers least ink, corners preferred; and the ink it covers.</summary>
    public (Box Box, double Covered) Emptiest(double width, double height)
    {
        const double gap = 8;
        double right = Math.Max(0, Area.Width - width - 2 * gap), down = Math.Max(0, Area.Height - height - 2 * gap), best = double.MaxValue, bestCovered = 0;
        Box found = default;
        for (int i = 0; i <= 4; i++)
        {
            for (int j = 0; j <= 4; j++)
            {
                double left = Area.Left + gap + right * j / 4, top = Area.Top + gap + down * i / 4;
                var box = new Box(left, top, left + width, top + height);
                double covered = Covered(box), inward = Math.Min(j, 4 - j) + Math.Min(i, 4 - i), cost = covered + 0.3 * inward + 0.01 * i + 0.005 * (4 - j);
                if (cost < best)
                {
                    (best, bestCovered, found) = (cost, covered, box);
                }
            }
        }

        return (found, bestCovered);
    }

    private double Covered(Box box)
    {
        int i0 = Math.Max(0, (int)((box.Top - Area.Top - 3) / Cell)), i1 = Math.Min(rows - 1, (int)((box.Bottom - Area.Top + 3) / Cell));
        int j0 = Math.Max(0, (int)((box.Left - Area.Left - 3) / Cell)), j1 = Math.Min(columns - 1, (int)((box.Right - Area.Left + 3) / Cell));
        double sum = 0;
        for (int i = i0; i <= i1; i++)
        {
            for (int j = j0; j <= j1; j++)
            {
                sum += ink[i * columns + j];
            }
        }

        return sum;
    }
}
