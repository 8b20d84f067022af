// Mean and standard error of independent outcomes, and the interval of a share.
using System;

namespace Thalweg.Numerics.Statistics;

/// <summary>A mean over samples.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Error">Its standard error; infinite for fewer than two.</param>
public readonly record struct SampleMean(int Count, double Mean, double Error)
{
    /// <summary>The mean of some numbers; two passes, so that nothing cancels.</summary>
    /// <param name="values">[i], at least one.</param>
    public static SampleMean Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("no samples, no mean", nameof(values));
        }

        double sum = 0, squares = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        double mean = sum / values.Length;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return new(values.Length, mean, values.Length < 2 ? double.PositiveInfinity : Math.Sqrt(squares / (values.Length - 1.0) / values.Length));
    }

    /// <summary>The relative standard error of <see cref="Error"/> itself, for normal outcomes: 1/sqrt(2 (n - 1)).</summary>
    public double ErrorOfError => Count < 2 ? double.PositiveInfinity : 1 / Math.Sqrt(2.0 * (Count - 1));

    /// <summary>Wilson's interval for the probability behind a share.</summary>
    /// <param name="successes">How many trials succeeded.</param>
    /// <param name="trials">How many there were, at least 1.</param>
    /// <param name="deviations">Its half width in standard deviations of a normal law; 1.96 for 95 %.</param>
    public static (double Low, double High) Wilson(int successes, int trials, double deviations = 1.959963984540054)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        double n = trials, share = successes / n, square = deviations * deviations, centre = (share + square / (2 * n)) / (1 + square / n);
        double half = deviations / (1 + square / n) * Math.Sqrt(share * (1 - share) / n + square / (4 * n * n));
        return (Math.Max(0, successes == 0 ? 0 : centre - half), Math.Min(1, successes == trials ? 1 : centre + half));
    }
}
