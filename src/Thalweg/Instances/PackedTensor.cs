// The noise of one power as a packed symmetric tensor: ε(σ) = -Σ_{i_1 >= .. >= i_p} w σ_{i_1} .. σ_{i_p}, cut into pieces that are drawn, stored and contracted alone.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;

namespace Thalweg.Instances;

/// <summary>Looks at a row.</summary>
/// <param name="outer">Its p - 1 indices, descending.</param>
/// <param name="entries">Its entries.</param>
internal delegate void PackedRow(ReadOnlySpan<int> outer, ReadOnlySpan<double> entries);

/// <summary>
/// Entry w = sqrt(a_p M/N) g with g standard normal and M = p!/Π n_i! the number of permutations of its indices that differ: the sum of M iid entries of the full tensor.
/// With strict sums w = sqrt(a_p p!/N) g, and zero where two indices agree.
/// </summary>
/// <remarks>g number k of row r is number k of the normal row (seed, replica, power, r): every entry can be drawn alone. Immutable after <see cref="Store"/>.</remarks>
internal sealed class PackedTensor
{
    private readonly double scale;
    private readonly bool isStrict, isSingle;
    private readonly ulong seed;
    private readonly uint replica;
    private readonly long[] firstRow, firstPlace;
    private readonly int[][] firstOuter;
    private readonly double[][] doubles;
    private readonly float[][] singles;

    internal PackedTensor(PackedShape shape, double coefficient, PackedOptions options, int pieces, ulong seed, uint replica)
    {
        Shape = shape;
        scale = Math.Sqrt(coefficient / shape.Dimension);
        isStrict = options.Sampler == NoiseSampler.StrictSums;
        isSingle = options.Precision == EntryPrecision.Single;
        (this.seed, this.replica) = (seed, replica);
        (firstRow, firstPlace, firstOuter) = (new long[pieces + 1], new long[pieces + 1], new int[pieces + 1][]);
        (doubles, singles) = (new double[pieces][], new float[pieces][]);
        long entries = shape.Entries;
        for (int piece = 0; piece <= pieces; piece++)
        {
            // A vector (p = 1) is one row and belongs to the first piece.
            int[] outer = new int[shape.Power - 1];
            shape.RowAt(piece == pieces ? entries : (long)((Int128)entries * piece / pieces), outer);
            firstOuter[piece] = outer;
            firstRow[piece] = shape.Power == 1 ? Math.Min(piece, 1) : shape.RowOf(outer);
            firstPlace[piece] = shape.Power == 1 ? piece == 0 ? 0 : entries : shape.PlaceOf(outer);
        }
    }

    internal PackedShape Shape { get; }

    internal bool IsStored => doubles[0] is not null || singles[0] is not null;

    internal bool IsSingle => isSingle;

    /// <summary>The number of the first row of a piece; that of the next piece ends it.</summary>
    internal long FirstRow(int piece) => firstRow[piece];

    /// <summary>The first p - 1 indices of the first row of a piece.</summary>
    internal ReadOnlySpan<int> FirstOuter(int piece) => firstOuter[piece];

    internal double[] Doubles(int piece) => doubles[piece];

    internal float[] Singles(int piece) => singles[piece];

    /// <summary>Allocates a piece and draws its entries; the pieces may be stored in any order and at the same time.</summary>
    internal void Store(int piece)
    {
        int length = checked((int)(firstPlace[piece + 1] - firstPlace[piece])), place = 0;
        if (isSingle)
        {
            singles[piece] = GC.AllocateUninitializedArray<float>(length + PackedRowKernel.Padding);
        }
        else
        {
            doubles[piece] = GC.AllocateUninitializedArray<double>(length + PackedRowKernel.Padding);
        }

        Span<int> outer = stackalloc int[Shape.Power - 1];
        firstOuter[piece].CopyTo(outer);
        double[] buffer = isSingle ? new double[Shape.Dimension] : [];
        for (long row = firstRow[piece]; row < firstRow[piece + 1]; row++)
        {
            int count = Shape.RowLength(outer);
            var target = isSingle ? buffer.AsSpan(0, count) : doubles[piece].AsSpan(place, count);
            DrawRow(row, outer, target);
            if (isSingle)
            {
                for (int k = 0; k < count; k++)
                {
                    singles[piece][place + k] = (float)target[k];
                }
            }

            place += count;
            Advance(outer);
        }
    }

    /// <summary>Visits the rows of a piece in their order, stored or drawn.</summary>
    internal void Rows(int piece, PackedRow visit)
    {
        int place = 0;
        int[] outer = new int[Shape.Power - 1];
        firstOuter[piece].CopyTo(outer, 0);
        double[] buffer = doubles[piece] is null ? new double[Shape.Dimension] : [];
        for (long row = firstRow[piece]; row < firstRow[piece + 1]; row++)
        {
            int count = Shape.RowLength(outer);
            var entries = buffer.AsSpan(0, Math.Min(count, buffer.Length));
            if (doubles[piece] is { } stored)
            {
                entries = stored.AsSpan(place, count);
            }
            else if (singles[piece] is { } single)
            {
                for (int k = 0; k < count; k++)
                {
                    entries[k] = single[place + k];
                }
            }
            else
            {
                DrawRow(row, outer, entries);
            }

            visit(outer, entries);
            place += count;
            Advance(outer);
        }
    }

    /// <summary>Draws the entries of a row, rounded to the precision of the instance.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="outer">Its indices, descending.</param>
    /// <param name="target">As many entries as the row has, overwritten.</param>
    internal void DrawRow(long row, ReadOnlySpan<int> outer, Span<double> target)
    {
        var (permutations, lastCount) = Shape.Multiplicity(outer);
        bool isRepeated = permutations < SignalTerm.Factorial(Shape.Power);
        if (isStrict && isRepeated)
        {
            target.Clear();
            return;
        }

        NormalRows.Fill(target, seed, StreamPurpose.Instance, Shape.Power, replica, row);
        double factor = scale * Math.Sqrt(permutations);
        for (int k = 0; k < target.Length; k++)
        {
            target[k] *= factor;
        }

        // Only the last index of a row can be equal to one of the others.
        if (Shape.Power > 1)
        {
            target[^1] = isStrict ? 0 : target[^1] * Math.Sqrt(1.0 / lastCount);
        }

        if (isSingle)
        {
            for (int k = 0; k < target.Length; k++)
            {
                target[k] = (float)target[k];
            }
        }
    }

    // The next row: the last index counts up to the one before it.
    private static void Advance(Span<int> outer)
    {
        int q = outer.Length - 1;
        for (; q > 0 && outer[q] == outer[q - 1]; q--)
        {
            outer[q] = 0;
        }

        if (q >= 0)
        {
            outer[q]++;
        }
    }
}
