// The trials of "probe": sizes, progress, checkpoints, and limits of large N.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Numerics.Series;
using Thalweg.Numerics.Statistics;
using Thalweg.Results;

namespace Thalweg.Runs.Probe;

/// <summary>Trials one after the other, each a row of numbers.</summary>
internal static class ProbeTrials
{
    private const string Rows = "probe trials";

    // A dense matrix and its factors still fit.
    private const int LargestDense = 5000;

    /// <summary>The sizes of --n, as given.</summary>
    /// <param name="set">The options of <see cref="ProbeRun"/>.</param>
    /// <exception cref="BadInputException">A size is no integer, comes twice, or is too large for a dense instance.</exception>
    public static int[] Sizes(ParameterSet set)
    {
        int[] sizes = Integers(set, ProbeRun.Dimensions);
        return sizes.Max() > LargestDense && !set.IsGiven(ProbeRun.Diluted)
            ? throw new BadInputException($"--{ProbeRun.Dimensions.Name} {sizes.Max()}: at most {LargestDense} for dense instances{(set.Get(ProbeRun.ModelName) == ProbeRun.Spiked ? $"; use --{ProbeRun.Diluted.Name}" : string.Empty)}")
            : sizes;
    }

    /// <summary>A list of different integers.</summary>
    /// <param name="set">The options of <see cref="ProbeRun"/>.</param>
    /// <param name="parameter">Which.</param>
    /// <exception cref="BadInputException">A number is no integer or comes twice.</exception>
    public static int[] Integers(ParameterSet set, Parameter<double[]> parameter)
    {
        double[] numbers = set.Get(parameter);
        return numbers.Any(n => n != Math.Floor(n)) || numbers.Distinct().Count() != numbers.Length
            ? throw new BadInputException($"--{parameter.Name} {set.Text(parameter)}: must be integers, all different")
            : [.. numbers.Select(n => (int)n)];
    }

    /// <summary>Runs trials that have not been run, in order.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="width">Numbers of a trial.</param>
    /// <param name="one">Runs one; throws <see cref="OperationCanceledException"/> when it is told to end.</param>
    /// <param name="context">Progress, cancellation, checkpoints.</param>
    /// <returns>[trial][number].</returns>
    public static IReadOnlyList<double[]> Run(int count, int width, Func<int, double[]> one, RunContext context)
    {
        var finished = Restore(context.Checkpoints?.Start, count, width);
        while (finished.Count < count)
        {
            context.Progress?.Report(new((double)finished.Count / count, $"instance {finished.Count + 1} of {count}"));
            if (context.Checkpoints is { AreDue: true })
            {
                Keep();
            }

            // Caught and thrown again, so that the state is kept before anybody asks whether it was.
            try
            {
                context.Cancellation.ThrowIfCancellationRequested();
                finished.Add(one(finished.Count));
            }
            catch (OperationCanceledException)
            {
                Keep();
                throw;
            }
        }

        return finished;

        void Keep()
        {
            var state = new RunState();
            state.Put(Rows, [.. finished]);
            context.Checkpoints?.Keep(state);
        }
    }

    /// <summary>A mean with its standard error; missing for fewer than two.</summary>
    /// <param name="values">One a trial.</param>
    public static Quantity Mean(IEnumerable<double> values)
    {
        double[] all = [.. values];
        if (all.Length < 2)
        {
            return Quantity.Missing("fewer than two trials");
        }

        var mean = SampleMean.Of(all);
        return Quantity.Of(mean.Mean, mean.Error, How.Simulation);
    }

    /// <summary>The limit of means at several N by a straight line in a power of 1/N, with its standard error.</summary>
    /// <param name="sizes">[i]: N.</param>
    /// <param name="means">[i].</param>
    /// <param name="power">The power of 1/N.</param>
    public static Quantity Limit(IReadOnlyList<int> sizes, IReadOnlyList<Quantity> means, double power)
    {
        if (sizes.Count < 2 || means.Any(mean => !mean.Exists || mean.Error == 0))
        {
            return Quantity.Missing("a limit needs two values of N, each with a standard error");
        }

        var (value, error) = PolynomialFit.Weighted([.. sizes.Select(n => Math.Pow(n, -power))], [.. means.Select(mean => mean.Value)], [.. means.Select(mean => mean.Error)], 1, 0);
        return Quantity.Of(value, error, How.Simulation);
    }

    /// <summary>How many standard errors lie between a measured limit and the theory.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="theory">The theory.</param>
    public static Quantity Deviation(Quantity limit, Quantity theory) =>
        !limit.Exists ? limit : !theory.Exists ? theory : Quantity.Of((limit.Value - theory.Value) / limit.Error, theory.Error / limit.Error, How.Simulation);

    private static List<double[]> Restore(RunState? state, int count, int width)
    {
        if (state is null)
        {
            return [];
        }

        var rows = state.RowsOf(Rows);
        return rows.Count <= count && rows.All(row => row.Length == width) ? [.. rows] : throw new FormatException("the state of the run is of other trials");
    }
}
