// Results changed by hand, the files as they were: verify names the first path that differs, compare and verify never print what is no number.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Thalweg.Cli;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Xunit;

namespace Thalweg.Tests.Cli;

public sealed class TamperTests : IDisposable
{
    private const string Analyze = "analyze", Phase = "phase --delta-p 0.5,1", Counts = "complexity --n 2 --trials 2 --points 2", Figure = "reproduce fig4-left";

    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    // The words of a run, the place in its manifest, what stands there instead as JSON text (nothing to take it out), and what verify says of it.
    [Trait("Speed", "slow")]
    [Theory]
    [InlineData(Analyze, "result/regime/value", "\"trivial\"", "regime.value is \"trivial\" in the folder and \"surfing\" when computed again")]
    [InlineData(Analyze, "result/regime/why", "\"because\"", "regime.why is")]
    [InlineData(Analyze, "result/regime", "", "regime is missing in the folder")]
    [InlineData(Analyze, "result/complexity/e_zero", "", "complexity.e_zero is missing in the folder")]
    [InlineData(Analyze, "result/complexity/e_zero", "\"low\"", "complexity.e_zero is of another kind")]
    [InlineData(Analyze, "result/complexity/inv_delta2", "2.4", "complexity.inv_delta2 is 2.4 in the folder and 2.3 when computed again")]
    [InlineData(Analyze, "result/complexity/e_new", "1", "complexity.e_new is not there when computed again")]
    [InlineData(Analyze, "result/thresholds/why/inv_delta2_it_jump", "\"because\"", "thresholds.inv_delta2_it_jump")]
    [InlineData(Analyze, "result/thresholds/delta2_gf/how", "\"simulation\"", "thresholds.delta2_gf")]
    [InlineData(Analyze, "result/thresholds/delta2_gf/value", "0.6", "thresholds.delta2_gf differs by")]
    [InlineData(Analyze, "result/thresholds/delta2_gf/error", "1e-9", "thresholds.delta2_gf has error 1E-09 in the folder")]
    [InlineData(Analyze, "result/thresholds/delta2_gf/error", "1e300", "thresholds.delta2_gf has error 1E+300 in the folder")]
    [InlineData(Analyze, "result/thresholds/delta2_gf", "{\"value\": null, \"why\": \"lost\"}", "thresholds.delta2_gf")]
    [InlineData(Analyze, "result/thresholds/inv_delta2_it_jump", "{\"value\": 1, \"error\": 0.1, \"how\": \"root\"}", "thresholds.inv_delta2_it_jump is 1 in the folder and does not exist when computed again")]
    [InlineData(Analyze, "result/dynamics", "3", "dynamics")]
    [InlineData(Analyze, "status", "\"not_converged\"", "status is \"not_converged\" in the folder and \"converged\" when computed again")]
    [InlineData(Analyze, "sentence", "\"all is well\"", "sentence is \"all is well\" in the folder")]
    [InlineData(Analyze, "hash", "\"0123456789ab\"", "hash is \"0123456789ab\" in the folder")]
    [InlineData(Phase, "result/rows/1", "", "rows has 1 entry in the folder and 2 when computed again")]
    [InlineData(Phase, "result/rows/1/delta_p", "2", "rows[1].delta_p is 2 in the folder and 1 when computed again")]
    [InlineData(Counts, "result/rows/0/counts/trials", "3", "rows[0].counts.trials is 3 in the folder and 2 when computed again")]
    [InlineData(Counts, "result/rows/0/counts/lines/0/points", "\"all\"", "rows[0].counts.lines[0].points is")]
    [InlineData(Figure, "result/rows/0/tolerance/value", "7", "rows[0].tolerance is 7 in the folder and")]
    [InlineData(Figure, "result/rows/0/checks", "1000", "rows[0].checks is 1000 in the folder")]
    public void Verify_names_the_first_path_that_differs(string words, string path, string instead, string sentence)
    {
        place.Call([.. words.Split(' '), "--out", "a"]).Ends(ExitCode.Done);
        place.Call("verify", "a").Ends(ExitCode.Done);
        Tamper(place["a/manifest.json"], (path, instead));
        var answer = place.Call("verify", "a", "--json").Ends(ExitCode.CheckFailed);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
        Assert.Null(JsonContract.Breach(answer.Output));
        Speaks(answer);
        Speaks(place.Call("verify", "a").Ends(ExitCode.CheckFailed));
        Speaks(place.Call("compare", "a", "a").Ends(ExitCode.Done));
    }

