// The command "verify": checks the hashes of a run folder, runs it again and compares.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Results;
using Thalweg.Results.Storage;
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
        if (Damaged(folder, out var stored) is { } damage)
        {
            return Conclude(folder, null, null, damage, set, host, watch);
        }

        var problems = RunFolder.Verify(folder).ToList();
        var (run, given) = StoredRuns.RunOf(stored!.Manifest);
        int threads = set.IsGiven(CommonParameters.Threads) ? set.Get(CommonParameters.Threads) : Environment.ProcessorCount;
        var again = run.Execute(given, new RunContext { Cancellation = host.Start(), Threads = threads });

        // The folder's result has been through JSON, which does not tell an absent number from another absence: so goes the new one.
        var comparison = Comparison.Of(stored.Outcome.Result, RecordJson.Parse(RecordJson.ToText(again.Result)));
        var differences = comparison.Quantities;
        bool identical = Npz.DataHash(stored.Outcome.Tables, stored.Outcome.Fields) == Npz.DataHash(again.Tables, again.Fields);
        if ((Comparison.Of(Head(stored.Manifest.Hash, stored.Outcome), Head(Manifest.HashOf(stored.Manifest.Parameters), again)).Mismatch ?? comparison.Mismatch) is { } mismatch)
        {
            problems.Add(mismatch);
        }

        if (differences.MaxBy(difference => difference.Bars) is { Bars: > 1 } worst)
        {
            problems.Add(worst.Sentence);
        }

        if (!identical && Comparison.LargestExcess(stored.Outcome.Tables, again.Tables) is { } excess)
        {
            problems.Add(excess);
        }

        return Conclude(folder, differences, identical, problems, set, host, watch);
    }

    private static Record Head(string hash, Outcome outcome) => new() { { "hash", hash }, { "status", Words.Of(outcome.Status) }, { "sentence", outcome.Sentence } };

    // What is wrong with a run folder whose manifest or data cannot even be read; null when both can. A folder that is no run is bad input.
    private static List<string>? Damaged(string folder, out StoredRun? stored)
    {
        stored = null;
        try
        {
            RunFolder.ReadManifest(folder);
        }
        catch (FormatException exception)
        {
            return [exception.Message];
        }

        try
        {
            stored = RunFolder.Read(folder);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or BadInputException)
        {
            return [.. RunFolder.Verify(folder), exception.Message];
        }
    }

    private int Conclude(
        string folder, IReadOnlyList<Difference>? differences, bool? identical, List<string> problems, ParameterSet set, Host host, System.Diagnostics.Stopwatch watch)
    {
        const string unread = "what the folder holds cannot be read";
        var worst = differences?.MaxBy(difference => difference.Bars);
        var result = new Record
        {
            { "folder", folder },
            { "quantities", differences is null ? new Datum.Absent(unread) : new Datum.Plain(differences.Count) },
            { "identical_data", identical is { } same ? new Datum.Flag(same) : new Datum.Absent(unread) },
            {
                "largest_difference_in_error_bars",
                worst is null ? Quantity.Missing(differences is null ? unread : "the run has no quantities")
                    : double.IsFinite(worst.Bars) ? Quantity.Of(worst.Bars, 0, How.Estimate)
                    : Quantity.Missing(worst.WhyNoBars)
            },
            { "problems", new Datum.Many([.. problems.Select(problem => (Datum)new Datum.Text(problem))]) },
        };
        var outcome = new Outcome(Status.Converged, problems.Count > 0 ? problems[0] : string.Empty, result, []) { ChecksFailed = problems.Count > 0 };
        return RunSession.Present(Command, [(Folder, folder)], outcome, set, host, watch.Elapsed.TotalSeconds);
    }
}
