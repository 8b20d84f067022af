// Two results side by side: quantities in units of their combined error, words, flags, counts and keys one by one, tables to rounding.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Results;

namespace Thalweg.Cli;

/// <summary>A quantity that two results share.</summary>
/// <param name="Path">Where it stands in the tree.</param>
/// <param name="First">Its value in the first result.</param>
/// <param name="Second">Its value in the second.</param>
internal sealed record Difference(string Path, Quantity First, Quantity Second)
{
    /// <summary>|difference| over the root of the summed squares of both errors; 0 when equal, infinite when one exists only once, differs without any error or is beyond double precision.</summary>
    internal double Bars
    {
        get
        {
            if (!First.Exists || !Second.Exists)
            {
                return First.Exists == Second.Exists ? 0 : double.PositiveInfinity;
            }

            double gap = Math.Abs(First.Value - Second.Value);
            return gap == 0 ? 0 : double.IsFinite(gap) ? gap / Error : double.PositiveInfinity;
        }
    }

    /// <summary>Why <see cref="Bars"/> is no number.</summary>
    internal string WhyNoBars => First.Exists != Second.Exists ? $"{Path} exists only once" : $"{Path} differs and has no error to measure the difference by";

    /// <summary>What a user should know of a difference between the folder, first, and the same computed again.</summary>
    internal string Sentence => !First.Exists && Second.Exists ? FormattableString.Invariant($"{Path} does not exist in the folder and is {Second.Value:R} when computed again")
        : First.Exists && !Second.Exists ? FormattableString.Invariant($"{Path} is {First.Value:R} in the folder and does not exist when computed again: {Second.Why}")
        : double.IsFinite(Bars) ? FormattableString.Invariant($"{Path} differs by {Bars:G3} error bars when computed again")
        : FormattableString.Invariant($"{Path} is {First.Value:R} in the folder and {Second.Value:R} when computed again; there is no error to measure the difference by");

    private double Error => double.Hypot(First.Error, Second.Error);

    internal Record ToRecord() => new()
    {
        { "path", Path },
        { "first", First },
        { "second", Second },
        { "difference", Gap() },
        { "error_bars", double.IsFinite(Bars) ? Quantity.Of(Bars, 0, How.Estimate) : Quantity.Missing("there is no error to measure the difference by") },
    };

    private Quantity Gap() => !First.Exists || !Second.Exists ? Quantity.Missing("one of the two does not exist")
        : double.IsFinite(Second.Value - First.Value) && double.IsFinite(Error) ? Quantity.Of(Second.Value - First.Value, Error, How.Estimate)
        : Quantity.Missing("the difference or its error is beyond double precision");
}

/// <summary>Two trees of results, walked together.</summary>
internal sealed class Comparison
{
    // Errors are estimates: another processor may end a root's bracket elsewhere, and no error grows tenfold by that.
    private const double ErrorRatio = 10;

    private const int LongestWord = 60;

    private readonly List<Difference> quantities = [];

    private Comparison()
    {
    }

    /// <summary>Each quantity that stands at the same place of both.</summary>
    internal IReadOnlyList<Difference> Quantities => quantities;

    /// <summary>The first place where the second, computed again, differs from the first, a folder's, in anything but the values of quantities and wall-clock times; null when there is none.</summary>
    internal string? Mismatch { get; private set; }

    /// <summary>Compares two results as they are read back from JSON, see <see cref="Results.Storage.RecordJson"/>.</summary>
    /// <param name="first">That of a folder.</param>
    /// <param name="second">That of another folder, or of the same run again.</param>
    internal static Comparison Of(Record first, Record second)
    {
        var comparison = new Comparison();
        comparison.Walk(first, second, string.Empty);
        return comparison;
    }

    private void Walk(Record first, Record second, string path)
    {
        foreach (var (key, datum) in first)
        {
            string here = path.Length == 0 ? key : path + "." + key;
            if (second.Find(key) is { } other)
            {
                Walk(datum, other, here);
            }
            else
            {
                Note($"{here} is not there when computed again");
            }
        }

        foreach (var (key, _) in second)
        {
            if (first.Find(key) is null)
            {
                Note($"{(path.Length == 0 ? key : path + "." + key)} is missing in the folder");
            }
        }
    }

