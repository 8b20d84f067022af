// The glossary is checked like code: every C# name exists and is public, every option is taken and every key is produced by some command.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Thalweg.Cli;
using Thalweg.Figures;
using Thalweg.Results;
using Thalweg.Runs;
using Xunit;
using Record = Thalweg.Results.Record;

namespace Thalweg.Tests.Docs;

public partial class GlossaryTests
{
    // Commands whose results together show every key.
    private static readonly string[][] Calls =
    [
        ["analyze", "inv-delta-2=2.3"],
        ["phase", "delta-p=0.5,1"],
        ["complexity", "inv-delta-2=1.5", "at-energy=-1.5", "indices=1", "quenched=true"],
        ["complexity", "n=2", "trials=2"],
        ["complexity", "mixture=x^3"],
        ["hessian", "inv-delta-2=2.7", "n=20", "trials=2", "t=2"],
        ["reproduce", "id=table-thresholds"],
        ["eq", "number=5"],
        ["dynamics", "t=1", "tol=1e-3", "at=0.5"],
        ["dynamics", "mixture=x^3", "t=1", "tol=1e-3"],
        ["simulate", "n=20", "trend=12", "trials=2", "t=1", "at=0.5", "waiting=0.5", "lowest=1", "response=0.01"],
        ["amp", "n=20", "trials=2", "iterations=3"],
        ["critical-points", "problem=p-spin", "dim=8", "starts=4"],
        ["certify", "problem=flat-valley", "point=valley"],
        ["check-derivatives", "problem=tensor"],
        ["escape", "problem=tube", "dim=3", "trials=3"],
        ["walk", "problem=nesterov"],
        ["probe", "model=phase-retrieval", "n=20,30", "trials=2"],
        ["probe", "model=spiked", "n=30,40", "trials=2", "t=5", "diluted=10,15", "along=true"],
        ["certify", "problem=tensor", "method=gd"],
        ["rates", "law=first-order", "trials=2", "accuracy=0.1"],
        ["rates", "law=dimension", "dims=4,8", "trials=4"],
        ["rates", "law=langevin", "beta=4,5", "trials=50", "step=0.2"],
        ["threshold", "t=60", "tol=0.1", "convergence-times=true"],
    ];

    private static readonly Lazy<HashSet<string>> Keys = new(() =>
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (string[] call in Calls)
        {
            var run = CommandLine.Runs.Single(candidate => candidate.Command == call[0]);
            var set = new ParameterSet(call.Skip(1).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));
            var outcome = run.Execute(set, RunContext.Default);
            Collect(outcome.Result, keys);
            keys.UnionWith(outcome.Tables.SelectMany(table => table.Columns.Select(column => column.Name).Append(table.Name)));
            keys.UnionWith(run.Parameters.Concat(CommonParameters.All).Select(parameter => parameter.Key));
        }

        keys.UnionWith(["command", "version", "status", "parameters", "result", "files", "wall_s", "peak_mb", "value", "error", "low", "high", "how", "why"]);
        return keys;
    });

    private static readonly HashSet<string> Options =
        [.. CommandLine.Runs.SelectMany(run => run.Parameters).Concat(CommandLine.FolderCommands.SelectMany(command => command.Parameters))
            .Concat(CommonParameters.All).Select(parameter => "--" + parameter.Name)];

    private static readonly Type[] Types =
        [.. new[] { typeof(global::Thalweg.Numerics.PortableMath), typeof(Quantity), typeof(Recipe), typeof(CommandLine) }.SelectMany(type => type.Assembly.GetExportedTypes())];

    [Fact]
    public void Names_in_the_glossary_exist()
    {
        var rows = Rows("GLOSSARY.md").ToArray();
        Assert.True(rows.Length > 20);
        foreach (string[] cells in rows)
        {
            Assert.Equal(5, cells.Length);
            foreach (string name in Quoted(cells[1]))
            {
                Assert.True(Exists(name), $"the glossary names {name}, which is no public type or member");
            }

            foreach (string word in Quoted(cells[2]))
            {
                Assert.True(word.StartsWith('-') ? Options.Contains(word) : Keys.Value.Contains(word), $"the glossary lists {word}, which no command takes or produces");
            }
        }
    }

    [Trait("Speed", "slow")]
    [Fact]
    public void Keys_of_the_contract_are_produced()
    {
        // First column of the tables of docs/results-and-files.md below the heading of keys.
        string text = Repository.Read("docs/results-and-files.md");
        int begin = text.IndexOf("## Keys", StringComparison.Ordinal), end = text.IndexOf("\n## ", begin + 1, StringComparison.Ordinal);
        var keys = Quoted(string.Join('\n', text[begin..end].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')[1]))).ToArray();
        Assert.True(keys.Length > 20);
        Assert.Empty(keys.Except(Keys.Value));

        // ... and nothing that analyze, phase, complexity or hessian produce is left out.
        var produced = new HashSet<string>(StringComparer.Ordinal);
        foreach (string[] call in Calls.Take(6))
        {
            var run = CommandLine.Runs.Single(candidate => candidate.Command == call[0]);
            Collect(run.Execute(new ParameterSet(call.Skip(1).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1])), RunContext.Default).Result, produced);
        }

        Assert.Empty(produced.Except(keys));
    }

    // The curve of analyze is that of complexity, without the column that tells models apart.
    [Fact]
    public void Analyze_has_the_curve_of_complexity()
    {
        Table one = Tables("analyze").Single(table => table.Name == "curves"), other = Tables("complexity").Single(table => table.Name == "curves");
        Assert.Equal(other.Columns.Select(column => column.Name).Skip(1), one.Columns.Select(column => column.Name));
        Assert.All(one.Columns, column =>
        {
            var same = other[column.Name];
            Assert.Equal(same.Values, column.Values);
            Assert.Equal(same.Kind, column.Kind);
            Assert.Equal(same.Exists ?? [], column.Exists ?? []);
            Assert.Equal(same.Labels ?? [], column.Labels ?? []);
        });
    }

    private static IReadOnlyList<Table> Tables(string call)
    {
        string[] words = call.Split(' ');
        return CommandLine.Runs.Single(candidate => candidate.Command == words[0]).Execute(new ParameterSet(words.Skip(1).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1])), RunContext.Default).Tables;
    }

    private static bool Exists(string name)
    {
        string[] words = name.Split('.');
        return words.Length == 1
            ? Types.Any(type => Bare(type) == words[0])
            : Types.Any(type => Bare(type) == words[^2] && type.GetMember(words[^1], BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Length > 0);
    }

    private static string Bare(Type type) => type.Name.Split('`')[0];

    private static IEnumerable<string> Quoted(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    private static IEnumerable<string[]> Rows(string page) =>
        Repository.Lines(page).Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()).Where(cells => cells[0] != "in the paper");

    private static void Collect(Record record, HashSet<string> keys)
    {
        foreach (var (key, datum) in record)
        {
            keys.Add(key);
            Collect(datum, keys);
        }
    }

    private static void Collect(Datum datum, HashSet<string> keys)
    {
        if (datum is Datum.Nested nested)
        {
            Collect(nested.Record, keys);
        }
        else if (datum is Datum.Many many)
        {
            foreach (var item in many.Items)
            {
                Collect(item, keys);
            }
        }
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
