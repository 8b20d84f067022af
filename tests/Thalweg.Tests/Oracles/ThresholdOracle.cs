// Thresholds of the algorithms in u = 1/Delta_2: gradient flow, ML-AMP, the power-law window and Langevin dynamics at temperature T.
namespace Thalweg.Tests.Oracles;

/// <summary>What the Langevin formula finds.</summary>
public enum LangevinKind
{
    /// <summary>The threshold states at Δ_2 &lt; 1/T.</summary>
    Threshold,

    /// <summary>No root below 1/T: the paramagnet's Δ_2 = 1/T.</summary>
    Paramagnet,
}

/// <summary>Every result is u = 1/Δ_2 unless its name says noise.</summary>
public static class ThresholdOracle
{
    /// <summary>θ(0) = 1, u² = (p-1)/Δ_p + u, by the quadratic formula.</summary>
    public static DoubleDouble GradientFlow(int p, DoubleDouble tensorNoise) => (1 + DoubleDouble.Sqrt(1 + 4 * (p - 1) / tensorNoise)) / 2;

    /// <summary>Eq. (5), Δ_2 = (-Δ_p + sqrt(Δ_p² + 4(p-1)Δ_p))/(2(p-1)).</summary>
    public static DoubleDouble GradientFlowNoise(int p, DoubleDouble tensorNoise) =>
        (-tensorNoise + DoubleDouble.Sqrt(tensorNoise * tensorNoise + 4 * (p - 1) * tensorNoise)) / (2 * (p - 1));

    /// <summary>The same as the root of θ(0) - 1.</summary>
    public static DoubleDouble GradientFlowByRoot(int p, DoubleDouble tensorNoise) =>
        Bisection.Root(u => SpectrumOracle.Theta(new(p, tensorNoise, u), 0) - 1, 0.5, 2 + p / tensorNoise);

    /// <summary>Q''(0)² = Q'(1), u² = 1/Δ_p + u.</summary>
    public static DoubleDouble MaximumLikelihoodAmp(DoubleDouble tensorNoise) => (1 + DoubleDouble.Sqrt(1 + 4 / tensorNoise)) / 2;

    /// <summary>u sqrt(Q_2) = Q_1, where the aging state at m = 0 becomes unstable like a power; NaN where there is no such u below the gradient-flow threshold.</summary>
    public static DoubleDouble PowerLawOnset(int p, DoubleDouble tensorNoise)
    {
        var top = GradientFlow(p, tensorNoise);

        // u² Q_2 - Q_1² with both sides squared, in u³ + (p-1) a u² - (a + u)².
        DoubleDouble F(DoubleDouble u) => u * u * u + (p - 1) * u * u / tensorNoise - (1 / tensorNoise + u) * (1 / tensorNoise + u);
        return F(top) > 0 ? Bisection.Root(F, 0, top) : DoubleDouble.NaN;
    }

    /// <summary>
    /// Langevin at temperature T: h(q) = (p-1) q^n (1-q)²/Δ_p + T(1-q) - T², n = p-2, at its largest zero in (0, 1); Δ_2 = (1-q)/T.
    /// </summary>
    /// <remarks>
    /// q^n(1-q)² rises to q = n/(n+2), with one inflection on the way, so that the zeros are bracketed by the extrema of h. The threshold state must be the largest solution of Q''(q)(1-q)² = T²,
    /// and is: at q' &gt; q, h(q') &lt; 0 gives Q''(q')(1-q')² &lt; T² - T(1-q')[1 - (1-q')/(1-q)] &lt; T².
    /// </remarks>
    public static (DoubleDouble Noise, LangevinKind Kind) Langevin(int p, DoubleDouble tensorNoise, DoubleDouble temperature)
    {
        int n = p - 2;
        DoubleDouble strength = (p - 1) / tensorNoise, peak = (DoubleDouble)n / (n + 2);
        DoubleDouble W(DoubleDouble q) => DoubleDouble.Pow(q, n) * (1 - q) * (1 - q);
        DoubleDouble WSlope(DoubleDouble q) => DoubleDouble.Pow(q, n - 1) * (1 - q) * (n - (n + 2) * q);
        DoubleDouble H(DoubleDouble q) => strength * W(q) + temperature * (1 - q) - temperature * temperature;
        DoubleDouble HSlope(DoubleDouble q) => strength * WSlope(q) - temperature;

        DoubleDouble inflection = (n * (n + 1) - DoubleDouble.Sqrt(2 * n * (n + 1))) / ((n + 1) * (n + 2)), q;
        if (H(peak) >= 0)
        {
            q = Bisection.Root(H, peak, 1);
        }
        else
        {
            var crest = HSlope(inflection) > 0 ? Bisection.Root(HSlope, inflection, peak) : inflection;
            if (H(crest) > 0 || (H(crest) >= 0 && crest > 0))
            {
                q = Bisection.Root(H, crest, peak);
            }
            else if (H(0) > 0)
            {
                q = Bisection.Root(H, 0, DoubleDouble.Max(crest, 1e-300));
            }
            else
            {
                return (1 / temperature, LangevinKind.Paramagnet);
            }
        }

        return ((1 - q) / temperature, LangevinKind.Threshold);
    }
}
