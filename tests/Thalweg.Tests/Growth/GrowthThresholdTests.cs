// The threshold that is measured from the dynamics alone, against eq. (5), and the extrapolations behind it against functions whose limits are known.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Growth;
using Thalweg.Models;
using Thalweg.Numerics.Series;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Thresholds;
using Xunit;

namespace Thalweg.Tests.Growth;

public class GrowthThresholdTests
{
    [Trait("Speed", "slow")]
    [Theory]
    [InlineData(3, 1)]
    [InlineData(5, 0.2)]
    public void It_is_eq_5_within_the_reported_error(int order, double tensorNoise)
    {
        var family = MatrixFamily.Spiked(order, tensorNoise);
        var threshold = GrowthThreshold.Measure(family.Rest, 1e-4, 1500, threads: 2);
        double predicted = GradientFlowThreshold.Inverse(family).Value;
        Assert.True(threshold.Inverse.Error <= 1e-2 * predicted, threshold.Inverse.ToString());
        Assert.Equal(predicted, threshold.Inverse.Value, threshold.Inverse.Error);
        Assert.Equal(predicted, threshold.InverseFromLimit.Value, threshold.InverseFromLimit.Error);

        // At the threshold: marginality, growth like a power of t below, exponential growth above.
        var last = threshold.Measurements[^1];
        Assert.Equal(2 * Math.Sqrt(last.Noise.CurvatureAtOne), last.Multiplier.Value, last.Multiplier.Error);
        Assert.All(last.Points.Where(point => point.Strength > 0.85 * predicted && point.Strength < 0.95 * predicted), point => Assert.True(point.Power.Value < -0.5));
        Assert.All(last.Points.Where(point => point.Strength > 1.3 * predicted), point => Assert.True(Math.Abs(point.Power.Value) < 0.1));
        foreach (var point in last.Points.Where(point => point.IsFitted))
        {
            double k = point.Strength, expected = Math.Pow(k - Math.Sqrt(last.Noise.CurvatureAtOne), 2) / k;
            Assert.Equal(expected, point.Limit.Value, point.Limit.Error);
        }
    }

    [Fact]
    public void A_run_that_is_too_short_says_so()
    {
        var outcome = new ThresholdRun().Execute(new ParameterSet(new Dictionary<string, string> { ["t"] = "3" }), RunContext.Default);
        Assert.Equal(Status.NotConverged, outcome.Status);
        Assert.NotEmpty(outcome.Sentence);
    }

    // eq. (5) for several tensors at once, u² = u + R''(1); and one tensor is the same landscape by either name, to the last bit.
    [Trait("Speed", "slow")]
    [Fact]
    public void A_mixture_leaves_its_matrix_free()
    {
        var result = Run((ModelParameters.Mixture, "1.3 x^2 + 0.2 x^3 + 0.1 x^4"), (ModelParameters.Planted, "true"));
        double predicted = (1 + Math.Sqrt(1 + 4 * (6 * 0.2 + 12 * 0.1))) / 2;
        var measured = result.Quantity("inv_delta2_gf_dynamics");
        Assert.Equal(predicted, result.Quantity("inv_delta2_gf").Value, 1e-14);
        Assert.True(measured.Error <= 1e-2 * predicted, measured.ToString());
        Assert.Equal(predicted, measured.Value, measured.Error);
        Thalweg.Results.Record tensor = Run((ModelParameters.TensorOrder, "4"), (ModelParameters.TensorNoise, "0.5")), mixture = Run((ModelParameters.Mixture, "0.5 x^4"), (ModelParameters.Planted, "true"));
        Assert.Equal(tensor.Quantities(), mixture.Quantities());

        static Thalweg.Results.Record Run(params ReadOnlySpan<(Parameter, string?)> options) =>
            new ThresholdRun().Execute(new ParameterSet(new Dictionary<string, string>()).With(options).With((ThresholdRun.Time, "600"), (ThresholdRun.Tolerance, "0.01")), new RunContext { Threads = 2 }).Result;
    }

