// The oracle against numbers printed elsewhere: tables of thresholds, test vectors and points of the figures, each to the digits printed.
using System;
using Xunit;

namespace Thalweg.Tests.Oracles;

public class PrintedNumbersTests
{
    [Theory]
    [InlineData(3, 0.5, 0.3903882032, 2.5615528128, 0.5000000000, 0.3060133228, 3.267831579, 3.80630710, 0.50000000)]
    [InlineData(3, 1, 0.5000000000, 2.0000000000, 0.6180339888, 0.4060494703, 2.462754105, 2.61347027, 0.70710678)]
    [InlineData(3, 2, 0.6180339888, 1.6180339887, 0.7320508076, 0.5220357231, 1.915577720, 1.95750061, 1.00000000)]
    [InlineData(3, 4, 0.7320508076, 1.3660254038, 0.8284271247, 0.6443060865, 1.552057354, 1.56815808, 1.00000000)]
    [InlineData(4, 0.5, 0.3333333333, 3.0000000000, 0.5000000000, 0.2343149999, 4.267759214, 4.26775921, 1.00000000)]
    [InlineData(4, 1, 0.4342585459, 2.3027756377, 0.6180339888, 0.3199399894, 3.125586151, 3.12558615, 1.00000000)]
    [InlineData(4, 1.5, 0.5000000000, 2.0000000000, 0.6861406616, 0.3794501723, 2.635392136, 2.63539214, 1.00000000)]
    [InlineData(4, 4, 0.6666666667, 1.5000000000, 0.8284271247, 0.5459670859, 1.831612245, 1.83161225, 1.00000000)]
    public void Thresholds(int p, double noise, double gf, double inverseGf, double ml, double triv, double inverseTriv, double all, double langevin)
    {
        Near(gf, ThresholdOracle.GradientFlowNoise(p, noise), 10);
        Near(inverseGf, ThresholdOracle.GradientFlow(p, noise), 10);
        Near(ml, 1 / ThresholdOracle.MaximumLikelihoodAmp(noise), 10);
        Near(triv, 1 / TrivializationOracle.AtZeroOverlap(p, noise), 10);
        Near(inverseTriv, TrivializationOracle.AtZeroOverlap(p, noise), 9);
        Near(inverseTriv, TrivializationOracle.AtZeroOverlapEdge(p, noise), 9);
        Near(all, TrivializationOracle.OverAllOverlaps(p, noise).End, 8);
        Near(langevin, ThresholdOracle.Langevin(p, noise, 1).Noise, 8);
    }

    [Theory]
    [InlineData(1.5, 0.801783725, -1.56793261922, 0.000617070691559, double.NaN, double.NaN, -1.57053403736, 0.692911512777, -1.61102668232, 0.5, double.NaN, double.NaN)]
    [InlineData(2.3, 1.109158490, -1.80816702616, 0.000228766560513, -0.0222769467258, -1.8236934563, -1.80961561497, 0.811933708065, -1.99697443574, 0.662440474841, -0.356030138009, 1.1378614926)]
    [InlineData(2.7, 1.245417130, -1.91653780695, 0.000150929784356, -0.104844063005, -1.97529195863, -1.91766784705, 0.839435669114, -2.19381499047, 0.706438241627, -0.491403040004, 0.963529282619)]
    public void Points_of_the_figure(
        double u, double theta, double threshold, double sigma, double outlier, double oneToZero, double zero, double overlap, double loss, double bayes, double negative, double bulk)
    {
        var model = new SpikedOracle(3, 1, u);
        // The printed column is cut, not rounded, after nine decimals.
        Near(theta, SpectrumOracle.Theta(model, 0), 8);
        Near(threshold, ComplexityOracle.ThresholdEnergy(model), 11);
        Near(sigma, ComplexityOracle.AtEnergy(model, 0, ComplexityOracle.ThresholdEnergy(model)).Sigma, 15);
        Near(outlier, SpectrumOracle.Outlier(model, SpectrumOracle.Theta(model, 0), 2), 12);
        Near(oneToZero, ComplexityOracle.IndexOneToZeroEnergy(model), 10);
        Near(zero, ComplexityOracle.ZeroEnergy(model, 0), 11);
        var end = StateEvolutionOracle.Isolated(model, StateEvolutionOracle.LargestFixedPoint(model));
        Near(overlap, end.Overlap, 12);
        Near(loss, end.Loss, 11);
        Near(bayes, BayesOracle.Best(model), 12);
        Near(negative, StateEvolutionOracle.NegativeFixedPoint(model), 12);
        Near(bulk, StateEvolutionOracle.Isolated(model, StateEvolutionOracle.NegativeFixedPoint(model)).BulkRatio, 10);
    }

