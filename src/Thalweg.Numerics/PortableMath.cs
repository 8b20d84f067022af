// Logarithm and exponential with the same bits on every machine: only + - * / and exact scalings by powers of two.
using System;

namespace Thalweg.Numerics;

/// <summary>Elementary functions for draws and sums whose bits are promised: the functions of <see cref="Math"/> differ between operating systems.</summary>
/// <remarks>Argument reduction follows Freely Distributable LIBM; the series are plain Taylor series, long enough that their remainder is below a hundredth of a
/// rounding.</remarks>
public static class PortableMath
{
    // ln 2 = high + low; the 21 trailing zero bits of the high part make k * high exact for every exponent k of a double.
    private const double Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10, InverseLn2 = 1.44269504088896338700;
    private const double Sqrt2 = 1.4142135623730951;
    private const long MantissaMask = 0x000F_FFFF_FFFF_FFFF, OneBits = 0x3FF0_0000_0000_0000;

    /// <summary>log x, natural; error below one unit in the last place.</summary>
    /// <remarks>x = 2^k f with f in [sqrt(1/2), sqrt(2)); log f = 2 atanh(s), s = (f - 1)/(f + 1), |s| ≤ 0.1716. About 15 ns.</remarks>
    /// <param name="x">Any double: 0 gives -∞, a negative number or NaN gives NaN.</param>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        int k = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0;
            k = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        k += (int)(bits >> 52) - 1023;
        double f = BitConverter.Int64BitsToDouble((bits & MantissaMask) | OneBits);
        if (f >= Sqrt2)
        {
            f *= 0.5;
            k++;
        }

        f -= 1;
        double s = f / (2 + f), z = s * s;

        // 2 atanh(s) = 2s + s R with R = 2 (z/3 + z²/5 + ...); the remainder after z^11 is below 2^-62.
        double r = 2.0 / 23;
        r = 2.0 / 21 + z * r;
        r = 2.0 / 19 + z * r;
        r = 2.0 / 17 + z * r;
        r = 2.0 / 15 + z * r;
        r = 2.0 / 13 + z * r;
        r = 2.0 / 11 + z * r;
        r = 2.0 / 9 + z * r;
        r = 2.0 / 7 + z * r;
        r = 2.0 / 5 + z * r;
        r = 2.0 / 3 + z * r;
        r *= z;

        // 2s = f - s f, written with the exact f in front so that the rounding of s counts only through s (f²/2 - ...).
        double halfSquare = 0.5 * f * f;
        return k * Ln2High - ((halfSquare - (s * (halfSquare + r) + k * Ln2Low)) - f);
    }

    /// <summary>exp x; error below one unit in the last place (of the subnormal result where it is subnormal).</summary>
    /// <remarks>x = k ln 2 + r with |r| ≤ 0.35, Taylor series of degree 13 in r. About 10 ns.</remarks>
    /// <param name="x">Any double: overflows to +∞ above 709.78, underflows to 0 below -745.13.</param>
    public static double Exp(double x)
    {
        if (!(x <= 709.782712893384))
        {
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        }

        if (x < -745.1332191019412)
        {
            return 0;
        }

        int k = (int)(x * InverseLn2 + (x < 0 ? -0.5 : 0.5));
        double high = x - k * Ln2High, low = k * Ln2Low, r = high - low;

        double p = 1.0 / 6227020800;
        p = 1.0 / 479001600 + r * p;
        p = 1.0 / 39916800 + r * p;
        p = 1.0 / 3628800 + r * p;
        p = 1.0 / 362880 + r * p;
        p = 1.0 / 40320 + r * p;
        p = 1.0 / 5040 + r * p;
        p = 1.0 / 720 + r * p;
        p = 1.0 / 120 + r * p;
        p = 1.0 / 24 + r * p;
        p = 1.0 / 6 + r * p;
        p = 0.5 + r * p;

        // The rounding of r = high - low is given back to first order.
        double lost = (high - r) - low;
        return Scale(1 + (r + (r * r * p + lost)), k);
    }

    // y 2^k with one rounding, also where the result is subnormal.
    private static double Scale(double y, int k)
    {
        if (k >= -1021 && k <= 1023)
        {
            return y * BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
        }

        return k > 1023
            ? y * 2 * BitConverter.Int64BitsToDouble((long)(k + 1022) << 52)
            : y * BitConverter.Int64BitsToDouble((long)(k + 1023 + 64) << 52) * 5.421010862427522e-20;
    }
}
