// A linear model of a few given functions fitted to values of different errors: its coefficients, their errors, and how well it fits.
using System;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Numerics.Statistics;

/// <summary>The coefficients c_k that minimise Σ_i (y_i - Σ_k c_k f_k(i))²/σ_i².</summary>
/// <param name="Coefficients">[k].</param>
/// <param name="Errors">[k]: their standard errors when the model is the truth and the values are independent.</param>
/// <param name="ChiSquare">The minimum.</param>
/// <param name="Freedom">Values less functions: the mean of <paramref name="ChiSquare"/> when the model is the truth.</param>
public sealed record LeastSquares(double[] Coefficients, double[] Errors, double ChiSquare, int Freedom)
{
    /// <summary>What the errors have to be multiplied by where values scatter about the model by more than their errors: sqrt(χ²/freedom), at least 1.</summary>
    public double Scatter => Freedom > 0 ? Math.Max(1, Math.Sqrt(ChiSquare / Freedom)) : 1;

    /// <summary>Fits by the normal equations, for functions that are not nearly dependent.</summary>
    /// <param name="functions">[k][i]: f_k at the i-th place.</param>
    /// <param name="values">y: [i].</param>
    /// <param name="errors">σ: [i], above 0.</param>
    /// <exception cref="ArgumentException">Fewer values than functions, shapes that differ, or functions that depend on each other.</exception>
    public static LeastSquares Fit(double[][] functions, double[] values, double[] errors)
    {
        ArgumentNullException.ThrowIfNull(functions);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(errors);
        int count = functions.Length, points = values.Length;
        if (count < 1 || points < count || errors.Length != points || !Array.TrueForAll(functions, function => function.Length == points) || !Array.TrueForAll(errors, error => error > 0))
        {
            throw new ArgumentException($"{points} values with {errors.Length} errors determine no model of {count} functions", nameof(values));
        }

        double[] normal = new double[count * count], right = new double[count], coefficients = new double[count], deviations = new double[count];
        for (int i = 0; i < points; i++)
        {
            double weight = 1 / (errors[i] * errors[i]);
            for (int k = 0; k < count; k++)
            {
                right[k] += weight * functions[k][i] * values[i];
                for (int l = 0; l < count; l++)
                {
                    normal[k * count + l] += weight * functions[k][i] * functions[l][i];
                }
            }
        }

        var lu = DenseLu.Of(normal, count);
        if (lu.IsSingular)
        {
            throw new ArgumentException("the functions depend on each other at these places", nameof(functions));
        }

        right.CopyTo(coefficients, 0);
        lu.Solve(coefficients);
        for (int k = 0; k < count; k++)
        {
            double[] unit = new double[count];
            unit[k] = 1;
            lu.Solve(unit);
            deviations[k] = Math.Sqrt(unit[k]);
        }

        double square = 0;
        for (int i = 0; i < points; i++)
        {
            double left = values[i];
            for (int k = 0; k < count; k++)
            {
                left -= coefficients[k] * functions[k][i];
            }

            square += left * left / (errors[i] * errors[i]);
        }

        return new(coefficients, deviations, square, points - count);
    }
}
