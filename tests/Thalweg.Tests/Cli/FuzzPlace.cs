// The folders of a random call: a fresh one to work in, one beside it that must stay as it is, and what is sound in the files left behind.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Thalweg.Cli;
using Thalweg.Results;
using Thalweg.Results.Storage;

namespace Thalweg.Tests.Cli;

/// <summary>Run folders, whole and damaged, that random calls name.</summary>
internal static class FuzzFixture
{
    /// <summary>Makes them.</summary>
    /// <param name="folder">A new folder.</param>
    public static string Make(string folder)
    {
        Directory.CreateDirectory(folder);
        Call(folder, "hessian", "--points", "5", "--out", "run-a");
        Call(folder, "hessian", "--points", "5", "--inv-delta-2", "1.5", "--out", "run-b");
        Call(folder, "phase", "--delta-p", "0.5,1", "--out", "run-c");
        Call(folder, "complexity", "--points", "5", "--inv-delta-2", "1.5,2.3", "--out", "run-d");
        foreach (string copy in new[] { "bad-data", "bad-table", "bad-manifest" })
        {
            Copy(Path.Combine(folder, "run-a"), Path.Combine(folder, copy));
        }

        Damage(Path.Combine(folder, "bad-data", "data.npz"));
        Damage(Path.Combine(folder, "bad-table", "data.csv"));
        Damage(Path.Combine(folder, "bad-manifest", "manifest.json"));
        Call(folder, "reproduce", "fig4-left", "--out", "bad-result");
        TamperTests.Tamper(Path.Combine(folder, "bad-result", "manifest.json"), ("result/rows/0/tolerance/value", "7"), ("result/rows/0/deviation", "{\"value\": 1.7e308, \"error\": 1.7e308, \"how\": \"estimate\"}"));
        Copy(Path.Combine(folder, "run-a"), Path.Combine(folder, "bad-number"));
        TamperTests.Tamper(Path.Combine(folder, "bad-number", "manifest.json"), ("result/theta/value", "-1.7e308"), ("result/outlier/value", "1.7e308"), ("result/bulk_left/error", "1e200"));
        Copy(Path.Combine(folder, "run-d"), Path.Combine(folder, "bad-kind"));
        TamperTests.Tamper(Path.Combine(folder, "bad-kind", "manifest.json"), ("result/rows/0/e_threshold", "\"low\""));
        Directory.CreateDirectory(Path.Combine(folder, "users"));
        File.WriteAllText(Path.Combine(folder, "users", "notes.txt"), "mine");
        Directory.CreateDirectory(Path.Combine(folder, "unfinished"));
        File.WriteAllText(Path.Combine(folder, "unfinished", "checkpoint-1"), "half");
        ResumeTests.Interrupted(folder, "dynamics", "--t", "0.4", "--out", "halfway").Ends(ExitCode.Cancelled);
        File.Copy(Path.Combine(folder, "run-a", "figure.svg"), Path.Combine(folder, "moved.svg"));
        File.WriteAllText(Path.Combine(folder, "foreign.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        File.WriteAllText(Path.Combine(folder, "file.txt"), "text");
        return folder;
    }

    /// <summary>Changes a byte in the middle of a file.</summary>
    /// <param name="file">The file.</param>
    public static void Damage(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>Copies a folder or a file.</summary>
    /// <param name="from">What stands.</param>
    /// <param name="to">A new place.</param>
    public static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Copy(from, to);
            return;
        }

        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private static void Call(string folder, params string[] words) => Workplace.Call(folder, null, words).Ends(ExitCode.Done);
}

internal sealed class FuzzPlace
{
    private const int LargestRead = 4_000_000;

    private readonly string fixture, outside;
    private readonly string[] names, standing;

    public FuzzPlace(string folder, string fixture)
    {
        this.fixture = fixture;
        Inside = Path.Combine(folder, "inside");
        outside = Path.Combine(folder, "outside");
        Directory.CreateDirectory(outside);
        FuzzFixture.Copy(Path.Combine(fixture, "run-a"), Path.Combine(outside, "run-a"));
        names = [.. Directory.GetFileSystemEntries(fixture).Select(entry => Path.GetFileName(entry))];
        standing = State();
    }

    /// <summary>What no number may be printed as.</summary>
    public static IReadOnlyList<string> NotNumbers { get; } = ["NaN", "Infinity", "∞"];

    /// <summary>The folder that a call works in.</summary>
    public string Inside { get; }

    /// <summary>Makes the folder of a call, with the parts of the fixture that its words name.</summary>
    /// <param name="words">The words.</param>
    public void Prepare(string[] words)
    {
        Directory.CreateDirectory(Inside);
        foreach (string name in names.Where(name => words.Any(word => word.Contains(name, StringComparison.Ordinal))))
        {
            FuzzFixture.Copy(Path.Combine(fixture, name), Path.Combine(Inside, name));
        }
    }

    /// <summary>Deletes the folder of a call.</summary>
    public void Clear() => Directory.Delete(Inside, recursive: true);

    /// <summary>What a call did that none may: a report of a bug, a trace outside its folder.</summary>
    public string? Complaint() => File.Exists(Path.Combine(Inside, "thalweg-report.txt")) ? "a bug was reported: " + File.ReadAllText(Path.Combine(Inside, "thalweg-report.txt"))
        : !State().SequenceEqual(standing) ? "files outside the folder changed: " + string.Join(", ", State().Except(standing))
        : null;

    /// <summary>What is wrong with a file that a call wrote; null when nothing is.</summary>
    /// <param name="file">The file.</param>
    public static string? Unsound(string file)
    {
        if (!File.Exists(file) || new FileInfo(file).Length > LargestRead)
        {
            return null;
        }

        if (Path.GetExtension(file) == ".npz")
        {
            using var stream = File.OpenRead(file);
            var (tables, fields) = Npz.Read(stream);
            return tables.SelectMany(table => table.Columns).FirstOrDefault(column => !Array.TrueForAll(column.Values, double.IsFinite)) is { } column ? $"not finite: column {column.Name} of {file}"
                : fields.Any(field => !Array.TrueForAll(field.Values, double.IsFinite)) ? "not finite: a field of " + file
                : null;
        }

        string text = Path.GetExtension(file) is ".svg" or ".csv" or ".json" ? File.ReadAllText(file, Encoding.UTF8) : string.Empty;
        return NotNumbers.FirstOrDefault(word => text.Contains(word, StringComparison.Ordinal)) is { } found ? $"\"{found}\" in a file: {Path.GetFileName(file)}" : null;
    }

    private string[] State() =>
        [.. new DirectoryInfo(Path.GetDirectoryName(outside)!).EnumerateFileSystemInfos().Select(entry => entry.Name).Where(name => name != "inside").Order(StringComparer.Ordinal), .. new DirectoryInfo(outside).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(entry => $"{entry.FullName} {entry.LastWriteTimeUtc:O} {(entry as FileInfo)?.Length}").Order(StringComparer.Ordinal)];
}
