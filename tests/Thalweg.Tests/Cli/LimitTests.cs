// Runs that are ended: by the user, by the time limit, by the memory they would take; nothing is left behind.
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Thalweg.Cli;
using Xunit;

namespace Thalweg.Tests.Cli;

public sealed class LimitTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Theory]
    [InlineData("phase --delta-p 0.1:3:200000")]
    [InlineData("complexity --inv-delta-2 0.5:4:20000 --points 2000")]
    public void An_interrupted_run_ends_with_130(string words)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var host = new Host { Output = output, Error = error, Root = place.Path };
        using var timer = new Timer(_ => host.Interrupt(), null, 300, Timeout.Infinite);
        Assert.Equal(ExitCode.Cancelled, CommandLine.Run(words.Split(' '), host));
        Assert.Equal("thalweg: cancelled; nothing was written\n", error.ToString());
        Assert.Equal(string.Empty, output.ToString());
        Assert.Empty(place.Content);
    }

    [Theory]
    [InlineData("phase --delta-p 0.1:3:200000")]
    [InlineData("complexity --inv-delta-2 0.5:4:20000 --points 2000")]
    [InlineData("complexity --at-energy -1:0:500000 --quenched")]
    [InlineData("complexity --n 7 --trials 100000")]
    [InlineData("complexity --inv-delta-2 1.5,2,2.5,3,3.5 --points 1000000 --out new/run")] // most of its time is writing
    public void The_time_limit_ends_a_run_with_4(string words)
    {
        var answer = Workplace.Call(place.Path, TimeSpan.FromSeconds(0.3), words.Split(' ')).Ends(ExitCode.Limit);
        Assert.Equal("thalweg: the time limit ended the run; nothing was written\n", answer.Error);
        Assert.Equal(string.Empty, answer.Output);
        Assert.True(answer.Time < TimeSpan.FromSeconds(6), "took " + answer.Time);
        Assert.Empty(place.Content);
    }

    [Theory]
    [InlineData("complexity --points 1000000 --max-memory 1M")]
    [InlineData("complexity --points 1000000 --inv-delta-2 1:3:1000000")]
    [InlineData("phase --delta-p 1:3:1000 --max-memory 1M")]
    [InlineData("phase --delta-p 1:3:1000001")]
    [InlineData("hessian --points 100000 --max-memory 1M")]
    public void Memory_is_refused_before_it_is_taken(string words)
    {
        long before = GC.GetTotalAllocatedBytes();
        var answer = place.Call(words.Split(' ')).Ends(ExitCode.Limit);
        long taken = GC.GetTotalAllocatedBytes() - before;
        Assert.Equal(1, answer.Error.Count(c => c == '\n'));
        Assert.Contains(words.Contains("000001", StringComparison.Ordinal) ? "split it into several runs" : "--max-memory", answer.Error, StringComparison.Ordinal);
        Assert.Equal(string.Empty, answer.Output);
        Assert.Empty(place.Content);
        Assert.True(words.Contains(":1000000", StringComparison.Ordinal) || taken < 200_000_000, $"took {taken / 1e6} MB");
    }

    [Theory]
    [InlineData("phase --delta-p 3.5:999999999999.9999:919")]
    [InlineData("phase --delta-p 0.1:1000000000000:784")]
    [InlineData("phase --delta-p 1e-12:1e-9:301")]
    [InlineData("phase --delta-p 1e-12:1e12:301 --p 5")]
    [InlineData("complexity --inv-delta-2 1e-12,1e-6,1e6,1e12 --delta-p 1e12")]
    [InlineData("analyze --delta-p 1e12")]
    [InlineData("analyze --delta-p 1e-12")]
    [InlineData("analyze --delta-p 1e12 --inv-delta-2 1e-12")]
    [InlineData("analyze --delta-p 1e-12 --inv-delta-2 1e12")]
    [InlineData("analyze --mixture x^2 --planted")]
    [InlineData("analyze --temperature 5e-324")]
    [InlineData("dynamics --delta-2 1e-12 --t 0.4")]
    [InlineData("eq 8 --delta-2 0.5 --delta-p 1e-12")]
    public void The_ends_of_the_domains_are_no_surprise(string words)
    {
        var answer = place.Call([.. words.Split(' '), "--json"]);
        Assert.True(answer.Code is ExitCode.Done or ExitCode.NotConverged, answer.Error);
        Assert.Null(JsonContract.Breach(answer.Output));
    }

    // Of two models the first has an instance whose enumeration may be incomplete; the second, complete, does not hide it.
    [Fact]
    public void An_incomplete_enumeration_is_said_whatever_follows_it()
    {
        var answer = place.Call("complexity", "--delta-p", "1e-6", "--inv-delta-2", "1e6,2.3", "--n", "4", "--trials", "12", "--points", "2", "--json").Ends(ExitCode.NotConverged);
        Assert.Equal("not_converged", answer.Json().GetProperty("status").GetString());
        Assert.Contains("left out", answer.Error, StringComparison.Ordinal);
        double[] incomplete = [.. answer.Json().GetProperty("result").GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("counts").GetProperty("left_out").GetDouble())];
        Assert.True(incomplete[0] > 0 && incomplete[1] == 0, "another model is wanted for this test");
    }

    [Fact]
    public void A_result_that_misses_the_tolerance_ends_with_3_and_is_written_and_marked()
    {
        // Found among ordinary models: the sharpest tolerance that may be asked for.
        string[] words = ["analyze", "--delta-p", "1e-9", "--inv-delta-2", "1e9", "--tol", "1e-12", "--json"];
        var answer = place.Call(words);
        Assert.SkipUnless(answer.Code == ExitCode.NotConverged, "this model converges to 1e-12 now");
        Assert.Equal("not_converged", answer.Json().GetProperty("status").GetString());
        Assert.Contains("--tol", answer.Error, StringComparison.Ordinal);
        Assert.Contains(place.Content, entry => entry.Contains("manifest.json", StringComparison.Ordinal));
        place.Call("verify", Directory.GetDirectories(place["runs"]).Single()).Ends(ExitCode.Done);
    }
}
