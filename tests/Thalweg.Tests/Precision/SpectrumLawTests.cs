// Laws of the spectra: densities integrate to one, costs are the integrals that define them, the BBP transition is continuous.
using System;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Spectra;
using Xunit;

namespace Thalweg.Tests.Precision;

public class SpectrumLawTests
{
    // Simpson's rule after x = c + r sin φ, which removes the square-root ends: converged(order 4) at 4000 intervals, below 1e-12 for these integrands.
    private static double Integral(Func<double, double> f, double low, double high)
    {
        const int Steps = 4000;
        double centre = (low + high) / 2, radius = (high - low) / 2, h = Math.PI / Steps, sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double φ = -Math.PI / 2 + i * h, weight = i == 0 || i == Steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * f(centre + radius * Math.Sin(φ)) * radius * Math.Cos(φ);
        }

        return sum * h / 3;
    }

    private static double Root(double y) => Math.Sqrt(Math.Max(0, y * y - 4));

    [Fact]
    public void Semicircle_density_integrates_to_its_distribution_and_one()
    {
        Assert.Equal(1, Integral(Semicircle.Density, -2, 2), 1e-12);
        Assert.Equal(1, Integral(λ => λ * λ * Semicircle.Density(λ), -2, 2), 1e-12);
        for (double x = -1.9; x < 2; x += 0.3)
        {
            Assert.Equal(Integral(λ => Math.Sqrt(4 - λ * λ) / (2 * Math.PI), -2, x), Semicircle.Distribution(x), 1e-6);
            Assert.Equal(1, Semicircle.Distribution(x) + Semicircle.Distribution(-x), 1e-15);
        }

        Assert.Equal(0, Semicircle.Density(2.5));
        Assert.Equal(0, Semicircle.Distribution(-2));
        Assert.Equal(1, Semicircle.Distribution(2));
    }

    [Fact]
    public void Resolvent_and_potential_are_integrals_over_the_density()
    {
        foreach (double t in new[] { 2.1, 2.5, 3.3, 7 })
        {
            double g = Semicircle.Resolvent(t);
            Assert.Equal(t, g + 1 / g, 1e-14 * t);
            Assert.Equal(Integral(λ => Semicircle.Density(λ) / (t - λ), -2, 2), g, 1e-11);
            Assert.Equal(Integral(λ => Semicircle.Density(λ) * Math.Log(t - λ), -2, 2), Semicircle.LogPotential(t), 1e-11);
            Assert.Equal(Semicircle.LogPotential(t), Semicircle.LogPotential(-t));
            Assert.Equal(Integral(y => Root(y) / 2, 2, t), Semicircle.EigenvalueCost(t), 1e-7);
        }

        Assert.Equal(0.5, Semicircle.LogPotential(2), 1e-15);
        Assert.Equal(0, Semicircle.EigenvalueCost(2));
    }

    [Fact]
    public void Costs_are_their_integrals()
    {
        var draw = new Draw(901);
        for (int i = 0; i < 60; i++)
        {
            double θ = draw.Uniform(1.05, 4), x = θ + 1 / θ, below = draw.Uniform(2, x), above = x + draw.Uniform(0, 3);
            Assert.Equal(Integral(y => Root(y) / 4, x, below) - θ / 2 * (below - x) + (below * below - x * x) / 8, RankOnePerturbation.NoneAboveCost(θ, below), 1e-7);
            Assert.Equal(Integral(y => y / 4 + Root(y) / 4 - θ / 2, x, above), RankOnePerturbation.TopAboveCost(θ, above), 1e-10);
            Assert.Equal(0, RankOnePerturbation.NoneAboveCost(θ, above));
            Assert.Equal(0, RankOnePerturbation.TopAboveCost(θ, below));

            double weak = draw.Uniform(0.2, 1), pulled = weak + 1 / weak, far = pulled + draw.Uniform(0, 3), near = draw.Uniform(2, pulled);
            Assert.Equal(Semicircle.EigenvalueCost(near), RankOnePerturbation.TopAboveCost(weak, near), 1e-14);
            Assert.Equal(Semicircle.EigenvalueCost(pulled) + Integral(y => y / 4 + Root(y) / 4 - weak / 2, pulled, far), RankOnePerturbation.TopAboveCost(weak, far), 1e-10);
            Assert.Equal(Semicircle.EigenvalueCost(far), RankOnePerturbation.TopAboveCost(-weak, far));
            Assert.Equal(0, RankOnePerturbation.NoneAboveCost(weak, near));

            Assert.Equal(Math.Log(θ) / 2 + θ * θ / 4 - θ + 0.75, RankOnePerturbation.NoneAboveCost(θ, 2), 1e-15 * 4 * θ * θ);
            Assert.Equal(RankOnePerturbation.TopAboveCost(θ, above) + 2 * Semicircle.EigenvalueCost(above), IndexCost.Of(3, θ, above), 1e-14 * above * above);
            Assert.Equal(RankOnePerturbation.NoneAboveCost(θ, below), IndexCost.Of(0, θ, below));
        }
    }

    [Fact]
    public void Bulk_integrates_to_one_and_its_negative_share_is_the_index()
    {
        foreach (var (key, model) in ModelCatalog.All)
        {
            foreach (double t in new[] { -2.5, 0, 0.7, 1.9, 2, 2.6 })
            {
                var spectrum = new HessianSpectrum(model, 0.2, t);
                double left = spectrum.BulkLeft.Value, right = spectrum.BulkRight.Value;
                Assert.Equal(1, Integral(spectrum.Density, left, right), 1e-8);
                double negative = left >= 0 ? 0 : right <= 0 ? 1 : Integral(spectrum.Density, left, 0);
                Assert.True(Math.Abs(negative - spectrum.IndexFraction) < 1e-6, key);
                double mean = Integral(λ => λ * spectrum.Density(λ), left, right);
                Assert.Equal(t * Math.Sqrt(model.Noise.CurvatureAtOne), mean, 1e-7);
            }
        }
    }

    [Fact]
    public void Outlier_leaves_the_bulk_at_one()
    {
        Assert.False(RankOnePerturbation.Outlier(1).Exists);
        Assert.False(RankOnePerturbation.OutlierOverlap2(-1).Exists);
        Assert.Equal(2.5, RankOnePerturbation.Outlier(2).Value);
        Assert.Equal(-2.5, RankOnePerturbation.Outlier(-2).Value);
        Assert.Equal(0.75, RankOnePerturbation.OutlierOverlap2(-2).Value);
        var draw = new Draw(902);
        for (int i = 0; i < 300; i++)
        {
            var (spiked, _) = draw.Moderate();
            var model = spiked.ToModel();
            var spectrum = new HessianSpectrum(model, draw.Uniform(-0.9, 0.9), draw.Uniform(1, 4));
            Assert.Equal(spectrum.SpikeStrength, HessianSpectrum.Spike(model, spectrum.Overlap));
            if (spectrum.Outlier.Exists)
            {
                Assert.True(spectrum.SpikeStrength > 0 ? spectrum.Outlier.Value < spectrum.BulkLeft.Value : spectrum.Outlier.Value > spectrum.BulkRight.Value);
                Assert.InRange(spectrum.OutlierOverlap2.Value, 0, 1);
            }
            else
            {
                Assert.False(spectrum.OutlierOverlap2.Exists);
            }
        }
    }

    // At t = 2 the place is written without cancellation; the general form is the same number.
    [Fact]
    public void Outlier_at_threshold_is_the_square()
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.3).ToModel();
        double θ = HessianSpectrum.Spike(model, 0), scale = Math.Sqrt(model.Noise.CurvatureAtOne);
        Assert.Equal(-scale * (θ - 1) * (θ - 1) / θ, new HessianSpectrum(model, 0, 2).Outlier.Value, 1e-15);
        Assert.Equal(new HessianSpectrum(model, 0, 2 + 1e-12).Outlier.Value, new HessianSpectrum(model, 0, 2).Outlier.Value, 1e-11);
    }
}
