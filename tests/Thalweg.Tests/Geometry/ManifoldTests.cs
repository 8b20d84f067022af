// What every manifold promises: projections, retractions, transports, normals, and the Hessian that it makes of a flat one.
using System;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Probes;
using Thalweg.Problems.Factorization;
using Xunit;

namespace Thalweg.Tests.Geometry;

/// <summary>The laws of an embedded manifold, on each that there is.</summary>
public class ManifoldTests
{
    private static readonly IManifold[] All =
    [
        new EuclideanSpace(7), new UnitSphere(6), new Oblique(3, 4), new Stiefel(3, 5), new Stiefel(4, 4), new FactorQuotient(3, 6), new ProductManifold(new UnitSphere(3), new EuclideanSpace(2), new Stiefel(2, 4)),
    ];

    /// <summary>Their places in the list.</summary>
    public static TheoryData<int> Which => [.. Enumerable.Range(0, All.Length)];

    // exact, to rounding.
    [Theory]
    [MemberData(nameof(Which))]
    public void Projections_are_orthogonal_and_normals_complete(int which)
    {
        var manifold = All[which];
        double[] point = Point(manifold, 1), v = Vector(manifold, 2), w = Vector(manifold, 3), pv = [.. v], pw = [.. w];
        manifold.Project(point, pv);
        manifold.Project(point, pw);
        Assert.Equal(Vectors.Dot(pv, w), Vectors.Dot(v, pw), 1e-13);
        double[] twice = [.. pv];
        manifold.Project(point, twice);
        Equal(pv, twice, 1e-13);
        double[][] normals = manifold.Normals(point);
        Assert.Equal(manifold.AmbientDimension - manifold.Dimension, normals.Length);
        double[] rest = [.. v];
        foreach (double[] normal in normals)
        {
            Assert.Equal(1, Vectors.Length(normal), 1e-13);
            Assert.Equal(0, Vectors.Dot(normal, pv), 1e-13);
            Assert.All(normals.Where(other => other != normal), other => Assert.Equal(0, Vectors.Dot(normal, other), 1e-13));
            Vectors.Add(-Vectors.Dot(normal, v), normal, rest);
        }

        Equal(pv, rest, 1e-12);
    }

    // converged(order 2): R(tv) = x + tv + O(t²), on the manifold; its second derivative is normal, so that it follows the geodesic to second order.
    [Theory]
    [MemberData(nameof(Which))]
    public void Retractions_follow_the_tangent_and_stay_on_the_manifold(int which)
    {
        var manifold = All[which];
        double[] point = Point(manifold, 4), v = Vector(manifold, 5), forth = new double[v.Length], back = new double[v.Length], again = new double[v.Length];
        manifold.Project(point, v);
        const double t = 1e-3;
        manifold.Retract(point, v, t, forth);
        manifold.Retract(point, v, -t, back);
        forth.CopyTo(again, 0);
        manifold.Normalise(again);
        Equal(forth, again, 1e-14);
        double[] velocity = [.. forth.Zip(back, (a, b) => (a - b) / (2 * t))], acceleration = [.. forth.Zip(back, (a, b) => a + b).Zip(point, (sum, x) => (sum - 2 * x) / (t * t))];
        double size = Vectors.Length(v);
        Equal(v, velocity, 10 * t * t * size * size * size);
        manifold.Project(point, acceleration);
        Equal(new double[v.Length], acceleration, 100 * t * size * size * size);
        double[] aliased = [.. point];
        manifold.Retract(aliased, v, t, aliased);
        Assert.Equal(forth, aliased);
    }

    [Theory]
    [MemberData(nameof(Which))]
    public void Transported_vectors_are_tangent(int which)
    {
        var manifold = All[which];
        double[] from = Point(manifold, 6), v = Vector(manifold, 7), to = new double[v.Length];
        manifold.Project(from, v);
        manifold.Retract(from, v, 0.1, to);
        double[] carried = [.. v], projected = [.. v];
        manifold.Transport(from, to, carried);
        projected = [.. carried];
        manifold.Project(to, projected);
        Equal(carried, projected, 1e-13);
    }

