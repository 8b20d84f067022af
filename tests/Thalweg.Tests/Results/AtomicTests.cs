// Files and folders replaced as a whole: after a failure, after a kill at each step, and with two writers at once.
using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Xunit;

namespace Thalweg.Tests.Results;

public class AtomicTests
{
    private const string Id = ".0123456789abcdef.";

    private static void Fill(string folder, string text)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "a"), text);
        File.WriteAllText(Path.Combine(folder, "b"), text);
    }

    // Both files of one writer, or null where there is no folder.
    private static string? Content(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        string a = File.ReadAllText(Path.Combine(folder, "a"));
        Assert.Equal(a, File.ReadAllText(Path.Combine(folder, "b")));
        return a;
    }

    private static void Anything(string path)
    {
    }

    private static void Nothing(string path) => throw new BadInputException("yours");

    [Fact]
    public void A_file_is_replaced_and_a_failure_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.Write(folder["x"], "one");
        AtomicFile.Write(folder["x"], "two");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["x"], stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("two", File.ReadAllText(folder["x"]));
        Directory.CreateDirectory(folder["d"]);
        Assert.ThrowsAny<SystemException>(() => AtomicFile.Write(folder["d"], "three"));
        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(folder["none/x"], "four"));
        Assert.Equal(["d", "x"], folder.Names);
    }

    [Fact]
    public void Leftovers_of_the_dead_go_and_those_of_the_living_and_of_others_stay()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[".x" + Id + "tmp"], "half");
        File.WriteAllText(folder[".x.y" + Id + "tmp"], "of another target");
        File.WriteAllText(folder[".x.notes.tmp"], "the user's");
        using (var living = new FileStream(folder[".x.fedcba9876543210.tmp"], FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete))
        {
            AtomicFile.Write(folder["x"], "whole");
            Assert.Equal([".x.fedcba9876543210.tmp", ".x.notes.tmp", ".x.y" + Id + "tmp", "x"], folder.Names);
        }

        AtomicFile.DeleteLeftovers(folder["x"]);
        Assert.Equal([".x.notes.tmp", ".x.y" + Id + "tmp", "x"], folder.Names);
    }

    [Fact]
    public void Writers_of_one_file_at_once_leave_one_whole_content()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.Write(folder["x"], new string('0', 5000));
        Parallel.For(0, 60, new() { MaxDegreeOfParallelism = 6 }, i =>
        {
            AtomicFile.Write(folder["x"], new string((char)('1' + i % 9), 5000 + i));
            string seen = File.ReadAllText(folder["x"]);
            Assert.True(seen.Length >= 5000 && seen.All(c => c == seen[0]));
        });
        Assert.Equal(["x"], folder.Names);
    }

    [Fact]
    public void A_folder_is_replaced_and_a_failure_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        AtomicFolder.Write(folder["deep/x"], place => Fill(place, "zero"), Nothing);
        AtomicFolder.Write(folder["x"], place => Fill(place, "one"), Nothing);
        AtomicFolder.Write(folder["x"], place => Fill(place, "two"), Anything);
        Assert.Throws<BadInputException>(() => AtomicFolder.Write(folder["x"], place => Fill(place, "three"), Nothing));
        Assert.Throws<InvalidOperationException>(() => AtomicFolder.Write(folder["x"], place =>
        {
            Fill(place, "four");
            throw new InvalidOperationException();
        }, Anything));
        Assert.Equal("two", Content(folder["x"]));
        Assert.Equal(["deep", "x"], folder.Names);
    }

    // The states that a kill leaves, in the order of the steps; the last column is what must stand in the place afterwards.
    [Theory]
    [InlineData(true, "lock", "old")]
    [InlineData(true, "lock tmp", "old")]
    [InlineData(true, "lock new", "new")]
    [InlineData(false, "lock new aside", "new")]
    [InlineData(true, "lock aside", "old")]
    [InlineData(true, "tmp", "old")]
    [InlineData(true, "new", "new")]
    [InlineData(false, "new aside", "new")]
    [InlineData(false, "aside", "aside")]
    [InlineData(false, "lock tmp", null)]
    [InlineData(false, "lock new", "new")]
    public void A_kill_at_any_step_loses_nothing(bool standing, string left, string? expected)
    {
        using var folder = new TemporaryFolder();
        if (standing)
        {
            Fill(folder["x"], "old");
        }

        foreach (string part in left.Split(' '))
        {
            string path = folder[".x" + Id + (part == "aside" ? "old" : part)];
            if (part == "lock")
            {
                File.WriteAllText(path, string.Empty);
            }
            else if (part == "tmp")
            {
                Directory.CreateDirectory(path);
                File.WriteAllText(Path.Combine(path, "a"), "half");
            }
            else
            {
                Fill(path, part);
            }
        }

        AtomicFolder.Settle(folder["x"], Anything);
        Assert.Equal(expected, Content(folder["x"]));
        Assert.Equal(expected is null ? [] : ["x"], folder.Names);
        AtomicFolder.Write(folder["x"], place => Fill(place, "next"), Anything);
        Assert.Equal("next", Content(folder["x"]));
        Assert.Equal(["x"], folder.Names);
    }

    [Fact]
    public void What_must_not_be_replaced_survives_a_kill_too()
    {
        using var folder = new TemporaryFolder();
        Fill(folder["x"], "the user's");
        Fill(folder[".x" + Id + "new"], "new");
        Assert.Throws<BadInputException>(() => AtomicFolder.Settle(folder["x"], Nothing));
        Assert.Equal("the user's", Content(folder["x"]));
        Assert.Equal("new", Content(folder[".x" + Id + "new"]));

        Fill(folder["y"], "another's");
        Fill(folder[".y" + Id + "old"], "the user's");
        AtomicFolder.Settle(folder["y"], Nothing);
        Assert.Equal("another's", Content(folder["y"]));
        Assert.Equal("the user's", Content(folder[".y" + Id + "old"]));
    }

    [Fact]
    public void A_living_writer_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        AtomicFolder.Write(folder["x"], place =>
        {
            Fill(place, "outer");
            AtomicFolder.Write(folder["x"], inner => Fill(inner, "inner"), Anything);
            Assert.Equal("inner", Content(folder["x"]));
            Assert.Equal("outer", Content(place));
        }, Anything);
        Assert.Equal("outer", Content(folder["x"]));
        Assert.Equal(["x"], folder.Names);
    }

    [Fact]
    public void Writers_of_one_folder_at_once_leave_one_whole_folder()
    {
        using var folder = new TemporaryFolder();
        Parallel.For(0, 60, new() { MaxDegreeOfParallelism = 6 }, i => AtomicFolder.Write(folder["x"], place => Fill(place, "writer " + i), Anything));
        Assert.StartsWith("writer", Content(folder["x"]), StringComparison.Ordinal);
        Assert.Equal(["x"], folder.Names);
    }
}
