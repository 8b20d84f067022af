// Run folders read back as something that can be run or drawn again.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Thalweg.Runs;

namespace Thalweg.Cli;

internal static class StoredRuns
{
    internal static StoredRun Read(string folder)
    {
        try
        {
            return RunFolder.Read(folder);
        }
        catch (FormatException exception)
        {
            throw new BadInputException(exception.Message, exception);
        }
    }

    // The run of a manifest with the options that made it.
    internal static (Run Run, ParameterSet Set) RunOf(Manifest manifest)
    {
        var run = CommandLine.Runs.FirstOrDefault(candidate => candidate.Command == manifest.Command)
            ?? throw new BadInputException($"the folder holds a run of \"{manifest.Command}\", which this version does not know");
        var known = run.Parameters.Concat(CommonParameters.All).Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var given = new Dictionary<string, string>();
        foreach (var (name, text) in manifest.Parameters)
        {
            given[name] = known.Contains(name) ? text : throw new BadInputException($"the folder's run has an option --{name}, which this version does not know");
        }

        return (run, new ParameterSet(given));
    }
}
