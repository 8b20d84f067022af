// The command "verify": checks the hashes of a run folder, runs it again and compares.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Cli;

/// <summary>Recompute and compare.</summary>
public sealed class VerifyCommand : FolderCommand
{
    /// <summary>The run folder.</summary>
    public static Parameter<string> Folder { get; } = new("dir", "run folder", Readers.Words("a run folder", text => text)) { IsArgument = true };

    /// <inheritdoc/>
    public override string Command => "verify";

    /// <inheritdoc/>
    public override string Summary => "check the files of a run folder, run it again and compare";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Folder];

    /// <inheritdoc/>
    public override int Execute(ParameterSet set, Host host)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(host);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        string folder = host.PathOf(set.Get(Folder));
        var stored = StoredRuns.Read(folder);
        var problems = RunFolder.Verify(folder).ToList();
        var (run, given) = StoredRuns.RunOf(stored.Manifest);
        int threads = set.IsGiven(CommonParameters.Threads) ? set.Get(CommonParameters.Threads) : Environment.ProcessorCount;
        var again = run.Execute(given, new RunContext { Cancellation = host.Start(), Threads = threads });
        var differences = Comparison.Of(stored.Outcome.Result, again.Result);
        bool identical = Npz.DataHash(stored.Outcome.Tables, stored.Outcome.Fields) == Npz.DataHash(again.Tables, again.Fields);
        var worst = differences.OrderByDescending(difference => difference.Bars).FirstOrDefault();
        if (worst is { Bars: > 1 })
        {
            problems.Add($"{worst.Path} differs by {worst.Bars:G3} error bars when computed again");
        }

        if (!identical && Comparison.LargestExcess(stored.Outcome.Tables, again.Tables) is { } excess)
        {
            problems.Add(excess);
        }

        var result = new Record
        {
            { "folder", folder },
            { "quantities", differences.Count },
            { "identical_data", identical },
            { "largest_difference_in_error_bars", worst is null ? Quantity.Missing("the run has no quantities") : Quantity.Of(Math.Min(worst.Bars, 1e300), 0, How.Estimate) },
            { "problems", new Datum.Many([.. problems.Select(problem => (Datum)new Datum.Text(problem))]) },
        };
        var outcome = new Outcome(Status.Converged, problems.Count > 0 ? problems[0] : string.Empty, result, []) { ChecksFailed = problems.Count > 0 };
        return RunSession.Present(Command, [(Folder, folder)], outcome, set, host, watch.Elapsed.TotalSeconds);
    }
}
