// Laws of thresholds and state evolutions: ordering, limits, closed forms of special cases, fixed points, stability.
using System;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Spectra;
using Thalweg.StateEvolution;
using Thalweg.Thresholds;
using Xunit;

namespace Thalweg.Tests.Precision;

public class ThresholdLawTests
{
    [Fact]
    public void Thresholds_are_ordered_and_reciprocal()
    {
        var draw = new Draw(1001);
        for (int i = 0; i < 400; i++)
        {
            int p = draw.Order();
            double noise = draw.Log(1e-6, 1e6);
            var diagram = new PhaseDiagram(MatrixFamily.Spiked(p, noise), 1);
            Assert.True(diagram.Trivial.Value < diagram.GradientFlow.Value && diagram.GradientFlow.Value < diagram.MaximumLikelihood.Value && diagram.MaximumLikelihood.Value < 1);
            Assert.Equal(1, diagram.GradientFlow.Value * diagram.InverseGradientFlow.Value, 1e-15);
            Assert.Equal(1, diagram.Trivial.Value * diagram.InverseTrivial.Value, 1e-15);
            Assert.True(diagram.InverseTrivialAllOverlaps.Value >= diagram.InverseTrivial.Value);
            Assert.Equal(1, diagram.MessagePassing.Value);
            if (p % 2 == 0)
            {
                Assert.Equal(diagram.InverseTrivial, diagram.InverseTrivialAllOverlaps);
                Assert.False(Trivialization.AntiAligned(MatrixFamily.Spiked(p, noise)).Exists);
            }

            Assert.Equal(Trivialization.Of(MatrixFamily.Spiked(p, noise)), diagram.Trivial);
            Assert.Equal(Trivialization.OverAllOverlaps(MatrixFamily.Spiked(p, noise)), diagram.InverseTrivialAllOverlaps);
        }
    }

    // Eq. (5) as the paper prints it, where its difference does not cancel.
    [Fact]
    public void Gradient_flow_threshold_is_the_papers_formula()
    {
        var draw = new Draw(1002);
        for (int i = 0; i < 400; i++)
        {
            int p = draw.Order();
            double Δ = draw.Log(1e-3, 10), printed = (-Δ + Math.Sqrt(Δ * Δ + 4 * (p - 1) * Δ)) / (2 * (p - 1));
            Assert.Equal(printed, GradientFlowThreshold.Of(MatrixFamily.Spiked(p, Δ)).Value, 1e-13);
            double ml = (-Δ + Math.Sqrt(Δ * Δ + 4 * Δ)) / 2;
            Assert.Equal(ml, MessagePassingThreshold.MaximumLikelihood(MatrixFamily.Spiked(p, Δ)).Value, 1e-13);
        }
    }

    [Fact]
    public void Spectrum_and_recursions_turn_at_the_thresholds()
    {
        var draw = new Draw(1003);
        for (int i = 0; i < 200; i++)
        {
            var family = MatrixFamily.Spiked(draw.Order(), draw.Log(1e-3, 1e3));
            double flow = GradientFlowThreshold.Inverse(family).Value, ml = 1 / MessagePassingThreshold.MaximumLikelihood(family).Value;
            Assert.False(new HessianSpectrum(family.ModelAt(flow * (1 - 1e-9)), 0, 2).Outlier.Exists);
            Assert.True(new HessianSpectrum(family.ModelAt(flow * (1 + 1e-9)), 0, 2).Outlier.Exists);

            // The slope of the recursion at m = 0 passes one.
            const double h = 1e-9;
            Assert.Equal(1, MaximumLikelihoodEvolution.Step(family.ModelAt(ml), h) / h, 1e-7);
            Assert.Equal(1, BayesEvolution.Step(family.At(1), h) / h, 1e-7 * Math.Max(1, 1 / family.Rest.Coefficients[0]) + 1e-6 * family.Rest.SlopeAtOne);
        }
    }

    [Fact]
    public void Trivialization_is_where_the_complexity_of_minima_vanishes()
    {
        var draw = new Draw(1004);
        for (int i = 0; i < 200; i++)
        {
            var family = MatrixFamily.Spiked(draw.Order(), draw.Log(1e-3, 1e2));
            double u = Trivialization.Inverse(family).Value, start = GradientFlowThreshold.Inverse(family).Value;
            var at = new OverlapSection(family.ModelAt(u), 0).Minima();
            Assert.True(Math.Abs(at.Complexity) < 8 * at.Error + 1e-14, $"{at}");
            Assert.Equal(new OverlapSection(family.ModelAt(u * 1.1), 0).Minima().Complexity, Trivialization.ComplexityAtZeroOverlap(family, u * 1.1 - start), 1e-12);
            Assert.True(Trivialization.ComplexityAtZeroOverlap(family, (u - start) * 1.01) < 0);
            Assert.True(Trivialization.ComplexityAtZeroOverlap(family, (u - start) * 0.99) > 0);
        }
    }

