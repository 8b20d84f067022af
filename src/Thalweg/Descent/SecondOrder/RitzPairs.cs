// The eigenpairs of an operator within a Krylov space, and steps that are made of them.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Descent.SecondOrder;

/// <summary>Eigenpairs of the tridiagonal matrix of a Krylov space.</summary>
/// <param name="Space">The space.</param>
/// <param name="Values">θ_k, ascending; the lowest lies above that of the operator.</param>
/// <param name="Rows">[k][step]: eigenvectors in the coordinates of the space.</param>
public sealed record RitzPairs(Lanczos Space, double[] Values, double[][] Rows)
{
    /// <summary>The larger of the two ends, in absolute value; at or below that of the operator.</summary>
    public double Size => Math.Max(Math.Abs(Values[0]), Math.Abs(Values[^1]));

    /// <summary>The pairs of the steps made so far.</summary>
    /// <param name="space">The space, of at least one step.</param>
    public static RitzPairs Of(Lanczos space)
    {
        ArgumentNullException.ThrowIfNull(space);
        var (values, rows) = space.Solve();
        return new(space, values, rows);
    }

    /// <summary>How far an operator takes a vector out of the space.</summary>
    /// <param name="coordinates">[step].</param>
    public double Residual(double[] coordinates)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        return Space.OffDiagonal[^1] * Math.Abs(coordinates[^1]);
    }

    /// <summary>The unit vector of the lowest pair: [i].</summary>
    public double[] LowestVector() => Space.Combine(Rows[0]);

    /// <summary>From coordinates of the space to those of the pairs.</summary>
    /// <param name="coordinates">[step].</param>
    /// <returns>[k].</returns>
    public double[] ToPairs(double[] coordinates) => Array.ConvertAll(Rows, row => Vectors.Dot(row, coordinates));

    /// <summary>From coordinates of the pairs to those of the space.</summary>
    /// <param name="components">[k].</param>
    /// <returns>[step].</returns>
    public double[] FromPairs(double[] components)
    {
        ArgumentNullException.ThrowIfNull(components);
        double[] coordinates = new double[Values.Length];
        for (int k = 0; k < components.Length; k++)
        {
            Vectors.Add(components[k], Rows[k], coordinates);
        }

        return coordinates;
    }
}
