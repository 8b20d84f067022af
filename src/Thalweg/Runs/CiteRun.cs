// The command "cite": the BibTeX entries of what a command stands on.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Results;

namespace Thalweg.Runs;

/// <summary>What to cite for a run.</summary>
public sealed class CiteRun : Run
{
    /// <summary>The command whose sources are wanted.</summary>
    public static Parameter<string> Of { get; } = new("command", "command whose sources are wanted, or all", Readers.Choice([.. References.Commands, "all"]), "all") { IsArgument = true };

    /// <inheritdoc/>
    public override string Command => "cite";

    /// <inheritdoc/>
    public override string Summary => "BibTeX of what a command stands on";

    /// <inheritdoc/>
    public override bool KeepsFolder => false;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Of];

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        string command = set.Get(Of);
        var entries = References.All.Where(entry => command == "all" || entry.Commands.Contains(command, StringComparer.Ordinal));
        return new(Status.Converged, string.Empty, new Record { { "entries", entries.Select(entry => new Record { { "key", entry.Key }, { "why", entry.Why }, { "bibtex", entry.BibTeX } }) } }, []);
    }
}
