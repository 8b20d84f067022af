// Gaussian elimination with partial pivoting on the caller's memory: for the inner loop of a Newton iteration, which must not allocate.
using System;

namespace Thalweg.Numerics.LinearAlgebra;

/// <summary>Solves A X = B for a small square matrix and overwrites both; <see cref="DenseLu"/> is its allocating twin that keeps the factors.</summary>
public static class InPlaceElimination
{
    /// <summary>Replaces B by A⁻¹B and destroys A.</summary>
    /// <param name="matrix">[i, j] row-major, n × n, finite; destroyed.</param>
    /// <param name="sides">[i, k] row-major, n × columns: the right-hand sides, overwritten by the solutions.</param>
    /// <param name="n">The order of the matrix, ≥ 1.</param>
    /// <param name="columns">The number of right-hand sides, ≥ 1.</param>
    /// <returns>det A with its sign; zero when a pivot vanishes, and then the right-hand sides hold nothing of use. O(n³ + n² columns), no allocation.</returns>
    /// <exception cref="ArgumentException">A span of another length.</exception>
    public static double Solve(Span<double> matrix, Span<double> sides, int n, int columns = 1)
    {
        if (matrix.Length != n * n || sides.Length != n * columns)
        {
            throw new ArgumentException($"{matrix.Length} and {sides.Length} entries are no system of order {n} with {columns} right-hand sides", nameof(matrix));
        }

        double determinant = 1;
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
            {
                if (Math.Abs(matrix[i * n + k]) > Math.Abs(matrix[pivot * n + k]))
                {
                    pivot = i;
                }
            }

            if (matrix[pivot * n + k] == 0)
            {
                return 0;
            }

            if (pivot != k)
            {
                Swap(matrix, pivot, k, n);
                Swap(sides, pivot, k, columns);
                determinant = -determinant;
            }

            determinant *= matrix[k * n + k];
            for (int i = k + 1; i < n; i++)
            {
                double factor = matrix[i * n + k] / matrix[k * n + k];
                for (int j = k + 1; j < n; j++)
                {
                    matrix[i * n + j] -= factor * matrix[k * n + j];
                }

                for (int j = 0; j < columns; j++)
                {
                    sides[i * columns + j] -= factor * sides[k * columns + j];
                }
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = 0; j < columns; j++)
            {
                double sum = sides[i * columns + j];
                for (int k = i + 1; k < n; k++)
                {
                    sum -= matrix[i * n + k] * sides[k * columns + j];
                }

                sides[i * columns + j] = sum / matrix[i * n + i];
            }
        }

        return determinant;
    }

    private static void Swap(Span<double> rows, int i, int j, int width)
    {
        for (int k = 0; k < width; k++)
        {
            (rows[i * width + k], rows[j * width + k]) = (rows[j * width + k], rows[i * width + k]);
        }
    }
}
