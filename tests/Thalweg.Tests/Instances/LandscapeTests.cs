// What every drawn landscape owes its walkers: derivatives by slope test, the same bits on any number of threads, no allocation in a call.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Threads;
using Xunit;

namespace Thalweg.Tests.Instances;

/// <summary>Bytes of the whole process are counted, so that no other test may run at the same time.</summary>
[Collection(nameof(LandscapeTests))]
[CollectionDefinition(nameof(LandscapeTests), DisableParallelization = true)]
public class LandscapeTests
{
    private const ulong Seed = 11;

    private static readonly Model Rich = new("test", MixtureParser.Parse("0.3 x + 0.5 x^2 + 0.4 x^3 + 0.2 x^4 + 0.3 x^5 + 0.1 x^6"), MixtureParser.Parse("0.7 x + 0.5 x^2 + 0.9 x^5"));
    private static readonly Model Cubic = new("test", MixtureParser.Parse("x^3"), MixtureParser.Parse("0.8 x^3"));
    private static readonly Model Paper = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2).ToModel();

    // Each draws a landscape of a model at N on a team.
    private static readonly Dictionary<string, Func<Model, int, ThreadTeam?, ILandscape>> Kinds = new(StringComparer.Ordinal)
    {
        ["double"] = (model, n, team) => PackedInstance.Draw(model, n, Seed, 1, team: team).Landscape(team),
        ["single"] = (model, n, team) => PackedInstance.Draw(model, n, Seed, 1, new() { Precision = EntryPrecision.Single }, team).Landscape(team),
        ["on the fly"] = (model, n, team) => PackedInstance.Draw(model, n, Seed, 1, new() { IsStored = false, Signal = PlantedSignal.Uniform(n, Seed, 2) }).Landscape(team),
        ["strict"] = (model, n, team) => PackedInstance.Draw(model, n, Seed, 1, new() { Sampler = NoiseSampler.StrictSums, Signal = PlantedSignal.Uniform(n, Seed, 2) }, team).Landscape(team),
        ["diluted"] = (model, n, team) => DilutedInstance.Draw(model, n, 5, Seed, 1, team: team).Landscape(team),
        ["diluted, dense signal"] = (model, n, team) => DilutedInstance.Draw(model, n, 6, Seed, 1, PlantedSignal.Uniform(n, Seed, 2), SignalPlace.Dense, team).Landscape(team),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    // converged(order 2): |ℓ(x + h v) - ℓ(x) - h g·v| falls as h² over five decades; the next term of the series bends the slope by less than h, and rounding, 1e-16 of a remainder
    // of 1e-13, by 1e-3.
    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_follow_the_slope_test(string kind)
    {
        const int n = 9;
        var landscape = Kinds[kind](Rich, n, null);
        var (point, direction) = Steep(landscape);
        double[] gradient = new double[n], ignored = new double[n];
        double value = landscape.Gradient(point, gradient), slope = Dot(gradient, direction);
        var remainders = Decades(-6.5, -1.5).Select(h => Math.Abs(landscape.Gradient(Moved(point, direction, h), ignored) - value - h * slope)).ToArray();
        AssertSlopes(2, 0.05, remainders);
    }

    // converged(order 3): with the Hessian product the remainder falls as h³. For a homogeneous cubic it is h³ ℓ(v) exactly, so that five decades fit between rounding and overflow;
    // a mixture of powers up to six is tested over the two that do not see the fourth order.
    [Theory]
    [MemberData(nameof(Names))]
    public void Hessian_products_follow_the_slope_test(string kind)
    {
        const int n = 9;
        foreach (var (model, first, last, tolerance) in new[] { (Cubic, -3.0, 2.0, 0.01), (Rich, -3.5, -1.5, 0.1) })
        {
            var landscape = Kinds[kind](model, n, null);
            var (point, direction) = Steep(landscape);
            double[] gradient = new double[n], product = new double[n], ignored = new double[n];
            double value = landscape.Gradient(point, gradient), slope = Dot(gradient, direction);
            landscape.HessianProduct(point, direction, product);
            double curvature = Dot(product, direction);
            var remainders = Decades(first, last).Select(h => Math.Abs(landscape.Gradient(Moved(point, direction, h), ignored) - value - h * (slope + h / 2 * curvature))).ToArray();
            AssertSlopes(3, tolerance, remainders);

            // Entry by entry: the gradient changes by h times the product, to second order.
            double[] changed = new double[n];
            double Gap(double h)
            {
                landscape.Gradient(Moved(point, direction, h), changed);
                return Math.Sqrt(Enumerable.Range(0, n).Sum(i => Math.Pow(changed[i] - gradient[i] - h * product[i], 2)));
            }

            AssertSlopes(2, 0.05, [.. Decades(-5, -2).Select(Gap)]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_do_not_change_a_bit(string kind)
    {
        const int n = 150;
        var (point, direction) = Start(n);
        var alone = Evaluate(Kinds[kind](Paper, n, null), point, direction);
        foreach (int threads in new[] { 1, 2, 3, 4, 8 })
        {
            using var team = new ThreadTeam(threads);
            var shared = Evaluate(Kinds[kind](Paper, n, team), point, direction);
            Assert.Equal(alone.Value, shared.Value);
            Assert.Equal(alone.Gradient, shared.Gradient);
            Assert.Equal(alone.Product, shared.Product);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_call_allocates_nothing(string kind)
    {
        const int n = 100;
        var (point, direction) = Start(n);
        double[] gradient = new double[n], product = new double[n];
        using var team = new ThreadTeam(2);
        foreach (var shared in new[] { null, team })
        {
            var landscape = Kinds[kind](Paper, n, shared);
            long least = long.MaxValue;
            for (int repeat = -3; repeat < 20; repeat++)
            {
                long before = GC.GetTotalAllocatedBytes(precise: true);
                landscape.Gradient(point, gradient);
                landscape.HessianProduct(point, direction, product);
                least = repeat < 0 ? least : Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
            }

            // What the test runner allocates meanwhile falls between some of the repeats.
            Assert.Equal(0, least);
        }
    }

    // Two walkers on one instance do not disturb each other.
    [Fact]
    public void Walkers_have_workspaces_of_their_own()
    {
        const int n = 20;
        var instance = PackedInstance.Draw(Paper, n, Seed, 1);
        ILandscape one = instance.Landscape(), other = instance.Landscape();
        var (point, direction) = Start(n);
        var before = Evaluate(one, point, direction);
        Evaluate(other, direction, point);
        Assert.Equal(before.Gradient, Evaluate(one, point, direction).Gradient);
        Assert.Equal(before.Product, Evaluate(other, point, direction).Product);
        Assert.True(Kinds["double"](Model.FromMixture("pure", MixtureParser.Parse("x^3"), planted: false), n, null).Signal.IsEmpty);
    }

    internal static (double[] Point, double[] Direction) Start(int n)
    {
        var stream = new PhiloxStream(Seed, StreamPurpose.Start, (uint)n);
        double[] point = new double[n], direction = new double[n];
        stream.FillUnitVector(point);
        stream.FillUnitVector(direction);
        return (point, direction);
    }

    // A direction that the Hessian was applied to a few times: its curvature is not small by chance.
    private static (double[] Point, double[] Direction) Steep(ILandscape landscape)
    {
        var (point, direction) = Start(landscape.Dimension);
        double[] product = new double[landscape.Dimension];
        for (int repeat = 0; repeat < 4; repeat++)
        {
            landscape.HessianProduct(point, direction, product);
            double length = Math.Sqrt(Dot(product, product));
            direction = [.. product.Select(x => x / length)];
        }

        return (point, direction);
    }

    internal static (double Value, double[] Gradient, double[] Product) Evaluate(ILandscape landscape, double[] point, double[] direction)
    {
        double[] gradient = new double[point.Length], product = new double[point.Length];
        double value = landscape.Gradient(point, gradient);
        landscape.HessianProduct(point, direction, product);
        return (value, gradient, product);
    }

    private static double[] Decades(double first, double last) => [.. Enumerable.Range(0, (int)(2 * (last - first)) + 1).Select(i => Math.Pow(10, first + i / 2.0))];

    private static void AssertSlopes(double order, double tolerance, double[] remainders)
    {
        double slope = Math.Log10(remainders[^1] / remainders[0]) / ((remainders.Length - 1) / 2.0);
        Assert.True(Math.Abs(slope - order) < tolerance, $"the slope is {slope}: {string.Join(' ', remainders)}");
        for (int i = 1; i < remainders.Length; i++)
        {
            Assert.InRange(2 * Math.Log10(remainders[i] / remainders[i - 1]), order - 0.3, order + 0.3);
        }
    }

    private static double[] Moved(double[] point, double[] direction, double h) => [.. point.Zip(direction, (x, v) => x + h * v)];

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
