// A number as the unevaluated sum of two doubles: thirty-one decimal digits, to judge formulas that are computed in double.
using System;

namespace Thalweg.Tests.Oracles;

/// <summary>
/// High + Low with |Low| ≤ ulp(High)/2 (Dekker 1971; Hida, Li and Bailey 2001). Relative error of + - * / and Sqrt: a few times 2^-105; of Exp, Log, Asin, Pow: about 1e-30.
/// </summary>
public readonly partial struct DoubleDouble : IComparable<DoubleDouble>, IEquatable<DoubleDouble>
{
    public static readonly DoubleDouble Pi = new(3.141592653589793, 1.2246467991473532e-16);

    public static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);

    public static readonly DoubleDouble NaN = new(double.NaN, double.NaN);

    private DoubleDouble(double high, double low)
    {
        High = high;
        Low = low;
    }

    /// <summary>The nearest double.</summary>
    public double High { get; }

    /// <summary>What is left.</summary>
    public double Low { get; }

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static explicit operator double(DoubleDouble value) => value.High;

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var (s, e) = TwoSum(a.High, b.High);
        var (t, f) = TwoSum(a.Low, b.Low);
        (s, e) = QuickTwoSum(s, e + t);
        return Normal(s, e + f);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double p = a.High * b.High, e = Math.FusedMultiplyAdd(a.High, b.High, -p);
        return Normal(p, e + Math.FusedMultiplyAdd(a.High, b.Low, a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double q1 = a.High / b.High;
        if (!double.IsFinite(q1) || double.IsInfinity(b.High))
        {
            return q1;
        }

        var r = a - b * q1;
        double q2 = r.High / b.High;
        r -= b * q2;
        return (DoubleDouble)q1 + q2 + r.High / b.High;
    }

    public static bool operator <(DoubleDouble a, DoubleDouble b) => a.High < b.High || (a.High == b.High && a.Low < b.Low);

    public static bool operator >(DoubleDouble a, DoubleDouble b) => b < a;

    public static bool operator <=(DoubleDouble a, DoubleDouble b) => a.High < b.High || (a.High == b.High && a.Low <= b.Low);

    public static bool operator >=(DoubleDouble a, DoubleDouble b) => b <= a;

    public static bool operator ==(DoubleDouble a, DoubleDouble b) => a.High == b.High && a.Low == b.Low;

    public static bool operator !=(DoubleDouble a, DoubleDouble b) => !(a == b);

    public static bool IsNaN(DoubleDouble x) => double.IsNaN(x.High);

    public static DoubleDouble Abs(DoubleDouble x) => x.High < 0 ? -x : x;

    public static DoubleDouble Max(DoubleDouble a, DoubleDouble b) => a > b ? a : b;

    public static DoubleDouble Min(DoubleDouble a, DoubleDouble b) => a < b ? a : b;

    /// <summary>One Newton step from the double root doubles its digits.</summary>
    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        double root = Math.Sqrt(x.High);
        return root == 0 || !double.IsFinite(root) ? root : root + (x - (DoubleDouble)root * root) / (2 * root);
    }

    /// <summary>x^n by squaring; n may be negative.</summary>
    public static DoubleDouble Pow(DoubleDouble x, int n)
    {
        DoubleDouble result = 1;
        for (int k = Math.Abs(n); k > 0; k >>= 1)
        {
            if ((k & 1) != 0)
            {
                result *= x;
            }

            x *= x;
        }

        return n < 0 ? 1 / result : result;
    }

    /// <summary>exp(x) = 2^k (1 + s)^512 with s = exp(r) - 1 from its Taylor series, |r| &lt; 7e-4.</summary>
    public static DoubleDouble Exp(DoubleDouble x)
    {
        if (!(Math.Abs(x.High) < 700))
        {
            return Math.Exp(x.High);
        }

        double k = Math.Round(x.High / Ln2.High);
        DoubleDouble r = (x - Ln2 * k) * (1.0 / 512), term = r, s = r;
        for (int n = 2; n <= 9; n++)
        {
            term *= r / n;
            s += term;
        }

        for (int doubling = 0; doubling < 9; doubling++)
        {
            s = s * 2 + s * s;
        }

        s += 1;
        return new(Math.ScaleB(s.High, (int)k), Math.ScaleB(s.Low, (int)k));
    }

    /// <summary>Near 1 the series 2 artanh((x-1)/(x+1)), which keeps the relative error; elsewhere one Newton step on exp(y) = x.</summary>
    public static DoubleDouble Log(DoubleDouble x)
    {
        if (!(x.High > 0) || double.IsPositiveInfinity(x.High))
        {
            return Math.Log(x.High);
        }

        if (Math.Abs(x.High - 1) < 0.1)
        {
            DoubleDouble z = (x - 1) / (x + 1), square = z * z, sum = 0;
            for (int k = 25; k >= 1; k -= 2)
            {
                sum = sum * square + (DoubleDouble)1 / k;
            }

            return 2 * z * sum;
        }

        // The second-order term of log(1 + d) is kept, so that one step suffices even where Math.Log is off by some ulps.
        DoubleDouble y = Math.Log(x.High), d = x * Exp(-y) - 1;
        return y + d - d * d * 0.5;
    }

    /// <summary>sin and cos by halving the angle eight times, Taylor, and doubling back; for |x| up to a few.</summary>
    public static (DoubleDouble Sin, DoubleDouble Cos) SinCos(DoubleDouble x)
    {
        DoubleDouble r = x * (1.0 / 256), square = r * r, sin = 0, less = 0;
        for (int n = 15; n >= 3; n -= 2)
        {
            sin = (1 - sin) * square / (n * (n - 1.0));
            less = (1 - less) * square / ((n - 1.0) * (n - 2.0));
        }

        // sin holds 1 - sin(r)/r and less holds 1 - cos(r), both small, so that doubling loses nothing.
        sin = r * (1 - sin);
        for (int doubling = 0; doubling < 8; doubling++)
        {
            (sin, less) = (2 * sin * (1 - less), 2 * less * (2 - less));
        }

        return (sin, 1 - less);
    }

    /// <summary>arcsin x = y + sin(arcsin x - y) with y the double arcsine, whose error is so small that its sine is itself.</summary>
    public static DoubleDouble Asin(DoubleDouble x)
    {
        DoubleDouble y = Math.Asin(Math.Clamp(x.High, -1, 1));
        var cosine = Sqrt((1 - x) * (1 + x));
        var (s, c) = SinCos(y);
        var d = x * c - cosine * s;
        return y + d + d * d * d / 6;
    }

    public static DoubleDouble Atan(DoubleDouble x) => Asin(x / Sqrt(1 + x * x));

    public int CompareTo(DoubleDouble other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public bool Equals(DoubleDouble other) => this == other;

    public override bool Equals(object? obj) => obj is DoubleDouble other && this == other;

    public override int GetHashCode() => HashCode.Combine(High, Low);

    public override string ToString() => ToString(31);

    private static (double Sum, double Error) TwoSum(double a, double b)
    {
        double s = a + b, v = s - a;
        return (s, (a - (s - v)) + (b - v));
    }

    private static (double Sum, double Error) QuickTwoSum(double a, double b)
    {
        double s = a + b;
        return (s, b - (s - a));
    }

    // An overflow stays an infinity: its error term would be a NaN.
    private static DoubleDouble Normal(double a, double b)
    {
        var (s, e) = QuickTwoSum(a, b);
        return double.IsFinite(s) ? new DoubleDouble(s, e) : a;
    }
}
