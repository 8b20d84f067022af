// The plane rotation of two rows: (x, y) becomes (c x - s y, s x + c y).
using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Thalweg.Numerics.Kernels;

/// <summary>The plane rotation.</summary>
public static class RotationKernel
{
    /// <summary>(x_i, y_i) becomes (c x_i - s y_i, s x_i + c y_i), each with one product rounded and one fused.</summary>
    /// <param name="x">The first entry of x, changed.</param>
    /// <param name="y">The first entry of y, changed.</param>
    /// <param name="cosine">c.</param>
    /// <param name="sine">s.</param>
    /// <param name="length">How many entries.</param>
    public static void Of(ref double x, ref double y, double cosine, double sine, int length)
    {
        if (KernelChoice.IsPlain)
        {
            Plain(ref x, ref y, cosine, sine, length);
        }
        else
        {
            Fast(ref x, ref y, cosine, sine, length);
        }
    }

    /// <summary>The vector form.</summary>
    /// <param name="x">The first entry of x, changed.</param>
    /// <param name="y">The first entry of y, changed.</param>
    /// <param name="cosine">c.</param>
    /// <param name="sine">s.</param>
    /// <param name="length">How many entries.</param>
    public static void Fast(ref double x, ref double y, double cosine, double sine, int length)
    {
        Vector512<double> c = Vector512.Create(cosine), s = Vector512.Create(sine), minus = Vector512.Create(-sine);
        int i = 0;
        for (; i + DotKernel.Lanes <= length; i += DotKernel.Lanes)
        {
            Vector512<double> a = Vector512.LoadUnsafe(ref x, (nuint)i), b = Vector512.LoadUnsafe(ref y, (nuint)i);
            Vector512.FusedMultiplyAdd(minus, b, c * a).StoreUnsafe(ref x, (nuint)i);
            Vector512.FusedMultiplyAdd(c, b, s * a).StoreUnsafe(ref y, (nuint)i);
        }

        Plain(ref Unsafe.Add(ref x, i), ref Unsafe.Add(ref y, i), cosine, sine, length - i);
    }

    /// <summary>The plain twin.</summary>
    /// <param name="x">The first entry of x, changed.</param>
    /// <param name="y">The first entry of y, changed.</param>
    /// <param name="cosine">c.</param>
    /// <param name="sine">s.</param>
    /// <param name="length">How many entries.</param>
    public static void Plain(ref double x, ref double y, double cosine, double sine, int length)
    {
        for (int i = 0; i < length; i++)
        {
            double a = Unsafe.Add(ref x, i), b = Unsafe.Add(ref y, i);
            Unsafe.Add(ref x, i) = Math.FusedMultiplyAdd(-sine, b, cosine * a);
            Unsafe.Add(ref y, i) = Math.FusedMultiplyAdd(cosine, b, sine * a);
        }
    }
}
