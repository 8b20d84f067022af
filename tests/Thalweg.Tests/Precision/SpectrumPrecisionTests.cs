// The spectrum of the Hessian, eqs. (6) and (7), and the functions of random matrices behind it, against the double-double oracle.
using System;
using Thalweg.Complexity;
using Thalweg.Numerics.Roots;
using Thalweg.Spectra;
using Thalweg.Tests.Oracles;
using Thalweg.Thresholds;
using Xunit;

namespace Thalweg.Tests.Precision;

public class SpectrumPrecisionTests
{
    private const double Closed = 1e-14, Cost = 1e-15;

    [Fact]
    public void Semicircle_functions()
    {
        var draw = new Draw(401);
        Audit potential = new("log_potential", Cost), cost = new("eigenvalue_cost", Cost), share = new("index_fraction", Cost), resolvent = new("resolvent_relative", Cost);
        for (int i = 0; i < Audit.Draws(4000, 50_000); i++)
        {
            double t = i % 2 == 0 ? draw.Uniform(-2.5, 2.5) : 2 + draw.Log(1e-9, 100);
            string place = $"t = {t:R}";
            var exact = RandomMatrixOracle.Phi(t);
            potential.Scaled(exact, Semicircle.LogPotential(t), double.NaN, Math.Max(1, Math.Abs((double)exact)), place);
            share.Scaled(RandomMatrixOracle.IndexFraction(t), Semicircle.Distribution(-t), double.NaN, 1, place);
            if (t >= 2)
            {
                cost.Scaled(RandomMatrixOracle.I1(t), Semicircle.EigenvalueCost(t), double.NaN, Math.Max(1, t * t / 4), place);
                resolvent.Scaled(RandomMatrixOracle.G(t), Semicircle.Resolvent(t), double.NaN, Math.Abs((double)RandomMatrixOracle.G(t)), place);
            }
        }

        potential.Conclude();
        cost.Conclude();
        share.Conclude();
        resolvent.Conclude();
    }

