// Ageing against the theory of its limits and against the exact solution of the matrix alone.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Ageing;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Numerics.Quadrature;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Tests.TwoTime;
using Thalweg.TwoTime;
using Thalweg.TwoTime.Exact;
using Xunit;

namespace Thalweg.Tests.Ageing;

public class AgeingObservablesTests
{
    [Fact]
    public void Pure_three_spin_ages_towards_the_theory()
    {
        var problem = new TwoTimeProblem(Model.FromMixture("3-spin", Covariance.Pure(3, 0.5), planted: false));
        var dynamics = TwoTimeDynamics.Solve(problem, 1e5, 1e-5, [1e3], threads: 2);
        AgeingObservables early = new(dynamics, 1e3), late = new(dynamics, 1e5);
        double ratio = late.Limit.Ratio(0.5).Value, fast = late.Limit.FastResponse.Value;

        // exact: Q'' = 3, so 1/T_eff = (p-2)/sqrt(Q'') and χ_f are both 1/sqrt(3).
        Assert.Equal(1 / Math.Sqrt(3), ratio, 1e-14);
        Assert.Equal(1 / Math.Sqrt(3), fast, 1e-14);

        // What is left of the distances falls like t^(-1/3): by 4.6 over these two decades, and is below 2 % at the end.
        Assert.InRange((ratio - early.Ratio.Value) / (ratio - late.Ratio.Value), 3.5, 6);
        Assert.InRange(Math.Abs(ratio - late.Ratio.Value), 0, 0.02 * ratio);
        Assert.InRange((early.FastResponse.Value - fast) / (late.FastResponse.Value - fast), 3, 6);
        Assert.InRange(Math.Abs(late.FastResponse.Value - fast), 0, 0.01 * fast);

        // Weak long-term memory is lost.
        Assert.InRange(late.Memory.Value / early.Memory.Value, 0.1, 0.3);

        // exact: for a pure model eq. (11) ties e to μ, e = -μ/p, so that both exponents are one.
        Assert.Equal(late.MultiplierExponent.Value, late.EnergyExponent.Value, 1e-4);
        Assert.InRange(late.MultiplierExponent.Value, 0.65, 0.68);

        // The extrapolation knows nothing of the limit and reaches it.
        double threshold = new OverlapSection(problem.Model, 0).ThresholdEnergy().Value;
        Assert.Equal(threshold, late.Limit.Energy.Value, 1e-13);
        Assert.InRange(Math.Abs(late.EnergyLimit.Value - threshold), 0, late.EnergyLimit.Error);
        Assert.InRange(late.EnergyLimit.Error, 0, 1e-4);
    }

