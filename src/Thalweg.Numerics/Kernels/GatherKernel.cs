// Sums of products gathered along the edges of a regular hypergraph: each node reads the values at the other nodes of its edges.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Thalweg.Numerics.Kernels;

/// <summary>target_i = Σ_l w_{il} Π_q x_{j(i,l,q)}: one node after the other, edges in two alternating lanes, so that the bits depend on nothing.</summary>
/// <remarks>The loads of x go where the graph says, one by one: vectors gain nothing here, and the plain form is the only one.</remarks>
public static class GatherKernel
{
    /// <summary>The sums.</summary>
    /// <param name="weights">w: [i, l], degree entries a node.</param>
    /// <param name="partners">j: [i, l, q], from 0 to below the length of x; unchecked.</param>
    /// <param name="degree">How many edges a node has.</param>
    /// <param name="others">How many other nodes an edge has, at least 1.</param>
    /// <param name="x">[j].</param>
    /// <param name="target">[i], overwritten.</param>
    public static void Products(ReadOnlySpan<double> weights, ReadOnlySpan<int> partners, int degree, int others, ReadOnlySpan<double> x, Span<double> target)
    {
        ref double value = ref MemoryMarshal.GetReference(x);
        ref double weight = ref MemoryMarshal.GetReference(weights);
        ref int partner = ref MemoryMarshal.GetReference(partners);
        for (int i = 0; i < target.Length; i++)
        {
            double even = 0, odd = 0;
            int l = 0;
            for (; l + 2 <= degree; l += 2)
            {
                even = Math.FusedMultiplyAdd(Unsafe.Add(ref weight, l), Product(ref partner, others, ref value), even);
                odd = Math.FusedMultiplyAdd(Unsafe.Add(ref weight, l + 1), Product(ref Unsafe.Add(ref partner, others), others, ref value), odd);
                partner = ref Unsafe.Add(ref partner, 2 * others);
            }

            if (l < degree)
            {
                even = Math.FusedMultiplyAdd(Unsafe.Add(ref weight, l), Product(ref partner, others, ref value), even);
                partner = ref Unsafe.Add(ref partner, others);
            }

            weight = ref Unsafe.Add(ref weight, degree);
            target[i] = even + odd;
        }
    }

    /// <summary>The rates of change of the sums when x moves along a direction z: Σ_l w_{il} Σ_q z_{j_q} Π_{r≠q} x_{j_r}.</summary>
    /// <param name="weights">w: [i, l], degree entries a node.</param>
    /// <param name="partners">j: [i, l, q], from 0 to below the length of x; unchecked.</param>
    /// <param name="degree">How many edges a node has.</param>
    /// <param name="others">How many other nodes an edge has, at least 1.</param>
    /// <param name="x">[j].</param>
    /// <param name="z">[j].</param>
    /// <param name="target">[i], overwritten.</param>
    public static void Rates(ReadOnlySpan<double> weights, ReadOnlySpan<int> partners, int degree, int others, ReadOnlySpan<double> x, ReadOnlySpan<double> z, Span<double> target)
    {
        ref double value = ref MemoryMarshal.GetReference(x), change = ref MemoryMarshal.GetReference(z);
        ref int partner = ref MemoryMarshal.GetReference(partners);
        for (int i = 0; i < target.Length; i++)
        {
            double sum = 0;
            for (int l = 0; l < degree; l++)
            {
                double product = 1, rate = 0;
                for (int q = 0; q < others; q++, partner = ref Unsafe.Add(ref partner, 1))
                {
                    double at = Unsafe.Add(ref value, partner);
                    rate = rate * at + product * Unsafe.Add(ref change, partner);
                    product *= at;
                }

                sum = Math.FusedMultiplyAdd(weights[i * degree + l], rate, sum);
            }

            target[i] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Product(ref int partner, int others, ref double value)
    {
        double product = Unsafe.Add(ref value, partner);
        for (int q = 1; q < others; q++)
        {
            product *= Unsafe.Add(ref value, Unsafe.Add(ref partner, q));
        }

        return product;
    }
}
