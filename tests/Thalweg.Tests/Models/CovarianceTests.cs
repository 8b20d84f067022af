// The covariance polynomial and its derivatives, the parser and the models built on them.
using System;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Tests.Docs;
using Xunit;

namespace Thalweg.Tests.Models;

public class CovarianceTests
{
    [Fact]
    public void Derivatives_follow_the_slope_test()
    {
        foreach (var (_, model) in ModelCatalog.All)
        {
            var q = model.Noise;
            for (double x = -0.95; x <= 1; x += 0.19)
            {
                AssertSlope(q.Q, q.DQ, x);
                AssertSlope(q.DQ, q.D2Q, x);
                AssertSlope(q.D2Q, q.D3Q, x);
                AssertSlope(q.D3Q, q.D4Q, x);
            }
        }
    }

    // converged(order 2): central differences at h and h/2, extrapolated, are exact to O(h^4) ~ 1e-12 for these polynomials; 1e-9 leaves room for cancellation.
    private static void AssertSlope(Func<double, double> f, Func<double, double> derivative, double x)
    {
        const double h = 1e-3;
        double coarse = (f(x + h) - f(x - h)) / (2 * h), fine = (f(x + h / 2) - f(x - h / 2)) / h;
        Assert.Equal(derivative(x), (4 * fine - coarse) / 3, 1e-9);
    }

    [TestsEquation(Papers.BigBadMinima, 1)]
    [TestsEquation(Papers.BigBadMinima, 2)]
    [TestsEquation(Papers.BigBadMinima, 3)]
    [Fact]
    public void Spiked_model_has_the_polynomial_below_eq_6()
    {
        var q = SpikedMatrixTensor.FromMatrixNoise(3, 2, 0.25).ToCovariance();
        Assert.Equal(1 / 6.0 + 2, q.AtOne, 1e-15);
        Assert.Equal(0.5 + 4, q.SlopeAtOne, 1e-15);
        Assert.Equal(1.0 + 4, q.CurvatureAtOne, 1e-15);
        Assert.Equal(4, q.CurvatureAtZero, 1e-15);
    }

    [Fact]
    public void Radial_variance_is_the_conditional_variance()
    {
        foreach (var (_, model) in ModelCatalog.All)
        {
            var q = model.Noise;
            double direct = q.SlopeAtOne + q.CurvatureAtOne - q.SlopeAtOne * q.SlopeAtOne / q.AtOne;
            Assert.Equal(direct, q.RadialVarianceGivenEnergy(), 1e-13);
        }
    }

    [Theory]
    [InlineData("0.5 x^3 + 0.5 x^4", "0.5 x^3 + 0.5 x^4")]
    [InlineData("x", "1 x^1")]
    [InlineData("2*x^3+x^2", "1 x^2 + 2 x^3")]
    [InlineData("1e+2 x^2 + 1e-3x ^ 5", "100 x^2 + 0.001 x^5")]
    [InlineData(".5 x^3 + .5 x^3", "1 x^3")]
    public void Mixtures_are_read(string text, string canonical)
    {
        Assert.Equal(canonical, MixtureParser.Parse(text).ToString());
        Assert.Equal(MixtureParser.Parse(text), MixtureParser.Parse(canonical));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1 x^3")]
    [InlineData("0 x^3")]
    [InlineData("x^0")]
    [InlineData("x^101")]
    [InlineData("0,5 x^3")]
    [InlineData("x^3 +")]
    [InlineData("y^3")]
    [InlineData("1e999 x^3")]
    public void Bad_mixtures_are_refused(string text) => Assert.Throws<FormatException>(() => MixtureParser.Parse(text));
}
