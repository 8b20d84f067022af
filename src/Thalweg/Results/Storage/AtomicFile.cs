// A file is replaced as a whole or not at all: written beside its place, flushed to the disk, renamed over.
using System;
using System.IO;
using System.Text;

namespace Thalweg.Results.Storage;

/// <summary>Writes files so that a reader, or a process killed at any moment, finds the old content or the new one, never a part.</summary>
/// <remarks>
/// The temporary file ".name.0123456789abcdef.tmp" stands in the same folder and is locked while it is written; the next write to the same place deletes those of dead writers.
/// Of several writers at once the last to finish wins, with all its content.
/// </remarks>
public static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Its place; the folder must exist.</param>
    /// <param name="content">Writes the content; called once.</param>
    /// <exception cref="IOException">The file cannot be written or the place is a folder; nothing is changed then.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not let us write.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        ArgumentNullException.ThrowIfNull(content);
        path = Path.GetFullPath(path);
        DeleteLeftovers(path);
        var (stream, id) = Leftovers.Create(path, "tmp");
        using var lasting = stream;
        string temporary = Leftovers.Sibling(path, id, "tmp");
        try
        {
            content(stream);
            stream.Flush(flushToDisk: true);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a file of bytes.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="content">The bytes.</param>
    public static void Write(string path, byte[] content) => Write(path, stream => stream.Write(content));

    /// <summary>Writes a file of text in UTF-8.</summary>
    /// <param name="path">Its place.</param>
    /// <param name="content">The text.</param>
    public static void Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    /// <summary>Deletes what dead writers left beside a place; a write does so by itself.</summary>
    /// <param name="path">The place.</param>
    public static void DeleteLeftovers(string path)
    {
        path = Path.GetFullPath(path);
        foreach (var (id, ending) in Leftovers.Of(path))
        {
            if (ending == "tmp")
            {
                Leftovers.Seize(Leftovers.Sibling(path, id, ending))?.Dispose();
            }
        }
    }
}
