// The place of a run folder: what may stand there, what may be replaced, and the system's failures as sentences for users.
using System;
using System.Collections.Generic;
using System.IO;

namespace Thalweg.Results.Storage;

/// <summary>Judges places for <see cref="RunFolder"/>.</summary>
internal static class RunPlace
{
    private static readonly string[] Litter = [".DS_Store", "Thumbs.db", "desktop.ini"];

    /// <summary>Whether a name is a plain file name on every system.</summary>
    /// <param name="name">The name.</param>
    public static bool IsFileName(string name) => name.Length is > 0 and <= 200 && name[0] != '.' && name.IndexOfAny(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\0']) < 0;

    /// <summary>Throws unless nothing would be lost by replacing what stands in a place.</summary>
    /// <param name="standing">The place, or the path aside of what stood there.</param>
    /// <param name="folder">The place as the user wrote it.</param>
    /// <param name="command">The command of the run.</param>
    /// <param name="hash">The hash of its parameters.</param>
    /// <param name="ownCheckpoint">Whether a checkpoint in the place is the run's own.</param>
    public static void Judge(string standing, string folder, string command, string hash, bool ownCheckpoint)
    {
        if (File.Exists(standing))
        {
            throw new BadInputException($"{folder} is a file, and a run needs a folder: choose another --out");
        }

        if (!Directory.Exists(standing))
        {
            return;
        }

        if (HasCheckpoint(standing) && !ownCheckpoint)
        {
            throw new BadInputException($"{folder} holds an unfinished run: use resume {folder}, or delete it to start anew");
        }

        string manifestPath = Path.Combine(standing, RunFolder.ManifestName);
        var known = new HashSet<string>(Litter, StringComparer.Ordinal) { RunFolder.ManifestName };
        if (File.Exists(manifestPath))
        {
            Manifest manifest;
            try
            {
                manifest = ManifestJson.Read(File.ReadAllBytes(manifestPath), Path.Combine(folder, RunFolder.ManifestName));
            }
            catch (FormatException exception)
            {
                throw new BadInputException($"{exception.Message}: delete {folder} or choose another --out", exception);
            }

            if (manifest.Command != command || manifest.Hash != hash)
            {
                throw new BadInputException($"{folder} holds another run ({manifest.Command}-{manifest.Hash}): choose another --out or delete it");
            }

            foreach (var file in manifest.Files)
            {
                known.Add(file.Name);
            }
        }

        foreach (string entry in Directory.EnumerateFileSystemEntries(standing))
        {
            string name = Path.GetFileName(entry);
            if (Directory.Exists(entry) || !(known.Contains(name) || IsCheckpoint(name)))
            {
                throw new BadInputException(known.Count > Litter.Length + 1 || HasCheckpoint(standing) ? $"{folder} has a file that is not of the run, {name}: move it or choose another --out"
                    : $"{folder} is not empty and no run folder (it has {name}): choose another --out");
            }
        }
    }

    /// <summary>Whether a folder has a checkpoint.</summary>
    /// <param name="path">The folder.</param>
    public static bool HasCheckpoint(string path)
    {
        using var checkpoints = Directory.EnumerateFiles(path, RunFolder.CheckpointPrefix + "*").GetEnumerator();
        return checkpoints.MoveNext();
    }

    // Also the temporary file of a checkpoint whose writer was killed.
    private static bool IsCheckpoint(string name) => name.StartsWith(RunFolder.CheckpointPrefix, StringComparison.Ordinal) || (name.StartsWith("." + RunFolder.CheckpointPrefix, StringComparison.Ordinal) && name.EndsWith(".tmp", StringComparison.Ordinal));

    /// <summary>The full path of a run folder, links followed.</summary>
    /// <param name="folder">The place as the user wrote it.</param>
    public static string Of(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0', StringComparison.Ordinal))
        {
            throw new BadInputException("the name of the run folder is empty: give --out a folder");
        }

        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        path = Directory.Exists(path) && Directory.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? Path.TrimEndingDirectorySeparator(target.FullName) : path;
        return Path.GetFileName(path).Length == 0 ? throw new BadInputException($"{folder} is the root of the disk, not a place for a run: choose a folder below it") : path;
    }

    /// <summary>Refuses the current folder and those above it: the process and its shell stand in them.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="folder">The place as the user wrote it.</param>
    public static void RefuseCurrent(string path, string folder)
    {
        if ((Directory.GetCurrentDirectory() + Path.DirectorySeparatorChar).StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new BadInputException($"{folder} is the current folder or above it, not a place for a run: choose a folder below it");
        }
    }

    /// <summary>Creates and deletes a file beside the place, or in the nearest folder above that exists.</summary>
    /// <param name="path">The full path.</param>
    public static void Probe(string path)
    {
        string above = Path.GetDirectoryName(path)!;
        while (!Directory.Exists(above) && Path.GetDirectoryName(above) is { } higher)
        {
            if (File.Exists(above))
            {
                throw new IOException(above + " is a file");
            }

            above = higher;
        }

        string target = Path.Combine(above, Path.GetFileName(path));
        var (created, id) = Leftovers.Create(target, "lock");
        using var lasting = created;
        File.Delete(Leftovers.Sibling(target, id, "lock"));
    }

    /// <summary>Does something with the system's failures said as sentences for users.</summary>
    /// <param name="folder">The place as the user wrote it.</param>
    /// <param name="action">What to do.</param>
    public static void Guard(string folder, Action action) => Guard(folder, () =>
    {
        action();
        return true;
    });

    /// <summary>Does something with the system's failures said as sentences for users.</summary>
    /// <param name="folder">The place as the user wrote it.</param>
    /// <param name="action">What to do.</param>
    public static T Guard<T>(string folder, Func<T> action)
    {
        const int diskFullUnix = 28, diskFullWindows = unchecked((int)0x80070070), quotaUnix = 122;
        try
        {
            return action();
        }
        catch (IOException exception) when (exception.HResult is diskFullUnix or diskFullWindows or quotaUnix)
        {
            throw new LimitException($"the disk of {folder} is full: free some space or choose another --out", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"cannot use the run folder {folder} ({exception.Message.TrimEnd('.')}): choose another --out", exception);
        }
    }
}
