// Runs that are cancelled and continued: the same bits as without, wherever they stopped and whatever the threads.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Results.Storage;
using Thalweg.TwoTime;
using Xunit;

namespace Thalweg.Tests.TwoTime;

public class ResumeTests
{
    // An escape with its refinements, ageing with its coarsening, the times at which the soft mode sets the steps, a bath, and a problem that needs a third run.
    public static TheoryData<string, double, double> Cases => new() { { "escape", 30, 1e-4 }, { "ageing", 300, 1e-4 }, { "soft mode", 1e7, 1e-3 }, { "bath", 60, 1e-4 }, { "third", 40, 1e-3 } };

    private static TwoTimeProblem Problem(string name) => name switch
    {
        "escape" => new(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 3).ToModel(), logOverlap: Math.Log(1e-3)),
        "ageing" or "soft mode" => new(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 1.5).ToModel(planted: false)),
        "bath" => new(Model.FromMixture("mixture", Covariance.FromTerms([(2, 0.75), (3, 1.0 / 3)]), planted: true), 0.4, 2, Math.Log(0.2)),
        _ => new(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 3).ToModel(), logOverlap: Math.Log(1e-6)),
    };

    private static double[] At(string name) => name == "third" ? [36, 37, 38] : [];

    // Everything that a run returns, as bits.
    private static long[] Bits(TwoTimeDynamics dynamics)
    {
        var solution = dynamics.Solution;
        var numbers = new List<double>([dynamics.WorstError, dynamics.LastTime, (int)dynamics.Status, dynamics.Counts.Steps, dynamics.Counts.Rejected, dynamics.Counts.Iterations, dynamics.Counts.Factorisations, dynamics.Counts.Meshes]);
        foreach (var part in new[] { solution.Times.ToArray(), solution.Multipliers.ToArray(), solution.Energies.ToArray(), solution.LogOverlaps.ToArray(), solution.GrowthRates.ToArray(), solution.Mesh.X.ToArray(), solution.Mesh.Y.ToArray() })
        {
            numbers.AddRange(part);
        }

        for (int n = 0; n < solution.Times.Length; n++)
        {
            double t = solution.Times[n];
            foreach (double x in solution.Mesh.X)
            {
                numbers.AddRange([solution.Correlation(t, x * t), solution.Response(t, x * t)]);
            }

            numbers.AddRange([dynamics.Energy(t).Error, dynamics.Multiplier(t).Error]);
        }

        return [.. numbers.Select(BitConverter.DoubleToInt64Bits)];
    }

    // A state as a file would give it back.
    private static RunState Stored(RunState state)
    {
        using var stream = new MemoryStream();
        CheckpointFile.Write(new(Manifest.Begin("dynamics", []), state), stream);
        stream.Position = 0;
        return CheckpointFile.Read(stream).State;
    }

    [Trait("Speed", "slow")]
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_run_that_is_cancelled_again_and_again_has_the_bits_of_one_that_is_not(string name, double end, double tolerance)
    {
        var problem = Problem(name);
        int steps = 0;
        var tolerances = new HashSet<double>();
        var whole = Bits(TwoTimeDynamics.Solve(problem, end, tolerance, At(name), 2, (_, local) =>
        {
            steps++;
            tolerances.Add(local);
        }));
        Assert.True(steps > 90 && tolerances.Count >= (name == "third" ? 3 : 2), $"{steps} steps, {tolerances.Count} runs: another problem is wanted for this test");
        foreach (int threads in new[] { 1, 2 })
        {
            var random = new Random(31 * threads);
            RunState? state = null;
            TwoTimeDynamics? resumed = null;
            bool isFelt = false;
            for (int cancelled = 0; resumed is null; cancelled++)
            {
                Assert.True(cancelled < 60, "it does not get on");
                resumed = Attempt(problem, end, tolerance, At(name), 1 + (cancelled + threads) % 2, random.Next(cancelled == 0 ? 3 : 33, steps / (name == "soft mode" ? 5 : 2)), ref state);
                isFelt |= state is not null && double.IsFinite(state.NumbersOf("now.step", 5)[4]);
            }

            Assert.True(isFelt || name != "soft mode", "no run was interrupted where the soft mode sets the steps: another problem is wanted for this test");

            Assert.Equal(whole, Bits(resumed));
        }
    }

    // Every state that a run passes, each continued on its own.
    [Fact]
    public void Every_checkpoint_of_a_run_leads_to_the_same_end()
    {
        var problem = Problem("escape");
        var states = new List<RunState>();
        var whole = Bits(TwoTimeDynamics.Solve(problem, 12, 1e-4, checkpoints: new(state => states.Add(Stored(state)), TimeSpan.Zero)));
        Assert.Equal(whole, Bits(TwoTimeDynamics.Solve(problem, 12, 1e-4)));
        Assert.True(states.Count > 8, $"only {states.Count} checkpoints");
        Assert.All(states, state => Assert.Equal(whole, Bits(TwoTimeDynamics.Solve(problem, 12, 1e-4, checkpoints: new(_ => { }, TimeSpan.FromHours(1), state)))));
    }

    // In a quiet stretch as well: the longest way between two of them is short, so that little is lost.
    [Fact]
    public void A_state_is_never_far_behind()
    {
        var steps = new List<double> { 0 };
        TwoTimeDynamics.Solve(Problem("ageing"), 300, 1e-4, checkpoints: new(state => steps.Add(state.NumbersOf("now.counts", 5)[0]), TimeSpan.Zero));
        Assert.True(steps.Max() > 64, "another problem is wanted for this test");
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.True(pair.Second - pair.First <= 32, $"{pair.Second - pair.First} steps without a state"));
    }

    // States are kept by reference while the run goes on, which must leave them as they are.
    [Fact]
    public void A_state_in_memory_does_not_change_afterwards()
    {
        var kept = new List<(RunState State, RunState Copy)>();
        TwoTimeDynamics.Solve(Problem("escape"), 8, 1e-3, checkpoints: new(state => kept.Add((state, Stored(state))), TimeSpan.Zero));
        Assert.All(kept, pair => Assert.All(pair.Copy.Rows, entry => Assert.Equal(entry.Value.SelectMany(row => row), pair.State.RowsOf(entry.Key).SelectMany(row => row))));
    }

    // Null and the state when it was cancelled after so many steps.
    private static TwoTimeDynamics? Attempt(TwoTimeProblem problem, double end, double tolerance, double[] at, int threads, int steps, ref RunState? state)
    {
        using var stop = new CancellationTokenSource();
        RunState? kept = null;
        var checkpoints = new Checkpoints(next => kept = Stored(next), TimeSpan.FromHours(1), state);
        try
        {
            return TwoTimeDynamics.Solve(problem, end, tolerance, at, threads, (_, _) =>
            {
                if (--steps == 0)
                {
                    stop.Cancel();
                }
            }, checkpoints, stop.Token);
        }
        catch (OperationCanceledException)
        {
            state = kept;
            Assert.NotNull(state);
            return null;
        }
    }
}
