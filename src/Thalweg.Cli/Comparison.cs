// Two results side by side: each common quantity's difference in units of their combined error.
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
    /// <summary>|difference| over the root of the summed squares of both errors; 0 when equal, infinite when one exists only once or differs without any error.</summary>
    internal double Bars
    {
        get
        {
            if (!First.Exists || !Second.Exists)
            {
                return First.Exists == Second.Exists ? 0 : double.PositiveInfinity;
            }

            double gap = Math.Abs(First.Value - Second.Value);
            return gap == 0 ? 0 : gap / Math.Sqrt(First.Error * First.Error + Second.Error * Second.Error);
        }
    }

    internal Record ToRecord() => new()
    {
        { "path", Path },
        { "first", First },
        { "second", Second },
        {
            "difference",
            First.Exists && Second.Exists ? Quantity.Of(Second.Value - First.Value, Math.Sqrt(First.Error * First.Error + Second.Error * Second.Error), How.Estimate) : Quantity.Missing("one of the two does not exist")
        },
        { "error_bars", double.IsFinite(Bars) ? Quantity.Of(Bars, 0, How.Estimate) : Quantity.Missing("there is no error to measure the difference by") },
    };
}

internal static class Comparison
{
    internal static IReadOnlyList<Difference> Of(Record first, Record second)
    {
        var other = second.Quantities().ToDictionary(item => item.Path, item => item.Quantity, StringComparer.Ordinal);
        return [.. first.Quantities().Where(item => other.ContainsKey(item.Path)).Select(item => new Difference(item.Path, item.Quantity, other[item.Path]))];
    }

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
                double scale = column.Values.Length == 0 ? 0 : column.Values.Max(Math.Abs);
                for (int i = 0; i < column.Values.Length; i++)
                {
                    if (Math.Abs(column.Values[i] - other[column.Name].Values[i]) > 1e-12 * scale)
                    {
                        return $"row {i} of column {column.Name} in table {table.Name} is {other[column.Name].Values[i]:R} when computed again, not {column.Values[i]:R}";
                    }
                }
            }
        }

        return null;
    }
}
