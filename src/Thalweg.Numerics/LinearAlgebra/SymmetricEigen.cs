// Eigenvalues and eigenvectors of a dense symmetric matrix: Householder tridiagonalisation, then implicit QL.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Numerics.LinearAlgebra;

/// <summary>A = V diag(λ) V^T for symmetric A of any order from 1; deterministic, O(n³), meant for orders up to some thousands.</summary>
public sealed class SymmetricEigen
{
    private readonly double[] values;
    private readonly double[]? vectors;
    private readonly int n;

    internal SymmetricEigen(double[] values, double[]? vectors, int n)
    {
        this.values = values;
        this.vectors = vectors;
        this.n = n;
    }

    /// <summary>λ_i, ascending.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The unit eigenvector of λ_i: n entries.</summary>
    /// <param name="i">From 0 to n - 1.</param>
    /// <exception cref="InvalidOperationException">The decomposition was made without eigenvectors.</exception>
    public ReadOnlySpan<double> Vector(int i) =>
        vectors is null ? throw new InvalidOperationException("this decomposition holds eigenvalues only") : vectors.AsSpan(i * n, n);

    /// <summary>Decomposes a copy of a symmetric matrix; errors of the eigenvalues are a few roundings of the largest.</summary>
    /// <param name="matrix">[i, j] row-major, n × n, finite; only the lower triangle is read, nothing is changed.</param>
    /// <param name="n">Its order, at least 1.</param>
    /// <param name="wantVectors">Whether eigenvectors are computed too (about three times the work).</param>
    /// <exception cref="ArgumentException">The shape is wrong or an entry is not finite.</exception>
    public static SymmetricEigen Of(ReadOnlySpan<double> matrix, int n, bool wantVectors = false)
    {
        Check(matrix, n);
        return InPlace(matrix.ToArray(), n, wantVectors ? new double[n * n] : null);
    }

    /// <summary>The same in memory of the caller, for decompositions one after the other.</summary>
    /// <param name="matrix">[i, j] row-major, n × n, finite; only the lower triangle is read, and it is overwritten.</param>
    /// <param name="n">Its order, at least 1.</param>
    /// <param name="basis">n × n entries of any content, overwritten: they hold the eigenvectors, and must stay as they are for as long as the result is used; null for eigenvalues only.</param>
    /// <exception cref="ArgumentException">A shape is wrong or an entry is not finite.</exception>
    public static SymmetricEigen InPlace(double[] matrix, int n, double[]? basis)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        Check(matrix, n);
        if (basis is not null && basis.Length != n * n)
        {
            throw new ArgumentException($"{basis.Length} entries hold no {n} vectors of length {n}", nameof(basis));
        }

        var diagonal = new double[n];
        var off = new double[n];

        // Row i of the basis is the i-th column of the accumulated orthogonal matrix, so that a rotation touches two contiguous rows.
        basis?.AsSpan().Clear();
        Tridiagonalise(matrix, n, diagonal, off, basis);
        Tridiagonal.SolveInPlace(diagonal, off, basis);
        Sort(diagonal, basis, n);
        return new(diagonal, basis, n);
    }

    internal static void Check(ReadOnlySpan<double> matrix, int n)
    {
        if (n < 1 || matrix.Length != n * n)
        {
            throw new ArgumentException($"{matrix.Length} entries are no {n} by {n} matrix", nameof(matrix));
        }

        foreach (double entry in matrix)
        {
            if (!double.IsFinite(entry))
            {
                throw new ArgumentException("every entry of the matrix must be finite", nameof(matrix));
            }
        }
    }

    // Householder reflections from the first column on: A becomes tridiagonal with diagonal d and off[k] between k and k + 1.
    private static void Tridiagonalise(double[] a, int n, double[] diagonal, double[] off, double[]? basis)
    {
        for (int i = 0; basis is not null && i < n; i++)
        {
            basis[i * n + i] = 1;
        }

        double[] u = new double[n], p = new double[n], product = new double[n];
        for (int k = 0; k + 1 < n; k++)
        {
            double scale = 0;
            for (int i = k + 1; i < n; i++)
            {
                scale = Math.Max(scale, Math.Abs(a[i * n + k]));
            }

            double below = 0;
            for (int i = k + 2; i < n; i++)
            {
                below = Math.Max(below, Math.Abs(a[i * n + k]));
            }

            diagonal[k] = a[k * n + k];
            if (below == 0)
            {
                off[k] = a[(k + 1) * n + k];
                continue;
            }

            // u = x + sign(x_1)|x| e_1, H = I - β u u^T.
            double square = 0;
            for (int i = k + 1; i < n; i++)
            {
                u[i] = a[i * n + k] / scale;
                square += u[i] * u[i];
            }

            double norm = Math.Sqrt(square), first = u[k + 1];
            double alpha = first > 0 ? -norm : norm;
            u[k + 1] = first - alpha;
            double beta = 1 / (square - first * alpha);
            off[k] = alpha * scale;

            // p = β A u - (β/2)(β u^T A u) u, from the lower triangle: a row gives its dot product, and itself to the entries before.
            Span<double> tail = p.AsSpan(k + 1);
            tail.Clear();
            for (int i = k + 1; i < n; i++)
            {
                Span<double> row = a.AsSpan(i * n + k + 1, i - k - 1);
                Vectors.Add(u[i], row, tail[..row.Length]);
                p[i] += Vectors.Dot(row, u.AsSpan(k + 1, row.Length)) + a[i * n + i] * u[i];
            }

            Vectors.Scale(beta, tail);
            Vectors.Add(-0.5 * beta * Vectors.Dot(tail, u.AsSpan(k + 1)), u.AsSpan(k + 1), tail);

            // A <- A - u p^T - p u^T on the lower triangle.
            for (int i = k + 1; i < n; i++)
            {
                Span<double> row = a.AsSpan(i * n + k + 1, i - k);
                Vectors.Add(-u[i], p.AsSpan(k + 1, row.Length), row);
                Vectors.Add(-p[i], u.AsSpan(k + 1, row.Length), row);
            }

            if (basis is not null)
            {
                Reflect(basis, n, k + 1, u, beta, product);
            }
        }

        diagonal[n - 1] = a[n * n - 1];
    }

    // The product of reflections V <- V H, kept transposed: columns of V are rows of the basis.
    private static void Reflect(double[] basis, int n, int from, double[] u, double beta, double[] product)
    {
        Array.Clear(product);
        for (int i = from; i < n; i++)
        {
            Vectors.Add(u[i], basis.AsSpan(i * n, n), product);
        }

        for (int i = from; i < n; i++)
        {
            Vectors.Add(-beta * u[i], product, basis.AsSpan(i * n, n));
        }
    }

    // Insertion sort: the order of equal eigenvalues is the order in which they were found.
    private static void Sort(double[] values, double[]? basis, int n)
    {
        var held = new double[basis is null ? 0 : n];
        for (int i = 1; i < n; i++)
        {
            double value = values[i];
            basis?.AsSpan(i * n, n).CopyTo(held);
            int j = i;
            for (; j > 0 && values[j - 1] > value; j--)
            {
                values[j] = values[j - 1];
                basis?.AsSpan((j - 1) * n, n).CopyTo(basis.AsSpan(j * n, n));
            }

            values[j] = value;
            if (basis is not null)
            {
                held.CopyTo(basis.AsSpan(j * n, n));
            }
        }
    }
}
