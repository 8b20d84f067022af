// LU factorisation with partial pivoting of a small dense matrix: solves, determinants.
using System;

namespace Thalweg.Numerics.LinearAlgebra;

/// <summary>P A = L U of a square matrix, for systems of a few dozen unknowns; O(n³) once, O(n²) a solve.</summary>
public sealed class DenseLu
{
    private readonly double[] lu;
    private readonly int[] pivots;
    private readonly int n;

    private DenseLu(double[] lu, int[] pivots, int n, int sign, bool singular)
    {
        this.lu = lu;
        this.pivots = pivots;
        this.n = n;
        IsSingular = singular;
        double determinant = sign;
        for (int i = 0; i < n; i++)
        {
            determinant *= lu[i * n + i];
        }

        Determinant = determinant;
    }

    /// <summary>True when a pivot is exactly zero: no solve is possible.</summary>
    public bool IsSingular { get; }

    /// <summary>det A, with its sign.</summary>
    public double Determinant { get; }

    /// <summary>Factorises a copy of a matrix.</summary>
    /// <param name="matrix">[i, j] row-major, n × n, finite; not changed.</param>
    /// <param name="n">Its order.</param>
    public static DenseLu Of(ReadOnlySpan<double> matrix, int n)
    {
        if (matrix.Length != n * n)
        {
            throw new ArgumentException($"{matrix.Length} entries are no {n} by {n} matrix", nameof(matrix));
        }

        double[] a = matrix.ToArray();
        var swaps = new int[n];
        int sign = 1;
        bool singular = false;
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
            {
                if (Math.Abs(a[i * n + k]) > Math.Abs(a[pivot * n + k]))
                {
                    pivot = i;
                }
            }

            swaps[k] = pivot;
            if (pivot != k)
            {
                sign = -sign;
                for (int j = 0; j < n; j++)
                {
                    (a[k * n + j], a[pivot * n + j]) = (a[pivot * n + j], a[k * n + j]);
                }
            }

            if (a[k * n + k] == 0)
            {
                singular = true;
                continue;
            }

            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i * n + k] /= a[k * n + k];
                for (int j = k + 1; j < n; j++)
                {
                    a[i * n + j] -= factor * a[k * n + j];
                }
            }
        }

        return new(a, swaps, n, sign, singular);
    }

    /// <summary>Solves A x = b in place.</summary>
    /// <param name="b">[i], n entries: the right-hand side, overwritten by the solution.</param>
    /// <exception cref="InvalidOperationException">The matrix is singular.</exception>
    public void Solve(Span<double> b)
    {
        if (IsSingular)
        {
            throw new InvalidOperationException("the matrix is singular");
        }

        for (int i = 0; i < n; i++)
        {
            (b[i], b[pivots[i]]) = (b[pivots[i]], b[i]);
        }

        for (int i = 0; i < n; i++)
        {
            double sum = b[i];
            for (int j = 0; j < i; j++)
            {
                sum -= lu[i * n + j] * b[j];
            }

            b[i] = sum;
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = b[i];
            for (int j = i + 1; j < n; j++)
            {
                sum -= lu[i * n + j] * b[j];
            }

            b[i] = sum / lu[i * n + i];
        }
    }
}
