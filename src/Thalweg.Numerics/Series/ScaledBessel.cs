// Modified Bessel functions of whole order without their exponential: e^(-x) I_n(x).
using System;

namespace Thalweg.Numerics.Series;

/// <summary>e^(-x) I_n(x): the power series, whose terms are all positive, and from x = 40 on the asymptotic one (DLMF 10.25.2 and 10.40.1).</summary>
public static class ScaledBessel
{
    private const double Far = 40, Last = 1e-19;
    private const int MostTerms = 60, LargestOrder = 4;

    /// <summary>e^(-x) I_n(x), to some 1e-15 relative.</summary>
    /// <param name="n">The order, from 0 to 4.</param>
    /// <param name="x">The argument, ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order or the argument lies outside.</exception>
    public static double I(int n, double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, LargestOrder);
        if (!(x >= 0) || double.IsInfinity(x))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "must be a number from 0 on");
        }

        return x < Far ? Near(n, x) : Asymptotic(n, x);
    }

    private static double Near(int n, double x)
    {
        double term = 1, sum = 0;
        for (int k = 1; k <= n; k++)
        {
            term *= 0.5 * x / k;
        }

        for (int k = 1; term > Last * sum; k++)
        {
            sum += term;
            term *= 0.25 * x * x / ((double)k * (k + n));
        }

        return sum * PortableMath.Exp(-x);
    }

    private static double Asymptotic(int n, double x)
    {
        double term = 1, sum = 1;
        for (int k = 1; k < MostTerms && Math.Abs(term) > Last; k++)
        {
            term *= ((2.0 * k - 1) * (2 * k - 1) - 4.0 * n * n) / (8 * k * x);
            sum += term;
        }

        return sum / Math.Sqrt(2 * Math.PI * x);
    }
}
