// Run folders through the command line: where they go, what their hash depends on, what is replaced and what is refused.
using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using Thalweg.Cli;
using Thalweg.Figures.Drawing;
using Xunit;

namespace Thalweg.Tests.Cli;

public sealed class FolderTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    private string[] Runs => [.. Directory.GetDirectories(place["runs"]).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Trait("Speed", "slow")]
    [Theory]
    [InlineData("analyze")]
    [InlineData("phase --delta-p 0.5,1")]
    [InlineData("complexity --points 5")]
    [InlineData("hessian --points 5")]
    [InlineData("reproduce fig4-left")]
    public void Options_that_do_not_shape_the_result_share_a_folder(string words)
    {
        string command = words.Split(' ')[0];
        void Same(params string[] more) => place.Call([.. words.Split(' '), .. more]).Ends(ExitCode.Done);
        Same();
        Assert.Matches($"^{command}-[0-9a-f]{{12}}$", Assert.Single(Runs));
        Same("--json");
        Same("--quiet");
        Same("--threads", "3");
        Same("--max-memory", "900M");
        Same("--json", "--threads", "1", "--quiet", "--max-memory", "2G");
        Assert.Single(Runs);
        Same("--out", "elsewhere");
        Assert.Equal("runs/" + Runs[0], $"runs/{command}-{JsonDocument.Parse(File.ReadAllText(place["elsewhere/manifest.json"])).RootElement.GetProperty("hash").GetString()}");
        Same("--seed", "2");
        Same("--tol", "1e-9");
        Assert.Equal(3, Runs.Length);
        Assert.Equal([".."], Directory.GetFileSystemEntries(place["runs"]).Select(_ => "..").Distinct());
    }

    [Fact]
    public void Defaults_and_spellings_do_not_change_the_hash_and_values_do()
    {
        foreach (string words in new[] { "hessian", "hessian --p 3", "hessian --delta-p 1.0 --planted", "hessian --inv-delta-2 2.30 --overlap 0", "hessian --overlap 0e5 --points 401 --seed 1 --tol 1e-10 --formats svg,svg" })
        {
            place.Call(words.Split(' ')).Ends(ExitCode.Done);
        }

        Assert.Single(Runs);
        foreach (string words in new[] { "hessian --p 4", "hessian --delta-p 1.1", "hessian --no-planted", "hessian --overlap 0.1", "hessian --points 402", "hessian --energy -1.7", "hessian --mixture x^3" })
        {
            place.Call(words.Split(' ')).Ends(ExitCode.Done);
        }

        Assert.Equal(8, Runs.Length);
        place.Call("complexity", "--mixture", "x^3+0.5 x^4", "--points", "5").Ends(ExitCode.Done);
        place.Call("complexity", "--mixture", "0.50 x^4 + 1 x^3", "--points", "5").Ends(ExitCode.Done);
        place.Call("complexity", "--inv-delta-2", "1:2:3", "--points", "5").Ends(ExitCode.Done);
        place.Call("complexity", "--inv-delta-2", "1,1.5,2", "--points", "5").Ends(ExitCode.Done);
        Assert.Equal(10, Runs.Length);
    }

    // What has no effect enters neither the hash nor the command line in the picture.
    [Fact]
    public void An_option_without_effect_is_not_kept()
    {
        place.Call("complexity", "--points", "5", "--out", "a").Ends(ExitCode.Done);
        place.Call("complexity", "--points", "5", "--at-energy", "-1.8", "--n", "2", "--trials", "2", "--out", "b").Ends(ExitCode.Done);
        string[] Kept(string folder) => [.. JsonDocument.Parse(File.ReadAllText(place[folder + "/manifest.json"])).RootElement.GetProperty("parameters").EnumerateObject().Select(property => property.Name)];
        Assert.Empty(Kept("a").Intersect(["trials", "indices", "n", "at-energy", "quenched"]));
        Assert.Equal(["at-energy", "indices", "n", "trials"], Kept("b").Intersect(["trials", "indices", "n", "at-energy", "quenched"]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("--trials", File.ReadAllText(place["a/figure.svg"]), StringComparison.Ordinal);
        foreach (string folder in new[] { "a", "b" })
        {
            place.Call("verify", folder).Ends(ExitCode.Done);
            place.Call("replot", folder + "/figure.svg").Ends(ExitCode.Done);
        }
    }

    [Fact]
    public void A_repeated_run_replaces_its_folder()
    {
        place.Call("hessian", "--out", "x").Ends(ExitCode.Done);
        byte[] manifest = File.ReadAllBytes(place["x/manifest.json"]), data = File.ReadAllBytes(place["x/data.npz"]);
        File.WriteAllText(place["x/data.csv"], "edited");
        place.Call("hessian", "--out", "x/").Ends(ExitCode.Done);
        Assert.Equal(data, File.ReadAllBytes(place["x/data.npz"]));
        Assert.NotEqual(manifest, File.ReadAllBytes(place["x/manifest.json"]));
        place.Call("verify", "x").Ends(ExitCode.Done);
        Assert.Equal([place["x"]], Directory.GetFileSystemEntries(place.Path));
    }

    [Fact]
    public void A_folder_of_the_user_is_refused_and_keeps_everything()
    {
        Directory.CreateDirectory(place["mine/deep"]);
        File.WriteAllText(place["mine/thesis.tex"], "years of work");
        File.WriteAllText(place["file"], "text");
        place.Call("phase", "--delta-p", "1", "--out", "other").Ends(ExitCode.Done);
        place.Call("hessian", "--out", "same").Ends(ExitCode.Done);
        File.WriteAllText(place["same/notes.txt"], "mine");
        Directory.CreateDirectory(place["half"]);
        File.WriteAllText(place["half/checkpoint-1"], "half");
        Assert.Contains("thesis.tex", place.Refused("hessian", "--out", "mine"), StringComparison.Ordinal);
        Assert.Contains("is a file", place.Refused("hessian", "--out", "file"), StringComparison.Ordinal);
        place.Refused("hessian", "--out", "file/below");
        Assert.Contains("another run (phase-", place.Refused("hessian", "--out", "other"), StringComparison.Ordinal);
        Assert.Contains("notes.txt", place.Refused("hessian", "--out", "same"), StringComparison.Ordinal);
        Assert.Contains("resume", place.Refused("hessian", "--out", "half"), StringComparison.Ordinal);
        Assert.Contains("another run", place.Refused("hessian", "--points", "9", "--out", "other"), StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(place["mine/thesis.tex"]));
    }

    [Theory]
    [InlineData("phase --delta-p 0.1:3:23")]
    [InlineData("complexity --inv-delta-2 1.5,1.9,2.3 --points 50")]
    [InlineData("complexity --inv-delta-2 1.5,2.3 --points 5 --n 3 --trials 8")]
    [InlineData("analyze")]
    [InlineData("reproduce fig2")]
    public void Any_number_of_threads_gives_the_same_bits(string words)
    {
        foreach (string threads in new[] { "1", "2", "7" })
        {
            place.Call([.. words.Split(' '), "--threads", threads, "--out", "t" + threads]).Ends(ExitCode.Done);
        }

        string[] files = [.. Directory.GetFiles(place["t1"]).Select(file => Path.GetFileName(file)).Where(name => name != "manifest.json" && !(words.StartsWith("reproduce", StringComparison.Ordinal) && name == "data.csv"))];
        Assert.Contains("data.npz", files);
        Assert.All(files, file => Assert.Single(new[] { "t1", "t2", "t7" }.Select(folder => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(place[Path.Combine(folder, file)])))).Distinct()));
    }

    [Fact]
    public void Png_and_pdf_are_made_where_a_converter_is()
    {
        Assert.SkipUnless(PictureConverter.Find() is { } found && Path.GetFileName(found).StartsWith("rsvg", StringComparison.Ordinal), "rsvg-convert is not installed: install librsvg2-bin to run this test");
        place.Call("hessian", "--formats", "png,pdf", "--out", "x").Ends(ExitCode.Done);
        Assert.Equal(["data.csv", "data.npz", "figure.pdf", "figure.png", "manifest.json"], Directory.GetFiles(place["x"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Assert.Equal(0x89, File.ReadAllBytes(place["x/figure.png"])[0]);
        Assert.Equal((byte)'%', File.ReadAllBytes(place["x/figure.pdf"])[0]);
        place.Call("verify", "x").Ends(ExitCode.Done);
        place.Call("replot", "x", "--formats", "png", "--theme", "dark", "--out", "y").Ends(ExitCode.Done);
        Assert.Equal(["figure.png"], Directory.GetFiles(place["y"]).Select(file => Path.GetFileName(file)));
    }
}
