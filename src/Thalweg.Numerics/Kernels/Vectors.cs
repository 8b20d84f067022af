// Whole vectors: dot products, lengths, scaled additions, scalings and diagonal matrices, in the order of the kernels.
using System;
using System.Runtime.InteropServices;

namespace Thalweg.Numerics.Kernels;

/// <summary>The kernels on spans; no call allocates, bits do not depend on the processor.</summary>
public static class Vectors
{
    /// <summary>Σ x_i y_i.</summary>
    /// <param name="x">[i].</param>
    /// <param name="y">[i], as long as x.</param>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        MustFit(x.Length, y.Length);
        return DotKernel.Of(ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(y), x.Length);
    }

    /// <summary>The Euclidean length.</summary>
    /// <param name="x">[i].</param>
    public static double Length(ReadOnlySpan<double> x) => Math.Sqrt(Dot(x, x));

    /// <summary>y += a x.</summary>
    /// <param name="a">The factor.</param>
    /// <param name="x">[i].</param>
    /// <param name="y">[i], changed.</param>
    public static void Add(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        MustFit(x.Length, y.Length);
        AddKernel.To(ref MemoryMarshal.GetReference(y), ref MemoryMarshal.GetReference(x), a, y.Length);
    }

    /// <summary>x *= a.</summary>
    /// <param name="a">The factor.</param>
    /// <param name="x">[i], changed.</param>
    public static void Scale(double a, Span<double> x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] *= a;
        }
    }

    /// <summary>y = diag(d) x.</summary>
    /// <param name="diagonal">d: [i].</param>
    /// <param name="x">[i].</param>
    /// <param name="y">[i], overwritten; apart from x.</param>
    /// <returns>x^T diag(d) x.</returns>
    public static double Diagonal(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> x, Span<double> y)
    {
        MustFit(diagonal.Length, x.Length);
        MustFit(x.Length, y.Length);
        return DiagonalKernel.Of(ref MemoryMarshal.GetReference(diagonal), ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(y), x.Length);
    }

    private static void MustFit(int x, int y)
    {
        if (x != y)
        {
            throw new ArgumentException($"a vector of {x} entries does not fit one of {y}");
        }
    }
}
