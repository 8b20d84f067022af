// The loss of a measurement of phase retrieval: its derivatives and their bound.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Random;
using Xunit;

namespace Thalweg.Tests.Models;

public class PhaseRetrievalTests
{
    // converged(order 2 of central differences, step 1e-4): the next term is some 1e-8 of the third derivative 24 h/(a + y²) and of the fourth.
    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.1)]
    [InlineData(10)]
    public void Slope_and_curvature_are_the_derivatives_of_the_loss(double a)
    {
        const double step = 1e-4;
        var model = new PhaseRetrieval(a);
        var stream = new PhiloxStream(3, StreamPurpose.Data);
        for (int k = 0; k < 100; k++)
        {
            double h = stream.NextNormal(), y = stream.NextNormal(), size = (1 + Math.Abs(h)) * 24 / (a + y * y);
            Assert.Equal(model.Slope(h, y), (model.Loss(h + step, y) - model.Loss(h - step, y)) / (2 * step), 1e-7 * size);
            Assert.Equal(model.Curvature(h, y), (model.Slope(h + step, y) - model.Slope(h - step, y)) / (2 * step), 1e-7 * size);
        }
    }

    // exact: 4(3h² - y²) + 4(a + y²) = 12h² + 4a > 0; the bound is approached at h = 0 for large y.
    [Fact]
    public void The_curvature_is_bounded_below_and_the_bound_is_sharp()
    {
        var model = new PhaseRetrieval(0.1);
        var stream = new PhiloxStream(4, StreamPurpose.Data);
        for (int k = 0; k < 1000; k++)
        {
            Assert.True(model.Curvature(stream.NextNormal(), 10 * stream.NextNormal()) > PhaseRetrieval.LowestCurvature);
        }

        Assert.Equal(PhaseRetrieval.LowestCurvature, model.Curvature(0, 1e4), 1e-8);
        Assert.Equal(0, model.Loss(-2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhaseRetrieval(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhaseRetrieval(double.NaN));
    }
}
