// A diagonal matrix times a vector, with its quadratic form in the same pass over memory.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Thalweg.Numerics.Kernels;

/// <summary>y_i = d_i x_i and Σ d_i x_i², the sum in the order of <see cref="DotKernel"/>.</summary>
public static class DiagonalKernel
{
    /// <summary>The product and the form.</summary>
    /// <param name="diagonal">The first entry of d.</param>
    /// <param name="x">The first entry of x.</param>
    /// <param name="y">The first entry of y, overwritten.</param>
    /// <param name="length">How many entries.</param>
    /// <returns>Σ x_i y_i; its bits do not depend on the processor.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(ref double diagonal, ref double x, ref double y, int length) => KernelChoice.IsPlain ? Plain(ref diagonal, ref x, ref y, length) : Fast(ref diagonal, ref x, ref y, length);

    /// <summary>The vector form.</summary>
    /// <param name="diagonal">The first entry of d.</param>
    /// <param name="x">The first entry of x.</param>
    /// <param name="y">The first entry of y, overwritten.</param>
    /// <param name="length">How many entries.</param>
    public static double Fast(ref double diagonal, ref double x, ref double y, int length)
    {
        var sum = Vector512<double>.Zero;
        int i = 0;
        for (; i + DotKernel.Lanes <= length; i += DotKernel.Lanes)
        {
            var entry = Vector512.LoadUnsafe(ref x, (nuint)i);
            var product = Vector512.LoadUnsafe(ref diagonal, (nuint)i) * entry;
            product.StoreUnsafe(ref y, (nuint)i);
            sum = Vector512.FusedMultiplyAdd(entry, product, sum);
        }

        double total = DotKernel.Tree(sum);
        for (; i < length; i++)
        {
            double entry = Unsafe.Add(ref x, i), product = Unsafe.Add(ref diagonal, i) * entry;
            Unsafe.Add(ref y, i) = product;
            total = Math.FusedMultiplyAdd(entry, product, total);
        }

        return total;
    }

    /// <summary>The plain twin.</summary>
    /// <param name="diagonal">The first entry of d.</param>
    /// <param name="x">The first entry of x.</param>
    /// <param name="y">The first entry of y, overwritten.</param>
    /// <param name="length">How many entries.</param>
    public static double Plain(ref double diagonal, ref double x, ref double y, int length)
    {
        for (int i = 0; i < length; i++)
        {
            Unsafe.Add(ref y, i) = Unsafe.Add(ref diagonal, i) * Unsafe.Add(ref x, i);
        }

        return DotKernel.Plain(ref x, ref y, length);
    }
}