    // A data file written anew together with its hash in the manifest: what is left to notice is the run itself.
    [Theory]
    [InlineData("value", "row 3 of column shift in table curves is")]
    [InlineData("mask", "row 3 of column shift in table curves exists when computed again")]
    [InlineData("words", "column kind in table curves has other words")]
    [InlineData("table", "table spectrum is missing in the folder")]
    public void Verify_names_the_first_cell_that_differs(string what, string sentence)
    {
        place.Call("analyze", "--out", "a").Ends(ExitCode.Done);
        var stored = RunFolder.Read(place["a"]);
        RunFolder.Write(place["b"], stored.Manifest, stored.Outcome with { Tables = [.. stored.Outcome.Tables.Where(table => what != "table" || table.Name != "spectrum").Select(table => table.Name == "curves" ? new(table.Name, [.. table.Columns.Select(Changed)]) : table)] }, []);
        var answer = place.Call("verify", "b").Ends(ExitCode.CheckFailed);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
        Speaks(answer);

        Column Changed(Column column) => (what, column.Name) switch
        {
            ("value", "shift") => new(column.Name, [.. column.Values.Select((value, i) => i == 3 ? value + 1 : value)]),
            ("mask", "shift") => new(column.Name, [.. column.Values], [.. column.Values.Select((_, i) => i != 3)]),
            ("words", "kind") => Column.Coded(column.Name, [.. column.Values.Select(value => (int)value)], ["one", "two", "three"]),
            _ => column,
        };
    }

    [Fact]
    public void Time_alone_may_differ()
    {
        place.Call([.. Figure.Split(' '), "--out", "a"]).Ends(ExitCode.Done);
        Tamper(place["a/manifest.json"], ("result/rows/0/wall_s", "77"), ("wall_s", "77"), ("peak_mb", "77"));
        place.Call("verify", "a").Ends(ExitCode.Done);
    }

