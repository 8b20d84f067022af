// A filled polygon, clipped to the plot area by the method of Sutherland and Hodgman.
using System;
using System.Collections.Generic;

namespace Thalweg.Figures.Drawing.Svg;

/// <summary>Collects the corners of polygons and writes them as path data.</summary>
internal sealed class Region(Canvas canvas)
{
    private List<(double X, double Y)> corners = [], clipped = [];

    /// <summary>The next corner, in pixels.</summary>
    public void Corner(double x, double y) => corners.Add((x, y));

    /// <summary>Writes what lies inside the plot area and begins a new polygon.</summary>
    /// <returns>Whether anything did.</returns>
    public bool Close()
    {
        var area = canvas.Area;
        Cut(point => point.X - area.Left);
        Cut(point => area.Right - point.X);
        Cut(point => point.Y - area.Top);
        Cut(point => area.Bottom - point.Y);
        bool any = corners.Count >= 3;
        if (any)
        {
            var pen = new Pen(canvas, marks: false);
            foreach (var (x, y) in corners)
            {
                pen.To(Math.Clamp(x, area.Left, area.Right), Math.Clamp(y, area.Top, area.Bottom));
            }

            pen.Break();
            canvas.Writer.Raw('z');
        }

        corners.Clear();
        return any;
    }

    private void Cut(Func<(double X, double Y), double> inside)
    {
        clipped.Clear();
        for (int i = 0; i < corners.Count; i++)
        {
            var here = corners[i];
            var before = corners[i == 0 ? corners.Count - 1 : i - 1];
            double a = inside(before), b = inside(here);
            if ((a >= 0) != (b >= 0))
            {
                double t = a / (a - b);
                clipped.Add((before.X + t * (here.X - before.X), before.Y + t * (here.Y - before.Y)));
            }

            if (b >= 0)
            {
                clipped.Add(here);
            }
        }

        (corners, clipped) = (clipped, corners);
    }
}
