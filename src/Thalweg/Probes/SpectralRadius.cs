// A quick bound on the largest modulus of the Hessian's eigenvalues, which a stabilised step asks for.
using System;
using Thalweg.Geometry;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Random;

namespace Thalweg.Probes;

/// <summary>A few steps of Lanczos' method from a fixed random vector: the largest modulus θ of a Ritz value plus its residual, times a margin.</summary>
/// <remarks>Not a proof but a habit that works: the residual bounds the distance to an eigenvalue, and the outer eigenvalues are the first to be found. A function of the point alone; no call allocates.</remarks>
public sealed class SpectralRadius
{
    private const int Steps = 12;
    private const double Margin = 1.05;
    private readonly double[] start, older, current, next, diagonal = new double[Steps], off = new double[Steps];

    /// <summary>Room for vectors of some dimension.</summary>
    /// <param name="dimension">N.</param>
    public SpectralRadius(int dimension)
    {
        (start, older, current, next) = (new double[dimension], new double[dimension], new double[dimension], new double[dimension]);
        new PhiloxStream(1, StreamPurpose.Start, 0, uint.MaxValue).FillUnitVector(start);
    }

    /// <summary>The bound; twelve Hessian-vector products.</summary>
    /// <param name="hessian">The Hessian at its point.</param>
    public double Of(TangentHessian hessian)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        start.CopyTo(current, 0);
        Sphere.Project(hessian.Point, current);
        Sphere.Normalise(current);
        int count = 0;
        double coupling = 0;
        while (count < Math.Min(Steps, start.Length - 1))
        {
            hessian.Product(current, next);
            Vectors.Add(-coupling, older, next);
            diagonal[count] = Vectors.Dot(current, next);
            Vectors.Add(-diagonal[count], current, next);
            coupling = off[count] = Vectors.Length(next);
            count++;
            if (coupling == 0)
            {
                break;
            }

            Vectors.Scale(1 / coupling, next);
            current.CopyTo(older, 0);
            next.CopyTo(current, 0);
        }

        Tridiagonal.SolveInPlace(diagonal.AsSpan(0, count), off.AsSpan(0, count));
        double largest = 0;
        for (int k = 0; k < count; k++)
        {
            largest = Math.Max(largest, Math.Abs(diagonal[k]));
        }

        // The residual of the outermost Ritz value is the last coupling times the last entry of its vector, 1/sqrt(steps) at most for a spread-out one.
        return Margin * (largest + coupling / Steps);
    }
}
