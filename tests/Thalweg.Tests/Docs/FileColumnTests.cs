// The table of columns in docs/results-and-files.md is checked like code: what each command writes into its folder is what stands there, in that order.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Thalweg.Cli;
using Thalweg.Figures;
using Thalweg.Results.Storage;
using Thalweg.Tests.Cli;
using Xunit;

namespace Thalweg.Tests.Docs;

public sealed partial class FileColumnTests : IDisposable
{
    private const string NotForMixtures = "(not for a mixture)", Elsewhere = "those of ";

    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Theory]
    [InlineData("analyze")]
    [InlineData("analyze --mixture \"x^2 + x^3\" --planted")]
    [InlineData("phase --delta-p 0.5,1")]
    [InlineData("phase --mixture \"x^2 + x^3\"")]
    [InlineData("complexity --points 5")]
    [InlineData("complexity --points 5 --quenched")]
    [InlineData("complexity --points 5 --n 3 --trials 3")]
    [InlineData("complexity --points 5 --mixture x^3 --at-energy -1.5")]
    [InlineData("hessian --points 5")]
    [InlineData("hessian --points 5 --n 20 --trials 2 --t 2")]
    [InlineData("threshold --t 60 --tol 0.1")]
    [InlineData("simulate --n 12 --trials 2 --t 1")]
    [InlineData("simulate --n 12 --trials 2 --t 1 --at 0.5 --waiting 0,0.5 --lowest 2 --response 0.01")]
    [InlineData("simulate --n 12 --trend 8 --trials 2 --t 1 --m0 0.5")]
    [InlineData("simulate --n 12 --diluted 4 --trend 8 --trials 2 --t 1 --m0 0.5")]
    [InlineData("amp --n 40 --trials 2 --inv-delta-2 20 --m0 0.9")]
    [InlineData("critical-points --problem p-spin --dim 8 --starts 4")]
    [InlineData("certify --problem flat-valley --point valley")]
    [InlineData("check-derivatives --problem tensor")]
    [InlineData("escape --problem tensor --dim 4 --trials 3")]
    [InlineData("escape --problem tube --dim 3 --trials 3")]
    [InlineData("walk --problem nesterov")]
    [InlineData("probe --model phase-retrieval --n 20 --trials 2")]
    [InlineData("probe --model spiked --n 20 --trials 2 --t 5")]
    [InlineData("probe --model spiked --n 20 --trials 2 --t 5 --along")]
    [InlineData("probe --model spiked --theory")]
    [InlineData("certify --problem tensor --method gd")]
    [InlineData("rates first-order --trials 2 --accuracy 0.1")]
    [InlineData("rates dimension --dims 4,8 --trials 4")]
    [InlineData("rates langevin --beta 4,5 --trials 50 --step 0.2")]
    [InlineData("threshold --mixture \"x^2 + 0.2 x^3 + 0.1 x^4\" --planted --t 60 --tol 0.1")]
    public void Files_hold_the_columns_that_are_documented(string words) => Assert.Equal(Documented(words), Written(words));

    [Theory]
    [InlineData("fig2")]
    [InlineData("fig3")]
    [InlineData("fig4-left")]
    public void Data_of_a_figure_are_those_of_the_runs_behind_it(string id)
    {
        Assert.Equal(["`<figure>_<k>_<table>`"], Rows().Where(row => row[0] == "`reproduce`").Select(row => row[1]));
        var expected = FigureCatalog.Find(id)!.Ingredients
            .SelectMany((ingredient, i) => Documented(ingredient.CommandLine["thalweg ".Length..]).Select(table => (Name: $"{id.Replace('-', '_')}_{i + 1}_{table.Name}", table.Columns)));
        Assert.Equal(expected, Written("reproduce " + id));
    }

    [Fact]
    public void Every_command_that_writes_a_folder_stands_in_the_table()
    {
        Assert.Equal(CommandLine.Runs.Where(run => run.KeepsFolder).Select(run => run.Command).Order(), Rows().Select(row => Command(row)[0]).Distinct().Order());
        string page = Repository.Read("docs/results-and-files.md");
        Assert.All(CommandLine.Runs.Where(run => !run.KeepsFolder), run => Assert.Contains($"`{run.Command}`", page, StringComparison.Ordinal));
    }

    // Tables and their columns, in the order of the page, by the rows whose words all stand in the call.
    private static IEnumerable<(string Name, string Columns)> Documented(string words)
    {
        string[] call = words.Split(' ');
        bool mixture = call.Contains("--mixture");
        return
            from row in Rows()
            where Command(row)[0] == call[0] && Command(row).All(call.Contains) && Applies(row[1], mixture)
            from name in Quoted(row[1])
            select (name, Columns(row[2], mixture));
    }

    private static string Columns(string cell, bool mixture) => cell.StartsWith(Elsewhere, StringComparison.Ordinal)
        ? Columns(Rows().Single(row => row[0] == cell[Elsewhere.Length..])[2], mixture)
        : string.Join(',', cell.Split(", ").Where(column => Applies(column, mixture)).Select(column => column.Split(' ')[0]));

    private static bool Applies(string text, bool mixture) => !(mixture && text.EndsWith(NotForMixtures, StringComparison.Ordinal));

    // The same from the arrays of a folder, with which the headers of its CSV files must agree.
    private IEnumerable<(string Name, string Columns)> Written(string words)
    {
        place.Call([.. System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(words), "--out", "x"]).Ends(ExitCode.Done);
        var tables = RunFolder.Read(place["x"]).Outcome.Tables.Select(table => (table.Name, Columns: string.Join(',', table.Columns.Select(column => column.Name)))).ToArray();
        Assert.Equal(tables.Length, Directory.GetFiles(place["x"], "*.csv").Length);
        for (int i = 0; i < tables.Length; i++)
        {
            Assert.Equal(tables[i].Columns, File.ReadLines(place[i == 0 ? "x/data.csv" : $"x/data-{tables[i].Name}.csv"]).First());
        }

        return tables;
    }

    private static string[] Command(string[] row) => row[0].Trim('`').Split(' ');

    private static IEnumerable<string> Quoted(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    private static IEnumerable<string[]> Rows()
    {
        string page = Repository.Read("docs/results-and-files.md");
        int begin = page.IndexOf("| command | table | columns |", StringComparison.Ordinal), end = page.IndexOf("\n\n", begin, StringComparison.Ordinal);
        return page[begin..end].Split('\n').Skip(2).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
