// The geometry of the sphere: projection, retraction, transport and the Riemannian Hessian by slope test.
using System;
using Thalweg.Geometry;
using Thalweg.Instances;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Tests.Descent;
using Xunit;

namespace Thalweg.Tests.Geometry;

public class SphereTests
{
    private const int N = 9;
    private readonly double[] point = Unit(1), other = Unit(2), first = Unit(3), second = Unit(4);

    [Fact]
    public void Projection_retraction_and_transport_do_what_they_say()
    {
        Sphere.Project(point, first);
        Sphere.Project(point, second);
        Assert.Equal(0, Vectors.Dot(point, first), 1e-15);
        double product = Vectors.Dot(first, second), length = Vectors.Length(first);
        double[] moved = new double[N], a = [.. first], b = [.. second];
        Sphere.Transport(point, other, a);
        Sphere.Transport(point, other, b);
        Assert.Equal(0, Vectors.Dot(other, a), 1e-15);
        Assert.Equal(product, Vectors.Dot(a, b), 1e-15);
        Assert.Equal(length, Vectors.Length(a), 1e-15);

        // converged(order 3): the retraction leaves the geodesic cos(t) σ + sin(t) v/|v| at third order.
        double[] distances = new double[2];
        for (int k = 0; k < 2; k++)
        {
            double t = 1e-2 / (1 << k);
            Sphere.Retract(point, first, t / length, moved);
            Assert.Equal(1, Vectors.Length(moved), 1e-15);
            Vectors.Add(-Math.Cos(t), point, moved);
            Vectors.Add(-Math.Sin(t) / length, first, moved);
            distances[k] = Vectors.Length(moved);
        }

        Assert.Equal(3, Math.Log2(distances[0] / distances[1]), 0.01);
    }

    // converged(orders 2 and 3): ℓ along a geodesic against its Taylor polynomial with the Riemannian gradient, and with the Hessian besides.
    [Fact]
    public void Gradient_and_hessian_follow_the_slope_test()
    {
        var landscape = new DrawnLandscape(SmallInstance.Draw(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2).ToModel(), N, 8, 0));
        double[] gradient = new double[N], image = new double[N], moved = new double[N], unused = new double[N];
        double value = landscape.Gradient(point, gradient), radial = Sphere.Project(point, gradient);
        Sphere.Project(point, first);
        Sphere.Normalise(first);
        landscape.HessianProduct(point, first, image);
        Sphere.CorrectHessianProduct(point, radial, first, image);
        double slope = Vectors.Dot(gradient, first), curvature = Vectors.Dot(image, first);
        double[] linear = new double[5], quadratic = new double[5];
        for (int k = 0; k < 5; k++)
        {
            double t = 0.02 / (1 << k);
            point.CopyTo(moved, 0);
            Vectors.Scale(Math.Cos(t), moved);
            Vectors.Add(Math.Sin(t), first, moved);
            double change = landscape.Gradient(moved, unused) - value - t * slope;
            (linear[k], quadratic[k]) = (change, change - 0.5 * t * t * curvature);
        }

        Assert.Equal(2, Math.Log2(linear[3] / linear[4]), 0.05);
        Assert.Equal(3, Math.Log2(quadratic[3] / quadratic[4]), 0.05);
    }

    private static double[] Unit(ulong seed)
    {
        var v = new double[N];
        new PhiloxStream(seed, StreamPurpose.Start).FillUnitVector(v);
        return v;
    }
}
