// Rows of a matrix that take up a product: c_ij += Σ_k a_ik b_kj, four rows and sixteen columns at a time in registers.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Thalweg.Numerics.Kernels;

/// <summary>What factorisations and sums of squares of vectors are made of.</summary>
/// <remarks>Each entry sees Σ in the order of k, one fused operation each, whatever the width of the vectors and wherever a row is cut.</remarks>
public static class RankUpdateKernel
{
    /// <summary>Rows that are taken at once.</summary>
    public const int Rows = 4;

    private const int Lanes = DotKernel.Lanes, Columns = 2 * Lanes;

    /// <summary>c_rj += Σ_k a_rk b_kj for four rows r.</summary>
    /// <param name="c">Where the first row begins, in a matrix whose rows are <paramref name="stride"/> apart; changed.</param>
    /// <param name="stride">Entries from row to row of c.</param>
    /// <param name="a">[r, k], four rows of <paramref name="depth"/> entries each, without gaps.</param>
    /// <param name="b">[k, j], rows <paramref name="width"/> apart.</param>
    /// <param name="width">Entries from row to row of b.</param>
    /// <param name="depth">How many k.</param>
    /// <param name="columns">How many j, at most <paramref name="width"/>.</param>
    /// <exception cref="ArgumentException">A span is too short for what is asked.</exception>
    public static void Four(Span<double> c, int stride, ReadOnlySpan<double> a, ReadOnlySpan<double> b, int width, int depth, int columns)
    {
        if (columns < 1 || depth < 1)
        {
            return;
        }

        if (columns > width || columns > stride || c.Length < (Rows - 1) * stride + columns || a.Length < Rows * depth || b.Length < (depth - 1) * width + columns)
        {
            throw new ArgumentException("the rows do not hold that many entries", nameof(c));
        }

        if (KernelChoice.IsPlain)
        {
            Plain(c, stride, a, b, width, depth, columns);
        }
        else
        {
            Fast(ref MemoryMarshal.GetReference(c), (nuint)stride, ref MemoryMarshal.GetReference(a), ref MemoryMarshal.GetReference(b), (nuint)width, depth, columns);
        }
    }

    /// <summary>The plain twin.</summary>
    /// <param name="c">As above.</param>
    /// <param name="stride">As above.</param>
    /// <param name="a">As above.</param>
    /// <param name="b">As above.</param>
    /// <param name="width">As above.</param>
    /// <param name="depth">As above.</param>
    /// <param name="columns">As above.</param>
    public static void Plain(Span<double> c, int stride, ReadOnlySpan<double> a, ReadOnlySpan<double> b, int width, int depth, int columns)
    {
        for (int r = 0; r < Rows; r++)
        {
            for (int j = 0; j < columns; j++)
            {
                double sum = c[r * stride + j];
                for (int k = 0; k < depth; k++)
                {
                    sum = Math.FusedMultiplyAdd(a[r * depth + k], b[k * width + j], sum);
                }

                c[r * stride + j] = sum;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fast(ref double c, nuint stride, ref double a, ref double b, nuint width, int depth, int columns)
    {
        ref double a1 = ref Unsafe.Add(ref a, depth);
        ref double a2 = ref Unsafe.Add(ref a1, depth);
        ref double a3 = ref Unsafe.Add(ref a2, depth);
        int j = 0;
        for (; j + Columns <= columns; j += Columns)
        {
            ref double c0 = ref Unsafe.Add(ref c, j);
            ref double c1 = ref Unsafe.Add(ref c0, stride);
            ref double c2 = ref Unsafe.Add(ref c1, stride);
            ref double c3 = ref Unsafe.Add(ref c2, stride);
            Vector512<double> s00 = Vector512.LoadUnsafe(ref c0), s01 = Vector512.LoadUnsafe(ref c0, Lanes), s10 = Vector512.LoadUnsafe(ref c1), s11 = Vector512.LoadUnsafe(ref c1, Lanes);
            Vector512<double> s20 = Vector512.LoadUnsafe(ref c2), s21 = Vector512.LoadUnsafe(ref c2, Lanes), s30 = Vector512.LoadUnsafe(ref c3), s31 = Vector512.LoadUnsafe(ref c3, Lanes);
            ref double row = ref Unsafe.Add(ref b, j);
            for (int k = 0; k < depth; k++)
            {
                Vector512<double> b0 = Vector512.LoadUnsafe(ref row), b1 = Vector512.LoadUnsafe(ref row, Lanes);
                var f = Vector512.Create(Unsafe.Add(ref a, k));
                s00 = Vector512.FusedMultiplyAdd(f, b0, s00);
                s01 = Vector512.FusedMultiplyAdd(f, b1, s01);
                f = Vector512.Create(Unsafe.Add(ref a1, k));
                s10 = Vector512.FusedMultiplyAdd(f, b0, s10);
                s11 = Vector512.FusedMultiplyAdd(f, b1, s11);
                f = Vector512.Create(Unsafe.Add(ref a2, k));
                s20 = Vector512.FusedMultiplyAdd(f, b0, s20);
                s21 = Vector512.FusedMultiplyAdd(f, b1, s21);
                f = Vector512.Create(Unsafe.Add(ref a3, k));
                s30 = Vector512.FusedMultiplyAdd(f, b0, s30);
                s31 = Vector512.FusedMultiplyAdd(f, b1, s31);
                row = ref Unsafe.Add(ref row, width);
            }

            s00.StoreUnsafe(ref c0);
            s01.StoreUnsafe(ref c0, Lanes);
            s10.StoreUnsafe(ref c1);
            s11.StoreUnsafe(ref c1, Lanes);
            s20.StoreUnsafe(ref c2);
            s21.StoreUnsafe(ref c2, Lanes);
            s30.StoreUnsafe(ref c3);
            s31.StoreUnsafe(ref c3, Lanes);
        }

        for (; j < columns; j++)
        {
            for (int r = 0; r < Rows; r++)
            {
                ref double entry = ref Unsafe.Add(ref c, (nuint)r * stride + (nuint)j);
                double sum = entry;
                for (int k = 0; k < depth; k++)
                {
                    sum = Math.FusedMultiplyAdd(Unsafe.Add(ref a, r * depth + k), Unsafe.Add(ref b, (nuint)k * width + (nuint)j), sum);
                }

                entry = sum;
            }
        }
    }
}
