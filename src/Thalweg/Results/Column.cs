// A column of a table: numbers with an explicit mask where a value does not exist, and words for whole-number codes.
using System;
using System.Collections.Generic;

namespace Thalweg.Results;

/// <summary>What the numbers of a column are; it decides how files store them.</summary>
public enum ColumnKind
{
    /// <summary>Real numbers: float64.</summary>
    Real,

    /// <summary>Whole numbers: int64.</summary>
    Integer,

    /// <summary>Zero for no, one for yes: bool.</summary>
    Flag,
}

/// <summary>A column of a table.</summary>
public sealed class Column
{
    // Doubles hold every whole number up to 2^53.
    private const double LargestWhole = 9007199254740992;

    /// <summary>A column of numbers.</summary>
    /// <param name="name">Its name: ASCII letters, digits and underscores, not ending in "_exists" or "_labels".</param>
    /// <param name="values">[row], finite wherever the value exists; the column owns the array from now on.</param>
    /// <param name="exists">[row], or null when every value exists.</param>
    /// <param name="kind">What the numbers are.</param>
    /// <param name="labels">Words for the codes 0, 1, 2...; the column is then of whole numbers.</param>
    /// <exception cref="ArgumentException">A value that exists is not finite or not of the kind, the mask has another length, or the name is not a name for arrays.</exception>
    public Column(string name, double[] values, bool[]? exists = null, ColumnKind kind = ColumnKind.Real, IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        CheckName(name);
        if (exists is not null && exists.Length != values.Length)
        {
            throw new ArgumentException("the mask of column " + name + " has another length", nameof(exists));
        }

        Kind = labels is null ? kind : ColumnKind.Integer;
        for (int i = 0; i < values.Length; i++)
        {
            if (exists is not null && !exists[i])
            {
                values[i] = 0;
            }
            else if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"row {i} of column {name} is not finite; say with the mask that it does not exist", nameof(values));
            }
            else if (!Fits(values[i], labels))
            {
                throw new ArgumentException($"row {i} of column {name} is {values[i]}, which is no {(labels is null ? Kind : "label")} of it", nameof(values));
            }
        }

        Name = name;
        Values = values;
        Exists = exists is not null && Array.TrueForAll(exists, yes => yes) ? null : exists;
        Labels = labels;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What the numbers are.</summary>
    public ColumnKind Kind { get; }

    /// <summary>[row]; zero where the value does not exist.</summary>
    public double[] Values { get; }

    /// <summary>[row]; null when every value exists.</summary>
    public bool[]? Exists { get; }

    /// <summary>Words for the codes 0, 1, 2...; null for numbers that mean themselves.</summary>
    public IReadOnlyList<string>? Labels { get; }

    /// <summary>Whether a row has a value.</summary>
    /// <param name="row">The row.</param>
    public bool Has(int row) => Exists is null || Exists[row];

    /// <summary>A column from quantities that may be missing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="quantities">One a row.</param>
    public static Column Of(string name, IReadOnlyList<Quantity> quantities)
    {
        ArgumentNullException.ThrowIfNull(quantities);
        var values = new double[quantities.Count];
        var exists = new bool[quantities.Count];
        for (int i = 0; i < values.Length; i++)
        {
            exists[i] = quantities[i].Exists;
            values[i] = exists[i] ? quantities[i].Value : 0;
        }

        return new(name, values, exists);
    }

    /// <summary>A column of whole numbers up to 2^53.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="numbers">One a row.</param>
    /// <param name="exists">[row], or null when every value exists.</param>
    public static Column Integers(string name, IReadOnlyList<long> numbers, bool[]? exists = null)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var values = new double[numbers.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = numbers[i];
        }

        return new(name, values, exists, ColumnKind.Integer);
    }

    /// <summary>A column of codes that stand for words: text files show the words, arrays keep the codes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="codes">One a row, 0 up to the number of words less one.</param>
    /// <param name="labels">The words.</param>
    /// <param name="exists">[row], or null when every value exists.</param>
    public static Column Coded(string name, IReadOnlyList<int> codes, IReadOnlyList<string> labels, bool[]? exists = null)
    {
        ArgumentNullException.ThrowIfNull(codes);
        ArgumentNullException.ThrowIfNull(labels);
        var values = new double[codes.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = codes[i];
        }

        return new(name, values, exists, ColumnKind.Integer, labels);
    }

    /// <summary>A column of yes and no.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="answers">One a row.</param>
    /// <param name="exists">[row], or null when every answer exists.</param>
    public static Column Flags(string name, IReadOnlyList<bool> answers, bool[]? exists = null)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var values = new double[answers.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = answers[i] ? 1 : 0;
        }

        return new(name, values, exists, ColumnKind.Flag);
    }

    /// <summary>Refuses a name that files could not carry: the endings are those of masks and words in an npz file.</summary>
    /// <param name="name">A column's, table's or field's name.</param>
    /// <exception cref="ArgumentException">It has other characters than ASCII letters, digits and underscores, or a reserved ending.</exception>
    internal static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                throw new ArgumentException($"the name '{name}' has the character '{c}'; names are ASCII letters, digits and underscores", nameof(name));
            }
        }

        if (name.EndsWith("_exists", StringComparison.Ordinal) || name.EndsWith("_labels", StringComparison.Ordinal))
        {
            throw new ArgumentException($"the name '{name}' has an ending kept for masks and words", nameof(name));
        }
    }

    private bool Fits(double value, IReadOnlyList<string>? labels) => Kind switch
    {
        ColumnKind.Integer => Math.Floor(value) == value && Math.Abs(value) <= LargestWhole && (labels is null || (value >= 0 && value < labels.Count)),
        ColumnKind.Flag => value is 0 or 1,
        _ => true,
    };
}
