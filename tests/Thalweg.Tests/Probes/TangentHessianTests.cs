// The Hessian in the tangent space: dense against operator, spectra, outliers, density, the semicircle.
using System;
using System.Linq;
using System.Threading;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Random;
using Thalweg.Probes;
using Thalweg.Tests.Descent;
using Xunit;

namespace Thalweg.Tests.Probes;

public class TangentHessianTests
{
    [Fact]
    public void Lowest_eigenpairs_end_when_they_are_told_to()
    {
        var landscape = new DrawnLandscape(SmallInstance.Draw(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2).ToModel(), 12, 11, 0));
        var hessian = new TangentHessian(landscape, GradientFlowTests.Start(12, 1));
        using var source = new CancellationTokenSource();
        Assert.True(hessian.Lowest(2, cancellation: source.Token).IsConverged);
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => hessian.Lowest(2, cancellation: source.Token));
    }

    // exact up to rounding: the matrix of products, the matrix of the landscape's Hessian and the enumeration's matrix are one; the radial direction is in none of them.
    [Fact]
    public void The_matrix_is_the_operator_in_the_tangent_space()
    {
        const int n = 12;
        var instance = SmallInstance.Draw(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2).ToModel(), n, 11, 0);
        var landscape = new DrawnLandscape(instance);
        double[] point = GradientFlowTests.Start(n, 1), gradient = new double[n], full = new double[n * n], expected = new double[(n - 1) * (n - 1)], radialImage = new double[n];
        foreach (double sign in new[] { 1.0, -1.0 })
        {
            point[0] = sign * Math.Abs(point[0]);
            var hessian = new TangentHessian(landscape, point);
            double[] matrix = hessian.Dense(), byProducts = new TangentHessian(new WithoutMatrix(landscape), point).Dense();
            instance.Evaluate(point, gradient, full, new double[instance.WorkspaceLength]);
            double radial = SmallInstance.ProjectGradient(point, gradient);
            SmallInstance.TangentHessian(point, full, radial, expected);
            for (int i = 0; i < matrix.Length; i++)
            {
                Assert.Equal(expected[i], matrix[i], 1e-12);
                Assert.Equal(expected[i], byProducts[i], 1e-12);
            }

            Assert.Equal(-radial, hessian.Multiplier, 1e-13);
            hessian.Product(point, radialImage);
            Assert.Equal(0, Vectors.Length(radialImage), 1e-13);

            double[] values = hessian.Eigenvalues();
            var lowest = hessian.Lowest(3);
            Assert.True(lowest.IsConverged);
            for (int k = 0; k < 3; k++)
            {
                Assert.InRange(Math.Abs(values[k] - lowest.Values[k]), 0, lowest.Residuals[k]);
                Assert.Equal(0, Vectors.Dot(lowest.Vectors[k], point), 1e-13);
                Assert.Equal(Vectors.Dot(lowest.Vectors[k], landscape.Signal), lowest.SignalOverlap[k]);
                Assert.Equal(lowest.SignalOverlap[k] * lowest.SignalOverlap[k] / (1 - point[0] * point[0]), lowest.DirectionOverlap2[k], 1e-14);
            }

            Assert.Equal(values.Count(value => value < 0), TangentHessian.Index(values));
        }
    }

    // exact: at an eigenvector the Hessian of a quadratic form has eigenvalues λ_k - λ_j, and its index is the number of the eigenvector.
    [Fact]
    public void A_quadratic_form_has_its_spectrum()
    {
        double[] values = [-1, 0, 0.25, 1.5, 4];
        var landscape = new QuadraticLandscape(values);
        for (int j = 0; j < 5; j++)
        {
            var point = new double[5];
            point[j] = 1;
            landscape.Reflect(point);
            var hessian = new TangentHessian(landscape, point);
            double[] expected = [.. values.Where((_, k) => k != j).Select(value => value - values[j])], found = hessian.Eigenvalues();
            Assert.Equal(j, TangentHessian.Index(found));
            for (int k = 0; k < 4; k++)
            {
                Assert.Equal(expected[k], found[k], 1e-14);
            }

            var lowest = hessian.Lowest(1);
            Assert.Equal(j == 0 ? 0 : 1, Math.Abs(lowest.SignalOverlap[0]), 1e-12);
            Assert.Equal(j > 0, lowest.DirectionOverlap2.Length > 0);
            Assert.InRange(new SpectralRadius(5).Of(hessian) / expected.Max(Math.Abs), 1, 1.1);
        }
    }

    // statistical(3 standard errors over the probes, one seed), and exact moments: the density of a known spectrum; its integral is one.
    [Fact]
    public void The_density_integrates_to_one_and_is_the_smeared_spectrum()
    {
        const int n = 400;
        const double width = 0.25;
        double[] values = Semicircle(n);
        var landscape = new QuadraticLandscape(values);
        var point = new double[n];
        point[0] = 1;
        landscape.Reflect(point);
        double[] spectrum = [.. values.Skip(1).Select(value => value - values[0])];
        var density = SpectralDensity.Of(new(landscape, point), 24, 40, 3);
        double integral = 0, outside = 0;
        const int points = 300;
        for (int i = 0; i <= points; i++)
        {
            double at = -3 + 10.0 * i / points;
            var (found, error) = density.At(at, width);
            double expected = spectrum.Average(value => Math.Exp(-0.5 * (value - at) * (value - at) / (width * width)) / (width * Math.Sqrt(2 * Math.PI)));
            outside += Math.Abs(found - expected) > 3 * error + 1e-6 ? 1.0 / points : 0;
            integral += found * 10 / points;
        }

        Assert.Equal(1, integral, 1e-12);
        Assert.InRange(outside, 0, 0.03);
        var (mean, meanError) = density.Mean(value => value);
        Assert.InRange(Math.Abs(mean - spectrum.Average()), 0, 3 * meanError);
        Assert.InRange(meanError, 1e-4, 0.05);
        Assert.Equal(1, density.Mean(_ => 1).Value, 1e-13);
    }

    // exact: at its own quantiles a law of n points is 1/(2n) away; shifts and scales are taken out.
    [Fact]
    public void The_distance_to_a_semicircle_is_that_of_Kolmogorov()
    {
        double[] quantiles = Semicircle(100);
        Assert.Equal(0.005, SemicircleDistance.Of(quantiles, 0, 1), 1e-9);
        Assert.Equal(0.005, SemicircleDistance.Of([.. quantiles.Select(q => 3 + 0.5 * q)], 3, 0.5), 1e-9);
        Assert.Equal(0.505, SemicircleDistance.Of(quantiles, 100, 1), 0.5);
        Assert.InRange(SemicircleDistance.Of(quantiles, 0.1, 1), 0.02, 0.04);
        Assert.Throws<ArgumentException>(() => SemicircleDistance.Of([1, 0], 0, 1));
    }

    // statistical(one draw): a random symmetric matrix of order 300 is near its law, and the eigenvalues have its trace and norm.
    [Fact]
    public void A_random_matrix_is_near_the_semicircle()
    {
        const int n = 300;
        var stream = new PhiloxStream(12, StreamPurpose.Matrix);
        var a = new double[n * n];
        double trace = 0, square = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                a[i * n + j] = a[j * n + i] = stream.NextNormal() * Math.Sqrt((i == j ? 2.0 : 1) / n);
                square += a[i * n + j] * a[i * n + j] * (i == j ? 1 : 2);
            }

            trace += a[i * n + i];
        }

        double[] values = SymmetricEigen.Of(a, n).Values.ToArray();
        Assert.InRange(SemicircleDistance.Of(values, 0, 1), 0, 0.02);
        Assert.Equal(trace, values.Sum(), 1e-11);
        Assert.Equal(square, values.Sum(value => value * value), 1e-10);
    }

    // The quantiles (i + 1/2)/n of the semicircle, by bisection.
    private static double[] Semicircle(int n)
    {
        var values = new double[n];
        for (int i = 0; i < n; i++)
        {
            double low = -2, high = 2;
            for (int k = 0; k < 60; k++)
            {
                double middle = 0.5 * (low + high);
                (low, high) = Spectra.Semicircle.Distribution(middle) < (i + 0.5) / n ? (middle, high) : (low, middle);
            }

            values[i] = low;
        }

        return values;
    }

    private sealed class WithoutMatrix(ILandscape landscape) : ILandscape
    {
        public int Dimension => landscape.Dimension;

        public ReadOnlySpan<double> Signal => landscape.Signal;

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient) => landscape.Gradient(point, gradient);

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product) => landscape.HessianProduct(point, direction, product);
    }
}
