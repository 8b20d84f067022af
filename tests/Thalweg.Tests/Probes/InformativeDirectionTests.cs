// The probe on phase retrieval and on the spiked model: derivatives, readings against dense spectra, drawn instances against theory.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Geometry;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Threads;
using Thalweg.Probes;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;
using Thalweg.Spectra;
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

    // exact: a state of the slice has a negative direction when and only when the strength of its signal is above its own crossing, by Schur's complement. statistical(4 standard errors, one seed): the mean crossing at N = 60 is that of eq. (5) within its error and a bias of N^(-1/3).
    [Fact]
    public void States_of_the_spiked_model_open_where_their_crossing_says()
    {
        var outcome = new ProbeRun().Execute(new(new Dictionary<string, string> { ["model"] = "spiked", ["n"] = "40,60", ["trials"] = "12" }), RunContext.Default);
        Assert.Equal(Status.Converged, outcome.Status);
        var row = outcome.Result.Rows("rows")[0];
        double u = row.Quantity("inv_delta2_opening").Value, scale = Math.Sqrt(u + 2);
        Assert.Equal(2, u, 1e-14);
        double[] lowest = Values("lowest"), ratio = Values("ratio");
        Assert.All(Enumerable.Range(0, lowest.Length), k => Assert.Equal(lowest[k] < 0, ratio[k] * scale < u));
        Assert.Contains(lowest, value => value < 0);
        Assert.Contains(lowest, value => value > 0);
        var crossing = row.Rows("measured")[1].Quantity("inv_delta2_crossing");
        Assert.InRange(crossing.Value, u * (1 - Math.Pow(60, -1.0 / 3)) - 4 * crossing.Error, u * (1 + Math.Pow(60, -1.0 / 3)) + 4 * crossing.Error);

        double[] Values(string name) => outcome.Table("states")[name].Values;
    }

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
        foreach (var (key, value) in new[] { ("alpha", "2"), ("n", "50"), ("a", "1") })
        {
            Assert.Throws<BadInputException>(() => run.Execute(new(new Dictionary<string, string> { ["model"] = "spiked", ["theory"] = "true", [key] = value }), RunContext.Default));
        }
    }
}
