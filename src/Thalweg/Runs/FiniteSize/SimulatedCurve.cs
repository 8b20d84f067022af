// One observable of many trials: mean and standard error at each time, beside the curve of infinite N.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Numerics.Statistics;
using Thalweg.Results;

namespace Thalweg.Runs.FiniteSize;

/// <summary>Means over the trials that reached a time.</summary>
internal sealed class SimulatedCurve
{
    private readonly int[] counts;

    /// <summary>Averages.</summary>
    /// <param name="times">[row].</param>
    /// <param name="trials">The trials.</param>
    /// <param name="observable">[row] of a trial, as far as it came.</param>
    /// <param name="theory">The curve of infinite N; null when there is none.</param>
    /// <param name="last">How far that reaches.</param>
    public SimulatedCurve(double[] times, IReadOnlyList<SimulatedTrial> trials, Func<SimulatedTrial, double[]> observable, Func<double, Quantity>? theory, double last)
    {
        (Mean, Theory, counts) = (new Quantity[times.Length], new Quantity[times.Length], new int[times.Length]);
        var deviations = new List<double>();
        for (int row = 0; row < times.Length; row++)
        {
            double[] values = [.. trials.Select(observable).Where(curve => row < curve.Length).Select(curve => curve[row])];
            counts[row] = values.Length;
            Mean[row] = MeanOf(values);
            Theory[row] = theory is null ? Quantity.Missing("there is no such curve of infinite N") : times[row] > last ? Quantity.Missing("the curve of infinite N ended before") : theory(times[row]);
            double error = Math.Sqrt(Mean[row].Error * Mean[row].Error + Theory[row].Error * Theory[row].Error);
            if (Mean[row].Exists && Theory[row].Exists && error > 0)
            {
                deviations.Add(Math.Abs(Mean[row].Value - Theory[row].Value) / error);
            }
        }

        Deviations = deviations;
    }

    /// <summary>The mean of what trials found, with its standard error; missing for fewer than two.</summary>
    /// <param name="values">One a trial.</param>
    public static Quantity MeanOf(double[] values)
    {
        if (values.Length < 2)
        {
            return Quantity.Missing("fewer than two trials came so far");
        }

        var mean = SampleMean.Of(values);
        return Quantity.Of(mean.Mean, mean.Error, How.Simulation);
    }

    /// <summary>[row], with standard errors.</summary>
    public Quantity[] Mean { get; }

    /// <summary>[row].</summary>
    public Quantity[] Theory { get; }

    /// <summary>|mean - theory| in standard errors, where both exist.</summary>
    public IReadOnlyList<double> Deviations { get; }

    /// <summary>The standard error with its own.</summary>
    /// <param name="row">The row.</param>
    public Quantity Spread(int row) => Mean[row].Exists ? Quantity.Of(Mean[row].Error, Mean[row].Error * new SampleMean(counts[row], 0, 0).ErrorOfError, How.Simulation) : Mean[row];

    /// <summary>The variance over the trials, with its standard error for normal outcomes.</summary>
    /// <param name="row">The row.</param>
    public Quantity Variance(int row)
    {
        if (!Mean[row].Exists)
        {
            return Mean[row];
        }

        double variance = Mean[row].Error * Mean[row].Error * counts[row];
        return Quantity.Of(variance, variance * 2 * new SampleMean(counts[row], 0, 0).ErrorOfError, How.Simulation);
    }
}
