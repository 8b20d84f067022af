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
        double[] errors = new double[x.Length];
        Array.Fill(errors, 1);
        return Weighted(x, y, errors, degree, at).Value;
    }

    /// <summary>The value of the polynomial that fits values of different errors, and its standard error when these are independent and the polynomial is the truth.</summary>
    /// <param name="x">[i]: more distinct places than the degree.</param>
    /// <param name="y">[i]: the values there.</param>
    /// <param name="errors">[i]: their standard errors, > 0; a point has the weight of the inverse square.</param>
    /// <param name="degree">The degree, ≥ 0.</param>
    /// <param name="at">Where to evaluate it. Cost: points × degree.</param>
    /// <exception cref="ArgumentException">Too few points, or as many values and errors as points are not given.</exception>
    public static (double Value, double Error) Weighted(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> errors, int degree, double at)
    {
        if (x.Length != y.Length || x.Length != errors.Length || x.Length <= degree)
        {
            throw new ArgumentException($"{x.Length} places, {y.Length} values and {errors.Length} errors determine no polynomial of degree {degree}", nameof(x));
        }

        double[] before = new double[x.Length], now = new double[x.Length];
        Array.Fill(now, 1);
        double beforeAt = 0, nowAt = 1, normBefore = 1, result = 0, variance = 0;
        for (int k = 0; ; k++)
        {
            double norm = 0, centre = 0, share = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double weighted = now[i] / (errors[i] * errors[i]);
                norm += now[i] * weighted;
                centre += x[i] * now[i] * weighted;
                share += y[i] * weighted;
            }

            result += share / norm * nowAt;
            variance += nowAt * nowAt / norm;
            if (k == degree)
            {
                return (result, Math.Sqrt(variance));
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

    /// <summary>The slope of the straight line that fits values of different errors, and its standard error when these are independent and the line is the truth.</summary>
    /// <param name="x">[i]: at least two distinct places.</param>
    /// <param name="y">[i]: the values there.</param>
    /// <param name="errors">[i]: their standard errors, > 0.</param>
    /// <exception cref="ArgumentException">Too few points, or as many values and errors as points are not given.</exception>
    public static (double Value, double Error) Slope(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> errors)
    {
        if (x.Length < 2 || x.Length != y.Length || x.Length != errors.Length)
        {
            throw new ArgumentException($"{x.Length} places, {y.Length} values and {errors.Length} errors determine no line", nameof(x));
        }

        double total = 0, centre = 0, spread = 0, rise = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double weight = 1 / (errors[i] * errors[i]);
            total += weight;
            centre += weight * x[i];
        }

        centre /= total;
        for (int i = 0; i < x.Length; i++)
        {
            double weighted = (x[i] - centre) / (errors[i] * errors[i]);
            spread += weighted * (x[i] - centre);
            rise += weighted * y[i];
        }

        return (rise / spread, Math.Sqrt(1 / spread));
    }
}
