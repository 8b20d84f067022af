// The mean of random outcomes with control variates of known mean zero, by least squares, with its standard error.
using System;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Numerics.Statistics;

/// <summary>
/// Estimates E[y] from samples (y, f) with E[f] = 0 known: the intercept of the regression y = a + b·f. Its variance is that of the residual over the number of samples; its bias is O(controls/samples).
/// </summary>
/// <remarks>Sums are kept, not samples: O((controls + 1)(controls + outcomes)) a sample and in memory. Not thread safe; add up one object a batch with <see cref="Merge"/> in a fixed order.</remarks>
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

    /// <summary>The mean of every outcome and its standard error.</summary>
    /// <param name="means">[outcome], overwritten.</param>
    /// <param name="errors">[outcome], one standard error each, overwritten.</param>
    /// <exception cref="InvalidOperationException">There are fewer than two samples more than controls, or the controls are linearly dependent.</exception>
    public void Solve(Span<double> means, Span<double> errors)
    {
        long freedom = count - width;
        if (freedom < 1)
        {
            throw new InvalidOperationException($"{count} samples are too few for {width - 1} control variates");
        }

        var full = new double[width * width];
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                full[i * width + j] = full[j * width + i] = normal[i * width + j] / count;
            }
        }

        var lu = DenseLu.Of(full, width);
        var solution = new double[width];
        for (int k = 0; k < outcomes; k++)
        {
            double explained = 0;
            for (int j = 0; j < width; j++)
            {
                solution[j] = mixed[k * width + j] / count;
            }

            lu.Solve(solution);
            for (int j = 0; j < width; j++)
            {
                explained += solution[j] * mixed[k * width + j] / count;
            }

            means[k] = solution[0];
            errors[k] = Math.Sqrt(Math.Max(0, squares[k] / count - explained) / freedom);
        }
    }

    private static void Accumulate(double[] sum, double[] term)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += term[i];
        }
    }
}
