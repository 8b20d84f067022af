// The tube of Du et al. (2017): the published pieces, smooth joins, derivatives, saddles with their spectra.
using System;
using System.Linq;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Probes;
using Thalweg.Problems;
using Xunit;

namespace Thalweg.Tests.Problems;

public class TubeTests
{
    // exact up to rounding of terms of size ν: inside the published domain the sum over shares is the published list of cases, written down here a second time.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1.5, 1, Math.E)]
    [InlineData(3, 0.7, 2)]
    public void The_value_is_that_of_the_published_pieces(double stiffness, double instability, double scale)
    {
        var tube = new Tube(5, stiffness, instability, scale);
        var landscape = tube.Open();
        var stream = new PhiloxStream(3, StreamPurpose.Data);
        double[] point = new double[5], gradient = new double[5];
        for (int trial = 0; trial < 400; trial++)
        {
            int active = trial % 6;
            for (int j = 0; j < 5; j++)
            {
                double a = j < active ? 2 + 3 * stream.NextUniform() : j == active ? 2 * stream.NextUniform() : stream.NextUniform();
                point[j] = scale * a * (stream.NextUniform() < 0.5 ? -1 : 1);
            }

            double expected = Published([.. point.Select(Math.Abs)], stiffness, instability, scale), value = landscape.Gradient(point, gradient);
            Assert.Equal(expected, value, 1e-13 * 50 * stiffness * scale * scale);
        }
    }

    // exact up to rounding: value, slope and curvature of the profile and of the gate agree from both sides of τ and of 2τ, a unit in the last place away.
    [Theory]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(3)]
    public void Joins_are_twice_continuously_differentiable(double stiffness)
    {
        var tube = new Tube(2, stiffness);
        double τ = tube.Scale;
        Assert.Equal((-τ * τ, -2 * τ, -2.0), tube.Profile(τ));
        Assert.Equal((0.0, 0.0, 0.0), tube.Gate(τ));
        Assert.Equal((1.0, 0.0, 0.0), tube.Gate(2 * τ));
        var (value, first, second) = tube.Profile(2 * τ);
        Assert.Equal(4 * stiffness * τ * τ - tube.Depth, value, 1e-12);
        Assert.Equal((-4 * stiffness * τ, 2 * stiffness), (first, second));
        foreach (double join in new[] { τ, 2 * τ })
        {
            Near(tube.Profile(Math.BitDecrement(join)), tube.Profile(Math.BitIncrement(join)), 40 * stiffness);
            Near(tube.Gate(Math.BitDecrement(join)), tube.Gate(Math.BitIncrement(join)), 10);
        }

        Assert.Equal(13.0 / 6 * τ * τ + 37.0 / 6 * stiffness * τ * τ, tube.Depth, 1e-12);
    }

    // converged(orders 2, 3 and 2): remainders of Taylor's formula at points where several coordinates stand between τ and 2τ, where the value is no polynomial of one piece.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Derivatives_pass_slope_tests(int count)
    {
        var tube = new Tube(6, 1.5);
        var stream = new PhiloxStream(5, StreamPurpose.Data);
        double[] point = new double[6];
        for (int j = 0; j < 6; j++)
        {
            double a = j < count ? 1.3 + 0.5 * stream.NextUniform() : j == count ? 1.6 : 0.6 * stream.NextUniform();
            point[j] = tube.Scale * a * (j % 2 == 0 ? 1 : -1);
        }

        var check = DerivativeCheck.Of(tube.Open(), tube.Manifold, point, 7);
        Assert.True(check.Holds, $"orders {check.Value.Order}, {check.Curvature.Order}, {check.Product.Order}, asymmetry {check.Asymmetry}");
        Assert.InRange(check.Value.Order, 1.9, 2.1);
    }

    // exact up to rounding of terms of size L: every saddle and the minimum have zero gradient, the value that is said and the spectrum that is said.
    [Fact]
    public void Saddles_are_critical_with_their_spectra()
    {
        var tube = new Tube(5, 2);
        var landscape = tube.Open();
        Assert.Equal(6, tube.KnownPoints.Count);
        foreach (var known in tube.KnownPoints)
        {
            double[] gradient = new double[5];
            Assert.Equal(known.Value, landscape.Gradient(known.Point, gradient), 1e-11);
            Assert.InRange(Vectors.Length(gradient), 0, 1e-13);
            double[] spectrum = new LocalModel(landscape, tube.Manifold, known.Point).Spectrum().Values.ToArray();
            Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(known.Spectrum[i], spectrum[i], 1e-12));
        }

        Assert.Equal(tube.GlobalValue, tube.KnownPoints[^1].Value);
        Assert.Equal((-2.0, 4.0), (tube.KnownPoints[2].Spectrum[0], tube.KnownPoints[2].Spectrum[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Tube(3, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Tube(3, double.NaN));
    }

    private static void Near((double Value, double First, double Second) left, (double Value, double First, double Second) right, double size)
    {
        Assert.Equal(left.Value, right.Value, 1e-14 * 10 * size);
        Assert.Equal(left.First, right.First, 1e-14 * 10 * size);
        Assert.Equal(left.Second, right.Second, 1e-14 * 10 * size);
    }

    private static double Published(double[] a, double l, double γ, double τ)
    {
        int d = a.Length, i = Array.FindIndex(a, x => x <= 2 * τ);
        double ν = 13.0 / 6 * γ * τ * τ + 37.0 / 6 * l * τ * τ;
        i = i < 0 ? d : i;
        double passed = a.Take(i).Sum(x => l * (x - 4 * τ) * (x - 4 * τ)) - i * ν;
        return i == d ? passed
            : a[i] <= τ ? passed - γ * a[i] * a[i] + Springs(i + 1)
            : i == d - 1 ? passed + G1(a[i])
            : passed + G1(a[i]) + G2(a[i]) * a[i + 1] * a[i + 1] + Springs(i + 2);

        double Springs(int from) => l * a.Skip(from).Sum(x => x * x);

        double G1(double t) => -γ * t * t + (-14 * l + 10 * γ) / (3 * τ) * Math.Pow(t - τ, 3) + (5 * l - 3 * γ) / (2 * τ * τ) * Math.Pow(t - τ, 4);

        double G2(double t) => -γ - 10 * (l + γ) / Math.Pow(τ, 3) * Math.Pow(t - 2 * τ, 3) - 15 * (l + γ) / Math.Pow(τ, 4) * Math.Pow(t - 2 * τ, 4) - 6 * (l + γ) / Math.Pow(τ, 5) * Math.Pow(t - 2 * τ, 5);
    }
}
