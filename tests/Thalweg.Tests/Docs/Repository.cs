// The checkout that the tests were built from: its pages, and the one rule for generated text - compare, or rewrite when THALWEG_UPDATE is 1.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace Thalweg.Tests.Docs;

internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static bool IsUpdating => Environment.GetEnvironmentVariable("THALWEG_UPDATE") == "1";

    /// <summary>Every Markdown page, relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*.md")
            .Concat(new[] { "docs", "papers", "bench", "samples", "tests" }.Select(PathOf).Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    public static string Read(string relative) => File.ReadAllText(PathOf(relative)).Replace("\r\n", "\n", StringComparison.Ordinal);

    public static string[] Lines(string relative) => Read(relative).Split('\n');

    /// <summary>The file must hold this text; in update mode it is made to.</summary>
    public static void MustHold(string relative, string wanted)
    {
        string found = File.Exists(PathOf(relative)) ? Read(relative) : string.Empty;
        if (found == wanted)
        {
            return;
        }

        if (IsUpdating)
        {
            File.WriteAllText(PathOf(relative), wanted);
            return;
        }

        string[] old = found.Split('\n'), fresh = wanted.Split('\n');
        int line = Enumerable.Range(0, Math.Min(old.Length, fresh.Length)).FirstOrDefault(i => old[i] != fresh[i], Math.Min(old.Length, fresh.Length));
        Assert.Fail($"{relative} is not what the code gives, from line {line + 1} on; run the tests once with THALWEG_UPDATE=1 and look at the difference.\n"
            + $"there: {(line < old.Length ? old[line] : "(end)")}\ncode:  {(line < fresh.Length ? fresh[line] : "(end)")}");
    }

    /// <summary>The part of a page between two marker lines must be this text.</summary>
    public static void MustHold(string relative, string marker, IEnumerable<string> wanted)
    {
        var lines = Lines(relative).ToList();
        int begin = lines.IndexOf($"<!-- {marker}: generated -->"), end = lines.IndexOf("<!-- end -->", Math.Max(0, begin));
        Assert.True(begin >= 0 && end > begin, $"{relative} needs the lines \"<!-- {marker}: generated -->\" and \"<!-- end -->\"");
        lines.RemoveRange(begin + 1, end - begin - 1);
        lines.InsertRange(begin + 1, wanted);
        MustHold(relative, string.Join('\n', lines));
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Thalweg.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new FileNotFoundException("Thalweg.slnx was not found above the test program");
    }
}
