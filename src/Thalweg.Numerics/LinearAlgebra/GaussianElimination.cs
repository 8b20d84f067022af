// Solves one small dense system in place, by Gaussian elimination with partial pivoting.
using System;

namespace Thalweg.Numerics.LinearAlgebra;

/// <summary>A x = b without any allocation, for the inner step of Newton's method; use <see cref="DenseLu"/> to keep a factorisation.</summary>
public static class GaussianElimination
{
    /// <summary>Replaces b by the solution and A by rubbish; n³/3 multiplications.</summary>
    /// <param name="matrix">[i, j] row-major, n × n; overwritten.</param>
    /// <param name="b">[i], n entries; overwritten by x.</param>
    /// <returns>False when a pivot is exactly zero or not a number: b is rubbish then.</returns>
    public static bool SolveInPlace(Span<double> matrix, Span<double> b)
    {
        int n = b.Length;
        if (matrix.Length != n * n)
        {
            throw new ArgumentException($"{matrix.Length} entries are no {n} by {n} matrix", nameof(matrix));
        }

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

            if (!(Math.Abs(matrix[pivot * n + k]) > 0))
            {
                return false;
            }

            var row = matrix.Slice(k * n, n);
            if (pivot != k)
            {
                var other = matrix.Slice(pivot * n, n);
                for (int j = k; j < n; j++)
                {
                    (row[j], other[j]) = (other[j], row[j]);
                }

                (b[k], b[pivot]) = (b[pivot], b[k]);
            }

            double inverse = 1 / row[k];
            for (int i = k + 1; i < n; i++)
            {
                var target = matrix.Slice(i * n, n);
                double factor = target[k] * inverse;
                for (int j = k + 1; j < n; j++)
                {
                    target[j] -= factor * row[j];
                }

                b[i] -= factor * b[k];
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int j = i + 1; j < n; j++)
            {
                sum -= matrix[i * n + j] * b[j];
            }

            b[i] = sum / matrix[i * n + i];
        }

        return true;
    }
}
