// Draws a curve as path data: clipped to the plot area by Liang and Barsky's method, and thinned where points lie on a line within 0.05 pixels.
using System;

namespace Thalweg.Figures.Drawing.Svg;

/// <summary>Writes the data of one path; points are in pixels and come in order.</summary>
internal sealed class Pen(Canvas canvas, bool marks = true)
{
    private const double Tolerance = 0.05;

    private readonly Box area = canvas.Area;
    private readonly SvgWriter writer = canvas.Writer;

    private double lastX = double.NaN, lastY;                              // the last point given, NaN after a break
    private bool alone;                                                    // whether that point has no segment yet
    private double anchorX, anchorY, heldX = double.NaN, heldY, reach;     // the last point written and the one that may still be skipped
    private double leftX, leftY, rightX, rightY;                           // the sleeve of directions that pass all skipped points
    private long writtenX, writtenY;
    private bool fresh;                                                    // whether nothing is written since the move

    /// <summary>The next point of the curve; NaN breaks it.</summary>
    public void To(double x, double y)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
        {
            Break();
            return;
        }

        if (double.IsNaN(lastX))
        {
            alone = true;
        }
        else
        {
            Segment(lastX, lastY, x, y);
            alone = false;
        }

        (lastX, lastY) = (x, y);
    }

    /// <summary>Ends the piece of curve; a point alone becomes a dot.</summary>
    public void Break()
    {
        Finish();
        if (alone && !double.IsNaN(lastX) && area.Holds(lastX, lastY))
        {
            Move(lastX, lastY);
            Line(lastX, lastY);
            heldX = double.NaN;
            canvas.Mark(lastX, lastY, 1);
        }

        (lastX, alone) = (double.NaN, false);
    }

    private void Segment(double x0, double y0, double x1, double y1)
    {
        double dx = x1 - x0, dy = y1 - y0, enter = 0, leave = 1;
        if (!Edge(-dx, x0 - area.Left, ref enter, ref leave) || !Edge(dx, area.Right - x0, ref enter, ref leave)
            || !Edge(-dy, y0 - area.Top, ref enter, ref leave) || !Edge(dy, area.Bottom - y0, ref enter, ref leave))
        {
            Finish();
            return;
        }

        double startX = x0, startY = y0, endX = x1, endY = y1;
        if (enter > 0)
        {
            (startX, startY) = (Math.Clamp(x0 + enter * dx, area.Left, area.Right), Math.Clamp(y0 + enter * dy, area.Top, area.Bottom));
        }

        if (leave < 1)
        {
            (endX, endY) = (Math.Clamp(x0 + leave * dx, area.Left, area.Right), Math.Clamp(y0 + leave * dy, area.Top, area.Bottom));
        }

        if (double.IsNaN(heldX))
        {
            Move(startX, startY);
        }
        else if (enter > 0)
        {
            Finish();
            Move(startX, startY);
        }

        if (marks)
        {
            canvas.MarkSegment(startX, startY, endX, endY);
        }

        Extend(endX, endY);
        if (leave < 1)
        {
            Finish();
        }
    }

    private static bool Edge(double along, double distance, ref double enter, ref double leave)
    {
        if (along == 0)
        {
            return distance >= 0;
        }

        double at = distance / along;
        if (along < 0)
        {
            enter = Math.Max(enter, at);
        }
        else
        {
            leave = Math.Min(leave, at);
        }

        return enter <= leave;
    }

    // The point held back is written when the next one leaves the sleeve: the cone from the anchor that keeps within the tolerance of all points between.
    private void Extend(double x, double y)
    {
        double dx = x - anchorX, dy = y - anchorY, d = Math.Sqrt(dx * dx + dy * dy);
        bool first = reach < 0;
        if (!first && (d < reach || leftX * dy - leftY * dx > 0 || rightX * dy - rightY * dx < 0))
        {
            Line(heldX, heldY);
            (anchorX, anchorY, reach) = (heldX, heldY, -1);
            (dx, dy) = (x - anchorX, y - anchorY);
            d = Math.Sqrt(dx * dx + dy * dy);
            first = true;
        }

        (heldX, heldY) = (x, y);
        if (d <= Tolerance)
        {
            return;
        }

        double sine = Tolerance / d, cosine = Math.Sqrt(1 - sine * sine), ux = dx / d, uy = dy / d;
        double lx = ux * cosine - uy * sine, ly = uy * cosine + ux * sine, rx = ux * cosine + uy * sine, ry = uy * cosine - ux * sine;
        if (first || leftX * ly - leftY * lx < 0)
        {
            (leftX, leftY) = (lx, ly);
        }

        if (first || rightX * ry - rightY * rx > 0)
        {
            (rightX, rightY) = (rx, ry);
        }

        reach = d;
    }

    private void Finish()
    {
        if (!double.IsNaN(heldX) && (reach >= 0 || fresh))
        {
            Line(heldX, heldY);
        }

        heldX = double.NaN;
    }

    private void Move(double x, double y)
    {
        (anchorX, anchorY, heldX, heldY, reach) = (x, y, x, y, -1);
        (writtenX, writtenY) = (SvgWriter.ToHundredths(x), SvgWriter.ToHundredths(y));
        writer.Raw('M').Hundredths(writtenX);
        Second(writtenY);
        writer.Raw('l');
        fresh = true;
    }

    private void Line(double x, double y)
    {
        long hx = SvgWriter.ToHundredths(x), hy = SvgWriter.ToHundredths(y), dx = hx - writtenX, dy = hy - writtenY;
        if (!fresh && dx >= 0)
        {
            writer.Raw(' ');
        }

        writer.Hundredths(dx);
        Second(dy);
        (writtenX, writtenY, fresh) = (hx, hy, false);
    }

    private void Second(long value)
    {
        if (value >= 0)
        {
            writer.Raw(' ');
        }

        writer.Hundredths(value);
    }
}