    // converged(order 3): a random cubic polynomial that is restricted to the manifold; for the quotient, one that the rotations leave as it is.
    [Theory]
    [MemberData(nameof(Which))]
    public void The_Hessian_is_the_second_derivative_along_retractions(int which)
    {
        var manifold = All[which];
        ILandscape landscape = manifold is FactorQuotient ? new Gram(3, 6) : new Cubic(manifold.AmbientDimension);
        var check = DerivativeCheck.Of(landscape, manifold, Point(manifold, 8));
        Assert.True(check.Value.Holds, $"{check.Value.Order}");
        Assert.True(check.Curvature.Holds, $"{check.Curvature.Order}");
        Assert.InRange(check.Asymmetry, 0, 1e-12);
    }

    // exact: the spectrum of the quotient is that of the flat space without the zeros of the rotations, at a critical point.
    [Fact]
    public void A_quotient_takes_the_zeros_of_its_symmetry_away()
    {
        var problem = new PositiveFactorization(8, 3, [3, 2, 1], 5);
        double[] point = problem.KnownPoints.Single(known => known.Name == "{1,2,3}").Point;
        double[] flat = [.. new LocalModel(problem.Open(), problem.Manifold, point).Spectrum().Values], quotient = [.. new LocalModel(problem.Open(), new FactorQuotient(3, 8), point).Spectrum().Values];
        Assert.Equal(flat.Length - 3, quotient.Length);
        Equal([.. flat.Where(value => Math.Abs(value) > 1e-9)], quotient, 1e-11);
    }

    [Fact]
    public void Sizes_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EuclideanSpace(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UnitSphere(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Oblique(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Stiefel(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FactorQuotient(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProductManifold());
        Assert.Throws<ArgumentException>(() => new LocalModel(new Cubic(3), new UnitSphere(4), new double[3]));
    }

    private static double[] Point(IManifold manifold, ulong seed)
    {
        double[] point = Vector(manifold, seed);
        manifold.Normalise(point);
        return point;
    }

    private static double[] Vector(IManifold manifold, ulong seed)
    {
        double[] vector = new double[manifold.AmbientDimension];
        new PhiloxStream(seed, StreamPurpose.Start).FillNormal(vector);
        return vector;
    }

    private static void Equal(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    // Σ c_i x_i + Σ (x_i x_{i+1} + x_i² x_{i+2}/3) with cyclic indices.
    private sealed class Cubic(int n) : ILandscape
    {
        public int Dimension => n;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient.Clear();
            double value = 0;
            for (int i = 0; i < n; i++)
            {
                int j = (i + 1) % n, k = (i + 2) % n;
                value += Math.Sin(i) * point[i] + point[i] * point[j] + point[i] * point[i] * point[k] / 3;
                gradient[i] += Math.Sin(i) + point[j] + 2 * point[i] * point[k] / 3;
                gradient[j] += point[i];
                gradient[k] += point[i] * point[i] / 3;
            }

            return value;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            product.Clear();
            for (int i = 0; i < n; i++)
            {
                int j = (i + 1) % n, k = (i + 2) % n;
                product[i] += direction[j] + 2 * (direction[i] * point[k] + point[i] * direction[k]) / 3;
                product[j] += direction[i];
                product[k] += 2 * point[i] * direction[i] / 3;
            }
        }
    }

    // ¼|U^T U|² + ½ Σ_k ⟨u_k,D u_k⟩, which rotations of the columns leave as it is.
    private sealed class Gram(int rank, int length) : ILandscape
    {
        public int Dimension => rank * length;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            double value = 0;
            for (int k = 0; k < rank; k++)
            {
                var row = gradient.Slice(k * length, length);
                for (int i = 0; i < length; i++)
                {
                    row[i] = i * point[k * length + i];
                    value += 0.5 * row[i] * point[k * length + i];
                }

                for (int l = 0; l < rank; l++)
                {
                    double dot = Vectors.Dot(point.Slice(k * length, length), point.Slice(l * length, length));
                    value += 0.25 * dot * dot;
                    Vectors.Add(dot, point.Slice(l * length, length), row);
                }
            }

            return value;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            for (int k = 0; k < rank; k++)
            {
                ReadOnlySpan<double> u = point.Slice(k * length, length), d = direction.Slice(k * length, length);
                var row = product.Slice(k * length, length);
                for (int i = 0; i < length; i++)
                {
                    row[i] = i * d[i];
                }

                for (int l = 0; l < rank; l++)
                {
                    ReadOnlySpan<double> v = point.Slice(l * length, length), e = direction.Slice(l * length, length);
                    Vectors.Add(Vectors.Dot(d, v) + Vectors.Dot(u, e), v, row);
                    Vectors.Add(Vectors.Dot(u, v), e, row);
                }
            }
        }
    }
}