    // The first estimate's way, on times that follow its law, and on times that follow a slightly different one.
    [Theory]
    [InlineData(0, 1e-6)]
    [InlineData(0.3, 0.05)]
    public void Times_of_a_power_law_give_the_place_where_they_diverge(double correction, double error)
    {
        ConvergencePoint[] points = [.. new[] { 2.2, 2.3, 2.4, 2.5, 2.6, 2.8, 3 }.Select(x => new ConvergencePoint(x, Quantity.Of(7 * Math.Pow(x - 2, -2) * (1 + correction * (x - 2)), 0, How.Dynamics)))];
        var found = ConvergenceTimes.Extrapolate(points);
        Assert.Equal(2, found.Value, error);
        Assert.Equal(2, found.Value, found.Error + 1e-6);
        Assert.False(ConvergenceTimes.Extrapolate(points[..4]).Exists);
    }

    [Theory]
    [InlineData(0.66, 0)]
    [InlineData(0.5, 3)]
    [InlineData(1, -2)]
    public void Limits_of_powers_with_corrections_lie_within_their_error(double power, double correction)
    {
        var (limit, error) = PowerLawLimit.Of(t => 4 - Math.Pow(t, -power) * (1 + correction * Math.Pow(t, -0.3)), 1e4);
        Assert.Equal(4, limit, error);
        Assert.True(error < 0.5 * Math.Pow(1e4, -power));
        Assert.Equal((2.0, 0.0), PowerLawLimit.Of(_ => 2, 10));
    }

    [Fact]
    public void Polynomials_are_fitted_exactly_and_noise_is_averaged()
    {
        double[] x = [.. Enumerable.Range(0, 30).Select(i => 0.3 + i / 29.0)];
        double[] y = [.. x.Select(at => 2 - at + 3 * at * at - Math.Pow(at, 3))];
        Assert.Equal(2, PolynomialFit.Value(x, y, 3, 0), 1e-12);
        Assert.Equal(2, PolynomialFit.Value(x, y, 6, 0), 1e-8);
        double[] line = [.. x.Select((at, i) => 1 + at + (i % 2 == 0 ? 1e-3 : -1e-3))];
        Assert.Equal(1, PolynomialFit.Value(x, line, 1, 0), 1e-3);

        // Weights: the mean of two values with errors 1 and 2 is (4 y_1 + y_2)/5 with the error 2/sqrt(5); a line through two points ends at 2 y_1 - y_2.
        var (mean, error) = PolynomialFit.Weighted([1, 2], [3, 8], [1, 2], 0, 0);
        Assert.Equal(4, mean, 1e-14);
        Assert.Equal(2 / Math.Sqrt(5), error, 1e-14);
        (mean, error) = PolynomialFit.Weighted([1, 2], [3, 8], [1, 2], 1, 0);
        Assert.Equal(-2, mean, 1e-13);
        Assert.Equal(Math.Sqrt(4 + 4), error, 1e-13);

        // Through (1, 3) ± 1 and (2, 8) ± 2 goes a slope of 5 ± sqrt(1 + 4).
        var (slope, slopeError) = PolynomialFit.Slope([1, 2], [3, 8], [1, 2]);
        Assert.Equal(5, slope, 1e-13);
        Assert.Equal(Math.Sqrt(5), slopeError, 1e-13);
        Assert.Throws<ArgumentException>(() => PolynomialFit.Slope([1], [3], [1]));
        Assert.Throws<ArgumentException>(() => PolynomialFit.Weighted([1, 2], [3, 8], [1], 1, 0));
        Assert.Throws<ArgumentException>(() => PolynomialFit.Value(x, y.AsSpan(1), 1, 0));
        Assert.Throws<ArgumentException>(() => PolynomialFit.Value(x.AsSpan(0, 2), y.AsSpan(0, 2), 2, 0));
    }
}