    [Theory]
    [InlineData(3, 0.2)]
    [InlineData(4, 0.3)]
    public void Limits_at_a_temperature_solve_their_equations(int p, double T)
    {
        var noise = Covariance.Pure(p, 0.5);
        var limit = AgeingLimit.Of(new TwoTimeProblem(Model.FromMixture("pure", noise, planted: false), T));
        double q = limit.Plateau.Value, x = limit.Ratio(0.5 * q).Value, χ = limit.FastResponse.Value, μ = limit.Multiplier.Value;

        // exact: the theorem of the bath, eq. (11) over both sectors, and X of the pure model; T → 0 is gradient flow.
        Assert.Equal((1 - q) / T, χ, 1e-12);
        Assert.Equal(T + ((noise.SlopeAtOne - q * noise.DQ(q)) / T) + x * q * noise.DQ(q), μ, 1e-12);
        Assert.Equal((p - 2) * (1 - q) / q, x * T, 1e-12);
        Assert.Equal(-(μ - T) / p, limit.Energy.Value, 1e-12);
        Assert.Equal(limit.Integrated(q).Value, χ, 1e-12);
        Assert.Equal(χ + 0.5 * q * x, limit.Integrated(0.5 * q).Value, 1e-12);
        AgeingLimit cold = AgeingLimit.Of(new TwoTimeProblem(Model.FromMixture("pure", noise, planted: false), 1e-6)), zero = AgeingLimit.Of(new TwoTimeProblem(Model.FromMixture("pure", noise, planted: false)));
        Assert.Equal(zero.Ratio(0.5).Value, cold.Ratio(0.5).Value, 1e-5);
        Assert.Equal(zero.Energy.Value, cold.Energy.Value, 1e-5);
        Assert.Equal(zero.Multiplier.Value, cold.Multiplier.Value, 1e-5);
        Assert.Contains("equilibrates", AgeingLimit.Of(new TwoTimeProblem(Model.FromMixture("pure", noise, planted: false), 0.7)).Energy.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warm_bath_shows_two_temperatures()
    {
        const double T = 0.2;
        var dynamics = TwoTimeDynamics.Solve(new TwoTimeProblem(Model.FromMixture("3-spin", Covariance.Pure(3, 0.5), planted: false), T), 1e4, 1e-5, [1e2], threads: 2);
        AgeingObservables early = new(dynamics, 1e2), late = new(dynamics, 1e4);
        double ratio = late.Limit.Ratio(late.Correlation).Value;

        // The slow sector approaches its own temperature, well above that of the bath; near the diagonal the theorem of the bath holds.
        Assert.InRange(Math.Abs(ratio - late.Ratio.Value), 0, 0.5 * Math.Abs(ratio - early.Ratio.Value));
        Assert.InRange(late.Ratio.Value * T, 0.02, 0.2);
        Assert.Equal(1 / T, new AgeingRow(dynamics.Solution, 1e4).RatioAt(1 - 1e-6, 1e-6), 0.01);
    }

    [Fact]
    public void Above_the_transition_the_theorem_of_the_bath_holds_everywhere()
    {
        const double T = 2;
        var ageing = new AgeingObservables(TwoTimeDynamics.Solve(new TwoTimeProblem(Model.FromMixture("3-spin", Covariance.Pure(3, 0.5), planted: false), T), 300, 1e-5), 300);

        // exact in equilibrium, X = 1, and e = -Q(1)/T.
        Assert.InRange(Math.Abs(ageing.Ratio.Value - 1 / T), 0, ageing.Ratio.Error);
        Assert.InRange(ageing.Ratio.Error, 0, 1e-3);
        Assert.InRange(Math.Abs(ageing.EnergyLimit.Value + 0.25), 0, ageing.EnergyLimit.Error);
        Assert.Contains("equilibrates", ageing.FastResponse.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("2+3")]
    public void Errors_bound_the_difference_from_a_finer_run(string powers)
    {
        var noise = powers == "3" ? Covariance.Pure(3, 0.5) : Covariance.FromTerms([(2, 0.75), (3, 1.0 / 3)]);
        var problem = new TwoTimeProblem(Model.FromMixture("mixture", noise, planted: false));
        AgeingObservables rough = new(TwoTimeDynamics.Solve(problem, 1e3, 1e-4, threads: 2), 1e3), fine = new(TwoTimeDynamics.Solve(problem, 1e3, 1e-7, threads: 2), 1e3);
        Assert.All(
            new (string Name, Func<AgeingObservables, Quantity> Value)[]
            {
                ("ratio", o => o.Ratio), ("fast", o => o.FastResponse), ("memory", o => o.Memory), ("exponent of mu", o => o.MultiplierExponent), ("exponent of e", o => o.EnergyExponent), ("limit of e", o => o.EnergyLimit),
            },
            observable =>
            {
                Quantity one = observable.Value(rough), other = observable.Value(fine);
                Assert.True(Math.Abs(one.Value - other.Value) <= one.Error, $"{observable.Name}: {one} against {other}");
                Assert.InRange(one.Error, 0, 0.2 * Math.Abs(one.Value));
            });
    }

    [Fact]
    public void Integrated_response_of_the_matrix_alone_is_that_of_the_exact_solution()
    {
        const double end = 50;
        var exact = new MatrixSolution(0);
        var dynamics = TwoTimeDynamics.Solve(exact.Problem, end, 1e-6, threads: 2);
        var row = new AgeingRow(dynamics.Solution, end);
        var rule = GaussLegendre.OfOrder(60);
        for (double from = 0.5; from < end; from += 4.5)
        {
            double x = from / end, χ = 0, step = 1e-3;
            for (int k = 0; k < rule.Nodes.Length; k++)
            {
                χ += 0.5 * (end - from) * rule.Weights[k] * exact.Response(end, from + 0.5 * (end - from) * (1 + rule.Nodes[k]));
            }

            // converged(tolerance 1e-6): the ratio divides by a derivative of about 1/t.
            Assert.Equal(χ, row.IntegratedAt(x, 1 - x), 2e-6);
            double rate = (exact.Correlation(end, from + step) - exact.Correlation(end, from - step)) / (2 * step);
            Assert.Equal(exact.Response(end, from) / rate, row.RatioAt(x, 1 - x), 1e-3 * Math.Abs(exact.Response(end, from) / rate));
        }

        Assert.Equal(row.Integrated[^1] - row.IntegratedAt(0.1, 0.9), row.MemoryOf(5), 1e-14);

        // exact: the matrix alone has an infinite effective temperature.
        Assert.Equal(0, new AgeingObservables(dynamics, end).Limit.Ratio(0.5).Value, 1e-15);
    }

    // --at: the ageing at each time, the rows of each below each other in the order of time, with errors that bound what the exact solution of the matrix alone differs by.
    [Fact]
    public void Ageing_is_reported_at_every_time_that_is_asked_for()
    {
        var set = new ParameterSet(new Dictionary<string, string> { ["mixture"] = "0.5 x^2", ["t"] = "200", ["at"] = "120,20,120", ["tol"] = "1e-6" });
        var outcome = new DynamicsRun().Execute(set, RunContext.Default);
        var points = outcome.Result.Rows("at").Select(at => at.Nested("ageing")).ToArray();
        Assert.Contains("too short", points[1].Quantity("memory").Why, StringComparison.Ordinal);
        Assert.Equal(points[0].Quantity("memory").Value, points[2].Quantity("memory").Value);
        Assert.InRange(outcome.Result.Nested("ageing").Quantity("memory").Value, 0, points[0].Quantity("memory").Value);
        var table = outcome.Table("ageing");
        Assert.Equal([20, 120, 200], table["t"].Values.Distinct());
        var exact = new MatrixSolution(0);
        int beyond = 0;
        foreach (double t in table["t"].Values.Distinct())
        {
            var rows = table.Where("t", t);
            for (int i = 0; i < rows.Rows; i++)
            {
                double s = t - rows["lag"].Values[i];
                Assert.Equal(rows["theta"].Values[i] * t, s, 1e-9 * t);
                double c = Math.Abs(rows["c"].Values[i] - exact.Correlation(t, s)), r = Math.Abs(rows["r"].Values[i] - exact.Response(t, s));
                beyond += c > rows["c_error"].Values[i] || r > rows["r_error"].Values[i] ? 1 : 0;
            }

            // R(t,0) is small: its error is relative.
            Assert.InRange(rows["r_error"].Values[^1], 0, 1e-3 * rows["r"].Values[^1]);
        }

        Assert.InRange(beyond, 0, table.Rows / 100);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(3)]
    [InlineData(8)]
    public void Limits_of_a_quartic_with_a_matrix_integrate_each_other(double u)
    {
        // One step, a continuous part and one step, continuous throughout: u below a, between a and 6a, above 6a.
        var noise = Covariance.FromTerms([(2, 0.5 * u), (4, 0.25)]);
        var limit = AgeingLimit.Of(new TwoTimeProblem(Model.FromMixture("2+4", noise, planted: false)));
        Assert.Equal(limit.FastResponse.Value, limit.Integrated(1).Value, 1e-14);
        for (double c = 0.05; c < 1; c += 0.1)
        {
            double step = 1e-5, slope = (limit.Integrated(c - step).Value - limit.Integrated(c + step).Value) / (2 * step);
            Assert.Equal(limit.Ratio(c).Value, slope, 1e-6);
        }

        // The energy is -∫ χ Q'' dC.
        var rule = GaussLegendre.OfOrder(400);
        double energy = 0;
        for (int k = 0; k < rule.Nodes.Length; k++)
        {
            double c = 0.5 * (1 + rule.Nodes[k]);
            energy -= 0.5 * rule.Weights[k] * limit.Integrated(c).Value * noise.D2Q(c);
        }

        Assert.Equal(limit.Energy.Value, energy, 1e-5);
    }

    [Fact]
    public void Limits_and_exponents_are_missing_where_they_mean_nothing()
    {
        var model = Model.FromMixture("mixture", Covariance.FromTerms([(1, 0.3), (3, 0.5)]), planted: false);
        var field = new AgeingObservables(TwoTimeDynamics.Solve(new TwoTimeProblem(model), 5, 1e-4), 5);
        Assert.Contains("linear term", field.Limit.Ratio(0.5).Why, StringComparison.Ordinal);
        Assert.Contains("linear term", field.MultiplierExponent.Why, StringComparison.Ordinal);
        Assert.Contains("too short", field.Memory.Why, StringComparison.Ordinal);
        Assert.Contains("too short", field.EnergyLimit.Why, StringComparison.Ordinal);
    }
}
