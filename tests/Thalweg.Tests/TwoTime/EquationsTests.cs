// The definition of the two-time equations: the exact solution satisfies it, term by term.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Quadrature;
using Thalweg.Results;
using Thalweg.Tests.Docs;
using Thalweg.TwoTime;
using Thalweg.TwoTime.Exact;
using Xunit;

namespace Thalweg.Tests.TwoTime;

public class EquationsTests
{
    private static readonly GaussLegendre Rule = GaussLegendre.OfOrder(60);

    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(0.3, 3, 1)]
    [InlineData(0.3, 0.4, 0.1)]
    [InlineData(0.01, 6, 5.5)]
    [TestsEquation(Papers.BigBadMinima, 8)]
    public void Equation_8_holds_for_the_exact_solution(double m0, double t, double s)
    {
        var (exact, noise, signal) = Exact(m0);
        double memory = Integral(w => TwoTimeEquations.MemoryKernel(noise, exact.Correlation(t, w), exact.Response(t, w)) * exact.Correlation(s, w), 0, t);
        double force = Integral(w => TwoTimeEquations.ForceCovariance(noise, exact.Correlation(t, w)) * exact.Response(s, w), 0, s);
        double right = -exact.Multiplier(t) * exact.Correlation(t, s) + signal.DQ(exact.Overlap(t)) * exact.Overlap(s) + memory + force;
        Assert.Equal(Slope(w => exact.Correlation(w, s), t), right, 1e-9);
    }

    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(0.3, 3, 1)]
    [InlineData(0.01, 6, 5.5)]
    [TestsEquation(Papers.BigBadMinima, 9)]
    public void Equation_9_holds_for_the_exact_solution(double m0, double t, double s)
    {
        var (exact, noise, _) = Exact(m0);
        double right = -exact.Multiplier(t) * exact.Response(t, s) + Integral(w => TwoTimeEquations.MemoryKernel(noise, exact.Correlation(t, w), exact.Response(t, w)) * exact.Response(w, s), s, t);
        Assert.Equal(Slope(w => exact.Response(w, s), t), right, 1e-9);
    }

    [Theory]
    [InlineData(0.3, 3)]
    [InlineData(0.01, 6)]
    [TestsEquation(Papers.BigBadMinima, 10)]
    public void Equation_10_holds_for_the_exact_solution(double m0, double t)
    {
        var (exact, noise, signal) = Exact(m0);
        double m = exact.Overlap(t), right = (-exact.Multiplier(t) + TwoTimeEquations.PullOverOverlap(signal, m)) * m + Integral(w => TwoTimeEquations.MemoryKernel(noise, exact.Correlation(t, w), exact.Response(t, w)) * exact.Overlap(w), 0, t);
        Assert.Equal(Slope(exact.Overlap, t), right, 1e-9);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(0.3, 3)]
    [InlineData(0.01, 6)]
    [TestsEquation(Papers.BigBadMinima, 11)]
    public void Equation_11_holds_for_the_exact_solution(double m0, double t)
    {
        var (exact, noise, signal) = Exact(m0);
        double m = exact.Overlap(t);
        Assert.Equal(exact.Multiplier(t), signal.DQ(m) * m + Integral(w => TwoTimeEquations.MultiplierKernel(noise, exact.Correlation(t, w), exact.Response(t, w)), 0, t), 1e-9);
        Assert.Equal(exact.Energy(t), -signal.Q(m) + Integral(w => TwoTimeEquations.EnergyKernel(noise, exact.Correlation(t, w), exact.Response(t, w)), 0, t), 1e-9);
    }

    [Fact]
    public void The_pull_is_that_of_the_signal_down_to_the_smallest_overlap()
    {
        var signal = Covariance.FromTerms([(2, 1.15), (3, 1.0 / 3), (5, 0.2)]);
        foreach (double m in new[] { 1, 0.5, 1e-3 })
        {
            Assert.Equal(signal.DQ(m) / m, TwoTimeEquations.PullOverOverlap(signal, m), 1e-13);
        }

        Assert.Equal(signal.CurvatureAtZero, TwoTimeEquations.PullOverOverlap(signal, 1e-300));
        Assert.Equal(signal.CurvatureAtZero, TwoTimeEquations.PullOverOverlap(signal, 0));
    }

    [Fact]
    public void The_start_is_what_the_equations_say_without_a_past()
    {
        var model = Model.FromMixture("mixture", Covariance.FromTerms([(2, 0.75), (3, 1.0 / 3)]), planted: true);
        var problem = new TwoTimeProblem(model, 0.5, 4, Math.Log(0.1));
        Assert.Equal(0.5 + 0.1 * model.Signal.DQ(0.1) + model.Noise.DQ(1) / 4, TwoTimeEquations.InitialMultiplier(problem), 1e-14);
        Assert.Equal(model.Signal.DQ(0.1) / 0.1 - 0.5 - 0.1 * model.Signal.DQ(0.1), TwoTimeEquations.InitialGrowth(problem), 1e-14);
    }

    [Fact]
    public void Problems_outside_their_domain_are_refused()
    {
        var model = Model.FromMixture("mixture", Covariance.FromTerms([(2, 0.75), (3, 1.0 / 3)]), planted: true);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoTimeProblem(model, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoTimeProblem(model, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoTimeProblem(model, 0, 1.2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoTimeProblem(model, logOverlap: 0.1));
        Assert.Throws<ArgumentException>(() => new TwoTimeProblem(model, isLinear: true));
    }

    private static (MatrixSolution Exact, Covariance Noise, Covariance Signal) Exact(double m0)
    {
        var exact = new MatrixSolution(m0);
        return (exact, exact.Problem.Model.Noise, exact.Problem.Model.Signal);
    }

    private static double Integral(Func<double, double> f, double from, double to)
    {
        double sum = 0, half = 0.5 * (to - from);
        for (int i = 0; i < Rule.Nodes.Length; i++)
        {
            sum += Rule.Weights[i] * f(from + half * (1 + Rule.Nodes[i]));
        }

        return half * sum;
    }

    // Central differences of sixth order: error of the order 1e-11 with steps of 1e-2 on these smooth curves.
    private static double Slope(Func<double, double> f, double t)
    {
        const double h = 1e-2;
        return ((f(t + 3 * h) - f(t - 3 * h)) - 9 * (f(t + 2 * h) - f(t - 2 * h)) + 45 * (f(t + h) - f(t - h))) / (60 * h);
    }
}
