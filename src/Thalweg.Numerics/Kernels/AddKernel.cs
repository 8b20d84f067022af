// The scaled addition y_i += a x_i, fused: each entry sees one rounding, whatever the width of the vectors.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Thalweg.Numerics.Kernels;

/// <summary>The scaled addition.</summary>
public static class AddKernel
{
    /// <summary>y_i += a x_i.</summary>
    /// <param name="y">The first entry of y, changed.</param>
    /// <param name="x">The first entry of x.</param>
    /// <param name="a">The factor.</param>
    /// <param name="length">How many entries.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void To(ref double y, ref double x, double a, int length)
    {
        if (KernelChoice.IsPlain)
        {
            Plain(ref y, ref x, a, length);
        }
        else
        {
            Fast(ref y, ref x, a, length);
        }
    }

    /// <summary>The vector form.</summary>
    /// <param name="y">The first entry of y, changed.</param>
    /// <param name="x">The first entry of x.</param>
    /// <param name="a">The factor.</param>
    /// <param name="length">How many entries.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fast(ref double y, ref double x, double a, int length)
    {
        var factor = Vector512.Create(a);
        int i = 0;
        for (; i + DotKernel.Lanes <= length; i += DotKernel.Lanes)
        {
            Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref x, (nuint)i), Vector512.LoadUnsafe(ref y, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
        }

        for (; i < length; i++)
        {
            Unsafe.Add(ref y, i) = Math.FusedMultiplyAdd(a, Unsafe.Add(ref x, i), Unsafe.Add(ref y, i));
        }
    }

    /// <summary>The plain twin.</summary>
    /// <param name="y">The first entry of y, changed.</param>
    /// <param name="x">The first entry of x.</param>
    /// <param name="a">The factor.</param>
    /// <param name="length">How many entries.</param>
    public static void Plain(ref double y, ref double x, double a, int length)
    {
        for (int i = 0; i < length; i++)
        {
            Unsafe.Add(ref y, i) = Math.FusedMultiplyAdd(a, Unsafe.Add(ref x, i), Unsafe.Add(ref y, i));
        }
    }
}
