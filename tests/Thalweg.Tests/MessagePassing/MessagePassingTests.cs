// Message passing on drawn landscapes: state evolution within standard errors, stationary points where it settles, the Onsager term, damping, divergence.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Instances;
using Thalweg.MessagePassing;
using Thalweg.Models;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Statistics;
using Thalweg.Results;
using Thalweg.StateEvolution;
using Xunit;

namespace Thalweg.Tests.MessagePassing;

public class MessagePassingTests
{
    private const int N = 250, Trials = 16, Iterations = 12;
    private const double Start = 0.3;

    private static Model Spiked(double inverse) => SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, inverse).ToModel();

    private static double[] StartOf(MessagePassingKind kind, double overlap, uint trial, ReadOnlySpan<double> signal)
    {
        double[] direction = new double[signal.Length], start = new double[signal.Length];
        new PhiloxStream(5, StreamPurpose.Start, trial).FillUnitVector(direction);
        MessagePassingAlgorithm.Start(kind, signal, overlap, direction, start);
        return start;
    }

    // statistical(3.5 standard errors, seeds 5, N = 250): the bias of finite N, of order 1/N, is a sixth of the standard errors or less.
    [Theory]
    [InlineData(MessagePassingKind.MaximumLikelihood)]
    [InlineData(MessagePassingKind.Bayes)]
    public void Iterates_follow_state_evolution(MessagePassingKind kind)
    {
        var model = Spiked(2.7);
        var overlaps = Enumerable.Range(0, Iterations + 1).Select(_ => new List<double>()).ToArray();
        var lengths = Enumerable.Range(0, Iterations + 1).Select(_ => new List<double>()).ToArray();
        for (uint trial = 0; trial < Trials; trial++)
        {
            var landscape = PackedInstance.Draw(model, N, 5, trial).Landscape();
            foreach (var point in new MessagePassingAlgorithm(model, kind).Run(landscape, StartOf(kind, Start, trial, landscape.Signal), Iterations, 1e-8, true).Points)
            {
                overlaps[point.Iteration].Add(point.Overlap);
                lengths[point.Iteration].Add(point.SquaredNorm);
            }
        }

        double theory = Start;
        Assert.Equal(Start, overlaps[0][0], 1e-14);
        Assert.Equal(kind == MessagePassingKind.Bayes ? Start : 1, lengths[0][0], 1e-14);
        for (int k = 1; k <= Iterations; k++)
        {
            theory = kind == MessagePassingKind.Bayes ? BayesEvolution.Step(model.Noise, theory) : MaximumLikelihoodEvolution.Step(model, theory);
            SampleMean overlap = SampleMean.Of([.. overlaps[k]]), length = SampleMean.Of([.. lengths[k]]);
            Assert.True(Math.Abs(overlap.Mean - theory) < 3.5 * overlap.Error, $"k = {k}: {overlap} against {theory}");
            Assert.True(kind == MessagePassingKind.MaximumLikelihood ? Math.Abs(length.Mean - 1) < 1e-12 : Math.Abs(length.Mean - theory) < 3.5 * length.Error, $"k = {k}: |x|² = {length} against {theory}");
        }
    }

    // exact: at rest the gradient is parallel to the iterate, so that the tangential part is the change times the field's length.
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Where_the_likelihood_settles_the_loss_is_stationary(double damping)
    {
        var model = Spiked(4);
        var landscape = PackedInstance.Draw(model, 120, 2, 0).Landscape();
        var result = new MessagePassingAlgorithm(model, MessagePassingKind.MaximumLikelihood, damping).Run(landscape, StartOf(MessagePassingKind.MaximumLikelihood, 0.5, 0, landscape.Signal), 400, 1e-11);
        Assert.Equal(Status.Converged, result.Status);
        double[] gradient = new double[120];
        double loss = landscape.Gradient(result.Estimate, gradient);
        Assert.Equal(loss, result.Energy, 1e-9);
        Sphere.Project(result.Estimate, gradient);
        Assert.InRange(Math.Sqrt(gradient.Sum(g => g * g)), 0, 1e-9);
        Assert.True(result.Points[^1].Overlap > 0.8);
    }

    // Without the second term the iterates are off by more than five standard errors: what the first test sees is not there by chance.
    [Fact]
    public void The_onsager_term_is_needed()
    {
        const int steps = 5;
        var model = Spiked(2.7);
        double theory = Enumerable.Range(0, steps).Aggregate(Start, (m, _) => MaximumLikelihoodEvolution.Step(model, m));
        var off = new List<double>();
        for (uint trial = 0; trial < 3 * Trials; trial++)
        {
            var landscape = PackedInstance.Draw(model, N, 5, trial).Landscape();
            double[] x = StartOf(MessagePassingKind.MaximumLikelihood, Start, trial, landscape.Signal), gradient = new double[N];
            for (int k = 0; k < steps; k++)
            {
                landscape.Gradient(x, gradient);
                double length = Math.Sqrt(gradient.Sum(g => g * g));
                x = [.. gradient.Select(g => -g / length)];
            }

            off.Add(x[0]);
        }

        var naive = SampleMean.Of([.. off]);
        Assert.True(Math.Abs(naive.Mean - theory) > 5 * naive.Error, $"{naive} against {theory}");
    }

    [Fact]
    public void What_does_not_settle_says_so()
    {
        // Far inside the glassy phase iterates wander for ever.
        var model = Spiked(0.5);
        var landscape = PackedInstance.Draw(model, 100, 3, 0).Landscape();
        var result = new MessagePassingAlgorithm(model, MessagePassingKind.MaximumLikelihood).Run(landscape, StartOf(MessagePassingKind.MaximumLikelihood, 0.1, 0, landscape.Signal), 60, 1e-8);
        Assert.Equal(Status.NotConverged, result.Status);
        Assert.Contains("at iteration 60", result.Sentence, StringComparison.Ordinal);
        Assert.Equal(61, result.Points.Count);
    }
}
