// The commands of the laboratory: same bits for any threads and after interruptions, points by name and from files, bad input.
using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using Thalweg.Cli;
using Xunit;

namespace Thalweg.Tests.Cli;

public sealed class LaboratoryTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    private string Hash(string folder) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(place[folder + "/data.npz"])));

    private JsonElement Result(params string[] words)
    {
        var answer = place.Call([.. words, "--json"]).Ends(ExitCode.Done);
        Assert.Null(JsonContract.Breach(answer.Output));
        return JsonDocument.Parse(answer.Output).RootElement.GetProperty("result");
    }

    [Trait("Speed", "slow")]
    [Theory]
    [InlineData("critical-points --problem p-spin --dim 20 --starts 70 --descent 10")]
    [InlineData("critical-points --problem psd-factorization --dim 6 --starts 40")]
    [InlineData("escape --problem tube --dim 4 --l 1.5 --trials 40 --methods gd,pgd,coordinate")]
    [InlineData("escape --problem psd-factorization --dim 20 --methods gd,lbfgs,mirror --trials 30")]
    public void Threads_and_interruptions_change_no_bit(string words)
    {
        string[] call = words.Split(' ');
        foreach (string threads in new[] { "1", "2", "3", "4", "8" })
        {
            place.Call([.. call, "--out", "t" + threads, "--threads", threads]).Ends(ExitCode.Done);
            Assert.Equal(Hash("t1"), Hash("t" + threads));
        }

        ResumeTests.Interrupted(place.Path, [.. call, "--out", "part"]).Ends(ExitCode.Cancelled);
        place.Call("resume", "part").Ends(ExitCode.Done);
        Assert.Equal(Hash("t1"), Hash("part"));
        place.Call("verify", "part").Ends(ExitCode.Done);
    }

    // exact: the kinds and counts of the formulas.
    [Theory]
    [InlineData("psd-factorization", "{1,2}", "strict_saddle", 1, 20)]
    [InlineData("psd-factorization", "{1,2,3}", "second_order", 0, 3)]
    [InlineData("flat-valley", "valley", "degenerate", 0, 1)]
    [InlineData("power", "minimum", "degenerate", 0, 1)]
    [InlineData("spiral", "rim", "degenerate", 0, 2)]
    [InlineData("trap", "saddle 1", "strict_saddle", 1, 0)]
    [InlineData("nesterov", "origin", "strict_saddle", 1, 0)]
    [InlineData("tensor", "support 3", "strict_saddle", 2, 0)]
    public void Known_points_are_certified(string problem, string point, string kind, int index, int nullity)
    {
        foreach (string dense in new[] { "400", "1" })
        {
            var result = Result("certify", "--problem", problem, "--point", point, "--dense-up-to", dense, "--out", "point-" + dense);
            Assert.Equal(kind, result.GetProperty("kind").GetString());
            Assert.Equal(index, result.GetProperty("index").GetInt32());
            Assert.Equal(nullity, result.GetProperty("nullity").GetInt32());
        }
    }

    // exact: plain descent stays on an exact saddle, perturbed descent and second-order methods leave it for a minimum; from a random start every end is the minimum at the signal.
    [Theory]
    [InlineData("--problem psd-factorization --dim 6 --rank 2 --point {} --method gd", "strict_saddle")]
    [InlineData("--problem psd-factorization --dim 6 --rank 2 --point {} --method pgd", "second_order")]
    [InlineData("--problem psd-factorization --dim 6 --rank 2 --point {} --method cubic --rho 10", "second_order")]
    [InlineData("--problem phase-retrieval --dim 10 --samples 80 --method lbfgs", "second_order")]
    [InlineData("--problem tensor --dim 5 --method gd --iterations 1", "not_critical")]
    public void Ends_of_methods_are_certified(string words, string kind)
    {
        var result = Result(["certify", .. words.Split(' ')]);
        Assert.Equal(kind, result.GetProperty("kind").GetString());
        Assert.True(result.GetProperty("iterations").GetInt64() >= 1);
        Assert.NotEqual(string.Empty, result.GetProperty("ending").GetString());
    }

    [Fact]
    public void A_point_can_come_from_a_file()
    {
        File.WriteAllText(place["point.txt"], "0.5\n-1e-3\n0.25\n");
        var result = Result("certify", "--problem", "quadratic", "--point", place["point.txt"]);
        Assert.Equal("not_critical", result.GetProperty("kind").GetString());
        Assert.Equal(0.125 + 0.25e-6 - 0.0078125, result.GetProperty("value").GetProperty("value").GetDouble(), 1e-15);
        File.WriteAllText(place["short.txt"], "1 2");
        Assert.Contains("2 numbers, and a point of --problem quadratic has 3", place.Call("certify", "--problem", "quadratic", "--point", place["short.txt"]).Ends(ExitCode.BadInput).Error, StringComparison.Ordinal);
        File.WriteAllText(place["word.txt"], "1 2 nan");
        Assert.Contains("\"nan\" is no finite number", place.Call("certify", "--problem", "quadratic", "--point", place["word.txt"]).Ends(ExitCode.BadInput).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_passes_its_slope_tests()
    {
        var rows = Result("check-derivatives").GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(Problems.ProblemContractTests.Names.Count, rows.Length);
        Assert.All(rows, row => Assert.True(row.GetProperty("holds").GetBoolean()));
    }

    [Theory]
    [InlineData("certify", "--problem is needed")]
    [InlineData("certify --problem tensor", "--point is needed")]
    [InlineData("certify --problem tensor --point suport-2", "did you mean")]
    [InlineData("certify --problem tensor --point random --iterations 5", "--iterations")]
    [InlineData("certify --problem tensor --point random --rho 5", "--rho needs --method")]
    [InlineData("certify --problem tensor --method mirror", "flat spaces alone")]
    [InlineData("certify --problem p-spin --dim 6 --method cubic", "give --rho")]
    [InlineData("probe --model spiked --n 6000", "use --diluted")]
    [InlineData("probe --model phase-retrieval --n 6000", "at most 5000")]
    [InlineData("probe --model spiked --n 30 --diluted 40", "--diluted")]
    [InlineData("probe --model spiked --n 30 --diluted 4.5", "must be integers")]
    [InlineData("probe --model spiked --n 30 --diluted 5 --precision float", "contradict each other")]
    [InlineData("probe --model phase-retrieval --diluted 5", "no meaning")]
    [InlineData("certify --problem tensr --point random", "did you mean tensor")]
    [InlineData("certify --problem tensor --rank 2 --point random", "--rank has no meaning for --problem tensor")]
    [InlineData("critical-points --problem flat-valley --dim 3", "--dim has no meaning for --problem flat-valley")]
    [InlineData("critical-points --problem tensor --dim 1", "needs at least 2")]
    [InlineData("critical-points --problem psd-factorization --dim 5 --rank 6", "must be at most --dim 5")]
    [InlineData("critical-points --problem psd-factorization --dim 500", "meant for at most")]
    [InlineData("critical-points --problem p-spin --dim 3000", "random numbers")]
    [InlineData("critical-points --problem tensor --starts -1", "--starts")]
    [InlineData("check-derivatives --dim 3", "--dim needs --problem")]
    public void Bad_input_gets_one_line(string words, string sentence)
    {
        var answer = place.Call(words.Split(' ')).Ends(ExitCode.BadInput);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
        Assert.Single(answer.Error.TrimEnd('\n').Split('\n'));
        Assert.Empty(place.Content);
    }
}
