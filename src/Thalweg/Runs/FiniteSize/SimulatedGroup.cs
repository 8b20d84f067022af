// Trials of one size: what --trend asks for besides the trials of --n.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Models;
using Thalweg.Results;

namespace Thalweg.Runs.FiniteSize;

/// <summary>Trials that differ in their number alone.</summary>
/// <param name="Set">The options with the size of these trials.</param>
/// <param name="Size">N, or c where --diluted is given.</param>
/// <param name="Trials">How many.</param>
internal sealed record SimulatedGroup(ParameterSet Set, int Size, int Trials)
{
    /// <summary>The trials of --n first, then those of each value of --trend. Numbers of trials run through all groups, so that no two trials share their noise.</summary>
    /// <param name="set">The options.</param>
    /// <exception cref="BadInputException">A value of --trend is no integer, comes twice, or lies outside the domain of what it replaces.</exception>
    public static IReadOnlyList<SimulatedGroup> Of(ParameterSet set)
    {
        Parameter<int> varied = Varied(set);
        int size = set.Get(varied), trials = set.Get(InstanceParameters.Trials);
        var groups = new List<SimulatedGroup> { new(set, size, trials) };
        foreach (double value in set.IsGiven(SimulateRun.Trend) ? set.Get(SimulateRun.Trend) : [])
        {
            if (value != Math.Floor(value) || groups.Any(group => group.Size == value))
            {
                throw new BadInputException(FormattableString.Invariant($"--trend {value}: must be integers, all different and none that of --{varied.Name} {size}"));
            }

            // Self-averaging: the variance of a mean falls as one over N and the trials together, so that these numbers give all sizes equal errors.
            int count = varied == InstanceParameters.Dimension ? (int)Math.Max(trials, Math.Ceiling(trials * (size / value))) : trials;
            var own = set.With((varied, Readers.Text(value)));
            try
            {
                own.Get(varied);
            }
            catch (BadInputException e)
            {
                throw new BadInputException(FormattableString.Invariant($"--trend {value}: {e.Message}"));
            }

            groups.Add(new(own, (int)value, count));
        }

        return groups;
    }

    /// <summary>What --trend varies: N, or c where --diluted is given.</summary>
    /// <param name="set">The options.</param>
    public static Parameter<int> Varied(ParameterSet set) => set.IsGiven(InstanceParameters.Diluted) ? InstanceParameters.Diluted : InstanceParameters.Dimension;

    /// <summary>Bytes of the largest instance and of what is kept of all trials.</summary>
    /// <param name="set">The options.</param>
    /// <param name="model">The landscape.</param>
    /// <param name="rows">Numbers that are kept of a trial.</param>
    public static long MemoryForecast(ParameterSet set, Model model, int rows)
    {
        var groups = Of(set);
        return groups.Max(group => InstanceParameters.MemoryForecast(group.Set, model) + 400L * group.Set.Get(InstanceParameters.Dimension)) + 8L * rows * groups.Sum(group => (long)group.Trials);
    }
}
