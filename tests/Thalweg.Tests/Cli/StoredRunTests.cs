// What is done with run folders: verify names the damage, compare measures in error bars, replot draws from the folder or from the picture alone.
using System;
using System.IO;
using System.Linq;
using Thalweg.Cli;
using Xunit;

namespace Thalweg.Tests.Cli;

public sealed class StoredRunTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Theory]
    [InlineData("analyze")]
    [InlineData("analyze --mixture \"x^2 + x^3\" --planted")]
    [InlineData("phase --delta-p 0.5,1,2 --temperature 0.3")]
    [InlineData("complexity --inv-delta-2 1.5,2.3 --overlap 0.2 --points 30 --at-energy -1.7")]
    [InlineData("complexity --mixture \"0.5 x^3 + 0.5 x^4\" --energy-range -2:-1.5 --points 30")]
    [InlineData("hessian --delta-2 0.5 --energy -1.6")]
    [InlineData("reproduce fig3")]
    [InlineData("reproduce statics")]
    public void A_run_is_verified_compared_and_redrawn(string words)
    {
        string[] list = [.. System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(words)];
        place.Call([.. list, "--out", "a"]).Ends(ExitCode.Done);
        place.Call("verify", "a").Ends(ExitCode.Done);
        place.Call("verify", "a", "--quiet", "--threads", "2").Ends(ExitCode.Done);
        var verified = place.Call("verify", "a", "--json").Json().GetProperty("result");
        Assert.True(verified.GetProperty("identical_data").GetBoolean());
        Assert.Equal(0, verified.GetProperty("problems").GetArrayLength());
        var compared = place.Call("compare", "a", "a", "--json").Json().GetProperty("result");
        Assert.Equal(0, compared.GetProperty("parameters_that_differ").GetArrayLength());
        Assert.All(compared.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("error_bars").ValueKind == System.Text.Json.JsonValueKind.Object), row => Assert.Equal(0, row.GetProperty("error_bars").GetProperty("value").GetDouble()));
        string[] pictures = [.. Directory.GetFiles(place["a"], "*.svg").Select(file => Path.GetFileName(file))];
        Assert.NotEmpty(pictures);
        place.Call("replot", "a", "--out", "b").Ends(ExitCode.Done);
        Assert.All(pictures, picture => Assert.Equal(File.ReadAllBytes(place["a/" + picture]), File.ReadAllBytes(place["b/" + picture])));
        File.Move(place["b/" + pictures[0]], place["moved.svg"]);
        place.Call("replot", "moved.svg", "--out", "c").Ends(ExitCode.Done);
        Assert.Equal(File.ReadAllBytes(place["moved.svg"]), File.ReadAllBytes(place["c/" + pictures[0]]));
        place.Call("verify", "a").Ends(ExitCode.Done);
    }

    [Theory]
    [InlineData("data.npz")]
    [InlineData("data.csv")]
    [InlineData("figure.svg")]
    public void Verify_names_the_file_that_is_damaged(string name)
    {
        place.Call("hessian", "--out", "a").Ends(ExitCode.Done);
        byte[] sound = File.ReadAllBytes(place["a/" + name]);
        for (int at = 0; at < sound.Length; at += sound.Length / 12)
        {
            byte[] bytes = [.. sound];
            bytes[at] ^= 0x10;
            File.WriteAllBytes(place["a/" + name], bytes);
            Assert.Contains(name, place.Call("verify", "a").Ends(ExitCode.CheckFailed).Error, StringComparison.Ordinal);
        }

        foreach (int length in new[] { 0, 1, sound.Length / 2, sound.Length - 1 })
        {
            File.WriteAllBytes(place["a/" + name], sound[..length]);
            Assert.Contains(name, place.Call("verify", "a").Ends(ExitCode.CheckFailed).Error, StringComparison.Ordinal);
        }

        File.Delete(place["a/" + name]);
        Assert.Contains(name + " is missing", place.Call("verify", "a", "--json").Ends(ExitCode.CheckFailed).Error, StringComparison.Ordinal);
        File.WriteAllBytes(place["a/" + name], sound);
        place.Call("verify", "a").Ends(ExitCode.Done);
    }

    [Fact]
    public void Verify_knows_a_damaged_manifest_from_a_folder_that_is_no_run()
    {
        place.Call("hessian", "--out", "a").Ends(ExitCode.Done);
        byte[] sound = File.ReadAllBytes(place["a/manifest.json"]);
        foreach (int length in new[] { 0, 1, sound.Length / 2 })
        {
            File.WriteAllBytes(place["a/manifest.json"], sound[..length]);
            Assert.Contains("manifest.json", place.Call("verify", "a").Ends(ExitCode.CheckFailed).Error, StringComparison.Ordinal);
            place.Refused("replot", "a");
            place.Refused("compare", "a", "a");
        }

        // A result that was changed by hand, the files as they were.
        string text = System.Text.Encoding.UTF8.GetString(sound);
        string changed = System.Text.RegularExpressions.Regex.Replace(text, "(\"theta\"[^}]*\"value\": 1\\.)1", "${1}2");
        Assert.NotEqual(text, changed);
        File.WriteAllText(place["a/manifest.json"], changed);
        Assert.Contains("theta", place.Call("verify", "a").Ends(ExitCode.CheckFailed).Error, StringComparison.Ordinal);
        File.Delete(place["a/manifest.json"]);
        Assert.Contains("no run folder", place.Refused("verify", "a"), StringComparison.Ordinal);
        Assert.Contains("no run folder", place.Refused("verify", "nowhere"), StringComparison.Ordinal);
        Directory.CreateDirectory(place["half"]);
        File.WriteAllText(place["half/checkpoint-1"], "half");
        Assert.Contains("resume", place.Refused("verify", "half"), StringComparison.Ordinal);
        place.Refused("verify", "half/checkpoint-1");
    }

    [Fact]
    public void Compare_measures_in_error_bars_and_names_the_parameters()
    {
        place.Call("hessian", "--out", "a").Ends(ExitCode.Done);
        place.Call("hessian", "--inv-delta-2", "1.5", "--out", "b").Ends(ExitCode.Done);
        place.Call("phase", "--delta-p", "1", "--out", "c").Ends(ExitCode.Done);
        var result = place.Call("compare", "a", "b", "--json").Json().GetProperty("result");
        Assert.Equal(["inv-delta-2"], result.GetProperty("parameters_that_differ").EnumerateArray().Select(item => item.GetString()));
        var theta = result.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("path").GetString() == "theta");
        double first = theta.GetProperty("first").GetProperty("value").GetDouble(), second = theta.GetProperty("second").GetProperty("value").GetDouble();
        Assert.Equal(second - first, theta.GetProperty("difference").GetProperty("value").GetDouble());
        Assert.True(theta.GetProperty("error_bars").GetProperty("value").GetDouble() > 1e6);
        string text = place.Call("compare", "a", "b").Ends(ExitCode.Done).Output;
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", text, StringComparison.Ordinal);
        Assert.Contains("compare runs of the same command", place.Refused("compare", "a", "c"), StringComparison.Ordinal);
        Assert.Contains("nowhere", place.Refused("compare", "a", "nowhere"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_redrawn_picture_never_damages_the_folder()
    {
        place.Call("hessian", "--out", "a").Ends(ExitCode.Done);
        foreach (string source in new[] { "a", "a/figure.svg", "a/" })
        {
            place.Call("replot", source, "--theme", "dark").Ends(ExitCode.Done);
            Assert.True(File.Exists(place["a-figure.svg"]));
            place.Call("verify", "a").Ends(ExitCode.Done);
        }

        place.Call("hessian", "--out", "a").Ends(ExitCode.Done);
        Assert.Contains("run folder", place.Refused("replot", "a", "--out", "a"), StringComparison.Ordinal);

        File.WriteAllText(place["file"], "text");
        Assert.Contains("--out", place.Refused("replot", "a", "--out", "file"), StringComparison.Ordinal);
        Directory.CreateDirectory(place["mine"]);
        File.WriteAllText(place["mine/figure.svg"], "text");
        Assert.Contains("not a picture of this run", place.Refused("replot", "a", "--out", "mine"), StringComparison.Ordinal);
        Assert.Equal("text", File.ReadAllText(place["mine/figure.svg"]));
        place.Refused("replot", "a", "--out", "file/below");
        Assert.Contains("--theme auto", place.Refused("replot", "a", "--theme", "auto", "--formats", "png"), StringComparison.Ordinal);
    }

    [Fact]
    public void One_picture_of_many_is_redrawn_alone()
    {
        place.Call("reproduce", "statics", "--out", "a").Ends(ExitCode.Done);
        place.Call("replot", "a/fig3.svg", "--out", "b", "--threads", "1").Ends(ExitCode.Done);
        Assert.Equal([place["b/fig3.svg"]], Directory.GetFiles(place["b"]));
        Assert.Equal(File.ReadAllBytes(place["a/fig3.svg"]), File.ReadAllBytes(place["b/fig3.svg"]));
        Assert.Equal(1, place.Call("replot", "a/fig2.svg", "--json").Ends(ExitCode.Done).Json().GetProperty("result").GetProperty("pictures").GetDouble());
        Assert.True(File.Exists(place["a-fig2.svg"]));
        File.WriteAllText(place["renamed.svg"], File.ReadAllText(place["a/fig3.svg"]).Replace("fig3", "fig33", StringComparison.Ordinal));
        Assert.Contains("no picture named fig33", place.Refused("replot", "renamed.svg", "--out", "c"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_foreign_picture_is_refused()
    {
        place.Call("hessian", "--out", "a").Ends(ExitCode.Done);
        string picture = File.ReadAllText(place["a/figure.svg"]);
        File.WriteAllText(place["foreign.svg"], "<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"1\"/></svg>");
        File.WriteAllText(place["text.svg"], "no picture");
        File.WriteAllText(place["empty.svg"], string.Empty);
        File.WriteAllText(place["half.svg"], picture[..picture.IndexOf("data_sha256", StringComparison.Ordinal)]);
        File.WriteAllText(place["command.svg"], picture.Replace("thalweg hessian", "thalweg dynamics", StringComparison.Ordinal));
        File.WriteAllText(place["folder.svg"], picture.Replace("thalweg hessian", "thalweg verify", StringComparison.Ordinal));
        File.WriteAllText(place["response.svg"], picture.Replace("thalweg hessian", "thalweg @/etc/passwd", StringComparison.Ordinal));
        File.WriteAllText(place["value.svg"], picture.Replace("--p 3", "--p 2", StringComparison.Ordinal));
        File.WriteAllText(place["other.svg"], picture.Replace("--inv-delta-2 2.3", "--inv-delta-2 2.4", StringComparison.Ordinal));
        foreach (string name in new[] { "foreign", "text", "empty", "half", "command", "folder", "response", "value", "other" })
        {
            string line = place.Refused("replot", name + ".svg");
            Assert.True(name == "value" ? line.Contains("--p 2", StringComparison.Ordinal) : line.Contains(name + ".svg", StringComparison.Ordinal), line);
        }

        File.Copy(place["a/figure.svg"], place["own.svg"]);
        place.Call("replot", "own.svg", "--out", "new").Ends(ExitCode.Done);
        File.Delete(place["own.svg"]);
        File.WriteAllText(place["figure.svg"], picture);
        place.Call("replot", "figure.svg").Ends(ExitCode.Done);
        Assert.Equal(picture, File.ReadAllText(place["figure.svg"]));
        place.Refused("replot", "a/data.npz");
        place.Refused("replot", "a/manifest.json");
    }
}
