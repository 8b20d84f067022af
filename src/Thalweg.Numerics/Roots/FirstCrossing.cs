// The first sign change of a function along a grid, found even when two roots hide between neighbouring grid points.
using System;

namespace Thalweg.Numerics.Roots;

/// <summary>Scans a grid for the first point where a function turns from negative to non-negative and polishes it.</summary>
public static class FirstCrossing
{
    private const double Golden = 0.6180339887498949;

    /// <summary>Finds the first crossing along a grid, local maxima between grid points included.</summary>
    /// <param name="function">The function, negative at the first grid point.</param>
    /// <param name="grid">[i] ascending or descending points; a feature wider than two spacings cannot be missed.</param>
    /// <param name="noise">The absolute rounding error of the function's values.</param>
    /// <returns>The root, or null when the function stays negative; the grid point itself when the function starts non-negative.</returns>
    public static Root? Find(Func<double, double> function, ReadOnlySpan<double> grid, double noise)
    {
        ArgumentNullException.ThrowIfNull(function);
        double before = double.NegativeInfinity, last = function(grid[0]);
        if (last >= 0)
        {
            return new Root(grid[0], 0, 1);
        }

        for (int i = 1; i < grid.Length; i++)
        {
            double value = function(grid[i]);
            if (value >= 0)
            {
                return BracketedRoot.Find(function, grid[i - 1], grid[i], noise);
            }

            if (i >= 2 && last > before && last > value)
            {
                double top = Maximum(function, grid[i - 2], grid[i]);
                if (function(top) >= 0)
                {
                    return BracketedRoot.Find(function, grid[i - 2], top, noise);
                }
            }

            (before, last) = (last, value);
        }

        return null;
    }

    /// <summary>Where a function with one maximum between two points is largest, to about half the digits of a double.</summary>
    /// <param name="function">The function.</param>
    /// <param name="low">One end.</param>
    /// <param name="high">The other end.</param>
    public static double Maximum(Func<double, double> function, double low, double high)
    {
        ArgumentNullException.ThrowIfNull(function);
        double a = low, b = high, x = b - Golden * (b - a), y = a + Golden * (b - a), fx = function(x), fy = function(y);
        for (int i = 0; i < 60 && Math.Abs(b - a) > 1e-9 * (Math.Abs(a) + Math.Abs(b)); i++)
        {
            if (fx < fy)
            {
                (a, x, fx) = (x, y, fy);
                y = a + Golden * (b - a);
                fy = function(y);
            }
            else
            {
                (b, y, fy) = (y, x, fx);
                x = b - Golden * (b - a);
                fx = function(x);
            }
        }

        return fx < fy ? y : x;
    }

    /// <summary>A grid on (0, 1) that resolves both ends: logarithmic from 1e-30 to 0.1, uniform to 0.9, logarithmic again to 1 - 1e-8.</summary>
    /// <param name="points">Its length; half of it uniform, three eighths at the lower end.</param>
    public static double[] UnitInterval(int points)
    {
        var grid = new double[points];
        int low = 3 * points / 8, high = points / 8, middle = points - low - high;
        for (int i = 0; i < low; i++)
        {
            grid[i] = Math.Pow(10, -30 + 29.0 * i / low);
        }

        for (int i = 0; i < middle; i++)
        {
            grid[low + i] = 0.1 + 0.8 * i / (middle - 1);
        }

        for (int i = 0; i < high; i++)
        {
            grid[low + middle + i] = 1 - Math.Pow(10, -1 - 7.0 * (i + 1) / high);
        }

        return grid;
    }
}
