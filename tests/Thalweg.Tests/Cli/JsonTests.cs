// The JSON contract: the envelope, the keys that scripts rely on, one object and nothing else, the same in every culture.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Thalweg.Cli;
using Xunit;

namespace Thalweg.Tests.Cli;

public sealed class JsonTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Theory]
    [InlineData("analyze", "regime thresholds complexity hessian dynamics")]
    [InlineData("analyze --mixture x^3", "regime thresholds complexity hessian dynamics")]
    [InlineData("analyze --no-planted", "regime thresholds complexity hessian dynamics")]
    [InlineData("phase --delta-p 0.5,1", "rows: delta_p delta2_gf delta2_triv delta2_triv_all_overlaps delta2_ml_amp delta2_amp inv_delta2_it inv_delta2_spinodal delta2_langevin")]
    [InlineData("phase --mixture x^3 --planted", "rows: delta_p delta2_gf delta2_triv delta2_triv_all_overlaps delta2_ml_amp delta2_amp inv_delta2_it inv_delta2_spinodal delta2_langevin")]
    [InlineData("complexity --inv-delta-2 1.5,2.3 --points 20", "rows: inv_delta2 e_threshold complexity_at_threshold e_index1_to_minima e_zero m_ml e_ml")]
    [InlineData("complexity --at-energy -1.8,-1.7,5 --indices 2 --points 20", "rows: inv_delta2 e_threshold complexity_at_threshold e_index1_to_minima e_zero m_ml e_ml points")]
    [InlineData("hessian --overlap 0.3", "theta shift bulk_left bulk_right outlier outlier_overlap2")]
    [InlineData("hessian --inv-delta-2 1e-3 --energy 0", "theta shift bulk_left bulk_right outlier outlier_overlap2")]
    [InlineData("dynamics --t 1 --tol 1e-3", "final e_threshold ageing why")]
    [InlineData("dynamics --t 200 --tol 1e-3 --no-planted", "final e_threshold ageing")]
    [InlineData("dynamics --t 200 --tol 1e-3 --m0 linear --temperature 0.1", "final e_threshold ageing")]
    [InlineData("reproduce fig4-left", "rows: id status deviation tolerance wall_s")]
    [InlineData("eq 5", "")]
    [InlineData("cite", "")]
    [InlineData("info", "")]
    public void Every_command_keeps_the_contract(string words, string keys)
    {
        var answer = place.Call([.. words.Split(' '), "--json"]).Ends(ExitCode.Done);
        Assert.Null(JsonContract.Breach(answer.Output));
        Assert.Equal(string.Empty, answer.Error);
        var root = answer.Json();
        Assert.Equal(words.Split(' ')[0], root.GetProperty("command").GetString());
        Assert.Equal("converged", root.GetProperty("status").GetString());
        var result = root.GetProperty("result");
        bool rows = keys.StartsWith("rows: ", StringComparison.Ordinal);
        Assert.All<JsonElement>(rows ? result.GetProperty("rows").EnumerateArray().ToArray() : [result], row => Assert.Empty(keys.Replace("rows: ", string.Empty, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(Keys(row))));
        string[] files = [.. root.GetProperty("files").EnumerateArray().Select(file => file.GetString()!)];
        Assert.All(files, file => Assert.True(System.IO.File.Exists(file), file));
        Assert.Equal(files.Length, place.Content.Count(entry => !entry.EndsWith(' ')));
    }

    [Fact]
    public void Every_command_that_keeps_a_folder_has_works_to_cite()
    {
        foreach (var run in CommandLine.Runs.Where(run => run.KeepsFolder))
        {
            string[] keys = [.. place.Call("cite", run.Command, "--json").Ends(ExitCode.Done).Json().GetProperty("result").GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!)];
            Assert.Contains("thalweg", keys);
            Assert.Contains("saraomannelli2019afraid", keys);
            Assert.Equal(run.Command is "dynamics" or "threshold" or "simulate", keys.Contains("cugliandolo1993analytical") && keys.Contains("crisanti1993spherical"));
        }
    }

    [Fact]
    public void Keys_inside_are_those_of_the_contract()
    {
        var regime = place.Call("analyze", "--json").Json().GetProperty("result").GetProperty("regime");
        Assert.Contains(regime.GetProperty("value").GetString(), new[] { "impossible", "hard", "trapped", "surfing", "trivial", "on the line" });
        Assert.NotEmpty(regime.GetProperty("why").GetString()!);
        var analysis = place.Call("analyze", "--json").Json().GetProperty("result");
        Assert.Superset(Keys(place.Call("phase", "--delta-p", "1", "--json").Json().GetProperty("result").GetProperty("rows")[0]).ToHashSet(), Keys(analysis.GetProperty("thresholds")).ToHashSet());
        Assert.Superset(Keys(place.Call("hessian", "--json").Json().GetProperty("result")).ToHashSet(), Keys(analysis.GetProperty("hessian")).ToHashSet());
        var point = place.Call("complexity", "--at-energy", "-1.8", "--json").Json().GetProperty("result").GetProperty("rows")[0].GetProperty("points")[0];
        Assert.Superset(new HashSet<string> { "energy", "complexity", "complexity_minima", "shift", "kind" }, Keys(point).ToHashSet());
    }

    [Fact]
    public void Folder_commands_keep_it_too()
    {
        place.Call("hessian", "--out", "a").Ends(ExitCode.Done);
        place.Call("hessian", "--inv-delta-2", "1.5", "--out", "b").Ends(ExitCode.Done);
        FuzzFixture.Copy(place["a"], place["damaged"]);
        FuzzFixture.Damage(place["damaged/data.npz"]);
        foreach (var (words, code) in new[] { ("verify a", 0), ("compare a b", 0), ("compare a a", 0), ("replot a", 0), ("verify damaged", 1) })
        {
            var answer = place.Call([.. words.Split(' '), "--json"]).Ends(code);
            Assert.Null(JsonContract.Breach(answer.Output));
            Assert.Equal(words.Split(' ')[0], answer.Json().GetProperty("command").GetString());
        }

        Assert.Equal(["folder", "quantities", "identical_data", "largest_difference_in_error_bars", "problems"], Keys(place.Call("verify", "a", "--json").Json().GetProperty("result")));
        Assert.Equal(["parameters_that_differ", "quantities", "rows"], Keys(place.Call("compare", "a", "b", "--json").Json().GetProperty("result")));
        Assert.Equal(["pictures", "note"], Keys(place.Call("replot", "a", "--json").Json().GetProperty("result")));
    }

    [Theory]
    [InlineData("analyze")]
    [InlineData("phase --delta-p 1,2")]
    [InlineData("complexity --points 5")]
    [InlineData("hessian")]
    [InlineData("reproduce fig4-left")]
    [InlineData("eq 5")]
    public void Quiet_says_nothing(string words)
    {
        var answer = place.Call([.. words.Split(' '), "--quiet"]).Ends(ExitCode.Done);
        Assert.Equal(string.Empty, answer.Output + answer.Error);
    }

    [Theory]
    [InlineData("analyze --delta-p 1.5")]
    [InlineData("phase --delta-p 0.5,1.5 --temperature 0.25")]
    [InlineData("complexity --inv-delta-2 1.5 --at-energy -1.75 --points 7 --tol 1e-12")]
    [InlineData("hessian --overlap -0.25")]
    [InlineData("reproduce table-thresholds")]
    [InlineData("eq 5 --delta-p 0.5")]
    public void Numbers_are_the_same_in_every_culture(string words)
    {
        string text = string.Empty, json = string.Empty;
        foreach (var culture in new[] { CultureInfo.InvariantCulture, German() })
        {
            using var fresh = new Workplace();
            var before = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = culture;
                var plain = Workplace.Call(fresh.Path, null, words.Split(' '));
                string shown = plain.Code + plain.Error + WithoutTimes(plain.Output.Replace(fresh.Path, string.Empty, StringComparison.Ordinal));
                string answer = Workplace.Call(fresh.Path, null, [.. words.Split(' '), "--json"]).Json().GetProperty("result").GetRawText();
                Assert.DoesNotContain("NaN", shown, StringComparison.Ordinal);
                Assert.DoesNotContain("Infinity", shown, StringComparison.Ordinal);
                Assert.True(text.Length == 0 || text == shown, text + "\n--- became ---\n" + shown);
                Assert.True(json.Length == 0 || json == WithoutTimes(answer), json + "\n--- became ---\n" + WithoutTimes(answer));
                (text, json) = (shown, WithoutTimes(answer));
                foreach (string folder in System.IO.Directory.GetDirectories(fresh["runs"]))
                {
                    Workplace.Call(fresh.Path, null, "verify", folder).Ends(ExitCode.Done);
                }
            }
            catch (System.IO.DirectoryNotFoundException)
            {
                Assert.StartsWith("eq", words, StringComparison.Ordinal);
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }

    [Theory]
    [InlineData("hessian --overlap 0,5")]
    [InlineData("phase --tol 0,001")]
    public void A_decimal_comma_is_refused_in_every_culture(string words)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = German();
            Assert.Contains("did you mean 0.", place.Refused(words.Split(' ')), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Cultures of the system are not loaded (InvariantGlobalization); whoever uses the library may have one.
    private static CultureInfo German()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "\u2212", NaNSymbol = "NaN", PercentDecimalSeparator = "," };
        return culture;
    }

    private static string WithoutTimes(string text) => string.Join('\n', text.Split('\n').Where(line => !line.Contains("wall_s", StringComparison.Ordinal)));

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
