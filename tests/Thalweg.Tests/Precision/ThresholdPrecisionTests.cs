// Thresholds against the double-double oracle: eq. (5), ML-AMP, trivialisation, and the Langevin heuristic.
using System;
using Thalweg.Results;
using Thalweg.Tests.Oracles;
using Thalweg.Thresholds;
using Xunit;

namespace Thalweg.Tests.Precision;

public class ThresholdPrecisionTests
{
    // exact: closed forms to 1e-14, roots to 1e-12, as the requirement says.
    private const double Closed = 1e-14, Root = 1e-12, WeakTensor = 1e6;

    [Fact]
    public void Gradient_flow_threshold_eq_5()
    {
        var draw = new Draw(101);
        Audit noise = new("gf_relative", Closed), inverse = new("gf_inverse_relative", Closed);
        for (int i = 0; i < Audit.Draws(5000, 100_000); i++)
        {
            int p = draw.Order();
            double tensorNoise = draw.Log(1e-12, 1e12);
            var family = MatrixFamily.Spiked(p, tensorNoise);
            var exact = ThresholdOracle.GradientFlow(p, tensorNoise);
            noise.Relative(1 / exact, GradientFlowThreshold.Of(family), $"p = {p}, Δ_p = {tensorNoise:R}");
            inverse.Relative(exact, GradientFlowThreshold.Inverse(family), $"p = {p}, Δ_p = {tensorNoise:R}");
        }

        noise.Conclude();
        inverse.Conclude();
    }

    [Fact]
    public void Message_passing_thresholds()
    {
        var draw = new Draw(102);
        Audit ml = new("ml_amp_relative", Closed);
        for (int i = 0; i < Audit.Draws(5000, 100_000); i++)
        {
            int p = draw.Order();
            double tensorNoise = draw.Log(1e-12, 1e12);
            var family = MatrixFamily.Spiked(p, tensorNoise);
            ml.Relative(1 / ThresholdOracle.MaximumLikelihoodAmp(tensorNoise), MessagePassingThreshold.MaximumLikelihood(family), $"p = {p}, Δ_p = {tensorNoise:R}");
            Assert.Equal(1, MessagePassingThreshold.Bayes(family).Value);
        }

        ml.Conclude();
    }

    [Fact]
    public void Trivialization_at_zero_overlap()
    {
        var draw = new Draw(103);
        Audit noise = new("triv_relative", Root), inverse = new("triv_inverse_relative", Root);
        for (int i = 0; i < Audit.Draws(120, 1500); i++)
        {
            int p = draw.Order();
            double tensorNoise = i % 3 == 0 ? draw.Log(1e-12, WeakTensor) : draw.Log(1e-4, 1e4);
            var family = MatrixFamily.Spiked(p, tensorNoise);
            var exact = TrivializationOracle.AtZeroOverlap(p, tensorNoise);
            noise.Relative(1 / exact, Trivialization.Of(family), $"p = {p}, Δ_p = {tensorNoise:R}");
            inverse.Relative(exact, Trivialization.Inverse(family), $"p = {p}, Δ_p = {tensorNoise:R}");
        }

        noise.Conclude();
        inverse.Conclude();
    }

    // For a weak tensor S(0) is of order 1/Δ_p³, and the oracle itself runs out of digits: there the limit is the reference, z = (p-2)/(2Δ_p) and θ - 1 = 2^(1/3) z.
    [Fact]
    public void Trivialization_of_a_weak_tensor_has_its_limit()
    {
        var draw = new Draw(106);
        for (int i = 0; i < 300; i++)
        {
            int p = draw.Order();
            double tensorNoise = draw.Log(WeakTensor, 1e12), limit = (p - 1 + Math.Cbrt(2) * (p - 2)) / tensorNoise;
            var u = Trivialization.Inverse(MatrixFamily.Spiked(p, tensorNoise));

            // converged(order 1/Δ_p): the next order is p²/Δ_p² with a factor of order one; rounding of u adds a few units.
            Assert.True(Math.Abs(u.Value - 1 - limit) <= 4 * limit * limit + 8 * Quantity.Unit, $"p = {p}, Δ_p = {tensorNoise:R}: {u.Value - 1:R} against {limit:R}");
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(4)]
    public void Trivialization_over_all_overlaps(int p)
    {
        var draw = new Draw(107 + p);
        Audit all = new($"triv_all_overlaps_p{p}_relative", Root);
        for (int i = 0; i < Audit.Draws(p == 3 ? 12 : 8, 60); i++)
        {
            double tensorNoise = draw.Log(1e-4, 1e3);
            all.Relative(TrivializationOracle.OverAllOverlaps(p, tensorNoise).End, Trivialization.OverAllOverlaps(MatrixFamily.Spiked(p, tensorNoise)), $"p = {p}, Δ_p = {tensorNoise:R}");
        }

        all.Conclude();
    }

    [Fact]
    public void Anti_aligned_point()
    {
        var draw = new Draw(104);
        Audit anti = new("anti_aligned_relative", Root);
        for (int i = 0; i < Audit.Draws(500, 5000); i++)
        {
            int p = 2 * draw.Order(1, 24) + 1;
            double tensorNoise = i % 3 == 0 ? draw.Log(1e-12, 1e12) : draw.Log(1e-4, 1e4);

            // The root exceeds u_GF by about 2 a |m|^(p-2): where that is below 1e-25 the oracle cannot tell them apart, and neither can a double.
            double a = 1 / tensorNoise, m2 = (p - 2) * a / (1 + (p - 1) * a);
            var exact = a * Math.Pow(m2, (p - 2) / 2.0) < 1e-25 ? ThresholdOracle.GradientFlow(p, tensorNoise) : TrivializationOracle.AntiAligned(p, tensorNoise);
            anti.Relative(exact, Trivialization.AntiAligned(MatrixFamily.Spiked(p, tensorNoise)), $"p = {p}, Δ_p = {tensorNoise:R}");
        }

        anti.Conclude();
    }

    [Fact]
    public void Langevin_at_temperature()
    {
        var draw = new Draw(105);
        Audit langevin = new("langevin_relative", Root);
        for (int i = 0; i < Audit.Draws(1500, 20_000); i++)
        {
            int p = draw.Order();
            double tensorNoise = draw.Log(1e-4, 1e4), temperature = i % 4 == 0 ? 1 : draw.Log(0.01, 10);
            var (exact, kind) = ThresholdOracle.Langevin(p, tensorNoise, temperature);
            var actual = LangevinThreshold.Of(MatrixFamily.Spiked(p, tensorNoise), temperature);
            langevin.Relative(exact, actual, $"p = {p}, Δ_p = {tensorNoise:R}, T = {temperature:R}, {kind}");
        }

        langevin.Conclude();
    }

    [Fact]
    public void Langevin_at_zero_temperature_is_eq_5()
    {
        var family = MatrixFamily.Spiked(3, 1);
        Assert.Equal(0.5, LangevinThreshold.Of(family, 0).Value);
        Assert.Equal(GradientFlowThreshold.Of(family).Value, LangevinThreshold.Of(family, 1e-9).Value, 1e-8);
        Assert.Equal(How.Estimate, LangevinThreshold.Of(family, 0).How);
        Assert.Throws<ArgumentOutOfRangeException>(() => LangevinThreshold.Of(family, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LangevinThreshold.Of(family, double.NaN));
    }
}
