// LU factorisation with partial pivoting of a dense matrix of some hundred rows, in blocks, on several threads; the same bits for any number of them.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Threads;

namespace Thalweg.Numerics.LinearAlgebra;

/// <summary>P A = L U, overwriting a workspace that is used again and again; O(2n³/3) a factorisation, O(n²) a solve.</summary>
/// <remarks>Right-looking with blocks of 32 columns. Each entry sees the same operations in the same order whatever the threads, so results do not depend on them. Nothing is allocated once the largest matrix has been seen.</remarks>
public sealed class BlockedLu
{
    private const int Block = 32, RowsAtOnce = 4, Lane = 8;
    private double[] a = [];
    private int[] pivots = [];
    private Action<int>? update;
    // Rows are whole vectors apart.
    private int n, stride, parts, partStart, partEnd;

    /// <summary>True when the last factorisation met a pivot that is zero or no number.</summary>
    public bool IsSingular { get; private set; }

    /// <summary>The sign of the determinant.</summary>
    public int DeterminantSign { get; private set; }

    /// <summary>Makes room for a matrix of zeros.</summary>
    /// <param name="order">Its order.</param>
    public void Clear(int order)
    {
        n = order;
        stride = (order + Lane - 1) / Lane * Lane;
        if (a.Length < n * stride || pivots.Length < n)
        {
            a = new double[n * stride];
            pivots = new int[n];
        }
        else
        {
            Array.Clear(a, 0, n * stride);
        }
    }

    /// <summary>The entries of row i: written by the caller before <see cref="Factorise"/>, destroyed by it.</summary>
    /// <param name="i">The row.</param>
    public Span<double> Row(int i) => a.AsSpan(i * stride, n);

    /// <summary>Factorises the matrix in place.</summary>
    /// <param name="team">The threads to use; none means the calling one alone.</param>
    public void Factorise(ThreadTeam? team = null)
    {
        update ??= UpdatePart;
        IsSingular = false;
        DeterminantSign = 1;
        for (int start = 0; start < n && !IsSingular; start += Block)
        {
            int end = Math.Min(start + Block, n);
            FactorisePanel(start, end);
            SolveBlockRow(start, end);
            (partStart, partEnd) = (start, end);
            int groups = (n - end + RowsAtOnce - 1) / RowsAtOnce;
            parts = team is { Threads: > 1 } && groups > 32 ? 4 * team.Threads : 1;
            if (parts > 1)
            {
                team!.For(parts, update);
            }
            else
            {
                UpdatePart(0);
            }
        }
    }

    /// <summary>Solves A x = b in place.</summary>
    /// <param name="b">[i], n entries: the right-hand side, overwritten by the solution.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve(Span<double> b)
    {
        if (IsSingular)
        {
            throw new InvalidOperationException("the matrix is singular");
        }

        for (int i = 0; i < n; i++)
        {
            (b[i], b[pivots[i]]) = (b[pivots[i]], b[i]);
        }

        for (int i = 1; i < n; i++)
        {
            b[i] -= DotKernel.Of(ref a[i * stride], ref b[0], i);
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double sum = i + 1 < n ? DotKernel.Of(ref a[i * stride + i + 1], ref b[i + 1], n - 1 - i) : 0;
            b[i] = (b[i] - sum) / a[i * stride + i];
        }
    }

