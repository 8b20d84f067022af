// Random landscapes: whether the reported errors hold, and whether every run ends with a status that says what happened.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using Thalweg.Models;
using Thalweg.Numerics.Random;
using Thalweg.Results;
using Thalweg.TwoTime;
using Xunit;

namespace Thalweg.Tests.TwoTime;

public class RandomModelTests
{
    private const double End = 1000;

    // statistical(seeds 1 to n): at most one model in a hundred may lie outside. THALWEG_HONEST=100 asks for the full battery, at 1e-6 against 1e-8.
    [Trait("Speed", "slow")]
    [Fact]
    public void Reported_errors_hold_for_random_models()
    {
        int asked = Asked("THALWEG_HONEST"), models = asked > 0 ? asked : 4;
        var (tolerance, reference) = asked > 0 ? (1e-6, 1e-8) : (1e-4, 1e-6);
        int dishonest = 0, unfinished = 0;
        double worst = 0;
        for (ulong seed = 1; seed <= (ulong)models; seed++)
        {
            var (problem, name) = Draw(seed);
            var watch = Stopwatch.StartNew();
            var dynamics = TwoTimeDynamics.Solve(problem, End, tolerance, threads: 2);
            double seconds = watch.Elapsed.TotalSeconds;
            var truth = LogTimeSolver.Run(problem, new LogTimeSettings(End, reference, 2));
            bool finished = truth.Status == Status.Converged && dynamics.LastTime >= End;
            unfinished += finished ? 0 : 1;
            double ratio = finished ? Ratio(dynamics, truth) : 0;
            dishonest += ratio > 1 ? 1 : 0;
            worst = Math.Max(worst, ratio);
            Report(asked, FormattableString.Invariant($"model {seed} {name}: {dynamics.Status}, error over reported {ratio:G3}, {seconds:F1} s, reference {watch.Elapsed.TotalSeconds - seconds:F1} s {(finished ? string.Empty : dynamics.Sentence + truth.Sentence)}"));
        }

        Figure(asked, "honesty_models", models);
        Figure(asked, "honesty_outside", dishonest);
        Figure(asked, "honesty_unfinished", unfinished);
        Figure(asked, "honesty_worst", worst);
        Assert.InRange(dishonest, 0, models / 100);
    }

    // THALWEG_SWEEP=500 asks for the full sweep.
    [Trait("Speed", "slow")]
    [Fact]
    public void Every_random_model_ends_with_a_status()
    {
        int asked = Asked("THALWEG_SWEEP"), models = asked > 0 ? asked : 8, converged = 0, named = 0, other = 0;
        double slowest = 0;
        for (ulong seed = 1001; seed < 1001 + (ulong)models; seed++)
        {
            var (problem, name) = Draw(seed);
            var watch = Stopwatch.StartNew();
            string end;
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            try
            {
                var dynamics = TwoTimeDynamics.Solve(problem, End, 1e-4, threads: 2, cancellation: limit.Token);
                bool sound = double.IsFinite(dynamics.Energy(dynamics.LastTime).Value) && double.IsFinite(dynamics.WorstError);
                bool isNamed = dynamics.Status == Status.NotConverged && dynamics.Sentence.Length > 0;
                converged += dynamics.Status == Status.Converged && sound ? 1 : 0;
                named += isNamed && sound ? 1 : 0;
                other += (dynamics.Status == Status.Converged || isNamed) && sound ? 0 : 1;
                end = $"{dynamics.Status} {dynamics.Sentence}";
            }
            catch (OperationCanceledException)
            {
                other++;
                end = "no end within two minutes";
            }

            slowest = Math.Max(slowest, watch.Elapsed.TotalSeconds);
            Report(asked, FormattableString.Invariant($"model {seed} {name}: {end}, {watch.Elapsed.TotalSeconds:F1} s"));
        }

        Figure(asked, "sweep_models", models);
        Figure(asked, "sweep_converged", converged);
        Figure(asked, "sweep_named", named);
        Figure(asked, "sweep_other", other);
        Figure(asked, "sweep_slowest", slowest);
        Assert.Equal(0, other);
    }

    // Two or three powers from 2 to 6 with noises from 0.2 to 5, planted from m = 1e-6 or not, at T = 0 or from 0.05 to 1.
    private static (TwoTimeProblem Problem, string Name) Draw(ulong seed)
    {
        var stream = new PhiloxStream(seed, StreamPurpose.Instance);
        var powers = new List<int> { 2, 3, 4, 5, 6 };
        int count = stream.NextUniform() < 0.5 ? 2 : 3;
        while (powers.Count > count)
        {
            powers.RemoveAt((int)(stream.NextUniform() * powers.Count));
        }

        var terms = new List<(int, double)>();
        foreach (int power in powers)
        {
            double noise = 0.2 * Math.Pow(25, stream.NextUniform());
            terms.Add((power, 1 / (power * noise)));
        }

        bool planted = stream.NextUniform() < 0.5;
        double temperature = stream.NextUniform() < 0.5 ? 0 : 0.05 + 0.95 * stream.NextUniform();
        var covariance = Covariance.FromTerms(terms);
        string name = string.Join(" + ", terms.ConvertAll(term => FormattableString.Invariant($"{term.Item2:F3} x^{term.Item1}"))) + (planted ? ", planted" : string.Empty) + FormattableString.Invariant($", T = {temperature:F2}");
        return (new TwoTimeProblem(Model.FromMixture(name, covariance, planted), temperature, logOverlap: planted ? Math.Log(1e-6) : null), name);
    }

    // The largest ratio of true to reported error over energy, mu and m at thirty times.
    private static double Ratio(TwoTimeDynamics dynamics, TwoTimeSolution truth)
    {
        double worst = 0;
        for (int i = 1; i <= 30; i++)
        {
            double t = i == 30 ? End : Math.Exp(i / 30.0 * Math.Log(1 + End)) - 1;
            Quantity energy = dynamics.Energy(t), mu = dynamics.Multiplier(t);
            worst = Math.Max(worst, Math.Max(Math.Abs(energy.Value - truth.Energy(t)) / energy.Error, Math.Abs(mu.Value - truth.Multiplier(t)) / mu.Error));
            if (truth.Problem.HasOverlap)
            {
                var log = dynamics.LogOverlap(t);
                worst = Math.Max(worst, Math.Abs(log.Value - truth.LogOverlap(t)) / log.Error);
            }
        }

        return worst;
    }

    private static int Asked(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 0;

    private static void Report(int asked, string line)
    {
        if (asked > 0)
        {
            Console.Out.WriteLine(line);
        }
    }

    private static void Figure(int asked, string key, double value) => Report(asked, FormattableString.Invariant($"FIGURE {key} {value:R}"));
}
