// The order of the entries of a packed symmetric tensor: i_1 >= .. >= i_p, the last index contiguous, and how a place is turned into indices and back.
using System;

namespace Thalweg.Instances;

/// <summary>
/// The C(N+p-1, p) sorted index tuples of a symmetric tensor in lexicographic order. A row is what the first p - 1 indices name; it holds i_{p-1} + 1 entries (N for p = 1).
/// </summary>
/// <remarks>Tuple (i_1, .., i_p) stands at place Σ_q C(i_q + p - q, p - q + 1), its row is number Σ_{q&lt;p} C(i_q + p - 1 - q, p - q).</remarks>
/// <param name="dimension">N.</param>
/// <param name="power">p, from 1 to 6.</param>
internal readonly struct PackedShape(int dimension, int power)
{
    /// <summary>N.</summary>
    public int Dimension { get; } = dimension;

    /// <summary>p.</summary>
    public int Power { get; } = power;

    /// <summary>C(N+p-1, p), as a double because it is asked before it is known to be small.</summary>
    public double EntriesEstimate => Estimate(Power);

    /// <summary>C(N+p-2, p-1), the number of rows, likewise.</summary>
    public double RowsEstimate => Estimate(Power - 1);

    /// <summary>C(N+p-1, p).</summary>
    public long Entries => Binomial((long)Dimension + Power - 1, Power);

    /// <summary>How many entries a row holds.</summary>
    /// <param name="outer">The first p - 1 indices.</param>
    public int RowLength(ReadOnlySpan<int> outer) => Power == 1 ? Dimension : outer[Power - 2] + 1;

    /// <summary>The number of a row.</summary>
    /// <param name="outer">The first p - 1 indices, descending.</param>
    public long RowOf(ReadOnlySpan<int> outer)
    {
        long row = 0;
        for (int q = 0; q < Power - 1; q++)
        {
            row += Binomial((long)outer[q] + Power - 2 - q, Power - 1 - q);
        }

        return row;
    }

    /// <summary>The place of the first entry of a row.</summary>
    /// <param name="outer">The first p - 1 indices, descending.</param>
    public long PlaceOf(ReadOnlySpan<int> outer)
    {
        long place = 0;
        for (int q = 0; q < Power - 1; q++)
        {
            place += Binomial((long)outer[q] + Power - 1 - q, Power - q);
        }

        return place;
    }

    /// <summary>The row that holds a place.</summary>
    /// <param name="place">From 0 to the number of entries; the number itself gives (N, 0, .., 0), the row after the last.</param>
    /// <param name="outer">The first p - 1 indices, overwritten.</param>
    public void RowAt(long place, Span<int> outer)
    {
        for (int q = 0; q < Power - 1; q++)
        {
            // The largest index whose tuples begin at or before the place.
            int low = 0, high = Dimension;
            while (low < high)
            {
                int middle = (int)(((long)low + high + 1) / 2);
                (low, high) = Binomial((long)middle + Power - 1 - q, Power - q) <= place ? (middle, high) : (low, middle - 1);
            }

            outer[q] = low;
            place -= Binomial((long)low + Power - 1 - q, Power - q);
        }
    }

    /// <summary>How many of the p! permutations of the first p - 1 indices and one smaller index differ, and by how much an index equal to the last of them divides that.</summary>
    /// <param name="outer">The first p - 1 indices, descending.</param>
    /// <returns>p!/Π n_i!, and the number of times that the smallest of the indices occurs, plus one.</returns>
    public (double Permutations, int LastCount) Multiplicity(ReadOnlySpan<int> outer)
    {
        double count = Power;
        int run = 0;
        for (int q = 0; q < Power - 1; q++)
        {
            run = q > 0 && outer[q] == outer[q - 1] ? run + 1 : 1;
            count = count * (q + 1) / run;
        }

        return (count, run + 1);
    }

    private double Estimate(int order)
    {
        double count = 1;
        for (int j = 1; j <= order; j++)
        {
            count *= (Dimension - 1.0 + j) / j;
        }

        return count;
    }

    // C(n, k), zero for n < k; every intermediate is a binomial coefficient itself.
    private static long Binomial(long n, int k)
    {
        if (n < k)
        {
            return 0;
        }

        Int128 count = 1;
        for (int j = 1; j <= k; j++)
        {
            count = count * (n - k + j) / j;
        }

        return (long)count;
    }
}
