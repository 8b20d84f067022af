// What "simulate" records on request: correlations with earlier configurations, lowest eigenpairs of the Hessian, the response to a small field.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Models;
using Thalweg.Results;

namespace Thalweg.Runs.FiniteSize;

/// <summary>--waiting, --lowest, --response.</summary>
public static class RecordParameters
{
    /// <summary>The most Hessian-vector products that a set of lowest eigenpairs may take.</summary>
    internal const int LargestSpace = 600;

    private const int MostWaits = 100;

    // What a walk holds besides its instance, in vectors of N numbers: the flow with its stages, two flows of the response after it.
    private const int WalkVectors = 30;

    /// <summary>t_w.</summary>
    public static Parameter<double[]> Waiting { get; } = new("waiting", "waiting times t_w, ascending, below --t: record the correlation C(t,t_w)", Readers.Numbers(0, 1e6));

    /// <summary>How many eigenpairs.</summary>
    public static Parameter<int> Lowest { get; } = new("lowest", "how many of the lowest eigenvalues of the Hessian to find at each time of --at, with the overlap of their vectors with the signal", Readers.Integer(1, 100)) { Needs = SimulateRun.At };

    /// <summary>h.</summary>
    public static Parameter<double> Response { get; } = new("response", "strength h of a small field, switched on at each of --waiting: record the integrated response to it", Readers.Number(1e-4, 1)) { Needs = Waiting };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [Waiting, Lowest, Response];

    /// <summary>Refuses what has no meaning, before anything is done.</summary>
    /// <param name="set">The values.</param>
    /// <exception cref="BadInputException">Values that contradict each other.</exception>
    public static void Check(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.IsGiven(Response) && (set.Get(SimulateRun.Temperature) > 0 || set.Get(SimulateRun.Method) == SimulateRun.Descent))
        {
            throw new BadInputException($"--response {set.Text(Response)}: the response is measured along gradient flow; leave out {(set.Get(SimulateRun.Temperature) > 0 ? "--temperature" : $"--method {SimulateRun.Descent}")}, or leave out --response");
        }

        int n = set.Get(InstanceParameters.Dimension);
        if (set.IsGiven(Lowest) && set.Get(Lowest) > n - 1)
        {
            throw new BadInputException(FormattableString.Invariant($"--lowest {set.Get(Lowest)}: the sphere has {n - 1} tangent directions at --n {n}: use --lowest {n - 1}"));
        }

        if (!set.IsGiven(Waiting))
        {
            return;
        }

        double end = set.Get(SimulateRun.Time);
        double[] waits = set.Get(Waiting);
        if (waits.Length > MostWaits)
        {
            throw new BadInputException(FormattableString.Invariant($"--waiting: {waits.Length} times are more than the {MostWaits} that one run takes; split it into several runs"));
        }

        for (int w = 0; w < waits.Length; w++)
        {
            if (!(waits[w] < end))
            {
                throw new BadInputException(FormattableString.Invariant($"--waiting {waits[w]}: must be a time below --t {end}"));
            }

            if (w > 0 && !(waits[w] > waits[w - 1]))
            {
                throw new BadInputException(FormattableString.Invariant($"--waiting {waits[w - 1]},{waits[w]}: times must ascend"));
            }
        }
    }

    /// <summary>t_w, at the steps of a walk.</summary>
    /// <param name="set">The values, checked.</param>
    /// <param name="end">Where the walk ends.</param>
    /// <param name="place">Where a walk stands that is asked for a time.</param>
    /// <exception cref="BadInputException">No step of the walk is left after a waiting time.</exception>
    internal static double[] WaitingTimes(ParameterSet set, double end, Func<double, double> place)
    {
        double[] waits = set.IsGiven(Waiting) ? [.. set.Get(Waiting).Select(place).Distinct()] : [];
        return waits.Length == 0 || waits[^1] < end ? waits
            : throw new BadInputException(FormattableString.Invariant($"--waiting {set.Get(Waiting)[^1]}: the first step at or after it is the last; use a smaller --step or an earlier time"));
    }

    /// <summary>Bytes of what is recorded on request.</summary>
    /// <param name="set">The values.</param>
    /// <param name="model">The landscape.</param>
    /// <param name="rows">How many times are recorded otherwise.</param>
    internal static long MemoryForecast(ParameterSet set, Model model, int rows)
    {
        double n = set.Get(InstanceParameters.Dimension), trials = set.Get(InstanceParameters.Trials);
        double waits = set.IsGiven(Waiting) ? set.Get(Waiting).Length : 0, at = set.IsGiven(SimulateRun.At) ? set.Get(SimulateRun.At).Length : 0, times = rows + at + waits;
        double pairs = set.IsGiven(Lowest) ? set.Get(Lowest) : 0, space = pairs > 0 ? Math.Min(LargestSpace, n) + pairs : 0, probed = pairs > 0 ? at : 0, curves = waits * (set.IsGiven(Response) ? 2 : 1);

        // A trial keeps its curves, and its table once more; a walk keeps configurations, and afterwards its Krylov space.
        double kept = 16 * trials * (times * curves + 3 * probed * pairs), walks = Simulation.IsSmall(set, model) ? set.IsGiven(CommonParameters.Threads) ? set.Get(CommonParameters.Threads) : Environment.ProcessorCount : 1;
        double walk = curves + probed + space == 0 ? 0 : 8 * (n * (2 * waits + probed + space + WalkVectors) + space * space + times * curves);
        return (long)Math.Min(1e18, kept + walks * walk);
    }
}
