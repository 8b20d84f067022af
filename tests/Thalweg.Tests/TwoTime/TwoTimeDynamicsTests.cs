// The global errors that are reported, and the uniform grid as a second opinion.
using System;
using System.Linq;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.TwoTime;
using Thalweg.TwoTime.Exact;
using Xunit;

namespace Thalweg.Tests.TwoTime;

public class TwoTimeDynamicsTests
{
    [Theory]
    [InlineData(0, 1e-2, 1000)]
    [InlineData(0.01, 1e-3, 1000)]
    [InlineData(0, 1e-5, 200)]
    [InlineData(0, 1e-7, 200)]
    [InlineData(0.01, 1e-5, 200)]
    public void Reported_errors_bound_the_true_ones(double m0, double tolerance, double end)
    {
        var exact = new MatrixSolution(m0);
        var dynamics = TwoTimeDynamics.Solve(exact.Problem, end, tolerance, threads: 2);
        Assert.Equal(Status.Converged, dynamics.Status);
        Assert.True(dynamics.Energy(end).Error <= tolerance && dynamics.Multiplier(end).Error <= 2 * tolerance);
        for (int i = 0; i < 60; i++)
        {
            double t = Math.Exp(i / 59.0 * Math.Log(1 + end)) - 1;
            var energy = dynamics.Energy(t);
            var mu = dynamics.Multiplier(t);
            Assert.True(Math.Abs(energy.Value - exact.Energy(t)) <= energy.Error, $"e({t}): {energy.Value - exact.Energy(t)}, reported {energy.Error}");
            Assert.True(Math.Abs(mu.Value - exact.Multiplier(t)) <= mu.Error, $"mu({t}): {mu.Value - exact.Multiplier(t)}, reported {mu.Error}");
            if (m0 > 0)
            {
                var m = dynamics.Overlap(t);
                Assert.True(Math.Abs(m.Value - exact.Overlap(t)) <= m.Error, $"m({t}): {m.Value - exact.Overlap(t)}, reported {m.Error}");
            }
        }

        if (m0 > 0)
        {
            // The overlap rises monotonically to twice its start and beyond.
            var doubled = dynamics.TimeOf(2 * m0);
            Assert.InRange(2 * m0, exact.Overlap(doubled.Value - doubled.Error), exact.Overlap(doubled.Value + doubled.Error));
        }
    }

    [Theory]
    [InlineData(0, 1e-4)]
    [InlineData(0, 1e-6)]
    [InlineData(0.01, 1e-5)]
    public void Reported_errors_of_the_fields_bound_the_true_ones(double m0, double tolerance)
    {
        // statistical(2,400 points from t = 0.02 to 200, near the diagonal, near t' = 0 and between): 1 % may lie outside, here none by more than a factor of three; docs/dynamics.md says how far others lie.
        var exact = new MatrixSolution(m0);
        var dynamics = TwoTimeDynamics.Solve(exact.Problem, 200, tolerance, threads: 2);
        int outside = 0, points = 0;
        for (int i = 0; i < 40; i++)
        {
            double t = 0.02 * Math.Pow(1e4, i / 40.0);
            for (int k = 0; k < 30; k++)
            {
                double near = Math.Exp(-0.7 * k), s = t * (k % 2 == 0 ? near : 1 - near);
                Quantity c = dynamics.Correlation(t, s), r = dynamics.Response(t, s);
                foreach (double ratio in new[] { Math.Abs(c.Value - exact.Correlation(t, s)) / c.Error, Math.Abs(r.Value - exact.Response(t, s)) / r.Error })
                {
                    points++;
                    outside += ratio > 1 ? 1 : 0;
                    Assert.True(ratio < 3, $"t = {t}, t' = {s}: {c}, {r}, off by {ratio} errors");
                }
            }
        }

        Assert.InRange(outside, 0, points / 100);
    }

