// Straight lines through values with errors at several sizes.
using System;
using System.Linq;

namespace Thalweg.Figures.FiniteSize;

/// <summary>Weighted least squares.</summary>
internal static class SizeFit
{
    /// <summary>The slope of a line and its standard error.</summary>
    /// <param name="x">[i], at least two different places.</param>
    /// <param name="y">[i].</param>
    /// <param name="errors">[i], standard errors, > 0.</param>
    public static (double Slope, double Error) Slope(double[] x, double[] y, double[] errors)
    {
        double[] weights = [.. errors.Select(error => 1 / (error * error))];
        double total = weights.Sum(), centre = x.Zip(weights, (at, weight) => at * weight).Sum() / total, spread = x.Zip(weights, (at, weight) => weight * (at - centre) * (at - centre)).Sum();
        return (Enumerable.Range(0, x.Length).Sum(i => weights[i] * (x[i] - centre) * y[i]) / spread, Math.Sqrt(1 / spread));
    }
}
