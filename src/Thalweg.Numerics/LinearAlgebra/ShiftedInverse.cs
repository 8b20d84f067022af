// The lowest eigenpairs of a dense symmetric matrix by Lanczos' method on the inverse of the matrix less a shift below them.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Threads;

namespace Thalweg.Numerics.LinearAlgebra;

/// <summary>(A - s)^{-1} for an s below the spectrum of A: its largest eigenvalues 1/(λ - s) lie far apart where the lowest λ of A lie close together.</summary>
/// <remarks>
/// A spectrum with a long upper tail, whose lower edge takes Lanczos' method on A a thousand products, takes some twenty solves here. The shift comes from forty steps of Lanczos' method on A: below its lowest Ritz value, and further below until a factorisation says that A - s is positive.
/// Cost n³/3 operations a factorisation, 2n² a solve; memory 8n² bytes beside the matrix. Bits do not depend on the threads.
/// </remarks>
public sealed class ShiftedInverse
{
    private const int FirstSteps = 40, LargestSpace = 300, MostTries = 60;
    private const double FirstDistance = 1e-3, Further = 4;
    private readonly double[] matrix;
    private readonly int n;
    private readonly BlockedCholesky factor;

    private ShiftedInverse(double[] matrix, int n, double shift, BlockedCholesky factor) => (this.matrix, this.n, Shift, this.factor) = (matrix, n, shift, factor);

    /// <summary>s.</summary>
    public double Shift { get; }

    /// <summary>Finds a shift below the spectrum and factorises.</summary>
    /// <param name="matrix">[i, j] row-major, n × n, symmetric and finite; not changed, and it must stay as it is while the result is used.</param>
    /// <param name="n">Its order, at least 1.</param>
    /// <param name="team">Threads that share the work; null for this one alone.</param>
    /// <exception cref="ArgumentException">The shape is wrong or an entry is not finite.</exception>
    public static ShiftedInverse Of(double[] matrix, int n, ThreadTeam? team = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        SymmetricEigen.Check(matrix, n);
        var lanczos = new Lanczos(n, (vector, product) => Product(matrix, n, vector, product), Math.Min(n, FirstSteps));
        lanczos.Extend(FirstSteps);
        var (values, rows) = lanczos.Solve();
        double residual = lanczos.OffDiagonal[^1] * Math.Abs(rows[0][^1]), size = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1])), distance = Math.Max(residual, FirstDistance * (size > 0 ? size : 1));
        double[] shifted = new double[matrix.Length];
        for (int tries = 0; tries < MostTries; tries++, distance *= Further)
        {
            double shift = values[0] - distance;
            matrix.CopyTo(shifted, 0);
            for (int i = 0; i < n; i++)
            {
                shifted[i * n + i] -= shift;
            }

            if (BlockedCholesky.InPlace(shifted, n, team) is { } factor)
            {
                return new(matrix, n, shift, factor);
            }
        }

        throw new ArithmeticException("no shift makes the matrix positive");
    }

    /// <summary>The lowest eigenpairs.</summary>
    /// <param name="count">How many, at least 1; fewer are returned when the space is smaller.</param>
    /// <param name="tolerance">On residuals, relative to the size of the spectrum from the shift up to where it was seen.</param>
    /// <param name="without">A unit vector that is projected out of the matrix on both sides; null for none.</param>
    /// <remarks>On the vectors orthogonal to a unit d the inverse of the projected matrix is R - R d d^T R/⟨d,R d⟩ with R = (A - s)^{-1}.</remarks>
    public LanczosPairs Lowest(int count, double tolerance = 1e-10, double[]? without = null)
    {
        double[] removed = without is null ? [] : [.. without];
        double along = 1;
        if (without is not null)
        {
            factor.Solve(removed);
            along = Vectors.Dot(without, removed);
        }

        double[][] deflated = without is null ? [] : [without];
        var pairs = Lanczos.Lowest(n, Inverse, count, tolerance, LargestSpace, deflated);
        count = pairs.Values.Length;
        double[] values = new double[count], residuals = new double[count], image = new double[n];
        for (int k = 0; k < count; k++)
        {
            // Rayleigh's quotient in A itself, not what the rounding of the inverse leaves.
            Product(matrix, n, pairs.Vectors[k], image);
            if (without is not null)
            {
                Vectors.Add(-Vectors.Dot(without, image), without, image);
            }

            values[k] = Vectors.Dot(pairs.Vectors[k], image);
            Vectors.Add(-values[k], pairs.Vectors[k], image);
            residuals[k] = Vectors.Length(image);
        }

        return new(values, pairs.Vectors, residuals, pairs.Products, pairs.IsConverged);

        void Inverse(ReadOnlySpan<double> vector, Span<double> result)
        {
            vector.CopyTo(result);
            factor.Solve(result);
            if (without is not null)
            {
                Vectors.Add(-Vectors.Dot(without, result) / along, removed, result);
            }

            Vectors.Scale(-1, result);
        }
    }

    /// <summary>A v by rows.</summary>
    internal static void Product(double[] matrix, int n, ReadOnlySpan<double> vector, Span<double> product)
    {
        for (int i = 0; i < n; i++)
        {
            product[i] = Vectors.Dot(matrix.AsSpan(i * n, n), vector);
        }
    }
}
