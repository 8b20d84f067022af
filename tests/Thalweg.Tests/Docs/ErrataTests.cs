// Every number on the page of errata is computed again and must stand on the page as computed; every test that a page names exists.
using System;
using System.Linq;
using System.Text.RegularExpressions;
using Thalweg.Complexity;
using Thalweg.Growth;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Spectra;
using Thalweg.StateEvolution;
using Thalweg.Tests.Oracles;
using Thalweg.Thresholds;
using Thalweg.TwoTime;
using Xunit;

namespace Thalweg.Tests.Docs;

public partial class ErrataTests
{
    private static readonly string Page = Repository.Read("docs/errata.md");

    // The number, rounded as the page has it, stands there as a number of its own.
    private static void Says(double value, string format) => Assert.Matches($@"(?<![\d.]){Regex.Escape(value.ToString(format, System.Globalization.CultureInfo.InvariantCulture))}(?!\d)", Page);

    private static Model Spiked(int p, double tensorNoise, double u) => SpikedMatrixTensor.FromInverseMatrixNoise(p, tensorNoise, u).ToModel();

    [Fact]
    public void The_semicircle_has_unit_variance()
    {
        // converged(midpoint rule, error of order n^-3/2 at the edges): 1e-4 is a hundred times that.
        const int n = 100_000;
        double variance = Enumerable.Range(0, n).Select(i => -2 + 4 * (i + 0.5) / n).Sum(x => x * x * Semicircle.Density(x) * 4 / n);
        Assert.Equal(1, variance, 1e-4);
        Assert.Equal(0, new HessianSpectrum(Spiked(3, 1, 2.3), 0, 2).BulkLeft.Value, 1e-14);
    }

    [Fact]
    public void Odd_tensors_keep_an_anti_aligned_minimum()
    {
        var family = MatrixFamily.Spiked(3, 1);
        Says(Trivialization.Inverse(family).Value, "F5");
        Says(Trivialization.OverAllOverlaps(family).Value, "F5");
        var model = Spiked(3, 1, 4);
        Quantity anti = MaximumLikelihoodEvolution.AntiAlignedOverlap(model), aligned = MaximumLikelihoodEvolution.SignalOverlap(model);
        Says(anti.Value, "F4");
        Says(aligned.Value, "F4");
        foreach (double u in new[] { 3.0, 4, 10, 100, 1e4 })
        {
            var odd = Spiked(3, 1, u);
            Assert.True(MaximumLikelihoodEvolution.IsMinimum(odd, MaximumLikelihoodEvolution.AntiAlignedOverlap(odd).Value));
        }
    }

    [Fact]
    public void Three_candidates_for_all_overlaps()
    {
        double All(int p, double noise) => Trivialization.OverAllOverlaps(MatrixFamily.Spiked(p, noise)).Value;
        double Anti(int p, double noise) => Trivialization.AntiAligned(MatrixFamily.Spiked(p, noise)).Value;
        double Zero(int p, double noise) => Trivialization.Inverse(MatrixFamily.Spiked(p, noise)).Value;
        Assert.Equal(Anti(3, 1), All(3, 1), 1e-12);
        Assert.True(Anti(3, 1) > Zero(3, 1));
        Assert.True(All(3, 2) > Math.Max(Anti(3, 2), Zero(3, 2)) * (1 + 1e-6));
        Assert.Equal(Zero(5, 1), All(5, 1), 1e-12);
        Says(All(5, 1), "F4");
    }

    [Fact]
    public void The_scalar_equation_has_an_end()
    {
        double Full(int p, double noise) => Trivialization.Inverse(MatrixFamily.Spiked(p, noise)).Value;
        double Scalar(int p, double noise) => (double)TrivializationOracle.AtZeroOverlapEdge(p, noise);
        Says(Full(50, 0.01), "F4");
        Says(Scalar(50, 0.01), "F4");
        Assert.InRange(Full(12, 1e-4) / Scalar(12, 1e-4) - 1, 1e-13, 1e-10);
        Assert.Equal(1, Full(3, 1) / Scalar(3, 1), 1e-14);
    }

    [Fact]
    public void Message_passing_waits_for_the_end_of_the_low_branch()
    {
        var lines = new InformationTheoretic(MatrixFamily.Spiked(4, 0.25));
        Says(lines.Spinodal.Value, "F4");
        Says(lines.Jump.Value, "F5");
        Says(lines.UpperSpinodal.Value, "F5");
        foreach (double u in new[] { 1.05, 1.089, 1.091 })
        {
            double m = 1e-3;
            var q = Spiked(4, 0.25, u).Noise;
            for (int i = 0; i < 100_000; i++)
            {
                m = BayesEvolution.Step(q, m);
            }

            Assert.Equal(u > lines.UpperSpinodal.Value, m > 0.5);
        }
    }

