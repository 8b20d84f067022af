// The small versions of what scripts do at full size: the list of mutations fits the sources, and measure.sh knows its rows.
using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;

namespace Thalweg.Tests.Docs;

public class MeasurementTests
{
    // tests/mutate.sh builds and tests each of these; here only what would make it say "stale".
    [Fact]
    public void Every_mutation_still_fits_its_file_exactly_once()
    {
        string[] lines = [.. Repository.Lines("tests/mutations.txt").Where(line => line.Length > 0 && !line.StartsWith('#'))];
        Assert.True(lines.Length >= 10);
        Assert.Equal(lines.Length, lines.Distinct().Count());
        foreach (string line in lines)
        {
            string[] parts = line.Split(" | ", 3);
            Assert.True(parts.Length == 3 && parts[1].Length > 0 && parts[1] != parts[2], line);
            Assert.True(File.Exists(Repository.PathOf("src/Thalweg/" + parts[0])), line);
            string text = Repository.Read("src/Thalweg/" + parts[0]);
            int first = text.IndexOf(parts[1], StringComparison.Ordinal);
            Assert.True(first >= 0 && text.IndexOf(parts[1], first + 1, StringComparison.Ordinal) < 0, $"stands not exactly once in its file: {line}");
        }
    }

    // Every file of these rooms has a line, and a new one brings its own; but for those that only arrange what others compute.
    [Fact]
    public void Every_formula_has_a_mutation()
    {
        string[] without = ["ComplexityCurve.cs", "OverlapCurve.cs", "MatrixFamily.cs", "PhaseDiagram.cs"];
        string list = Repository.Read("tests/mutations.txt");
        foreach (string room in new[] { "Complexity", "Spectra", "StateEvolution", "Thresholds" })
        {
            string[] files = [.. Directory.GetFiles(Repository.PathOf("src/Thalweg/" + room), "*.cs").Select(file => Path.GetFileName(file)).Except(without)];
            Assert.NotEmpty(files);
            Assert.All(files, file => Assert.Contains($"\n{room}/{file} | ", list, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("there is no row \"9\"; the rows are 2.1 2.2 ", "9")]
    [InlineData("there is no row \"2.\"; the rows are 2.1 2.2 ", "2.")]
    [InlineData("\"2.3\" after \"2.2\"", "2.2", "2.3")]
    [InlineData("\"all\" is unknown", "all")]
    public void Rows_that_do_not_exist_are_refused(string sentence, params string[] words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "measure.sh needs a POSIX shell");
        var start = new ProcessStartInfo("sh") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("measure.sh");
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd(), error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(2, process.ExitCode);
        Assert.Empty(output);
        Assert.StartsWith("measure.sh: ", error, StringComparison.Ordinal);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }
}
