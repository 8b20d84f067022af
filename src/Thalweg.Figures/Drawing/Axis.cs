// An axis of a chart: linear or logarithmic, with a label and a range that is given or taken from the data.
using System;
using System.Collections.Generic;

namespace Thalweg.Figures.Drawing;

/// <summary>An axis; <c>with</c> changes one property of it.</summary>
public sealed record Axis
{
    private const double Largest = 1e300, Smallest = 1e-290;

    private readonly double? low, high;

    private Axis(string label, bool isLog)
    {
        ArgumentNullException.ThrowIfNull(label);
        Label = label;
        IsLog = isLog;
    }

    /// <summary>Its label, in the markup of <see cref="Markup"/>; empty for none.</summary>
    public string Label { get; init; }

    /// <summary>Whether equal ratios have equal lengths.</summary>
    public bool IsLog { get; }

    /// <summary>The value at the left or lower end; null to take it from the data. Above <see cref="High"/> on a reversed axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, beyond 1e300, or not positive on a logarithmic axis.</exception>
    public double? Low
    {
        get => low;
        init => low = Checked(value, nameof(Low));
    }

    /// <summary>The value at the right or upper end; null to take it from the data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, beyond 1e300, or not positive on a logarithmic axis.</exception>
    public double? High
    {
        get => high;
        init => high = Checked(value, nameof(High));
    }

    /// <summary>Whether faint lines cross the plot at the ticks.</summary>
    public bool Grid { get; init; }

    /// <summary>Ticks given by hand, with labels in markup; null to choose them.</summary>
    public IReadOnlyList<Tick>? Ticks { get; init; }

    /// <summary>A linear axis.</summary>
    /// <param name="label">Its label, in markup.</param>
    /// <param name="low">The value at the left or lower end.</param>
    /// <param name="high">The value at the other end; below <paramref name="low"/> for a reversed axis.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite, or the two are equal.</exception>
    public static Axis Linear(string label, double low, double high) => new(label, isLog: false) { Low = low, High = Other(low, high) };

    /// <summary>A logarithmic axis, base 10.</summary>
    /// <param name="label">Its label, in markup.</param>
    /// <param name="low">The value at the left or lower end, &gt; 0.</param>
    /// <param name="high">The value at the other end, &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not positive and finite, or the two are equal.</exception>
    public static Axis Log(string label, double low, double high) => new(label, isLog: true) { Low = low, High = Other(low, high) };

    /// <summary>A linear axis that covers the data.</summary>
    /// <param name="label">Its label, in markup.</param>
    public static Axis Auto(string label = "") => new(label, isLog: false);

    /// <summary>A logarithmic axis that covers the positive data.</summary>
    /// <param name="label">Its label, in markup.</param>
    public static Axis AutoLog(string label = "") => new(label, isLog: true);

    /// <summary>The two ends, from what is given and what the data say.</summary>
    /// <param name="least">The least value of the data; above <paramref name="greatest"/> when there are none.</param>
    /// <param name="greatest">The greatest value of the data.</param>
    /// <param name="room">Whether to leave room at the ends: marks need it, curves do not.</param>
    internal (double Low, double High) Range(double least, double greatest, bool room)
    {
        if (low is { } l && high is { } h && l != h)
        {
            return Wide(l, h);
        }

        if (!(least <= greatest))
        {
            (least, greatest) = IsLog ? (low ?? high / 10 ?? 1, high ?? low * 10 ?? 10) : (low ?? high - 1 ?? 0, high ?? low + 1 ?? 1);
        }

        double margin = room ? 0.05 : 0;
        if (IsLog)
        {
            double ratio = least == greatest ? 3 : Math.Pow(greatest / least, margin);
            return Wide(low ?? Math.Max(Smallest, least / ratio), high ?? Math.Min(Largest, greatest * ratio));
        }

        double add = least == greatest ? (least == 0 ? 1 : Math.Abs(least) / 2) : margin * (greatest - least);
        double bottom = least == 0 && greatest > 0 ? 0 : least - add, top = greatest == 0 && least < 0 ? 0 : greatest + add;
        return Wide(low ?? Math.Max(-Largest, bottom), high ?? Math.Min(Largest, top));
    }

    // A range below the resolution of double precision has no distinct ticks: widen it to 1e-11 of its place.
    private (double Low, double High) Wide(double first, double last)
    {
        double least = Math.Max(1e-11 * Math.Max(Math.Abs(first), Math.Abs(last)), Smallest);
        if (Math.Abs(last - first) >= least)
        {
            return (first, last);
        }

        double middle = first / 2 + last / 2, sign = last < first ? -1 : 1;
        return IsLog ? (first * Math.Pow(1 - 1e-10, sign), last * Math.Pow(1 + 1e-10, sign)) : (middle - sign * least, middle + sign * least);
    }

    private double? Checked(double? value, string name)
    {
        if (value is { } v && !(Math.Abs(v) <= Largest && (!IsLog || v >= Smallest)))
        {
            throw new ArgumentOutOfRangeException(name, v, IsLog ? "the end of a logarithmic axis is positive, 1e-290 to 1e300" : "the end of an axis is finite, at most 1e300");
        }

        return value;
    }

    private static double Other(double low, double high) =>
        low == high ? throw new ArgumentOutOfRangeException(nameof(high), high, "the ends of an axis differ; use Axis.Auto to take them from the data") : high;
}
