// A walk over the rows of one piece of a packed tensor, which adds up value and gradient, or a Hessian-vector product, reading each entry once.
using System;
using System.Runtime.InteropServices;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Instances;

/// <summary>
/// With P_q = σ_{i_1} .. σ_{i_q} and D_q(i_1..i_q) = Σ over the remaining indices of w σ_{i_(q+1)} .. σ_{i_p}: ∂/∂σ of P_(q-1) σ_{i_q} D_q adds P_(q-1) D_q to entry i_q, and D_(q-1)
/// = Σ_{i_q} σ_{i_q} D_q. The innermost level is a row, whose dot product is D_(p-1) and which adds P_(p-1) w_k to entry k; four rows that differ in i_(p-1) alone go together.
/// </summary>
/// <remarks>Repeated indices need no case of their own: the product rule adds one term a place. A Hessian product carries along the rates of change of P and D in its
/// direction. The object is the workspace of one piece; nothing is allocated in a walk.</remarks>
internal sealed class PackedWalk
{
    private const int Levels = InstanceForecast.LargestPower;

    private readonly int[] outer = new int[Levels];
    private readonly double[] product = new double[Levels], productRate = new double[Levels], inner = new double[Levels], innerRate = new double[Levels];
    private readonly double[] factors = new double[PackedRowKernel.Rows], sums = new double[2 * PackedRowKernel.Rows];
    private readonly double[] buffer;

    internal PackedWalk(int dimension, bool isStored)
    {
        Sum = new double[dimension + PackedRowKernel.Padding];
        buffer = isStored ? [] : new double[PackedRowKernel.Rows * dimension + PackedRowKernel.Padding];
    }

    /// <summary>What the walks since the last <see cref="Clear"/> have added up: [i], N entries and room behind them, minus the gradient or the Hessian product of the noise.</summary>
    internal double[] Sum { get; }

    internal void Clear() => Array.Clear(Sum);

    /// <summary>Adds the gradient of a piece.</summary>
    /// <returns>Minus its energy.</returns>
    internal double AddGradient(PackedTensor tensor, int piece, double[] point)
    {
        Begin(tensor, piece);
        if (tensor.Singles(piece) is { } singles)
        {
            Walk(tensor, piece, point, direction: null, singles);
        }
        else
        {
            Walk(tensor, piece, point, direction: null, tensor.Doubles(piece) ?? buffer);
        }

        return inner[0];
    }

    /// <summary>Adds the Hessian of a piece times a direction.</summary>
    internal void AddHessianProduct(PackedTensor tensor, int piece, double[] point, double[] direction)
    {
        if (tensor.Shape.Power == 1)
        {
            return;
        }

        Begin(tensor, piece);
        if (tensor.Singles(piece) is { } singles)
        {
            Walk(tensor, piece, point, direction, singles);
        }
        else
        {
            Walk(tensor, piece, point, direction, tensor.Doubles(piece) ?? buffer);
        }
    }

    private void Begin(PackedTensor tensor, int piece)
    {
        tensor.FirstOuter(piece).CopyTo(outer);
        (product[0], productRate[0]) = (1, 0);
        Array.Clear(inner);
        Array.Clear(innerRate);
    }

    private void Walk<T>(PackedTensor tensor, int piece, double[] point, double[]? direction, T[] entries)
        where T : unmanaged
    {
        int last = tensor.Shape.Power - 2, n = tensor.Shape.Dimension, place = 0, level = 0;
        bool isStored = tensor.IsStored;
        for (long row = tensor.FirstRow(piece), end = tensor.FirstRow(piece + 1); row < end;)
        {
            for (int q = level; q < last; q++)
            {
                Multiply(q, point, direction);
            }

            // Which rows go together depends on the piece alone: stored or drawn, on any number of threads, the sums are the same.
            int length = last < 0 ? n : outer[last] + 1, largest = last < 0 ? 0 : last == 0 ? n - 1 : outer[last - 1], count = 1;
            if (last >= 0 && outer[last] + PackedRowKernel.Rows - 1 <= largest && row + PackedRowKernel.Rows <= end)
            {
                count = PackedRowKernel.Rows;
            }

            if (!isStored)
            {
                Draw(tensor, row, last, count, length);
            }

            AddRows(ref entries[place], last, count, length, point, direction);
            place = isStored ? place + count * length + count * (count - 1) / 2 : 0;
            row += count;

            // The index of the last level has counted up by the number of rows; those before it follow when it passes the one before it.
            level = last;
            for (; level > 0 && outer[level] > outer[level - 1]; level--)
            {
                outer[level] = 0;
                Leave(level - 1, point, direction);
                outer[level - 1]++;
            }

            for (int q = level - 1; q >= 0 && row == end; q--)
            {
                Leave(q, point, direction);
            }

            level = Math.Max(level, 0);
        }
    }

    // Rows into the buffer, as they would be stored.
    private void Draw(PackedTensor tensor, long row, int last, int count, int length)
    {
        int place = 0;
        for (int r = 0; r < count; r++)
        {
            tensor.DrawRow(row + r, outer.AsSpan(0, last + 1), buffer.AsSpan(place, length + r));
            place += length + r;
            if (r + 1 < count)
            {
                outer[last]++;
            }
        }

        if (last >= 0)
        {
            outer[last] -= count - 1;
        }
    }

    private void AddRows<T>(ref T rows, int last, int count, int length, double[] point, double[]? direction)
        where T : unmanaged
    {
        ref double x = ref MemoryMarshal.GetArrayDataReference(point), sum = ref MemoryMarshal.GetArrayDataReference(Sum);
        var a = factors.AsSpan(0, count);
        for (int r = 0; r < count; r++)
        {
            int i = last < 0 ? 0 : outer[last] + r;
            a[r] = last < 0 ? 1 : direction is null ? product[last] * point[i] : productRate[last] * point[i] + product[last] * direction[i];
        }

        if (direction is null)
        {
            PackedRowKernel.DotAdd(ref rows, ref x, ref sum, a, length, sums);
        }
        else
        {
            PackedRowKernel.DotsAdd(ref rows, ref x, ref MemoryMarshal.GetArrayDataReference(direction), ref sum, a, length, sums);
        }

        for (int r = 0; r < count; r++)
        {
            if (last < 0)
            {
                inner[0] += sums[0];
                return;
            }

            (inner[last + 1], innerRate[last + 1]) = (sums[r], direction is null ? 0 : sums[count + r]);
            Leave(last, point, direction);
            outer[last]++;
        }
    }

    // P_(q+1) = P_q σ_{i_q}.
    private void Multiply(int q, double[] point, double[]? direction)
    {
        product[q + 1] = product[q] * point[outer[q]];
        if (direction is not null)
        {
            productRate[q + 1] = productRate[q] * point[outer[q]] + product[q] * direction[outer[q]];
        }
    }

    // The index of level q moves on: what lies below it is complete.
    private void Leave(int q, double[] point, double[]? direction)
    {
        int i = outer[q];
        if (direction is null)
        {
            Sum[i] += product[q] * inner[q + 1];
        }
        else
        {
            Sum[i] += productRate[q] * inner[q + 1] + product[q] * innerRate[q + 1];
            innerRate[q] += point[i] * innerRate[q + 1] + direction[i] * inner[q + 1];
            innerRate[q + 1] = 0;
        }

        inner[q] += point[i] * inner[q + 1];
        inner[q + 1] = 0;
    }
}