    [Theory]
    [InlineData(1.5, false)]
    [InlineData(2.7, true)]
    public void Both_solvers_agree_within_their_errors(double inverse, bool planted)
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, inverse).ToModel(planted);
        var problem = new TwoTimeProblem(model, logOverlap: planted ? Math.Log(0.05) : null);
        var uniform = UniformSolver.Run(problem, 8, 64, 4, 2);
        var dynamics = TwoTimeDynamics.Solve(problem, 8, 1e-6, threads: 2);
        Assert.Equal(Status.Converged, uniform.Status);
        for (int n = 0; n < uniform.Times.Length; n++)
        {
            double t = uniform.Times[n];
            Assert.Equal(uniform.Energy[n], dynamics.Energy(t).Value, dynamics.Energy(t).Error + uniform.EnergyError[n]);
            Assert.Equal(uniform.Multiplier[n], dynamics.Multiplier(t).Value, dynamics.Multiplier(t).Error + uniform.MultiplierError[n]);
            if (planted)
            {
                Assert.Equal(uniform.Overlap[n], dynamics.Overlap(t).Value, dynamics.Overlap(t).Error + uniform.OverlapError[n]);
            }
        }
    }

    [Fact]
    public void Both_solvers_agree_at_a_temperature_and_from_an_equilibrium_start()
    {
        var model = Model.FromMixture("mixture", Covariance.FromTerms([(2, 0.75), (3, 1.0 / 3)]), planted: true);
        var problem = new TwoTimeProblem(model, 0.4, 2, Math.Log(0.2));
        var uniform = UniformSolver.Run(problem, 6, 30, 4, 2);
        var dynamics = TwoTimeDynamics.Solve(problem, 6, 1e-6, threads: 2);
        for (int n = 0; n < uniform.Times.Length; n++)
        {
            Assert.Equal(uniform.Energy[n], dynamics.Energy(uniform.Times[n]).Value, 3e-6 + uniform.EnergyError[n]);
            Assert.Equal(uniform.Overlap[n], dynamics.Overlap(uniform.Times[n]).Value, 3e-6 + uniform.OverlapError[n]);
        }
    }

    [Fact]
    public void The_uniform_grid_converges_with_the_order_of_its_extrapolation()
    {
        var exact = new MatrixSolution(0.3);
        double[] errors = [.. new[] { 16, 32, 64 }.Select(steps => Worst(UniformSolver.Run(exact.Problem, 8, steps, 3)))];

        // Three grids: order six; anything above four shows that the expansion is in h².
        Assert.True(errors[0] / errors[1] > 16 && errors[1] / errors[2] > 16, string.Join(' ', errors));
        var fine = UniformSolver.Run(exact.Problem, 8, 64, 3, 2);
        for (int n = 0; n < fine.Times.Length; n++)
        {
            Assert.True(Math.Abs(fine.Energy[n] - exact.Energy(fine.Times[n])) <= fine.EnergyError[n] + 1e-14, $"t = {fine.Times[n]}");
        }

        double Worst(UniformSolution solution) => Enumerable.Range(0, solution.Times.Length).Max(n => Math.Abs(solution.Multiplier[n] - exact.Multiplier(solution.Times[n])));
    }

    [Fact]
    public void Escape_times_shift_with_the_logarithm_of_the_start()
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 3).ToModel();
        double[] times = [.. new[] { 1e-4, 1e-6 }.Select(m0 => TwoTimeDynamics.Solve(new TwoTimeProblem(model, logOverlap: Math.Log(m0)), 45, 1e-4, threads: 2).TimeOf(0.5).Value)];
        double k = 3, predicted = k + model.Noise.CurvatureAtOne / k - 2 * Math.Sqrt(model.Noise.CurvatureAtOne);

        // The late growth rate is approached from above: a delay below ln(100)/Λ, by the power-law tail of μ.
        double slope = Math.Log(100) / (times[1] - times[0]);
        Assert.InRange(slope, predicted, 1.4 * predicted);
    }
}
