// The figures that the two-time equations promise; in full with THALWEG_FULL=1, smaller otherwise.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.StateEvolution;
using Thalweg.TwoTime;
using Thalweg.TwoTime.Exact;
using Xunit;

namespace Thalweg.Tests.TwoTime;

public class FullSizeTests
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("THALWEG_FULL") == "1";

    // converged(order four, local tolerance): the error is at most a few tolerances.
    [Theory]
    [InlineData(0)]
    [InlineData(1e-3)]
    public void The_matrix_alone_against_its_exact_solution(double m0)
    {
        var exact = new MatrixSolution(m0);
        double end = IsFull ? 1e4 : 50;
        var errors = new List<double>();
        foreach (double tolerance in IsFull ? new[] { 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10 } : [1e-5, 1e-6, 1e-7])
        {
            var solution = LogTimeSolver.Run(exact.Problem, new LogTimeSettings(end, tolerance, 2));
            Assert.Equal(Status.Converged, solution.Status);
            double worst = 0;
            for (int i = 1; i <= 60; i++)
            {
                double t = i == 60 ? end : Math.Exp(i / 60.0 * Math.Log(1 + end)) - 1;
                worst = Math.Max(worst, Math.Max(Math.Abs(solution.Energy(t) - exact.Energy(t)), Math.Abs(solution.Multiplier(t) - exact.Multiplier(t))));
                worst = m0 > 0 ? Math.Max(worst, Math.Abs(Math.Exp(solution.LogOverlap(t)) - exact.Overlap(t))) : worst;
                foreach (double share in new[] { 0, 0.1, 0.5, 0.9, 0.99 })
                {
                    worst = Math.Max(worst, Math.Max(Math.Abs(solution.Correlation(t, share * t) - exact.Correlation(t, share * t)), Math.Abs(solution.Response(t, share * t) - exact.Response(t, share * t))));
                }
            }

            errors.Add(worst);
            Report($"matrix_error_{tolerance:E0}", worst);
        }

        for (int i = 1; i < errors.Count; i++)
        {
            Assert.True(errors[i] < errors[i - 1] / 3, string.Join(' ', errors));
        }

        Report("matrix_error", errors[^1]);
        Assert.InRange(errors[^1], 0, IsFull ? 1e-9 : 3e-6);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(1.9)]
    [InlineData(2.3)]
    [InlineData(2.7)]
    public void Both_solvers_agree(double inverse)
    {
        // The smaller version escapes too: what is hard is a shift of the escape in time.
        double end = IsFull ? 100 : 25;
        var problem = new TwoTimeProblem(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, inverse).ToModel(), logOverlap: Math.Log(IsFull ? 1e-4 : 0.05));
        var uniform = UniformSolver.Run(problem, end, (int)(4 * end), IsFull ? 6 : 5, 2);
        var solution = LogTimeSolver.Run(problem, new LogTimeSettings(end, IsFull ? 1e-10 : 1e-8, 2));
        double worst = 0, reported = 0;
        for (int n = 0; n < uniform.Times.Length; n++)
        {
            double t = uniform.Times[n];
            worst = Math.Max(worst, Math.Max(Math.Abs(uniform.Energy[n] - solution.Energy(t)), Math.Max(Math.Abs(uniform.Multiplier[n] - solution.Multiplier(t)), Math.Abs(uniform.Overlap[n] - Math.Exp(solution.LogOverlap(t))))));
            reported = Math.Max(reported, Math.Max(uniform.EnergyError[n], Math.Max(uniform.MultiplierError[n], uniform.OverlapError[n])));
        }

        Report("solvers_difference", worst);
        Report("uniform_reported", reported);
        Assert.InRange(worst, 0, IsFull ? 1e-7 : 1e-6);
    }

    [Fact]
    public void Escapes_end_in_the_fixed_point_of_the_signal()
    {
        var points = new List<(int P, double TensorNoise, double Inverse)> { (3, 1, 2.3), (3, 1, 2.7), (4, 1, 4) };
        if (IsFull)
        {
            points.AddRange([(3, 0.5, 3.5), (3, 0.5, 4), (3, 2, 2), (3, 2, 2.5), (3, 4, 2), (4, 1, 3.5), (4, 2, 3), (4, 2, 4), (4, 4, 3)]);
        }

        double worst = 0;
        foreach (var (p, tensorNoise, inverse) in points)
        {
            var model = SpikedMatrixTensor.FromInverseMatrixNoise(p, tensorNoise, inverse).ToModel();
            var solution = LogTimeSolver.Run(new TwoTimeProblem(model, logOverlap: Math.Log(1e-4)), new LogTimeSettings(1e4, 1e-7, 2));
            var overlap = MaximumLikelihoodEvolution.SignalOverlap(model);
            Assert.True(solution.SettledTime is not null, $"p = {p}, {tensorNoise}, {inverse}: {solution.Sentence}");
            worst = Math.Max(worst, Math.Max(Math.Abs(Math.Exp(solution.LogOverlap(1e4)) - overlap.Value), Math.Abs(solution.Energy(1e4) - MaximumLikelihoodEvolution.Energy(model, overlap).Value)));
        }

        Report("escape_points", points.Count);
        Report("escape_error", worst);
        Assert.InRange(worst, 0, 1e-8);
    }

    [Fact]
    public void Overlaps_grow_at_the_predicted_rate()
    {
        double worst = 0, limit = 0, end = IsFull ? 1e5 : 1e3;
        foreach (double inverse in IsFull ? new[] { 2.2, 2.3, 2.5, 2.7, 3.0 } : [2.3, 2.7])
        {
            var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, inverse).ToModel();
            var solution = LogTimeSolver.Run(new TwoTimeProblem(model, logOverlap: 0, isLinear: true), new LogTimeSettings(end, 1e-6, 2));
            double k = model.Signal.CurvatureAtZero, curvature = model.Noise.CurvatureAtOne, growth = solution.GrowthRate(end);
            worst = Math.Max(worst, Math.Abs(growth / (k + curvature / k - solution.Multiplier(end)) - 1));
            limit = Math.Max(limit, Math.Abs(growth / (Math.Pow(k - Math.Sqrt(curvature), 2) / k) - 1));
        }

        Report("growth_prediction", worst);
        Report("growth_limit", limit);
        Assert.InRange(worst, 0, 0.01);
    }

    private static void Report(string key, double value)
    {
        if (IsFull)
        {
            Console.Out.WriteLine(FormattableString.Invariant($"FIGURE {key} {value:R}"));
        }
    }
}
