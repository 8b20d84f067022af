// Diluted instances: the graph, energies against a sum over its edges, mean signal and covariance with their corrections in 1/c, and what is refused.
using System;
using System.Linq;
using Thalweg.Instances;
using Thalweg.Models;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Instances;

public class DilutedInstanceTests
{
    private static readonly Model Rich = new("test", MixtureParser.Parse("0.3 x + 0.5 x^2 + 0.4 x^3 + 0.2 x^4 + 0.3 x^6"), MixtureParser.Parse("0.7 x + 0.5 x^2 + 0.9 x^5"));
    private static readonly Model Paper = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2).ToModel();

    [Fact]
    public void Each_variable_has_an_edge_a_layer_and_edges_join_distinct_variables()
    {
        const int n = 47, c = 6;
        var instance = DilutedInstance.Draw(Rich, n, c, 3, 1);
        foreach (int power in new[] { 2, 3, 4, 5, 6 })
        {
            var edges = instance.Edges(power).ToArray();
            Assert.Equal(c * (n / power), edges.Length);
            Assert.All(edges, edge => Assert.Equal(power, edge.Variables.Distinct().Count()));
            var degrees = edges.SelectMany(edge => edge.Variables).CountBy(i => i).ToDictionary();
            Assert.Equal(c * (n - n % power), degrees.Values.Sum());
            Assert.InRange(degrees.Values.Max(), 1, c);
        }
    }

    // exact: a sum over the edges, each once; 1e-13 is rounding.
    [Theory]
    [InlineData(SignalPlace.Edges)]
    [InlineData(SignalPlace.Dense)]
    public void Values_and_gradients_are_sums_over_the_edges(SignalPlace place)
    {
        const int n = 47, c = 5;
        var instance = DilutedInstance.Draw(Rich, n, c, 3, 1, place: place);
        var landscape = instance.Landscape();
        var (point, _) = LandscapeTests.Start(n);
        double[] gradient = new double[n], linear = new double[n], expected = new double[n];
        instance.Landscape().Gradient(new double[n], linear);
        linear.CopyTo(expected, 0);
        double value = landscape.Gradient(point, gradient), m = point.Zip(instance.Signal.ToArray(), (x, y) => x * y).Sum(), sum = 0;
        int[] powers = place == SignalPlace.Edges ? [2, 3, 4, 5, 6] : [2, 3, 4, 6];
        for (int k = 0; k < powers.Length; k++)
        {
            double energy = 0;
            foreach (var (variables, weight) in instance.Edges(powers[k]))
            {
                energy -= variables.Aggregate(weight, (product, i) => product * point[i]);
                foreach (int i in variables)
                {
                    expected[i] -= variables.Where(j => j != i).Aggregate(weight, (product, j) => product * point[j]);
                }
            }

            Assert.Equal(energy, landscape.EdgeEnergies[k], 1e-13);
            sum += energy;
        }

        // The terms of power one are the gradient at the origin; the rest of a dense signal comes on top.
        double dense = place == SignalPlace.Dense ? -Rich.Signal.Q(m) + Rich.Signal.Coefficient(1) * m : 0, slope = place == SignalPlace.Dense ? -Rich.Signal.DQ(m) + Rich.Signal.Coefficient(1) : 0;
        Assert.Equal(sum + Overlap(point, linear) + dense, value, 1e-12);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(expected[i] + slope * instance.Signal[i], gradient[i], 1e-12);
        }
    }

    // exact: the signal of an instance is the value of another one with the same graph and no noise to speak of; 1e-13 is rounding.
    [Theory]
    [InlineData(SignalPlace.Edges)]
    [InlineData(SignalPlace.Dense)]
    public void The_loss_is_split_into_the_noise_of_each_power_and_the_signal(SignalPlace place)
    {
        const int n = 47, c = 5;
        var landscape = DilutedInstance.Draw(Rich, n, c, 3, 1, place: place).Landscape();
        var quiet = DilutedInstance.Draw(new Model("quiet", Covariance.Pure(2, 1e-40), Rich.Signal), n, c, 3, 1, place: place).Landscape();
        var (point, _) = LandscapeTests.Start(n);
        double[] gradient = new double[n], noise = new double[Rich.Noise.Powers.Length];
        double value = landscape.Gradient(point, gradient), signal = landscape.LossParts(point, noise);
        Assert.Equal(Rich.Noise.Powers.ToArray(), landscape.NoisePowers.ToArray());
        Assert.Equal(quiet.Value(point), signal, 1e-13);
        Assert.Equal(value, noise.Sum() + signal, 1e-13);

        // What has no signal on its edges is noise alone: the powers 4 and 6, and the linear field.
        foreach (int power in new[] { 4, 6 })
        {
            double edges = -DilutedInstance.Draw(Rich, n, c, 3, 1, place: place).Edges(power).Sum(edge => edge.Variables.Aggregate(edge.Weight, (product, i) => product * point[i]));
            Assert.Equal(edges, noise[Rich.Noise.Powers.IndexOf(power)], 1e-13);
        }

        Assert.Equal(landscape.EdgeEnergies[^1], noise[0]);
    }

    // statistical(z = 4.5): with N E of the noise alone the mean covariance is Σ a_k k! e_k(σ∘σ') exactly; points ±1/sqrt(N) make e_k a number that counting gives.
    [Fact]
    public void Noise_has_the_mean_covariance_of_the_dense_model()
    {
        const int n = 60, c = 6, draws = 6_000;
        var model = new Model("test", MixtureParser.Parse("0.5 x^2 + 0.4 x^3"), Covariance.Zero);
        double[] point = PlantedSignal.Signs(n, 1, 0), other = [.. point.Select((x, i) => i < 9 ? -x : x)];
        double product = 0, square = 0, productSquare = 0, squareSquare = 0;
        for (int i = 0; i < draws; i++)
        {
            var landscape = DilutedInstance.Draw(model, n, c, 4, (uint)i).Landscape();
            double x = landscape.Value(point), y = landscape.Value(other);
            product += n * x * y / draws;
            productSquare += Math.Pow(n * x * y, 2) / draws;
            square += n * x * x / draws;
            squareSquare += Math.Pow(n * x * x, 2) / draws;
        }

        // e_2 and e_3 of x_i = ±1/N from the sums of powers: P_1 = C, P_2 = 1/N, P_3 = C/N².
        double Exact(double overlap) => 0.5 * (overlap * overlap - 1.0 / n) + 0.4 * (Math.Pow(overlap, 3) - 3 * overlap / n + 2 * overlap / n / n);
        const double c9 = 1 - 18.0 / n;
        Assert.Equal(Exact(1), square, 4.5 * Math.Sqrt((squareSquare - square * square) / draws));
        Assert.Equal(Exact(c9), product, 4.5 * Math.Sqrt((productSquare - product * product) / draws));
        Assert.InRange(Math.Abs(Exact(1) / model.Noise.AtOne - 1), 0, 3.0 / n);
    }

    // statistical(z = 4.5) and converged(order 1/N): the signal on edges has mean -Σ s_k k! e_k(σ∘σ*) and, times N, the covariance Σ (k s_k²/c)[C^k - (mm')^k - k (mm')^(k-1)(C - mm')]
    // up to a relative 6/N, at m = 0 and elsewhere; a noise of 1e-12 is left out.
    [Theory]
    [InlineData(0)]
    [InlineData(24)]
    public void Signal_on_edges_has_the_mean_and_the_fluctuations_that_are_derived(int surplus)
    {
        const int n = 120, c = 4, draws = 4_000;
        var model = new Model("test", MixtureParser.Parse("1e-12 x^2"), MixtureParser.Parse("0.6 x^2 + 0.9 x^3"));
        double[] signal = PlantedSignal.Signs(n, 2, 0), point = [.. signal.Select((x, i) => i < (n + surplus) / 2 ? x : -x)], other = [.. point.Select((x, i) => i % 5 == 0 ? -x : x)];
        double m = Overlap(point, signal), mOther = Overlap(other, signal), overlap = Overlap(point, other);
        double mean = 0, meanOther = 0, square = 0, product = 0, fourth = 0;
        for (int i = 0; i < draws; i++)
        {
            var landscape = DilutedInstance.Draw(model, n, c, 5, (uint)i, signal).Landscape();
            double x = landscape.Value(point) + Strict(m), y = landscape.Value(other) + Strict(mOther);
            mean += x / draws;
            meanOther += y / draws;
            square += n * x * x / draws;
            product += n * x * y / draws;
            fourth += Math.Pow(n * x * x, 2) / draws;
        }

        double Strict(double at) => 0.6 * (at * at - 1.0 / n) + 0.9 * (Math.Pow(at, 3) - 3 * at / n + 2 * at / n / n);
        double Term(int k, double s, double at, double one, double two) =>
            k * s * s / c * (Math.Pow(at, k) - Math.Pow(one * two, k) - k * Math.Pow(one * two, k - 1) * (at - one * two));
        double predicted = Term(2, 0.6, 1, m, m) + Term(3, 0.9, 1, m, m), predictedOther = Term(2, 0.6, overlap, m, mOther) + Term(3, 0.9, overlap, m, mOther);
        double error = 4.5 * Math.Sqrt((fourth - square * square) / draws);
        Assert.Equal(0, mean, 4.5 * Math.Sqrt(square / n / draws));
        Assert.Equal(0, meanOther, 4.5 * Math.Sqrt(2 * square / n / draws));
        Assert.Equal(predicted, square, error + 6.0 / n * predicted);
        Assert.Equal(predictedOther, product, error + 6.0 / n * predicted);
    }

    [Fact]
    public void Dense_signals_do_not_fluctuate()
    {
        const int n = 30;
        var model = new Model("test", Covariance.Pure(2, 1e-30), MixtureParser.Parse("0.6 x^2 + 0.9 x^3"));
        var instance = DilutedInstance.Draw(model, n, 3, 1, 0, place: SignalPlace.Dense);
        var (point, _) = LandscapeTests.Start(n);
        Assert.Equal(-model.Signal.Q(Overlap(point, instance.Signal.ToArray())), instance.Landscape().Value(point), 1e-13);
    }

    [Fact]
    public void Draws_are_reproducible_and_misuse_is_refused()
    {
        var (point, _) = LandscapeTests.Start(50);
        double first = DilutedInstance.Draw(Paper, 50, 7, 6, 1).Landscape().Value(point);
        Assert.Equal(first, DilutedInstance.Draw(Paper, 50, 7, 6, 1).Landscape().Value(point));
        Assert.NotEqual(first, DilutedInstance.Draw(Paper, 50, 7, 6, 2).Landscape().Value(point));
        Assert.NotEqual(first, DilutedInstance.Draw(Paper, 50, 7, 7, 1).Landscape().Value(point));
        foreach (int n in new[] { 0, 1, 2, DilutedInstance.LargestDimension + 1 })
        {
            Assert.Contains("--n must be", Assert.Throws<BadInputException>(() => DilutedInstance.Draw(Paper, n, 1, 1, 0)).Message, StringComparison.Ordinal);
        }

        Assert.True(double.IsFinite(DilutedInstance.Draw(Paper, 3, 2, 1, 0).Landscape().Value([0.6, 0, 0.8])));
        foreach (int c in new[] { int.MinValue, 0, 50, int.MaxValue })
        {
            Assert.Contains("--diluted must be an integer from 1 to 49", Assert.Throws<BadInputException>(() => DilutedInstance.Draw(Paper, 50, c, 1, 0)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<LimitException>(() => DilutedInstance.Draw(Paper, 1_000_000, 999_999, 1, 0));
        Assert.Equal(1e6 * 60 * (12 + 16), DilutedInstance.ForecastBytes(Paper, 1_000_000, 60));
    }

    private static double Overlap(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
}
