// What a run is: parameters in, an outcome out, with progress, cancellation and a forecast of its memory.
using System;
using System.Collections.Generic;
using System.Threading;
using Thalweg.Numerics.Kernels;
using Thalweg.Results;

namespace Thalweg.Runs;

/// <summary>How far a run is.</summary>
/// <param name="Share">In [0, 1].</param>
/// <param name="Stage">What it is doing, a few words.</param>
public readonly record struct Progress(double Share, string Stage);

/// <summary>What surrounds a run: who watches it, who may end it, what it may take.</summary>
public sealed class RunContext
{
    /// <summary>A context with nothing but defaults: one thread per core, nobody watching.</summary>
    public static RunContext Default { get; } = new();

    /// <summary>What every run of this process runs on: this machine, with the kernels that the environment chose.</summary>
    public static Machine Machine { get; } = KernelChoice.IsPlain ? Machine.Here with { Kernel = "plain" } : Machine.Here;

    /// <summary>Told now and then how far the run is; null when nobody watches.</summary>
    public IProgress<Progress>? Progress { get; init; }

    /// <summary>Ends the run early.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Where a long run leaves its state, and the state that it goes on from; null when nobody keeps it.</summary>
    public Checkpoints? Checkpoints { get; init; }

    /// <summary>How many threads work; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>One command: what every front - command line, page, sweeps, verification - translates into.</summary>
public abstract class Run
{
    /// <summary>The command's name.</summary>
    public abstract string Command { get; }

    /// <summary>One sentence for the help page.</summary>
    public abstract string Summary { get; }

    /// <summary>The parameters that it takes, in the order of the help page.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Why an option that other commands take has no place here; null when there is nothing to say.</summary>
    /// <param name="option">The option's name, without dashes.</param>
    public virtual string? Refusal(string option) => null;

    /// <summary>The parameters with the values that this call uses, defaults included, in the order of the help page.</summary>
    /// <param name="set">The values.</param>
    /// <remarks>Running these again gives the same result: this is what a manifest keeps. A flag that does not hold is left out, and so is what has no effect without an option that is not given.</remarks>
    /// <exception cref="BadInputException">A value is outside its domain, or was given without the option that it needs.</exception>
    public virtual IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var effective = new List<(Parameter, string)>();
        foreach (var parameter in Parameters)
        {
            if (parameter.Needs is { } needed && !set.IsGiven(needed))
            {
                if (set.IsGiven(parameter))
                {
                    throw new BadInputException($"--{parameter.Name} needs --{needed.Name}, without which it has no effect: give --{needed.Name} too or leave out --{parameter.Name}");
                }
            }
            else if (set.Text(parameter) is { } text && parameter.Canonical(text) is var value && !(parameter.IsFlag && value == "false"))
            {
                effective.Add((parameter, value));
            }
        }

        return effective;
    }

    /// <summary>Whether the result is kept in a run folder; false for commands that only look something up.</summary>
    public virtual bool KeepsFolder => true;

    /// <summary>Whether the run leaves its state in <see cref="RunContext.Checkpoints"/> and goes on from there; false for short ones.</summary>
    public virtual bool CanResume => false;

    /// <summary>What a call runs on: <see cref="RunContext.Machine"/>, with the library that it asks for.</summary>
    /// <param name="set">The values.</param>
    /// <exception cref="BadInputException">It asks for a library that is not there.</exception>
    public virtual Machine MachineOf(ParameterSet set) => RunContext.Machine;

    /// <summary>An estimate of the memory that the run will take, in bytes, beyond that of the program itself.</summary>
    /// <param name="set">The values.</param>
    public virtual long MemoryForecast(ParameterSet set) => 0;

    /// <summary>Does the work.</summary>
    /// <param name="set">The values.</param>
    /// <param name="context">Progress, cancellation, checkpoints, threads.</param>
    /// <exception cref="BadInputException">A value is outside its domain; nothing was done.</exception>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    public abstract Outcome Execute(ParameterSet set, RunContext context);
}
