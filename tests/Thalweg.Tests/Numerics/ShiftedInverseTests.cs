// Cholesky's factorisation, the rows it is made of, eigenpairs by a shifted inverse, and fits of linear models.
using System;
using System.Linq;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Series;
using Thalweg.Numerics.Statistics;
using Thalweg.Numerics.Threads;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class ShiftedInverseTests
{
    // A symmetric matrix with a long upper tail: Σ_k w_k x_k x_k^T - 1 with w_k = k².
    private static double[] Matrix(int n, ulong seed)
    {
        double[] matrix = new double[n * n], x = new double[n];
        var stream = new PhiloxStream(seed, StreamPurpose.Start);
        for (int k = 0; k < 2 * n; k++)
        {
            stream.FillUnitVector(x);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    matrix[j * n + i] = matrix[i * n + j] += k * k * (x[i] * x[j]) / n;
                }
            }
        }

        for (int i = 0; i < n; i++)
        {
            matrix[i * n + i]--;
        }

        return matrix;
    }

    // exact, to the bit: vectors and plain loops see the same operations, for widths that are no multiple of a vector.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 5)]
    [InlineData(37, 64)]
    public void Rows_of_products_have_the_bits_of_their_plain_twin(int columns, int depth)
    {
        const int stride = 41, width = 43;
        double[] c = new double[4 * stride], a = new double[4 * depth], b = new double[depth * width];
        var stream = new PhiloxStream(3, StreamPurpose.Start);
        foreach (double[] list in new[] { c, a, b })
        {
            stream.FillNormal(list);
        }

        double[] plain = [.. c];
        RankUpdateKernel.Four(c, stride, a, b, width, depth, columns);
        RankUpdateKernel.Plain(plain, stride, a, b, width, depth, columns);
        Assert.Equal(plain, c);
        Assert.Throws<ArgumentException>(() => RankUpdateKernel.Four(new double[10], stride, a, b, width, depth, columns));
    }

    // exact up to rounding, n³ units of it: L L^T is the matrix, solutions solve. To the bit for any threads. A matrix with a negative eigenvalue has no factor.
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(150)]
    [InlineData(701)]
    public void Cholesky_solves_and_refuses(int n)
    {
        double[] matrix = Matrix(n, 5);
        for (int i = 0; i < n; i++)
        {
            matrix[i * n + i] += 3;
        }

        double[] alone = [.. matrix], shared = [.. matrix], x = new double[n], b = new double[n];
        new PhiloxStream(7, StreamPurpose.Start).FillUnitVector(x);
        for (int i = 0; i < n; i++)
        {
            b[i] = Vectors.Dot(matrix.AsSpan(i * n, n), x);
        }

        using var team = new ThreadTeam(3);
        var factor = BlockedCholesky.InPlace(alone, n)!;
        Assert.NotNull(BlockedCholesky.InPlace(shared, n, team));
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(alone.AsSpan(i * n, i + 1), shared.AsSpan(i * n, i + 1));
        }

        factor.Solve(b);
        Assert.All(Enumerable.Range(0, n), i => Assert.Equal(x[i], b[i], 1e-9));
        matrix[(n / 2) * n + n / 2] = -1;
        Assert.Null(BlockedCholesky.InPlace(matrix, n));
        Assert.Null(BlockedCholesky.InPlace([.. Enumerable.Repeat(double.NaN, n * n)], n));
    }

    // exact up to rounding: the lowest pairs are those of the full decomposition, also with a direction removed, where they are those of the projected matrix.
    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(200)]
    public void Lowest_pairs_are_those_of_the_full_decomposition(int n)
    {
        double[] matrix = Matrix(n, 11), direction = new double[n];
        new PhiloxStream(2, StreamPurpose.Start).FillUnitVector(direction);
        var all = SymmetricEigen.Of(matrix, n);
        var inverse = ShiftedInverse.Of(matrix, n);
        Assert.True(inverse.Shift < all.Values[0]);
        double size = all.Values[^1];
        var pairs = inverse.Lowest(2, 1e-9);
        Assert.True(pairs.IsConverged);
        Assert.All(Enumerable.Range(0, 2), k => Assert.Equal(all.Values[k], pairs.Values[k], 1e-12 * size + 1e-8));

        // P A P with its zero along the direction moved above the rest.
        double[] projected = new double[n * n], row = new double[n];
        for (int i = 0; i < n; i++)
        {
            Array.Clear(row);
            row[i] = 1;
            Vectors.Add(-direction[i], direction, row);
            double[] image = [.. Enumerable.Range(0, n).Select(j => Vectors.Dot(matrix.AsSpan(j * n, n), row))];
            Vectors.Add(-Vectors.Dot(direction, image) + 2 * size * direction[i], direction, image);
            image.CopyTo(projected, i * n);
        }

        var without = inverse.Lowest(1, 1e-9, direction);
        Assert.Equal(SymmetricEigen.Of(projected, n).Values[0], without.Values[0], 1e-12 * size + 1e-8);
        Assert.Equal(0, Vectors.Dot(direction, without.Vectors[0]), 1e-9);
        Assert.InRange(without.Values[0], all.Values[0] - 1e-8, all.Values[1] + 1e-8);
    }

    // exact: a line through exact values, errors of a mean by hand, and a scatter that is larger than the errors say.
    [Fact]
    public void A_linear_model_is_fitted_with_its_errors()
    {
        double[] x = [1, 2, 3, 5], ones = [1, 1, 1, 1], errors = [0.1, 0.1, 0.2, 0.2];
        var line = LeastSquares.Fit([ones, x], [.. x.Select(item => 2 - 3 * item)], errors);
        Assert.Equal(2, line.Coefficients[0], 1e-12);
        Assert.Equal(-3, line.Coefficients[1], 1e-12);
        Assert.Equal((2, 0.0, 1.0), (line.Freedom, Math.Round(line.ChiSquare, 12), line.Scatter));
        var (value, error) = PolynomialFit.Weighted(x, [0.3, 0.1, 0.5, 0.2], errors, 1, 0);
        var other = LeastSquares.Fit([ones, x], [0.3, 0.1, 0.5, 0.2], errors);
        Assert.Equal(value, other.Coefficients[0], 1e-12);
        Assert.Equal(error, other.Errors[0], 1e-12);
        var mean = LeastSquares.Fit([[1, 1]], [0, 1], [0.1, 0.1]);
        Assert.Equal((0.5, 50.0, Math.Sqrt(50)), (Math.Round(mean.Coefficients[0], 12), Math.Round(mean.ChiSquare, 9), Math.Round(mean.Scatter, 12)), (a, b) => Math.Abs(a.Item3 - b.Item3) < 1e-9 && a.Item1 == b.Item1 && a.Item2 == b.Item2);
        Assert.Equal(0.1 / Math.Sqrt(2), mean.Errors[0], 1e-15);
        Assert.Throws<ArgumentException>(() => LeastSquares.Fit([ones, ones], [1, 2, 3, 4], errors));
        Assert.Throws<ArgumentException>(() => LeastSquares.Fit([[1], [2]], [1], [1]));
    }
}