    [Fact]
    public void Quartic_ageing_leaves_the_annealed_threshold()
    {
        var section = new OverlapSection(Spiked(4, 1, 2), 0);
        double threshold = section.ThresholdEnergy().Value;
        Says(section.AllAt(threshold).Complexity, "F5");
        Says(threshold, "F5");
        var ageing = AgeingEnergy.Of(Spiked(4, 1, 2).Noise).Energy;
        Says(ageing.Value, "F5");
        Assert.Equal(How.Estimate, ageing.How);
        Assert.Equal(new OverlapSection(Spiked(4, 1, 0.9), 0).ThresholdEnergy().Value, AgeingEnergy.Of(Spiked(4, 1, 0.9).Noise).Energy.Value, 1e-13);
    }

    [Fact]
    public void The_damped_rate_is_minus_the_outlier()
    {
        foreach (double u in new[] { 2.1, 2.3, 2.7, 5 })
        {
            var model = Spiked(3, 1, u);
            Assert.Equal(AgeingGrowth.Limit(model).Value, -new HessianSpectrum(model, 0, 2).Outlier.Value, 1e-14);
        }
    }

    [Theory]
    [TestsEquation(Papers.BigBadMinima, 12)]
    [TestsEquation(Papers.BigBadMinima, 13)]
    [InlineData(2.3)]
    [InlineData(2.7)]
    public void An_overlap_grows_at_the_damped_rate(double u)
    {
        const double end = 1e4;
        var model = Spiked(3, 1, u);
        var dynamics = TwoTimeDynamics.Solve(new TwoTimeProblem(model, logOverlap: 0, isLinear: true), end, 1e-5, threads: 2);
        Assert.Equal(Status.Converged, dynamics.Status);
        double curvature = model.Noise.CurvatureAtOne;
        Quantity rate = dynamics.GrowthRate(end), mu = dynamics.Multiplier(end);
        double predicted = AgeingGrowth.At(model, mu.Value), limit = AgeingGrowth.Limit(model).Value, printed = AgeingGrowth.Undamped(model).Value;
        Says(rate.Value, "F6");
        Says(predicted, "F6");
        Says(limit, "F6");
        Says(printed, "F6");

        // converged(time): what is left of the prediction falls with t, and is 5e-5 of it at 2.3; 1 % holds for any end beyond 1e3. The limit lies as far off as μ(t) does from its own.
        Assert.Equal(predicted, rate.Value, 0.01 * predicted);
        Assert.Equal(2 * Math.Sqrt(curvature) - mu.Value, rate.Value - limit, 0.01 * predicted);

        // What eq. (13) gives is missed by far more than any error.
        Assert.True(rate.Value + 1e5 * (rate.Error + mu.Error) < 0.5 * printed, $"{rate} against {printed}");
    }

    [Fact]
    public void Two_positive_fixed_points()
    {
        var model = Spiked(3, 1, 1.5);
        double Move(double m) => MaximumLikelihoodEvolution.Step(model, m) - m;
        double low = 0.01, high = 0.3;
        Assert.True(Move(low) < 0 && Move(high) > 0);
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Move(middle) < 0 ? (middle, high) : (low, middle);
        }

        Says(low, "F5");
        var largest = MaximumLikelihoodEvolution.SignalOverlap(model);
        Says(largest.Value, "F5");
        Assert.True(Move(0.5) > 0 && Move(0.8) < 0 && MaximumLikelihoodEvolution.IsMinimum(model, largest.Value));
    }

    [Fact]
    public void Zero_of_the_quenched_complexity() => Says(new QuenchedComplexity(Spiked(3, 1, 1.5)).LargestOverlap().Value, "F5");

    [Fact]
    public void Tests_that_pages_name_exist()
    {
        var methods = typeof(ErrataTests).Assembly.GetTypes().SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}")).ToHashSet();
        foreach (string page in Repository.Pages)
        {
            foreach (Match name in NamedTest().Matches(Repository.Read(page)))
            {
                Assert.True(methods.Contains(name.Groups[1].Value), $"{page} names {name.Groups[1].Value}, which does not exist");
            }
        }
    }

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex NamedTest();
}
