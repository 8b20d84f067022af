// Zeros of complexities and the pure p-spin of Auffinger, Ben Arous and Cerny against the double-double oracle.
using System;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Tests.Oracles;
using Xunit;

namespace Thalweg.Tests.Precision;

public class LevelPrecisionTests
{
    private const double Closed = 1e-14, Root = 1e-12, Sum = 1e-15;

    [Fact]
    public void Zeros_of_the_complexity()
    {
        var draw = new Draw(601);
        Audit zero = new("zero_energy", Root), minima = new("zero_energy_of_minima", Root);
        for (int i = 0; i < Audit.Draws(150, 1500); i++)
        {
            var (spiked, oracle) = i % 4 == 0 ? draw.Wide() : draw.Moderate();
            double m = i % 2 == 0 ? 0 : draw.Uniform(-0.5, 0.5);
            string place = $"{oracle} m = {m:R}";
            var section = new OverlapSection(spiked.ToModel(), m);
            Compare(zero, null, EnergyLevels.Zero(section));
            Compare(minima, 0, EnergyLevels.ZeroOfMinima(section));

            void Compare(Audit audit, int? index, Quantity actual)
            {
                // A maximum within rounding of zero has a zero that no double can place.
                var top = ComplexityOracle.OverEnergies(oracle, m, index).Sigma;
                if (DoubleDouble.Abs(top) < 1e-12)
                {
                    return;
                }

                var exact = ComplexityOracle.ZeroEnergy(oracle, m, index);
                if (DoubleDouble.IsNaN(exact))
                {
                    Assert.False(actual.Exists, $"{actual} at {place}");
                    return;
                }

                // The rounding of Σ over its slope: a low maximum makes a flat zero.
                double e = (double)(exact - oracle.Q(m)), h = 1e-6 * Math.Max(1, Math.Abs(e));
                double slope = (double)(ComplexityOracle.AtEnergy(oracle, m, exact + h, index).Sigma - ComplexityOracle.AtEnergy(oracle, m, exact - h, index).Sigma) / (2 * h);
                double blur = 1e-15 * Terms.Largest(oracle, m, e, (double)ComplexityOracle.AtEnergy(oracle, m, exact, index).Shift, index) / slope;
                audit.Scaled(exact - oracle.Q(m), actual, Math.Max(Math.Max(1, Math.Abs(e)), 4 * blur / Root), place);
            }
        }

        zero.Conclude();
        minima.Conclude();
    }

    [Fact]
    public void Pure_spin_theta_and_levels()
    {
        var draw = new Draw(602);
        Audit theta = new("pure_theta", Sum), threshold = new("pure_threshold_relative", Closed), level = new("pure_level_relative", Root), total = new("pure_theta_all", Sum);
        for (int i = 0; i < Audit.Draws(600, 6000); i++)
        {
            int p = draw.Order(), k = i % 5;
            var pure = new PureSpinComplexity(p);
            double u = -draw.Uniform(0, 4);
            string place = $"p = {p}, k = {k}, u = {u:R}";
            double scale = Math.Max(1, u * u / 4 * (k + 1));
            theta.Scaled(PureSpinOracle.Theta(p, k, u), pure.Theta(k, u), double.NaN, scale, place);
            total.Scaled(PureSpinOracle.Total(p, u), pure.ThetaOfAll(u), double.NaN, scale, place);
            threshold.Scaled(PureSpinOracle.Threshold(p), pure.ThresholdLevel, double.NaN, pure.ThresholdLevel, place);
            level.Relative(PureSpinOracle.GroundEnergy(p, k), pure.Level(k), place);
        }

        theta.Conclude();
        threshold.Conclude();
        level.Conclude();
        total.Conclude();
        Assert.Throws<ArgumentOutOfRangeException>(() => new PureSpinComplexity(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PureSpinComplexity(3).Theta(-1, -2));
    }

    // The general section at Q(x) = x^p, m = 0: what the pure formulas are a case of.
    [Fact]
    public void Section_of_a_pure_model_is_the_pure_formula()
    {
        for (int p = 3; p <= 30; p++)
        {
            var section = new OverlapSection(new SphericalPSpin(p).ToModel(), 0);
            var pure = new PureSpinComplexity(p);
            Assert.Equal(-pure.ThresholdLevel, section.ThresholdEnergy().Value, 1e-14);
            for (double u = -3; u < 0; u += 0.17)
            {
                Assert.Equal(pure.ThetaOfAll(u), section.AllAt(u).Complexity, 4e-15);
                bool below = u < -pure.ThresholdLevel;
                Assert.Equal(below ? pure.Theta(0, u) : double.NegativeInfinity, section.MinimaAt(u).Complexity, 4e-15);
                Assert.Equal(below ? pure.Theta(2, u) : double.NegativeInfinity, section.IndexAt(u, 2).Complexity, 1e-14);
            }

            Assert.Equal(-pure.Level(0).Value, EnergyLevels.Zero(section).Value, 1e-12);
        }
    }
}
