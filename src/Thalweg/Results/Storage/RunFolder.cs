// One run, one folder: data.npz, data.h5 where there are fields, data.csv, the figures and, last, manifest.json; written as a whole or not at all. Until then a long run keeps its checkpoint there.
using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace Thalweg.Results.Storage;

/// <summary>A further file of a run, such as figure.svg.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Content">Its bytes.</param>
public sealed record RunFile(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>A file of text in UTF-8.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">The text.</param>
    public static RunFile Of(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}

/// <summary>A run read back from its folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Outcome">Status, result, tables and fields; words of codes included.</param>
public sealed record StoredRun(string Folder, Manifest Manifest, Outcome Outcome);

/// <summary>Writes, reads and verifies the folders of runs.</summary>
/// <remarks>
/// A folder is a complete run (it has a readable manifest), an unfinished one (it has a checkpoint, perhaps beside the complete run that it will replace), empty, or the user's. Only empty folders, complete runs
/// of the same command and hash, and for the run itself its unfinished one are replaced, and only without further files; everything else is refused in one sentence. A reader never sees a part: see <see cref="AtomicFolder"/>.
/// The arrays and the manifest are flushed to the disk; text and figures, which follow from them, are left to the system: after a power cut <see cref="Verify"/> names what is damaged.
/// </remarks>
public static class RunFolder
{
    /// <summary>The name of the manifest.</summary>
    public const string ManifestName = "manifest.json";

    /// <summary>The name of the tables and fields as arrays.</summary>
    public const string DataName = "data.npz";

    /// <summary>The name of the same arrays as HDF5; only beside fields.</summary>
    public const string FieldsName = "data.h5";

    /// <summary>Files whose names begin so belong to a run that can be resumed.</summary>
    public const string CheckpointPrefix = "checkpoint";

    /// <summary>The name of the checkpoint.</summary>
    public const string CheckpointName = CheckpointPrefix + ".bin";

    private const int Attempts = 20;

    /// <summary>The folder of a run when none is asked for: runs/command-hash below the current one.</summary>
    /// <param name="command">The command.</param>
    /// <param name="parameters">Every parameter, see <see cref="Manifest.HashOf"/>.</param>
    public static string DefaultPath(string command, IEnumerable<KeyValuePair<string, string>> parameters) => Path.Combine("runs", command + "-" + Manifest.HashOf(parameters));

    /// <summary>Refuses a folder that the run could not write in the end; called before the work begins, it leaves nothing behind.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="command">The command.</param>
    /// <param name="hash">The hash of the parameters.</param>
    /// <param name="ownCheckpoint">True for a run that resumes from the checkpoint in the folder or has written it.</param>
    /// <exception cref="BadInputException">One sentence: what stands there and what to do.</exception>
    public static void Check(string folder, string command, string hash, bool ownCheckpoint = false)
    {
        string path = RunPlace.Of(folder);
        RunPlace.RefuseCurrent(path, folder);
        RunPlace.Guard(folder, () =>
        {
            AtomicFolder.Settle(path, standing => RunPlace.Judge(standing, folder, command, hash, ownCheckpoint));
            for (int attempt = 0; !TryJudge(attempt); attempt++)
            {
                Thread.Sleep(10);
            }

            RunPlace.Probe(path);
        });

        // Another writer that exchanges the folder at this moment makes it look like anything.
        bool TryJudge(int attempt)
        {
            try
            {
                RunPlace.Judge(path, folder, command, hash, ownCheckpoint);
                return true;
            }
            catch (Exception exception) when (exception is BadInputException or IOException && attempt < Attempts && Leftovers.Of(path).Count > 0)
            {
                return false;
            }
        }
    }

    /// <summary>Writes a run: data.npz, data.h5 where there are fields, data.csv of the main table, data-name.csv of the others, further files, the manifest last.</summary>
    /// <param name="folder">The folder; those above it are created.</param>
    /// <param name="manifest">Command, parameters, times and machine; status, result and files are filled in.</param>
    /// <param name="outcome">What the run returned.</param>
    /// <param name="files">Further files, such as figures.</param>
    /// <param name="ownCheckpoint">True for a run that resumed from the checkpoint in the folder or has written it: the checkpoint goes.</param>
    /// <param name="cancellation">Ends the writing: the unfinished folder is discarded and what stood in its place stays.</param>
    /// <returns>The manifest as written.</returns>
    /// <exception cref="BadInputException">The folder must not be replaced or cannot be written: one sentence.</exception>
    /// <exception cref="LimitException">The disk is full.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the folder was whole.</exception>
    public static Manifest Write(string folder, Manifest manifest, Outcome outcome, IReadOnlyList<RunFile> files, bool ownCheckpoint = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(files);
        CheckNames(outcome, files);
        Check(folder, manifest.Command, manifest.Hash, ownCheckpoint);
        var written = manifest with { Status = outcome.Status, Sentence = outcome.Sentence, Result = outcome.Result };
        RunPlace.Guard(folder, () => AtomicFolder.Write(RunPlace.Of(folder), place => written = Fill(place, written, outcome, files, cancellation), standing => RunPlace.Judge(standing, folder, manifest.Command, manifest.Hash, ownCheckpoint)));
        return written;
    }

    /// <summary>Reads a run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="BadInputException">There is no complete run in the folder: one sentence.</exception>
    /// <exception cref="FormatException">The manifest or the data is damaged: one sentence.</exception>
    public static StoredRun Read(string folder)
    {
        var manifest = ReadManifest(folder);
        string path = Path.Combine(RunPlace.Of(folder), DataName);
        return RunPlace.Guard(folder, () =>
        {
            using var stream = File.OpenRead(path);
            try
            {
                var (tables, fields) = Npz.Read(stream);
                return new StoredRun(folder, manifest, new Outcome(manifest.Status, manifest.Sentence, manifest.Result, tables) { Fields = fields });
            }
            catch (FormatException exception)
            {
                throw new FormatException(path + " is damaged: " + exception.Message, exception);
            }
        });
    }

    /// <summary>Reads the manifest of a run alone.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="BadInputException">There is no complete run in the folder: one sentence.</exception>
    /// <exception cref="FormatException">The manifest is damaged: one sentence.</exception>
    public static Manifest ReadManifest(string folder)
    {
        string path = Standing(folder), file = Path.Combine(path, ManifestName);
        return File.Exists(file) ? RunPlace.Guard(folder, () => ManifestJson.Read(file))
            : throw new BadInputException(RunPlace.HasCheckpoint(path) ? $"{folder} holds an unfinished run: use resume {folder}" : $"{folder} is no run folder: it has no {ManifestName}");
    }

    /// <summary>Keeps the checkpoint of a run in its folder, in the place of the one before.</summary>
    /// <param name="folder">The folder; created if need be.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <exception cref="BadInputException">The folder cannot be written: one sentence; the checkpoint before is still there.</exception>
    /// <exception cref="LimitException">The disk is full; the checkpoint before is still there.</exception>
    public static void WriteCheckpoint(string folder, Checkpoint checkpoint) => RunPlace.Guard(folder, () =>
    {
        string path = RunPlace.Of(folder);
        Directory.CreateDirectory(path);
        AtomicFile.Write(Path.Combine(path, CheckpointName), stream => CheckpointFile.Write(checkpoint, stream));
    });

    /// <summary>Reads the checkpoint of an unfinished run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="BadInputException">There is no unfinished run in the folder, or its checkpoint is damaged or was written by another version of this library: one sentence.</exception>
    public static Checkpoint ReadCheckpoint(string folder)
    {
        string path = Standing(folder), file = Path.Combine(path, CheckpointName);
        if (!File.Exists(file))
        {
            throw new BadInputException(File.Exists(Path.Combine(path, ManifestName)) ? Finished(folder)
                : RunPlace.HasCheckpoint(path) ? $"{folder} has no {CheckpointName}, which holds an unfinished run: delete the folder to start anew"
                : $"{folder} holds no unfinished run: run the command itself");
        }

        var checkpoint = RunPlace.Guard(folder, () =>
        {
            using var stream = File.OpenRead(file);
            try
            {
                return CheckpointFile.Read(stream);
            }
            catch (FormatException exception)
            {
                throw new BadInputException($"{file} {exception.Message}: delete {folder} to start anew", exception);
            }
        });
        Machine own = Machine.Here, other = checkpoint.Manifest.Machine;
        if ((other.Version, other.Commit) != (own.Version, own.Commit))
        {
            throw new BadInputException($"{file} was written by version {other.Program}, and this is {own.Program}: resume with that version, or delete {folder} to start anew");
        }

        // A writer that was killed may have left the finished folder beside: it moves in, and the checkpoint goes.
        Check(folder, checkpoint.Manifest.Command, checkpoint.Manifest.Hash, ownCheckpoint: true);
        return File.Exists(file) ? checkpoint : throw new BadInputException(Finished(folder));
    }

    /// <summary>Compares the files of a run with the sizes and hashes in its manifest.</summary>
    /// <param name="folder">Its folder.</param>
    /// <returns>A sentence for each missing or changed file, or for what is wrong with the manifest; empty when all is well.</returns>
    public static IReadOnlyList<string> Verify(string folder)
    {
        var problems = new List<string>();
        try
        {
            foreach (var file in ReadManifest(folder).Files)
            {
                string path = Path.Combine(RunPlace.Of(folder), file.Name);
                if (!File.Exists(path))
                {
                    problems.Add(file.Name + " is missing");
                    continue;
                }

                using var stream = File.OpenRead(path);
                if (stream.Length != file.Bytes)
                {
                    problems.Add($"{file.Name} is changed: {stream.Length} bytes, not {file.Bytes}");
                }
                else if (Convert.ToHexStringLower(SHA256.HashData(stream)) is var hash && hash != file.Sha256)
                {
                    problems.Add($"{file.Name} is changed: its SHA-256 is {hash[..12]}..., not {file.Sha256[..12]}...");
                }
            }
        }
        catch (Exception exception) when (exception is FormatException or BadInputException or IOException or UnauthorizedAccessException)
        {
            problems.Add(exception.Message);
        }

        return problems;
    }

    private static string Finished(string folder) => $"{folder} holds a finished run: there is nothing to resume";

    // The path of a folder that exists, perhaps only after what a killed writer began is finished.
    private static string Standing(string folder)
    {
        string path = RunPlace.Of(folder);
        if (!Directory.Exists(path))
        {
            try
            {
                RunPlace.Guard(folder, () => AtomicFolder.Settle(path, _ => throw new BadInputException(folder + " is being written")));
            }
            catch (BadInputException) when (Directory.Exists(path))
            {
                // What stood there is back in its place, the new folder stays beside: to exchange them is not for a reader.
            }
        }

        return Directory.Exists(path) ? path : throw new BadInputException($"there is no run folder {folder}");
    }

    private static Manifest Fill(string place, Manifest manifest, Outcome outcome, IReadOnlyList<RunFile> files, CancellationToken cancellation)
    {
        var written = new List<ManifestFile> { Put(place, DataName, flush: true, stream => Npz.Write(outcome.Tables, outcome.Fields, stream), cancellation) };
        if (outcome.Fields.Count > 0)
        {
            var described = manifest;
            written.Add(Put(place, FieldsName, flush: false, stream => Hdf5.Write(described, outcome.Tables, outcome.Fields, stream), cancellation));
        }

        for (int i = 0; i < outcome.Tables.Count; i++)
        {
            var table = outcome.Tables[i];
            written.Add(Put(place, CsvName(i, table), flush: false, stream => Csv.Write(table, stream), cancellation));
        }

        foreach (var file in files)
        {
            written.Add(Put(place, file.Name, flush: false, stream => stream.Write(file.Content.Span), cancellation));
        }

        manifest = manifest with { Files = written };
        Put(place, ManifestName, flush: true, stream => ManifestJson.Write(manifest, stream), cancellation);
        return manifest;
    }

    private static string CsvName(int i, Table table) => i == 0 ? "data.csv" : "data-" + table.Name + ".csv";

    private static ManifestFile Put(string place, string name, bool flush, Action<Stream> content, CancellationToken cancellation)
    {
        using var file = new FileStream(Path.Combine(place, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 64 * 1024);
        using var stream = new HashingStream(file, cancellation);
        content(stream);
        file.Flush(flush);
        return new(name, stream.Length, stream.Finish());
    }

    private static void CheckNames(Outcome outcome, IReadOnlyList<RunFile> files)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { DataName, FieldsName, ManifestName };
        for (int i = 0; i < outcome.Tables.Count; i++)
        {
            names.Add(CsvName(i, outcome.Tables[i]));
        }

        foreach (var file in files)
        {
            if (!RunPlace.IsFileName(file.Name) || file.Name.StartsWith(CheckpointPrefix, StringComparison.OrdinalIgnoreCase) || !names.Add(file.Name))
            {
                throw new ArgumentException($"'{file.Name}' is no name for a further file of a run, or stands twice", nameof(files));
            }
        }
    }
}
