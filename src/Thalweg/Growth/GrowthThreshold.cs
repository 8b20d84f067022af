// The gradient-flow threshold measured from the dynamics alone: the matrix strength whose own noise has that strength as its critical one.
using System;
using System.Collections.Generic;
using System.Threading;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.TwoTime;

namespace Thalweg.Growth;

/// <summary>
/// In the family Q_u(x) = u x²/2 + R(x) with signal S = Q_u, u = 1/Δ_2 is the strength of the signal, S''(0), and part of the noise. At fixed noise the critical strength k_c(u) is measured (<see cref="CriticalStrength"/>); the threshold is the root of u = k_c(u).
/// </summary>
/// <remarks>
/// Short runs find the root to some per mille and the slope of k_c; two long ones settle it. With slope s an error of k_c is one of u divided by 1 - s. Cost: four solutions without a signal.
/// </remarks>
public sealed class GrowthThreshold
{
    // ShortReach in units of 1/sqrt(Q''(1)); runs at noises that are Far apart tell the slope, runs that are Close the root.
    private const double ShortReach = 400, ShortTolerance = 1e-5, FirstNoise = 1, SecondNoise = 1.3, Close = 0.01, Far = 0.05, SteepestSlope = 0.9, SlopeShare = 0.1, LargestError = 0.5, Longer = 6;
    private const int MostShort = 6;

    private static readonly Quantity NotFound = Quantity.Missing("too few strengths of the signal let the overlap grow at a rate that has settled: the time is too short");

    /// <summary>The time that a measurement reaches unless told otherwise, in units of 1/sqrt(Q''(1)) at the threshold.</summary>
    public const double LongReach = 1e5;

    private GrowthThreshold(IReadOnlyList<CriticalStrength> measurements, IReadOnlyList<double> inverses, Quantity inverse, Quantity inverseFromLimit)
    {
        (Measurements, Inverses, Inverse, InverseFromLimit) = (measurements, inverses, inverse, inverseFromLimit);
    }

    /// <summary>The long measurements, the last one at the threshold but for a fraction of a per mille; a single one where no threshold was found.</summary>
    public IReadOnlyList<CriticalStrength> Measurements { get; }

    /// <summary>[i]: u of each measurement.</summary>
    public IReadOnlyList<double> Inverses { get; }

    /// <summary>1/Δ_2 at the threshold, from the growth rates alone; missing when the runs are too short.</summary>
    public Quantity Inverse { get; }

    /// <summary>The same with the limit of μ(t) as it is extrapolated in time.</summary>
    public Quantity InverseFromLimit { get; }

    /// <summary>Measures the threshold.</summary>
    /// <param name="rest">R, not zero, with powers from 3 on.</param>
    /// <param name="tolerance">The tolerance of the two-time equations in the long runs, see <see cref="TwoTimeDynamics.Solve"/>.</param>
    /// <param name="end">The time that the long runs reach; null for <see cref="LongReach"/>.</param>
    /// <param name="threads">How many threads to use; results do not depend on it.</param>
    /// <param name="progress">Called with the share of the work that is done, in [0, 1], and the time reached; null when nobody watches.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static GrowthThreshold Measure(Covariance rest, double tolerance, double? end = null, int threads = 1, Action<double, double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rest);
        var measurements = new List<CriticalStrength>();
        var inverses = new List<double>();

        // Short runs: the root to a per cent, and the slope. One that finds no growth is made longer, as far as the long ones go.
        double u = FirstNoise, slope = 0, before = 0, strengthBefore = 0, reach = ShortReach;
        for (int i = 0, found = 0; i < MostShort; i++)
        {
            double until = reach / Math.Sqrt(NoiseAt(u).CurvatureAtOne);
            var at = Measured(u, Math.Min(until, end ?? until), ShortTolerance, 0.03 * i, 0.03);
            if (!IsOfUse(at.StrengthFromGrowth))
            {
                reach *= Longer;
                if (reach > LongReach || until >= end || i == MostShort - 1)
                {
                    return new([at], [u], NotFound, NotFound);
                }

                continue;
            }

            double k = at.StrengthFromGrowth.Value;
            slope = found > 0 && Math.Abs(u - before) > Far * u ? Math.Clamp((k - strengthBefore) / (u - before), 0, SteepestSlope) : slope;
            (before, strengthBefore) = (u, k);
            u = found == 0 ? Math.Max(k, SecondNoise) : u + (k - u) / (1 - slope);
            if (found++ > 0 && Math.Abs(u - before) < Close * u)
            {
                break;
            }
        }

        foreach (double begun in new[] { 0.2, 0.6 })
        {
            var at = Measured(u, end ?? LongReach / Math.Sqrt(NoiseAt(u).CurvatureAtOne), tolerance, begun, 0.4);
            measurements.Add(at);
            inverses.Add(u);
            if (!IsOfUse(at.StrengthFromGrowth))
            {
                return new(measurements, inverses, NotFound, NotFound);
            }

            u += (at.StrengthFromGrowth.Value - u) / (1 - slope);
        }

        return new(measurements, inverses, Root(measurements[^1].StrengthFromGrowth), Root(measurements[^1].Strength));

        Covariance NoiseAt(double inverse) => rest.With(2, inverse / 2);

        CriticalStrength Measured(double at, double until, double accuracy, double begun, double share)
        {
            double whole = Math.Log(1 + until);
            return CriticalStrength.Measure(NoiseAt(at), until, accuracy, threads, (time, local) => progress?.Invoke(begun + share * (local >= TwoTimeDynamics.FirstTolerance(accuracy) ? 0.4 : 0.4 + 0.6 * Math.Min(1, Math.Log(1 + time) / whole)), time), cancellation);
        }

        static bool IsOfUse(Quantity strength) => strength.Exists && strength.Error < LargestError * strength.Value;

        Quantity Root(Quantity strength)
        {
            double noise = inverses[^1], distance = strength.Exists ? strength.Value - noise : 0;
            return IsOfUse(strength) ? Quantity.Of(noise + distance / (1 - slope), (strength.Error + SlopeShare * Math.Abs(distance)) / (1 - slope), How.Dynamics) : NotFound;
        }
    }
}
