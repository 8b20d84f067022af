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
}
