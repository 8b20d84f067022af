// The command "rates": the contract, the same bits for any threads and after interruptions, bad input; the field of the spin glass.
using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using Thalweg.Cli;
using Xunit;

namespace Thalweg.Tests.Cli;

public sealed class RatesTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    private string Hash(string folder) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(place[folder + "/data.npz"])));

    private JsonElement Result(string words)
    {
        var answer = place.Call([.. words.Split(' '), "--json"]).Ends(ExitCode.Done);
        Assert.Null(JsonContract.Breach(answer.Output));
        return JsonDocument.Parse(answer.Output).RootElement.GetProperty("result");
    }

    // statistical(fixed seed): noise on the sphere and kicks cost a logarithm, normal noise a power; every walk arrives.
    [Fact]
    public void Dimensions_cost_a_logarithm_or_a_power()
    {
        var result = Result("rates dimension --dims 4,16 --trials 20");
        double Law(string method, string key) => result.GetProperty("laws").EnumerateArray().Single(law => law.GetProperty("method").GetString() == method).GetProperty(key).GetProperty("value").GetDouble();
        Assert.InRange(Law("pgd", "exponent"), 0.01, 0.1);
        Assert.InRange(Law("noisy-gd", "exponent"), 0.01, 0.25);
        Assert.InRange(Law("noisy-gd-normal", "exponent"), 0.85, 1.25);
        Assert.Equal(0.5 / Math.Log(2), Law("pgd", "slope_predicted"), 1e-12);
        Assert.All(result.GetProperty("rows").EnumerateArray(), row => Assert.Equal(0, row.GetProperty("censored").GetInt32()));
    }

    // exact: no walk of any problem exceeds the bound, and no step falls by less than the descent lemma says.
    [Trait("Speed", "slow")]
    [Fact]
    public void The_first_order_bound_holds()
    {
        var rows = Result("rates first-order --trials 2 --accuracy 0.05").GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(Problems.ProblemContractTests.Names.Count, rows.Length);
        Assert.All(rows, row => Assert.InRange(row.GetProperty("share_at_any").GetProperty("value").GetDouble(), 1e-12, 1));
        Assert.All(rows, row => Assert.Equal(0, row.GetProperty("short_falls").GetInt32()));
    }

    // statistical(z = 4.5, one seed): walks relax at the rate of the matrix of their steps.
    [Fact]
    public void Walks_relax_at_the_rate_of_their_matrix()
    {
        var result = Result("rates langevin --beta 4,5 --trials 400 --step 0.1");
        foreach (var row in result.GetProperty("rows").EnumerateArray())
        {
            Assert.InRange(Math.Abs(row.GetProperty("gap_deviation").GetProperty("value").GetDouble()), 0, 4.5);
            double Value(string key) => row.GetProperty(key).GetProperty("value").GetDouble();
            Assert.InRange(Value("gap_steps") / Value("gap"), 0.98, 1.02);
            Assert.InRange(Value("excess_gibbs"), 0, Value("excess_bound"));
        }
    }

    [Trait("Speed", "slow")]
    [Theory]
    [InlineData("rates dimension --dims 4,8,32 --trials 20")]
    [InlineData("rates langevin --beta 4,5,6 --trials 300 --step 0.1")]
    public void Threads_and_interruptions_change_no_bit(string words)
    {
        string[] call = words.Split(' ');
        foreach (string threads in new[] { "1", "2", "4" })
        {
            place.Call([.. call, "--out", "t" + threads, "--threads", threads]).Ends(ExitCode.Done);
            Assert.Equal(Hash("t1"), Hash("t" + threads));
        }

        ResumeTests.Interrupted(place.Path, [.. call, "--out", "part"]).Ends(ExitCode.Cancelled);
        place.Call("resume", "part").Ends(ExitCode.Done);
        Assert.Equal(Hash("t1"), Hash("part"));
    }

    // exact: beyond the transition the landscape of a strong field has one minimum and one maximum, and no levels are claimed.
    [Fact]
    public void A_strong_field_leaves_two_points()
    {
        var result = Result("critical-points --problem p-spin --dim 20 --field 30 --starts 20");
        Assert.Equal([0, 19], result.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("index").GetInt32()).Order());
        Assert.Equal(JsonValueKind.Null, result.GetProperty("levels")[0].GetProperty("level_limit").ValueKind);
    }

    [Theory]
    [InlineData("rates", "rates needs the law")]
    [InlineData("rates firstorder", "did you mean first-order")]
    [InlineData("rates first-order --beta 5", "--beta has no meaning for rates first-order")]
    [InlineData("rates langevin --dims 5", "--dims has no meaning for rates langevin")]
    [InlineData("rates langevin --beta 1", "--beta")]
    [InlineData("rates langevin --step 1", "--step")]
    [InlineData("rates dimension --dims 4,4", "all different")]
    [InlineData("rates dimension --dims 4096", "normal numbers")]
    [InlineData("critical-points --problem tensor --field 1", "--field has no meaning for --problem tensor")]
    [InlineData("critical-points --problem p-spin --field -1", "--field")]
    public void Bad_input_gets_one_line(string words, string sentence)
    {
        var answer = place.Call(words.Split(' ')).Ends(ExitCode.BadInput);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
        Assert.Single(answer.Error.TrimEnd('\n').Split('\n'));
        Assert.Empty(place.Content);
    }
}
