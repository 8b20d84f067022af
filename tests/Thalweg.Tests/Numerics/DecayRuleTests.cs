// Rules for the half line against integrals that are known.
using System;
using Thalweg.Numerics.Quadrature;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class DecayRuleTests
{
    // converged(exponentially): ∫ e^{-at} t^k dt = k!/a^{k+1} and ∫ e^{-t}/(1 + t) dt, Gompertz's constant, to a few hundred roundings.
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1)]
    [InlineData(50)]
    public void Known_integrals_are_met_by_both_rules(double decay)
    {
        foreach (var rule in new[] { DecayRule.Trapezoidal(decay, 1 / (1 + decay)), DecayRule.Panels(decay, 1 / (1 + decay)) })
        {
            double factorial = 1;
            for (int k = 0; k <= 4; k++)
            {
                factorial *= Math.Max(1, k);
                double expected = factorial / Math.Pow(decay, k + 1), power = k;
                Assert.Equal(expected, Sum(rule, t => Math.Pow(t, power)), 1e-12 * expected);
            }

            Assert.Equal(0.596347362323194074, Sum(rule, t => decay / (1 + decay * t)), 2e-13);
        }
    }

    [Fact]
    public void A_decay_or_scale_that_is_not_positive_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DecayRule.Panels(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DecayRule.Trapezoidal(1, -1));
    }

    private static double Sum(DecayRule rule, Func<double, double> function)
    {
        double sum = 0;
        for (int i = 0; i < rule.Nodes.Length; i++)
        {
            sum += rule.Weights[i] * function(rule.Nodes[i]);
        }

        return sum;
    }
}
