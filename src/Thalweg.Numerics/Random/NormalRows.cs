// Rows of standard normal numbers, each row a pure function of (seed, purpose, replica, row), eight blocks of Philox at a time.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Numerics.Random;

/// <summary>
/// Standard normal numbers by Box and Muller: a block of Philox gives two uniforms u, v and with them sqrt(-2 ln u) cos 2πv and sqrt(-2 ln u) sin 2πv.
/// </summary>
/// <remarks>
/// Numbers 16g + l and 16g + 8 + l of a row are the cosine and the sine of block 8g + l, l = 0..7, so that eight blocks fill two vectors. The fast form and its plain twin
/// have the same bits: exact bit operations, + - * / and sqrt, and fused multiply-adds in the same places.
/// </remarks>
public static class NormalRows
{
    /// <summary>The longest row.</summary>
    public const int LongestRow = 1 << 21;

    /// <summary>How many rows there are.</summary>
    public const long RowCount = 1L << 44;

    private const int Group = 16, Lanes = 8, BlockBits = 20;
    private const uint MultiplierA = 0xD2511F53, MultiplierC = 0xCD9E8D57, WeylLow = 0x9E3779B9, WeylHigh = 0xBB67AE85;
    private const double Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10, Sqrt2 = 1.4142135623730951;
    private const double HalfPi = 1.5707963267948966, Rounder = 6755399441055744.0, HalfSpacing = 1.0 / (1L << 53), ExponentOffset = 4503599627371519.0;
    private const ulong One = 0x3FF0_0000_0000_0000, ExponentZero = 0x4330_0000_0000_0000, MantissaMask = 0x000F_FFFF_FFFF_FFFF;

    // Taylor: sin x = x + x z P(z), cos x = 1 + z Q(z), z = x²; for |x| ≤ π/4 what is left out is below 5e-17.
    private static readonly double[] Sine = [-1.0 / 1307674368000, 1.0 / 6227020800, -1.0 / 39916800, 1.0 / 362880, -1.0 / 5040, 1.0 / 120, -1.0 / 6];
    private static readonly double[] Cosine = [1.0 / 20922789888000, -1.0 / 87178291200, 1.0 / 479001600, -1.0 / 3628800, 1.0 / 40320, -1.0 / 720, 1.0 / 24, -1.0 / 2];

    // The series of PortableMath.Log: 2/23, 2/21, ..., 2/3.
    private static readonly double[] Logarithm = [2.0 / 23, 2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3];

    /// <summary>Fills a row from its first number on.</summary>
    /// <param name="destination">[i], at most <see cref="LongestRow"/> entries, overwritten.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="kind">Which kind of rows of that purpose, below 2^16; 0 is what <see cref="PhiloxStream"/> draws from and is not allowed.</param>
    /// <param name="replica">Which of many equal things.</param>
    /// <param name="row">Which row, from 0 to below <see cref="RowCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A row that is too long, or a name outside its range.</exception>
    public static void Fill(Span<double> destination, ulong seed, StreamPurpose purpose, int kind, uint replica, long row)
    {
        if (KernelChoice.IsPlain)
        {
            FillPlain(destination, seed, purpose, kind, replica, row);
        }
        else
        {
            FillFast(destination, seed, purpose, kind, replica, row);
        }
    }

    /// <summary>The vector form.</summary>
    /// <param name="destination">[i], overwritten.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="kind">Which kind of rows.</param>
    /// <param name="replica">Which of many equal things.</param>
    /// <param name="row">Which row.</param>
    public static void FillFast(Span<double> destination, ulong seed, StreamPurpose purpose, int kind, uint replica, long row) =>
        Fill(destination, seed, purpose, kind, replica, row, isPlain: false);

    /// <summary>The plain twin.</summary>
    /// <param name="destination">[i], overwritten.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="kind">Which kind of rows.</param>
    /// <param name="replica">Which of many equal things.</param>
    /// <param name="row">Which row.</param>
    public static void FillPlain(Span<double> destination, ulong seed, StreamPurpose purpose, int kind, uint replica, long row) =>
        Fill(destination, seed, purpose, kind, replica, row, isPlain: true);

