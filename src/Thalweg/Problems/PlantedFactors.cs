// Random orthonormal frames and the symmetric matrices that are planted with them.
using System;
using Thalweg.Geometry;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;

namespace Thalweg.Problems;

/// <summary>Q with orthonormal rows, uniform, and M = Q^T diag(λ) Q.</summary>
internal static class PlantedFactors
{
    /// <summary>Orthonormal vectors: r rows of n numbers, row-major; the polar factor of normal numbers is uniform.</summary>
    public static double[] Frame(int rows, int columns, ulong seed, uint block = 0)
    {
        double[] frame = new double[rows * columns];
        new PhiloxStream(seed, StreamPurpose.Signal, 0, block).FillNormal(frame);

        // The first pass loses as many digits as the square of the condition of the draw has; the second starts from nearly orthonormal rows and loses none.
        var stiefel = new Stiefel(rows, columns);
        stiefel.Normalise(frame);
        stiefel.Normalise(frame);
        return frame;
    }

    /// <summary>Σ_k w_k a_k b_k^T: [i, j], row-major.</summary>
    public static double[] Product(ReadOnlySpan<double> weights, double[] a, int n, double[] b, int m)
    {
        double[] matrix = new double[n * m];
        for (int k = 0; k < weights.Length; k++)
        {
            for (int i = 0; i < n; i++)
            {
                Vectors.Add(weights[k] * a[k * n + i], b.AsSpan(k * m, m), matrix.AsSpan(i * m, m));
            }
        }

        return matrix;
    }
}
