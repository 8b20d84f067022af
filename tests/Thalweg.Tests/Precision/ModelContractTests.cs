// Every model of the catalogue: finite results, honest errors by laws that need no oracle, thresholds that agree with the spectrum.
using System;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Spectra;
using Thalweg.StateEvolution;
using Thalweg.Thresholds;
using Xunit;

namespace Thalweg.Tests.Precision;

public class ModelContractTests
{
    public static TheoryData<string> Keys => [.. ModelCatalog.All.Select(item => item.Key)];

    private static Model Find(string key) => ModelCatalog.All.Single(item => item.Key == key).Model;

    [Theory]
    [MemberData(nameof(Keys))]
    public void Sections_are_finite_and_ordered(string key)
    {
        var model = Find(key);
        for (double m = -0.9; m < 0.95; m += 0.15)
        {
            var section = new OverlapSection(model, m);
            Assert.True(double.IsFinite(section.All().Complexity) && section.Minima().Complexity <= section.All().Complexity + 8 * section.All().Error);
            for (double t = -3; t < 6; t += 0.31)
            {
                double e = section.EnergyAt(t), noise = 8 * section.Rounding(e) + 1e-15;
                var all = section.AllAt(e);
                Assert.True(double.IsFinite(all.Complexity) && double.IsFinite(e) && all.Error is > 0 and < 1e-11);
                Assert.Equal(t, all.Shift, 1e-9);
                Assert.True(all.Complexity <= section.All().Complexity + noise);
                for (int j = 0; j < 3; j++)
                {
                    var part = section.IndexAt(e, j);
                    Assert.True(part.Complexity <= all.Complexity + noise && !double.IsNaN(part.Complexity));
                    Assert.Equal(part.Complexity, j == 0 ? section.MinimaAt(e).Complexity : part.Complexity);
                }
            }
        }
    }

    // The slope of Σ in e from the parts of the formula against a difference quotient.
    [Theory]
    [MemberData(nameof(Keys))]
    public void Zeros_are_zeros(string key)
    {
        var section = new OverlapSection(Find(key), 0);
        foreach (var zero in new[] { EnergyLevels.Zero(section), EnergyLevels.ZeroOfMinima(section) })
        {
            if (!zero.Exists)
            {
                Assert.NotEmpty(zero.Why!);
                continue;
            }

            bool all = Math.Abs(section.AllAt(zero.Value).Complexity) <= Math.Abs(section.MinimaAt(zero.Value).Complexity);
            double here = all ? section.AllAt(zero.Value).Complexity : section.MinimaAt(zero.Value).Complexity;
            double below = all ? section.AllAt(zero.Value - 1e-3).Complexity : section.MinimaAt(zero.Value - 1e-3).Complexity;
            Assert.True(Math.Abs(here) < 1e-13 && below < 0);
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Thresholds_agree_with_the_spectrum(string key)
    {
        var model = Find(key);
        var family = MatrixFamily.Of(model);
        if (family.Why is not null)
        {
            return;
        }

        double u = GradientFlowThreshold.Inverse(family).Value;
        Assert.Equal(1, HessianSpectrum.Spike(family.ModelAt(u), 0), 1e-14);
        double trivial = Trivialization.Inverse(family).Value;
        Assert.Equal(0, new OverlapSection(family.ModelAt(trivial), 0).Minima().Complexity, 1e-14);
        double end = Trivialization.OverAllOverlaps(family).Value;
        for (double m = -0.99; m < 0; m += 0.01)
        {
            Assert.True(new OverlapSection(family.ModelAt(end * (1 + 1e-9)), m).Minima().Complexity < 1e-13, $"m = {m}");
        }

        Assert.True(end >= trivial && trivial > u);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Evolutions_end_at_stationary_points(string key)
    {
        var model = Find(key);
        var overlap = MaximumLikelihoodEvolution.SignalOverlap(model);
        Assert.Equal(model.IsPlanted, overlap.Exists);
        if (!overlap.Exists)
        {
            Assert.False(MaximumLikelihoodEvolution.Energy(model, overlap).Exists || MaximumLikelihoodEvolution.Shift(model, overlap).Exists);
            return;
        }

        double m = 0.999;
        for (int i = 0; i < 20_000; i++)
        {
            m = MaximumLikelihoodEvolution.Step(model, m);
        }

        Assert.Equal(m, overlap.Value, 1e-12);
        Assert.True(MaximumLikelihoodEvolution.IsMinimum(model, m));

        // The loss at the point is the least of e(m') = -S(m') - sqrt(Q_1 (1 - m'²)) nearby.
        double e = MaximumLikelihoodEvolution.Energy(model, overlap).Value;
        foreach (double h in new[] { -0.01, 0.01 })
        {
            double x = overlap.Value + h;
            Assert.True(-model.Signal.Q(x) - Math.Sqrt(model.Noise.SlopeAtOne * (1 - x * x)) > e);
        }
    }
}