    private void Walk(Datum first, Datum second, string path)
    {
        switch (first, second)
        {
            case (Datum.Measured one, Datum.Measured other):
                quantities.Add(new(path, one.Quantity, other.Quantity));
                Compare(one.Quantity, other.Quantity, path);
                break;
            case (Datum.Nested one, Datum.Nested other):
                Walk(one.Record, other.Record, path);
                break;
            case (Datum.Many one, Datum.Many other):
                for (int i = 0; i < Math.Min(one.Items.Count, other.Items.Count); i++)
                {
                    Walk(one.Items[i], other.Items[i], $"{path}[{i}]");
                }

                Compare(one.Items.Count, other.Items.Count, path, "has", one.Items.Count == 1 ? " entry" : " entries");
                break;
            case (Datum.Share one, Datum.Share other):
                var (first95, second95) = (AsQuantity(one), AsQuantity(other));
                quantities.Add(new(path, first95, second95));
                Compare(first95, second95, path);
                break;
            case (Datum.Plain one, Datum.Plain other):
                if (path != "wall_s" && !path.EndsWith(".wall_s", StringComparison.Ordinal))
                {
                    Compare(one.Value, other.Value, path, "is", string.Empty);
                }

                break;
            case (Datum.Text one, Datum.Text other):
                Compare(one.Value, other.Value, path);
                break;
            case (Datum.Flag one, Datum.Flag other):
                Compare(one.Value ? "yes" : "no", other.Value ? "yes" : "no", path);
                break;
            default:
                Note($"{path} is of another kind when computed again");
                break;
        }
    }

    private static Quantity AsQuantity(Datum.Share share) => Quantity.Of(share.Value, 0.5 * (share.High - share.Low), share.How);

    // Everything of a quantity but its value, which is measured in error bars.
    private void Compare(Quantity first, Quantity second, string path)
    {
        if (!first.Exists || !second.Exists)
        {
            if (first.Exists == second.Exists)
            {
                Compare(first.Why!, second.Why!, path + ", which does not exist,");
            }

            return;
        }

        Compare(Words.Of(first.How), Words.Of(second.How), path + ".how");
        if (Math.Max(first.Error, second.Error) / ErrorRatio > Math.Min(first.Error, second.Error))
        {
            Compare(first.Error, second.Error, path, "has error", string.Empty);
        }
    }

    private void Compare(double first, double second, string path, string verb, string unit)
    {
        if (first != second)
        {
            Note(FormattableString.Invariant($"{path} {verb} {first:R}{unit} in the folder and {second:R} when computed again"));
        }
    }

    private void Compare(string first, string second, string path)
    {
        if (first != second)
        {
            Note($"{path} is \"{Shortened(first)}\" in the folder and \"{Shortened(second)}\" when computed again");
        }
    }

    private void Note(string sentence) => Mismatch ??= sentence;

    private static string Shortened(string text) => text.Length <= LongestWord ? text : text[..(LongestWord - 3)] + "...";

    // The first column whose values differ by more than the rounding that another processor may bring, as a sentence; null when there is none.
    internal static string? LargestExcess(IReadOnlyList<Table> first, IReadOnlyList<Table> second)
    {
        foreach (var table in first)
        {
            if (second.FirstOrDefault(candidate => candidate.Name == table.Name) is not { } other || other.Rows != table.Rows || other.Columns.Count != table.Columns.Count)
            {
                return $"table {table.Name} has another shape when computed again";
            }

            if (table.Columns.FirstOrDefault(column => other.Columns.All(candidate => candidate.Name != column.Name)) is { } lost)
            {
                return $"table {table.Name} has no column {lost.Name} when computed again";
            }

            foreach (var column in table.Columns)
            {
                if (!(column.Labels ?? []).SequenceEqual(other[column.Name].Labels ?? []))
                {
                    return $"column {column.Name} in table {table.Name} has other words when computed again";
                }

                double scale = column.Values.Length == 0 ? 0 : column.Values.Max(Math.Abs);
                for (int i = 0; i < column.Values.Length; i++)
                {
                    if (column.Has(i) != other[column.Name].Has(i))
                    {
                        return $"row {i} of column {column.Name} in table {table.Name} {(column.Has(i) ? "does not exist" : "exists")} when computed again";
                    }

                    if (Math.Abs(column.Values[i] - other[column.Name].Values[i]) > 1e-12 * scale)
                    {
                        return $"row {i} of column {column.Name} in table {table.Name} is {other[column.Name].Values[i]:R} when computed again, not {column.Values[i]:R}";
                    }
                }
            }
        }

        return second.FirstOrDefault(table => first.All(candidate => candidate.Name != table.Name)) is { } missing ? $"table {missing.Name} is missing in the folder" : null;
    }
}
