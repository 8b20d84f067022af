// Eigenvalues of a Riemannian Hessian, counted by their sign.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Probes;

/// <summary>All eigenpairs of a symmetric operator on a tangent space.</summary>
public sealed class TangentSpectrum
{
    private readonly double[]? basis;
    private readonly double[] values;

    internal TangentSpectrum(double[] values, double[]? basis, double rounding) => (this.values, this.basis, Rounding) = (values, basis, rounding);

    /// <summary>λ_k, ascending.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>What rounding can have moved an eigenvalue by.</summary>
    public double Rounding { get; }

    /// <summary>The larger of the two ends of the spectrum, in absolute value.</summary>
    public double Size => values.Length == 0 ? 0 : Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));

    /// <summary>The eigenvector of λ_k, [i] in the ambient space, of length one.</summary>
    /// <param name="k">Which.</param>
    /// <exception cref="InvalidOperationException">Vectors were not asked for.</exception>
    public ReadOnlySpan<double> Vector(int k) =>
        basis is null ? throw new InvalidOperationException("eigenvectors were not asked for") : basis.AsSpan(k * AmbientDimension, AmbientDimension);

    /// <summary>The coordinates of a vector in the eigenbasis.</summary>
    /// <param name="vector">[i] in the ambient space.</param>
    /// <returns>[k].</returns>
    /// <exception cref="InvalidOperationException">Vectors were not asked for.</exception>
    public double[] Components(ReadOnlySpan<double> vector)
    {
        double[] components = new double[values.Length];
        for (int k = 0; k < components.Length; k++)
        {
            components[k] = Vectors.Dot(Vector(k), vector);
        }

        return components;
    }

    /// <summary>The vector of given coordinates.</summary>
    /// <param name="components">[k].</param>
    /// <param name="vector">[i] in the ambient space, overwritten.</param>
    /// <exception cref="InvalidOperationException">Vectors were not asked for.</exception>
    public void Combine(ReadOnlySpan<double> components, Span<double> vector)
    {
        vector.Clear();
        for (int k = 0; k < values.Length; k++)
        {
            Vectors.Add(components[k], Vector(k), vector);
        }
    }

    /// <summary>How many eigenvalues lie below -tolerance, and how many within it.</summary>
    /// <param name="tolerance">≥ 0.</param>
    public (int Index, int Nullity) Count(double tolerance)
    {
        int index = 0, nullity = 0;
        foreach (double value in values)
        {
            index += value < -tolerance ? 1 : 0;
            nullity += Math.Abs(value) <= tolerance ? 1 : 0;
        }

        return (index, nullity);
    }

    private int AmbientDimension => (int)Math.Round(Math.Sqrt(basis!.Length));
}
