// The command "replot": redraws the pictures of a run folder, or of an SVG file from the command that it carries.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using Thalweg.Figures;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Thalweg.Runs;

namespace Thalweg.Cli;

/// <summary>Redraw.</summary>
public sealed class ReplotCommand : FolderCommand
{
    /// <summary>The run folder or picture.</summary>
    public static Parameter<string> Source { get; } = new("source", "run folder, or an SVG picture drawn by this program", Readers.Words("a run folder or an SVG file", text => text)) { IsArgument = true };

    /// <summary>Where the pictures go.</summary>
    public static Parameter<string> Destination { get; } = new("out", "folder for the pictures (default: beside the run folder or the picture)", Readers.Words("a folder", text => text));

    /// <summary>Light or dark.</summary>
    public static Parameter<string> Colours { get; } = new("theme", "colours of the picture", Readers.Choice("light", "dark", "auto"), "light");

    /// <inheritdoc/>
    public override string Command => "replot";

    /// <inheritdoc/>
    public override string Summary => "redraw the pictures of a run folder or of an SVG file";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Source, Destination, Colours, CommonParameters.Formats];

    /// <inheritdoc/>
    public override int Execute(ParameterSet set, Host host)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(host);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        string source = host.PathOf(set.Get(Source));
        var theme = set.Get(Colours) switch { "dark" => Theme.Dark, "auto" => Theme.Auto, _ => Theme.Light };
        string[] formats = set.Get(CommonParameters.Formats).Split(',');
        if (theme == Theme.Auto && !formats.SequenceEqual(["svg"]))
        {
            throw new BadInputException("--theme auto follows the reader's screen, which png and pdf cannot: use --theme light or dark");
        }

        bool isPicture = File.Exists(source);
        var context = new RunContext { Cancellation = host.Start(), Threads = set.IsGiven(CommonParameters.Threads) ? set.Get(CommonParameters.Threads) : Environment.ProcessorCount };
        var (run, given, outcome, picture) = isPicture ? FromPicture(source, context) : FromFolder(source);
        var (destination, prefix) = set.IsGiven(Destination) ? (host.PathOf(set.Get(Destination)), string.Empty) : Beside(isPicture ? Path.GetDirectoryName(source)! : source);
        if (File.Exists(Path.Combine(destination, RunFolder.ManifestName)))
        {
            throw new BadInputException($"{destination} is a run folder, which keeps what its run wrote: choose another --out");
        }

        var pages = isPicture ? Pages(run, given, outcome, picture, context) : PagesOfStored(run, given, outcome, context, source);
        if (pages.Count == 0)
        {
            throw new BadInputException(picture is null ? $"this run of {run.Command} has no picture" : $"{source}: this version's {run.Command} draws no picture named {picture}");
        }

        var (files, note) = PictureFiles.Of(pages, formats, RunSession.Ingredient(run, given), Npz.DataHash(outcome.Tables, outcome.Fields), theme);
        var written = files.Select(file => Path.Combine(destination, prefix + file.Name)).ToArray();
        foreach (string place in written)
        {
            RefuseForeign(place, RunSession.Ingredient(run, given));
        }

        try
        {
            Directory.CreateDirectory(destination);
            foreach (var (file, place) in files.Zip(written))
            {
                AtomicFile.Write(place, file.Content.ToArray());
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"cannot write pictures to {destination} ({exception.Message.TrimEnd('.')}): choose another --out", exception);
        }

        var result = new Record { { "pictures", files.Count }, { "note", note } };
        return RunSession.Present(Command, [(Source, source)], new Outcome(Status.Converged, string.Empty, result, []), set, host, watch.Elapsed.TotalSeconds, written);
    }

    // A run folder keeps what its run wrote: new pictures of it stand beside it, under its name.
    private static (string Destination, string Prefix) Beside(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(folder);
        return File.Exists(Path.Combine(folder, RunFolder.ManifestName)) && Path.GetDirectoryName(folder) is { } above ? (above, Path.GetFileName(folder) + "-") : (folder, string.Empty);
    }

    // What stands in the place may be replaced when it is a picture of the same command.
    private static void RefuseForeign(string place, string command)
    {
        if (!File.Exists(place))
        {
            return;
        }

        try
        {
            if (PictureMetadata.Read(place)["command"] == command)
            {
                return;
            }
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            // Then it is no picture of ours.
        }

        throw new BadInputException($"{place} exists and is not a picture of this run: move it or choose another --out");
    }

    // What a folder holds may have been changed by hand, so that the drawing does not find what its run wrote.
    private static List<(string Name, Page Page)> PagesOfStored(Run run, ParameterSet given, Outcome outcome, RunContext context, string folder)
    {
        try
        {
            return Pages(run, given, outcome, null, context);
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException or ArgumentException or InvalidCastException or DivideByZeroException)
        {
            throw new BadInputException($"{folder} does not hold what a run of {run.Command} writes ({exception.Message}): verify names what was changed", exception);
        }
    }

    // Every picture of a run, or the one of a name.
    private static List<(string Name, Page Page)> Pages(Run run, ParameterSet given, Outcome outcome, string? picture, RunContext context)
    {
        var pages = new List<(string, Page)>();
        if (run is ReproduceRun)
        {
            ReproduceRun.Reproduce([.. ReproduceRun.Chosen(given).Where(recipe => picture is null || recipe.Id == picture)], context, (recipe, page) => pages.Add((recipe.Id, page)));
        }
        else if (picture is null or RunSession.PictureName && CommandPictures.Of(run, given, outcome) is { } page)
        {
            pages.Add((RunSession.PictureName, page));
        }

        return pages;
    }

    private static (Run Run, ParameterSet Given, Outcome Outcome, string? Picture) FromFolder(string folder)
    {
        var stored = StoredRuns.Read(folder);
        var (run, given) = StoredRuns.RunOf(stored.Manifest);
        return (run, given, stored.Outcome, null);
    }

    // A picture alone: its command is run again, and the data must be the same as those that were drawn.
    private static (Run Run, ParameterSet Given, Outcome Outcome, string? Picture) FromPicture(string file, RunContext context)
    {
        PictureMetadata metadata;
        try
        {
            metadata = PictureMetadata.Read(file);
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file}: {exception.Message}", exception);
        }

        string[] words = [.. CommandLineParser.SplitCommandLine(metadata["command"] ?? throw new BadInputException($"{file}: the picture does not say which command drew it"))];
        var parsed = Tree.Parse(Tree.Build(), words.Skip(1).ToArray());
        var run = CommandLine.Runs.FirstOrDefault(candidate => candidate.Command == parsed.CommandResult.Command.Name);
        if (run is null || parsed.Errors.Count > 0 || parsed.UnmatchedTokens.Count > 0)
        {
            throw new BadInputException($"{file}: the command in the picture, \"{metadata["command"]}\", is not one of this version");
        }

        var given = new ParameterSet(Tree.Given(parsed));
        var outcome = run.Execute(given, context);
        return metadata["data_sha256"] == Npz.DataHash(outcome.Tables, outcome.Fields)
            ? (run, given, outcome, metadata["picture"])
            : throw new BadInputException($"{file}: was drawn from other data by version {metadata["version"]}; run its command again: {metadata["command"]}");
    }
}
