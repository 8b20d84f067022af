// The command "resume": goes on with an unfinished run where its checkpoint stands.
using System;
using System.Collections.Generic;
using Thalweg.Results.Storage;
using Thalweg.Runs;

namespace Thalweg.Cli;

/// <summary>Continue.</summary>
public sealed class ResumeCommand : FolderCommand
{
    /// <summary>The folder of the unfinished run.</summary>
    public static Parameter<string> Folder { get; } = new("dir", "folder of an unfinished run", Readers.Words("a run folder", text => text)) { IsArgument = true };

    /// <inheritdoc/>
    public override string Command => "resume";

    /// <inheritdoc/>
    public override string Summary => "go on with a run that was interrupted; the result is the same, bit for bit";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Folder, CommonParameters.MaxMemory];

    /// <inheritdoc/>
    public override int Execute(ParameterSet set, Host host)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(host);
        string folder = host.PathOf(set.Get(Folder));
        var checkpoint = RunFolder.ReadCheckpoint(folder);
        var (run, given) = StoredRuns.RunOf(checkpoint.Manifest);

        // What cannot change the result is this call's, everything else the checkpoint's.
        given = given.With((CommonParameters.Out, folder));
        foreach (Parameter own in (Parameter[])[CommonParameters.Json, CommonParameters.Quiet, CommonParameters.Threads, CommonParameters.MaxMemory])
        {
            given = given.With((own, set.Text(own)));
        }

        return RunSession.Execute(run, given, host, checkpoint);
    }
}
