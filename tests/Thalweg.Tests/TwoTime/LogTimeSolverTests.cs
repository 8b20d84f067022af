// The solver in ln t: the exact solution, convergence, the fixed points of the flow, other starts, and the same bits for any number of threads.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Threading;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.StateEvolution;
using Thalweg.TwoTime;
using Thalweg.TwoTime.Exact;
using Xunit;

namespace Thalweg.Tests.TwoTime;

public class LogTimeSolverTests
{
    [Theory]
    [InlineData(0, 300)]
    [InlineData(0.1, 100)]
    [InlineData(1e-6, 40)]
    public void The_matrix_alone_follows_its_Bessel_functions(double m0, double end)
    {
        var exact = new MatrixSolution(m0);
        var errors = new List<double>();
        foreach (double tolerance in new[] { 1e-4, 1e-6, 1e-8 })
        {
            var solution = LogTimeSolver.Run(exact.Problem, new LogTimeSettings(end, tolerance, 2));
            Assert.Equal(Status.Converged, solution.Status);
            double worst = 0;
            for (int n = 1; n < solution.Times.Length; n++)
            {
                double t = solution.Times[n];
                worst = Math.Max(worst, Math.Max(Math.Abs(solution.Energies[n] - exact.Energy(t)), Math.Abs(solution.Multipliers[n] - exact.Multiplier(t))));
                worst = m0 > 0 ? Math.Max(worst, Math.Abs(Math.Exp(solution.LogOverlaps[n]) - exact.Overlap(t))) : worst;
            }

            foreach (double t in new[] { 0.03, 0.7, 5, 0.6 * end, end })
            {
                foreach (double share in new[] { 0, 0.01, 0.3, 0.9, 0.999 })
                {
                    worst = Math.Max(worst, Math.Abs(solution.Correlation(t, share * t) - exact.Correlation(t, share * t)));
                    worst = Math.Max(worst, Math.Abs(solution.Response(t, share * t) - exact.Response(t, share * t)));
                }
            }

            errors.Add(worst);
        }

        // A local tolerance: the global error is a few times it, and falls with it.
        Assert.True(errors[0] < 20e-4 && errors[1] < 20e-6 && errors[2] < 20e-8, string.Join(' ', errors));
    }

