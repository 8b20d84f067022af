// Laws of the annealed complexities over random parameters: scaling, symmetry, monotone maps, bounds, continuity, suprema.
using System;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Numerics.Roots;
using Thalweg.Spectra;
using Thalweg.StateEvolution;
using Xunit;

namespace Thalweg.Tests.Precision;

public class ComplexityLawTests
{
    private const int Count = 400;

    private static void ForAll(int seed, Action<Draw, Model, double, OverlapSection> law)
    {
        var draw = new Draw(seed);
        for (int i = 0; i < Count; i++)
        {
            var model = draw.Moderate().Model.ToModel();
            double m = draw.Uniform(-0.95, 0.95);
            law(draw, model, m, new OverlapSection(model, m));
        }
    }

    private static double Energy(Draw draw, OverlapSection section) => section.EnergyAt(draw.Uniform(0, 4));

    // exact: rounding of both sides, as they report it, with the term m-dependent signal of the energy on top.
    private static void Same(double expected, double actual, double scale) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-13 * Math.Max(1, scale), $"{expected:R} and {actual:R}, scale {scale:R}");

    [Fact]
    public void Scaling_the_loss_scales_energies_and_keeps_complexities()
    {
        ForAll(801, (draw, model, m, section) =>
        {
            double c = draw.Log(0.1, 10), e = Energy(draw, section);
            var noise = Covariance.FromTerms(model.Noise.Powers.ToArray().Zip(model.Noise.Coefficients.ToArray(), (k, a) => (k, a * c)));
            var signal = Covariance.FromTerms(model.Signal.Powers.ToArray().Zip(model.Signal.Coefficients.ToArray(), (k, a) => (k, a * Math.Sqrt(c))));
            var scaled = new OverlapSection(new Model("scaled", noise, signal), m);
            double size = section.Rounding(e) / 1e-15;
            Same(section.AllAt(e).Complexity, scaled.AllAt(e * Math.Sqrt(c)).Complexity, size);
            Same(section.MinimaAt(e).Complexity, scaled.MinimaAt(e * Math.Sqrt(c)).Complexity, size);
            Same(section.IndexAt(e, 2).Complexity, scaled.IndexAt(e * Math.Sqrt(c), 2).Complexity, size);
            Same(section.ThresholdEnergy().Value * Math.Sqrt(c), scaled.ThresholdEnergy().Value, 10 * Math.Abs(section.ThresholdEnergy().Error) / 1e-15);
            Same(section.Minima().Complexity, scaled.Minima().Complexity, 10 + Math.Abs(section.Minima().Complexity));
        });
    }

    [Fact]
    public void Even_landscapes_are_symmetric_in_the_overlap()
    {
        var draw = new Draw(802);
        for (int i = 0; i < Count; i++)
        {
            int p = 2 * draw.Order(2, 8);
            var model = SpikedMatrixTensor.FromInverseMatrixNoise(p, draw.Log(0.05, 20), draw.Log(0.3, 30)).ToModel();
            double m = draw.Uniform(0, 0.95);
            OverlapSection plus = new(model, m), minus = new(model, -m);
            double e = Energy(draw, plus);
            Assert.Equal(plus.AllAt(e), minus.AllAt(e));
            Assert.Equal(plus.MinimaAt(e), minus.MinimaAt(e));
            Assert.Equal(plus.Minima(), minus.Minima());
            Assert.Equal(plus.SpikeStrength, minus.SpikeStrength);
            Assert.Equal(plus.FirstMinimaEnergy(), minus.FirstMinimaEnergy());
        }
    }

    [Fact]
    public void Shift_falls_with_energy_and_its_map_inverts()
    {
        ForAll(803, (draw, _, _, section) =>
        {
            double t = draw.Uniform(-3, 5), e = section.EnergyAt(t), higher = section.EnergyAt(t - 0.01);
            Assert.True(higher > e);
            Assert.Equal(t, section.AllAt(e).Shift, 1e-10);
            Assert.Equal(e, section.EnergyAt(section.AllAt(e).Shift), 1e-11 * Math.Max(1, Math.Abs(e)));
            Assert.Equal(section.ThresholdEnergy().Value, section.EnergyAt(2), 1e-13 * Math.Max(1, Math.Abs(section.EnergyAt(2))) + 4 * section.ThresholdEnergy().Error);
            Assert.Equal(section.FirstMinimaEnergy().Value, section.EnergyAt(section.ShiftOfFirstMinima), 1e-13 * Math.Max(1, Math.Abs(section.EnergyAt(2))) + 4 * section.FirstMinimaEnergy().Error);
            Assert.True(section.FirstMinimaEnergy().Value <= section.ThresholdEnergy().Value + section.ThresholdEnergy().Error);
        });
    }

    [Fact]
    public void Restricted_counts_are_smaller_and_kinds_agree()
    {
        ForAll(804, (draw, _, _, section) =>
        {
            double e = Energy(draw, section), noise = 8 * section.Rounding(e);
            var all = section.AllAt(e);
            var kind = section.KindAt(all.Shift);
            double[] byIndex = [.. Enumerable.Range(0, 4).Select(j => section.IndexAt(e, j).Complexity)];
            Assert.Equal(section.MinimaAt(e).Complexity, byIndex[0]);
            Assert.All(byIndex, value => Assert.True(value <= all.Complexity + noise));
            if (section.SpikeStrength > 1)
            {
                // Below the threshold one of the two restrictions costs nothing, and it is the one that the kind names.
                Assert.True(kind != StationaryKind.Minimum || Math.Abs(byIndex[0] - all.Complexity) <= noise);
                Assert.True(kind != StationaryKind.IndexOne || Math.Abs(byIndex[1] - all.Complexity) <= noise);
                Assert.True(kind != StationaryKind.IndexOne || byIndex[0] < all.Complexity + noise);
            }

            Assert.Equal(kind == StationaryKind.ExtensiveIndex, all.Shift < 2);
            Assert.True(byIndex[2] <= byIndex[1] + noise && byIndex[3] <= byIndex[2] + noise, "every further negative eigenvalue costs");
        });
    }

    // Free, edge and deviation meet with equal value and slope: a step of 1e-7 across a change moves Σ by its slope times the step, not by a jump.
    [Fact]
    public void Branches_join_without_a_jump()
    {
        ForAll(805, (draw, _, _, section) =>
        {
            foreach (double t in new[] { 2, section.ShiftOfFirstMinima, draw.Uniform(0.5, 4) })
            {
                double e = section.EnergyAt(t), h = 1e-7 * Math.Max(1, Math.Abs(e));
                Smooth(x => section.AllAt(x).Complexity, e, h, section.Rounding(e));
                Smooth(x => section.MinimaAt(x).Complexity, e, h, section.Rounding(e));
                Smooth(x => section.IndexAt(x, 1).Complexity, e, h, 4 * section.Rounding(e));
            }
        });
    }

    // The second difference of a function with continuous slope and bounded curvature is of order h².
    private static void Smooth(Func<double, double> f, double x, double h, double rounding)
    {
        double left = f(x - h), middle = f(x), right = f(x + h), far = Math.Abs(f(x + 1e3 * h) - 2 * f(x) + f(x - 1e3 * h)) / 1e6;
        double second = Math.Abs(right - 2 * middle + left);
        Assert.True(second <= 100 * far + 1e-9 * Math.Abs(right - left) + 64 * rounding + 1e-13, $"second difference {second:E2} at {x:R}, far {far:E2}, step {right - left:E2}, rounding {rounding:E2}");
    }

    [Fact]
    public void Supremum_over_energies_is_the_largest_value()
    {
        ForAll(806, (_, _, _, section) =>
        {
            double top = section.MostNumerousEnergy(), width = Math.Max(1, Math.Abs(top));
            Assert.Equal(section.All().Complexity, section.AllAt(top).Complexity, 1e-13 * Math.Max(1, section.Rounding(top) / 1e-15));
            for (double x = -1; x <= 1; x += 0.125)
            {
                Assert.True(section.AllAt(top + x * width).Complexity <= section.All().Complexity + 4 * section.Rounding(top + x * width));
                Assert.True(section.MinimaAt(top + x * width).Complexity <= section.Minima().Complexity + 4 * section.Rounding(top + x * width));
            }

            // The largest Σ of minima over energies, found by golden section, is the closed supremum.
            double low = section.EnergyAt(3 * section.ShiftOfFirstMinima), best = FirstCrossing.Maximum(e => section.MinimaAt(e).Complexity, low, Math.Max(top, low) + width);
            Assert.Equal(section.Minima().Complexity, section.MinimaAt(best).Complexity, 1e-9 * Math.Max(1, Math.Abs(section.Minima().Complexity)));
        });
    }

    [Fact]
    public void Isolated_points_have_zero_complexity()
    {
        int seen = 0;
        ForAll(807, (_, model, _, _) =>
        {
            foreach (var m in new[] { MaximumLikelihoodEvolution.SignalOverlap(model), MaximumLikelihoodEvolution.AntiAlignedOverlap(model) })
            {
                var shift = MaximumLikelihoodEvolution.Shift(model, m);
                if (!shift.Exists)
                {
                    continue;
                }

                seen++;
                var section = new OverlapSection(model, m.Value);
                double e = MaximumLikelihoodEvolution.Energy(model, m).Value, scale = Math.Max(1, section.Rounding(e) / 1e-15);
                Assert.True(Math.Abs(section.AllAt(e).Complexity) < 1e-12 * scale, $"{section.AllAt(e)} at m = {m}");
                Assert.True(Math.Abs(section.All().Complexity) < 1e-12 * scale);
                Assert.Equal(shift.Value, section.AllAt(e).Shift, 1e-9 * scale);
                bool stable = MaximumLikelihoodEvolution.IsMinimum(model, m.Value);
                Assert.True(!stable || section.KindAt(section.AllAt(e).Shift) == StationaryKind.Minimum);
                Assert.True(!stable || Math.Abs(section.Minima().Complexity) < 1e-12 * scale);
            }
        });
        Assert.True(seen > Count / 2);
    }

    [Fact]
    public void Split_of_the_energy_gives_the_projected_complexity()
    {
        var draw = new Draw(808);
        for (int i = 0; i < Count; i++)
        {
            var (spiked, _) = draw.Moderate(8);
            double m = draw.Uniform(-0.9, 0.9);
            var section = new OverlapSection(spiked.ToModel(), m);
            double e = Energy(draw, section), ε = e + spiked.ToCovariance().Q(m);
            var all = section.AllAt(e);
            var (tensor, matrix) = AnnealedComplexity.Split(spiked, m, ε, all.Shift);
            double size = Math.Max(1, section.Rounding(e) / 1e-15);
            Assert.Equal(ε, tensor + matrix, 1e-12 * Math.Max(1, Math.Abs(ε)));
            Assert.Equal(all.Shift, AnnealedComplexity.Shift(spiked, m, tensor, matrix), 1e-11 * size);
            Assert.Equal(all.Complexity, AnnealedComplexity.Of(spiked, m, tensor, matrix), 1e-12 * size);

            // Any other split at the same energy counts less.
            foreach (double x in new[] { -0.3, -0.01, 0.01, 0.3 })
            {
                Assert.True(AnnealedComplexity.Of(spiked, m, tensor + x, matrix - x) <= all.Complexity + 1e-12 * size);
            }
        }
    }

    [Fact]
    public void Outlier_at_the_shift_of_first_minima_touches_zero()
    {
        ForAll(809, (_, model, m, section) =>
        {
            var spectrum = new HessianSpectrum(model, m, section.ShiftOfFirstMinima);
            Assert.Equal(section.SpikeStrength, spectrum.SpikeStrength);
            double scale = Math.Sqrt(model.Noise.CurvatureAtOne) * section.ShiftOfFirstMinima;
            if (section.SpikeStrength > 1)
            {
                Assert.Equal(0, spectrum.Outlier.Value, 1e-14 * scale);
            }
            else
            {
                Assert.Equal(0, spectrum.BulkLeft.Value, 1e-14 * scale);
            }
        });
    }

    [Fact]
    public void Curve_samples_the_section()
    {
        var section = new OverlapSection(ModelCatalog.All[2].Model, 0.1);
        var curve = ComplexityCurve.Of(section, (-2.2, -1.5), 15);
        for (int i = 0; i < 15; i++)
        {
            double e = curve.Energy[i];
            Assert.Equal(-2.2 + 0.05 * i, e, 1e-14);
            Assert.Equal(section.AllAt(e).Complexity, curve.Complexity[i]);
            Assert.Equal(section.MinimaAt(e).Complexity, curve.ComplexityOfMinima[i]);
            Assert.Equal(section.AllAt(e).Shift, curve.Shift[i]);
            Assert.Equal(section.KindAt(curve.Shift[i]), curve.Kind[i]);
            Assert.Equal(section.AllAt(e).Error, curve.Error[i]);
            Assert.Equal(section.MinimaAt(e).Error, curve.ErrorOfMinima[i]);
        }

        var whole = ComplexityCurve.Of(section, null, 50);
        double zero = EnergyLevels.Zero(section).Value, top = section.MostNumerousEnergy();
        Assert.Equal(zero - 0.02 * (top - zero), whole.Energy[0], 1e-12);
        Assert.Equal(top + 0.02 * (top - zero), whole.Energy[^1], 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => ComplexityCurve.Of(section, null, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OverlapSection(ModelCatalog.All[0].Model, 1));
    }
}
