// The file of a checkpoint: what was asked, the state of the run, and a hash over both.
using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace Thalweg.Results.Storage;

/// <summary>A run that can be continued.</summary>
/// <param name="Manifest">Its command, parameters, hash, machine and program, its start and the time it worked so far; the status is cancelled, and there are no results and files yet.</param>
/// <param name="State">Where it stood.</param>
public sealed record Checkpoint(Manifest Manifest, RunState State);

/// <summary>Writes and reads checkpoints; <see cref="RunFolder"/> knows their place.</summary>
/// <remarks>
/// A line "thalweg checkpoint 1"; the manifest as JSON; the texts; the arrays as rows of float64, little-endian; last the SHA-256 of everything before, as 64 hexadecimal digits.
/// Lengths are int32, texts have their length in bytes before them. Cost: the bytes are hashed once when written and twice read, without a copy in memory.
/// </remarks>
public static class CheckpointFile
{
    private const int HashDigits = 64;
    private const string Family = "thalweg checkpoint ", Format = Family + "1\n";

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(Checkpoint checkpoint, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(stream);
        using var hashing = new HashingStream(stream);
        using (var writer = new BinaryWriter(hashing, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Encoding.ASCII.GetBytes(Format));
            using var manifest = new MemoryStream();
            ManifestJson.Write(checkpoint.Manifest, manifest);
            writer.Write((int)manifest.Length);
            writer.Write(manifest.GetBuffer().AsSpan(0, (int)manifest.Length));
            writer.Write(checkpoint.State.Texts.Count);
            foreach (var (name, text) in checkpoint.State.Texts)
            {
                writer.Write(name);
                writer.Write(text);
            }

            writer.Write(checkpoint.State.Rows.Count);
            foreach (var (name, rows) in checkpoint.State.Rows)
            {
                writer.Write(name);
                writer.Write(rows.Count);
                writer.Write(rows.Count == 0 ? 0 : rows[0].Length);
                foreach (double[] row in rows)
                {
                    Npy.Write(row, ColumnKind.Real, writer.Write);
                }
            }
        }

        stream.Write(Encoding.ASCII.GetBytes(hashing.Finish()));
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="stream">The file, which can seek, at its beginning; left open.</param>
    /// <exception cref="FormatException">It is no checkpoint, of another format, or damaged: a sentence that fits behind the file's name.</exception>
    public static Checkpoint Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckFormat(stream);
        CheckHash(stream);
        try
        {
            using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
            var manifest = ManifestJson.Read(reader.ReadBytes(Length(reader, 1)), "the manifest in it");
            return Manifest.HashOf(manifest.Parameters) == manifest.Hash ? new(manifest, ReadState(reader)) : throw new FormatException("its hash is not that of its parameters");
        }
        catch (Exception exception) when (exception is EndOfStreamException or ArgumentException or FormatException)
        {
            throw new FormatException("is damaged: " + exception.Message, exception);
        }
    }

    private static RunState ReadState(BinaryReader reader)
    {
        var state = new RunState();
        for (int texts = Length(reader, 1); texts > 0; texts--)
        {
            state.Put(reader.ReadString(), reader.ReadString());
        }

        for (int entries = Length(reader, 1); entries > 0; entries--)
        {
            string name = reader.ReadString();
            int count = Length(reader, sizeof(double)), length = Length(reader, (long)sizeof(double) * count);
            var rows = new double[count][];
            for (int n = 0; n < count; n++)
            {
                rows[n] = new double[length];
                for (int i = 0; i < length; i++)
                {
                    rows[n][i] = reader.ReadDouble();
                }
            }

            state.Put(name, rows);
        }

        return state;
    }

    // A number of things that take so many bytes each: not more than the file has left.
    private static int Length(BinaryReader reader, long bytesEach)
    {
        int length = reader.ReadInt32();
        return length >= 0 && length * bytesEach <= reader.BaseStream.Length - reader.BaseStream.Position ? length : throw new FormatException($"a length in it is {length}");
    }

    private static void CheckFormat(Stream stream)
    {
        var start = new byte[Format.Length];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        string text = Encoding.Latin1.GetString(start, 0, read);
        if (text != Format)
        {
            throw new FormatException(read < Format.Length && Format.StartsWith(text, StringComparison.Ordinal) ? "is damaged: it breaks off" : text.StartsWith(Family, StringComparison.Ordinal) ? "is in a format of another version" : "is no checkpoint");
        }
    }

    // Leaves the stream behind the line of the format.
    private static void CheckHash(Stream stream)
    {
        long left = stream.Length - HashDigits;
        stream.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var part = new byte[1 << 16];
        while (left > 0 && stream.Read(part, 0, (int)Math.Min(left, part.Length)) is > 0 and var read)
        {
            hash.AppendData(part, 0, read);
            left -= read;
        }

        var written = new byte[HashDigits];
        int digits = stream.ReadAtLeast(written, HashDigits, throwOnEndOfStream: false);
        if (left != 0 || digits < HashDigits || Encoding.ASCII.GetString(written) != Convert.ToHexStringLower(hash.GetHashAndReset()))
        {
            throw new FormatException("is damaged: its bytes do not match the checksum in it");
        }

        stream.Position = Format.Length;
    }
}
