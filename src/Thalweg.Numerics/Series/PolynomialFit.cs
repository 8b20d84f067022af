// The polynomial of least squares through scattered points, by polynomials that are orthogonal on these points.
using System;

namespace Thalweg.Numerics.Series;

/// <summary>Least squares by Forsythe's three-term recurrence, which needs no matrix and keeps all digits.</summary>
/// <remarks>Source: G. E. Forsythe, Generation and use of orthogonal polynomials for data-fitting with a digital computer, J. SIAM 5 (1957) 74.</remarks>
public static class PolynomialFit
{
    /// <summary>The value of the fitted polynomial at a point, inside or outside the data.</summary>
    /// <param name="x">[i]: more distinct places than the degree.</param>
    /// <param name="y">[i]: the values there.</param>
    /// <param name="degree">The degree, ≥ 0.</param>
    /// <param name="at">Where to evaluate it. Cost: points × degree.</param>
    /// <exception cref="ArgumentException">Too few points, or as many values as points are not given.</exception>
    public static double Value(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int degree, double at)
    {
        if (x.Length != y.Length || x.Length <= degree)
        {
            throw new ArgumentException($"{x.Length} places and {y.Length} values determine no polynomial of degree {degree}", nameof(x));
        }

        double[] before = new double[x.Length], now = new double[x.Length];
        Array.Fill(now, 1);
        double beforeAt = 0, nowAt = 1, normBefore = 1, result = 0;
        for (int k = 0; ; k++)
        {
            double norm = 0, centre = 0, share = 0;
            for (int i = 0; i < x.Length; i++)
            {
                norm += now[i] * now[i];
                centre += x[i] * now[i] * now[i];
                share += y[i] * now[i];
            }

            result += share / norm * nowAt;
            if (k == degree)
            {
                return result;
            }

            centre /= norm;
            double ratio = k == 0 ? 0 : norm / normBefore;
            for (int i = 0; i < x.Length; i++)
            {
                (before[i], now[i]) = (now[i], (x[i] - centre) * now[i] - ratio * before[i]);
            }

            (beforeAt, nowAt, normBefore) = (nowAt, (at - centre) * nowAt - ratio * beforeAt, norm);
        }
    }
}
