// The probe on phase retrieval and on the spiked model: derivatives, readings against dense spectra, drawn instances against theory.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Geometry;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Threads;
using Thalweg.Probes;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;
using Thalweg.Runs.Probe;
using Thalweg.Spectra;
using Thalweg.Thresholds;
using Xunit;

namespace Thalweg.Tests.Probes;

public class InformativeDirectionTests
{
    private static PhaseRetrievalInstance Instance(int n, double α, ThreadTeam? team = null) => PhaseRetrievalInstance.Draw(new(0.1), α, n, 5, 1, team);

    private static double[] Start(PhaseRetrievalInstance instance)
    {
        double[] point = new double[instance.Dimension];
        Trials.Start(instance.Open(), 0, 5, 1, point);
        return point;
    }

    // converged(orders 2, 3 and 2): slope tests of value, gradient and products on the sphere.
    [Fact]
    public void Derivatives_are_those_of_the_value()
    {
        var instance = Instance(30, 4);
        Assert.True(DerivativeCheck.Of(instance.Open(), new UnitSphere(30), Start(instance)).Holds);
    }

    // exact: no loss and no slope at the signal and opposite it.
    [Fact]
    public void The_signal_is_a_minimum_of_value_zero()
    {
        var instance = Instance(20, 3);
        double[] point = instance.Signal.ToArray(), gradient = new double[20];
        foreach (double sign in new[] { 1.0, -1.0 })
        {
            Vectors.Scale(sign, point);
            Assert.Equal(0, instance.Open().Gradient(point, gradient), 1e-25);
            Assert.Equal(0, Vectors.Length(gradient), 1e-12);
            Assert.True(new TangentHessian(instance.Open(), point).Eigenvalues()[0] > 0);
        }
    }

    // exact, to the bit: parts have fixed borders. The matrix and its products agree to rounding.
    [Fact]
    public void Threads_change_no_bit_and_the_matrix_is_that_of_the_products()
    {
        const int n = 25;
        var alone = Instance(n, 3);
        using var team = new ThreadTeam(3);
        var shared = Instance(n, 3, team);
        double[] point = Start(alone), one = new double[n], other = new double[n], direction = [.. alone.Signal], matrix = new double[n * n];
        var (first, second) = (alone.Open(), shared.Open(team));
        Assert.Equal(first.Gradient(point, one), second.Gradient(point, other));
        Assert.Equal(one, other);
        first.HessianProduct(point, direction, one);
        second.HessianProduct(point, direction, other);
        Assert.Equal(one, other);
        second.Hessian(point, matrix);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(one[i], Vectors.Dot(matrix.AsSpan(i * n, n), direction), 1e-11);
        }

