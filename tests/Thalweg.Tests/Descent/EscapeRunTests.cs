// The command escape: rows with errors of order statistics, the law of the tube beside them, the same bits for any number of threads, one clear line for bad input.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Numerics.Statistics;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;
using Xunit;
using Record = Thalweg.Results.Record;

namespace Thalweg.Tests.Descent;

public class EscapeRunTests
{
    // statistical(1,000 starts): ratios of times from the fifth on within 1 % of κ = 1 + ln 2/ln(1 + 1/(2L)).
    [Fact]
    public void The_tube_shows_its_law()
    {
        var result = Execute(4, "--problem tube --dim 10 --l 1.5 --trials 1000 --iterations 1e9 --methods gd").Result;
        double kappa = Number(result, "kappa");
        Assert.Equal(1 + Math.Log(2) / Math.Log(4.0 / 3), kappa, 1e-14);
        Assert.Equal(kappa, Number(result, "kappa_measured"), 0.01 * kappa);
        var row = result.Rows("rows")[0];
        Assert.Equal(new Datum.Plain(0), row["censored"]);
        Assert.True(Number(row, "q05") < Number(row, "median") && Number(row, "median") < Number(row, "q95"));
        Assert.InRange(Number(row, "median"), 300_000, 2_000_000);
        double[] ratios = Execute(4, "--problem tube --dim 10 --l 1.5 --trials 1000 --iterations 1e9 --methods gd").Table("saddles")["ratio"].Values;
        Assert.All(ratios[5..], ratio => Assert.Equal(kappa, ratio, 0.01 * kappa));
    }

    [Fact]
    public void Bits_do_not_depend_on_threads()
    {
        const string words = "--problem tube --dim 4 --trials 9 --methods gd,pgd,noisy-gd,sgld --iterations 3000 --beta 100 --noise 0.1";
        Outcome one = Execute(1, words), three = Execute(3, words);
        for (int t = 0; t < one.Tables.Count; t++)
        {
            Assert.All(Enumerable.Range(0, one.Tables[t].Columns.Count), c => Assert.Equal(one.Tables[t].Columns[c].Values, three.Tables[t].Columns[c].Values));
        }
    }

    // exact: walks that a checkpoint has are not made again, the others are, and the whole is that of one run.
    [Fact]
    public void A_checkpoint_keeps_the_walks_that_ended()
    {
        const string words = "--problem tube --dim 3 --trials 5 --methods gd,mirror --iterations 2000 --step 0.05";
        var whole = Execute(1, words);
        var states = new List<RunState>();
        Assert.Equal(whole.Table("trials").Columns.Select(column => column.Values), Execute(1, words, new(states.Add, TimeSpan.Zero)).Table("trials").Columns.Select(column => column.Values));
        Assert.Equal(10, states.Count);
        foreach (var state in new[] { states[0], states[6] })
        {
            var rest = new List<RunState>();
            var resumed = Execute(1, words, new(rest.Add, TimeSpan.Zero, state));
            Assert.Equal(states.Count - 1 - states.IndexOf(state), rest.Count);
            for (int t = 0; t < whole.Tables.Count; t++)
            {
                Assert.Equal(whole.Tables[t].Columns.Select(column => column.Values), resumed.Tables[t].Columns.Select(column => column.Values));
            }
        }

        Assert.Throws<FormatException>(() => Execute(1, "--problem tube --dim 3 --trials 1 --methods gd --iterations 2000 --step 0.05", new(_ => { }, TimeSpan.Zero, states[^1])));
    }

    // exact: from a saddle itself descent never leaves, all walks are censored and there is no median; with kicks all leave.
    [Fact]
    public void Censored_walks_are_counted()
    {
        var outcome = Execute(2, "--problem psd-factorization --dim 8 --rank 2 --from {} --displacement 0 --trials 30 --iterations 2000 --methods gd,pgd --gap 1e-3");
        var rows = outcome.Result.Rows("rows");
        Assert.Equal((new Datum.Plain(30), new Datum.Plain(0)), (rows[0]["censored"], rows[1]["censored"]));
        Assert.False(((Datum.Measured)rows[0]["median"]).Quantity.Exists);
        Assert.InRange(Number(rows[1], "median"), 10, 2000);
        Assert.Equal(60, outcome.Table("trials").Rows);
        Assert.Equal(0, outcome.Table("trials").Where("method", 0)["has_escaped"].Values.Sum());
    }

    [Theory]
    [InlineData("--problem tube --methods gd,pgdd", "did you mean pgd")]
    [InlineData("--problem tube --methods gd,gd", "twice")]
    [InlineData("--problem tube --methods gd --beta 3", "has no effect on gd")]
    [InlineData("--problem tube --l 0.5", "must be a number in [1, 1e6]")]
    [InlineData("--problem quadratic --l 2", "has no meaning")]
    [InlineData("--problem quadratic", "give --target")]
    [InlineData("--problem tube --gap 1 --target 2", "give one of them")]
    [InlineData("--problem tensor --methods mirror", "flat spaces alone")]
    [InlineData("--problem tube --methods pgd-theory", "use pgd")]
    [InlineData("--problem tube --from saddle", "it knows saddle 0")]
    [InlineData("--problem tube --displacement 1", "needs --from")]
    [InlineData("--problem tube --step 0.4", "below 1/(2L)")]
    [InlineData("--problem tube --iterations 1.5", "whole number")]
    [InlineData("--problem tube --methods sgld --iterations 1e12", "lasts for")]
    public void Bad_input_is_one_clear_line(string words, string expected)
    {
        var refusal = Assert.Throws<BadInputException>(() => Execute(1, words));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    // exact: ranks by hand for nine outcomes, of which the last two never came. n q = 4.5, deviation 1.5: the third and the sixth are the neighbours of the fifth. With 0.7 the ranks 4.9 and 7.7 are those of the fifth and the eighth.
    [Fact]
    public void Quantiles_come_with_their_neighbours()
    {
        double[] ordered = [1, 2, 4, 8, 16, 32, 64, double.PositiveInfinity, double.PositiveInfinity];
        var median = OrderStatistics.Of(ordered, 0.5);
        Assert.Equal((16.0, 4.0, 32.0), (median.Value, median.Low, median.High));
        Assert.Equal(14, median.Error(100));
        var late = OrderStatistics.Of(ordered, 0.7);
        Assert.Equal((64.0, double.PositiveInfinity, 44.0), (late.Value, late.High, late.Error(104)));
        Assert.Throws<ArgumentException>(() => OrderStatistics.Of([], 0.5));
    }

    private static double Number(Record record, string key) => ((Datum.Measured)record[key]).Quantity.Value;

    private static Outcome Execute(int threads, string words, Checkpoints? checkpoints = null)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] parts = [.. words.Split("--", StringSplitOptions.RemoveEmptyEntries)];
        foreach (string part in parts)
        {
            string[] pair = part.Trim().Split(' ', 2);
            given[pair[0]] = pair[1];
        }

        return new EscapeRun().Execute(new(given), new() { Threads = threads, Checkpoints = checkpoints });
    }
}