    [Theory]
    [InlineData(3, 1, 2.3)]
    [InlineData(3, 1, 2.7)]
    [InlineData(4, 1, 4)]
    public void An_escape_ends_in_the_fixed_point_of_the_signal(int p, double tensorNoise, double inverse)
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(p, tensorNoise, inverse).ToModel();
        var solution = LogTimeSolver.Run(new TwoTimeProblem(model, logOverlap: Math.Log(1e-2)), new LogTimeSettings(250, 1e-6, 2));
        var overlap = MaximumLikelihoodEvolution.SignalOverlap(model);
        Assert.Equal(overlap.Value, Math.Exp(solution.LogOverlap(250)), 1e-9);
        Assert.Equal(MaximumLikelihoodEvolution.Energy(model, overlap).Value, solution.Energy(250), 1e-9);
    }

    [Fact]
    public void A_flow_that_has_found_the_signal_comes_to_rest()
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.3).ToModel();
        var problem = new TwoTimeProblem(model, logOverlap: Math.Log(1e-4));
        var rests = LogTimeSolver.Run(problem, new LogTimeSettings(1e9, 1e-6, 2));
        var goesOn = LogTimeSolver.Run(problem, new LogTimeSettings(88, 1e-6, 2));
        Assert.Equal(Status.Converged, rests.Status);
        Assert.InRange(rests.SettledTime!.Value, 88, 1000);
        Assert.Null(goesOn.SettledTime);
        Assert.Equal(1e9, rests.LastTime);
        Assert.Equal(MaximumLikelihoodEvolution.SignalOverlap(model).Value, Math.Exp(rests.LogOverlap(1e9)), 7);
        Assert.Equal(MaximumLikelihoodEvolution.Energy(model, MaximumLikelihoodEvolution.SignalOverlap(model)).Value, rests.Energy(1e9), 7);

        // At rest the configuration stands still, remembers its past as it did, and answers as before.
        Assert.Equal(1, rests.Correlation(1e9, 1e9 - 5), 6);
        Assert.Equal(1, rests.Correlation(1e9, 1e6), 6);
        foreach (double s in new[] { 0, 10, 50, 60 })
        {
            Assert.Equal(goesOn.Correlation(88, s), rests.Correlation(1e9, s), 1e-4);
        }

        foreach (double gap in new[] { 0.1, 1, 3 })
        {
            Assert.Equal(goesOn.Response(88, 88 - gap), rests.Response(1e9, 1e9 - gap), 1e-4);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => rests.Energy(1.1e9));
    }

    // Without SoftModeLimit and renewed factorisations the steps collapse at t of some 1e7. Golden values: runs at 1e-4, 1e-5 and 1e-6 give -1.5674569 to -1.5674571 and 3.7416033 to 3.7416034.
    [Fact]
    public void Ageing_is_followed_beyond_the_reach_of_its_soft_mode()
    {
        var model = Model.FromMixture("matrix and tensor alone", Covariance.FromTerms([(2, 0.75), (3, 1 / 3.0)]), planted: false);
        var solution = LogTimeSolver.Run(new TwoTimeProblem(model), new LogTimeSettings(2e7, 1e-3, 2));
        Assert.Equal(Status.Converged, solution.Status);
        Assert.Equal(-1.567457, solution.Energy(1e7), 3e-6);
        Assert.Equal(3.741603, solution.Multiplier(1e7), 3e-6);
    }

    [Fact]
    public void A_fresh_start_in_equilibrium_stays_there()
    {
        // At T = T0 in the paramagnet nothing ages: e = -Q(1)/T, and the fluctuation-dissipation theorem R = -dC/dt / T holds with C a function of t - s.
        var model = Model.FromMixture("mixture", Covariance.FromTerms([(2, 0.5), (3, 0.5)]), planted: false);
        var solution = LogTimeSolver.Run(new TwoTimeProblem(model, 2, 2), new LogTimeSettings(50, 1e-7, 2));
        foreach (double t in new[] { 0.1, 1, 10, 50 })
        {
            Assert.Equal(-0.5, solution.Energy(t), 1e-6);
        }

        Assert.Equal(solution.Correlation(3, 1), solution.Correlation(40, 38), 1e-5);
        const double h = 1e-2;
        double slope = (solution.Correlation(30 + h, 29) - solution.Correlation(30 - h, 29)) / (2 * h);
        Assert.Equal(-slope / 2, solution.Response(30, 29), 1e-4);
    }

    [Fact]
    public void An_infinitesimal_overlap_grows_like_a_tiny_one()
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.3).ToModel();
        var linear = LogTimeSolver.Run(new TwoTimeProblem(model, logOverlap: 0, isLinear: true), new LogTimeSettings(100, 1e-6, 2));
        var tiny = LogTimeSolver.Run(new TwoTimeProblem(model, logOverlap: Math.Log(1e-300)), new LogTimeSettings(100, 1e-6, 2));
        Assert.Equal(linear.LogOverlap(100), tiny.LogOverlap(100) - Math.Log(1e-300), 1e-3);
        Assert.Equal(linear.GrowthRate(100), tiny.GrowthRate(100), 1e-5);
        Assert.Equal(linear.Energy(100), tiny.Energy(100), 1e-6);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.3).ToModel();
        var one = LogTimeSolver.Run(new TwoTimeProblem(model, logOverlap: Math.Log(1e-4)), new LogTimeSettings(20, 1e-5, 1));
        var three = LogTimeSolver.Run(new TwoTimeProblem(model, logOverlap: Math.Log(1e-4)), new LogTimeSettings(20, 1e-5, 3));
        Assert.Equal(one.Times.ToArray(), three.Times.ToArray());
        Assert.Equal(one.Energies.ToArray(), three.Energies.ToArray());
        Assert.Equal(one.LogOverlaps.ToArray(), three.LogOverlaps.ToArray());
        foreach (double s in new[] { 0, 0.3, 11, 19.9 })
        {
            Assert.Equal(one.Correlation(20, s), three.Correlation(20, s));
            Assert.Equal(one.Response(20, s), three.Response(20, s));
        }
    }

    [Fact]
    public void Limits_are_a_status_with_a_sentence()
    {
        var exact = new MatrixSolution(0);
        var solution = LogTimeSolver.Run(exact.Problem, new LogTimeSettings(1000, 1e-6, 1, MostSteps: 40));
        Assert.Equal(Status.NotConverged, solution.Status);
        Assert.Contains("40 steps", solution.Sentence, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => solution.Energy(1000));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => { LogTimeSolver.Run(exact.Problem, new LogTimeSettings(1000), cancellation: stop.Token); });
    }

    // What varies from row to row grows by exp(-Re σ) a step where the mesh carries it: the added differences leave a quarter of that, and the order.
    [Theory]
    [InlineData(3, 1.0 / 12, 0.021)]
    [InlineData(4, 2.0 / 3, 0.17)]
    public void The_formulas_in_time_are_damped(int order, double plain, double damped)
    {
        var (near, far) = order == 3 ? LogTimeHistory.DampingOfThree : LogTimeHistory.DampingOfFour;
        Assert.Equal(plain, Deepest(0, 0), 1e-3);
        Assert.InRange(Deepest(near, far), 0.5 * damped, damped);

        // σ(ω) = iω + O(ω^(k+1)): halving ω divides what is left by 2^(k+1).
        double ratio = Complex.Abs(Symbol(0.02, near, far) - (0.02 * Complex.ImaginaryOne)) / Complex.Abs(Symbol(0.01, near, far) - (0.01 * Complex.ImaginaryOne));
        Assert.Equal(order + 1, Math.Log2(ratio), 0.05);

        double Deepest(double first, double second) => Enumerable.Range(1, 2000).Max(i => -Symbol(Math.PI * i / 2000, first, second).Real);

        Complex Symbol(double frequency, double first, double second)
        {
            Complex difference = 1 - Complex.Exp(-Complex.ImaginaryOne * frequency), sum = (first * Complex.Pow(difference, order + 1)) + (second * Complex.Pow(difference, order + 2));
            for (int j = 1; j <= order; j++)
            {
                sum += Complex.Pow(difference, j) / j;
            }

            return sum;
        }
    }
}
