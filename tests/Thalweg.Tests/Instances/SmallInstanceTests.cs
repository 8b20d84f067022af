// A drawn landscape: derivatives by slope test, covariance and signal of the noise as promised.
using System;
using System.Linq;
using Thalweg.Instances;
using Thalweg.Models;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Random;
using Thalweg.Results;
using Thalweg.Tests.Docs;
using Xunit;

namespace Thalweg.Tests.Instances;

public class SmallInstanceTests
{
    private static readonly Model Rich = new("test", MixtureParser.Parse("0.3 x + 0.5 x^2 + 0.4 x^3 + 0.2 x^4 + 0.1 x^6"), MixtureParser.Parse("0.7 x + 0.5 x^2 + 0.9 x^5"));

    // converged(order 2): the error of central differences falls by 4 from h to h/2; the polynomial has degree 6, so extrapolation leaves O(h^4) = 1e-12 and rounding 1e-12.
    [Fact]
    public void Gradient_and_hessian_follow_the_slope_test()
    {
        const int n = 4;
        const double h = 1e-3;
        var instance = SmallInstance.Draw(Rich, n, 3, 0);
        var stream = new PhiloxStream(3, StreamPurpose.Start);
        double[] point = new double[n], gradient = new double[n], hessian = new double[n * n];
        stream.FillUnitVector(point);
        Evaluate(instance, point, gradient, hessian);
        for (int i = 0; i < n; i++)
        {
            var (coarse, coarseGradient) = Difference(instance, point, i, h);
            var (fine, fineGradient) = Difference(instance, point, i, h / 2);
            Assert.Equal(gradient[i], (4 * fine - coarse) / 3, 1e-9);
            for (int j = 0; j < n; j++)
            {
                Assert.Equal(hessian[j * n + i], (4 * fineGradient[j] - coarseGradient[j]) / 3, 1e-9);
            }
        }
    }

    // converged(order 2): along a geodesic σ cos t + v sin t the second derivative at a stationary point or not is v^T (Riemannian Hessian) v.
    [Fact]
    public void Tangent_hessian_is_the_second_derivative_along_geodesics()
    {
        const int n = 5;
        const double h = 2e-3;
        var instance = SmallInstance.Draw(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2).ToModel(), n, 4, 0);
        var stream = new PhiloxStream(4, StreamPurpose.Start);
        double[] point = new double[n], gradient = new double[n], hessian = new double[n * n], tangent = new double[(n - 1) * (n - 1)], basis = new double[n * n];
        foreach (double flip in new[] { 1.0, -1.0 })
        {
            stream.FillUnitVector(point);
            point[0] = flip * Math.Abs(point[0]);
            double value = Evaluate(instance, point, gradient, hessian), radial = SmallInstance.ProjectGradient(point, gradient);
            SmallInstance.TangentHessian(point, hessian, radial, tangent);
            double trace = 0;
            for (int a = 1; a < n; a++)
            {
                // The image of e_a under the reflection of the docstring: e_a - β u u_a.
                double[] v = [.. point.Select((x, i) => (i == a ? 1 : 0) - (x + (i == 0 ? flip : 0)) * point[a] / (1 + Math.Abs(point[0])))];
                Assert.Equal(1, v.Sum(x => x * x), 1e-14);
                Assert.Equal(0, v.Zip(point, (x, y) => x * y).Sum(), 1e-14);
                double Second(double t) => (Along(instance, point, v, t) - 2 * value + Along(instance, point, v, -t)) / (t * t);
                Assert.Equal(tangent[(a - 1) * n], (4 * Second(h / 2) - Second(h)) / 3, 2e-8);
                trace += tangent[(a - 1) * n];
            }

            Assert.Equal(trace, SymmetricEigen.Of(tangent, n - 1).Values.ToArray().Sum(), 1e-12);
        }
    }

    // statistical(z = 4.5, 20000 instances, one seed): the noise at two points is Gaussian with covariance [Q(1), Q(C); Q(C), Q(1)]/N, so the sample covariance has variance
    // (Q(1)² + Q(C)²)/(N² n).
    [TestsEquation(Papers.BigBadMinima, 3)]
    [Fact]
    public void Noise_has_covariance_Q_of_the_overlap_at_finite_N()
    {
        const int n = 3, draws = 20_000;
        double[] a = [1, 0, 0], b = [0.6, 0, 0.8], gradient = new double[n], hessian = new double[n * n];
        double product = 0, square = 0, mean = 0, signal = Rich.Signal.Q(1), other = Rich.Signal.Q(0.6);
        for (int i = 0; i < draws; i++)
        {
            var instance = SmallInstance.Draw(Rich, n, 5, (uint)i);
            double x = Evaluate(instance, a, gradient, hessian) + signal, y = Evaluate(instance, b, gradient, hessian) + other;
            mean += x / draws;
            product += x * y / draws;
            square += y * y / draws;
        }

        double q0 = Rich.Noise.AtOne / n, qc = Rich.Noise.Q(0.6) / n, z = 4.5 / Math.Sqrt(draws);
        Assert.Equal(0, mean, z * Math.Sqrt(q0));
        Assert.Equal(qc, product, z * Math.Sqrt(q0 * q0 + qc * qc));
        Assert.Equal(q0, square, z * Math.Sqrt(2) * q0);
    }

    [Fact]
    public void Draws_are_reproducible_and_misuse_is_refused()
    {
        double[] point = [0.6, 0.8], gradient = new double[2], hessian = new double[4];
        double first = Evaluate(SmallInstance.Draw(Rich, 2, 6, 1), point, gradient, hessian);
        Assert.Equal(first, Evaluate(SmallInstance.Draw(Rich, 2, 6, 1), point, gradient, hessian));
        Assert.NotEqual(first, Evaluate(SmallInstance.Draw(Rich, 2, 6, 2), point, gradient, hessian));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmallInstance.Draw(Rich, 1, 6, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmallInstance.Draw(Rich, 100, 6, 1));
    }

    private static double Evaluate(SmallInstance instance, double[] point, double[] gradient, double[] hessian) =>
        instance.Evaluate(point, gradient, hessian, new double[instance.WorkspaceLength]);

    private static (double Value, double[] Gradient) Difference(SmallInstance instance, double[] point, int i, double h)
    {
        int n = point.Length;
        double[] up = [.. point], down = [.. point], gradientUp = new double[n], gradientDown = new double[n], hessian = new double[n * n];
        up[i] += h;
        down[i] -= h;
        double value = (Evaluate(instance, up, gradientUp, hessian) - Evaluate(instance, down, gradientDown, hessian)) / (2 * h);
        return (value, [.. gradientUp.Zip(gradientDown, (x, y) => (x - y) / (2 * h))]);
    }

    private static double Along(SmallInstance instance, double[] point, double[] direction, double t)
    {
        int n = point.Length;
        double[] moved = [.. point.Zip(direction, (x, v) => x * Math.Cos(t) + v * Math.Sin(t))];
        return Evaluate(instance, moved, new double[n], new double[n * n]);
    }
}
