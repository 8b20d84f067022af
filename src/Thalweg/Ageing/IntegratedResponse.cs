// The integrated response of a solution at one time t, χ(t,t_w) = ∫_{t_w}^t R(t,s) ds, with its error.
using System;
using Thalweg.Results;
using Thalweg.TwoTime;

namespace Thalweg.Ageing;

/// <summary>The response at t to a small constant field that was switched on at t_w.</summary>
/// <remarks>
/// The error is the difference between the two runs plus the larger of the errors of energy and μ. Where the flow has come to rest at the signal before t, the pair of times on its last row that stands for (t,t_w) is taken: what R is before its window has decayed there.
/// Cost: six rows of each run to interpolate from, then one short product a waiting time.
/// </remarks>
public sealed class IntegratedResponse
{
    private readonly TwoTimeDynamics dynamics;
    private readonly AgeingRow? fine, coarse;
    private readonly double time, floor;

    /// <summary>The responses at a time.</summary>
    /// <param name="dynamics">The two runs.</param>
    /// <param name="time">t, from 0 to their last time.</param>
    public IntegratedResponse(TwoTimeDynamics dynamics, double time)
    {
        ArgumentNullException.ThrowIfNull(dynamics);
        (this.dynamics, this.time) = (dynamics, time);
        floor = Math.Max(dynamics.Energy(time).Error, dynamics.Multiplier(time).Error);
        (fine, coarse) = time > 0 ? (RowOf(dynamics.Solution), RowOf(dynamics.Coarser)) : (null, null);
    }

    /// <summary>χ(t,t_w).</summary>
    /// <param name="waiting">t_w, from 0 to t.</param>
    public Quantity Since(double waiting)
    {
        if (!(waiting >= 0 && waiting <= time))
        {
            throw new ArgumentOutOfRangeException(nameof(waiting), waiting, FormattableString.Invariant($"must be a time from 0 to {time}"));
        }

        if (waiting == time)
        {
            return Quantity.ClosedForm(0);
        }

        double value = At(fine!, dynamics.Solution, waiting), other = At(coarse!, dynamics.Coarser, waiting);
        return Quantity.Of(value, Math.Abs(value - other) + floor * Math.Max(1, Math.Abs(value)), How.Dynamics);
    }

    private AgeingRow RowOf(TwoTimeSolution solution) => new(solution, Math.Min(time, solution.SettledTime ?? time));

    private double At(AgeingRow row, TwoTimeSolution solution, double waiting)
    {
        var (t, s) = time > row.Time ? Settling.Of(time, waiting, solution.SettledTime!.Value) : (time, waiting);
        return row.IntegratedAt(s / t, (t - s) / t);
    }
}