    [Fact]
    public void Rational_point_at_the_gradient_flow_threshold()
    {
        var model = new SpikedOracle(3, 1, 2);
        Assert.True(DoubleDouble.Abs(ComplexityOracle.ThresholdEnergy(model) + (DoubleDouble)31 / 18) < 1e-30);
        var sigma = ComplexityOracle.AtEnergy(model, 0, (DoubleDouble)(-31) / 18).Sigma;
        Assert.True(DoubleDouble.Abs(sigma - (DoubleDouble.Log((DoubleDouble)4 / 3) / 2 - (DoubleDouble)31 / 216)) < 1e-30);
        Near(0.00032252, sigma, 8);
    }

    [Fact]
    public void Test_vectors()
    {
        Near(0.8181471805599453, RandomMatrixOracle.Phi(2.5), 15);
        Near(1.1085685555157012, RandomMatrixOracle.Phi(3.2), 15);
        Near(0.00678577839697736, RandomMatrixOracle.Lower(1.5, 2.05), 15);
        Near(0.11288395612583113, RandomMatrixOracle.Lower(2.5, 2.3), 15);
        var model = new SpikedOracle(3, 1, 2);
        Curve(model, 0, -1.2, null, 0.07416361687105157, 1.393548387096774, ComplexityBranch.Free);
        Curve(model, 0, -1.9, null, -0.0878357654626134, 2.1785855203371023, ComplexityBranch.Free);
        Curve(model, 0, -1.9, 0, -0.0878357654626134, 2.1785855203371023, ComplexityBranch.Free);
        Curve(model, 0, -1.2, 0, -2.776158963774111, 2, ComplexityBranch.Edge);
        Curve(model, 0.3, -1.5, null, 0.008515841651559886, 1.848774193548387, ComplexityBranch.Free);
        Near(-0.1696198460078553, ComplexityOracle.AtEnergy(model, 0.3, -1.5, 0).Sigma, 14);
        Curve(model, -0.3, -2.0, null, -0.20715900882499527, 2.361069355131253, ComplexityBranch.Free);
        Near(0.0008100057332093846, ComplexityOracle.AtEnergy(new(3, 1, 1.9), 0, -1.69).Sigma, 15);
        var quenchedRemark = new SpikedOracle(3, 1, 1.5);
        Near(0.08113158, ComplexityOracle.OverEnergies(quenchedRemark, 0.3).Sigma, 8);
        Near(0.494379, Bisection.Root(m => ComplexityOracle.OverEnergies(quenchedRemark, m).Sigma, 0.4, 0.6), 6);
        Near(-1.4e-4, ComplexityOracle.AtEnergy(new(4, 1, 2), 0, ComplexityOracle.ThresholdEnergy(new(4, 1, 2))).Sigma, 5);
        Near(1.2469796, ThresholdOracle.PowerLawOnset(3, 1), 7);
        Near(-0.7297, StateEvolutionOracle.NegativeFixedPoint(new(3, 1, 4)), 4);
        Near(0.8893, StateEvolutionOracle.LargestFixedPoint(new(3, 1, 4)), 4);
        Near(2.2451, StateEvolutionOracle.Isolated(new(3, 1, 2.7), StateEvolutionOracle.LargestFixedPoint(new(3, 1, 2.7))).Shift, 4);
    }

