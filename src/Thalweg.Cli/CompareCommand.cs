// The command "compare": the difference of two run folders, in error bars.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Thalweg.Runs;

namespace Thalweg.Cli;

/// <summary>The difference of two runs in error bars.</summary>
public sealed class CompareCommand : FolderCommand
{
    /// <summary>The first run folder.</summary>
    public static Parameter<string> First { get; } = new("first", "run folder", Readers.Words("a run folder", text => text)) { IsArgument = true };

    /// <summary>The second run folder.</summary>
    public static Parameter<string> Second { get; } = new("second", "run folder to compare it with", Readers.Words("a run folder", text => text)) { IsArgument = true };

    /// <inheritdoc/>
    public override string Command => "compare";

    /// <inheritdoc/>
    public override string Summary => "the difference of two runs, in error bars";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [First, Second];

    /// <inheritdoc/>
    public override int Execute(ParameterSet set, Host host)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(host);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        StoredRun first = StoredRuns.Read(host.PathOf(set.Get(First))), second = StoredRuns.Read(host.PathOf(set.Get(Second)));
        if (first.Manifest.Command != second.Manifest.Command)
        {
            throw new BadInputException($"one folder holds a run of \"{first.Manifest.Command}\", the other one of \"{second.Manifest.Command}\"; compare runs of the same command");
        }

        var differences = Comparison.Of(first.Outcome.Result, second.Outcome.Result).Quantities.OrderByDescending(difference => difference.Bars).ToArray();
        var changed = first.Manifest.Parameters.Except(second.Manifest.Parameters).Concat(second.Manifest.Parameters.Except(first.Manifest.Parameters)).Select(pair => pair.Key).Distinct(StringComparer.Ordinal);
        var result = new Record
        {
            { "parameters_that_differ", new Datum.Many([.. changed.Select(key => (Datum)new Datum.Text(key))]) },
            { "quantities", differences.Length },
            { "rows", differences.Select(difference => difference.ToRecord()) },
        };
        return RunSession.Present(Command, [(First, first.Folder), (Second, second.Folder)], new Outcome(Status.Converged, string.Empty, result, []), set, host, watch.Elapsed.TotalSeconds);
    }
}
