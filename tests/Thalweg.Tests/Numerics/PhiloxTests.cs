// Philox4x32-10 against its published vectors, and the distributions drawn from it.
using System;
using System.Linq;
using Thalweg.Numerics.Random;
using Xunit;

namespace Thalweg.Tests.Numerics;

public class PhiloxTests
{
    // exact: the known-answer vectors of the authors' library Random123 (file kat_vectors, philox4x32 with 10 rounds).
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Blocks_are_the_published_ones(uint a, uint b, uint c, uint d, uint low, uint high, uint e, uint f, uint g, uint h) =>
        Assert.Equal(new PhiloxWords(e, f, g, h), Philox.Block(new(a, b, c, d), low, high));

    // exact: the first two numbers follow from the first vector above by hand: low word first, 52 bits and a half.
    [Fact]
    public void A_stream_reads_its_blocks_in_order()
    {
        var words = Philox.Block(new(0, 7, 3, (uint)StreamPurpose.Matrix), 0x55667788, 0x11223344);
        var stream = new PhiloxStream(0x1122334455667788, StreamPurpose.Matrix, replica: 3, block: 7);
        Assert.Equal(words.A | ((ulong)words.B << 32), stream.NextBits());
        Assert.Equal(words.C | ((ulong)words.D << 32), stream.NextBits());
        var next = Philox.Block(new(1, 7, 3, (uint)StreamPurpose.Matrix), 0x55667788, 0x11223344);
        Assert.Equal(((next.A | ((ulong)next.B << 32)) >> 12) * Math.Pow(2, -52) + Math.Pow(2, -53), stream.NextUniform());
    }

    [Fact]
    public void Streams_of_different_names_differ_and_equal_names_agree()
    {
        PhiloxStream[] streams =
        [
            new(1, StreamPurpose.Instance), new(2, StreamPurpose.Instance), new(1UL << 32, StreamPurpose.Instance), new(1, StreamPurpose.Start),
            new(1, StreamPurpose.Instance, 1), new(1, StreamPurpose.Instance, 0, 1),
        ];
        Assert.Equal(streams.Length, streams.Select(stream => stream.NextBits()).Distinct().Count());
        Assert.Equal(new PhiloxStream(5, StreamPurpose.Data, 6, 7).NextNormal(), new PhiloxStream(5, StreamPurpose.Data, 6, 7).NextNormal());
    }

    // statistical(z = 4.5, one fixed seed, 400000 numbers): mean, variance and fourth moment, whose standard errors are sqrt(1/12), sqrt(1/180) for uniform and 1, sqrt(2),
    // sqrt(96) for normal numbers, over sqrt(n).
    [Fact]
    public void Moments_are_those_of_the_distributions()
    {
        const int n = 400_000;
        var stream = new PhiloxStream(42, StreamPurpose.Data);
        double u1 = 0, u2 = 0, g1 = 0, g2 = 0, g4 = 0;
        for (int i = 0; i < n; i++)
        {
            double u = stream.NextUniform() - 0.5, g = stream.NextNormal();
            Assert.InRange(u, -0.5, 0.5);
            u1 += u / n;
            u2 += u * u / n;
            g1 += g / n;
            g2 += g * g / n;
            g4 += g * g * g * g / n;
        }

        double z = 4.5 / Math.Sqrt(n);
        Assert.Equal(0, u1, z * Math.Sqrt(1 / 12.0));
        Assert.Equal(1 / 12.0, u2, z * Math.Sqrt(1 / 180.0));
        Assert.Equal(0, g1, z);
        Assert.Equal(1, g2, z * Math.Sqrt(2));
        Assert.Equal(3, g4, z * Math.Sqrt(96));
    }

    // statistical(z = 4.5): chi-square over 20 cells that are equally likely under N(0, 1) has mean 19 and variance 38.
    [Fact]
    public void Normal_numbers_fill_equally_likely_cells_equally()
    {
        // Quantiles of the standard normal at 0.05, 0.10, .., 0.45, from tables; the rest by symmetry.
        double[] quantiles = [-1.6448536269514722, -1.2815515655446004, -1.0364333894937898, -0.8416212335729142, -0.6744897501960817, -0.5244005127080409, -0.38532046640756773, -0.2533471031357997, -0.12566134685507402];
        double[] edges = [.. quantiles, 0, .. quantiles.Reverse().Select(q => -q)];
        var counts = new int[20];
        const int n = 200_000;
        var stream = new PhiloxStream(43, StreamPurpose.Data);
        for (int i = 0; i < n; i++)
        {
            double g = stream.NextNormal();
            counts[edges.Count(edge => edge < g)]++;
        }

        double chiSquare = counts.Sum(count => (count - n / 20.0) * (count - n / 20.0) / (n / 20.0));
        Assert.InRange(chiSquare, 4, 19 + 4.5 * Math.Sqrt(38));
    }

    // statistical(z = 4.5): correlations of neighbouring numbers, streams, and the two numbers of a polar pair are N(0, 1/n).
    [Fact]
    public void Neighbours_are_uncorrelated()
    {
        const int n = 100_000;
        PhiloxStream a = new(44, StreamPurpose.Data), b = new(44, StreamPurpose.Data, 1), c = new(44, StreamPurpose.Data, 0, 1), d = new(45, StreamPurpose.Data);
        double pair = 0, square = 0, replica = 0, block = 0, seed = 0;
        for (int i = 0; i < n; i++)
        {
            double x = a.NextNormal(), y = a.NextNormal();
            pair += x * y / n;
            square += (x * x - 1) * (y * y - 1) / (2.0 * n);
            replica += x * b.NextNormal() / n;
            block += x * c.NextNormal() / n;
            seed += x * d.NextNormal() / n;
        }

        foreach (double correlation in new[] { pair, square, replica, block, seed })
        {
            Assert.Equal(0, correlation, 4.5 / Math.Sqrt(n));
        }
    }

    // exact: bits of this code on x64 in November 2026, the same as those of a transcription to Python (IEEE doubles, no fused operations); they may never change, on any
    // machine.
    [Fact]
    public void Golden_bits()
    {
        var stream = new PhiloxStream(2026, StreamPurpose.Data, 1, 2);
        long hash = 0;
        for (int i = 0; i < 10_000; i++)
        {
            hash = unchecked(hash * 6364136223846793005 + BitConverter.DoubleToInt64Bits(stream.NextNormal()));
        }

        Assert.Equal(-564251072919405287, hash);
    }

    [Fact]
    public void Unit_vectors_are_unit_and_isotropic()
    {
        var stream = new PhiloxStream(46, StreamPurpose.Start);
        var x = new double[4];
        double first = 0, square = 0;
        const int n = 20_000;
        for (int i = 0; i < n; i++)
        {
            stream.FillUnitVector(x);
            Assert.Equal(1, x.Sum(v => v * v), 1e-15 * 4);
            first += x[0] / n;
            square += x[3] * x[3] / n;
        }

        // statistical(z = 4.5): Var x_1 = 1/4, Var x_4² = 3/24 - 1/16.
        Assert.Equal(0, first, 4.5 * Math.Sqrt(0.25 / n));
        Assert.Equal(0.25, square, 4.5 * Math.Sqrt(1 / 16.0 / n));
    }
}
