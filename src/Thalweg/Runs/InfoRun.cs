// The command "info": the version of the program and the machine that it runs on.
using System;
using System.Collections.Generic;
using Thalweg.Results;

namespace Thalweg.Runs;

/// <summary>Machine and kernels.</summary>
public sealed class InfoRun : Run
{
    /// <inheritdoc/>
    public override string Command => "info";

    /// <inheritdoc/>
    public override string Summary => "version, machine, instruction sets";

    /// <inheritdoc/>
    public override bool KeepsFolder => false;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [];

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        var machine = RunContext.Machine;
        var result = new Record
        {
            { "version", machine.Version },
            { "commit", machine.Commit is { } commit ? new Datum.Text(commit) : new Datum.Absent("the program was not built from a repository") },
            { "processor", machine.Processor },
            { "cores", machine.Cores },
            { "instruction_sets", machine.Kernel },
            { "system", machine.System },
            { "runtime", machine.Runtime },
            { "memory_mb", Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e6) },
        };
        return new(Status.Converged, string.Empty, result, []);
    }
}
