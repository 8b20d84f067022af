// manifest.json: what a run was asked, on what it ran, what it found, and the hash of each of its files.
using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;

namespace Thalweg.Results.Storage;

/// <summary>A file of a run.</summary>
/// <param name="Name">Its name in the run folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
public sealed record ManifestFile(string Name, long Bytes, string Sha256);

/// <summary>The record of a run; <see cref="ManifestJson"/> writes and reads it.</summary>
public sealed record Manifest
{
    /// <summary>The version of the file format that this library writes, and the latest it reads.</summary>
    public const int LatestFormat = 1;

    // Where the result goes and how it is shown does not change it: these are left out of the hash.
    private static readonly string[] Unhashed = ["out", "json", "quiet", "threads", "max-memory"];

    /// <summary>The command.</summary>
    public required string Command { get; init; }

    /// <summary>Every parameter including defaults, as text, in the order of the command's help.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>The hash of the parameters, see <see cref="HashOf"/>.</summary>
    public required string Hash { get; init; }

    /// <summary>The machine and the software.</summary>
    public Machine Machine { get; init; } = Machine.Here;

    /// <summary>The seed of the random numbers; null when there are none.</summary>
    public ulong? Seed { get; init; }

    /// <summary>When the run started; the offset is zero.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>When it stopped; the offset is zero.</summary>
    public DateTimeOffset Stopped { get; init; }

    /// <summary>How long it worked, in seconds; less than stopped less started for a run that was resumed, whose pauses do not count.</summary>
    public double WallSeconds { get; init; }

    /// <summary>The largest memory it held, in units of 10^6 bytes.</summary>
    public double PeakMegabytes { get; init; }

    /// <summary>How it ended.</summary>
    public Status Status { get; init; }

    /// <summary>What a user should know of the status; empty when converged.</summary>
    public string Sentence { get; init; } = string.Empty;

    /// <summary>Scalars at requested points, with their errors.</summary>
    public Record Result { get; init; } = [];

    /// <summary>The files of the folder but for the manifest itself.</summary>
    public IReadOnlyList<ManifestFile> Files { get; init; } = [];

    /// <summary>The beginning of a manifest: the command and its parameters with their hash, and the time of now as the start.</summary>
    /// <param name="command">The command.</param>
    /// <param name="parameters">Every parameter including defaults, as text.</param>
    /// <exception cref="ArgumentException">Two parameters have one name.</exception>
    public static Manifest Begin(string command, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in parameters)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException("two parameters are named " + name, nameof(parameters));
            }
        }

        return new() { Command = command, Parameters = parameters, Hash = HashOf(parameters), Started = DateTimeOffset.UtcNow };
    }

    /// <summary>The first twelve hexadecimal digits of the SHA-256 over the lines "name=value" of the parameters, sorted by name.</summary>
    /// <remarks>out, json, quiet, threads and max-memory are left out, with or without dashes before them: they do not change the result. A line break in a value counts as "\n".</remarks>
    /// <param name="parameters">Names and values.</param>
    public static string HashOf(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var lines = new List<string>();
        foreach (var (name, value) in parameters)
        {
            string bare = name.TrimStart('-').Replace('_', '-');
            if (Array.IndexOf(Unhashed, bare) < 0)
            {
                lines.Add(bare + "=" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\n");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))))[..12];
    }
}
