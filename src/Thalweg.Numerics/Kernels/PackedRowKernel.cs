// One pass over rows of a packed symmetric tensor: their dot products with one or two vectors, and the rows added to a third, each entry read once.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Thalweg.Numerics.Kernels;

/// <summary>
/// Dot product and scaled addition of the same row, fused, for one row or for four that follow each other, of lengths L, L + 1, L + 2, L + 3: what a gradient needs, for rows in
/// double or in single precision.
/// </summary>
/// <remarks>
/// Single precision is only how a row is kept: every product and every sum is in double. A sum runs in eight lanes, entry k in lane k mod 8, and a fixed tree; y sees the rows one after the other.
/// Four rows read x and y once for all, so that the memory that holds the rows is what limits. The end of a row is done as a whole block with what lies behind it masked off: therefore <see cref="Padding"/>.
/// </remarks>
public static class PackedRowKernel
{
    /// <summary>How many rows are done at once where there are as many.</summary>
    public const int Rows = 4;

    /// <summary>How many entries beyond the last one rows, x, z and y must have room for: they are read and, in y, written back as they were.</summary>
    public const int Padding = 16;

    /// <summary>y_k += a_r w_rk row by row, and the sums Σ_k w_rk x_k.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <param name="rows">The first entry of the first row; each row begins where the one before ends.</param>
    /// <param name="x">The first entry of x.</param>
    /// <param name="y">The first entry of y, changed.</param>
    /// <param name="a">[r], the factors of one row or of four.</param>
    /// <param name="length">The length of the first row; each is one longer than the one before.</param>
    /// <param name="sums">[r], overwritten; their bits do not depend on the processor.</param>
    public static void DotAdd<T>(ref T rows, ref double x, ref double y, ReadOnlySpan<double> a, int length, Span<double> sums)
        where T : unmanaged
    {
        if (KernelChoice.IsPlain)
        {
            DotAddPlain(ref rows, ref x, ref y, a, length, sums);
        }
        else
        {
            DotAddFast(ref rows, ref x, ref y, a, length, sums);
        }
    }

    /// <summary>y_k += a_r w_rk row by row, and the sums Σ_k w_rk x_k and Σ_k w_rk z_k.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <param name="rows">The first entry of the first row; each row begins where the one before ends.</param>
    /// <param name="x">The first entry of x.</param>
    /// <param name="z">The first entry of z.</param>
    /// <param name="y">The first entry of y, changed.</param>
    /// <param name="a">[r], the factors of one row or of four.</param>
    /// <param name="length">The length of the first row; each is one longer than the one before.</param>
    /// <param name="sums">[r] with x, then [r] with z, overwritten; their bits do not depend on the processor.</param>
    public static void DotsAdd<T>(ref T rows, ref double x, ref double z, ref double y, ReadOnlySpan<double> a, int length, Span<double> sums)
        where T : unmanaged
    {
        if (KernelChoice.IsPlain)
        {
            DotsAddPlain(ref rows, ref x, ref z, ref y, a, length, sums);
        }
        else
        {
            DotsAddFast(ref rows, ref x, ref z, ref y, a, length, sums);
        }
    }

