// Which values an axis marks and how it writes them: steps of 1, 2 or 5 times a power of ten, labels exact in decimal.
using System;
using System.Collections.Generic;
using System.Globalization;

namespace Thalweg.Figures.Drawing;

/// <summary>A marked value of an axis.</summary>
/// <param name="Value">The value.</param>
/// <param name="Label">What is written there, in markup; times the common factor it is the value.</param>
public readonly record struct Tick(double Value, string Label);

/// <summary>The ticks of an axis.</summary>
/// <param name="Major">With labels, ascending.</param>
/// <param name="Minor">Without labels, ascending.</param>
/// <param name="Exponent">Labels are to be multiplied by ten to this power; 0 for no common factor.</param>
public sealed record TickSet(IReadOnlyList<Tick> Major, IReadOnlyList<double> Minor, int Exponent);

/// <summary>The choice of ticks.</summary>
public static class Ticks
{
    private static readonly int[] Mantissas = [5, 2, 1];
    private static readonly int[] Strides = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200];

    /// <summary>Three to ten ticks of a linear axis.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end, &gt; <paramref name="low"/>; their difference at least 1e-12 of the larger.</param>
    /// <param name="wanted">The number of ticks to come close to, 3 to 10.</param>
    /// <returns>Multiples of one step; zero is written 0, all others with the same number of decimals.</returns>
    public static TickSet Linear(double low, double high, int wanted = 6)
    {
        Require(low, high, low < high);
        double range = high - low;
        int top = (int)Math.Floor(Math.Log10(range)) + 1, bestMantissa = 1, bestPower = top - 1, count = 0;
        double best = double.MaxValue;
        long bestFirst = 0, bestLast = 0;
        for (int power = top; power >= top - 3; power--)
        {
            foreach (int mantissa in Mantissas)
            {
                double from = Over(low, mantissa, power), to = Over(high, mantissa, power);

                // An end that is a tick but for rounding counts as one.
                double first = Math.Ceiling(from - 1e-9 - 1e-15 * Math.Abs(from)), last = Math.Floor(to + 1e-9 + 1e-15 * Math.Abs(to));
                double here = last - first + 1, miss = Math.Abs(Math.Log(here / wanted));
                if (here is >= 3 and <= 10 && miss < best && Math.Max(Math.Abs(first), Math.Abs(last)) < 1e15)
                {
                    (best, count, bestMantissa, bestPower, bestFirst, bestLast) = (miss, (int)here, mantissa, power, (long)first, (long)last);
                }
            }
        }

        long largest = Math.Max(Math.Abs(bestFirst), Math.Abs(bestLast)) * bestMantissa;
        int exponent = CommonExponent(largest, bestPower);
        var ticks = new List<Tick>();
        for (long k = bestFirst; count > 0 && k <= bestLast; k++)
        {
            ticks.Add(new(Times(k * bestMantissa, bestPower), Decimal(k * bestMantissa, bestPower - exponent)));
        }

        return new(ticks, [], exponent);
    }

    /// <summary>Three to ten ticks of a logarithmic axis.</summary>
    /// <param name="low">The lower end, &gt; 0.</param>
    /// <param name="high">The upper end, &gt; <paramref name="low"/>.</param>
    /// <param name="wanted">The number of ticks to stay near, 3 to 10.</param>
    /// <returns>Powers of ten; 1, 2, 5 times powers of ten on a short range; steps of a linear axis on a range within one such step.</returns>
    public static TickSet Log(double low, double high, int wanted = 6)
    {
        Require(low, high, low > 0 && low < high);
        int first = (int)Math.Ceiling(Math.Log10(low) - 1e-9), last = (int)Math.Floor(Math.Log10(high) + 1e-9);
        return last - first >= 2 ? Decades(low, high, first, last, Math.Clamp(wanted + 2, 5, 10)) : Short(low, high, wanted);
    }

    private static TickSet Decades(double low, double high, int first, int last, int most)
    {
        int stride = 1;
        foreach (int candidate in Strides)
        {
            int count = Floor(last, candidate) - Floor(first - 1, candidate);
            if (count >= 3)
            {
                stride = candidate;
            }

            if (count <= most)
            {
                break;
            }
        }

        bool plain = first >= -2 && last <= 3;
        List<Tick> major = [];
        List<double> minor = [];
        for (int k = first - 1; k <= last; k++)
        {
            if (k >= first && Floor(k, stride) * stride == k)
            {
                major.Add(new(Times(1, k), plain ? Decimal(1, k) : Power(k)));
            }
            else if (k >= first)
            {
                minor.Add(Times(1, k));
            }

            for (int m = 2; stride == 1 && m <= 9; m++)
            {
                AddInside(minor, Times(m, k), low, high);
            }
        }

        return new(major, minor, 0);
    }

    private static TickSet Short(double low, double high, int wanted)
    {
        int first = (int)Math.Floor(Math.Log10(low)) - 1, last = (int)Math.Ceiling(Math.Log10(high));
        bool plain = low >= 1e-3 && high < 1e5;
        List<Tick> major = [];
        List<double> minor = [];
        for (int k = first; k <= last; k++)
        {
            for (int m = 1; m <= 9; m++)
            {
                double value = Times(m, k);
                if (m is 1 or 2 or 5 && value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
                {
                    major.Add(new(value, plain ? Decimal(m, k) : m == 1 ? Power(k) : m.ToString(CultureInfo.InvariantCulture) + "×" + Power(k)));
                }
                else
                {
                    AddInside(minor, value, low, high);
                }
            }
        }

        return major.Count >= 3 ? new(major, minor, 0) : Linear(low, high, wanted);
    }

    private static void AddInside(List<double> ticks, double value, double low, double high)
    {
        if (value >= low && value <= high)
        {
            ticks.Add(value);
        }
    }

    // Plain decimals from 0.01 to 99999; beyond, a common factor when that makes the labels shorter.
    private static int CommonExponent(long largest, int power)
    {
        if (largest == 0)
        {
            return 0;
        }

        int exponent = (int)Math.Floor(Math.Log10(largest) + 1e-12) + power;
        bool plain = exponent is >= -2 and <= 4 || Decimal(largest, power).Length <= Decimal(largest, power - exponent).Length;
        return plain ? 0 : exponent;
    }

    /// <summary>n · 10^power in decimal, exactly, with a true minus sign.</summary>
    private static string Decimal(long n, int power)
    {
        if (n == 0)
        {
            return "0";
        }

        string digits = Math.Abs(n).ToString(CultureInfo.InvariantCulture), sign = n < 0 ? "−" : string.Empty;
        if (power >= 0)
        {
            return sign + digits + new string('0', power);
        }

        digits = digits.PadLeft(1 - power, '0');
        return string.Concat(sign, digits.AsSpan(0, digits.Length + power), ".", digits.AsSpan(digits.Length + power));
    }

    private static string Power(int k) => "10^{" + (k < 0 ? "−" : string.Empty) + Math.Abs(k).ToString(CultureInfo.InvariantCulture) + "}";

    // Dividing by an exact power of ten gives the double nearest to the decimal; multiplying by an inexact one does not.
    private static double Times(long n, int power) => power >= 0 ? n * Math.Pow(10, power) : power >= -300 ? n / Math.Pow(10, -power) : n * Math.Pow(10, power);

    private static double Over(double value, int mantissa, int power) => power >= 0 ? value / Math.Pow(10, power) / mantissa : value * Math.Pow(10, -power) / mantissa;

    private static int Floor(int value, int stride) => (int)Math.Floor((double)value / stride);

    private static void Require(double low, double high, bool good)
    {
        if (!good || !double.IsFinite(high - low))
        {
            throw new ArgumentOutOfRangeException(nameof(high), high, $"the upper end must lie above the lower end {low}");
        }
    }
}
