// The small symmetric eigensolver: closed forms, residuals, orthogonality, invariants.
using System;
using Thalweg.Numerics.LinearAlgebra;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class SymmetricEigenTests
{
    // exact up to rounding: the matrix with diagonal 2 and neighbours -1 has eigenvalues 2 - 2 cos(kπ/(n+1)).
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(100)]
    public void Second_difference_has_its_closed_form(int n)
    {
        var a = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            a[i * n + i] = 2;
            if (i > 0)
            {
                a[i * n + i - 1] = a[(i - 1) * n + i] = -1;
            }
        }

        var eigen = SymmetricEigen.Of(a, n);
        for (int k = 0; k < n; k++)
        {
            Assert.Equal(2 - 2 * Math.Cos((k + 1) * Math.PI / (n + 1)), eigen.Values[k], 2e-15 * (4 + n / 10.0));
        }
    }

    // converged(n roundings of the largest eigenvalue): residual A v - λ v, orthogonality, trace and squared norm.
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 1e-8)]
    [InlineData(3, 1e150)]
    [InlineData(6, 1.0)]
    [InlineData(25, 1.0)]
    [InlineData(60, 1e-150)]
    public void Random_matrices_are_decomposed(int n, double scale)
    {
        var random = new Random(n);
        var a = new double[n * n];
        double trace = 0, square = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                a[i * n + j] = a[j * n + i] = scale * (2 * random.NextDouble() - 1);
            }
        }

        var eigen = SymmetricEigen.Of(a, n, wantVectors: true);
        double norm = Math.Max(Math.Abs(eigen.Values[0]), Math.Abs(eigen.Values[n - 1])), tolerance = 1e-15 * (4 + n);
        for (int k = 0; k < n; k++)
        {
            trace += (eigen.Values[k] - a[k * n + k]) / norm;
            square += eigen.Values[k] / norm * (eigen.Values[k] / norm);
            Assert.True(k == 0 || eigen.Values[k - 1] <= eigen.Values[k]);
            for (int i = 0; i < n; i++)
            {
                double residual = -eigen.Values[k] / norm * eigen.Vector(k)[i], overlap = 0;
                for (int j = 0; j < n; j++)
                {
                    residual += a[i * n + j] / norm * eigen.Vector(k)[j];
                    overlap += eigen.Vector(k)[j] * eigen.Vector(i)[j];
                    square -= k == 0 ? a[i * n + j] / norm * (a[i * n + j] / norm) : 0;
                }

                Assert.Equal(0, residual, tolerance);
                Assert.Equal(i == k ? 1 : 0, overlap, tolerance);
            }
        }

        Assert.Equal(0, trace, n * tolerance);
        Assert.Equal(0, square, n * tolerance);
        Assert.Equal(SymmetricEigen.Of(a, n).Values.ToArray(), eigen.Values.ToArray());
    }

    [Fact]
    public void Degenerate_and_split_matrices_are_no_trouble()
    {
        // The projector u u^T/|u|² plus the unit matrix: eigenvalues 1 (four times) and 2; and a block diagonal matrix.
        double[] u = [1, -2, 3, 0, 1];
        var a = new double[25];
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                a[i * 5 + j] = u[i] * u[j] / 15 + (i == j ? 1 : 0);
            }
        }

        double[] values = SymmetricEigen.Of(a, 5).Values.ToArray();
        for (int k = 0; k < 5; k++)
        {
            Assert.Equal(k == 4 ? 2 : 1, values[k], 2e-15);
        }

        double[] block = [0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 2, 0];
        double[] expected = [-2, -1, 1, 2];
        double[] found = SymmetricEigen.Of(block, 4).Values.ToArray();
        for (int k = 0; k < 4; k++)
        {
            Assert.Equal(expected[k], found[k], 1e-15);
        }

        Assert.Equal(new double[3], SymmetricEigen.Of(new double[9], 3).Values.ToArray());
    }

    // exact: memory that was used before changes no bit.
    [Fact]
    public void Decompositions_in_place_have_the_same_bits()
    {
        const int n = 12;
        var random = new Random(3);
        double[] basis = new double[n * n], work = new double[n * n];
        for (int repeat = 0; repeat < 3; repeat++)
        {
            for (int i = 0; i < n * n; i++)
            {
                work[i] = random.NextDouble();
            }

            var expected = SymmetricEigen.Of(work, n, wantVectors: true);
            var found = SymmetricEigen.InPlace(work, n, basis);
            Assert.Equal(expected.Values, found.Values);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(expected.Vector(i), found.Vector(i));
            }
        }
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SymmetricEigen.InPlace(new double[4], 2, new double[3]));
        Assert.Throws<ArgumentException>(() => SymmetricEigen.Of(new double[3], 2));
        Assert.Throws<ArgumentException>(() => SymmetricEigen.Of([double.NaN], 1));
        Assert.Throws<InvalidOperationException>(() => SymmetricEigen.Of([1], 1).Vector(0).Length);
    }
}
