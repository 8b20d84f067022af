// The gap of Langevin dynamics: closed forms of a harmonic well, the Schroedinger operator, asymptotics, and the matrix of finite steps.
using System;
using System.Linq;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Spectra;
using Xunit;

namespace Thalweg.Tests.Descent;

public class LangevinGapTests
{
    private static readonly DoubleWell Tilted = new(1, tilt: 0.1);

    private static LangevinGenerator Generator(double beta) => new(Tilted.Value, beta, Tilted.LeftMinimum, Tilted.RightMinimum);

    // exact: V = λx²/2 relaxes at the rate λ at every temperature, its variance is 1/(βλ), E x²(t) = 1/(βλ) + (x_0² - 1/(βλ)) e^{-2λt}.
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2.5, 8)]
    public void A_harmonic_well_is_met(double λ, double beta)
    {
        var generator = new LangevinGenerator(x => 0.5 * λ * x * x, beta, -1, 1);
        var gap = generator.Gap();
        Assert.InRange(gap.Error, 0, 1e-6);
        Assert.Equal(λ, gap.Value, Math.Max(1e-9, gap.Error));
        Assert.Equal(1 / (beta * λ), generator.Mean(x => x * x).Value, 1e-12);
        double[] times = [0, 0.3, 1];
        var means = generator.Relaxation(x => x * x, 0.7, times);
        for (int k = 1; k < times.Length; k++)
        {
            Assert.Equal(1 / (beta * λ) + (0.49 - 1 / (beta * λ)) * Math.Exp(-2 * λ * times[k]), means[k].Value, Math.Max(1e-6, means[k].Error));
        }
    }

    // exact: steps of a harmonic well multiply the mean by 1 - ηλ and have the variance 1/(βλ(1 - ηλ/2)); ηλ = 0.1 and β = 10 give 0.10526 (the lecture's example).
    [Theory]
    [InlineData(1, 10, 0.1)]
    [InlineData(2, 5, 0.3)]
    public void Steps_in_a_harmonic_well_are_met(double λ, double beta, double step)
    {
        var chain = new LangevinChain(x => λ * x, beta, step, new LangevinGenerator(x => 0.5 * λ * x * x, 0.8 * beta, -1, 1).Interval);
        double variance = 1 / (beta * λ * (1 - 0.5 * step * λ));
        Assert.Equal(variance, chain.Mean(x => x * x), 1e-9);
        Assert.Equal(-Math.Log(1 - step * λ) / step, chain.Rate(), 1e-8);
        double factor = (1 - step * λ) * (1 - step * λ);
        double[] path = chain.Path(x => x * x, 0.5, [1, 7]);
        Assert.Equal(variance + (0.25 - variance) * factor, path[0], 1e-9);
        Assert.Equal(variance + (0.25 - variance) * Math.Pow(factor, 7), path[1], 1e-9);
    }

    // converged(another operator, second order in h): the lowest eigenvalues of -ψ''/β + (βV'²/4 - V''/2)ψ are 0 and the gap.
    [Fact]
    public void The_Schroedinger_operator_has_the_same_gap()
    {
        const double beta = 6;
        var generator = Generator(beta);
        double[] gaps = [.. new[] { 400, 800 }.Select(cells =>
        {
            var (low, high) = generator.Interval;
            double h = (high - low) / cells;
            double[] diagonal = new double[cells], off = new double[cells];
            for (int i = 0; i < cells; i++)
            {
                double x = low + (i + 0.5) * h, slope = Tilted.Slope(x);
                diagonal[i] = 2 / (beta * h * h) + 0.25 * beta * slope * slope - 0.5 * Tilted.Curvature(x);
                off[i] = -1 / (beta * h * h);
            }

            Tridiagonal.SolveInPlace(diagonal, off);
            double[] lowest = [.. diagonal.Order().Take(2)];
            return lowest[1] - lowest[0];
        })];
        var gap = generator.Gap();
        double extrapolated = gaps[1] + (gaps[1] - gaps[0]) / 3;
        Assert.Equal(extrapolated, gap.Value, 1e-5 * gap.Value);
        Assert.InRange(gap.Error, 0, 1e-6 * gap.Value);
    }

    // converged(first order in 1/β and in η): the law of Eyring and Kramers is met at low temperatures, with all digits of a gap of 1e-9; halving a step halves what it errs by.
    [Fact]
    public void Limits_are_reached_at_their_orders()
    {
        double[] betas = [10, 20, 40], excess = [.. betas.Select(beta =>
        {
            var generator = Generator(beta);
            return beta * (generator.Kramers(Tilted.Curvature, Tilted.LeftMinimum, Tilted.Saddle, Tilted.RightMinimum).Value / generator.Gap().Value - 1);
        })];
        Assert.InRange(Generator(40).Gap().Value, 1e-10, 1e-8);
        Assert.InRange(excess[2] / excess[1], 0.9, 1.1);
        Assert.True(Math.Abs(excess[2] - excess[1]) < Math.Abs(excess[1] - excess[0]));

        double[] errors = [.. new[] { 0.2, 0.1, 0.05 }.Select(step => new LangevinChain(Tilted.Slope, 6, step, Generator(6).Interval).Mean(Tilted.Value) - Generator(6).Mean(Tilted.Value).Value)];
        Assert.InRange(errors[0] / errors[1], 1.8, 2.4);
        Assert.InRange(errors[1] / errors[2], 1.9, 2.2);
    }

    // exact: a path of many steps forgets at the rate of the matrix; a mean of the diffusion at late times is that of equilibrium.
    [Fact]
    public void Paths_end_in_equilibrium()
    {
        var chain = new LangevinChain(Tilted.Slope, 4, 0.1, Generator(4).Interval);
        double[] path = chain.Path(x => x, Tilted.LeftMinimum, [1000, 2000, 20_000]);
        double limit = chain.Mean(x => x);
        Assert.Equal(chain.Rate(), Math.Log((path[0] - limit) / (path[1] - limit)) / 100, 1e-7);
        Assert.Equal(limit, path[2], 1e-9);
        var late = Generator(4).Relaxation(Tilted.Value, Tilted.LeftMinimum, [1e4])[0];
        Assert.Equal(Generator(4).Mean(Tilted.Value).Value, late.Value, Math.Max(1e-6, 3 * late.Error));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LangevinGenerator(x => x * x, 0, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LangevinChain(x => x, 1, 1e-9, (-5, 5)));
    }
}
