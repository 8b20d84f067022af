// A folder is replaced as a whole or not at all: filled beside its place, the old one moved aside, the new one moved in.
using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;

namespace Thalweg.Results.Storage;

/// <summary>Writes whole folders so that a process killed at any moment loses neither the old content nor a finished new one.</summary>
/// <remarks>
/// POSIX renames a folder over an empty one only, so the exchange takes steps, all with siblings ".name.0123456789abcdef.*":
/// create and lock .lock; fill .tmp; rename .tmp to .new (from here the new folder counts); rename the place to .old; rename .new to the place; rename .old to .tmp and delete it; delete .lock. So .old and .new are always whole, .tmp never counts.
/// Between the fourth and the fifth step the place is empty for an instant: <see cref="Settle"/> waits for a living writer and finishes the steps of a dead one, and every write begins with it.
/// </remarks>
public static class AtomicFolder
{
    private const int Attempts = 50;

    /// <summary>Writes a folder.</summary>
    /// <param name="path">Its place; the folder above is created if need be.</param>
    /// <param name="fill">Writes the files into the temporary folder whose path it gets.</param>
    /// <param name="check">Throws a <see cref="BadInputException"/> when the folder that stood in the place, whose path aside it gets, must not be replaced; it is then put back.</param>
    /// <exception cref="IOException">The folder cannot be written; nothing is changed then, nor by whatever else <paramref name="fill"/> throws.</exception>
    public static void Write(string path, Action<string> fill, Action<string> check)
    {
        ArgumentNullException.ThrowIfNull(fill);
        ArgumentNullException.ThrowIfNull(check);
        path = Normal(path);
        string? above = Path.GetDirectoryName(path);
        int missing = Missing(above);
        Directory.CreateDirectory(above!);
        try
        {
            Settle(path, check);
            Replace(path, fill, check);
        }
        catch
        {
            DeleteEmpty(above, missing);
            throw;
        }
    }

    private static void Replace(string path, Action<string> fill, Action<string> check)
    {
        var (writing, id) = Leftovers.Create(path, "lock");
        using var lasting = writing;
        string temporary = Leftovers.Sibling(path, id, "tmp"), finished = Leftovers.Sibling(path, id, "new");
        try
        {
            Directory.CreateDirectory(temporary);
            fill(temporary);
            Directory.Move(temporary, finished);
            Exchange(path, id, check);
        }
        finally
        {
            Delete(temporary);
            Delete(finished);
            File.Delete(Leftovers.Sibling(path, id, "lock"));
        }
    }

    /// <summary>Finishes what dead writers of a place began: a folder that was filled moves in, parts of one are deleted.</summary>
    /// <param name="path">The place.</param>
    /// <param name="check">Throws when a folder must not be replaced; the finished new one then stays beside it.</param>
    public static void Settle(string path, Action<string> check)
    {
        path = Normal(path);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            bool exchanging = false;
            foreach (var (id, ending) in Leftovers.Of(path))
            {
                string locked = Leftovers.Sibling(path, id, "lock");
                if (ending == "lock" && Leftovers.Seize(locked) is { } seized)
                {
                    using (seized)
                    {
                        Finish(path, id, check);
                    }
                }
                else if (ending != "lock" && !File.Exists(locked))
                {
                    Finish(path, id, check);
                }
                else
                {
                    exchanging |= ending == "old";
                }
            }

            if (Directory.Exists(path) || !exchanging)
            {
                return;
            }

            Thread.Sleep(10);
        }
    }

    private static void Finish(string path, string id, Action<string> check)
    {
        string aside = Leftovers.Sibling(path, id, "old");
        Delete(Leftovers.Sibling(path, id, "tmp"));
        if (Directory.Exists(aside) && !TryMove(aside, path) && IsAllowed(check, aside))
        {
            Discard(path, id);
        }

        if (Directory.Exists(Leftovers.Sibling(path, id, "new")))
        {
            Exchange(path, id, check);
        }
    }

    private static void Exchange(string path, string id, Action<string> check)
    {
        string aside = Leftovers.Sibling(path, id, "old"), finished = Leftovers.Sibling(path, id, "new");
        for (int attempt = 0; !TryMove(finished, path); attempt++)
        {
            if (attempt == Attempts)
            {
                throw new IOException("cannot move the finished folder to " + path);
            }

            // What stands in the place is looked at where nobody else will touch it.
            if (TryMove(path, aside))
            {
                try
                {
                    check(aside);
                }
                catch
                {
                    TryMove(aside, path);
                    throw;
                }

                if (TryMove(finished, path))
                {
                    break;
                }

                // Another writer was faster, and now its folder is the old one.
                Discard(path, id);
            }
        }

        Discard(path, id);
    }

    private static void Discard(string path, string id)
    {
        string temporary = Leftovers.Sibling(path, id, "tmp");
        if (TryMove(Leftovers.Sibling(path, id, "old"), temporary))
        {
            Delete(temporary);
        }
    }

    private static bool IsAllowed(Action<string> check, string folder)
    {
        try
        {
            check(folder);
            return true;
        }
        catch (BadInputException)
        {
            return false;
        }
    }

    private static bool TryMove(string from, string to)
    {
        try
        {
            if (!Exists(to))
            {
                Directory.Move(from, to);
                return true;
            }
        }
        catch (IOException)
        {
            // Another writer was faster, or there is nothing to move: the caller looks again.
        }

        return false;
    }

    private static bool Exists(string path) => Directory.Exists(path) || File.Exists(path);

    // How many folders, from this one upwards, do not exist.
    private static int Missing(string? folder)
    {
        int missing = 0;
        for (; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            missing++;
        }

        return missing;
    }

    // What a write that failed has created above its place.
    private static void DeleteEmpty(string? folder, int count)
    {
        try
        {
            for (; count > 0 && folder is not null; count--, folder = Path.GetDirectoryName(folder))
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another writer is at work in it.
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It never was, another cleaner deletes it, or it is in use: the next write to the place tries again.
        }
    }

    private static string Normal(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
}
