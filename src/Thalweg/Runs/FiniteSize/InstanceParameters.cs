// The options of every command that draws landscapes at finite N, and the landscapes that they draw.
using System;
using System.Collections.Generic;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Threads;
using Thalweg.Results;

namespace Thalweg.Runs.FiniteSize;

/// <summary>--n, --trials, --diluted, --precision, --strict-sums, --on-the-fly.</summary>
public static class InstanceParameters
{
    private const string Double = "double", Float = "float";
    private const double ManyCouplings = 1e7;

    /// <summary>N.</summary>
    public static Parameter<int> Dimension { get; } = new("n", "number N of variables", Readers.Integer(4, DilutedInstance.LargestDimension, "below four the sphere has too few directions for a landscape; for larger N use the equations for infinite N"), "200");

    /// <summary>How many instances.</summary>
    public static Parameter<int> Trials { get; } = new("trials", "how many instances are drawn, each from its own number", Readers.Integer(2, 100_000), "10");

    /// <summary>c.</summary>
    public static Parameter<int> Diluted { get; } = new("diluted", "edges C of each variable: a sparse random hypergraph instead of all N^p couplings, for large N", Readers.Integer(2, 100_000));

    /// <summary>How an entry is kept.</summary>
    public static Parameter<string> Precision { get; } = PrecisionWith(null);

    /// <summary>The paper's sums.</summary>
    public static Parameter<bool> StrictSums { get; } = new("strict-sums", "couplings of distinct variables only, as the paper has them: noise and signal are O(1/N) off", Readers.Flag) { IsFlag = true };

    /// <summary>No couplings are kept.</summary>
    public static Parameter<bool> OnTheFly { get; } = new("on-the-fly", "draw the couplings again at each gradient instead of keeping them: no memory, more time, the same bits", Readers.Flag) { IsFlag = true };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [Dimension, Trials, Diluted, Precision, StrictSums, OnTheFly];

    /// <summary>--precision for a command that draws only when another option asks for it.</summary>
    /// <param name="needed">The option without which it has no effect; null for none.</param>
    public static Parameter<string> PrecisionWith(Parameter? needed) => new("precision", "how couplings are kept, sums being double always", Readers.Choice(Double, Float), Double) { Needs = needed };

    /// <summary>Whether an option has an effect in this call, so that a manifest keeps it.</summary>
    /// <param name="parameter">The option.</param>
    /// <param name="set">The values.</param>
    public static bool IsEffective(Parameter parameter, ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return parameter != Precision || !set.IsGiven(Diluted);
    }

    /// <summary>Bytes of one instance.</summary>
    /// <param name="set">The values.</param>
    /// <param name="model">The landscape.</param>
    /// <exception cref="BadInputException">Values that contradict each other or lie outside their domain.</exception>
    /// <exception cref="LimitException">It does not fit in what is allowed: the sentence says what it costs to keep the couplings and what to draw them again.</exception>
    public static long MemoryForecast(ParameterSet set, Model model)
    {
        ArgumentNullException.ThrowIfNull(set);
        int n = set.Get(Dimension);
        Check(set, model, n);
        if (set.IsGiven(Diluted))
        {
            return (long)DilutedInstance.ForecastBytes(model, n, set.Get(Diluted));
        }

        var forecast = InstanceForecast.Of(model, n, PrecisionOf(set, Precision), Environment.ProcessorCount);
        double allowed = set.IsGiven(CommonParameters.MaxMemory) ? set.Get(CommonParameters.MaxMemory) : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 5.0 * 4;
        return set.IsOn(OnTheFly) ? 0
            : forecast.Bytes <= allowed ? (long)forecast.Bytes
            : throw new LimitException(FormattableString.Invariant($"--n {n}: {forecast.Sentence}; {allowed / 1e9:G3} GB are allowed: use a smaller --n, --on-the-fly, or --diluted"));
    }

    /// <summary>How many couplings an instance has, the measure of the work of a gradient.</summary>
    /// <param name="set">The values.</param>
    /// <param name="model">The landscape.</param>
    public static double Numbers(ParameterSet set, Model model)
    {
        ArgumentNullException.ThrowIfNull(set);
        int n = set.Get(Dimension);
        return set.IsGiven(Diluted) ? (double)n * set.Get(Diluted) * model.Noise.Powers.Length : InstanceForecast.Of(model, n).Entries;
    }

    /// <summary>Draws the landscape of a trial, for one walker whose calls all threads share.</summary>
    /// <param name="set">The values.</param>
    /// <param name="model">The landscape.</param>
    /// <param name="trial">Which one; a function of the seed and this number alone.</param>
    /// <param name="team">The threads.</param>
    /// <exception cref="BadInputException">A value is outside its domain.</exception>
    /// <exception cref="LimitException">It does not fit in the memory; nothing was allocated.</exception>
    public static ILandscape Draw(ParameterSet set, Model model, uint trial, ThreadTeam team)
    {
        ArgumentNullException.ThrowIfNull(set);
        int n = set.Get(Dimension);
        ulong seed = set.Get(CommonParameters.Seed);
        Check(set, model, n);
        if (Numbers(set, model) > ManyCouplings)
        {
            // Those of the instance before leave first: what was forecast is room for one.
            GC.Collect();
        }

        if (set.IsGiven(Diluted))
        {
            return DilutedInstance.Draw(model, n, set.Get(Diluted), seed, trial, team: team).Landscape(team);
        }

        bool strict = set.IsOn(StrictSums);
        var options = new PackedOptions
        {
            Sampler = strict ? NoiseSampler.StrictSums : NoiseSampler.Isotropic,
            Precision = PrecisionOf(set, Precision),
            IsStored = !set.IsOn(OnTheFly),
            LargestBytes = set.IsGiven(CommonParameters.MaxMemory) ? set.Get(CommonParameters.MaxMemory) : null,
            Signal = strict ? PlantedSignal.Uniform(n, seed, trial) : null,
        };
        return PackedInstance.Draw(model, n, seed, trial, options, team).Landscape(team);
    }

    /// <summary>How entries are kept.</summary>
    /// <param name="set">The values.</param>
    /// <param name="parameter">The command's own --precision.</param>
    public static EntryPrecision PrecisionOf(ParameterSet set, Parameter<string> parameter)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.Get(parameter) == Float ? EntryPrecision.Single : EntryPrecision.Double;
    }

    private static void Check(ParameterSet set, Model model, int n)
    {
        if (!set.IsGiven(Diluted))
        {
            return;
        }

        DilutedInstance.Check(model.Noise.Powers[^1], n, set.Get(Diluted));
        foreach (Parameter other in new Parameter[] { StrictSums, OnTheFly, Precision })
        {
            if (set.IsGiven(other))
            {
                throw new BadInputException($"--diluted and --{other.Name} contradict each other: a sparse graph is kept as it is; leave out --{other.Name}");
            }
        }
    }
}
