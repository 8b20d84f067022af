// Langevin descent of one coordinate in steps of finite length, x⁺ = x - ηV'(x) + sqrt(2η/β) ξ, as a matrix: what it samples and how fast it forgets.
using System;
using Thalweg.Numerics;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Spectra;

/// <summary>The law of a step, N(x - ηV'(x), 2η/β), on an even grid: integrals become sums of trapezoids, whose error for such kernels is exp(-2π²r²) with r grid points a standard deviation.</summary>
/// <remarks>Nothing is sampled: stationary means, the rate of forgetting and means along a path are those of the algorithm itself, its discretisation error included. n points take n² numbers.</remarks>
public sealed class LangevinChain
{
    private const double Tolerance = 1e-15;
    private const int MostIterations = 1_000_000, LargestGrid = 4000;

    private readonly Func<double, double> slope;
    private readonly double step, deviation, spacing;
    private readonly double[] places, stationary;
    private readonly double[][] rows;

    /// <summary>The matrix of a step.</summary>
    /// <param name="slope">V'.</param>
    /// <param name="inverseTemperature">β > 0.</param>
    /// <param name="step">η > 0, stable: below 2/max V''.</param>
    /// <param name="interval">Outside it the stationary law is negligible.</param>
    /// <param name="resolution">r, grid points a standard deviation of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The grid would have more than 4,000 points: the step is too short for this interval.</exception>
    public LangevinChain(Func<double, double> slope, double inverseTemperature, double step, (double Low, double High) interval, double resolution = 1.6)
    {
        ArgumentNullException.ThrowIfNull(slope);
        (this.slope, this.step, deviation) = (slope, step, Math.Sqrt(2 * step / inverseTemperature));
        double points = Math.Ceiling((interval.High - interval.Low) / deviation * resolution) + 1;
        if (!(points <= LargestGrid))
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, FormattableString.Invariant($"takes a grid of {points:G3} points, more than {LargestGrid}"));
        }

        int n = (int)points;
        spacing = (interval.High - interval.Low) / (n - 1);
        (places, rows) = (new double[n], new double[n][]);
        for (int i = 0; i < n; i++)
        {
            places[i] = interval.Low + i * spacing;
        }

        for (int i = 0; i < n; i++)
        {
            rows[i] = Row(places[i]);
        }

        stationary = Stationary();
    }

    /// <summary>∫ f over the stationary law of the steps.</summary>
    /// <param name="function">f.</param>
    public double Mean(Func<double, double> function) => Mean(stationary, function);

    /// <summary>-ln μ_2/η, with μ_2 the largest eigenvalue but one: the rate at which the slowest mean relaxes, per unit of time kη.</summary>
    public double Rate()
    {
        // P - 1π^T has μ_2 in the place of the eigenvalue 1.
        int n = places.Length;
        double[] vector = new double[n], next = new double[n];
        for (int i = 0; i < n; i++)
        {
            vector[i] = places[i];
        }

        double left = 1;
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            double offset = Vectors.Dot(stationary, vector), before = left, along = 0, square = 0;
            for (int i = 0; i < n; i++)
            {
                vector[i] -= offset;
            }

            for (int i = 0; i < n; i++)
            {
                next[i] = Vectors.Dot(rows[i], vector);
                along += stationary[i] * vector[i] * (vector[i] - next[i]);
                square += stationary[i] * vector[i] * vector[i];
            }

            left = along / square;
            double scale = 1 / Math.Sqrt(square);
            for (int i = 0; i < n; i++)
            {
                vector[i] = next[i] * scale;
            }

            if (Math.Abs(left - before) <= Tolerance)
            {
                break;
            }
        }

        return -Math.Log(1 - left) / step;
    }

    /// <summary>E f(x_k) from a start.</summary>
    /// <param name="function">f.</param>
    /// <param name="start">x_0.</param>
    /// <param name="steps">k ≥ 1, ascending.</param>
    /// <returns>[k]; the largest k times n² operations.</returns>
    public double[] Path(Func<double, double> function, double start, ReadOnlySpan<long> steps)
    {
        double[] law = Row(start), next = new double[places.Length], result = new double[steps.Length];
        long at = 1;
        for (int k = 0; k < steps.Length; k++)
        {
            for (; at < steps[k]; at++)
            {
                Advance(law, next);
                (law, next) = (next, law);
            }

            result[k] = Mean(law, function);
        }

        return result;
    }

    private void Advance(double[] law, double[] next)
    {
        Array.Clear(next);
        for (int i = 0; i < law.Length; i++)
        {
            Vectors.Add(law[i], rows[i], next);
        }
    }

    private double Mean(double[] law, Func<double, double> function)
    {
        double sum = 0;
        for (int i = 0; i < law.Length; i++)
        {
            sum += law[i] * function(places[i]);
        }

        return sum;
    }

    // The law of a step from a point; what would leave the interval is shared out over it.
    private double[] Row(double from)
    {
        double[] row = new double[places.Length];
        double centre = from - step * slope(from), whole = 0;
        for (int j = 0; j < row.Length; j++)
        {
            double away = (places[j] - centre) / deviation;
            row[j] = PortableMath.Exp(-0.5 * away * away);
            whole += row[j];
        }

        Vectors.Scale(1 / whole, row);
        return row;
    }

    // π (P - 1) = 0 with Σ π = 1 in the place of its last equation.
    private double[] Stationary()
    {
        int n = places.Length;
        double[] matrix = new double[n * n], law = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[j * n + i] = j == n - 1 ? 1 : rows[i][j] - (i == j ? 1 : 0);
            }
        }

        law[n - 1] = 1;
        DenseLu.Of(matrix, n).Solve(law);
        return law;
    }
}