    // p = 3: the lower spinodal is (2 sqrt(Δ) - 1)/Δ, the transition ends at Δ_p = 1; the line at p = 4 ends at Δ_p = 8/27.
    [Fact]
    public void Bayes_lines_of_three_and_four_spins()
    {
        for (double Δ = 0.3; Δ < 0.99; Δ += 0.05)
        {
            var lines = new InformationTheoretic(MatrixFamily.Spiked(3, Δ));
            Assert.Equal((2 * Math.Sqrt(Δ) - 1) / Δ, lines.Spinodal.Value, 1e-13);
            Assert.Equal(1, lines.UpperSpinodal.Value);
            Assert.InRange(lines.Jump.Value, lines.Spinodal.Value, 1);
            Assert.Equal(lines.Jump, lines.Recovery);
            Assert.Equal(Δ, 1 / (1 / (1 - 0.2) - lines.Line(0.2)) * 0.2, 1e-14);
        }

        Assert.False(new InformationTheoretic(MatrixFamily.Spiked(3, 1.0001)).Jump.Exists);
        Assert.Equal(1, new InformationTheoretic(MatrixFamily.Spiked(3, 2)).Recovery.Value);
        Assert.True(new InformationTheoretic(MatrixFamily.Spiked(4, 8 / 27.0 - 1e-6)).Jump.Exists);
        Assert.False(new InformationTheoretic(MatrixFamily.Spiked(4, 8 / 27.0 + 1e-6)).Jump.Exists);
        Assert.Equal(1.125, new InformationTheoretic(MatrixFamily.Spiked(4, 8 / 27.0 - 1e-9)).Jump.Value, 1e-5);
        var tensorAlone = new InformationTheoretic(MatrixFamily.Spiked(3, 0.01));
        Assert.False(tensorAlone.Recovery.Exists || tensorAlone.Jump.Exists);
    }

    [Fact]
    public void First_order_line_has_equal_free_entropies()
    {
        var draw = new Draw(1005);
        int seen = 0;
        for (int i = 0; i < 300; i++)
        {
            var family = MatrixFamily.Spiked(draw.Order(3, 6), draw.Log(0.1, 1));
            var lines = new InformationTheoretic(family);
            if (!lines.Jump.Exists)
            {
                continue;
            }

            seen++;
            double u = lines.Jump.Value;
            Assert.True(lines.Spinodal.Exists ? lines.Spinodal.Value <= u + 1e-12 : u > 0);
            Assert.True(u <= lines.UpperSpinodal.Value + 1e-12);
            var q = family.At(u);
            var points = BayesEvolution.FixedPoints(q);
            double high = BayesEvolution.FreeEntropy(q, points[0].Value), low = points.Count >= 3 ? BayesEvolution.FreeEntropy(q, points[2].Value) : 0;
            Assert.Equal(low, high, 1e-12 + 1e-10 * Math.Abs(high));
            Assert.True(u > 1 || points.Count < 3);
        }

        Assert.True(seen > 20);
    }

    // A sum of powers is walked along a grid where a single tensor has closed brackets: with a vanishing second tensor the two must agree.
    [Fact]
    public void Vanishing_second_tensor_changes_no_line()
    {
        var draw = new Draw(1008);
        for (int i = 0; i < 60; i++)
        {
            int p = draw.Order(3, 8);
            double noise = draw.Log(0.02, 2);
            var mixture = Covariance.FromTerms([(2, 0.5), (p, 1 / (p * noise)), (p + 1, 1e-13)]);
            PhaseDiagram pure = new(MatrixFamily.Spiked(p, noise), 1), mixed = new(MatrixFamily.Of(Model.FromMixture("mixture", mixture, planted: true)), 1);
            Same(pure.Bayes.Spinodal, mixed.Bayes.Spinodal);
            Same(pure.Bayes.UpperSpinodal, mixed.Bayes.UpperSpinodal);
            Same(pure.Bayes.Jump, mixed.Bayes.Jump);
            Same(pure.Bayes.Recovery, mixed.Bayes.Recovery);
            Same(pure.Langevin, mixed.Langevin);
            Same(pure.InverseTrivial, mixed.InverseTrivial);
            Same(pure.GradientFlow, mixed.GradientFlow);
            if (p % 2 == 1)
            {
                Same(pure.InverseTrivialAllOverlaps, mixed.InverseTrivialAllOverlaps);
            }
        }

        static void Same(Quantity expected, Quantity actual)
        {
            Assert.Equal(expected.Exists, actual.Exists);
            if (expected.Exists)
            {
                // The spinodal of a flat line moves by the second tensor, 1e-13, over 1 - m.
                Assert.Equal(expected.Value, actual.Value, 1e-10 * Math.Max(1, expected.Value));
            }
        }
    }

