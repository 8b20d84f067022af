// The commands that draw landscapes at finite N: same bits for any threads and after interruptions, single trials, costs that are said, options that contradict each other.
using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using Thalweg.Cli;
using Thalweg.Runs.FiniteSize;
using Xunit;

namespace Thalweg.Tests.Cli;

public sealed class FiniteSizeTests : IDisposable
{
    private const string Flow = "simulate --n 30 --trials 5 --t 4 --at 1,2", Amp = "amp --n 40 --trials 4 --m0 0.5 --inv-delta-2 5 --iterations 60";

    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    private string Hash(string folder) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(place[folder + "/data.npz"])));

    [Trait("Speed", "slow")]
    [Theory]
    [InlineData(Flow)]
    [InlineData(Flow + " --m0 0.2 --diluted 6")]
    [InlineData(Flow + " --m0 0.2 --trend 12,20")]
    [InlineData(Flow + " --m0 0.2 --trend 12 --waiting 1 --lowest 2")]
    [InlineData(Flow + " --temperature 0.5")]
    [InlineData(Flow + " --method descent")]
    [InlineData(Flow + " --method chebyshev --precision float")]
    [InlineData(Flow + " --strict-sums --on-the-fly")]
    [InlineData(Flow + " --waiting 0,0.5,2 --lowest 2 --response 0.01")]
    [InlineData(Flow + " --temperature 0.5 --waiting 0.5 --lowest 3 --no-planted")]
    [InlineData(Amp)]
    [InlineData(Amp + " --kind bayes")]
    [InlineData("hessian --n 30 --trials 3 --t 5 --inv-delta-2 2.7")]
    [InlineData("hessian --n 30 --trials 3 --t 5 --no-planted --precision float")]
    [InlineData("probe --model spiked --n 20,30 --trials 2 --delta-p 0.5,2 --t 5")]
    [InlineData("probe --model spiked --n 30,40 --diluted 10,15 --trials 2 --t 5 --along")]
    [InlineData("probe --model phase-retrieval --n 20,30 --trials 2 --t 0.1")]
    [InlineData("probe --model phase-retrieval --n 150 --trials 2")]
    public void Threads_and_interruptions_change_no_bit(string words)
    {
        string[] call = words.Split(' ');
        string hash = string.Empty;
        foreach (string threads in new[] { "1", "2", "3", "4", "8" })
        {
            var answer = place.Call([.. call, "--out", "t" + threads, "--threads", threads, "--json"]).Ends(ExitCode.Done);
            Assert.Null(JsonContract.Breach(answer.Output));
            hash = hash.Length == 0 ? Hash("t1") : hash;
            Assert.Equal(hash, Hash("t" + threads));
        }

        ResumeTests.Interrupted(place.Path, [.. call, "--out", "part"]).Ends(ExitCode.Cancelled);
        place.Call("resume", "part").Ends(ExitCode.Done);
        Assert.Equal(hash, Hash("part"));
        place.Call("verify", "part").Ends(ExitCode.Done);
    }

    [Fact]
    public void A_trial_can_be_run_again_alone()
    {
        place.Call([.. Flow.Split(' '), "--out", "all"]).Ends(ExitCode.Done);
        place.Call(["simulate", "--n", "30", "--trials", "2", "--first-trial", "3", "--t", "4", "--at", "1,2", "--out", "last"]).Ends(ExitCode.Done);
        string[] Rows(string folder) => [.. File.ReadAllLines(place[folder + "/data-trials.csv"]).Where(line => line.StartsWith("3,", StringComparison.Ordinal) || line.StartsWith("4,", StringComparison.Ordinal))];
        Assert.True(Rows("all").Length > 100);
        Assert.Equal(Rows("all"), Rows("last"));
    }

    // statistical(4 standard errors + 3/N): the energy of the flow over twenty drawn instances lies on the two-time curve.
    [Fact]
    public void Flows_lie_on_the_two_time_curves()
    {
        var result = place.Call("simulate", "--n", "120", "--trials", "20", "--t", "6", "--m0", "0.3", "--inv-delta-2", "2.7", "--at", "0.5,1,2,4", "--json").Ends(ExitCode.Done).Json().GetProperty("result");
        foreach (var point in result.GetProperty("at").EnumerateArray().Append(result.GetProperty("final")))
        {
            foreach (string name in new[] { "m", "energy", "mu" })
            {
                double mean = Value(point, name), theory = Value(point, name + "_two_time"), error = point.GetProperty(name).GetProperty("error").GetDouble();
                Assert.True(Math.Abs(mean - theory) < 4 * error + 3.0 / 120 * Math.Max(1, Math.Abs(theory)), $"{name} at t = {point.GetProperty("t")}: {mean} +- {error} against {theory}");
            }
        }

        static double Value(JsonElement point, string name) => point.GetProperty(name).GetProperty("value").GetDouble();
    }

    [Fact]
    public void Strong_signals_are_found_and_absent_ones_are_not_asked_for()
    {
        var found = place.Call("simulate", "--n", "60", "--trials", "6", "--t", "30", "--m0", "0.2", "--inv-delta-2", "6", "--json").Ends(ExitCode.Done).Json().GetProperty("result");
        Assert.Equal(1, found.GetProperty("success").GetProperty("value").GetDouble());
        Assert.InRange(found.GetProperty("success").GetProperty("low").GetDouble(), 0.5, 0.7);
        Assert.InRange(found.GetProperty("escape_time").GetProperty("value").GetDouble(), 0.01, 10);
        var none = place.Call("simulate", "--no-planted", "--n", "20", "--trials", "3", "--t", "2", "--json").Ends(ExitCode.Done).Json().GetProperty("result");
        Assert.Equal(JsonValueKind.Null, none.GetProperty("success").ValueKind);
        Assert.Equal(JsonValueKind.Null, none.GetProperty("final").GetProperty("m").ValueKind);
    }

    // statistical(4 standard errors, one seed): three sizes extrapolated to infinite N, without an allowance for what is left of order N^-3.
    [Fact]
    public void Sizes_extrapolate_to_the_two_time_curves()
    {
        var result = place.Call("simulate", "--n", "120", "--trend", "30,60", "--trials", "24", "--t", "4", "--m0", "0.4", "--at", "0.5,1,2", "--json", "--out", "all").Ends(ExitCode.Done).Json().GetProperty("result");
        var trend = result.GetProperty("trend");
        Assert.Equal(0, trend.GetProperty("outside_5").GetInt32());
        Assert.Equal([24, 96, 48], trend.GetProperty("sizes").EnumerateArray().Select(size => size.GetProperty("trials").GetInt32()));
        Assert.Equal(4, trend.GetProperty("infinite").GetArrayLength());
        foreach (var point in trend.GetProperty("infinite").EnumerateArray())
        {
            foreach (string name in new[] { "m", "energy", "mu" })
            {
                var value = point.GetProperty(name);
                Assert.InRange(Math.Abs(value.GetProperty("value").GetDouble() - point.GetProperty(name + "_two_time").GetProperty("value").GetDouble()), 0, 4 * value.GetProperty("error").GetDouble());
            }
        }

        // Numbers of trials run through the sizes: those of the second begin where the first ends.
        place.Call("simulate", "--n", "30", "--trials", "96", "--first-trial", "24", "--t", "4", "--m0", "0.4", "--at", "0.5,1,2", "--out", "alone").Ends(ExitCode.Done);
        string[] own = File.ReadAllLines(place["alone/data.csv"]), all = [.. File.ReadAllLines(place["all/data-trend.csv"]).Where(line => line.StartsWith("30,", StringComparison.Ordinal))];
        Assert.Equal([.. own.Skip(1).Select(line => line.Split(',')[..3])], all.Select(line => line.Split(',')[1..4]));
    }

    // A random start has an overlap of either sign; "side" mirrors those on the far side and leaves the others, bit by bit.
    [Fact]
    public void Starts_on_the_side_of_the_signal_are_mirrored_ones()
    {
        double[] Starts(string start)
        {
            place.Call("simulate", "--n", "20", "--trials", "12", "--t", "1", "--m0", start, "--out", start).Ends(ExitCode.Done);
            return [.. File.ReadAllLines(place[start + "/data-trials.csv"]).Select(line => line.Split(',')).Where(words => words[1] == "0").Select(words => double.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture))];
        }

        double[] random = Starts("random"), side = Starts("side");
        Assert.Contains(random, m => m < 0);
        Assert.Contains(random, m => m > 0);
        Assert.All(random.Zip(side), pair => Assert.Equal(Math.Abs(pair.First), pair.Second, pair.First > 0 ? 0 : 1e-15));
    }

    // A row of gradient descent stands at a step, and is compared with the curve there: at the time that was asked for it would be off by up to a step.
    [Fact]
    public void Walks_of_fixed_steps_are_reported_at_their_steps()
    {
        var result = place.Call("simulate", "--method", "descent", "--step", "0.3", "--n", "20", "--trials", "2", "--t", "1", "--at", "0.5", "--json").Ends(ExitCode.Done).Json().GetProperty("result");
        Assert.Equal(0.6, result.GetProperty("at")[0].GetProperty("t").GetDouble(), 1e-12);
        Assert.Equal(1.2, result.GetProperty("final").GetProperty("t").GetDouble(), 1e-12);
        double[] times = [.. File.ReadAllLines(Path.Combine(Folder(), "data.csv")).Skip(1).Select(line => double.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.All(times, t => Assert.Equal(Math.Round(t / 0.3), t / 0.3, 1e-9));

        string Folder() => Assert.Single(Directory.GetDirectories(place["runs"]));
    }

    [Fact]
    public void A_configuration_that_condenses_on_an_edge_is_named()
    {
        var answer = place.Call("simulate", "--n", "3000", "--diluted", "2", "--trials", "2", "--t", "20").Ends(ExitCode.NotConverged);
        Assert.Matches("^thalweg: [12] of 2 trials are not what was asked for: the configuration has condensed, .* use a larger --diluted, .*\n$", answer.Error);
    }

    // statistical(4 standard errors + 2/N of the bulk's width): eqs. (6) and (7) at finite N.
    [Fact]
    public void Measured_spectra_are_those_of_the_theory()
    {
        const int n = 120;
        var result = place.Call("hessian", "--n", "120", "--trials", "8", "--t", "30", "--inv-delta-2", "4", "--json").Ends(ExitCode.Done).Json().GetProperty("result");
        var measured = result.GetProperty("measured");
        double width = Number(result, "bulk_right") - Number(result, "bulk_left");
        Assert.True(Math.Abs(Number(measured, "outlier_difference")) < 4 * measured.GetProperty("outlier_difference").GetProperty("error").GetDouble() + 2 * width / n, measured.GetRawText());
        Assert.True(Math.Abs(Number(measured, "outlier_overlap2") - Number(result, "outlier_overlap2")) < 4 * measured.GetProperty("outlier_overlap2").GetProperty("error").GetDouble() + 4.0 / n, measured.GetRawText());
        Assert.Equal(1, Number(measured, "index"));

        // Newton's method ends at minima of the slice, whatever the time of the flow.
        Assert.Equal(8, measured.GetProperty("converged").GetInt32());
        Assert.InRange(Number(measured, "gradient_norm"), 0, 1e-10);
        Assert.InRange(Number(measured, "newton_iterations"), 1, 30);

        // Rigid eigenvalues: the distance of one instance is of order ln N/N.
        Assert.InRange(Number(measured, "semicircle_distance"), 0.5 / n, 5.0 / n);
        Assert.Contains("--overlap", place.Refused("hessian", "--n", "30", "--overlap", "0.1"), StringComparison.Ordinal);
        Assert.Contains("--n", place.Refused("hessian", "--trials", "3"), StringComparison.Ordinal);
        Assert.Contains("--n", place.Refused("hessian", "--precision", "float"), StringComparison.Ordinal);

        static double Number(JsonElement owner, string key) => owner.GetProperty(key).GetProperty("value").GetDouble();
    }

    [Fact]
    public void Trials_that_reach_no_minimum_are_said()
    {
        MeasuredSpectrum reached = new([0.1], 4, -1, 0, 1e-12, 3, string.Empty), missed = reached with { GradientNorm = 1e-3, Sentence = "the gradient is 1.0e-03" };
        Assert.Empty(MeasuredSpectra.Sentence([reached, reached]));
        Assert.Equal("2 of 3 trials reached no minimum: in trial 2 the gradient is 1.0e-03; a later --t or a larger --tol helps", MeasuredSpectra.Sentence([reached, missed, missed]));
    }

    [Fact]
    public void What_is_too_large_is_said_with_both_costs()
    {
        foreach (string command in new[] { "simulate", "amp" })
        {
            var answer = place.Call(command, "--n", "5000", "--p", "4").Ends(ExitCode.Limit);
            Assert.Matches("^thalweg: --n 5000: .* entries: stored .* of memory and about .* s a gradient, on the fly no memory and about .* s a gradient; .* are allowed: .*\n$", answer.Error);
            Assert.Empty(place.Content);
        }
    }

    [Theory]
    [InlineData("simulate --n 3")]
    [InlineData("simulate --n 1")]
    [InlineData("simulate --n 0")]
    [InlineData("simulate --trials 1")]
    [InlineData("simulate --n 20 --diluted 20")]
    [InlineData("simulate --n 20 --diluted 5 --on-the-fly")]
    [InlineData("simulate --n 20 --diluted 5 --precision float")]
    [InlineData("simulate --m0 1.5")]
    [InlineData("simulate --m0 0")]
    [InlineData("simulate --no-planted --m0 0.1")]
    [InlineData("simulate --no-planted --m0 side")]
    [InlineData("simulate --t 2 --at 3")]
    [InlineData("simulate --step 0.1")]
    [InlineData("simulate --temperature 1 --method flow")]
    [InlineData("simulate --p 7 --n 10")]
    [InlineData("simulate --n 30 --trend 20.5")]
    [InlineData("simulate --n 30 --trend 30")]
    [InlineData("simulate --n 30 --trend 20,20")]
    [InlineData("simulate --n 30 --trend 3")]
    [InlineData("simulate --n 20 --diluted 5 --trend 40")]
    [InlineData("simulate --t 2 --waiting 2")]
    [InlineData("simulate --t 2 --waiting 3")]
    [InlineData("simulate --t 2 --waiting 1,0.5")]
    [InlineData("simulate --t 2 --waiting -1")]
    [InlineData("simulate --t 2 --waiting 0:1:101")]
    [InlineData("simulate --t 1 --waiting 0.95 --method descent --step 0.3")]
    [InlineData("simulate --lowest 2")]
    [InlineData("simulate --n 5 --at 1 --lowest 5")]
    [InlineData("simulate --at 1 --lowest 0")]
    [InlineData("simulate --response 0.1")]
    [InlineData("simulate --waiting 1 --response 0")]
    [InlineData("simulate --waiting 1 --response 0.1 --temperature 1")]
    [InlineData("simulate --waiting 1 --response 0.1 --method descent")]
    [InlineData("amp --no-planted")]
    [InlineData("amp --mixture x^3")]
    [InlineData("amp --m0 0")]
    [InlineData("amp --kind map")]
    [InlineData("amp --n 10 --diluted 10")]
    public void Contradictions_are_refused(string words) => place.Refused(words.Split(' '));
}