    // Columns start..end of the rows below: pivots, multipliers; the swaps act on whole rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FactorisePanel(int start, int end)
    {
        for (int k = start; k < end; k++)
        {
            int pivot = k;
            double largest = Math.Abs(a[k * stride + k]);
            for (int i = k + 1; i < n; i++)
            {
                double size = Math.Abs(a[i * stride + k]);
                if (size > largest)
                {
                    (largest, pivot) = (size, i);
                }
            }

            pivots[k] = pivot;
            if (pivot != k)
            {
                DeterminantSign = -DeterminantSign;
                Span<double> one = a.AsSpan(k * stride, stride), other = a.AsSpan(pivot * stride, stride);
                for (int j = 0; j < stride; j++)
                {
                    (one[j], other[j]) = (other[j], one[j]);
                }
            }

            double diagonal = a[k * stride + k];
            if (diagonal == 0 || !double.IsFinite(diagonal))
            {
                IsSingular = true;
                return;
            }

            if (diagonal < 0)
            {
                DeterminantSign = -DeterminantSign;
            }

            double inverse = 1 / diagonal;
            int width = end - k - 1;
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i * stride + k] *= inverse;
                if (width > 0)
                {
                    AddKernel.To(ref a[i * stride + k + 1], ref a[k * stride + k + 1], -factor, width);
                }
            }
        }
    }

    // U12 = L11^{-1} A12.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SolveBlockRow(int start, int end)
    {
        for (int i = start + 1; i < end; i++)
        {
            for (int k = start; k < i && end < n; k++)
            {
                AddKernel.To(ref a[i * stride + end], ref a[k * stride + end], -a[i * stride + k], n - end);
            }
        }
    }

    private void UpdatePart(int part)
    {
        int groups = (n - partEnd + RowsAtOnce - 1) / RowsAtOnce;
        int first = partEnd + RowsAtOnce * (int)((long)groups * part / parts), last = partEnd + RowsAtOnce * (int)((long)groups * (part + 1) / parts);
        if (KernelChoice.IsPlain)
        {
            UpdateRowsPlain(partStart, partEnd, first, Math.Min(n, last));
        }
        else
        {
            UpdateRows(partStart, partEnd, first, Math.Min(n, last));
        }
    }

    // The plain twin: the same operations on each entry in the same order.
    private void UpdateRowsPlain(int start, int end, int first, int last)
    {
        for (int i = first; i < last; i++)
        {
            for (int j = end; j < n; j++)
            {
                double sum = a[i * stride + j];
                for (int k = start; k < end; k++)
                {
                    sum = Math.FusedMultiplyAdd(-a[i * stride + k], a[k * stride + j], sum);
                }

                a[i * stride + j] = sum;
            }
        }
    }

    // A22 -= L21 U12 for the rows from first to last, four rows and sixteen columns at a time in registers; the columns run over the padding too.
    private void UpdateRows(int start, int end, int first, int last)
    {
        ref double origin = ref MemoryMarshal.GetArrayDataReference(a);
        int i = first;
        for (; i + RowsAtOnce <= last; i += RowsAtOnce)
        {
            UpdateFour(ref origin, i, start, end - start, end);
        }

        for (; i < last; i++)
        {
            UpdateOne(ref origin, i, start, end - start, end);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void UpdateFour(ref double origin, int i, int start, int depth, int from)
    {
        nuint width = (nuint)stride, row = (nuint)i * width, top = (nuint)start * width, columns = width;
        ref double l0 = ref Unsafe.Add(ref origin, row + (nuint)start);
        ref double l1 = ref Unsafe.Add(ref l0, width);
        ref double l2 = ref Unsafe.Add(ref l1, width);
        ref double l3 = ref Unsafe.Add(ref l2, width);
        nuint j = (nuint)from;
        for (; j + 16 <= columns; j += 16)
        {
            ref double c0 = ref Unsafe.Add(ref origin, row + j);
            ref double c1 = ref Unsafe.Add(ref c0, width);
            ref double c2 = ref Unsafe.Add(ref c1, width);
            ref double c3 = ref Unsafe.Add(ref c2, width);
            Vector512<double> s00 = Vector512.LoadUnsafe(ref c0), s01 = Vector512.LoadUnsafe(ref c0, 8), s10 = Vector512.LoadUnsafe(ref c1), s11 = Vector512.LoadUnsafe(ref c1, 8);
            Vector512<double> s20 = Vector512.LoadUnsafe(ref c2), s21 = Vector512.LoadUnsafe(ref c2, 8), s30 = Vector512.LoadUnsafe(ref c3), s31 = Vector512.LoadUnsafe(ref c3, 8);
            ref double u = ref Unsafe.Add(ref origin, top + j);
            for (nuint k = 0; k < (nuint)depth; k++)
            {
                Vector512<double> u0 = Vector512.LoadUnsafe(ref u), u1 = Vector512.LoadUnsafe(ref u, 8);
                var f = Vector512.Create(-Unsafe.Add(ref l0, k));
                s00 = Vector512.FusedMultiplyAdd(f, u0, s00);
                s01 = Vector512.FusedMultiplyAdd(f, u1, s01);
                f = Vector512.Create(-Unsafe.Add(ref l1, k));
                s10 = Vector512.FusedMultiplyAdd(f, u0, s10);
                s11 = Vector512.FusedMultiplyAdd(f, u1, s11);
                f = Vector512.Create(-Unsafe.Add(ref l2, k));
                s20 = Vector512.FusedMultiplyAdd(f, u0, s20);
                s21 = Vector512.FusedMultiplyAdd(f, u1, s21);
                f = Vector512.Create(-Unsafe.Add(ref l3, k));
                s30 = Vector512.FusedMultiplyAdd(f, u0, s30);
                s31 = Vector512.FusedMultiplyAdd(f, u1, s31);
                u = ref Unsafe.Add(ref u, width);
            }

            s00.StoreUnsafe(ref c0);
            s01.StoreUnsafe(ref c0, 8);
            s10.StoreUnsafe(ref c1);
            s11.StoreUnsafe(ref c1, 8);
            s20.StoreUnsafe(ref c2);
            s21.StoreUnsafe(ref c2, 8);
            s30.StoreUnsafe(ref c3);
            s31.StoreUnsafe(ref c3, 8);
        }

        if (j < columns)
        {
            for (int r = 0; r < RowsAtOnce; r++)
            {
                UpdateOne(ref origin, i + r, start, depth, (int)j);
            }
        }
    }

    private void UpdateOne(ref double origin, int i, int start, int depth, int from)
    {
        nuint width = (nuint)stride, row = (nuint)i * width;
        ref double l = ref Unsafe.Add(ref origin, row + (nuint)start);
        for (nuint j = (nuint)from; j < width; j += Lane)
        {
            var sum = Vector512.LoadUnsafe(ref origin, row + j);
            ref double u = ref Unsafe.Add(ref origin, (nuint)start * width + j);
            for (nuint k = 0; k < (nuint)depth; k++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(-Unsafe.Add(ref l, k)), Vector512.LoadUnsafe(ref u), sum);
                u = ref Unsafe.Add(ref u, width);
            }

            sum.StoreUnsafe(ref origin, row + j);
        }
    }
}
