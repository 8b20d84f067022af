// Gauss-Legendre rules: exact for every polynomial they promise, and not beyond.
using System;
using Thalweg.Numerics.Quadrature;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class GaussLegendreTests
{
    // exact up to rounding: ∫ x^k = 2/(k+1) for even k up to 2n - 1; degree 2n must miss.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(37)]
    [InlineData(200)]
    public void Powers_are_exact_up_to_the_promised_degree(int n)
    {
        var rule = GaussLegendre.OfOrder(n);
        for (int k = 0; k < 2 * n; k++)
        {
            Assert.Equal(k % 2 == 0 ? 2.0 / (k + 1) : 0, Integrate(rule, x => Math.Pow(x, k)), 3e-15);
        }

        if (n <= 12)
        {
            Assert.True(Math.Abs(Integrate(rule, x => Math.Pow(x, 2 * n)) - 2.0 / (2 * n + 1)) > 1e-9);
        }
    }

    [Fact]
    public void Nodes_of_small_rules_are_the_closed_forms()
    {
        Assert.Equal(Math.Sqrt(0.6), GaussLegendre.OfOrder(3).Nodes[2], 1e-16);
        Assert.Equal(0.0, GaussLegendre.OfOrder(3).Nodes[1]);
        Assert.Equal(8 / 9.0, GaussLegendre.OfOrder(3).Weights[1], 2e-16);
        Assert.Equal(1 / Math.Sqrt(3), GaussLegendre.OfOrder(2).Nodes[1], 2e-16);
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussLegendre.OfOrder(0));
    }

    [Fact]
    public void A_smooth_function_converges_to_rounding() => Assert.Equal(Math.E - 1 / Math.E, Integrate(GaussLegendre.OfOrder(12), Math.Exp), 1e-15);

    private static double Integrate(GaussLegendre rule, Func<double, double> f)
    {
        double sum = 0;
        for (int i = 0; i < rule.Nodes.Length; i++)
        {
            sum += rule.Weights[i] * f(rule.Nodes[i]);
        }

        return sum;
    }
}
