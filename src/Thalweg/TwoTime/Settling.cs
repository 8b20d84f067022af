// When a run that has found the signal has come to rest, and what C and R are from then on; and when an overlap is gone for good.
using System;
using Thalweg.Numerics;

namespace Thalweg.TwoTime;

/// <summary>
/// After its escape the flow relaxes exponentially, while the trace of the escape in C(t,t'), a front at fixed t' as steep as ever, would force ever shorter steps on ln t for nothing.
/// So a run ends where m, μ and the energy have come to rest, and stays there: later rows depend on t - t' alone, or on t' alone.
/// </summary>
internal static class Settling
{
    /// <summary>Observables that change by less than this share of the tolerance are at rest.</summary>
    public const double ToleranceShare = 0.1;

    private const double GoneBy = 40, GoneFor = 20, FoundOverlap = 0.01, ShortestWindow = 10, WindowShare = 0.05;

    /// <summary>The time over which nothing may have changed for a run to be settled at a time: ten times the microscopic one, and a part of its age, on which slow relaxation would show.</summary>
    /// <param name="t">The time.</param>
    public static double Window(double t) => Math.Max(ShortestWindow, WindowShare * t);

    /// <summary>Whether ln m, μ and the energy have kept their values over two windows to a tenth of the tolerance.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="tolerance">The local tolerance of the run.</param>
    public static bool IsReached(TwoTimeRows rows, double tolerance)
    {
        int last = rows.Count - 1;
        double t = rows.T[last], from = t - 2 * Window(t);
        if (from <= 0 || rows.LogM[last] < PortableMath.Log(FoundOverlap))
        {
            return false;
        }

        double largest = ToleranceShare * tolerance;
        for (int n = last - 1; rows.T[n + 1] > from; n--)
        {
            if (Math.Abs(rows.LogM[n] - rows.LogM[last]) > largest || Math.Abs(rows.Mu[n] - rows.Mu[last]) > largest * Math.Max(1, rows.Mu[last]) || Math.Abs(rows.Energy[n] - rows.Energy[last]) > largest * Math.Max(1, Math.Abs(rows.Energy[last])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The first row at which the overlap is gone for good: e^40 below its largest value and falling exponentially, by e^20 over the age of the run. Its logarithm hangs on cancellations between earlier, larger values by then; from there on it is continued with
    /// the rate of that row, which no other quantity notices. A power of t falls by less in any time that can be reached.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <returns>The row, or null.</returns>
    public static int? Gone(TwoTimeRows rows)
    {
        double largest = double.NegativeInfinity;
        for (int n = 0; n < rows.Count; n++)
        {
            largest = Math.Max(largest, rows.LogM[n]);
            if (rows.LogM[n] < largest - GoneBy && rows.Growth[n] * rows.T[n] < -GoneFor)
            {
                return n;
            }
        }

        return null;
    }

    /// <summary>The pair of times on the rows that stands for a later one.</summary>
    /// <param name="t">The later time, beyond the last row.</param>
    /// <param name="s">The earlier one.</param>
    /// <param name="last">The time of the last row.</param>
    public static (double T, double S) Of(double t, double s, double last)
    {
        double window = Window(last);
        return (last, t - s <= window ? last - (t - s) : Math.Min(s, last - window));
    }
}
