// What is left of log(1 + x) after its first two terms, without cancellation near zero.
using System;

namespace Thalweg.Numerics.Series;

/// <summary>Remainders of the logarithm, exact to a few units in the last place for every argument.</summary>
public static class LogRemainder
{
    // Below this the series converges in at most 30 terms; above it the direct form loses less than two digits of a result of order one hundredth.
    private const double SeriesBound = 0.25;

    /// <summary>log(1+x) - x + x²/2 = x³/3 - x⁴/4 + ..., to full relative accuracy near zero.</summary>
    /// <param name="x">x &gt; -1.</param>
    public static double Third(double x)
    {
        if (Math.Abs(x) >= SeriesBound)
        {
            return Math.Log(1 + x) - x + x * x / 2;
        }

        double sum = 0;
        for (int k = 30; k >= 3; k--)
        {
            sum = 1.0 / k - x * sum;
        }

        return sum * x * x * x;
    }

    /// <summary>x - log(1+x) = x²/2 - x³/3 + ..., ≥ 0.</summary>
    /// <param name="x">x &gt; -1.</param>
    public static double Second(double x) => Math.Abs(x) >= SeriesBound ? x - Math.Log(1 + x) : x * x / 2 - Third(x);

    /// <summary>artanh(z) - z = z³/3 + z⁵/5 + ...</summary>
    /// <param name="z">-1 &lt; z &lt; 1.</param>
    public static double ArtanhSecond(double z) => 0.5 * (Third(z) - Third(-z));
}
