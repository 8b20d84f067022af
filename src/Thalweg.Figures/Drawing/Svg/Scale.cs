// From a value of an axis to a pixel.
using System;

namespace Thalweg.Figures.Drawing.Svg;

/// <summary>The map of one axis.</summary>
internal readonly struct Scale
{
    // Far outside every page, near enough for exact arithmetic in hundredths.
    private const double Far = 1e6;

    private readonly double origin, factor, start;

    public Scale(bool isLog, double low, double high, double start, double end)
    {
        (IsLog, Low, High) = (isLog, low, high);
        origin = isLog ? Math.Log10(low) : low;
        factor = (end - start) / ((isLog ? Math.Log10(high) : high) - origin);
        this.start = start;
    }

    public bool IsLog { get; }

    public double Low { get; }

    public double High { get; }

    /// <summary>The pixel of a value; NaN where the axis has no place for it.</summary>
    public double Map(double value)
    {
        if (!double.IsFinite(value) || (IsLog && value <= 0))
        {
            return double.NaN;
        }

        return Math.Clamp(start + ((IsLog ? Math.Log10(value) : value) - origin) * factor, -Far, Far);
    }

    /// <summary>The pixel of a boundary: infinities, and on a logarithmic axis values that are not positive, lie far outside; NaN only for NaN.</summary>
    public double MapEdge(double value)
    {
        if (double.IsNaN(value))
        {
            return double.NaN;
        }

        if (double.IsNegativeInfinity(value) || (IsLog && value <= 0))
        {
            return factor > 0 ? -Far : Far;
        }

        return double.IsPositiveInfinity(value) ? (factor > 0 ? Far : -Far) : Map(value);
    }
}

/// <summary>A rectangle in pixels, y downwards.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public bool Holds(double x, double y) => x >= Left - 1e-6 && x <= Right + 1e-6 && y >= Top - 1e-6 && y <= Bottom + 1e-6;
}