    private static void Fill(Span<double> destination, ulong seed, StreamPurpose purpose, int kind, uint replica, long row, bool isPlain)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, LongestRow);
        ArgumentOutOfRangeException.ThrowIfLessThan(kind, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kind, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        var first = new PhiloxWords((uint)(row >> 32) << BlockBits, (uint)row, replica, (uint)purpose | ((uint)kind << 16));
        int whole = destination.Length - destination.Length % Group;
        Span<double> last = stackalloc double[Group];
        for (int i = 0; i < destination.Length; i += Group)
        {
            var target = i < whole ? destination.Slice(i, Group) : last;
            var counter = first with { A = first.A + (uint)(i / 2) };
            if (isPlain)
            {
                Plain(target, counter, (uint)seed, (uint)(seed >> 32));
            }
            else
            {
                Fast(ref MemoryMarshal.GetReference(target), counter, (uint)seed, (uint)(seed >> 32));
            }
        }

        last[..(destination.Length - whole)].CopyTo(destination[whole..]);
    }

    private static void Plain(Span<double> target, PhiloxWords counter, uint keyLow, uint keyHigh)
    {
        for (uint lane = 0; lane < Lanes; lane++)
        {
            var words = Philox.Block(counter with { A = counter.A + lane }, keyLow, keyHigh);
            double u = Uniform(words.A | ((ulong)words.B << 32)), v = Uniform(words.C | ((ulong)words.D << 32));
            double radius = Math.Sqrt(-2 * PortableMath.Log(u));

            // 4v = k + t with |t| < 1/2: the angle is k quarter turns and x = t π/2.
            double shifted = 4 * v + Rounder, x = (4 * v - (shifted - Rounder)) * HalfPi, z = x * x, sine = Sine[0], cosine = Cosine[0];
            ulong k = BitConverter.DoubleToUInt64Bits(shifted);
            for (int i = 1; i < Sine.Length; i++)
            {
                sine = Math.FusedMultiplyAdd(sine, z, Sine[i]);
            }

            for (int i = 1; i < Cosine.Length; i++)
            {
                cosine = Math.FusedMultiplyAdd(cosine, z, Cosine[i]);
            }

            sine = Math.FusedMultiplyAdd(x * z, sine, x);
            cosine = Math.FusedMultiplyAdd(cosine, z, 1);
            var (c, s) = (k & 1) == 0 ? (cosine, sine) : (sine, cosine);
            target[(int)lane] = radius * (((k + 1) & 2) == 0 ? c : -c);
            target[(int)lane + Lanes] = radius * ((k & 2) == 0 ? s : -s);
        }
    }

    private static double Uniform(ulong bits) => BitConverter.UInt64BitsToDouble((bits >> 12) | One) - 1 + HalfSpacing;

    private static void Fast(ref double target, PhiloxWords counter, uint keyLow, uint keyHigh)
    {
        var mask = Vector512.Create((ulong)uint.MaxValue);
        Vector512<ulong> a = (Vector512.Create((ulong)counter.A) + Vector512<ulong>.Indices) & mask, b = Vector512.Create((ulong)counter.B), c = Vector512.Create((ulong)counter.C);
        Vector512<ulong> d = Vector512.Create((ulong)counter.D), multiplierA = Vector512.Create((ulong)MultiplierA), multiplierC = Vector512.Create((ulong)MultiplierC);
        for (int round = 0; round < 10; round++)
        {
            Vector512<ulong> first = Multiply(a, multiplierA, mask), second = Multiply(c, multiplierC, mask);
            (a, b, c, d) = ((second >>> 32) ^ b ^ Vector512.Create((ulong)keyLow), second, (first >>> 32) ^ d ^ Vector512.Create((ulong)keyHigh), first);
            keyLow = unchecked(keyLow + WeylLow);
            keyHigh = unchecked(keyHigh + WeylHigh);
        }

        Vector512<double> u = Uniform((a & mask) | (b << 32)), v = Uniform((c & mask) | (d << 32));
        var radius = Vector512.Sqrt(Vector512.Create(-2.0) * Log(u));
        Vector512<double> four = v * 4, rounder = Vector512.Create(Rounder), shifted = four + rounder, x = (four - (shifted - rounder)) * HalfPi, z = x * x;
        Vector512<double> sine = Vector512.Create(Sine[0]), cosine = Vector512.Create(Cosine[0]);
        for (int i = 1; i < Sine.Length; i++)
        {
            sine = Vector512.FusedMultiplyAdd(sine, z, Vector512.Create(Sine[i]));
        }

        for (int i = 1; i < Cosine.Length; i++)
        {
            cosine = Vector512.FusedMultiplyAdd(cosine, z, Vector512.Create(Cosine[i]));
        }

        sine = Vector512.FusedMultiplyAdd(x * z, sine, x);
        cosine = Vector512.FusedMultiplyAdd(cosine, z, Vector512.Create(1.0));
        Vector512<ulong> k = shifted.AsUInt64(), one = Vector512.Create(1UL), two = Vector512.Create(2UL);
        var even = Vector512.Equals(k & one, Vector512<ulong>.Zero).AsDouble();
        Vector512<double> onX = Vector512.ConditionalSelect(even, cosine, sine), onY = Vector512.ConditionalSelect(even, sine, cosine);
        (radius * (onX.AsUInt64() ^ (((k + one) & two) << 62)).AsDouble()).StoreUnsafe(ref target);
        (radius * (onY.AsUInt64() ^ ((k & two) << 62)).AsDouble()).StoreUnsafe(ref target, Lanes);
    }

    // The 64-bit products of the low halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Multiply(Vector512<ulong> x, Vector512<ulong> y, Vector512<ulong> mask) =>
        Avx512F.IsSupported ? Avx512F.Multiply(x.AsUInt32(), y.AsUInt32()) : (x & mask) * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Uniform(Vector512<ulong> bits) => ((bits >>> 12) | Vector512.Create(One)).AsDouble() - Vector512.Create(1.0) + Vector512.Create(HalfSpacing);

    // PortableMath.Log, operation by operation, for normal numbers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Log(Vector512<double> x)
    {
        var bits = x.AsUInt64();
        var k = ((bits >>> 52) | Vector512.Create(ExponentZero)).AsDouble() - Vector512.Create(ExponentOffset);
        var f = ((bits & Vector512.Create(MantissaMask)) | Vector512.Create(One)).AsDouble();
        var isLarge = Vector512.GreaterThanOrEqual(f, Vector512.Create(Sqrt2));
        f = Vector512.ConditionalSelect(isLarge, f * 0.5, f) - Vector512.Create(1.0);
        k = Vector512.ConditionalSelect(isLarge, k + Vector512.Create(1.0), k);
        Vector512<double> s = f / (Vector512.Create(2.0) + f), z = s * s, r = Vector512.Create(Logarithm[0]);
        for (int i = 1; i < Logarithm.Length; i++)
        {
            r = Vector512.Create(Logarithm[i]) + z * r;
        }

        r *= z;
        var halfSquare = f * 0.5 * f;
        return k * Ln2High - ((halfSquare - (s * (halfSquare + r) + k * Ln2Low)) - f);
    }
}