    [Theory]
    [InlineData(Figure, "result/rows/0/tolerance/value", "7", "has no error to measure the difference by")]
    [InlineData(Analyze, "result/thresholds/inv_delta2_it_jump", "{\"value\": 1, \"error\": 0.1, \"how\": \"root\"}", "exists only once")]
    public void A_difference_without_an_error_is_no_number(string words, string path, string instead, string why)
    {
        place.Call([.. words.Split(' '), "--out", "a"]).Ends(ExitCode.Done);
        FuzzFixture.Copy(place["a"], place["b"]);
        Tamper(place["b/manifest.json"], (path, instead));
        var answer = place.Call("verify", "b", "--json").Ends(ExitCode.CheckFailed);
        var result = answer.Json().GetProperty("result");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, result.GetProperty("largest_difference_in_error_bars").ValueKind);
        Assert.Contains(why, result.GetProperty("why").GetProperty("largest_difference_in_error_bars").GetString(), StringComparison.Ordinal);
        Speaks(answer);
        var compared = place.Call("compare", "a", "b", "--json").Ends(ExitCode.Done);
        Assert.Null(JsonContract.Breach(compared.Output));
        Speaks(compared);
    }

    // Numbers and errors at the ends of double precision: their difference or its square is beyond it.
    [Fact]
    public void The_largest_doubles_are_compared()
    {
        place.Call("hessian", "--out", "a").Ends(ExitCode.Done);
        FuzzFixture.Copy(place["a"], place["b"]);
        Tamper(place["a/manifest.json"], ("result/theta/value", "1.7e308"), ("result/bulk_left/error", "1.7e308"), ("result/bulk_right/error", "1e200"));
        Tamper(place["b/manifest.json"], ("result/theta/value", "-1.7e308"), ("result/bulk_left/error", "1.7e308"), ("result/bulk_left/value", "7"), ("result/bulk_right/value", "1e300"));
        foreach (string words in new[] { "compare a b", "compare b a", "compare a b --json", "verify a", "verify b --json" })
        {
            var answer = place.Call(words.Split(' ')).Ends(words.StartsWith("verify", StringComparison.Ordinal) ? ExitCode.CheckFailed : ExitCode.Done);
            Speaks(answer);
            Assert.Null(words.EndsWith("--json", StringComparison.Ordinal) ? JsonContract.Breach(answer.Output) : null);
        }
    }

    // The drawing finds no number, no list, no row, no column where its run wrote one.
    [Theory]
    [InlineData("hessian", "result/outlier", "\"none\"")]
    [InlineData("hessian", "result/outlier", "")]
    [InlineData("complexity --points 5", "result/rows", "[]")]
    [InlineData("complexity --points 5", "result/rows", "\"none\"")]
    [InlineData("complexity --points 5", "result/rows", "[1,2,3]")]
    [InlineData("analyze", "result/regime/why", "3")]
    [InlineData("analyze", "result/complexity/e_threshold", "true")]
    public void Replot_refuses_what_it_cannot_draw(string words, string path, string instead)
    {
        place.Call([.. words.Split(' '), "--out", "a"]).Ends(ExitCode.Done);
        Tamper(place["a/manifest.json"], (path, instead));
        Assert.Contains("verify names what was changed", place.Refused("replot", "a"), StringComparison.Ordinal);
    }

    // A key that reads like the path of another: no path stands for two places.
    [Fact]
    public void Keys_with_dots_are_keys()
    {
        place.Call([.. Phase.Split(' '), "--out", "a"]).Ends(ExitCode.Done);
        Tamper(place["a/manifest.json"], ("result/rows[0].delta2_gf", "{\"value\": 1, \"error\": 0.1, \"how\": \"root\"}"));
        Assert.Contains("rows[0].delta2_gf", place.Call("verify", "a").Ends(ExitCode.CheckFailed).Error, StringComparison.Ordinal);
        place.Call("compare", "a", "a").Ends(ExitCode.Done);
    }

    [Fact]
    public void Compare_names_parameters_that_only_one_run_has()
    {
        place.Call("complexity", "--points", "5", "--out", "a").Ends(ExitCode.Done);
        place.Call("complexity", "--points", "6", "--at-energy", "-1.8", "--no-planted", "--out", "b").Ends(ExitCode.Done);
        string[] Changed(string first, string second) =>
            [.. place.Call("compare", first, second, "--json").Ends(ExitCode.Done).Json().GetProperty("result").GetProperty("parameters_that_differ").EnumerateArray().Select(item => item.GetString()!)];
        Assert.Superset(new HashSet<string> { "points", "at-energy", "no-planted", "planted" }, Changed("a", "b").ToHashSet());
        Assert.Equal(Changed("a", "b").Order(StringComparer.Ordinal), Changed("b", "a").Order(StringComparer.Ordinal));
        Assert.DoesNotContain("delta-p", Changed("a", "b"));
        Assert.Empty(Changed("a", "a"));
    }

    /// <summary>Changes entries of a JSON file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="changes">A path with "/" between keys and indices, and JSON text; empty text takes the entry out.</param>
    internal static void Tamper(string file, params (string Path, string Instead)[] changes)
    {
        var root = JsonNode.Parse(File.ReadAllText(file))!;
        foreach (var (path, instead) in changes)
        {
            string[] keys = path.Split('/');
            var owner = keys[..^1].Aggregate(root, (node, key) => node is JsonArray list ? list[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)]! : node[key]!);
            if (owner is JsonArray items)
            {
                items.RemoveAt(int.Parse(keys[^1], System.Globalization.CultureInfo.InvariantCulture));
            }
            else if (instead.Length == 0)
            {
                Assert.True(owner.AsObject().Remove(keys[^1]), path);
            }
            else
            {
                owner[keys[^1]] = JsonNode.Parse(instead);
                Explain(owner.AsObject(), keys[^1]);
            }
        }

        File.WriteAllText(file, root.ToJsonString());
    }

    // A null has its reason beside it and a number has none.
    private static void Explain(JsonObject owner, string key)
    {
        if (owner["why"] is JsonObject reasons && owner[key] is not null)
        {
            reasons.Remove(key);
        }
    }

    private static void Speaks(Answer answer) => Assert.All(FuzzPlace.NotNumbers, word => Assert.DoesNotContain(word, answer.Output + answer.Error, StringComparison.Ordinal));
}