    [Fact]
    public void Langevin_special_cases()
    {
        for (double Δ = 0.05; Δ < 1.9; Δ += 0.1)
        {
            // p = 3, T = 1: sqrt(Δ_p/2).
            Assert.Equal(Math.Sqrt(Δ / 2), LangevinThreshold.Of(MatrixFamily.Spiked(3, Δ), 1).Value, 1e-14);
        }

        Assert.Equal(1, LangevinThreshold.Of(MatrixFamily.Spiked(3, 5), 1).Value);
        Assert.Equal(0.5, LangevinThreshold.Of(MatrixFamily.Spiked(3, 5), 2).Value);
        var draw = new Draw(1006);
        for (int i = 0; i < 200; i++)
        {
            int p = draw.Order(3, 10);
            double Δ = draw.Log(1e-2, 10), T = draw.Log(1e-2, 1);
            var family = MatrixFamily.Spiked(p, Δ);
            var found = LangevinThreshold.Of(family, T);
            if (found.Exists && found.Value < 1 / T * (1 - 1e-9))
            {
                // Q''(q)(1-q)² = T² and Q''(0)(1-q) = T with 1 - q = T Δ_2.
                double x = T * found.Value, curvature = family.At(1 / found.Value).D2Q(1 - x);
                Assert.Equal(T * T, curvature * x * x, 1e-11);
                Assert.True(found.Value >= GradientFlowThreshold.Of(family).Value * (1 - 1e-12));
            }
        }
    }

    [Fact]
    public void Fixed_points_satisfy_their_recursions()
    {
        var draw = new Draw(1007);
        for (int i = 0; i < 400; i++)
        {
            var (spiked, _) = draw.Moderate();
            var model = spiked.ToModel();
            foreach (var m in new[] { MaximumLikelihoodEvolution.SignalOverlap(model), MaximumLikelihoodEvolution.AntiAlignedOverlap(model) })
            {
                if (!m.Exists)
                {
                    continue;
                }

                double h = 1e-6 * (1 - Math.Abs(m.Value)), slope = (MaximumLikelihoodEvolution.Step(model, m.Value + h) - MaximumLikelihoodEvolution.Step(model, m.Value - h)) / (2 * h);
                Assert.Equal(m.Value, MaximumLikelihoodEvolution.Step(model, m.Value), (1 + Math.Abs(slope)) * (m.Error + 1e-15));

                // The slope of the recursion is the outlier's ratio: a minimum is a stable fixed point.
                double width = (1 - m.Value) * (1 + m.Value), ratio = width * Math.Sqrt(width) * model.Signal.D2Q(m.Value) / Math.Sqrt(model.Noise.SlopeAtOne);
                Assert.Equal(ratio, slope, 1e-5 * Math.Max(1, Math.Abs(slope)));
                Assert.True(!MaximumLikelihoodEvolution.IsMinimum(model, m.Value) || slope < 1 + 1e-5);
            }

            var q = model.Noise;
            var points = BayesEvolution.FixedPoints(q);
            for (int k = 0; k < points.Count; k++)
            {
                double m = points[k].Value, h = 1e-6 * Math.Min(m, 1 - m), slope = (BayesEvolution.Step(q, m + h) - BayesEvolution.Step(q, m - h)) / (2 * h);
                Assert.Equal(m, BayesEvolution.Step(q, m), (1 + Math.Abs(slope)) * (points[k].Error + 1e-15));
                Assert.True(k == 0 || m < points[k - 1].Value);
                Assert.True(Math.Abs(slope - 1) < 1e-5 || slope < 1 == (k % 2 == 0), $"{points[k]} has slope {slope}");
            }

            // The optimum is the highest fixed point, zero included.
            var best = BayesEvolution.Optimal(q);
            double height = BayesEvolution.FreeEntropy(q, best.Value);
            Assert.True(height >= 0);
            Assert.All(points, point => Assert.True(BayesEvolution.FreeEntropy(q, point.Value) <= height));
        }
    }

    [Fact]
    public void Bayes_point_of_the_three_spin_has_a_closed_form()
    {
        for (double u = 1.05; u < 4; u += 0.1)
        {
            var q = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, u).ToCovariance();
            Assert.Equal((1 - u + Math.Sqrt((u - 1) * (u + 3))) / 2, BayesEvolution.Optimal(q).Value, 1e-14);
        }

        Assert.Equal(0, BayesEvolution.Optimal(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 0.9).ToCovariance()).Value);
    }

    [Fact]
    public void Families_say_why_there_is_no_threshold()
    {
        foreach (var (key, model) in ModelCatalog.All)
        {
            var family = MatrixFamily.Of(model);
            var diagram = new PhaseDiagram(family, 1);
            Quantity[] lines = [diagram.GradientFlow, diagram.InverseGradientFlow, diagram.Trivial, diagram.InverseTrivial, diagram.InverseTrivialAllOverlaps, diagram.MaximumLikelihood, diagram.MessagePassing, diagram.Langevin];
            Assert.True(lines.All(line => line.Exists == (family.Why is null)), key);
            Assert.True(family.Why is not null || lines.All(line => line.Value > 0 && line.Error <= 1e-12 * Math.Max(1, line.Value)), key);
            Assert.Equal(family.Why is null, diagram.Regime(1.7).Name is not null);
            Assert.All(lines, line => Assert.NotEmpty(line.ToString()));
        }

        Assert.Throws<InvalidOperationException>(() => GradientFlowThreshold.Of(MatrixFamily.Of(ModelCatalog.All[5].Model)).Value);
    }
}
