// Commands that are no runs: they work on run folders, pictures or the program itself.
using System.Collections.Generic;
using Thalweg.Runs;

namespace Thalweg.Cli;

/// <summary>A command without physics of its own.</summary>
public abstract class FolderCommand
{
    /// <summary>Its name.</summary>
    public abstract string Command { get; }

    /// <summary>One sentence for the help page.</summary>
    public abstract string Summary { get; }

    /// <summary>What it takes.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Whether --json, --quiet and --threads make sense for it.</summary>
    public virtual bool TakesCommonOptions => true;

    /// <summary>Does the work.</summary>
    /// <param name="set">The values.</param>
    /// <param name="host">The world around the command line.</param>
    /// <returns>The exit code.</returns>
    public abstract int Execute(ParameterSet set, Host host);
}
