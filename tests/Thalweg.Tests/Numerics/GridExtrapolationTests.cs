// Extrapolation in h² against curves that are known, with and without an event that moves with the step.
using System;
using System.Linq;
using Thalweg.Numerics.Series;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class GridExtrapolationTests
{
    private const int Coarse = 40, Grids = 5;

    // exact: with five grids everything up to h^8 is taken out.
    [Fact]
    public void Powers_of_the_square_of_the_step_are_taken_out()
    {
        var (values, errors) = new GridExtrapolation(Coarse, Grids, null).Of(Levels((t, h) => Math.Cos(t) * (1 + h * h - 3 * Math.Pow(h, 4) + Math.Pow(h, 8))));
        for (int n = 0; n <= Coarse; n++)
        {
            Assert.InRange(Math.Abs(values[n] - Math.Cos(n * 0.25)), 0, 1e-13);
            Assert.InRange(errors[n], 1e-14, 1e-7);
        }
    }

    // converged(order ten in h² of a front that is shifted by several of its widths on the coarsest grid): the clock takes most of it away.
    [Fact]
    public void A_front_that_comes_too_early_on_coarse_grids_needs_its_clock()
    {
        double[][] levels = Levels((t, h) => Front(t, 7 - 50 * h * h + 40 * Math.Pow(h, 4)));
        double[] events = [.. levels.Select((curve, k) => GridExtrapolation.Crossing(curve, 0.5)!.Value / (k + 1))];
        var (plain, _) = new GridExtrapolation(Coarse, Grids, null).Of(levels);
        var (values, errors) = new GridExtrapolation(Coarse, Grids, events).Of(levels);
        double worst = 0, without = 0;
        for (int n = 0; n <= Coarse; n++)
        {
            double off = Math.Abs(values[n] - Front(n * 0.25, 7));
            Assert.True(off <= errors[n], $"step {n}: off by {off}, reported {errors[n]}");
            (worst, without) = (Math.Max(worst, off), Math.Max(without, Math.Abs(plain[n] - Front(n * 0.25, 7))));
        }

        Assert.True(without > 5e-5 && worst < without / 30, $"{without} without, {worst} with a clock");
    }

    [Fact]
    public void Crossings_are_found_between_the_points()
    {
        double[] curve = [.. Enumerable.Range(0, 60).Select(i => Math.Sin(0.05 * i))];
        Assert.Equal(Math.Asin(0.3) / 0.05, GridExtrapolation.Crossing(curve, 0.3)!.Value, 1e-10);
        Assert.Null(GridExtrapolation.Crossing(curve, 1.5));
        Assert.Null(GridExtrapolation.Crossing(curve, -0.1));
    }

    private static double Front(double t, double time) => 1 / (1 + Math.Exp(-1.3 * (t - time)));

    private static double[][] Levels(Func<double, double, double> curve) =>
        [.. Enumerable.Range(1, Grids).Select(k => Enumerable.Range(0, (k * Coarse) + 1).Select(i => curve(i * 0.25 / k, 0.25 / k)).ToArray())];
}
