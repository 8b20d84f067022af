// Random results and tables from fixed seeds, and what it means that two of them are the same.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Thalweg.Results;

namespace Thalweg.Tests.Results;

internal static class RandomResults
{
    private static readonly double[] Odd = [0, -0.0, 1, -1, 0.1, 1e-320, double.MaxValue, double.Epsilon, 9007199254740992, -9007199254740992, 9007199254740994, 1e15, 1e22, 1.0 / 3, 2.3e-7];

    public static double Number(Random random) => random.Next(3) switch
    {
        0 => Odd[random.Next(Odd.Length)],
        1 => random.Next(-1000, 1000),
        _ => Finite(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))),
    };

    public static string Word(Random random)
    {
        string[] words = ["a", "trapped: the bulk reaches zero", "quotes \" and \\", "ε_th < 0", "line\nbreak", "𝔼 outside the plane", " ", "null", "a,b", "why"];
        return words[random.Next(words.Length)] + random.Next(100);
    }

    public static Record Record(Random random, int depth = 0)
    {
        var record = new Record();
        int count = random.Next(depth == 0 ? 1 : 0, 7);
        for (int i = 0; i < count; i++)
        {
            // The keys that JSON gives a second meaning come up often.
            string[] special = ["value", "why", "error", "how", "count"];
            string key = random.Next(3) == 0 ? special[random.Next(special.Length)] : "key_" + i;
            if (record.Find(key) is null)
            {
                record.Add(key, Datum(random, depth));
            }
        }

        return record.Count == 3 && record.Find("value") is not null && record.Find("error") is not null && record.Find("how") is not null ? [] : record;
    }

    public static Datum Datum(Random random, int depth) => random.Next(depth > 3 ? 6 : 9) switch
    {
        0 => new Datum.Measured(Quantity.Of(Number(random), Math.Abs(Number(random)), (How)random.Next(6))),
        1 => new Datum.Measured(Quantity.Missing(Word(random))),
        2 => new Datum.Plain(Number(random)),
        3 => new Datum.Text(Word(random)),
        4 => new Datum.Flag(random.Next(2) == 0),
        5 => new Datum.Absent(Word(random)),
        6 => new Datum.Many([.. Enumerable.Range(0, random.Next(4)).Select(_ => Datum(random, depth + 1))]),
        _ => new Datum.Nested(Record(random, depth + 1)),
    };

    public static Table Table(Random random, string name, int rows)
    {
        var columns = new List<Column>();
        for (int j = random.Next(1, 6); j > 0; j--)
        {
            bool[]? exists = random.Next(2) == 0 ? null : [.. Enumerable.Range(0, rows).Select(_ => random.Next(4) > 0)];
            columns.Add(random.Next(4) switch
            {
                0 => new("real_" + j, [.. Enumerable.Range(0, rows).Select(_ => Number(random))], exists),
                1 => Column.Integers("whole_" + j, [.. Enumerable.Range(0, rows).Select(_ => random.NextInt64(-9007199254740992, 9007199254740993))], exists),
                2 => Column.Coded("kind_" + j, [.. Enumerable.Range(0, rows).Select(_ => random.Next(3))], ["extensive", "index one, \"saddle\"", "ε minimum 𝔼"], exists),
                _ => Column.Flags("flag_" + j, [.. Enumerable.Range(0, rows).Select(_ => random.Next(2) == 0)], exists),
            });
        }

        return new(name, columns);
    }

    public static Field Field(Random random, string name)
    {
        int rows = random.Next(5), columns = random.Next(700);
        return new(name, rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => Number(random))]);
    }

    /// <summary>The difference of two results as a path; null for the same, absences being alike by their reasons.</summary>
    public static string? Difference(Datum a, Datum b, string path = "")
    {
        switch (a, b)
        {
            case (Datum.Nested { Record: var x }, Datum.Nested { Record: var y }):
                return !x.Select(entry => entry.Key).SequenceEqual(y.Select(entry => entry.Key)) ? path + ": keys"
                    : x.Zip(y).Select(pair => Difference(pair.First.Value, pair.Second.Value, path + "." + pair.First.Key)).FirstOrDefault(found => found is not null);
            case (Datum.Many { Items: var x }, Datum.Many { Items: var y }):
                return x.Count != y.Count ? path + ": length" : x.Zip(y).Select((pair, i) => Difference(pair.First, pair.Second, $"{path}[{i}]")).FirstOrDefault(found => found is not null);
            case (Datum.Absent { Why: var x }, Datum.Measured { Quantity: var y }):
                return y.Why == x ? null : path + ": reason";
            case (Datum.Plain { Value: var x }, Datum.Plain { Value: var y }):
                return BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y) ? null : path + $": {x:R} {y:R}";
            case (Datum.Nested { Record.Count: 1 } x, Datum.Measured { Quantity.Exists: false } y) when x.Record.Find("value") is { } lone:
                return Difference(lone, y, path); // in a list a record with nothing but an absent value is an absence
            default:
                return a.Equals(b) ? null : $"{path}: {a} {b}";
        }
    }

    public static void AssertSame(Table a, Table b)
    {
        Xunit.Assert.Equal(a.Name, b.Name);
        Xunit.Assert.Equal(a.Columns.Select(column => column.Name), b.Columns.Select(column => column.Name));
        foreach (var (x, y) in a.Columns.Zip(b.Columns))
        {
            Xunit.Assert.Equal(x.Kind, y.Kind);
            Xunit.Assert.Equal(x.Values.Select(BitConverter.DoubleToInt64Bits), y.Values.Select(BitConverter.DoubleToInt64Bits));
            Xunit.Assert.Equal(x.Exists, y.Exists);
            Xunit.Assert.Equal(x.Labels, y.Labels);
        }
    }

    private static double Finite(double x) => double.IsFinite(x) ? x : 0.5;
}

/// <summary>A folder of its own for a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("thalweg-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Everything in the folder, sorted, hidden files included.</summary>
    public string[] Names => [.. Directory.EnumerateFileSystemEntries(Path).Select(path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
