// How texts become values: numbers, lists and ranges, integers, choices, flags, each with its domain and its error sentence.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Results;

namespace Thalweg.Runs;

/// <summary>Reads, checks, shows and writes one kind of value. <see cref="Read"/> throws <see cref="FormatException"/> with the rest of an error sentence.</summary>
/// <typeparam name="T">The kind of value.</typeparam>
/// <param name="Domain">The values it takes, in words.</param>
/// <param name="Read">Text → value.</param>
/// <param name="Show">Value → what results show.</param>
/// <param name="Write">Value → its one spelling.</param>
public sealed record Reader<T>(string Domain, Func<string, T> Read, Func<T, Datum> Show, Func<T, string> Write);

/// <summary>The kinds of values that runs take.</summary>
public static class Readers
{
    /// <summary>The most values that a list or range may have: beyond it a mistyped count is likelier than a wish.</summary>
    public const int LongestList = 1_000_000;

    /// <summary>One number in a closed interval.</summary>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value.</param>
    /// <param name="fix">What to do instead, appended to the sentence; may be empty.</param>
    public static Reader<double> Number(double low, double high, string fix = "") =>
        new(Interval(low, high, "a number"), text => ReadNumber(text, low, high, fix), value => new Datum.Plain(value), Text);

    /// <summary>One number in an open interval.</summary>
    /// <param name="low">Below every value.</param>
    /// <param name="high">Above every value.</param>
    /// <param name="fix">What to do instead.</param>
    public static Reader<double> NumberInside(double low, double high, string fix) => new(
        FormattableString.Invariant($"a number in ({low}, {high})"),
        text =>
        {
            double value = ReadNumber(text, low, high, fix);
            return value > low && value < high ? value : throw new FormatException(FormattableString.Invariant($"must be a number strictly between {low} and {high}{Fix(fix)}"));
        },
        value => new Datum.Plain(value),
        Text);

    /// <summary>A list "1.5,1.9,2.3" or a range "1:3:41" (first:last:count) of numbers in a closed interval.</summary>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value.</param>
    public static Reader<double[]> Numbers(double low, double high) => new(
        Interval(low, high, "numbers") + ", as a list 1.5,1.9 or a range first:last:count",
        text => ReadNumbers(text, low, high),
        values => new Datum.Many([.. values.Select(value => (Datum)new Datum.Plain(value))]),
        values => string.Join(',', values.Select(Text)));

    /// <summary>An interval "first:last" of finite numbers.</summary>
    public static Reader<(double First, double Last)> Range { get; } = new(
        "two numbers first:last with first < last",
        text =>
        {
            string[] parts = text.Split(':');
            if (parts.Length != 2)
            {
                throw new FormatException("must be two numbers first:last, for example -1.85:-1.75");
            }

            double first = ReadNumber(parts[0], -1e12, 1e12, string.Empty), last = ReadNumber(parts[1], -1e12, 1e12, string.Empty);
            return first < last ? (first, last) : throw new FormatException("the first number must be below the last; swap them");
        },
        value => new Datum.Many([new Datum.Plain(value.First), new Datum.Plain(value.Last)]),
        value => Text(value.First) + ":" + Text(value.Last));