        // A product at a new point forgets the curvatures of the old one.
        first.HessianProduct(alone.Signal, direction, one);
        alone.Open().HessianProduct(alone.Signal, direction, other);
        Assert.Equal(other, one);
    }

    // exact: bytes of this thread are counted.
    [Fact]
    public void Gradient_and_products_allocate_nothing()
    {
        const int n = 40;
        var instance = Instance(n, 3);
        var landscape = instance.Open();
        double[] point = Start(instance), gradient = new double[n], direction = [.. instance.Signal];
        long least = long.MaxValue;
        for (int repeat = 0; repeat < 20; repeat++)
        {
            point[0] += 1e-9;
            long before = GC.GetAllocatedBytesForCurrentThread();
            landscape.Gradient(point, gradient);
            landscape.HessianProduct(point, direction, gradient);
            landscape.HessianProduct(point, direction, gradient);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    // exact up to Lanczos' residuals: the reading has the dense eigenpairs of the tangent space, the radial zero in none of them; the spectrum without the signal interlaces.
    [Fact]
    public void A_reading_is_the_dense_spectrum()
    {
        const int n = 40;
        var instance = Instance(n, 6);
        var landscape = instance.Open();
        double[] point = Start(instance);
        var hessian = new TangentHessian(landscape, point);
        var eigen = SymmetricEigen.Of(hessian.Dense(), n - 1, wantVectors: true);
        var reading = InformativeDirection.At(landscape, point, 2.5, 3);
        Assert.True(reading.IsConverged);
        for (int k = 0; k < 3; k++)
        {
            Assert.Equal(eigen.Values[k], reading.Values[k], Math.Max(reading.Residuals[k], 1e-9));
            double along = Vectors.Dot(eigen.Vector(k), hessian.Coordinates(landscape.Signal));
            Assert.Equal(along * along, reading.Overlap2[k], 1e-5);
            Assert.InRange(reading.Participation[k], 1, n);
        }

        Assert.InRange(reading.NullEdge, reading.Values[0], reading.Values[1]);
        Assert.Equal((2.5, hessian.Multiplier, hessian.Loss), (reading.Time, reading.Multiplier, reading.Loss));
        Assert.Equal(0, reading.Overlap, 1e-14);
        Assert.Equal(n, InformativeDirection.Participation([.. Enumerable.Repeat(0.5, n)]), 1e-10);

        // At the signal there is no direction toward it.
        var there = InformativeDirection.At(landscape, landscape.Signal, 0);
        Assert.True(there.IsConverged && !there.IsInformative(n) && there.Overlap2.All(q => q == 0));
        Assert.Equal(there.Values[0], there.NullEdge);
    }

    // exact up to the residuals: a landscape that hides its matrix is read by Lanczos' method, with the same numbers.
    [Fact]
    public void A_matrix_and_its_products_give_one_reading()
    {
        const int n = 60;
        var instance = Instance(n, 5);
        double[] point = Start(instance);
        InformativeReading factorised = InformativeDirection.At(instance.Open(), point, 1, 2), iterated = InformativeDirection.At(new Hidden(instance.Open()), point, 1, 2);
        Assert.True(factorised.IsConverged && iterated.IsConverged);
        double size = Math.Abs(factorised.Multiplier);
        Assert.Equal(iterated.NullEdge, factorised.NullEdge, 1e-8 * size);
        for (int k = 0; k < 2; k++)
        {
            Assert.Equal(iterated.Values[k], factorised.Values[k], 1e-8 * size);
            Assert.Equal(iterated.Overlap2[k], factorised.Overlap2[k], 1e-5);
            Assert.Equal(iterated.Participation[k], factorised.Participation[k], 1e-2);
        }
    }

    // exact: a walk that has found the signal has readings that settle, at the signal itself too.
    [Fact]
    public void Readings_settle_along_a_walk_that_finds_the_signal()
    {
        var outcome = new ProbeRun().Execute(new(new Dictionary<string, string> { ["model"] = "phase-retrieval", ["n"] = "40", ["trials"] = "6", ["t"] = "3" }), RunContext.Default);
        Assert.Equal(Status.Converged, outcome.Status);
        var readings = outcome.Table("readings");
        Assert.Equal(8 * 12, readings.Rows);
        Assert.Contains(readings["m"].Values, m => Math.Abs(m) > 0.999999);
        Assert.All(readings["settled"].Values, settled => Assert.Equal(1, settled));
        double[] times = readings["t"].Values[..8];
        Assert.Equal((0.0, 3.0), (times[0], times[^1]));
        Assert.True(times.SequenceEqual(times.Order()));
        Assert.All(Enumerable.Range(0, readings.Rows), i => Assert.InRange(readings["null_edge"].Values[i], readings["lowest"].Values[i] - 1e-6, readings["second"].Values[i] + 1e-6));
    }

    // exact up to rounding: D(z) of the Krylov space is 1/⟨e,(H_0 - z)^-1 e⟩ of all eigenpairs, and the eigenvalue that a strength gives is at z when the strength is D(z); dense and from products alone.
    [Fact]
    public void The_resolvent_of_a_direction_is_that_of_all_eigenpairs()
    {
        const int n = 60;
        var landscape = PackedInstance.Draw(MatrixFamily.Spiked(3, 1).ModelAt(2), n, 4, 0).Landscape();
        double[] point = new double[n], signal = landscape.Signal.ToArray();
        Trials.Start(landscape, 0, 4, 0, point);
        var kept = new KeptHessian<PackedLandscape>(landscape);
        var hessian = new TangentHessian(kept, point);
        var eigen = SymmetricEigen.Of(hessian.Dense(), n - 1, wantVectors: true);
        double[] along = [.. Enumerable.Range(0, n - 1).Select(k => Math.Pow(Vectors.Dot(eigen.Vector(k), hessian.Coordinates(signal)), 2))];
        double low = eigen.Values[0] - 0.5;
        DirectionResolvent matrix = DirectionResolvent.Of(hessian, signal, 0, low), products = DirectionResolvent.Of(new TangentHessian(landscape, point), signal, 0, low);
        Assert.True(matrix.IsSettled && products.IsSettled);
        foreach (double z in new[] { low, low - 1, low - 10 })
        {
            double expected = 1 / Enumerable.Range(0, n - 1).Sum(k => along[k] / (eigen.Values[k] - z));
            Assert.Equal(expected, matrix.At(z)!.Value, 1e-8 * Math.Abs(expected));
            Assert.Equal(expected, products.At(z)!.Value, 1e-8 * Math.Abs(expected));
            Assert.Equal(z, matrix.Lowest(expected).Value, 1e-6);
        }

        // A strength that is added back changes nothing; beyond the spectrum without e there is no answer.
        Assert.Equal(matrix.At(low)!.Value + 3, DirectionResolvent.Of(hessian, signal, 3, low).At(low)!.Value, 1e-7);
        Assert.Null(matrix.At(eigen.Values[n / 2]));
        Assert.Equal(along[0], DirectionResolvent.Of(hessian, signal, 0, eigen.Values[0] - 1e-3).Lowest(0).Overlap2, 1e-4);
    }

    // statistical(4 standard errors, 16 instances of one seed, N = 150): at 4 α_c the mean lowest eigenvalue, less the measured mu, and its overlap against infinite N; their shift at this N, some 1/N of their size, is below a standard error.
    [Fact]
    public void Drawn_instances_follow_the_theory()
    {
        const int n = 150, trials = 16;
        var model = new PhaseRetrieval(0.1);
        var spectrum = new PhaseRetrievalSpectrum(model, 8.6667);
        double[] lowest = new double[trials], overlap = new double[trials], multiplier = new double[trials], point = new double[n];
        for (int k = 0; k < trials; k++)
        {
            var landscape = PhaseRetrievalInstance.Draw(model, 8.6667, n, 11, (uint)k).Open();
            Trials.Start(landscape, 0, 11, (uint)k, point);
            var reading = InformativeDirection.At(landscape, point, 0);
            Assert.True(reading.IsOpen(n));
            (lowest[k], overlap[k], multiplier[k]) = (reading.Values[0] - reading.Multiplier, reading.Overlap2[0], reading.Multiplier);
        }

        foreach (var (values, theory) in new[] { (lowest, spectrum.Outlier), (overlap, spectrum.OutlierOverlap2), (multiplier, spectrum.Multiplier) })
        {
            double mean = values.Average(), error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (trials - 1) / trials);
            Assert.InRange(mean, theory.Value - 4 * error, theory.Value + 4 * error);
        }
    }

    // exact: a state of the slice has a negative direction when and only when the strength of its signal is above its own crossing. statistical(4 standard errors, one seed): the strengths of one direction have the mean of those over directions, and at N = 60 and 100 the opening is within its error and 2 N^(-2/3) of eq. (5).
    [Fact]
    public void States_of_the_spiked_model_open_where_their_crossing_says()
    {
        var outcome = Spiked(("n", "60,100"), ("trials", "12"));
        Assert.Equal(Status.Converged, outcome.Status);
        var row = outcome.Result.Rows("rows")[0];
        double u = row.Quantity("inv_delta2_opening").Value, scale = Math.Sqrt(u + 2);
        Assert.Equal(2, u, 1e-14);
        var states = outcome.Table("states");
        double[] lowest = states["lowest"].Values, ratio = states["ratio"].Values;
        Assert.Equal(20 + 12, lowest.Length);
        Assert.All(Enumerable.Range(0, lowest.Length), k => Assert.Equal(lowest[k] < 0, ratio[k] * scale < u));
        Assert.Contains(lowest, value => value < 0);
        Assert.Contains(lowest, value => value > 0);
        Assert.All(states["inv_delta2_crossing"].Values.Zip(ratio), pair => Assert.Equal(pair.Second * Math.Sqrt(pair.First + 2), pair.First, 1e-9));
        foreach (var one in row.Rows("measured"))
        {
            Quantity opening = one.Quantity("opening"), direct = one.Quantity("opening_direct");
            double allowed = 2 * Math.Pow(((Datum.Plain)one["n"]).Value, -2.0 / 3) + 4 * opening.Error;
            Assert.InRange(opening.Value, 1 - allowed, 1 + allowed);
            Assert.InRange(direct.Value - opening.Value, -4 * direct.Error, 4 * direct.Error);
        }

        Assert.InRange(row.Quantity("inv_delta2_deviation").Value, -4, 4);
        Assert.InRange(row.Quantity("opening_direct_deviation").Value, -4, 4);
        var strengths = outcome.Table("strengths");
        Assert.Equal(4 * lowest.Length, strengths.Rows);
        double difference = Enumerable.Range(0, strengths.Rows).Average(i => strengths["theta_direct"].Values[i] - strengths["theta"].Values[i]);
        Assert.InRange(difference, -0.25, 0.25);
    }

    // exact: the strength with which states are drawn is one of many; statistical(4 standard errors): the opening does not depend on it.
    [Trait("Speed", "slow")]
    [Fact]
    public void Openings_do_not_depend_on_the_strength_that_states_are_drawn_with()
    {
        Quantity one = Opening(Spiked(("n", "100"), ("trials", "16"))), other = Opening(Spiked(("n", "100"), ("trials", "16"), ("inv-delta-2", "1.2")));
        Assert.NotEqual(one.Value, other.Value);
        Assert.InRange(one.Value - other.Value, -4 * Math.Sqrt(one.Error * one.Error + other.Error * other.Error), 4 * Math.Sqrt(one.Error * one.Error + other.Error * other.Error));

        static Quantity Opening(Outcome outcome) => outcome.Result.Rows("rows")[0].Rows("measured")[0].Quantity("opening");
    }

    // statistical(4 standard errors, one seed): sparse graphs of many edges have the opening of dense instances; a limit needs several N and C.
    [Trait("Speed", "slow")]
    [Fact]
    public void Sparse_instances_open_where_dense_ones_do()
    {
        var outcome = Spiked(("n", "300,600"), ("diluted", "100,200"), ("trials", "4"), ("along", "true"));
        Assert.Equal(Status.Converged, outcome.Status);
        var row = outcome.Result.Rows("rows")[0];
        Assert.Equal([(300, 100), (300, 200), (600, 100), (600, 200)], row.Rows("measured").Select(one => ((int)((Datum.Plain)one["n"]).Value, (int)((Datum.Plain)one["edges"]).Value)));
        Assert.InRange(row.Quantity("inv_delta2_deviation").Value, -4, 4);
        Assert.All(outcome.Table("readings")["settled"].Values, settled => Assert.Equal(1, settled));
        Assert.False(Spiked(("n", "300"), ("diluted", "100,200"), ("trials", "2"), ("t", "10")).Result.Rows("rows")[0].Quantity("inv_delta2_limit").Exists);
    }

    private static Outcome Spiked(params (string Name, string Value)[] options) =>
        new ProbeRun().Execute(new(options.Append(("model", "spiked")).ToDictionary(option => option.Item1, option => option.Item2)), RunContext.Default);

    // exact: what is only theory needs no draw, and the two models do not share their options.
    [Fact]
    public void Theory_alone_draws_nothing()
    {
        var run = new ProbeRun();
        var retrieval = run.Execute(new(new Dictionary<string, string> { ["model"] = "phase-retrieval", ["theory"] = "true", ["alpha"] = "1,3" }), RunContext.Default);
        Assert.Equal(2.16668085, retrieval.Result.Quantity("alpha_bbp_initial").Value, 5e-9);
        Assert.Equal([false, true], retrieval.Result.Rows("rows").Select(row => row.Quantity("outlier").Exists));
        var spiked = run.Execute(new(new Dictionary<string, string> { ["model"] = "spiked", ["theory"] = "true", ["delta-p"] = "1" }), RunContext.Default);
        Assert.Equal(0.5, spiked.Result.Quantity("delta2_opening").Value, 1e-15);
        foreach (var (key, value) in new[] { ("alpha", "2"), ("n", "50"), ("a", "1"), ("diluted", "5"), ("along", "true") })
        {
            Assert.Throws<BadInputException>(() => run.Execute(new(new Dictionary<string, string> { ["model"] = "spiked", ["theory"] = "true", [key] = value }), RunContext.Default));
        }
    }

    private sealed class Hidden(ILandscape landscape) : ILandscape
    {
        public int Dimension => landscape.Dimension;

        public ReadOnlySpan<double> Signal => landscape.Signal;

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient) => landscape.Gradient(point, gradient);

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product) => landscape.HessianProduct(point, direction, product);
    }
}
