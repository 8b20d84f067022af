// Energies, complexities and fixed points at the points of Figs. 2-4 against the reference values of the derivation notes.
using System;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Spectra;
using Thalweg.StateEvolution;
using Thalweg.Tests.Docs;
using Xunit;

namespace Thalweg.Tests.Complexity;

public class FourPointsTests
{
    [TestsEquation(Papers.BigBadMinima, 6)]
    [Theory]
    [InlineData(1.5, 0.801783725, -1.56793261922, 0.000617070691559, -1.56793261922, -1.57053403736, 0.692911512777, -1.61102668232, 0.5)]
    [InlineData(2.3, 1.109158490, -1.80816702616, 0.000228766560513, -1.8236934563, -1.80961561497, 0.811933708065, -1.99697443574, 0.662440474841)]
    [InlineData(2.7, 1.245417130, -1.91653780695, 0.000150929784356, -1.97529195863, -1.91766784705, 0.839435669114, -2.19381499047, 0.706438241627)]
    public void The_points_of_the_figures(double u, double θ, double threshold, double complexity, double firstMinima, double zero, double overlap, double energy, double bayes)
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, u).ToModel();
        var section = new OverlapSection(model, 0);
        Assert.Equal(θ, section.SpikeStrength, 1e-9);
        Assert.Equal(threshold, section.ThresholdEnergy().Value, 1e-11);
        Assert.Equal(complexity, section.AllAt(section.ThresholdEnergy().Value).Complexity, 1e-15);
        Assert.Equal(firstMinima, section.FirstMinimaEnergy().Value, 1e-10);
        Assert.Equal(zero, EnergyLevels.Zero(section).Value, 1e-11);
        var m = MaximumLikelihoodEvolution.SignalOverlap(model);
        Assert.Equal(overlap, m.Value, 1e-12);
        Assert.Equal(energy, MaximumLikelihoodEvolution.Energy(model, m).Value, 1e-11);
        Assert.Equal(bayes, BayesEvolution.Optimal(model.Noise).Value, 1e-12);
    }

    [TestsEquation(Papers.BigBadMinima, 6)]
    [TestsEquation(Papers.BigBadMinima, 7)]
    [Theory]
    [InlineData(2.3, -0.0222769467258, -0.356030138009, false)]
    [InlineData(2.7, -0.104844063005, -0.491403040004, true)]
    public void Outlier_and_anti_aligned_point(double u, double outlier, double overlap, bool stable)
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, u).ToModel();
        Assert.Equal(outlier, new HessianSpectrum(model, 0, 2).Outlier.Value, 1e-12);
        var m = MaximumLikelihoodEvolution.AntiAlignedOverlap(model);
        Assert.Equal(overlap, m.Value, 1e-12);
        Assert.Equal(stable, MaximumLikelihoodEvolution.IsMinimum(model, m.Value));
    }

    [Fact]
    public void Test_vectors_of_the_notes()
    {
        Assert.Equal(0.8181471805599453, Semicircle.LogPotential(2.5), 1e-15);
        Assert.Equal(1.1085685555157012, Semicircle.LogPotential(3.2), 1e-15);
        Assert.Equal(0.00678577839697736, RankOnePerturbation.NoneAboveCost(1.5, 2.05), 1e-15);
        Assert.Equal(0.11288395612583113, RankOnePerturbation.NoneAboveCost(2.5, 2.3), 1e-15);
        var model = SpikedMatrixTensor.FromMatrixNoise(3, 1, 0.5).ToModel();
        var zero = new OverlapSection(model, 0);
        Near((0.07416361687105157, 1.393548387096774), zero.AllAt(-1.2));
        Near((-0.0878357654626134, 2.1785855203371023), zero.AllAt(-1.9));
        Assert.Equal(-2.776158963774111, zero.MinimaAt(-1.2).Complexity, 1e-14);
        var plus = new OverlapSection(model, 0.3);
        double signal = model.Signal.Q(0.3);
        Near((0.008515841651559886, 1.848774193548387), plus.AllAt(-1.5 - signal));
        Assert.Equal(-0.1696198460078553, plus.MinimaAt(-1.5 - signal).Complexity, 1e-15);
        var minus = new OverlapSection(model, -0.3);
        Near((-0.20715900882499527, 2.361069355131253), minus.AllAt(-2.0 - model.Signal.Q(-0.3)));
        var near = new OverlapSection(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 1.9).ToModel(), 0);
        Assert.Equal(0.0008100057332093846, near.AllAt(-1.69).Complexity, 1e-15);
    }

    private static void Near((double Complexity, double Shift) expected, DominatingPoints actual)
    {
        Assert.Equal(expected.Complexity, actual.Complexity, 1e-15);
        Assert.Equal(expected.Shift, actual.Shift, 4e-15);
    }

    [Fact]
    public void Pure_spin_levels()
    {
        var three = new PureSpinComplexity(3);
        Assert.Equal(1.63299316186, three.ThresholdLevel, 1e-11);
        Assert.Equal(1.65699836353, three.Level(0).Value, 1e-11);
        Assert.Equal(1.6528731981, three.Level(1).Value, 1e-10);
        Assert.Equal(1.65025312744, three.Level(2).Value, 1e-11);
        var four = new PureSpinComplexity(4);
        Assert.Equal(1.73205080757, four.ThresholdLevel, 1e-11);
        Assert.Equal(1.79408502818, four.Level(0).Value, 1e-11);
        Assert.Equal(1.78330030125, four.Level(1).Value, 1e-11);
    }
}
