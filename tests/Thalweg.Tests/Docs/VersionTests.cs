// The version stands in one place, and the pages that repeat it agree.
using System;
using System.Linq;
using System.Xml.Linq;
using Thalweg.Cli;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Docs;

public class VersionTests
{
    private static readonly string Version = XDocument.Load(Repository.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

    [Fact]
    public void Program_citation_and_changelog_agree()
    {
        Assert.Equal(Version, Machine.Here.Version);
        Assert.Contains($"version: {Version}", Repository.Lines("CITATION.cff"));
        Assert.Equal($"## {Version}", Repository.Lines("CHANGELOG.md").First(line => line.StartsWith("## ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Commands_of_the_changelog_and_the_program_are_the_same()
    {
        string line = Repository.Lines("CHANGELOG.md").First(text => text.StartsWith("* Commands ", StringComparison.Ordinal));
        var named = line.Split('`').Where((_, i) => i % 2 == 1);
        var real = CommandLine.Runs.Select(run => run.Command).Concat(CommandLine.FolderCommands.Select(command => command.Command));
        Assert.Equal(real.Order(), named.Order());
    }
}
