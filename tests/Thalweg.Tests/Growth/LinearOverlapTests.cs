// The growth of an infinitesimal overlap from a finished solution: the solver's own, the exact one of the matrix alone, and any number of threads.
using System;
using Thalweg.Growth;
using Thalweg.Models;
using Thalweg.TwoTime;
using Thalweg.TwoTime.Exact;
using Xunit;

namespace Thalweg.Tests.Growth;

public class LinearOverlapTests
{
    [Theory]
    [InlineData(2.3)]
    [InlineData(1.6)]
    public void It_is_the_growth_that_the_solver_follows_itself(double inverse)
    {
        const double Tolerance = 1e-6;
        var noise = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, inverse).ToCovariance();
        var own = LogTimeSolver.Run(new TwoTimeProblem(new Model("planted", noise, noise), logOverlap: 0, isLinear: true), new LogTimeSettings(300, Tolerance));
        var bare = LogTimeSolver.Run(new TwoTimeProblem(new Model("noise", noise, Covariance.Zero)), new LogTimeSettings(300, Tolerance));
        double[] growth = LinearOverlap.Growth(bare, [inverse])[0];
        for (int n = 0; n < growth.Length && bare.Times[n] <= own.LastTime; n++)
        {
            Assert.Equal(own.GrowthRate(bare.Times[n]), growth[n], 3 * Tolerance);
        }
    }

    // Q = x²/2: with h the inverse Laplace transform of G/(1 - k G), m ~ h(t)/sqrt(g(2t)); at k = 1 that is h = I_0(2x) + I_1(2x).
    [Fact]
    public void For_the_matrix_alone_it_is_exact()
    {
        var exact = new MatrixSolution(1e-8);
        var bare = LogTimeSolver.Run(new TwoTimeProblem(new Model("matrix", Covariance.Pure(2, 0.5), Covariance.Zero)), new LogTimeSettings(30, 1e-7));
        double[] growth = LinearOverlap.Growth(bare, [1])[0];
        for (int n = 1; n < growth.Length; n++)
        {
            // The derivative of ln m over the smallest step that rounding allows; at m = 1e-8 the overlap does not act back.
            double t = bare.Times[n], h = 1e-4 * t, low = Math.Log(exact.Overlap(t - h)), high = Math.Log(exact.Overlap(t + h));
            Assert.Equal((high - low) / (2 * h), growth[n], 1e-6 + 1e-12 / h);
        }
    }

    [Fact]
    public void Threads_change_no_bit_and_strengths_do_not_see_each_other()
    {
        var noise = SpikedMatrixTensor.FromInverseMatrixNoise(4, 0.5, 2).ToCovariance();
        var bare = LogTimeSolver.Run(new TwoTimeProblem(new Model("noise", noise, Covariance.Zero)), new LogTimeSettings(50, 1e-4));
        double[] strengths = [0.5, 1, 2, 3, 4, 5, 6];
        double[][] one = LinearOverlap.Growth(bare, strengths), three = LinearOverlap.Growth(bare, strengths, 3);
        for (int j = 0; j < strengths.Length; j++)
        {
            Assert.Equal(one[j], three[j]);
            Assert.Equal(one[j], LinearOverlap.Growth(bare, [strengths[j]])[0]);
        }
    }

    [Fact]
    public void A_solution_with_an_overlap_of_its_own_is_refused()
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2).ToModel(planted: true);
        var solution = LogTimeSolver.Run(new TwoTimeProblem(model, logOverlap: -3), new LogTimeSettings(1, 1e-3));
        Assert.Throws<ArgumentException>(() => LinearOverlap.Growth(solution, [1]));
    }
}
