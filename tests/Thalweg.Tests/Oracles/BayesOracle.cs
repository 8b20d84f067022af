// Bayes-optimal inference: state evolution, free entropy, its fixed points, the spinodals and the information-theoretic line.
using System.Collections.Generic;

namespace Thalweg.Tests.Oracles;

/// <summary>The end of one branch of fixed points: u = 1/Δ_2 and the overlap m there; NaN where the transition is continuous.</summary>
public readonly record struct Spinodal(DoubleDouble InverseMatrixNoise, DoubleDouble Overlap);

/// <summary>Equal free entropy of two phases at u; Low is 0 for u ≤ 1.</summary>
public readonly record struct EqualPhases(DoubleDouble InverseMatrixNoise, DoubleDouble Low, DoubleDouble High);

/// <summary>m is both &lt;x, x*&gt; and |x|² of the posterior mean.</summary>
public static class BayesOracle
{
    /// <summary>m → Q'(m)/(1 + Q'(m)).</summary>
    public static DoubleDouble Step(SpikedOracle model, DoubleDouble m) => 1 - 1 / (1 + model.DQ(m));

    /// <summary>φ(m) = ½[log(1-m) + m] + m^p/(2pΔ_p) + m²/(4Δ_2).</summary>
    public static DoubleDouble FreeEntropy(SpikedOracle model, DoubleDouble m) => (DoubleDouble.Log(1 - m) + m + model.Q(m)) / 2;

    /// <summary>The u at which m is a fixed point, 1/(1-m) - m^(p-2)/Δ_p.</summary>
    public static DoubleDouble InverseMatrixNoiseAt(int p, DoubleDouble tensorNoise, DoubleDouble m) => 1 / (1 - m) - DoubleDouble.Pow(m, p - 2) / tensorNoise;

    /// <summary>The fixed points m &gt; 0, ascending, one on each monotone piece of u(m).</summary>
    public static IReadOnlyList<DoubleDouble> FixedPoints(SpikedOracle model)
    {
        var (lower, upper) = Spinodals(model.P, model.TensorNoise);
        var marks = new List<DoubleDouble> { 0 };
        if (upper.Overlap > 0)
        {
            marks.Add(upper.Overlap);
        }

        if (lower.Overlap > 0)
        {
            marks.Add(lower.Overlap);
        }

        marks.Add(1);
        var found = new List<DoubleDouble>();
        DoubleDouble F(DoubleDouble m) => 1 - (1 - m) * (model.InverseMatrixNoise + DoubleDouble.Pow(m, model.P - 2) / model.TensorNoise);
        for (int i = 1; i < marks.Count; i++)
        {
            if (F(marks[i - 1]) > 0 != F(marks[i]) > 0)
            {
                found.Add(Bisection.Root(F, marks[i - 1], marks[i]));
            }
        }

        return found;
    }

    /// <summary>The fixed point of largest free entropy, 0 included.</summary>
    public static DoubleDouble Best(SpikedOracle model)
    {
        DoubleDouble best = 0, height = 0;
        foreach (var m in FixedPoints(model))
        {
            var value = FreeEntropy(model, m);
            if (value > height)
            {
                (best, height) = (m, value);
            }
        }

        return best;
    }

    /// <summary>
    /// Lower: the least u of the branch of large m. Upper: the largest u of the branch of small m, beyond which AMP from m = 0 reaches large m. Both from (1-m)² m^(p-3) = Δ_p/(p-2).
    /// </summary>
    public static (Spinodal Lower, Spinodal Upper) Spinodals(int p, DoubleDouble tensorNoise)
    {
        DoubleDouble F(DoubleDouble m) => (1 - m) * (1 - m) * DoubleDouble.Pow(m, p - 3) - tensorNoise / (p - 2);
        var crest = (DoubleDouble)(p - 3) / (p - 1);
        if (F(crest) <= 0)
        {
            return (new(DoubleDouble.NaN, DoubleDouble.NaN), new(DoubleDouble.NaN, DoubleDouble.NaN));
        }

        DoubleDouble large = Bisection.Root(F, crest, 1), small = p == 3 ? 0 : Bisection.Root(F, 0, crest);
        return (new(InverseMatrixNoiseAt(p, tensorNoise, large), large), new(InverseMatrixNoiseAt(p, tensorNoise, small), small));
    }

    /// <summary>
    /// The first-order line. For u ≤ 1 the least over m of the u that makes φ(m) = 0, h(m) = -2[log(1-m) + m]/m² - 2m^(p-2)/(pΔ_p); for u &gt; 1 against the branch of small m. NaN where there is no line.
    /// </summary>
    public static EqualPhases InformationTheoretic(int p, DoubleDouble tensorNoise)
    {
        var (lower, upper) = Spinodals(p, tensorNoise);
        if (DoubleDouble.IsNaN(lower.Overlap))
        {
            return new(DoubleDouble.NaN, DoubleDouble.NaN, DoubleDouble.NaN);
        }

        // m³ h'(m)/2, from the last negative value before m = 1 on.
        DoubleDouble Slope(DoubleDouble m) => m * m / (1 - m) + 2 * (DoubleDouble.Log(1 - m) + m) - (p - 2) * DoubleDouble.Pow(m, p) / (p * tensorNoise);
        for (DoubleDouble gap = (1 - lower.Overlap) / 1024, low = 1 - gap; low > 0; gap *= 1.015625, low = 1 - gap)
        {
            if (Slope(low) < 0)
            {
                var m = Bisection.Root(Slope, low, 1 - gap / 1.015625);
                var u = InverseMatrixNoiseAt(p, tensorNoise, m);
                if (u <= 1)
                {
                    return new(u, 0, m);
                }

                break;
            }
        }

        return FirstOrder(p, tensorNoise, lower, upper);
    }

    private static EqualPhases FirstOrder(int p, DoubleDouble tensorNoise, Spinodal lower, Spinodal upper)
    {
        DoubleDouble U(DoubleDouble m) => InverseMatrixNoiseAt(p, tensorNoise, m);

        // The unknown is the small overlap; the large one follows from equal u.
        DoubleDouble High(DoubleDouble low)
        {
            DoubleDouble u = U(low), top = 1 - 1 / (2 * (u + 1 / tensorNoise));
            return u <= U(lower.Overlap) ? lower.Overlap : Bisection.Root(m => U(m) - u, lower.Overlap, top);
        }

        DoubleDouble Gap(DoubleDouble low)
        {
            var model = new SpikedOracle(p, tensorNoise, U(low));
            return FreeEntropy(model, High(low)) - FreeEntropy(model, low);
        }

        var start = lower.InverseMatrixNoise > 1 ? Bisection.Root(m => U(m) - lower.InverseMatrixNoise, 0, upper.Overlap) : 0;
        var small = Bisection.Root(Gap, start, upper.Overlap);
        return new(U(small), small, High(small));
    }
}
