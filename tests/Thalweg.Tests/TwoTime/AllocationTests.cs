// One step of the solver in ln t allocates nothing: neither a Newton iteration nor a factorisation, on any number of threads.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Meshes;
using Thalweg.Numerics.Threads;
using Thalweg.TwoTime;
using Xunit;

namespace Thalweg.Tests.TwoTime;

/// <summary>Bytes of the whole process are counted, so that no other test may run at the same time.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public class AllocationTests
{
    private const int Order = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_step_allocates_nothing(int threads)
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.3).ToModel();
        var problem = new TwoTimeProblem(model, logOverlap: Math.Log(1e-4));
        using var team = new ThreadTeam(threads);
        var mesh = new PanelMesh(new PanelBasis(15), [Edge.FromOne(0), Edge.FromOne(0.25), Edge.FromOne(0.5), Edge.FromZero(0.25), Edge.FromZero(0)]);
        var memory = new MemoryMesh(mesh, 12, team);
        var rows = new TwoTimeRows();
        double[] ones = new double[mesh.Unknowns + 1];
        Array.Fill(ones, 1);
        rows.Add(0, ones, ones, TwoTimeEquations.InitialMultiplier(problem), problem.LogOverlap!.Value, TwoTimeEquations.InitialGrowth(problem), 0);
        var step = new LogTimeStep(problem, rows, memory, team);
        for (int n = 1; n <= 12; n++)
        {
            Assert.Equal(StepEnd.Solved, step.Solve(0.02 * n, Math.Min(n, Order), 1e-8));
            rows.Add(0.02 * n, [.. step.Row.C], [.. step.Row.R], step.Row.Mu, step.Row.LogM, step.Row.Growth(), step.Row.Energy());
        }

        // The two steps differ so much that each needs factors of its own.
        long least = long.MaxValue;
        const int repeats = 40, warmUps = 5;
        for (int repeat = -warmUps; repeat < repeats; repeat++)
        {
            int iterations = step.Iterations, factorisations = step.Factorisations;
            long before = GC.GetTotalAllocatedBytes(precise: true);
            var (one, other) = (step.Solve(0.26, Order, 1e-12), step.Solve(0.32, Order, 1e-12));
            double sum = step.Row.Growth() + step.Row.Energy();
            long taken = GC.GetTotalAllocatedBytes(precise: true) - before;
            Assert.True(one == StepEnd.Solved && other == StepEnd.Solved && double.IsFinite(sum));
            if (repeat >= 0)
            {
                Assert.True(step.Factorisations - factorisations >= 2 && step.Iterations - iterations >= 4);
                least = Math.Min(least, taken);
            }
        }

        // What the runtime and the test runner allocate meanwhile falls between some of the repeats; what a step allocates falls into each.
        Assert.Equal(0, least);
    }
}