    [Fact]
    public void Bayes_lines()
    {
        Near(0.828427125, BayesOracle.Spinodals(3, 0.5).Lower.InverseMatrixNoise, 9);
        Near(0.851156410, BayesOracle.InformationTheoretic(3, 0.5).InverseMatrixNoise, 9);
        Near(0.377034640, BayesOracle.InformationTheoretic(3, 0.5).High, 9);
        Near(0.155109492, BayesOracle.InformationTheoretic(3, 0.25).InverseMatrixNoise, 9);
        Near(0.621197969, BayesOracle.InformationTheoretic(3, 0.25).High, 9);

        // p = 4: both spinodals meet at m = 1/3, Δ_p = 8/27, u = 9/8.
        var corner = (DoubleDouble)8 / 27;
        Assert.True(DoubleDouble.IsNaN(BayesOracle.Spinodals(4, corner * (1 + 1e-9)).Lower.Overlap));
        Near(1.125, BayesOracle.Spinodals(4, corner * (1 - 1e-12)).Lower.InverseMatrixNoise, 9);
        Near(1.125, BayesOracle.Spinodals(4, corner * (1 - 1e-12)).Upper.InverseMatrixNoise, 9);
        Near(0.8405, DoubleDouble.Sqrt(BayesOracle.Best(new(3, 1, 2.7))), 4);
    }

    // p = 4, Δ_p = 1/4: the high branch exists from u = 1 and wins from 1.0365, but state evolution from a small overlap reaches it only beyond the end of the low branch, 1.0902.
    [Theory]
    [InlineData(1.05, 0.0, 0.15)]
    [InlineData(1.085, 0.0, 0.19)]
    [InlineData(1.095, 0.6, 1.0)]
    public void Bayes_AMP_from_a_small_overlap_waits_for_the_upper_spinodal(double u, double low, double high)
    {
        var model = new SpikedOracle(4, 0.25, u);
        DoubleDouble m = 1e-3;
        for (int step = 0; step < 3000; step++)
        {
            m = BayesOracle.Step(model, m);
        }

        Assert.InRange((double)m, low, high);
        Assert.Contains(BayesOracle.FixedPoints(model), x => DoubleDouble.Abs(x - m) < 1e-9);
    }

    [Theory]
    [InlineData(3, 1.63299316186, 1.65699836353, 1.6528731981, 1.65025312744)]
    [InlineData(4, 1.73205080757, 1.79408502818, 1.78330030125, double.NaN)]
    public void Pure_models(int p, double threshold, double e0, double e1, double e2)
    {
        Near(threshold, PureSpinOracle.Threshold(p), 11);
        Near(e0, PureSpinOracle.GroundEnergy(p, 0), 11);
        Near(e1, PureSpinOracle.GroundEnergy(p, 1), 10);
        if (!double.IsNaN(e2))
        {
            Near(e2, PureSpinOracle.GroundEnergy(p, 2), 11);
        }
    }

    private static void Curve(SpikedOracle model, double m, double energy, int? index, double sigma, double shift, ComplexityBranch branch)
    {
        var value = ComplexityOracle.AtEnergy(model, m, energy, index);
        Near(sigma, value.Sigma, 14);
        Near(shift, value.Shift, 14);
        Assert.Equal(branch, value.Branch);
    }

    // Half a unit of the last digit printed, with a little room for the doubles that carry the inputs.
    private static void Near(double printed, DoubleDouble value, int decimals)
    {
        double tolerance = 0.6 * Math.Pow(10, -decimals);
        Assert.True(double.IsNaN(printed) ? DoubleDouble.IsNaN(value) : Math.Abs((double)(value - printed)) <= tolerance, $"printed {printed:R}, oracle {value}");
    }
}
