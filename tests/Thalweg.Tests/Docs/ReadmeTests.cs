// Every command shown on a page is run in this process and its output compared with what the page shows; every shown program is a sample that runs.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Thalweg.Cli;
using Xunit;

namespace Thalweg.Tests.Docs;

public class ReadmeTests
{
    // Where the reader is said to be; the test replaces its own temporary folder by it.
    private const string ReadersFolder = "/home/you/thalweg";

    // Commands that a page may show and that no test can run from inside: they are the tests.
    private static readonly string[] NotRun =
    [
        "./test.sh",
    ];

    public static TheoryData<string> PagesWithCommands => [.. Repository.Pages.Where(page => ShownCommand.Of(page).Count > 0)];

    [Fact]
    public void The_readme_begins_with_the_two_commands_of_a_fresh_machine()
    {
        var commands = ShownCommand.Of("README.md").Select(command => command.Command).ToArray();
        Assert.Equal("./thalweg analyze --p 3 --delta-p 1 --inv-delta-2 2.3", commands[0]);
        Assert.Contains("./test.sh", commands);
    }

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public void Shown_commands_give_the_shown_output(string page)
    {
        string root = Path.Combine(Path.GetTempPath(), "thalweg-docs-" + Guid.NewGuid().ToString("N")[..12]);
        Directory.CreateDirectory(root);
        try
        {
            var lines = Repository.Lines(page).ToList();
            int exit = 0, moved = 0;
            foreach (var command in ShownCommand.Of(page))
            {
                var real = Output(command, root, ref exit);
                if (real is null || command.Agrees(real))
                {
                    continue;
                }

                Assert.True(Repository.IsUpdating, $"{command} gives\n{string.Join('\n', real)}\nand the page shows\n{string.Join('\n', command.Shown)}");
                var fresh = command.Rewritten(real);
                lines.RemoveRange(command.FirstLine + moved, command.Shown.Count);
                lines.InsertRange(command.FirstLine + moved, fresh);
                moved += fresh.Count - command.Shown.Count;
            }

            Repository.MustHold(page, string.Join('\n', lines));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    // As a reader runs them: by the SDK, from the file alone; in Release, so that the library that was built for the tests is used.
    [Fact]
    [Trait("Speed", "slow")]
    public async Task Samples_run_as_programs_of_one_file()
    {
        foreach (var (sample, twin) in SampleTwins.All)
        {
            using var expected = new StringWriter { NewLine = "\n" };
            twin(expected);
            var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string word in new[] { "run", "-c", "Release", sample })
            {
                start.ArgumentList.Add(word);
            }

            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Replace("\r\n", "\n", StringComparison.Ordinal);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, output + await error);
            Assert.Equal(expected.ToString(), output);
        }
    }

    [Fact]
    public void Shown_programs_are_samples_and_samples_are_run()
    {
        var shown = new HashSet<string>();
        foreach (string page in Repository.Pages)
        {
            foreach (Match block in Regex.Matches(Repository.Read(page), @"(?:<!-- (?<sample>samples/[^ ]+) -->\n)?```csharp\n(?<code>.*?)```", RegexOptions.Singleline))
            {
                string sample = block.Groups["sample"].Value;
                Assert.True(sample.Length > 0, $"{page} shows a program without the line \"<!-- samples/name.cs -->\" before it");
                if (Repository.IsUpdating && Repository.Read(sample) != block.Groups["code"].Value)
                {
                    Repository.MustHold(page, Repository.Read(page).Replace(block.Groups["code"].Value, Repository.Read(sample), StringComparison.Ordinal));
                }
                else
                {
                    Assert.Equal(Repository.Read(sample), block.Groups["code"].Value);
                }

                shown.Add(sample);
            }
        }

        foreach (string sample in Directory.EnumerateFiles(Repository.PathOf("samples"), "*.cs").Select(file => "samples/" + Path.GetFileName(file)))
        {
            Assert.True(SampleTwins.All.ContainsKey(sample), $"{sample} has no twin in SampleTwins.cs, so that nothing runs it");
            Assert.Equal(Body(Repository.Read(sample)), SampleTwins.BodyOf(sample));
            Assert.Contains(sample, shown);
        }
    }

    // The statements of a sample: what follows its directives, comments and using lines.
    private static string Body(string text)
    {
        static bool IsHead(string line) => line.Length == 0 || line.StartsWith('#') || line.StartsWith("//", StringComparison.Ordinal) || line.StartsWith("using ", StringComparison.Ordinal);
        return string.Join('\n', text.Split('\n').SkipWhile(IsHead)).TrimEnd();
    }

    // Null for a command that is not run here.
    private static string[]? Output(ShownCommand command, string root, ref int exit)
    {
        if (command.Command == "echo $?")
        {
            return [exit.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        }

        var words = ShownCommand.Words(command.Command);
        if (words is ["dotnet", "run", var sample])
        {
            using var text = new StringWriter { NewLine = "\n" };
            SampleTwins.All[sample](text);
            return text.ToString().Split('\n');
        }

        if (words[0] != "./thalweg")
        {
            Assert.True(NotRun.Contains(command.Command), $"{command} is not run by any test: show it as text, or say here why it cannot be run");
            Assert.DoesNotContain(command.Shown, line => line.Trim().Length > 0);
            return null;
        }

        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        using var host = new Host { Output = output, Error = error, Root = root };
        exit = CommandLine.Run([.. words.Skip(1)], host);
        return (output.ToString() + error).Replace(root, ReadersFolder, StringComparison.Ordinal).Split('\n');
    }
}
