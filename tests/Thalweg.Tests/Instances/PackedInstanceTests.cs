// Packed instances against sums over all index tuples, their covariance at finite N, stored against drawn again, and what is refused.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Instances;
using Thalweg.Models;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Threads;
using Thalweg.Results;
using Thalweg.Tests.Docs;
using Xunit;

namespace Thalweg.Tests.Instances;

public class PackedInstanceTests
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("THALWEG_FULL") == "1";
    private static readonly Model Rich = new("test", MixtureParser.Parse("0.3 x + 0.5 x^2 + 0.4 x^3 + 0.2 x^4 + 0.3 x^5 + 0.1 x^6"), MixtureParser.Parse("0.7 x + 0.5 x^2 + 0.9 x^5"));
    private static readonly Model Paper = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2).ToModel();

    // exact: the sum over all N^k tuples of w/M, M the number of permutations of a tuple that differ, in another order; 1e-13 is rounding.
    [Theory]
    [InlineData(NoiseSampler.Isotropic)]
    [InlineData(NoiseSampler.StrictSums)]
    public void Values_and_gradients_are_those_of_the_full_sums(NoiseSampler sampler)
    {
        int n = sampler == NoiseSampler.Isotropic ? 4 : 6;
        double[] signal = PlantedSignal.Uniform(n, 5, 0);
        var instance = PackedInstance.Draw(Rich, n, 5, 3, new() { Sampler = sampler, Signal = signal });
        var landscape = instance.Landscape();
        var (point, _) = LandscapeTests.Start(n);
        double[] gradient = new double[n], expected = new double[n];
        double value = landscape.Gradient(point, gradient), sum = 0;
        for (int k = 0; k < 6; k++)
        {
            double energy = 0;
            foreach (var (tuple, permutations) in Tuples(n, k + 1))
            {
                double w = instance.Entry([.. tuple.OrderDescending()]) / permutations, product = w;
                Assert.True(sampler == NoiseSampler.Isotropic || w == 0 == (tuple.Distinct().Count() < tuple.Length));
                Add(tuple, -w, point, ref energy, expected);
            }

            Assert.Equal(energy, landscape.NoiseEnergies[k], 1e-13);
            sum += energy;
        }

        var powers = Rich.Signal.Powers.ToArray();
        for (int k = 0; k < powers.Length; k++)
        {
            double energy = 0, a = Rich.Signal.Coefficients[k];
            foreach (var (tuple, _) in Tuples(n, powers[k]))
            {
                if (sampler == NoiseSampler.Isotropic || tuple.Distinct().Count() == tuple.Length)
                {
                    Add(tuple, -a * tuple.Aggregate(1.0, (product, i) => product * signal[i]), point, ref energy, expected);
                }
            }

            Assert.Equal(energy, landscape.SignalEnergies[k], 1e-13);
            sum += energy;
        }

        Assert.Equal(sum, value, 1e-13);
        Assert.Equal(value, landscape.Value(point));
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(expected[i], gradient[i], 1e-12);
        }
    }

    // exact: each entry is the named normal number times sqrt(a M/N), M counted by enumeration: the variances add up to Q(C)/N by the multinomial theorem, which is checked beside.
    [Fact]
    public void Entries_are_named_normal_numbers_of_the_right_variance()
    {
        const int n = 4;
        var instance = PackedInstance.Draw(Rich, n, 6, 2, new() { IsStored = false });
        var (point, direction) = LandscapeTests.Start(n);
        double overlap = point.Zip(direction, (x, y) => x * y).Sum();
        for (int power = 1; power <= 6; power++)
        {
            double covariance = 0, row = -1;
            double[] normals = [];
            foreach (int[] tuple in Tuples(n, power).Select(item => item.Tuple).Where(tuple => tuple.SequenceEqual(tuple.OrderDescending())))
            {
                // Tuples in lexicographic order: a row begins where the last index is zero.
                if (tuple[^1] == 0)
                {
                    row++;
                    normals = new double[power == 1 ? n : tuple[^2] + 1];
                    NormalRows.Fill(normals, 6, StreamPurpose.Instance, power, 2, (long)row);
                }

                double count = Tuples(n, power).Count(item => item.Tuple.Order().SequenceEqual(tuple.Order()));
                double scale = Math.Sqrt(Rich.Noise.Coefficient(power) * count / n);
                Assert.Equal(scale * normals[tuple[^1]], instance.Entry(tuple), 1e-15);
                covariance += scale * scale * tuple.Aggregate(1.0, (product, i) => product * point[i] * direction[i]);
            }

            Assert.Equal(Rich.Noise.Coefficient(power) * Math.Pow(overlap, power) / n, covariance, 1e-15);
        }
    }

    // statistical(z = 3 as promised, one seed a case): ℓ at two points is Gaussian with covariance [Q(1), Q(C); Q(C), Q(1)]/N, so that a sample covariance of n draws has variance
    // (Q(1)² + Q(C)²)/(N² n). In full the draws are 1e5; beyond these N a draw has too many entries for that.
    [TestsEquation(Papers.BigBadMinima, 3)]
    [Theory]
    [InlineData(2, 20, 20_000)]
    [InlineData(3, 20, 20_000)]
    [InlineData(4, 20, 4_000)]
    [InlineData(5, 20, 1_000)]
    [InlineData(2, 200, 0)]
    [InlineData(3, 100, 0)]
    [InlineData(4, 40, 0)]
    public void Noise_has_covariance_Q_of_the_overlap_at_finite_N(int power, int n, int draws)
    {
        draws = IsFull ? 100_000 : draws;
        if (draws == 0)
        {
            return;
        }

        var model = new Model("test", Covariance.Pure(power, 0.7), Covariance.Zero);
        var (point, other) = LandscapeTests.Start(n);
        const double overlap = 0.8;
        double[] second = [.. Perpendicular(point, other).Zip(point, (v, x) => overlap * x + Math.Sqrt(1 - overlap * overlap) * v)];
        double product = 0, square = 0, otherSquare = 0;
        for (int i = 0; i < draws; i++)
        {
            var landscape = PackedInstance.Draw(model, n, 8, (uint)i).Landscape();
            double x = landscape.Value(point), y = landscape.Value(second);
            product += x * y * n / draws;
            square += x * x * n / draws;
            otherSquare += y * y * n / draws;
        }

        double q0 = model.Noise.AtOne, qc = model.Noise.Q(overlap), error = Math.Sqrt((q0 * q0 + qc * qc) / draws), squareError = Math.Sqrt(2.0 / draws) * q0;
        if (IsFull)
        {
            Console.Out.WriteLine(FormattableString.Invariant($"FIGURE covariance_p{power}_N{n} {(product - qc) / error:F2} {(square - q0) / squareError:F2} {(otherSquare - q0) / squareError:F2}"));
        }

        Assert.Equal(qc, product, 3 * error);
        Assert.Equal(q0, square, 3 * squareError);
        Assert.Equal(q0, otherSquare, 3 * squareError);
    }

    // statistical(z = 4.5): strict sums have N E[ε²] = a k! e_k(σ∘σ); with the mean over the sphere a (N-1)(N-2)/((N+2)(N+4)) for k = 3 and a (N-1)/(N+2) for k = 2.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Strict_sums_have_the_bias_that_the_docs_state(int power)
    {
        const int n = 12, draws = 20_000;
        var model = new Model("test", Covariance.Pure(power, 1), Covariance.Zero);
        var stream = new PhiloxStream(9, StreamPurpose.Start);
        double[] point = new double[n];
        double mean = 0, square = 0, exact = 0;
        for (int i = 0; i < draws; i++)
        {
            stream.FillUnitVector(point);
            double p2 = point.Sum(x => x * x), p4 = point.Sum(x => Math.Pow(x, 4)), p6 = point.Sum(x => Math.Pow(x, 6));
            exact += (power == 2 ? p2 * p2 - p4 : p2 * p2 * p2 - 3 * p2 * p4 + 2 * p6) / draws;
            double energy = PackedInstance.Draw(model, n, 10, (uint)i, new() { Sampler = NoiseSampler.StrictSums }).Landscape().Value(point);
            mean += n * energy * energy / draws;
            square += n * n * Math.Pow(energy, 4) / draws;
        }

        double factor = power == 2 ? (n - 1.0) / (n + 2) : (n - 1.0) * (n - 2) / ((n + 2.0) * (n + 4));
        Assert.Equal(factor, exact, 0.01);
        Assert.Equal(factor, mean, 4.5 * Math.Sqrt((square - mean * mean) / draws));
        Assert.True(1 - factor > 4.5 * Math.Sqrt((square - mean * mean) / draws));
    }

    [Theory]
    [InlineData(EntryPrecision.Double)]
    [InlineData(EntryPrecision.Single)]
    public void Drawn_again_is_stored_to_the_last_bit(EntryPrecision precision)
    {
        foreach (var sampler in new[] { NoiseSampler.Isotropic, NoiseSampler.StrictSums })
        {
            foreach (var (model, n) in new[] { (Rich, 8), (Paper, 120) })
            {
                var (point, direction) = LandscapeTests.Start(n);
                var options = new PackedOptions { Precision = precision, Sampler = sampler };
                var stored = LandscapeTests.Evaluate(PackedInstance.Draw(model, n, 7, 1, options).Landscape(), point, direction);
                var drawn = LandscapeTests.Evaluate(PackedInstance.Draw(model, n, 7, 1, options with { IsStored = false }).Landscape(), point, direction);
                Assert.Equal(stored.Value, drawn.Value);
                Assert.Equal(stored.Gradient, drawn.Gradient);
                Assert.Equal(stored.Product, drawn.Product);
            }
        }
    }

    // statistical: each entry is rounded by a relative 2^-25 at most, independently, so that value and gradient move by at most some 3e-8 of their size.
    [Fact]
    public void Single_precision_moves_values_by_its_rounding()
    {
        const int n = 100;
        var (point, direction) = LandscapeTests.Start(n);
        var exact = LandscapeTests.Evaluate(PackedInstance.Draw(Paper, n, 7, 1).Landscape(), point, direction);
        var rounded = LandscapeTests.Evaluate(PackedInstance.Draw(Paper, n, 7, 1, new() { Precision = EntryPrecision.Single }).Landscape(), point, direction);
        Assert.NotEqual(exact.Value, rounded.Value);
        Assert.Equal(exact.Value, rounded.Value, 3e-8);
        Assert.InRange(Distance(exact.Gradient, rounded.Gradient), 1e-12, 3e-8 * Distance(exact.Gradient, new double[n]));
        Assert.InRange(Distance(exact.Product, rounded.Product), 1e-12, 3e-8 * Distance(exact.Product, new double[n]));
    }

    // exact: what a seed means is a promise, and at a unit vector a loss is two couplings and a signal. converged(rounding): at any other point it is a sum, whose order a version may change.
    [Fact]
    public void A_seed_names_the_same_couplings_for_ever()
    {
        var landscape = PackedInstance.Draw(Paper, 70, 2026, 4).Landscape();
        double[] unit = new double[70];
        foreach (var (i, value) in new[] { (0, -1.1926107119092162), (37, 0.1298188098526173), (69, 0.24393973459874613) })
        {
            Array.Clear(unit);
            unit[i] = 1;
            Assert.Equal(value, landscape.Value(unit));
        }

        var (point, _) = LandscapeTests.Start(70);
        Assert.Equal(-0.013667663252467138, landscape.Value(point), 1e-15);
    }

    [Fact]
    public void Costs_are_said_and_nothing_is_allocated()
    {
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(4, 1, 2).ToModel();
        var forecast = InstanceForecast.Of(model, 5000, threads: 2);
        Assert.Equal(5000.0 * 5001 * 5002 * 5003 / 24 + 5000.0 * 5001 / 2, forecast.Entries, 1e3);
        Assert.Equal(8 * forecast.Entries, forecast.Bytes, 1e4);
        Assert.InRange(forecast.SecondsOnTheFly, forecast.SecondsStored, 1e6);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<LimitException>(() => PackedInstance.Draw(model, 5000, 1, 0));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Contains("TB of memory", refused.Message, StringComparison.Ordinal);
        Assert.Contains("on the fly", refused.Message, StringComparison.Ordinal);
        Assert.Throws<LimitException>(() => PackedInstance.Draw(Paper, 50, 1, 0, new() { LargestBytes = 1000 }));

        // On the fly it may be drawn, and nobody forces the walker to ask for the gradient.
        Assert.Equal(5000, PackedInstance.Draw(model, 5000, 1, 0, new() { IsStored = false }).Dimension);
        var small = InstanceForecast.Of(Paper, 100, EntryPrecision.Single);
        Assert.Equal(4 * (100 * 101 * 102 / 6 + 100 * 101 / 2), small.Bytes);
    }

    [Fact]
    public void Small_dimensions_are_handled_and_misuse_is_refused()
    {
        foreach (int n in new[] { int.MinValue, 0, 1 })
        {
            Assert.Contains("--n must be an integer >= 2", Assert.Throws<BadInputException>(() => PackedInstance.Draw(Paper, n, 1, 0)).Message, StringComparison.Ordinal);
        }

        foreach (int n in new[] { 2, 3 })
        {
            var (point, direction) = LandscapeTests.Start(n);
            var (value, gradient, _) = LandscapeTests.Evaluate(PackedInstance.Draw(Paper, n, 1, 0).Landscape(), point, direction);
            Assert.True(double.IsFinite(value) && gradient.All(double.IsFinite));
        }

        Assert.Throws<BadInputException>(() => PackedInstance.Draw(Paper, 2, 1, 0, new() { Sampler = NoiseSampler.StrictSums }));
        Assert.Throws<BadInputException>(() => PackedInstance.Draw(Model.FromMixture("test", MixtureParser.Parse("x^7"), true), 3, 1, 0));
        Assert.Throws<BadInputException>(() => PackedInstance.Draw(Paper, 3, 1, 0, new() { Signal = [1, 0] }));
        Assert.Throws<BadInputException>(() => PackedInstance.Draw(Paper, 3, 1, 0, new() { Signal = [1, 1, 0] }));
        Assert.Throws<ArgumentException>(() => PackedInstance.Draw(Paper, 3, 1, 0).Entry([0, 0, 0, 0]));
    }

    [Fact]
    public void Signals_have_length_one_and_a_team_may_draw()
    {
        using var team = new ThreadTeam(3);
        foreach (double[] signal in new[] { PlantedSignal.FirstAxis(70), PlantedSignal.Uniform(70, 1, 0), PlantedSignal.Signs(70, 1, 0) })
        {
            Assert.Equal(1, signal.Sum(x => x * x), 1e-14);
            Assert.True(signal.AsSpan().SequenceEqual(PackedInstance.Draw(Paper, 70, 1, 0, new() { Signal = signal }, team).Landscape(team).Signal));
        }

        Assert.InRange(PlantedSignal.Signs(10_000, 1, 0).Sum(), -4.5, 4.5);
        Assert.NotEqual(PlantedSignal.Signs(70, 1, 0), PlantedSignal.Signs(70, 1, 1));
    }

    internal static double[] Perpendicular(double[] point, double[] other)
    {
        double overlap = point.Zip(other, (x, y) => x * y).Sum();
        double[] rest = [.. point.Zip(other, (x, y) => y - overlap * x)];
        double length = Math.Sqrt(rest.Sum(x => x * x));
        return [.. rest.Select(x => x / length)];
    }

    // All tuples of k indices below n in lexicographic order, with the number of permutations that differ.
    private static IEnumerable<(int[] Tuple, double Permutations)> Tuples(int n, int k)
    {
        for (int flat = 0; flat < Math.Pow(n, k); flat++)
        {
            int[] tuple = new int[k];
            for (int q = k - 1, rest = flat; q >= 0; q--, rest /= n)
            {
                tuple[q] = rest % n;
            }

            double Factorial(int m) => m < 2 ? 1 : m * Factorial(m - 1);
            yield return (tuple, tuple.GroupBy(i => i).Aggregate(Factorial(k), (count, group) => count / Factorial(group.Count())));
        }
    }

    private static void Add(int[] tuple, double w, double[] point, ref double energy, double[] gradient)
    {
        energy += tuple.Aggregate(w, (product, i) => product * point[i]);
        for (int q = 0; q < tuple.Length; q++)
        {
            double product = w;
            for (int r = 0; r < tuple.Length; r++)
            {
                product *= r == q ? 1 : point[tuple[r]];
            }

            gradient[tuple[q]] += product;
        }
    }

    private static double Distance(double[] x, double[] y) => Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum());
}
