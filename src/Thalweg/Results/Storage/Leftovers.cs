// Temporary siblings of a file or folder being written: their names, the locks of living writers, and what dead ones left.
using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;

namespace Thalweg.Results.Storage;

/// <summary>Names ".target.0123456789abcdef.ending" beside a target; a writer holds its file open, so what can be opened alone is of the dead.</summary>
internal static class Leftovers
{
    private const int Digits = 16;

    /// <summary>A new identity of a writer.</summary>
    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Digits / 2));

    /// <summary>The path of a sibling.</summary>
    /// <param name="target">The full path of the target.</param>
    /// <param name="id">The writer's identity.</param>
    /// <param name="ending">"tmp", "new", "old" or "lock".</param>
    public static string Sibling(string target, string id, string ending) => Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{id}.{ending}");

    /// <summary>The siblings that stand beside a target, of living and dead writers.</summary>
    /// <param name="target">The full path of the target.</param>
    public static List<(string Id, string Ending)> Of(string target)
    {
        var found = new List<(string Id, string Ending)>();
        string folder = Path.GetDirectoryName(target)!, start = "." + Path.GetFileName(target) + ".";
        if (!Directory.Exists(folder))
        {
            return found;
        }

        foreach (string path in Directory.EnumerateFileSystemEntries(folder))
        {
            var name = Path.GetFileName(path.AsSpan());
            if (name.StartsWith(start, StringComparison.Ordinal) && name.Length > start.Length + Digits + 1)
            {
                var id = name.Slice(start.Length, Digits);
                var ending = name[(start.Length + Digits)..];
                if (IsHexadecimal(id) && ending is ".tmp" or ".new" or ".old" or ".lock")
                {
                    found.Add((id.ToString(), ending[1..].ToString()));
                }
            }
        }

        return found;
    }

    /// <summary>Whether a text is of lower-case hexadecimal digits.</summary>
    /// <param name="text">The text.</param>
    public static bool IsHexadecimal(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Creates a sibling of a target under a new identity and keeps it locked until disposed; it may be renamed and deleted meanwhile.</summary>
    /// <param name="target">The full path of the target.</param>
    /// <param name="ending">"tmp" or "lock".</param>
    /// <exception cref="IOException">The folder does not let us write.</exception>
    public static (FileStream Stream, string Id) Create(string target, string ending)
    {
        const int attempts = 8;
        for (int attempt = 1; ; attempt++)
        {
            string id = NewId(), path = Sibling(target, id, ending);
            try
            {
                var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);

                // Between the creation and the lock a cleaner may have taken the file for a dead one's, deleted it and gone; under the lock nobody can any more.
                if (File.Exists(path))
                {
                    return (stream, id);
                }

                stream.Dispose();
            }
            catch (IOException) when (attempt < attempts && Directory.Exists(Path.GetDirectoryName(target)))
            {
                // A cleaner holds the new file at this instant: it will be gone, and a new name is free.
            }
        }
    }

    /// <summary>Locks the file of a dead writer and deletes it when disposed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Null when its writer lives, another cleaner has it, or it is gone.</returns>
    public static FileStream? Seize(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
