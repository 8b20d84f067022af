// Links between the pages: every file and every heading that a page points to exists, and every page can be reached.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Thalweg.Tests.Docs;

public partial class LinkTests
{
    [Fact]
    public void Every_link_leads_somewhere()
    {
        foreach (string page in Repository.Pages)
        {
            foreach (string target in Targets(page))
            {
                if (Uri.TryCreate(target, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                {
                    Assert.Equal("https", address!.Scheme);
                    continue;
                }

                string[] parts = target.Split('#');
                string file = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]).Replace('\\', '/');
                string full = Path.GetFullPath(Repository.PathOf(file));
                Assert.True(File.Exists(full) || Directory.Exists(full), $"{page} links to {target}, which does not exist");
                Assert.True(full.StartsWith(Repository.Root, StringComparison.Ordinal), $"{page} links to {target}, outside the repository");
                if (parts.Length > 1)
                {
                    Assert.True(Anchors(Path.GetRelativePath(Repository.Root, full)).Contains(parts[1]), $"{page} links to {target}, and that page has no such heading");
                }
            }
        }
    }

    [Fact]
    public void Every_page_is_reached_from_the_readme()
    {
        var reached = new HashSet<string> { "README.md" };
        var queue = new Queue<string>(reached);
        while (queue.TryDequeue(out string? page))
        {
            var pages = Targets(page).Select(target => target.Split('#')[0]).Where(target => target.EndsWith(".md", StringComparison.Ordinal) && !target.Contains(':', StringComparison.Ordinal));
            foreach (string target in pages)
            {
                string file = Path.GetRelativePath(Repository.Root, Path.GetFullPath(Repository.PathOf(Path.Combine(Path.GetDirectoryName(page)!, target)))).Replace('\\', '/');
                if (reached.Add(file))
                {
                    queue.Enqueue(file);
                }
            }
        }

        // Tables of benchmarks, one a processor, are found in their folder, which a page names.
        Assert.DoesNotContain(Repository.Pages.Except(reached), page => !page.StartsWith("bench/results/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Targets(string page) =>
        Link().Matches(Code().Replace(Repository.Read(page), string.Empty)).Select(match => match.Groups["target"].Value);

    // Headings as GitHub names them: lower case, spaces as dashes, other marks left out.
    private static HashSet<string> Anchors(string page) =>
        [.. Repository.Lines(page.Replace('\\', '/')).Where(line => line.StartsWith('#'))
            .Select(line => Marks().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-'))];

    [GeneratedRegex(@"\[[^\]\[]*(?:\[[^\]]*\][^\]\[]*)*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"```.*?```|`[^`\n]*`(?!\]\()", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\s-]")]
    private static partial Regex Marks();
}
