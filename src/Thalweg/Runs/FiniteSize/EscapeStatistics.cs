// How many trials find the signal, and when: the share with Wilson's interval, the median time with the spread of resampled medians.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Statistics;
using Thalweg.Results;

namespace Thalweg.Runs.FiniteSize;

/// <summary>A trial has found the signal when its overlap is beyond half of m_ML.</summary>
/// <param name="times">When a row was recorded.</param>
/// <param name="fixedPoint">m_ML.</param>
/// <param name="seed">The seed of the run, for the resampling.</param>
internal sealed class EscapeStatistics(double[] times, Quantity fixedPoint, ulong seed)
{
    private const double SuccessShare = 0.5;
    private const int Resamples = 400;
    private const string Nothing = "no stationary point is correlated with the signal: there is nothing to find";

    /// <summary>The share of trials that end there, with Wilson's interval of 95 %.</summary>
    /// <param name="trials">The trials.</param>
    public Datum Success(IReadOnlyList<SimulatedTrial> trials)
    {
        if (!fixedPoint.Exists)
        {
            return new Datum.Measured(Quantity.Missing(Nothing));
        }

        int found = trials.Count(trial => trial.Count == times.Length && trial.Overlap[^1] > SuccessShare * fixedPoint.Value);
        var (low, high) = SampleMean.Wilson(found, trials.Count);
        return new Datum.Share((double)found / trials.Count, low, high, How.Simulation);
    }

    /// <summary>The median over all trials of the time at which m passes half of m_ML, with the spread of the medians of resampled trials.</summary>
    /// <param name="trials">The trials.</param>
    public Quantity EscapeTime(IReadOnlyList<SimulatedTrial> trials)
    {
        if (!fixedPoint.Exists)
        {
            return Quantity.Missing(Nothing);
        }

        double[] escapes = [.. trials.Select(trial => Passage(trial.Overlap, SuccessShare * fixedPoint.Value))];
        double median = Median(escapes);
        if (double.IsInfinity(median))
        {
            return Quantity.Missing("fewer than half of the trials have found the signal by the end");
        }

        var stream = new PhiloxStream(seed, StreamPurpose.Data);
        var medians = new double[Resamples];
        for (int k = 0; k < Resamples; k++)
        {
            // A resampled median beyond the end counts as the end: the spread is then a lower bound, and the share of success says so.
            double resampled = Median([.. escapes.Select(_ => escapes[(int)(stream.NextUniform() * escapes.Length)])]);
            medians[k] = double.IsInfinity(resampled) ? times[^1] : resampled;
        }

        return Quantity.Of(median, SampleMean.Of(medians).Error * Math.Sqrt(Resamples), How.Simulation);
    }

    private double Passage(double[] overlap, double level)
    {
        int after = Array.FindIndex(overlap, m => m > level);
        return after < 0 ? double.PositiveInfinity : after == 0 ? times[0] : times[after - 1] + (times[after] - times[after - 1]) * (level - overlap[after - 1]) / (overlap[after] - overlap[after - 1]);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        double low = values[(values.Length - 1) / 2], high = values[values.Length / 2];
        return double.IsInfinity(high) ? high : 0.5 * (low + high);
    }
}
