// The directions in which a factor U turns into U O: a continuous symmetry of whatever depends on UU^T alone.
using System;
using System.Collections.Generic;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Problems.Factorization;

/// <summary>Where a factor stands in a point.</summary>
/// <param name="Start">The place of its first entry.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="RowStride">From one row to the next.</param>
/// <param name="ColumnStride">From one column to the next.</param>
internal readonly record struct FactorPlace(int Start, int Rows, int RowStride, int ColumnStride);

/// <summary>An orthonormal basis of U A, A antisymmetric, for one factor or several that turn together.</summary>
internal static class ColumnRotations
{
    private const double Dependent = 1e-7;

    /// <summary>At most r(r-1)/2 vectors, fewer where columns depend on each other; O(n r⁵) operations.</summary>
    public static double[][] Of(ReadOnlySpan<double> point, int rank, params ReadOnlySpan<FactorPlace> factors)
    {
        var basis = new List<double[]>();
        double size = Vectors.Length(point);
        for (int k = 0; k < rank; k++)
        {
            for (int l = 0; l < k; l++)
            {
                double[] direction = new double[point.Length];
                foreach (var factor in factors)
                {
                    for (int i = 0; i < factor.Rows; i++)
                    {
                        int row = factor.Start + i * factor.RowStride, atK = row + k * factor.ColumnStride, atL = row + l * factor.ColumnStride;
                        (direction[atK], direction[atL]) = (point[atL], -point[atK]);
                    }
                }

                for (int pass = 0; pass < 2; pass++)
                {
                    foreach (double[] other in basis)
                    {
                        Vectors.Add(-Vectors.Dot(other, direction), other, direction);
                    }
                }

                double length = Vectors.Length(direction);
                if (length > Dependent * size)
                {
                    Vectors.Scale(1 / length, direction);
                    basis.Add(direction);
                }
            }
        }

        return [.. basis];
    }
}