    /// <summary>The vector form of <see cref="DotAdd{T}"/>.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <param name="rows">The first entry of the first row.</param>
    /// <param name="x">The first entry of x.</param>
    /// <param name="y">The first entry of y, changed.</param>
    /// <param name="a">[r], one or four factors.</param>
    /// <param name="length">The length of the first row.</param>
    /// <param name="sums">[r], overwritten.</param>
    public static void DotAddFast<T>(ref T rows, ref double x, ref double y, ReadOnlySpan<double> a, int length, Span<double> sums)
        where T : unmanaged
    {
        int i = 0;
        if (a.Length == Rows)
        {
            int second = length, third = 2 * length + 1, fourth = 3 * length + 3;
            Vector512<double> a0 = Vector512.Create(a[0]), a1 = Vector512.Create(a[1]), a2 = Vector512.Create(a[2]), a3 = Vector512.Create(a[3]);
            Vector512<double> s0 = Vector512<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
            for (; i < length + Rows - 1; i += DotKernel.Lanes)
            {
                Vector512<double> at = Vector512.LoadUnsafe(ref x, (nuint)i), to = Vector512.LoadUnsafe(ref y, (nuint)i);
                FetchAhead(ref rows, length, i);
                Vector512<double> w0 = Load(ref rows, i), w1 = Load(ref rows, second + i), w2 = Load(ref rows, third + i), w3 = Load(ref rows, fourth + i);
                if (i + DotKernel.Lanes > length)
                {
                    (w0, w1, w2, w3) = (First(length - i, w0), First(length + 1 - i, w1), First(length + 2 - i, w2), First(length + 3 - i, w3));
                }

                s0 = Vector512.FusedMultiplyAdd(w0, at, s0);
                s1 = Vector512.FusedMultiplyAdd(w1, at, s1);
                s2 = Vector512.FusedMultiplyAdd(w2, at, s2);
                s3 = Vector512.FusedMultiplyAdd(w3, at, s3);
                to = Vector512.FusedMultiplyAdd(a1, w1, Vector512.FusedMultiplyAdd(a0, w0, to));
                Vector512.FusedMultiplyAdd(a3, w3, Vector512.FusedMultiplyAdd(a2, w2, to)).StoreUnsafe(ref y, (nuint)i);
            }

            (sums[0], sums[1], sums[2], sums[3]) = (DotKernel.Tree(s0), DotKernel.Tree(s1), DotKernel.Tree(s2), DotKernel.Tree(s3));
        }
        else
        {
            var factor = Vector512.Create(a[0]);
            var sum = Vector512<double>.Zero;
            for (; i < length; i += DotKernel.Lanes)
            {
                var w = First(length - i, Load(ref rows, i));
                sum = Vector512.FusedMultiplyAdd(w, Vector512.LoadUnsafe(ref x, (nuint)i), sum);
                Vector512.FusedMultiplyAdd(factor, w, Vector512.LoadUnsafe(ref y, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
            }

            sums[0] = DotKernel.Tree(sum);
        }

    }

    /// <summary>The plain twin of <see cref="DotAddFast{T}"/>.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <param name="rows">The first entry of the first row.</param>
    /// <param name="x">The first entry of x.</param>
    /// <param name="y">The first entry of y, changed.</param>
    /// <param name="a">[r], one or four factors.</param>
    /// <param name="length">The length of the first row.</param>
    /// <param name="sums">[r], overwritten.</param>
    public static void DotAddPlain<T>(ref T rows, ref double x, ref double y, ReadOnlySpan<double> a, int length, Span<double> sums)
        where T : unmanaged
    {
        for (int r = 0, start = 0; r < a.Length; start += length + r, r++)
        {
            ref T row = ref Unsafe.Add(ref rows, start);
            sums[r] = Sum(ref row, ref x, length + r);
            Add(ref row, ref y, a[r], length + r);
        }
    }

    /// <summary>The vector form of <see cref="DotsAdd{T}"/>.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <param name="rows">The first entry of the first row.</param>
    /// <param name="x">The first entry of x.</param>
    /// <param name="z">The first entry of z.</param>
    /// <param name="y">The first entry of y, changed.</param>
    /// <param name="a">[r], one or four factors.</param>
    /// <param name="length">The length of the first row.</param>
    /// <param name="sums">[r] with x, then [r] with z, overwritten.</param>
    public static void DotsAddFast<T>(ref T rows, ref double x, ref double z, ref double y, ReadOnlySpan<double> a, int length, Span<double> sums)
        where T : unmanaged
    {
        int i = 0;
        if (a.Length == Rows)
        {
            int second = length, third = 2 * length + 1, fourth = 3 * length + 3;
            Vector512<double> a0 = Vector512.Create(a[0]), a1 = Vector512.Create(a[1]), a2 = Vector512.Create(a[2]), a3 = Vector512.Create(a[3]);
            Vector512<double> s0 = Vector512<double>.Zero, s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
            for (; i < length + Rows - 1; i += DotKernel.Lanes)
            {
                Vector512<double> at = Vector512.LoadUnsafe(ref x, (nuint)i), along = Vector512.LoadUnsafe(ref z, (nuint)i), to = Vector512.LoadUnsafe(ref y, (nuint)i);
                FetchAhead(ref rows, length, i);
                Vector512<double> w0 = Load(ref rows, i), w1 = Load(ref rows, second + i), w2 = Load(ref rows, third + i), w3 = Load(ref rows, fourth + i);
                if (i + DotKernel.Lanes > length)
                {
                    (w0, w1, w2, w3) = (First(length - i, w0), First(length + 1 - i, w1), First(length + 2 - i, w2), First(length + 3 - i, w3));
                }

                s0 = Vector512.FusedMultiplyAdd(w0, at, s0);
                s1 = Vector512.FusedMultiplyAdd(w1, at, s1);
                s2 = Vector512.FusedMultiplyAdd(w2, at, s2);
                s3 = Vector512.FusedMultiplyAdd(w3, at, s3);
                t0 = Vector512.FusedMultiplyAdd(w0, along, t0);
                t1 = Vector512.FusedMultiplyAdd(w1, along, t1);
                t2 = Vector512.FusedMultiplyAdd(w2, along, t2);
                t3 = Vector512.FusedMultiplyAdd(w3, along, t3);
                to = Vector512.FusedMultiplyAdd(a1, w1, Vector512.FusedMultiplyAdd(a0, w0, to));
                Vector512.FusedMultiplyAdd(a3, w3, Vector512.FusedMultiplyAdd(a2, w2, to)).StoreUnsafe(ref y, (nuint)i);
            }

            (sums[0], sums[1], sums[2], sums[3]) = (DotKernel.Tree(s0), DotKernel.Tree(s1), DotKernel.Tree(s2), DotKernel.Tree(s3));
            (sums[4], sums[5], sums[6], sums[7]) = (DotKernel.Tree(t0), DotKernel.Tree(t1), DotKernel.Tree(t2), DotKernel.Tree(t3));
        }
        else
        {
            var factor = Vector512.Create(a[0]);
            Vector512<double> s = Vector512<double>.Zero, t = s;
            for (; i < length; i += DotKernel.Lanes)
            {
                var w = First(length - i, Load(ref rows, i));
                s = Vector512.FusedMultiplyAdd(w, Vector512.LoadUnsafe(ref x, (nuint)i), s);
                t = Vector512.FusedMultiplyAdd(w, Vector512.LoadUnsafe(ref z, (nuint)i), t);
                Vector512.FusedMultiplyAdd(factor, w, Vector512.LoadUnsafe(ref y, (nuint)i)).StoreUnsafe(ref y, (nuint)i);
            }

            (sums[0], sums[1]) = (DotKernel.Tree(s), DotKernel.Tree(t));
        }
    }

    /// <summary>The plain twin of <see cref="DotsAddFast{T}"/>.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <param name="rows">The first entry of the first row.</param>
    /// <param name="x">The first entry of x.</param>
    /// <param name="z">The first entry of z.</param>
    /// <param name="y">The first entry of y, changed.</param>
    /// <param name="a">[r], one or four factors.</param>
    /// <param name="length">The length of the first row.</param>
    /// <param name="sums">[r] with x, then [r] with z, overwritten.</param>
    public static void DotsAddPlain<T>(ref T rows, ref double x, ref double z, ref double y, ReadOnlySpan<double> a, int length, Span<double> sums)
        where T : unmanaged
    {
        for (int r = 0, start = 0; r < a.Length; start += length + r, r++)
        {
            ref T row = ref Unsafe.Add(ref rows, start);
            sums[r] = Sum(ref row, ref x, length + r);
            sums[a.Length + r] = Sum(ref row, ref z, length + r);
            Add(ref row, ref y, a[r], length + r);
        }
    }

    private static double Sum<T>(ref T row, ref double x, int length)
        where T : unmanaged
    {
        Span<double> lanes = stackalloc double[DotKernel.Lanes];
        lanes.Clear();
        for (int i = 0; i < length; i++)
        {
            lanes[i % DotKernel.Lanes] = Math.FusedMultiplyAdd(Entry(ref row, i), Unsafe.Add(ref x, i), lanes[i % DotKernel.Lanes]);
        }

        return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
    }

    private static void Add<T>(ref T row, ref double y, double a, int length)
        where T : unmanaged
    {
        for (int i = 0; i < length; i++)
        {
            Unsafe.Add(ref y, i) = Math.FusedMultiplyAdd(a, Entry(ref row, i), Unsafe.Add(ref y, i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Entry<T>(ref T row, int i)
        where T : unmanaged =>
        typeof(T) == typeof(double) ? Unsafe.Add(ref Unsafe.As<T, double>(ref row), i) : Unsafe.Add(ref Unsafe.As<T, float>(ref row), i);

    // The first lanes, the others zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> First(int count, Vector512<double> row) =>
        Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((double)count)), row, Vector512<double>.Zero);

    // Four rows are four short streams, too short for the processor to see them coming: while they are read, what follows them is asked for, line by line.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void FetchAhead<T>(ref T rows, int length, int i)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            byte* next = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref rows, Rows * (length + i) + 6));
            Sse.Prefetch0(next);
            Sse.Prefetch0(next + 64);
            if (sizeof(T) == sizeof(double))
            {
                Sse.Prefetch0(next + 128);
                Sse.Prefetch0(next + 192);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Load<T>(ref T row, int i)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            return Vector512.LoadUnsafe(ref Unsafe.As<T, double>(ref row), (nuint)i);
        }

        var single = Vector256.LoadUnsafe(ref Unsafe.As<T, float>(ref row), (nuint)i);
        return Avx512F.IsSupported ? Avx512F.ConvertToVector512Double(single) : Vector512.Create(Vector256.WidenLower(single), Vector256.WidenUpper(single));
    }
}
