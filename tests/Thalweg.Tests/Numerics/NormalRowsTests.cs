// Rows of normal numbers and the kernels of packed rows: the bits of the plain twins, and the distribution.
using System;
using System.Linq;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class NormalRowsTests
{
    [Fact]
    public void Rows_have_the_bits_of_their_plain_twin()
    {
        for (int length = 0; length < 70; length++)
        {
            double[] fast = new double[length], plain = new double[length];
            long row = length % 2 == 0 ? 12345 + length : (1L << 40) + length;
            NormalRows.FillFast(fast, 0xFEDCBA9876543210, StreamPurpose.Instance, 3, 7, row);
            NormalRows.FillPlain(plain, 0xFEDCBA9876543210, StreamPurpose.Instance, 3, 7, row);
            Assert.Equal(plain, fast);
        }

        // A long row, so that the rare branches of logarithm and angle are met.
        double[] many = new double[200_000], twin = new double[200_000];
        NormalRows.FillFast(many, 1, StreamPurpose.Instance, 2, 0, 5);
        NormalRows.FillPlain(twin, 1, StreamPurpose.Instance, 2, 0, 5);
        Assert.Equal(twin, many);
    }

    // exact: the first pair by hand from the block of Philox; 1e-15 covers the last bits of the platform's sine and cosine.
    [Fact]
    public void A_pair_is_that_of_Box_and_Muller()
    {
        double[] row = new double[16];
        NormalRows.Fill(row, 0x1122334455667788, StreamPurpose.Instance, 2, 3, (1L << 32) + 9);
        var words = Philox.Block(new((1 << 20) + 1, 9, 3, 1 | (2 << 16)), 0x55667788, 0x11223344);
        double u = ((words.A | ((ulong)words.B << 32)) >> 12) * Math.Pow(2, -52) + Math.Pow(2, -53), v = ((words.C | ((ulong)words.D << 32)) >> 12) * Math.Pow(2, -52) + Math.Pow(2, -53);
        Assert.Equal(Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v), row[1], 1e-14);
        Assert.Equal(Math.Sqrt(-2 * Math.Log(u)) * Math.Sin(2 * Math.PI * v), row[9], 1e-14);
    }

    // statistical(z = 4.5, one fixed seed, 1.6e6 numbers): moments with standard errors 1, sqrt(2), sqrt(15), sqrt(96) over sqrt(n); products of neighbours, of the two numbers of a
    // block, of rows and of replicas with 1 over sqrt(n).
    [Fact]
    public void Moments_are_those_of_normal_numbers()
    {
        const int rows = 1000, length = 1600, n = rows * length;
        double[] row = new double[length], next = new double[length], other = new double[length];
        double m1 = 0, m2 = 0, m3 = 0, m4 = 0, neighbours = 0, pairs = 0, acrossRows = 0, acrossReplicas = 0;
        for (int r = 0; r < rows; r++)
        {
            NormalRows.Fill(row, 42, StreamPurpose.Instance, 2, 0, 2 * r);
            NormalRows.Fill(next, 42, StreamPurpose.Instance, 2, 0, 2 * r + 1);
            NormalRows.Fill(other, 42, StreamPurpose.Instance, 2, 1, 2 * r);
            for (int i = 0; i < length; i++)
            {
                double g = row[i];
                m1 += g / n;
                m2 += g * g / n;
                m3 += g * g * g / n;
                m4 += g * g * g * g / n;
                neighbours += g * row[(i + 1) % length] / n;
                pairs += g * row[i ^ 8] / n;
                acrossRows += g * next[i] / n;
                acrossReplicas += g * other[i] / n;
            }
        }

        double z = 4.5 / Math.Sqrt(n);
        Assert.Equal(0, m1, z);
        Assert.Equal(1, m2, z * Math.Sqrt(2));
        Assert.Equal(0, m3, z * Math.Sqrt(15));
        Assert.Equal(3, m4, z * Math.Sqrt(96));
        Assert.Equal(0, neighbours, z);
        Assert.Equal(0, pairs, z * Math.Sqrt(2));
        Assert.Equal(0, acrossRows, z);
        Assert.Equal(0, acrossReplicas, z);
    }

    [Fact]
    public void Names_outside_their_range_are_refused()
    {
        double[] row = new double[4];
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalRows.Fill(row, 1, StreamPurpose.Instance, 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalRows.Fill(row, 1, StreamPurpose.Instance, 1 << 16, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalRows.Fill(row, 1, StreamPurpose.Instance, 1, 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalRows.Fill(row, 1, StreamPurpose.Instance, 1, 0, NormalRows.RowCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalRows.Fill(new double[NormalRows.LongestRow + 1], 1, StreamPurpose.Instance, 1, 0, 0));
    }

    // Four rows at once are four rows one after the other.
    [Fact]
    public void Packed_rows_have_the_bits_of_their_plain_twins()
    {
        for (int length = 1; length < 70; length++)
        {
            foreach (int rows in new[] { 1, PackedRowKernel.Rows })
            {
                const int room = 3 + PackedRowKernel.Padding;
                double[] w = Numbers(rows * length + 3 + room, 1), x = Numbers(length + room, 2), z = Numbers(length + room, 3), y = Numbers(length + room, 4);
                float[] single = [.. w.Select(number => (float)number)];
                double[] widened = [.. single.Select(number => (double)number)];
                Compare(w, x, z, y, rows, length);
                Assert.Equal(Compare(widened, x, z, y, rows, length), Compare(single, x, z, y, rows, length));
            }
        }
    }

    private static double[] Compare<T>(T[] w, double[] x, double[] z, double[] y, int rows, int length)
        where T : unmanaged
    {
        double[] fast = [.. y], plain = [.. y], a = [0.3, -0.7, 1.1, 0.2], fastSums = new double[2 * rows], plainSums = new double[2 * rows];
        PackedRowKernel.DotAddFast(ref w[0], ref x[0], ref fast[0], a.AsSpan(0, rows), length, fastSums);
        PackedRowKernel.DotAddPlain(ref w[0], ref x[0], ref plain[0], a.AsSpan(0, rows), length, plainSums);
        Assert.Equal(plain, fast);
        Assert.Equal(plainSums, fastSums);
        PackedRowKernel.DotsAddFast(ref w[0], ref x[0], ref z[0], ref fast[0], a.AsSpan(0, rows), length, fastSums);
        PackedRowKernel.DotsAddPlain(ref w[0], ref x[0], ref z[0], ref plain[0], a.AsSpan(0, rows), length, plainSums);
        Assert.Equal(plain, fast);
        Assert.Equal(plainSums, fastSums);

        // converged: against plain sums in another order, to rounding.
        int start = 0;
        for (int r = 0; r < rows; start += length + r, r++)
        {
            Assert.Equal(Enumerable.Range(0, length + r).Sum(i => Convert.ToDouble(w[start + i]) * x[i]), fastSums[r], 1e-12);
            Assert.Equal(Enumerable.Range(0, length + r).Sum(i => Convert.ToDouble(w[start + i]) * z[i]), fastSums[rows + r], 1e-12);
        }

        return [.. fast, .. fastSums];
    }

    private static double[] Numbers(int count, int kind)
    {
        var numbers = new double[count];
        NormalRows.Fill(numbers, 8, StreamPurpose.Data, kind, 0, count);
        return numbers;
    }
}
