// Where minima disappear: scans over all overlaps on both sides of the oracle's answer, and the limits of the scalar equation.
using System;
using Xunit;

namespace Thalweg.Tests.Oracles;

public class TrivializationOracleTests
{
    // exact: S vanishes at isolated points up to rounding, and a peak that counts is higher than this.
    private const double Zero = 1e-24;

    [Theory]
    [InlineData(3, 0.01)]
    [InlineData(3, 0.5)]
    [InlineData(3, 1)]
    [InlineData(3, 1.2)]
    [InlineData(3, 1.5)]
    [InlineData(3, 2)]
    [InlineData(3, 4)]
    [InlineData(3, 20)]
    [InlineData(4, 1)]
    [InlineData(5, 0.01)]
    [InlineData(5, 0.1)]
    [InlineData(5, 1)]
    [InlineData(7, 0.01)]
    [InlineData(13, 0.01)]
    public void Minima_at_no_overlap_survive_beyond_the_end(int p, double noise)
    {
        var parts = TrivializationOracle.OverAllOverlaps(p, noise);
        Assert.True(parts.End >= parts.AtZero);
        Assert.True(Highest(new(p, noise, parts.End * (1 + 1e-9))) < Zero, $"{parts}");
        Assert.True(Highest(new(p, noise, parts.End * 3)) < Zero, $"{parts}");
        Assert.True(Highest(new(p, noise, parts.End * (1 - 1e-3))) > 1e-12, $"{parts}");
        foreach (double factor in new[] { 0.8, 1, 2 })
        {
            var model = new SpikedOracle(p, noise, parts.AtZero * factor);
            var top = ComplexityOracle.OverEnergies(model, 0, 0).Sigma;
            for (int i = 1; i < 40; i++)
            {
                // At positive overlaps only the isolated points, with S = 0, may exceed m = 0.
                Assert.True(ComplexityOracle.OverEnergies(model, i / 40.0, 0).Sigma <= DoubleDouble.Max(top, Zero), $"m = {i / 40.0} at {model}");
            }
        }
    }

    [Fact]
    public void Scalar_equation_holds_while_the_maximum_is_at_the_edge()
    {
        foreach (var (p, noise, exact) in new[] { (3, 1e-4, true), (3, 100.0, true), (10, 1e-4, true), (12, 1e-4, false), (13, 1e-4, false), (50, 1e-2, false), (50, 1.0, true) })
        {
            DoubleDouble full = TrivializationOracle.AtZeroOverlap(p, noise), edge = TrivializationOracle.AtZeroOverlapEdge(p, noise);
            var branch = ComplexityOracle.OverEnergies(new(p, noise, full), 0, 0).Branch;
            Assert.Equal(exact ? ComplexityBranch.Edge : ComplexityBranch.Deviation, branch);
            Assert.True(exact ? DoubleDouble.Abs(full / edge - 1) < 1e-27 : full > edge, $"p = {p}, Δ_p = {noise}: {full} and {edge}");
        }
    }

    private static double Highest(SpikedOracle model)
    {
        DoubleDouble highest = double.NegativeInfinity;
        foreach (var (_, height) in TrivializationOracle.Peaks(model, 100))
        {
            highest = DoubleDouble.Max(highest, height);
        }

        for (int i = 0; i < 80; i++)
        {
            highest = DoubleDouble.Max(highest, ComplexityOracle.OverEnergies(model, -i / 80.0, 0).Sigma);
        }

        return (double)highest;
    }
}