    [Fact]
    public void Rank_one_costs_and_outlier()
    {
        var draw = new Draw(402);
        Audit lower = new("cost_none_above", Cost), upper = new("cost_top_above", Cost), outlier = new("bbp_outlier_relative", Closed), overlap = new("bbp_overlap2_relative", Closed), index = new("index_cost", Cost);
        for (int i = 0; i < Audit.Draws(4000, 50_000); i++)
        {
            double θ = (i % 3) switch { 0 => draw.Log(0.01, 30), 1 => 1 + draw.Log(1e-8, 1), _ => draw.Uniform(-3, 3) };
            double t = i % 5 == 0 ? 2 : i % 2 == 0 ? 2 + draw.Log(1e-8, 20) : Math.Max(2, (θ + 1 / θ) * draw.Uniform(0.7, 1.3));
            string place = $"θ = {θ:R}, t = {t:R}";
            DoubleDouble strength = θ;

            // The terms are of size θ², θ t and t².
            double scale = Math.Max(1, Math.Max(θ * θ, t * t) / 4);
            lower.Scaled(RandomMatrixOracle.Lower(θ, t), RankOnePerturbation.NoneAboveCost(θ, t), double.NaN, scale, place);
            upper.Scaled(θ > 0 ? RandomMatrixOracle.Upper(θ, t) : RandomMatrixOracle.I1(t), RankOnePerturbation.TopAboveCost(θ, t), double.NaN, scale, place);
            if (θ > 0)
            {
                int j = i % 4;
                index.Scaled(RandomMatrixOracle.IndexCost(j, θ, t), IndexCost.Of(j, θ, t), double.NaN, scale * Math.Max(1, j), place + $", j = {j}");
            }

            Assert.Equal(Math.Abs(θ) > 1, RankOnePerturbation.Outlier(θ).Exists);
            if (Math.Abs(θ) > 1)
            {
                outlier.Relative(strength + 1 / strength, RankOnePerturbation.Outlier(θ), place);
                overlap.Relative(SpectrumOracle.OutlierOverlapSquared(θ), RankOnePerturbation.OutlierOverlap2(θ), place);
            }
        }

        lower.Conclude();
        upper.Conclude();
        index.Conclude();
        outlier.Conclude();
        overlap.Conclude();
        Assert.Equal(double.PositiveInfinity, RankOnePerturbation.NoneAboveCost(2, 1.99));
        Assert.Equal(double.PositiveInfinity, IndexCost.Of(2, 2, 1.99));
        Assert.Throws<ArgumentOutOfRangeException>(() => Semicircle.Resolvent(1.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => IndexCost.Of(-1, 2, 3));
    }

    [Fact]
    public void Hessian_at_a_stationary_point_eq_6()
    {
        var draw = new Draw(403);
        Audit spike = new("spike_strength", Closed), edges = new("bulk_edges", Closed), outlier = new("hessian_outlier", Closed), overlap = new("hessian_overlap2", Closed), density = new("hessian_density", Closed);
        for (int i = 0; i < Audit.Draws(3000, 30_000); i++)
        {
            var (spiked, oracle) = i % 2 == 0 ? draw.Wide() : draw.Moderate();
            double m = draw.Overlap(), t = i % 4 == 0 ? 2 : draw.Uniform(-1, 6);
            string place = $"{oracle} m = {m:R}, t = {t:R}";
            var spectrum = new HessianSpectrum(spiked.ToModel(), m, t);
            DoubleDouble θ = SpectrumOracle.Theta(oracle, m), scale = DoubleDouble.Sqrt(oracle.Q2), size = SpectrumOracle.Theta(oracle, Math.Abs(m));
            spike.Scaled(θ, spectrum.SpikeStrength, double.NaN, (double)size, place);
            var (left, right) = SpectrumOracle.Edges(oracle, t);
            edges.Scaled(left, spectrum.BulkLeft, (double)scale * Math.Max(2, Math.Abs(t)), place);
            edges.Scaled(right, spectrum.BulkRight, (double)scale * Math.Max(2, Math.Abs(t)), place);

            // A point inside the bulk, away from its ends where the square root loses digits.
            double x = draw.Uniform(-1.5, 1.5), λ = (double)scale * (t + x);
            var distance = λ / scale - t;
            density.Scaled(DoubleDouble.Sqrt((2 - distance) * (2 + distance)) / (2 * DoubleDouble.Pi * scale), spectrum.Density(λ), double.NaN, 1 / (double)scale * Math.Max(1, Math.Abs(t)), place);
            if (DoubleDouble.Abs(DoubleDouble.Abs(θ) - 1) < 1e-13 * size)
            {
                continue;
            }

            Assert.Equal(DoubleDouble.Abs(θ) > 1, spectrum.Outlier.Exists);
            if (spectrum.Outlier.Exists)
            {
                double terms = (double)(scale * (Math.Abs(t) + size));
                outlier.Scaled(SpectrumOracle.Outlier(oracle, θ, t), spectrum.Outlier, terms, place);
                overlap.Scaled(SpectrumOracle.OutlierOverlapSquared(θ), spectrum.OutlierOverlap2, (double)(size / DoubleDouble.Abs(θ * θ * θ)) + 1, place);
            }
        }

        spike.Conclude();
        edges.Conclude();
        density.Conclude();
        outlier.Conclude();
        overlap.Conclude();
    }

    // Eq. (5) against θ = 1 of eq. (7), the requirement's 10,000 random pairs: the two are one statement.
    [Fact]
    public void Gradient_flow_threshold_is_where_the_spike_is_one_eqs_5_and_7()
    {
        var draw = new Draw(404);
        double worst = 0;
        for (int i = 0; i < 10_000; i++)
        {
            var family = MatrixFamily.Spiked(draw.Order(), draw.Log(1e-12, 1e12));
            double u = GradientFlowThreshold.Inverse(family).Value, r2 = family.Rest.CurvatureAtOne;

            // θ rises with u from below one at u = 1 to above one where u² exceeds u + R_2.
            double root = BracketedRoot.Find(x => HessianSpectrum.Spike(family.ModelAt(x), 0) - 1, 0.5, 2 + 2 * Math.Sqrt(r2)).Position;
            worst = Math.Max(worst, Math.Abs(1 / root / GradientFlowThreshold.Of(family).Value - 1));
            Assert.True(Math.Abs(root - u) < 1e-13 * u, $"u = {u:R}, root {root:R}");
        }

        Audit.Figure("eq5_against_eq7_relative", worst);
        Assert.True(worst < 1e-13, $"{worst:E2}");
    }
}
