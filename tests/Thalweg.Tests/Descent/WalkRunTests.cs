// The command walk: its path, what it says of its end, starts of every kind, one clear line for bad input; and the options of starts that it shares with escape.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;
using Xunit;
using Record = Thalweg.Results.Record;

namespace Thalweg.Tests.Descent;

public class WalkRunTests
{
    // exact: x_k = 0.75^k of a quadratic, all of whose rows are kept.
    [Fact]
    public void A_short_path_is_kept_whole()
    {
        var outcome = Execute("--problem quadratic --dim 1 --start 2 --step 0.25 --iterations 30");
        var path = outcome.Table("path");
        Assert.Equal(Enumerable.Range(0, 31).Select(k => (double)k), path["iteration"].Values);
        Assert.Equal(path["gradient_norm"].Values, outcome.Table("points")["x"].Values);
        Assert.Equal(2 * Math.Pow(0.75, 30), path["gradient_norm"].Values[^1], 1e-17);
        Assert.Equal(2 - 2 * Math.Pow(0.75, 30), path["length"].Values[^1], 1e-14);
        Assert.Equal(0.75, Number(outcome.Result, "jacobian_determinant"), 1e-14);
        Assert.Equal(0.5, Number(outcome.Result, "lojasiewicz_exponent"), 1e-12);
        Assert.Equal(new Datum.Text("not_critical"), outcome.Result["kind"]);
    }

    // exact: about as many rows as were asked for, the first ones and the last one among them, at times that grow evenly; what is not kept changes no number.
    [Theory]
    [InlineData(100_000, 50)]
    [InlineData(100_000, 1000)]
    [InlineData(5000, 4999)]
    public void A_long_path_is_thinned(int iterations, int points)
    {
        var outcome = Execute($"--problem power --start 1 --step 0.1 --iterations {iterations} --points {points}");
        double[] kept = outcome.Table("path")["iteration"].Values;
        Assert.InRange(kept.Length, 0.5 * points, 1.5 * points);
        Assert.Equal([0, 1, 2], kept.Take(3));
        Assert.Equal(iterations, kept[^1]);
        Assert.Equal(kept.Order().Distinct(), kept);
        Assert.Equal(Number(Execute($"--problem power --start 1 --step 0.1 --iterations {iterations}").Result, "length"), Number(outcome.Result, "length"));
    }

    // exact: the first cubic step from the exact saddle has the length 2|λ_min|/M = 1 and leads from 3.5 to 2.25; the end is second-order.
    [Fact]
    public void A_cubic_step_from_an_exact_saddle_is_known()
    {
        var outcome = Execute("--problem psd-factorization --from {} --displacement 0 --method cubic --rho 6 --accuracy 1e-9 --iterations 60");
        var path = outcome.Table("path");
        Assert.Equal([3.5, 2.25], path["value"].Values.Take(2).Select(value => Math.Round(value, 12)));
        Assert.Equal(1, path["length"].Values[1], 1e-12);
        Assert.Equal(new Datum.Text("second_order"), outcome.Result["kind"]);
        Assert.False(outcome.Result.Quantity("jacobian_determinant").Exists);
    }

    // exact: every method of the catalog makes its walk; noise comes from the seed.
    [Fact]
    public void Every_method_walks_and_repeats_itself()
    {
        foreach (var kind in MethodCatalog.All)
        {
            string words = $"--problem nesterov --start 0.5,0.3 --iterations 50 --method {kind.Name}";
            Outcome one = Execute(words), again = Execute(words);
            Assert.Equal(one.Table("points")["x"].Values, again.Table("points")["x"].Values);
            Assert.True(one.Table("path").Rows > 1, kind.Name);
            Assert.NotNull(WalkPicture.Of(one));
        }
    }

    // A step that is too long leaves the numbers, is said, and leaves no NaN behind.
    [Fact]
    public void A_walk_that_leaves_the_numbers_says_so()
    {
        var outcome = Execute("--problem power --start 5 --step 100 --iterations 50");
        Assert.Equal(Status.NotConverged, outcome.Status);
        Assert.Contains("shorter --step", outcome.Sentence, StringComparison.Ordinal);
        Assert.All(outcome.Tables.SelectMany(table => table.Columns), column => Assert.All(column.Values, value => Assert.True(double.IsFinite(value))));
        Assert.Equal(new Datum.Text("undecided"), outcome.Result["kind"]);
        Assert.False(outcome.Result.Quantity("value").Exists);
        Assert.Null(WalkPicture.Of(outcome));
    }

    // exact: the tenth coordinate of this tube is lost to underflow before its turn comes, as in any program in doubles; the walk says so.
    [Theory]
    [InlineData(3, false)]
    [InlineData(10, true)]
    public void A_coordinate_that_underflows_on_the_tube_is_said(int dimension, bool isLost)
    {
        string start = string.Join(',', Enumerable.Repeat("0.5", dimension));
        Assert.Equal(isLost, Execute($"--problem tube --dim {dimension} --start {start} --iterations 3000").Sentence.Contains("never comes back", StringComparison.Ordinal));
    }

    // exact: --tol ends a walk at the first gradient at or below; a random start is that of the problem, times the spread.
    [Fact]
    public void Starts_and_ends_are_as_asked_for()
    {
        double[] gradients = Execute("--problem quadratic --dim 1 --start 1 --step 0.5 --tol 1e-3").Table("path")["gradient_norm"].Values;
        Assert.True(gradients[^1] <= 1e-3 && gradients[^2] > 1e-3);
        double[] plain = First(Execute("--problem quadratic --iterations 1")), wide = First(Execute("--problem quadratic --iterations 1 --spread 4"));
        Assert.Equal(plain.Select(x => 4 * x), wide);
        double[] beside = First(Execute("--problem nesterov --from minimum --displacement 0.25 --iterations 1"));
        Assert.Equal(0.25, Math.Sqrt(beside[0] * beside[0] + (beside[1] - 1) * (beside[1] - 1)), 1e-14);
    }

    [Theory]
    [InlineData("--problem nesterov --start 1", "1 numbers, and a point of --problem nesterov has 2")]
    [InlineData("--problem tensor --dim 3 --start 0,0,0", "cannot be put on the manifold")]
    [InlineData("--problem nesterov --start 1,0 --from origin", "--from and --start both say where walks begin")]
    [InlineData("--problem nesterov --start 1,0 --spread 2", "--start and --spread both say")]
    [InlineData("--problem tensor --spread 2", "no meaning on the manifold")]
    [InlineData("--problem nesterov --from orign", "did you mean origin")]
    [InlineData("--problem nesterov --displacement 1", "needs --from")]
    [InlineData("--problem nesterov --method gdd", "must be one of")]
    [InlineData("--problem nesterov --beta 3", "has no effect on gd")]
    [InlineData("--problem spiral --method cubic", "give --rho or use pgd")]
    [InlineData("--problem tensor --method mirror", "flat spaces alone")]
    [InlineData("--problem power --p 7", "must be an integer from 2 to 6")]
    [InlineData("--problem trap --p 3", "has no meaning for --problem trap")]
    [InlineData("--problem nesterov --iterations 0", "whole number")]
    public void Bad_input_is_one_clear_line(string words, string expected)
    {
        var refusal = Assert.Throws<BadInputException>(() => Execute(words));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private static double[] First(Outcome outcome) => [.. outcome.Table("points").Where("iteration", 0)["x"].Values];

    private static double Number(Record record, string key) => record.Quantity(key).Value;

    private static Outcome Execute(string words)
    {
        var given = words.Split("--", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim().Split(' ', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new WalkRun().Execute(new(given), new() { Threads = 1 });
    }
}
