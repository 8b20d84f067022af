// The elimination without allocations against its allocating twin.
using System;
using Thalweg.Numerics.LinearAlgebra;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class InPlaceEliminationTests
{
    [Fact]
    public void Agrees_with_the_factorisation()
    {
        for (int n = 1; n <= 8; n++)
        {
            double[] matrix = new double[n * n], sides = new double[2 * n], first = new double[n], second = new double[n];
            for (int i = 0; i < n * n; i++)
            {
                matrix[i] = Math.Sin(1 + 7 * i * i);
            }

            for (int i = 0; i < n; i++)
            {
                sides[2 * i] = first[i] = Math.Cos(i);
                sides[2 * i + 1] = second[i] = Math.Cos(3 * i + 1);
            }

            var lu = DenseLu.Of(matrix, n);
            lu.Solve(first);
            lu.Solve(second);
            double determinant = InPlaceElimination.Solve((double[])matrix.Clone(), sides, n, 2);

            // exact but for the order of the roundings.
            Assert.Equal(lu.Determinant, determinant, 1e-12 * Math.Abs(determinant));
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(first[i], sides[2 * i], 1e-10);
                Assert.Equal(second[i], sides[2 * i + 1], 1e-10);
            }
        }
    }

    [Fact]
    public void A_singular_matrix_has_determinant_zero()
    {
        Assert.Equal(0, InPlaceElimination.Solve((double[])[0, 0, 1, 1], new double[2], 2));
        Assert.Throws<ArgumentException>(() => InPlaceElimination.Solve(new double[4], new double[3], 2));
    }

    [Fact]
    public void A_random_system_agrees_with_the_factorisation()
    {
        var random = new Random(3);
        var a = new double[49];
        var b = new double[7];
        Array.ForEach(new[] { a, b }, x =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = 2 * random.NextDouble() - 1;
            }
        });
        double[] expected = [.. b];
        DenseLu.Of(a, 7).Solve(expected);
        Assert.Equal(DenseLu.Of(a, 7).Determinant, InPlaceElimination.Solve([.. a], b, 7), 1e-13);
        for (int i = 0; i < 7; i++)
        {
            Assert.Equal(expected[i], b[i], 1e-13);
        }

        Assert.Equal(0, InPlaceElimination.Solve(new double[4], new double[2], 2));
    }
}
