// Curves on grids of n, 2 n, 3 n, ... steps, extrapolated in h², each grid read by its own clock when an event comes at other times on coarser grids.
using System;

namespace Thalweg.Numerics.Series;

/// <summary>
/// Neville's scheme in h². An event that a coarse grid has too early or too late by several of its own widths spoils that: f(t + c h²) is no polynomial of low order in h² then. With T_k the time of the event on grid k and T its extrapolation, f_k(t + w(t) (T_k - T)) has
/// an expansion in h² as well, for any w, and with w = 1 from the event on its terms are those of the shape alone (Poincaré's and Lindstedt's remedy for secular terms).
/// </summary>
public sealed class GridExtrapolation
{
    // Points of a stencil between grid points: its error is of order nine, and the coarsest grids, where it is largest, hardly count.
    private const int Stencil = 9;
    private readonly double[][] shifts;
    private readonly double[] work, clockError;
    private readonly int coarse;

    /// <summary>Prepares the clocks.</summary>
    /// <param name="coarse">n, the steps of the first grid; grid k, from 0, has (k + 1) n.</param>
    /// <param name="grids">How many grids, at least 2.</param>
    /// <param name="events">[k], times of the event in steps of the first grid; null when there is none. Within the first 18 steps it needs no clock.</param>
    public GridExtrapolation(int coarse, int grids, double[]? events)
    {
        this.coarse = coarse;
        (work, clockError, shifts) = (new double[grids], new double[coarse + 1], new double[grids][]);
        for (int k = 0; k < grids; k++)
        {
            shifts[k] = new double[coarse + 1];
        }

        if (events is null)
        {
            return;
        }

        events.CopyTo(work, 0);
        var (time, error) = Limit();
        if (!(time > 2 * Stencil))
        {
            return;
        }

        double latest = 0;
        foreach (double own in events)
        {
            latest = Math.Max(latest, own - time);
        }

        for (int n = 0; n <= coarse; n++)
        {
            // In proportion to t until the event, as a wrong rate of growth has it, from where stencils are central on; never beyond the end of a grid.
            double weight = Math.Clamp((n - Stencil) / (time - Stencil), 0, 1);
            weight = latest > 0 ? Math.Min(weight, (coarse - n) / latest) : weight;
            clockError[n] = weight * error;
            for (int k = 0; k < grids; k++)
            {
                shifts[k][n] = weight * (events[k] - time);
            }
        }
    }

    /// <summary>The limit of a curve at the times of the first grid.</summary>
    /// <param name="levels">[k][i], the curve at i = 0 .. (k + 1) n.</param>
    /// <returns>Values, and errors: the last change, the largest of three neighbouring times, twice that where clocks are in use, and what the error of the event's time does.</returns>
    public (double[] Values, double[] Errors) Of(double[][] levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        double[] values = new double[coarse + 1], changes = new double[coarse + 1], errors = new double[coarse + 1];
        for (int n = 0; n <= coarse; n++)
        {
            for (int k = 0; k < levels.Length; k++)
            {
                work[k] = At(levels[k], (k + 1) * (n + shifts[k][n]));
            }

            (values[n], changes[n]) = Limit();
        }

        for (int n = 0; n <= coarse; n++)
        {
            int before = Math.Max(0, n - 1), after = Math.Min(coarse, n + 1);
            double slope = Math.Abs(values[after] - values[before]) / (after - before);

            // A change passes through zero somewhere, an error need not: the neighbours speak too. What is left of the grids' shifts converges less regularly: twice the change then.
            errors[n] = (clockError[n] > 0 ? 2 : 1) * Math.Max(changes[n], Math.Max(changes[before], changes[after])) + slope * clockError[n];
        }

        return (values, errors);
    }

    /// <summary>Where a curve first rises through a level, by the same interpolation: an error of a low order would not be one in h².</summary>
    /// <param name="curve">[i].</param>
    /// <param name="level">The level, above the first point.</param>
    /// <returns>The place in steps of the curve; null when it stays below.</returns>
    public static double? Crossing(double[] curve, double level)
    {
        ArgumentNullException.ThrowIfNull(curve);
        int after = Array.FindIndex(curve, value => value > level);
        if (after < 1)
        {
            return null;
        }

        double low = after - 1, high = after;
        while (high - low > 1e-13 * high)
        {
            double middle = 0.5 * (low + high);
            (low, high) = At(curve, middle) > level ? (low, middle) : (middle, high);
        }

        return high;
    }

    // Neville's scheme for the work array, which it overwrites: the value of the highest order and its last change.
    private (double Value, double Change) Limit()
    {
        double before = work[^1];
        for (int order = 1; order < work.Length; order++)
        {
            before = work[^1];
            for (int k = work.Length - 1; k >= order; k--)
            {
                double ratio = (k + 1.0) / (k + 1 - order);
                work[k] += (work[k] - work[k - 1]) / (ratio * ratio - 1);
            }
        }

        return (work[^1], Math.Abs(work[^1] - before));
    }

    // Lagrange's polynomial through the points around a place.
    private static double At(double[] curve, double place)
    {
        int points = Math.Min(Stencil, curve.Length), first = Math.Clamp((int)Math.Round(place) - points / 2, 0, curve.Length - points);
        double sum = 0;
        for (int i = 0; i < points; i++)
        {
            double own = place - first - i, weight = 1;
            if (own == 0)
            {
                return curve[first + i];
            }

            for (int j = 0; j < points; j++)
            {
                weight *= j == i ? 1 : (place - first - j) / (i - j);
            }

            sum += weight * curve[first + i];
        }

        return sum;
    }
}
