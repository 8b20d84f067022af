// Brute force over the energies against the oracle's maximum: never above it, and within the accuracy of the grid below it.
using System;
using Xunit;

namespace Thalweg.Tests.Oracles;

public class BruteForceTests
{
    // The zoomed grid ends at 1e-9 of the range, so that even a maximum at the edge t = 2 is missed by at most slope * spacing; above it only rounding is allowed.
    private const double Above = 1e-10, Below = 1e-7;

    [Fact]
    public void Split_of_a_noise_energy()
    {
        var random = new Random(3);
        for (int i = 0; i < 400; i++)
        {
            var (p, noise, u, m) = Draw(random);
            var model = new SpikedOracle(p, noise, u);
            double threshold = (double)ComplexityOracle.ThresholdEnergy(model), energy = threshold * 1.6 * random.NextDouble();
            Compare(BruteForce.OverSplit(p, noise, u, m, energy, minima: false).Sigma, ComplexityOracle.AtEnergy(model, m, energy));
            Compare(BruteForce.OverSplit(p, noise, u, m, energy, minima: true).Sigma, ComplexityOracle.AtEnergy(model, m, energy, 0));
        }
    }

    [Fact]
    public void Both_energies()
    {
        var random = new Random(4);
        for (int i = 0; i < 16; i++)
        {
            var (p, noise, u, m) = Draw(random);
            var model = new SpikedOracle(p, noise, u);
            Compare(BruteForce.OverEnergies(p, noise, u, m, minima: false).Sigma, ComplexityOracle.OverEnergies(model, m));
            Compare(BruteForce.OverEnergies(p, noise, u, m, minima: true).Sigma, ComplexityOracle.OverEnergies(model, m, 0));
        }
    }

    [Fact]
    public void Energies_of_the_maximum_give_its_complexity()
    {
        var random = new Random(5);
        for (int i = 0; i < 300; i++)
        {
            var (p, noise, u, m) = Draw(random);
            var model = new SpikedOracle(p, noise, u);
            DoubleDouble energy = ComplexityOracle.ThresholdEnergy(model) * (0.3 + random.NextDouble());
            foreach (int? index in new int?[] { null, 0, 1, 3 })
            {
                var value = ComplexityOracle.AtEnergy(model, m, energy, index);
                var (tensor, matrix) = ComplexityOracle.Split(model, m, energy, value.Shift);
                Assert.True(DoubleDouble.Abs(SpectrumOracle.Shift(model, m, tensor, matrix) - value.Shift) < 1e-27);

                // At the edge the split may land a rounding below t = 2.
                if (value.Branch != ComplexityBranch.Edge)
                {
                    Assert.True(DoubleDouble.Abs(ComplexityOracle.AtEnergies(model, m, tensor, matrix, index) - value.Sigma) < 1e-25);
                    Assert.True(DoubleDouble.Abs(ComplexityOracle.EnergyAtShift(model, m, value.Shift, index) - energy) < 1e-25);
                }
            }
        }
    }

    [Fact]
    public void Slope_of_the_minima_follows_the_slope_test()
    {
        var random = new Random(6);
        for (int i = 0; i < 200; i++)
        {
            var (p, noise, u, m) = Draw(random);
            var model = new SpikedOracle(p, noise, u);
            const double h = 1e-8;
            foreach (int? index in new int?[] { null, 0 })
            {
                var difference = (ComplexityOracle.OverEnergies(model, m + (DoubleDouble)h, index).Sigma - ComplexityOracle.OverEnergies(model, m - (DoubleDouble)h, index).Sigma) / (2 * h);
                var slope = ComplexityOracle.OverEnergiesSlope(model, m, index);
                Assert.True(DoubleDouble.Abs(difference - slope) < 1e-11 * (1 + DoubleDouble.Abs(slope)), $"{model} m={m}: {slope} against {difference}");
            }
        }
    }

    // exact (law): at an ML fixed point with a stable bulk the supremum over energies of all stationary points is zero, at t = G + 1/G and its energy.
    [Fact]
    public void Isolated_points_have_zero_complexity()
    {
        var random = new Random(7);
        int stable = 0;
        for (int i = 0; i < 200; i++)
        {
            var (p, noise, u, _) = Draw(random);
            var model = new SpikedOracle(p, noise, u);
            foreach (var m in StateEvolutionOracle.MaximumLikelihoodFixedPoints(model))
            {
                var point = StateEvolutionOracle.Isolated(model, m);
                Assert.True(DoubleDouble.Abs(StateEvolutionOracle.MaximumLikelihoodStep(model, m) - m) < 1e-25);
                var value = ComplexityOracle.OverEnergies(model, m);
                if (point.BulkRatio < 1)
                {
                    stable++;
                    Assert.True(DoubleDouble.Abs(value.Sigma) < 1e-25, $"{model} {m}: {value}");
                    Assert.True(DoubleDouble.Abs(value.Shift - point.Shift) < 1e-24);
                    Assert.True(DoubleDouble.Abs(ComplexityOracle.AtEnergy(model, m, point.NoiseEnergy).Sigma) < 1e-24);

                    // A minimum exactly where state evolution is stable.
                    DoubleDouble h = 1e-8;
                    var slope = (StateEvolutionOracle.MaximumLikelihoodStep(model, m + h) - StateEvolutionOracle.MaximumLikelihoodStep(model, m - h)) / (2 * h);
                    Assert.True(DoubleDouble.Abs(DoubleDouble.Abs(slope) - DoubleDouble.Abs(point.OutlierRatio)) < 1e-12 * DoubleDouble.Max(1, DoubleDouble.Abs(slope)));
                }
                else
                {
                    Assert.True(value.Sigma > 0);
                }
            }
        }

        Assert.True(stable > 100);
    }

    private static (int P, double Noise, double U, double M) Draw(Random random) =>
        (random.Next(3, 7), Math.Exp(random.NextDouble() * 5 - 3), Math.Exp(random.NextDouble() * 4 - 1), random.NextDouble() * 1.8 - 0.9);

    private static void Compare(double brute, ComplexityValue value)
    {
        double sigma = (double)value.Sigma, scale = 1 + Math.Abs(sigma);
        Assert.True(brute <= sigma + Above * scale && brute >= sigma - Below * scale, $"brute force {brute:R}, oracle {value}");
    }
}