    /// <summary>An integer in a closed interval.</summary>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">The largest value.</param>
    /// <param name="refusal">The sentence for a value outside; null for the usual one.</param>
    public static Reader<int> Integer(int low, int high, string? refusal = null) => new(
        FormattableString.Invariant($"an integer from {low} to {high}"),
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= low && value <= high
            ? value
            : throw new FormatException(refusal ?? FormattableString.Invariant($"must be an integer from {low} to {high}")),
        value => new Datum.Plain(value),
        value => value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A seed.</summary>
    public static Reader<ulong> Seed { get; } = new(
        "an integer from 0 to 2^53",
        text => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) && value <= 1UL << 53 ? value : throw new FormatException("must be an integer from 0 to 2^53"),
        value => new Datum.Plain(value),
        value => value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Yes when present.</summary>
    public static Reader<bool> Flag { get; } = new(
        "present or absent",
        text => text switch { "true" => true, "false" => false, _ => throw new FormatException("is a flag and takes no value") },
        value => new Datum.Flag(value),
        value => value ? "true" : "false");

    /// <summary>Text of any kind, checked by a function.</summary>
    /// <param name="domain">The values it takes, in words.</param>
    /// <param name="check">Returns the text in its one spelling or throws <see cref="FormatException"/>.</param>
    public static Reader<string> Words(string domain, Func<string, string> check) => new(domain, check, value => new Datum.Text(value), value => value);

    /// <summary>One of some words.</summary>
    /// <param name="words">The words.</param>
    public static Reader<string> Choice(params string[] words) =>
        Words("one of " + string.Join(", ", words), text => words.Contains(text, StringComparer.Ordinal) ? text : throw new FormatException("must be one of " + string.Join(", ", words) + Closest.Hint(text, words)));

    /// <summary>The one spelling of a number: its shortest form that reads back to the same double.</summary>
    /// <param name="value">The number.</param>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double[] ReadNumbers(string text, double low, double high)
    {
        string[] parts = text.Split(':');
        if (parts.Length == 1)
        {
            string[] items = text.Split(',');
            return items.Length <= LongestList ? [.. items.Select(item => ReadNumber(item.Trim(), low, high, string.Empty))] : throw TooLong(items.Length);
        }

        if (parts.Length != 3)
        {
            throw new FormatException("a range reads first:last:count, for example 1:3:41");
        }

        double first = ReadNumber(parts[0], low, high, string.Empty), last = ReadNumber(parts[1], low, high, string.Empty);
        if (!long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count < 1)
        {
            throw new FormatException("the count of a range first:last:count must be an integer >= 1");
        }

        if (count > LongestList)
        {
            throw TooLong(count);
        }

        return count == 1 && first != last
            ? throw new FormatException("a range of one value needs first = last")
            : [.. Enumerable.Range(0, (int)count).Select(i => i == count - 1 ? last : first + (last - first) * i / (count - 1))];
    }

    private static LimitException TooLong(long count) => new(FormattableString.Invariant($"a list of {count} values is longer than the {LongestList} that one run takes; split it into several runs"));

    private static double ReadNumber(string text, double low, double high, string fix)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            string point = text.Count(c => c == ',') == 1 ? text.Replace(',', '.') : string.Empty, interval = Interval(low, high, "a number");
            throw new FormatException(point.Length > 0 && double.TryParse(point, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                ? $"one number is wanted, {interval}; did you mean {point}?"
                : text.AsSpan().IndexOfAny(',', ':') > 0 && double.TryParse(text.AsSpan(0, text.AsSpan().IndexOfAny(',', ':')), NumberStyles.Float, CultureInfo.InvariantCulture, out double one) && one >= low && one <= high
                    ? $"one number is wanted, {interval}, not a list or a range; give one of them, such as {Text(one)}"
                    : $"must be {interval}{Fix(fix)}");
        }

        return value >= low && value <= high ? value
            : throw new FormatException($"must be {Interval(low, high, "a number")}{Fix(fix.Length > 0 ? fix : $"the nearest is {Bound(value < low ? low : high)}")}");
    }

    private static string Interval(double low, double high, string what) => $"{what} in [{Bound(low)}, {Bound(high)}]";

    // 1e-12 rather than 1E-12, 1e12 rather than thirteen digits.
    private static string Bound(double value) =>
        value == 0 || Math.Abs(value) is >= 1e-3 and < 1e6 ? Text(value) : value.ToString("0.################e0", CultureInfo.InvariantCulture);

    private static string Fix(string fix) => fix.Length == 0 ? string.Empty : "; " + fix;
}
