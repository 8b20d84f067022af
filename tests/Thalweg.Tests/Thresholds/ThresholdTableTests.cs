// Every threshold against the reference table of the derivation notes, to the digits printed there.
using System;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Spectra;
using Thalweg.Tests.Docs;
using Thalweg.Thresholds;
using Xunit;

namespace Thalweg.Tests.Thresholds;

public class ThresholdTableTests
{
    // Columns: p, Delta_p, Delta2^GF, Delta2^ML-AMP, Delta2^triv, 1/Delta2^triv, 1/Delta2^triv over all overlaps, Delta2 Langevin at T = 1.
    public static TheoryData<int, double, double, double, double, double, double, double> Table => new()
    {
        { 3, 0.5, 0.3903882032, 0.5000000000, 0.3060133228, 3.267831579, 3.80630710, 0.50000000 },
        { 3, 1, 0.5000000000, 0.6180339888, 0.4060494703, 2.462754105, 2.61347027, 0.70710678 },
        { 3, 2, 0.6180339888, 0.7320508076, 0.5220357231, 1.915577720, 1.95750061, 1.00000000 },
        { 3, 4, 0.7320508076, 0.8284271247, 0.6443060865, 1.552057354, 1.56815808, 1.00000000 },
        { 4, 0.5, 0.3333333333, 0.5000000000, 0.2343149999, 4.267759214, 4.26775921, 1.00000000 },
        { 4, 1, 0.4342585459, 0.6180339888, 0.3199399894, 3.125586151, 3.12558615, 1.00000000 },
        { 4, 1.5, 0.5000000000, 0.6861406616, 0.3794501723, 2.635392136, 2.63539214, 1.00000000 },
        { 4, 4, 0.6666666667, 0.8284271247, 0.5459670859, 1.831612245, 1.83161225, 1.00000000 },
    };

    [TestsEquation(Papers.BigBadMinima, 5)]
    [Theory]
    [MemberData(nameof(Table))]
    public void Thresholds_match_the_table(int p, double tensorNoise, double flow, double ml, double trivial, double inverseTrivial, double all, double langevin)
    {
        var diagram = new PhaseDiagram(MatrixFamily.Spiked(p, tensorNoise), 1);

        // exact to the printed digits: half a unit of the last one, with a margin of two for the table's own rounding.
        Assert.Equal(flow, diagram.GradientFlow.Value, 1e-10);
        Assert.Equal(ml, diagram.MaximumLikelihood.Value, 1e-10);
        Assert.Equal(trivial, diagram.Trivial.Value, 1e-10);
        Assert.Equal(inverseTrivial, diagram.InverseTrivial.Value, 1e-9);
        Assert.Equal(all, diagram.InverseTrivialAllOverlaps.Value, 1e-8);
        Assert.Equal(langevin, diagram.Langevin.Value, 1e-8);
        Assert.True(diagram.Trivial.Value < diagram.GradientFlow.Value && diagram.GradientFlow.Value < diagram.MaximumLikelihood.Value && diagram.MaximumLikelihood.Value < 1);
    }

    // exact: both sides of eq. (14) are closed forms; 8 units in the last place of the largest term.
    [TestsEquation(Papers.BigBadMinima, 7)]
    [TestsEquation(Papers.BigBadMinima, 14)]
    [Theory]
    [InlineData(3, 1e-3)]
    [InlineData(3, 1)]
    [InlineData(3, 100)]
    [InlineData(4, 0.5)]
    [InlineData(7, 1)]
    [InlineData(50, 0.01)]
    public void Growth_out_of_the_ageing_state_vanishes_at_the_threshold(int p, double tensorNoise)
    {
        var family = MatrixFamily.Spiked(p, tensorNoise);
        double u = GradientFlowThreshold.Inverse(family).Value;
        Covariance q = family.At(u);
        double multiplier = 2 * Math.Sqrt(q.CurvatureAtOne), response = 1 / Math.Sqrt(q.CurvatureAtOne);
        Assert.Equal(0, -multiplier + q.CurvatureAtZero + q.CurvatureAtOne * response, 8 * Quantity.Unit * multiplier);
        Assert.Equal(1, HessianSpectrum.Spike(family.ModelAt(u), 0), 8 * Quantity.Unit);
        Assert.Equal(u, 1 / GradientFlowThreshold.Of(family).Value, 4 * Quantity.Unit * u);
    }

    [Theory]
    [InlineData(3, 0.5, 0.828427125, 0.851156410)]
    [InlineData(3, 0.25, 0, 0.155109492)]
    public void Bayes_lines_match_the_notes(int p, double tensorNoise, double spinodal, double recovery)
    {
        var bayes = new InformationTheoretic(MatrixFamily.Spiked(p, tensorNoise));
        if (spinodal > 0)
        {
            Assert.Equal(spinodal, bayes.Spinodal.Value, 1e-9);
        }

        Assert.Equal(recovery, bayes.Recovery.Value, 1e-9);
    }
}
