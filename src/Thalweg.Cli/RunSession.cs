// One call of a run from the command line: limits, progress, run folder, pictures, report.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Thalweg.Figures;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Thalweg.Runs;

namespace Thalweg.Cli;

internal static class RunSession
{
    /// <summary>The name of the picture of a run that has one.</summary>
    internal const string PictureName = "figure";

    /// <summary>Runs, writes the folder and reports.</summary>
    /// <param name="run">The run.</param>
    /// <param name="set">Its options.</param>
    /// <param name="host">The world around the command line.</param>
    /// <param name="from">The checkpoint to go on from; null for a run from its beginning.</param>
    /// <returns>The exit code.</returns>
    internal static int Execute(Run run, ParameterSet set, Host host, Checkpoint? from = null)
    {
        var watch = Stopwatch.StartNew();
        var cancellation = host.Start();
        var parameters = Effective(run, set);

        // Every common option is read before the work begins: a mistake in the last word costs nothing.
        bool quiet = set.IsOn(CommonParameters.Quiet);
        int threads = set.IsGiven(CommonParameters.Threads) ? set.Get(CommonParameters.Threads) : Environment.ProcessorCount;
        var pairs = parameters.Select(pair => new KeyValuePair<string, string>(pair.Parameter.Name, pair.Text)).ToArray();
        string folder = host.PathOf(set.IsGiven(CommonParameters.Out) ? set.Get(CommonParameters.Out) : RunFolder.DefaultPath(run.Command, pairs));
        var manifest = Manifest.Begin(run.Command, pairs) with { Machine = run.MachineOf(set), Seed = set.Get(CommonParameters.Seed) };
        manifest = from is null ? manifest : manifest with { Started = from.Manifest.Started };
        var checkpoints = run.CanResume ? new Checkpoints(Keep, host.CheckpointInterval, from?.State) : null;
        RefuseTooLarge(run, set);
        if (run.KeepsFolder)
        {
            RunFolder.Check(folder, run.Command, manifest.Hash, ownCheckpoint: from is not null);
        }

        try
        {
            return Work();
        }
        catch (OperationCanceledException) when (checkpoints is { Exist: true })
        {
            return CommandLine.Stop(host, $"checkpoint saved: thalweg resume {folder}");
        }

        int Work()
        {
            using var progress = host.ShowsProgress && !quiet ? new ProgressLine(host.Error) : null;
            var context = new RunContext { Progress = progress, Cancellation = cancellation, Checkpoints = checkpoints, Threads = threads };
            var pictures = new List<(string Name, Page Page)>();
            var outcome = run is ReproduceRun ? ReproduceRun.Execute(set, context, (recipe, page) => pictures.Add((recipe.Id, page))) : run.Execute(set, context);
            cancellation.ThrowIfCancellationRequested();
            var files = new List<string>();
            string note = string.Empty;
            if (run.KeepsFolder)
            {
                if (run is not ReproduceRun && CommandPictures.Of(run, set, outcome) is { } drawn)
                {
                    pictures.Add((PictureName, drawn));
                }

                (var runFiles, note) = PictureFiles.Of(pictures, set.Get(CommonParameters.Formats).Split(','), Ingredient(run, set), Npz.DataHash(outcome.Tables, outcome.Fields, cancellation));
                var written = RunFolder.Write(folder, UpToNow(), outcome, runFiles, ownCheckpoint: checkpoints is { Exist: true }, cancellation);
                files.AddRange(written.Files.Select(file => Path.Combine(folder, file.Name)));
                files.Add(Path.Combine(folder, RunFolder.ManifestName));
            }

            progress?.Dispose();
            return Present(new Report(run.Command, parameters, outcome, files, Seconds(), note), set, host);
        }

        void Keep(RunState state) => RunFolder.WriteCheckpoint(folder, new(UpToNow() with { Status = Status.Cancelled }, state));

        Manifest UpToNow() => manifest with { Stopped = DateTimeOffset.UtcNow, WallSeconds = Seconds(), PeakMegabytes = Machine.PeakMegabytes() };

        double Seconds() => (from?.Manifest.WallSeconds ?? 0) + watch.Elapsed.TotalSeconds;
    }

    internal static int Present(string command, IReadOnlyList<(Parameter, string)> parameters, Outcome outcome, ParameterSet set, Host host, double seconds, params IReadOnlyList<string> files) =>
        Present(new Report(command, parameters, outcome, files, seconds, string.Empty), set, host);

    private static int Present(Report report, ParameterSet set, Host host)
    {
        if (set.IsOn(CommonParameters.Json))
        {
            report.WriteJson(host.Output);
            if (report.Note.Length > 0)
            {
                CommandLine.Tell(host, report.Note);
            }
        }
        else if (!set.IsOn(CommonParameters.Quiet))
        {
            report.WriteText(host.Output, host.IsTerminal);
        }

        return Conclude(report.Outcome, host);
    }

    // The parameters that a manifest keeps and a hash covers: the run's own, then the common ones that can change a file.
    internal static List<(Parameter Parameter, string Text)> Effective(Run run, ParameterSet set)
    {
        var effective = run.Effective(set).ToList();
        foreach (var parameter in CommonParameters.Of(run).Where(parameter => parameter.ShapesResult || parameter == CommonParameters.Formats))
        {
            effective.Add((parameter, parameter.Canonical(set.Text(parameter)!)));
        }

        return effective;
    }

    private static int Conclude(Outcome outcome, Host host)
    {
        if (outcome.Sentence.Length > 0)
        {
            CommandLine.Tell(host, outcome.Sentence);
        }

        return outcome.ChecksFailed ? ExitCode.CheckFailed : outcome.Status switch
        {
            Status.Converged => ExitCode.Done,
            Status.NotConverged => ExitCode.NotConverged,
            Status.Limit => ExitCode.Limit,
            _ => ExitCode.Cancelled,
        };
    }

    private static void RefuseTooLarge(Run run, ParameterSet set)
    {
        long free = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, allowed = set.IsGiven(CommonParameters.MaxMemory) ? set.Get(CommonParameters.MaxMemory) : free / 5 * 4, forecast = run.MemoryForecast(set);
        if (forecast > allowed)
        {
            throw new LimitException(FormattableString.Invariant(
                $"{run.Command} would take {forecast / 1e6:F0} MB of memory, more than the {allowed / 1e6:F0} MB allowed; ask for fewer points or raise --max-memory"));
        }
    }

    internal static string Ingredient(Run run, ParameterSet set) => new Ingredient(run, set).CommandLine;
}
