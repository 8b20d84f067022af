// The ageing energy: threshold energy by two routes, the continuous solution against its definition, and which shape is consistent.
using System;
using System.Collections.Generic;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Complexity;

public class AgeingEnergyTests
{
    // Mixtures of one to four terms from a Weyl sequence: the same on every machine.
    private static IEnumerable<Covariance> Mixtures(int count)
    {
        double state = 0;
        double Next() => state = (state + 0.6180339887498949) % 1;
        for (int i = 0; i < count; i++)
        {
            var terms = new List<(int, double)>();
            for (int k = 0; k <= (int)(4 * Next()); k++)
            {
                terms.Add((2 + (int)(11 * Next()), Math.Pow(10, 4 * Next() - 2)));
            }

            yield return Covariance.FromTerms(terms);
        }
    }

    [Fact]
    public void Threshold_energy_by_both_routes()
    {
        foreach (var noise in Mixtures(500))
        {
            // Kac-Rice: the saddle -e = Q_0 β̂ + Q_1 r, μ = Q_1 β̂ + (Q_1+Q_2) r at μ = 2 sqrt(Q_2), r = 1/sqrt(Q_2); and its closed form.
            double Q0 = noise.AtOne, Q1 = noise.SlopeAtOne, Q2 = noise.CurvatureAtOne, r = 1 / Math.Sqrt(Q2), β = (2 * Math.Sqrt(Q2) - (Q1 + Q2) * r) / Q1;
            double saddle = -(Q0 * β + Q1 * r), closed = -(Q1 * Q1 + Q0 * (Q2 - Q1)) / (Q1 * Math.Sqrt(Q2));
            var ageing = AgeingEnergy.OneStep(noise);

            // exact: identities; the saddle subtracts numbers of the order of its largest term.
            Assert.InRange(Math.Abs(ageing.Value - closed), 0, 1e-14 * Math.Abs(closed));
            Assert.InRange(Math.Abs(ageing.Value - saddle), 0, 1e-14 * (Q0 * (Q1 + 3 * Q2) * r / Q1 + Q1 * r));
            Assert.InRange(Math.Abs(ageing.Value - closed), 0, ageing.Error);
        }
    }

    [Fact]
    public void Threshold_energy_is_where_the_shift_reaches_two()
    {
        foreach (var noise in Mixtures(30))
        {
            // exact, seen through a shift that is found by bisection.
            var model = Model.FromMixture("mixture", noise, planted: false);
            double e = AgeingEnergy.OneStep(noise).Value;
            Assert.Equal(2, AnnealedReference.AtEnergy(model, 0, e).Shift, 1e-7);
            Assert.True(AnnealedReference.AtEnergy(model, 0, 0.999 * e).Shift < 2);
        }
    }

    [Theory]
    [InlineData(0.5, AgeingKind.OneStep)]
    [InlineData(1, AgeingKind.OneStep)]
    [InlineData(1.01, AgeingKind.ContinuousThenStep)]
    [InlineData(5.9, AgeingKind.ContinuousThenStep)]
    [InlineData(6, AgeingKind.Continuous)]
    [InlineData(50, AgeingKind.Continuous)]
    public void Quartic_shapes(double u, AgeingKind kind)
    {
        foreach (double a in (double[])[0.25, 1, 4])
        {
            var state = AgeingEnergy.Of(SpikedMatrixTensor.FromInverseMatrixNoise(4, 1 / a, u * a).ToCovariance());
            Assert.Equal(kind, state.Kind);
            Assert.Equal(kind == AgeingKind.OneStep ? How.ClosedForm : How.Estimate, state.Energy.How);
            if (kind == AgeingKind.ContinuousThenStep)
            {
                // exact: the condition on q_m factorises into (1-q)² [q² + 4q + 1 - u/a].
                Assert.InRange(Math.Abs(state.BreakingPoint.Value - (Math.Sqrt(3 + u) - 2)), 0, state.BreakingPoint.Error);
            }
        }
    }

    // exact: the step must not be flatter than the continuous solution at C = 1, x_1 ≥ x(1) or Q_3 Q_1 ≤ 2 Q_2 (Q_2-Q_1). A small high power breaks this first, and at first only there: at a distance
    // of 1/256 from C = 1 the step still passes.
    [Theory]
    [InlineData(3, 12)]
    [InlineData(3, 16)]
    [InlineData(4, 40)]
    public void One_step_ends_where_its_ratio_meets_that_of_the_continuous_solution(int p, int high)
    {
        Covariance At(double c) => Covariance.FromTerms([(p, 1), (high, c)]);
        bool Holds(Covariance noise) => noise.D3Q(1) * noise.SlopeAtOne <= 2 * noise.CurvatureAtOne * (noise.CurvatureAtOne - noise.SlopeAtOne);
        double low = 0, last = 0.02;
        for (int i = 0; i < 60; i++)
        {
            double c = (low + last) / 2;
            (low, last) = Holds(At(c)) ? (c, last) : (low, c);
        }

        Assert.InRange(low, 1e-4, 0.0199);
        Assert.Equal(AgeingKind.OneStep, AgeingEnergy.Of(At(0.999 * low)).Kind);
        Assert.NotEqual(AgeingKind.OneStep, AgeingEnergy.Of(At(1.001 * low)).Kind);
    }

