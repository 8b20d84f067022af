// State evolution of ML-AMP and the stationary points at its fixed points, against the double-double oracle.
using System;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.StateEvolution;
using Thalweg.Tests.Oracles;
using Xunit;

namespace Thalweg.Tests.Precision;

public class EvolutionPrecisionTests
{
    private const double Closed = 1e-14, Root = 1e-12;

    [Fact]
    public void Fixed_points_energies_and_shifts()
    {
        var draw = new Draw(301);
        Audit overlap = new("ml_overlap", Root), anti = new("ml_anti_aligned_overlap", Root), energy = new("ml_energy_relative", Closed), shift = new("ml_shift_relative", Root);
        for (int i = 0; i < Audit.Draws(600, 6000); i++)
        {
            var (spiked, oracle) = i % 2 == 0 ? draw.Wide() : draw.Moderate();
            var model = spiked.ToModel();
            string place = oracle.ToString();
            var positive = MaximumLikelihoodEvolution.SignalOverlap(model);
            Compare(StateEvolutionOracle.LargestFixedPoint(oracle), positive, overlap);
            var points = StateEvolutionOracle.MaximumLikelihoodFixedPoints(oracle);
            var lowest = points.Count > 0 && points[0] < 0 ? points[0] : DoubleDouble.NaN;
            Compare(lowest, MaximumLikelihoodEvolution.AntiAlignedOverlap(model), anti);

            void Compare(DoubleDouble exact, Quantity actual, Audit audit)
            {
                if (DoubleDouble.IsNaN(exact))
                {
                    if (actual.Exists)
                    {
                        audit.Fail($"{actual.Value:R} instead of an absence at {place}");
                    }

                    return;
                }

                audit.Scaled(exact, actual, 1, place);
                if (!actual.Exists)
                {
                    return;
                }

                // Energy and shift are judged at the exact fixed point: the error of the root is theirs too.
                var point = StateEvolutionOracle.Isolated(oracle, exact);
                energy.Scaled(point.Loss, MaximumLikelihoodEvolution.Energy(model, actual), Math.Abs((double)point.NoiseEnergy) + (double)oracle.Q(DoubleDouble.Abs(exact)), place);
                if (DoubleDouble.Abs(point.BulkRatio - 1) > 1e-9)
                {
                    var t = MaximumLikelihoodEvolution.Shift(model, actual);
                    Assert.Equal(!DoubleDouble.IsNaN(point.Shift), t.Exists);
                    if (t.Exists)
                    {
                        shift.Relative(point.Shift, t, $"{place}, m = {exact}");
                    }

                    bool minimum = point.BulkRatio < 1 && point.OutlierRatio < 1;
                    Assert.True(DoubleDouble.Abs(point.OutlierRatio - 1) < 1e-9 || minimum == MaximumLikelihoodEvolution.IsMinimum(model, actual.Value), place);
                }
            }
        }

        overlap.Conclude();
        anti.Conclude();
        energy.Conclude();
        shift.Conclude();
    }

    // exact: e(m) = -S(m) - sqrt(Q_1 (1 - m²)) is stationary at a fixed point, with e'' = (sqrt(Q_1) - (1-m²)^1.5 S'')/(1-m²)^1.5: where S'' is negative nothing is unstable, however large it is.
    // S = u x²/2 + x³ with u = 1.8 + δ and Q_1 = Q_2 = 0.64 δ² has the fixed point m = -0.6 with S'' = δ - 1.8: a minimum for every δ, which the recursion leaves when δ is small.
    [Theory]
    [InlineData(0.1, true)]
    [InlineData(0.5, true)]
    [InlineData(1.5, false)]
    [InlineData(1.9, false)]
    public void A_minimum_may_repel_the_recursion(double δ, bool repels)
    {
        const double m = -0.6, h = 1e-4;
        var model = new Model("test", Covariance.Pure(2, 0.32 * δ * δ), Covariance.FromTerms([(2, (1.8 + δ) / 2), (3, 1)]));
        double Loss(double x) => MaximumLikelihoodEvolution.Energy(model, Quantity.Of(x, 0, How.Root)).Value;
        double slope = (MaximumLikelihoodEvolution.Step(model, m + h) - MaximumLikelihoodEvolution.Step(model, m - h)) / (2 * h), curvature = (Loss(m + h) - 2 * Loss(m) + Loss(m - h)) / (h * h);
        Assert.Equal(m, MaximumLikelihoodEvolution.Step(model, m), 1e-14);
        Assert.Equal(repels, slope < -1);
        Assert.True(curvature > 0);
        Assert.True(MaximumLikelihoodEvolution.IsMinimum(model, m));
    }

    [Fact]
    public void Recursion()
    {
        var draw = new Draw(302);
        Audit step = new("ml_step", 1e-15);
        for (int i = 0; i < Audit.Draws(5000, 50_000); i++)
        {
            var (model, oracle) = draw.Moderate();
            double m = draw.Overlap();
            step.Scaled(StateEvolutionOracle.MaximumLikelihoodStep(oracle, m), MaximumLikelihoodEvolution.Step(model.ToModel(), m), double.NaN, 1, $"{oracle} {m:R}");
        }

        step.Conclude();
    }
}
