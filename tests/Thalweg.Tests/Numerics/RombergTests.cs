// Romberg's rule against integrals that are known.
using System;
using Thalweg.Numerics.Quadrature;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class RombergTests
{
    [Fact]
    public void Known_integrals_lie_within_the_error()
    {
        AssertWithin(Math.E - 1, Romberg.Of(Math.Exp, 0, 1), 1e-14);
        AssertWithin(Math.PI / 4, Romberg.Of(x => 1 / (1 + x * x), 0, 1), 1e-14);
        AssertWithin(0.25, Romberg.Of(x => x * x * x, 0, 1), 1e-14);
        AssertWithin(-2, Romberg.Of(Math.Sin, Math.PI, 0), 1e-13);
        AssertWithin(0, Romberg.Of(Math.Sin, 1, 1), 1e-13);

        // Not smooth at 0: the rule cannot reach rounding, and its error says so.
        AssertWithin(2.0 / 3, Romberg.Of(Math.Sqrt, 0, 1), 1e-5);
        Assert.True(Romberg.Of(Math.Sqrt, 0, 1).Error > 1e-9);
    }

    private static void AssertWithin(double expected, Integral integral, double largestError)
    {
        Assert.InRange(Math.Abs(integral.Value - expected), 0, integral.Error + 1e-16);
        Assert.InRange(integral.Error, 0, largestError);
    }
}
