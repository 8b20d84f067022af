// The double well: its constants hold, its function keeps its digits near zero, its wells are where they must be.
using System;
using Thalweg.Problems;
using Xunit;

namespace Thalweg.Tests.Problems;

public class DoubleWellTests
{
    // exact, to rounding: against the library's functions over the whole line, relative to the value near zero where they vanish.
    [Fact]
    public void Value_slope_and_curvature_keep_their_digits()
    {
        var well = new DoubleWell(1, 2, 0.1);
        var even = new DoubleWell(1);
        foreach (double x in new[] { 1e-300, 1e-12, 1e-3, 0.0399999, 0.04, 0.0400001, 0.3, 1.9, 7, 400 })
        {
            foreach (double at in new[] { x, -x })
            {
                Assert.Equal(at - 2 * Math.Tanh(at), even.Slope(at), 4e-15 * Math.Abs(at));
                Assert.Equal(at - 2 * Math.Tanh(at) - 0.1, well.Slope(at), 4e-15 * Math.Max(1, x));
                double cosh = Math.Cosh(Math.Min(x, 300));
                Assert.Equal(1 - 2 / (cosh * cosh), even.Curvature(at), 1e-14);
                Assert.Equal(0.5 * at * at - 2 * (x > 300 ? x - Math.Log(2) : Math.Log(cosh)) - 0.1 * at, well.Value(at), 1e-14 * Math.Max(1, x * x));
            }
        }

        // Near zero, where the logarithm of cosh loses its digits: -x²/2 + x⁴/6 - 2x⁶/45.
        Assert.Equal(-0.5e-6 + 1e-12 / 6 - 2e-18 / 45, even.Value(1e-3), 1e-21);
    }

    [Fact]
    public void Constants_hold_and_wells_are_found()
    {
        var well = new DoubleWell(3, 2, 0.1);
        Assert.True(well.LeftMinimum < well.Saddle && well.Saddle < well.RightMinimum);
        Assert.Equal(well.Value(well.RightMinimum), well.GlobalValue);
        var even = new DoubleWell(2);
        Assert.Equal(0, even.Saddle);
        Assert.Equal(1.9150080481545, even.RightMinimum, 1e-11);
        double largest = 0, steepest = 0;
        for (double x = -6; x < 6; x += 1e-3)
        {
            largest = Math.Max(largest, Math.Abs(well.Curvature(x)));
            steepest = Math.Max(steepest, Math.Abs(well.Curvature(x + 1e-4) - well.Curvature(x)) / 1e-4);
        }

        Assert.InRange(well.Smoothness!.Gradient, largest, largest + 1e-4);
        Assert.InRange(well.Smoothness.Hessian, steepest - 1e-6, 1.001 * steepest);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DoubleWell(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DoubleWell(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DoubleWell(1, 2, 0.6));
    }
}
