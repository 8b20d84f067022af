// Where the exponentially many minima disappear, in u = 1/Delta_2: at m = 0, and over all overlaps for odd p.
using System;
using System.Collections.Generic;

namespace Thalweg.Tests.Oracles;

/// <summary>The parts of the trivialisation over all overlaps, in u; NaN where a part does not exist or does not decide.</summary>
/// <param name="AtZero">S(0) = 0.</param>
/// <param name="AntiAligned">Odd p: the anti-aligned fixed point m_- becomes stable against the bulk; below it minima crowd around m_-.</param>
/// <param name="Band">The end of a band of minima at m &lt; 0, where it outlives the other two.</param>
/// <param name="BandOverlap">Where the band ends.</param>
public readonly record struct AllOverlapTrivialization(DoubleDouble AtZero, DoubleDouble AntiAligned, DoubleDouble Band, DoubleDouble BandOverlap)
{
    /// <summary>The largest u at which S(m) &gt; 0 for some m ≤ 0.</summary>
    public DoubleDouble End => Larger(Larger(AtZero, AntiAligned), Band);

    private static DoubleDouble Larger(DoubleDouble a, DoubleDouble b) => DoubleDouble.IsNaN(b) || a > b ? a : b;
}

/// <summary>S(m) is the supremum over energies of the annealed complexity of minima.</summary>
public static class TrivializationOracle
{
    /// <summary>S(0) = 0 with the full maximum over t, above the gradient-flow threshold.</summary>
    public static DoubleDouble AtZeroOverlap(int p, DoubleDouble tensorNoise)
    {
        DoubleDouble F(DoubleDouble u) => ComplexityOracle.OverEnergies(new(p, tensorNoise, u), 0, 0).Sigma;
        return FirstZero(F, ThresholdOracle.GradientFlow(p, tensorNoise));
    }

    /// <summary>The same with t = 2 imposed: ½ log r - 2r/(1+r) + ¼ = ½ log θ + θ²/4 - θ, r = Q_2/Q_1. Exact while that is the maximum.</summary>
    public static DoubleDouble AtZeroOverlapEdge(int p, DoubleDouble tensorNoise)
    {
        DoubleDouble F(DoubleDouble u)
        {
            var model = new SpikedOracle(p, tensorNoise, u);
            DoubleDouble r = model.Q2 / model.Q1, theta = SpectrumOracle.Theta(model, 0);
            return DoubleDouble.Log(r / theta) / 2 - 2 * r / (1 + r) + (1 - theta * theta) / 4 + theta;
        }

        return FirstZero(F, ThresholdOracle.GradientFlow(p, tensorNoise));
    }

    /// <summary>Odd p: m_-² = 1 - Q_1/Q_2 and |Q'(m_-)| = |m_-| sqrt(Q_2); NaN for even p.</summary>
    public static DoubleDouble AntiAligned(int p, DoubleDouble tensorNoise)
    {
        if (p % 2 == 0)
        {
            return DoubleDouble.NaN;
        }

        // u - a μ^(p-2) - sqrt(Q_2) rises with u from -a μ^(p-2) at the gradient-flow threshold.
        DoubleDouble F(DoubleDouble u)
        {
            var model = new SpikedOracle(p, tensorNoise, u);
            var overlap = DoubleDouble.Sqrt((p - 2) / (tensorNoise * model.Q2));
            return u - DoubleDouble.Pow(overlap, p - 2) / tensorNoise - DoubleDouble.Sqrt(model.Q2);
        }

        var low = ThresholdOracle.GradientFlow(p, tensorNoise);
        return Bisection.Root(F, low, 2 * low + p / tensorNoise);
    }

    /// <summary>
    /// The largest u with S(m) &gt; 0 somewhere in (-1, 0], with its parts. For even p, S is even and this is <see cref="AtZeroOverlap"/>; the scan is made all the same.
    /// </summary>
    /// <remarks>The scan finds every maximum of S that two neighbours of the grid of <see cref="Peaks"/> separate; a peak at m_- itself is the isolated stationary point with S = 0.</remarks>
    public static AllOverlapTrivialization OverAllOverlaps(int p, DoubleDouble tensorNoise)
    {
        DoubleDouble zero = AtZeroOverlap(p, tensorNoise), anti = AntiAligned(p, tensorNoise), start = anti > zero ? anti : zero;
        DoubleDouble band = DoubleDouble.NaN, overlap = DoubleDouble.NaN;
        foreach (var (m, s) in Peaks(new(p, tensorNoise, start)))
        {
            // Below 1e-24 a peak is S = 0 up to rounding: m = 0 at u = AtZero, or m_-.
            if (s > 1e-24)
            {
                DoubleDouble width = DoubleDouble.Abs(m) / 4, where = m;
                DoubleDouble Height(DoubleDouble u)
                {
                    var model = new SpikedOracle(p, tensorNoise, u);
                    where = PeakNear(model, where, width);
                    return ComplexityOracle.OverEnergies(model, where, 0).Sigma;
                }

                DoubleDouble high = start * 1.0009765625;
                while (Height(high) > 0)
                {
                    high += start * 0.0009765625;
                }

                var end = Bisection.Root(Height, high - start * 0.0009765625, high);
                if (!(band > end))
                {
                    (band, overlap) = (end, where);
                }
            }
        }

        return new(zero, anti, band, overlap);
    }

    /// <summary>The local maxima of S on (-1, 0], with their heights, found on a grid that is geometric near 0 and uniform beyond.</summary>
    public static IReadOnlyList<(DoubleDouble Overlap, DoubleDouble Height)> Peaks(SpikedOracle model, int points = 240)
    {
        var grid = new List<DoubleDouble> { 0 };
        for (int i = 0; i <= points; i++)
        {
            grid.Add(-1e-6 * Math.Pow(1e5, (double)i / points));
        }

        for (int i = 1; i < points; i++)
        {
            grid.Add(-0.1 - 0.899 * i / points);
        }

        var peaks = new List<(DoubleDouble, DoubleDouble)>();
        if (ComplexityOracle.OverEnergiesSlope(model, grid[1], 0) >= 0)
        {
            peaks.Add((0, ComplexityOracle.OverEnergies(model, 0, 0).Sigma));
        }

        var right = ComplexityOracle.OverEnergiesSlope(model, grid[1], 0);
        for (int i = 2; i < grid.Count; i++)
        {
            var left = ComplexityOracle.OverEnergiesSlope(model, grid[i], 0);
            if (left > 0 && right < 0)
            {
                var m = Bisection.Root(x => ComplexityOracle.OverEnergiesSlope(model, x, 0), grid[i], grid[i - 1]);
                peaks.Add((m, ComplexityOracle.OverEnergies(model, m, 0).Sigma));
            }

            right = left;
        }

        return peaks;
    }

    private static DoubleDouble PeakNear(SpikedOracle model, DoubleDouble centre, DoubleDouble width)
    {
        DoubleDouble Slope(DoubleDouble m) => ComplexityOracle.OverEnergiesSlope(model, m, 0);
        DoubleDouble low = centre - width / 64, high = centre + width / 64;
        while (Slope(low) < 0)
        {
            low -= width / 64;
        }

        while (Slope(high) > 0)
        {
            high += width / 64;
        }

        return Bisection.Root(Slope, low, high);
    }

    private static DoubleDouble FirstZero(Func<DoubleDouble, DoubleDouble> f, DoubleDouble low)
    {
        var high = low * 1.03125;
        while (f(high) > 0)
        {
            (low, high) = (high, high * 1.25);
        }

        return Bisection.Root(f, low, high);
    }
}