    // -∫ χ Q'' dC by the midpoint rule, with χ put together from its pieces: no integration by parts, no closed form.
    [Theory]
    [InlineData("0.75 x^2 + 0.25 x^4")]
    [InlineData("1.5 x^2 + 0.25 x^4")]
    [InlineData("1 x^2 + 0.2 x^5")]
    [InlineData("0.5 x^2 + 0.2 x^4 + 0.3 x^6")]
    [InlineData("4 x^2 + 0.25 x^4")]
    [InlineData("0.1 x^2 + 0.5 x^3")]
    public void Energy_is_minus_the_integral_of_the_response(string mixture)
    {
        var noise = MixtureParser.Parse(mixture);
        var state = AgeingEnergy.Of(noise);
        double q = state.BreakingPoint.Value, step = state.StepRatio.Exists ? state.StepRatio.Value : 0, end = 1 / Math.Sqrt(noise.CurvatureAtOne);
        const int Cells = 100_000;
        double sum = 0;
        for (int i = 0; i < Cells; i++)
        {
            double c = (i + 0.5) / Cells, χ = c < q ? 1 / Math.Sqrt(noise.D2Q(c)) : end + step * (1 - c);
            sum -= χ * noise.D2Q(c) / Cells;
        }

        // converged(order 2): 1e-10 times the second derivative, and a cell of size 1e-5 where the slope of χ changes.
        Assert.Equal(sum, state.Energy.Value, 1e-8);
        double low = q == 0 ? Math.Sqrt(noise.CurvatureAtOne) / noise.SlopeAtOne : 1 / Math.Sqrt(noise.D2Q(q));
        Assert.Equal(low, end + step * (1 - q), 1e-12);
        Assert.Equal(noise.SlopeAtOne - noise.DQ(q), (1 - q) / (low * end), 1e-12);
    }

    [Fact]
    public void Shapes_join_continuously()
    {
        Covariance At(double u) => SpikedMatrixTensor.FromInverseMatrixNoise(4, 1, u).ToCovariance();
        foreach (double u in (double[])[1, 6])
        {
            Assert.Equal(AgeingEnergy.Of(At(u - 1e-7)).Energy.Value, AgeingEnergy.Of(At(u + 1e-7)).Energy.Value, 1e-6);
        }

        // The replacement lies above the one-step energy, by about 1e-3 at u = 2 a.
        Assert.InRange(AgeingEnergy.Of(At(2)).Energy.Value - AgeingEnergy.OneStep(At(2)).Value, 1.2e-3, 1.4e-3);
    }

    // A second route to the continuous solution: as m → 0 the quenched count keeps q > 0 beyond the instability, and where its shift reaches 2 it sees the marginal states of the dynamics,
    // with one overlap in the place of a continuum of them. It must come out much closer to the continuous energy than the one-step energy is: 3, 8 and 13 per cent of the distance.
    [Theory]
    [InlineData(1.5, 0.04)]
    [InlineData(2, 0.1)]
    [InlineData(3, 0.15)]
    public void Quenched_count_near_zero_overlap_agrees_with_the_continuous_energy(double u, double share)
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(4, 1, u).ToModel();
        var state = AgeingEnergy.Of(model.Noise);
        var solver = new QuenchedComplexity(model);
        double low = state.Energy.Value - 0.002, high = state.Energy.Value + 0.002;
        for (int i = 0; i < 40; i++)
        {
            double e = (low + high) / 2;
            (low, high) = solver.At(1e-4, e).BulkShift.Value > 2 ? (e, high) : (low, e);
        }

        var threshold = solver.At(1e-4, high);
        double oneStep = AgeingEnergy.OneStep(model.Noise).Value;
        Assert.InRange(Math.Abs(high - state.Energy.Value), 0, share * Math.Abs(oneStep - state.Energy.Value));
        Assert.InRange(threshold.Order!.EnergyConjugate.Value / state.StepRatio.Value, 0.98, 1.02);
        Assert.InRange(threshold.Order.ReplicaOverlap.Value, 0, state.BreakingPoint.Value);
    }

    [Fact]
    public void Ageing_ends_at_or_above_the_ground_state()
    {
        foreach (var noise in Mixtures(200))
        {
            var state = AgeingEnergy.Of(noise);
            if (state.Energy.Exists)
            {
                var ground = GroundStateEnergy.Of(noise).OneStepEnergy;
                Assert.True(state.Energy.Value >= ground.Value - ground.Error - state.Energy.Error, noise.ToString());
            }
        }
    }

    [Fact]
    public void Pure_models_are_one_step_and_some_mixtures_are_refused()
    {
        for (int p = 2; p <= 20; p++)
        {
            // exact: -2 sqrt((p-1)/p), for p = 2 the ground state itself.
            var state = AgeingEnergy.Of(Covariance.Pure(p, 1));
            Assert.Equal(AgeingKind.OneStep, state.Kind);
            Assert.Equal(-2 * Math.Sqrt((p - 1.0) / p), state.Energy.Value, 1e-14);
        }

        // Two steps, or a step below a continuous part, are not among the shapes: a cubic term makes Q''^(-1/2) convex at C = 0.
        Assert.Equal(AgeingKind.Unknown, AgeingEnergy.Of(MixtureParser.Parse("x^3 + 0.1 x^16")).Kind);
        Assert.Equal(AgeingKind.Unknown, AgeingEnergy.Of(MixtureParser.Parse("0.5 x^2 + 0.05 x^3 + 0.3 x^6")).Kind);
        Assert.False(AgeingEnergy.Of(MixtureParser.Parse("0.3 x + 0.5 x^3")).Energy.Exists);
    }
}
