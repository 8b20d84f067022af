// State evolution of maximum-likelihood AMP: its step, all its fixed points, and the isolated stationary points that they are.
using System.Collections.Generic;

namespace Thalweg.Tests.Oracles;

/// <summary>An isolated stationary point of the loss at an ML fixed point.</summary>
/// <param name="Overlap">m.</param>
/// <param name="NoiseEnergy">ε = -sqrt(Q_1(1 - m²)).</param>
/// <param name="Loss">e = ε - Q(m).</param>
/// <param name="Shift">t = G + 1/G with G² = Q_2(1-m²)/Q_1; NaN where the bulk is unstable.</param>
/// <param name="BulkRatio">Q_2(1-m²)/Q_1, stable below 1.</param>
/// <param name="OutlierRatio">(1-m²)^(3/2) Q''(m)/sqrt(Q_1), stable below 1.</param>
public readonly record struct IsolatedPoint(DoubleDouble Overlap, DoubleDouble NoiseEnergy, DoubleDouble Loss, DoubleDouble Shift, DoubleDouble BulkRatio, DoubleDouble OutlierRatio);

/// <summary>m → Q'(m)/sqrt(Q'(m)² + Q_1).</summary>
public static class StateEvolutionOracle
{
    public static DoubleDouble MaximumLikelihoodStep(SpikedOracle model, DoubleDouble m)
    {
        var field = model.DQ(m);
        return field / DoubleDouble.Sqrt(field * field + model.Q1);
    }

    /// <summary>
    /// The fixed points m ≠ 0, ascending: zeros of f(m) = (1-m²)(a m^n + u)² - Q_1, n = p-2, where a m^n + u &gt; 0. Between them f is bracketed by its own extrema,
    /// n a m^(n-1) - (n+1) a m^(n+1) = u m.
    /// </summary>
    public static IReadOnlyList<DoubleDouble> MaximumLikelihoodFixedPoints(SpikedOracle model)
    {
        var found = new List<DoubleDouble>();
        var positive = Positive(model);
        if (model.P % 2 == 0)
        {
            for (int i = positive.Count - 1; i >= 0; i--)
            {
                found.Add(-positive[i]);
            }
        }
        else
        {
            found.AddRange(Negative(model));
        }

        found.AddRange(positive);
        return found;
    }

    /// <summary>Odd p: the anti-aligned fixed point m_- &lt; 0, NaN below the ML-AMP threshold and for even p.</summary>
    public static DoubleDouble NegativeFixedPoint(SpikedOracle model)
    {
        var found = model.P % 2 == 0 ? [] : Negative(model);
        return found.Count == 0 ? DoubleDouble.NaN : found[0];
    }

    /// <summary>The largest fixed point, the estimator of a flow that has found the signal; NaN when there is none.</summary>
    public static DoubleDouble LargestFixedPoint(SpikedOracle model)
    {
        var found = Positive(model);
        return found.Count == 0 ? DoubleDouble.NaN : found[^1];
    }

    /// <summary>The stationary point of the loss at a fixed point m.</summary>
    public static IsolatedPoint Isolated(SpikedOracle model, DoubleDouble m)
    {
        DoubleDouble rest = (1 - m) * (1 + m), noise = -DoubleDouble.Sqrt(model.Q1 * rest), ratio = model.Q2 * rest / model.Q1;
        var resolvent = DoubleDouble.Sqrt(ratio);
        return new(m, noise, noise - model.Q(m), ratio <= 1 ? resolvent + 1 / resolvent : DoubleDouble.NaN, ratio, rest * DoubleDouble.Sqrt(rest / model.Q1) * model.D2Q(m));
    }

    private static List<DoubleDouble> Negative(SpikedOracle model)
    {
        // x = -m: (u - a x^n)²(1-x²) falls from u² to 0 where u = a x^n or x = 1: one root, if u² > Q_1.
        int n = model.P - 2;
        DoubleDouble a = 1 / model.TensorNoise, u = model.InverseMatrixNoise, q1 = model.Q1;
        DoubleDouble Field(DoubleDouble x) => u - a * DoubleDouble.Pow(x, n);
        DoubleDouble top = u < a ? Bisection.Root(Field, 0, 1) : 1;
        return u * u > q1 ? [-Bisection.Root(x => (1 - x) * (1 + x) * Field(x) * Field(x) - q1, 0, top)] : [];
    }

    private static List<DoubleDouble> Positive(SpikedOracle model)
    {
        int n = model.P - 2;
        DoubleDouble a = 1 / model.TensorNoise, u = model.InverseMatrixNoise, q1 = model.Q1;
        DoubleDouble F(DoubleDouble m)
        {
            var field = a * DoubleDouble.Pow(m, n) + u;
            return (1 - m) * (1 + m) * field * field - q1;
        }

        // The sign of F': a m^(n-2) (n - (n+1) m²) - u for n ≥ 2, largest at m² = (n-2)/(n+1); for n = 1 the same times m.
        DoubleDouble Turn(DoubleDouble m) => n == 1 ? a * (1 - 2 * m * m) - u * m : a * DoubleDouble.Pow(m, n - 2) * (n - (n + 1) * m * m) - u;
        var crest = n < 3 ? 0 : DoubleDouble.Sqrt((DoubleDouble)(n - 2) / (n + 1));
        var marks = new List<DoubleDouble> { 0 };
        if (Turn(crest) > 0)
        {
            if (Turn(0) < 0)
            {
                marks.Add(Bisection.Root(Turn, 0, crest));
            }

            marks.Add(Bisection.Root(Turn, crest, 1));
        }

        marks.Add(1);
        var found = new List<DoubleDouble>();
        for (int i = 1; i < marks.Count; i++)
        {
            if (F(marks[i - 1]) > 0 != F(marks[i]) > 0)
            {
                found.Add(Bisection.Root(F, marks[i - 1], marks[i]));
            }
        }

        return found;
    }
}
