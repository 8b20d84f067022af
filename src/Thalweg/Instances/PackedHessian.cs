// The Hessian of packed noise as a matrix, in one pass over the rows.
using System;
using System.Runtime.InteropServices;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Instances;

/// <summary>A_ab = Σ over rows and unordered pairs of places (a, b) of w Π of the other factors, so that the Hessian of ε = -Σ w σ_{i_1} .. σ_{i_p} is -(A + A^T).</summary>
/// <param name="point">σ: [i], of which the first N count.</param>
/// <param name="n">N.</param>
internal sealed class PackedHessian(double[] point, int n)
{
    private readonly double[] pairs = new double[n * n];

    /// <summary>Begins anew.</summary>
    public void Clear() => Array.Clear(pairs);

    /// <summary>Adds a power of the noise; a linear one has none.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="pieces">How many pieces it is cut into.</param>
    public void Add(PackedTensor tensor, int pieces)
    {
        if (tensor.Shape.Power < 2)
        {
            return;
        }

        for (int piece = 0; piece < pieces; piece++)
        {
            tensor.Rows(piece, AddRow);
        }
    }

    /// <summary>Writes -(A + A^T).</summary>
    /// <param name="hessian">[i, j] row-major, overwritten.</param>
    public void Write(Span<double> hessian)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double entry = -(pairs[i * n + j] + pairs[j * n + i]);
                (hessian[i * n + j], hessian[j * n + i]) = (entry, entry);
            }
        }
    }

    private void AddRow(ReadOnlySpan<int> outer, ReadOnlySpan<double> entries)
    {
        ref double row = ref MemoryMarshal.GetReference(entries);
        double sum = outer.Length > 1 ? DotKernel.Of(ref row, ref point[0], entries.Length) : 0;
        for (int a = 0; a < outer.Length; a++)
        {
            AddKernel.To(ref pairs[outer[a] * n], ref row, Others(outer, a, -1), entries.Length);
            for (int b = a + 1; b < outer.Length; b++)
            {
                pairs[outer[a] * n + outer[b]] += Others(outer, a, b) * sum;
            }
        }
    }

    // The product of σ over the outer places but two.
    private double Others(ReadOnlySpan<int> outer, int a, int b)
    {
        double product = 1;
        for (int q = 0; q < outer.Length; q++)
        {
            product *= q == a || q == b ? 1 : point[outer[q]];
        }

        return product;
    }
}
