// Bessel functions against their integral, on both sides of where the series changes.
using System;
using Thalweg.Numerics.Series;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class ScaledBesselTests
{
    // converged(trapezoids of a periodic analytic function, exponentially): e^(-x) I_n(x) = (1/π) ∫_0^π e^(x (cos θ - 1)) cos nθ dθ.
    [Fact]
    public void Both_series_agree_with_the_integral()
    {
        const int points = 2000;
        foreach (double x in new[] { 0, 1e-8, 0.3, 2, 17, 39.999, 40, 41, 300, 4e4 })
        {
            for (int n = 0; n <= 4; n++)
            {
                double sum = 0;
                for (int k = 0; k <= points; k++)
                {
                    double θ = Math.PI * k / points;
                    sum += (k is 0 or points ? 0.5 : 1) * Math.Exp(-2 * x * Math.Pow(Math.Sin(θ / 2), 2)) * Math.Cos(n * θ);
                }

                Assert.Equal(sum / points, ScaledBessel.I(n, x), 2e-15);
            }
        }
    }

    [Fact]
    public void Arguments_outside_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ScaledBessel.I(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScaledBessel.I(5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScaledBessel.I(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScaledBessel.I(0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScaledBessel.I(0, double.PositiveInfinity));
    }
}
