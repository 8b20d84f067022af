// Landscapes with as few stationary points as there can be: a quadratic form, a linear field that outweighs the rest.
using Thalweg.Complexity;
using Thalweg.Models;
using Xunit;

namespace Thalweg.Tests.Complexity;

public class SimpleLandscapeTests
{
    // Q'(1) >= Q''(1): the field dominates, two stationary points remain, and (1/N) log 2 vanishes. a x^2 has 2N of them.
    [Theory]
    [InlineData("x + 0.1 x^2")]
    [InlineData("x + x^2")]
    [InlineData("3 x + x^3")]
    [InlineData("5 x + 0.1 x^4 + 0.2 x^3")]
    [InlineData("x^2")]
    [InlineData("5.2 x^2")]
    public void Few_points_have_no_complexity(string mixture)
    {
        var section = new OverlapSection(Model.FromMixture("mixture", MixtureParser.Parse(mixture), planted: false), 0);
        Assert.Equal(0, section.All().Complexity, 1e-13);
        Assert.True(section.MostNumerousEnergy() <= 0);
        Assert.False(EnergyLevels.Zero(section).Exists);
    }

    // Nearly a x^2: the complexity is all but flat up to the edge of the bulk, where it falls; its zero is still found, with an honest error.
    [Theory]
    [InlineData(1e3)]
    [InlineData(1e6)]
    [InlineData(1e9)]
    [InlineData(1e11)]
    [InlineData(1e12)]
    public void A_nearly_flat_complexity_has_a_zero_at_the_edge(double tensorNoise)
    {
        var section = new OverlapSection(SpikedMatrixTensor.FromInverseMatrixNoise(3, tensorNoise, 2.3).ToModel(), 0);
        var zero = EnergyLevels.Zero(section);
        Assert.True(zero.Exists, zero.Why);
        Assert.Equal(section.ThresholdEnergy().Value, zero.Value, zero.Error + 1 / System.Math.Sqrt(tensorNoise));
    }

    // Beyond the field, the closed form 1/2 log(Q_2/Q_1) counts them.
    [Theory]
    [InlineData("x + x^3", 6.0 / 4)]
    [InlineData("0.1 x + x^2", 2 / 2.1)]
    public void The_count_is_continued_on_the_other_side(string mixture, double ratio)
    {
        var section = new OverlapSection(Model.FromMixture("mixture", MixtureParser.Parse(mixture), planted: false), 0);
        Assert.Equal(ratio > 1 ? 0.5 * System.Math.Log(ratio) : 0, section.All().Complexity, 1e-13);
    }
}
