// Our logarithm and exponential against the platform's, to the last places.
using System;
using Thalweg.Numerics;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class PortableMathTests
{
    // converged(2 units in the last place): one for ours and up to one for the platform's, which promises no more.
    [Fact]
    public void Log_agrees_with_the_platform_over_all_exponents()
    {
        var random = new System.Random(1);
        for (int i = 0; i < 200_000; i++)
        {
            double x = (1 + random.NextDouble()) * Math.Pow(2, random.Next(-1070, 1023));
            AssertUnits(Math.Log(x), PortableMath.Log(x), 2);
        }
    }

    [Fact]
    public void Log_keeps_its_relative_accuracy_near_one()
    {
        for (int k = 1; k <= 52; k++)
        {
            foreach (double x in new[] { 1 + Math.Pow(2, -k), 1 - Math.Pow(2, -k), 1 + 3 * Math.Pow(2, -k - 2) })
            {
                AssertUnits(Math.Log(x), PortableMath.Log(x), 2);
            }
        }

        Assert.Equal(0.0, PortableMath.Log(1));
    }

    [Fact]
    public void Exp_agrees_with_the_platform_over_the_whole_range()
    {
        var random = new System.Random(2);
        for (int i = 0; i < 200_000; i++)
        {
            double x = -708 + 1417 * random.NextDouble();
            AssertUnits(Math.Exp(x), PortableMath.Exp(x), 2);
        }

        for (double x = -745.1; x < -700; x += 0.37)
        {
            AssertUnits(Math.Exp(x), PortableMath.Exp(x), 2);
        }

        Assert.Equal(1.0, PortableMath.Exp(0));
        Assert.Equal(double.MaxValue, PortableMath.Exp(709.782712893384), 1e295);
    }

    [Fact]
    public void Edges_are_those_of_the_platform()
    {
        foreach (double x in new[] { 0.0, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon })
        {
            AssertUnits(Math.Log(x), PortableMath.Log(x), 1);
        }

        foreach (double x in new[] { 710.0, -746, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-300 })
        {
            Assert.Equal(Math.Exp(x), PortableMath.Exp(x));
        }
    }

    // exact: log and exp undo each other to the rounding that exp's argument carries, |x| units.
    [Fact]
    public void Log_inverts_exp()
    {
        for (double x = -700; x < 700; x += 0.731)
        {
            Assert.Equal(x, PortableMath.Log(PortableMath.Exp(x)), 2.3e-16 * (2 + Math.Abs(x)));
        }
    }

    private static void AssertUnits(double expected, double actual, int units)
    {
        if (!double.IsFinite(expected))
        {
            Assert.Equal(expected, actual);
            return;
        }

        Assert.True(Math.Abs(expected - actual) <= units * Math.Max(Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected), double.Epsilon), $"{expected:R} against {actual:R}");
    }
}
