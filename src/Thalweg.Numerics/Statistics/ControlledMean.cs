// The mean of random outcomes with control variates of known mean zero, cross-fitted, with its standard error.
using System;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Numerics.Statistics;

/// <summary>
/// Sums over samples (y, f) from which E[y] is estimated when E[f] = 0 is known: the mean of y - b·f, where the slopes b of the regression of y on f come from other samples.
/// Unbiased for every number of samples.
/// </summary>
/// <remarks>Sums are kept, not samples: O((controls + 1)(controls + outcomes)) time a sample, and memory. Not thread safe; add up one object a batch with <see cref="Merge"/>
/// in a fixed order.</remarks>
public sealed class ControlledMean
{
    private readonly int width;
    private readonly int outcomes;
    private readonly double[] normal;
    private readonly double[] mixed;
    private readonly double[] squares;
    private readonly double[] row;
    private long count;

    /// <summary>Empty sums.</summary>
    /// <param name="controls">How many control variates, at least 0.</param>
    /// <param name="outcomes">How many outcomes share them, at least 1.</param>
    public ControlledMean(int controls, int outcomes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(controls);
        ArgumentOutOfRangeException.ThrowIfLessThan(outcomes, 1);
        width = controls + 1;
        this.outcomes = outcomes;
        normal = new double[width * width];
        mixed = new double[outcomes * width];
        squares = new double[outcomes];
        row = new double[width];
        row[0] = 1;
    }

    /// <summary>Adds a sample.</summary>
    /// <param name="y">[outcome].</param>
    /// <param name="controls">[control], each with expectation zero.</param>
    public void Add(ReadOnlySpan<double> y, ReadOnlySpan<double> controls)
    {
        controls.CopyTo(row.AsSpan(1));
        for (int i = 0; i < width; i++)
        {
            double factor = row[i];
            var target = normal.AsSpan(i * width, i + 1);
            for (int j = 0; j < target.Length; j++)
            {
                target[j] += factor * row[j];
            }
        }

        for (int k = 0; k < outcomes; k++)
        {
            var target = mixed.AsSpan(k * width, width);
            for (int j = 0; j < width; j++)
            {
                target[j] += y[k] * row[j];
            }

            squares[k] += y[k] * y[k];
        }

        count++;
    }

    /// <summary>Adds the sums of another object of the same shape.</summary>
    /// <param name="other">Left unchanged.</param>
    public void Merge(ControlledMean other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Accumulate(normal, other.normal);
        Accumulate(mixed, other.mixed);
        Accumulate(squares, other.squares);
        count += other.count;
    }

    /// <summary>The mean of every outcome and its standard error from two independent halves, each corrected with the slopes of the other.</summary>
    /// <remarks>Slopes fitted to the same samples would bias the mean by O(controls/samples), which at the accuracy that controls reach is not small against the error.</remarks>
    /// <param name="first">One half of the samples.</param>
    /// <param name="second">The other half, of the same shape.</param>
    /// <param name="means">[outcome], overwritten.</param>
    /// <param name="errors">[outcome], one standard error each, overwritten.</param>
    /// <exception cref="InvalidOperationException">A half has no more samples than controls and intercept, or its controls are linearly dependent.</exception>
    public static void CrossFit(ControlledMean first, ControlledMean second, Span<double> means, Span<double> errors)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        DenseLu luFirst = first.Factorise(), luSecond = second.Factorise();
        double share = first.count / (double)(first.count + second.count);
        for (int k = 0; k < means.Length; k++)
        {
            var (meanFirst, varianceFirst) = first.Corrected(k, second.Slopes(luSecond, k));
            var (meanSecond, varianceSecond) = second.Corrected(k, first.Slopes(luFirst, k));
            means[k] = share * meanFirst + (1 - share) * meanSecond;
            errors[k] = Math.Sqrt(share * share * varianceFirst + (1 - share) * (1 - share) * varianceSecond);
        }
    }

    private DenseLu Factorise()
    {
        if (count <= width)
        {
            throw new InvalidOperationException($"{count} samples in a half are too few for {width - 1} control variates");
        }

        var full = new double[width * width];
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                full[i * width + j] = full[j * width + i] = normal[i * width + j] / count;
            }
        }

        return DenseLu.Of(full, width);
    }

    // The regression of outcome k: the intercept, which is dropped by setting it to zero, then the slopes.
    private double[] Slopes(DenseLu lu, int k)
    {
        var solution = new double[width];
        for (int j = 0; j < width; j++)
        {
            solution[j] = mixed[k * width + j] / count;
        }

        lu.Solve(solution);
        solution[0] = 0;
        return solution;
    }

    // The mean of y - b·f over these samples, and the variance of that mean.
    private (double Mean, double Variance) Corrected(int k, double[] slopes)
    {
        double mean = mixed[k * width] / count, square = squares[k] / count;
        for (int i = 1; i < width; i++)
        {
            double inner = 0;
            for (int j = 1; j < width; j++)
            {
                inner += normal[j <= i ? i * width + j : j * width + i] * slopes[j];
            }

            mean -= slopes[i] * normal[i * width] / count;
            square += slopes[i] * (inner - 2 * mixed[k * width + i]) / count;
        }

        return (mean, Math.Max(0, square - mean * mean) / (count - 1));
    }

    private static void Accumulate(double[] sum, double[] term)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += term[i];
        }
    }
}
