// Lanczos' method against the dense eigensolver: values, bounds, deflation, degenerate and small spaces.
using System;
using System.Linq;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Random;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class LanczosTests
{
    // exact: an eigenvalue lies within the residual; vectors are those of the dense solver up to residual over gap.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(200)]
    public void Lowest_pairs_are_those_of_the_dense_solver_within_their_bounds(int n)
    {
        double[] a = Matrix(n);
        var dense = SymmetricEigen.Of(a, n, wantVectors: true);
        foreach (double tolerance in new[] { 1e-3, 1e-6, 1e-12 })
        {
            var pairs = Lanczos.Lowest(n, Product(a, n), 3, tolerance);
            Assert.True(pairs.IsConverged);
            Assert.Equal(Math.Min(3, n), pairs.Values.Length);
            for (int k = 0; k < pairs.Values.Length; k++)
            {
                double error = dense.Values.ToArray().Min(value => Math.Abs(value - pairs.Values[k]));
                Assert.InRange(error, 0, pairs.Residuals[k]);
                Assert.Equal(1, Vectors.Length(pairs.Vectors[k]), 1e-14);
                if (tolerance < 1e-9)
                {
                    Assert.Equal(dense.Values[k], pairs.Values[k], 1e-13 * n);
                    Assert.Equal(1, Math.Abs(Vectors.Dot(dense.Vector(k), pairs.Vectors[k])), 1e-8);
                }
            }
        }
    }

    // The bounds are of use: a looser tolerance costs fewer products.
    [Fact]
    public void Looser_tolerances_cost_less_and_a_small_space_is_said()
    {
        double[] a = Matrix(200);
        int loose = Lanczos.Lowest(200, Product(a, 200), 1, 1e-2).Products, tight = Lanczos.Lowest(200, Product(a, 200), 1, 1e-12).Products;
        Assert.True(loose < tight && tight < 150, $"{loose} and {tight}");
        var cut = Lanczos.Lowest(200, Product(a, 200), 1, 1e-12, 10);
        Assert.False(cut.IsConverged);
        double lowest = SymmetricEigen.Of(a, 200).Values[0];
        Assert.InRange(cut.Values[0] - lowest, 0, cut.Residuals[0] * 3);
    }

    [Fact]
    public void What_is_deflated_is_not_found_again()
    {
        const int n = 50;
        double[] a = Matrix(n);
        var dense = SymmetricEigen.Of(a, n, wantVectors: true);
        var pairs = Lanczos.Lowest(n, Product(a, n), 2, 1e-12, 600, dense.Vector(0).ToArray(), dense.Vector(2).ToArray());
        Assert.Equal(dense.Values[1], pairs.Values[0], 1e-12);
        Assert.Equal(dense.Values[3], pairs.Values[1], 1e-12);
        Assert.Equal(0, Vectors.Dot(dense.Vector(0), pairs.Vectors[0]), 1e-14);
    }

    // Invariant spaces end early and are continued elsewhere, so that multiple eigenvalues are found with their multiplicity.
    [Fact]
    public void Multiple_eigenvalues_are_found_when_the_space_closes()
    {
        var pairs = Lanczos.Lowest(12, (v, result) =>
        {
            for (int i = 0; i < 12; i++)
            {
                result[i] = (i < 3 ? -1 : 2) * v[i];
            }
        }, 4);
        Assert.Equal([-1, -1, -1, 2], pairs.Values.Select(value => Math.Round(value, 12)));
        Assert.True(pairs.IsConverged);
        Assert.Equal(0, Vectors.Dot(pairs.Vectors[0], pairs.Vectors[1]), 1e-13);
        var zero = Lanczos.Lowest(5, (_, result) => result.Clear(), 2);
        Assert.Equal([0, 0], zero.Values);
        Assert.Throws<ArgumentOutOfRangeException>(() => Lanczos.Lowest(5, Product(a: new double[25], 5), 0));
    }

    private static double[] Matrix(int n)
    {
        var stream = new PhiloxStream((ulong)n, StreamPurpose.Matrix);
        var a = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                a[i * n + j] = a[j * n + i] = stream.NextNormal() / Math.Sqrt(n) * (i == j ? Math.Sqrt(2) : 1);
            }
        }

        return a;
    }

    private static SymmetricProduct Product(double[] a, int n) => (v, result) =>
    {
        for (int i = 0; i < n; i++)
        {
            result[i] = Vectors.Dot(a.AsSpan(i * n, n), v);
        }
    };
}
