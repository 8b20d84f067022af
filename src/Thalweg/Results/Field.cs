// A field: one named array over two axes, such as the correlation C and the response R of two times.
using System;

namespace Thalweg.Results;

/// <summary>An array over two axes.</summary>
public sealed class Field
{
    /// <summary>A field.</summary>
    /// <param name="name">Its name: ASCII letters, digits and underscores.</param>
    /// <param name="rows">Length of the first axis, ≥ 0.</param>
    /// <param name="columns">Length of the second axis, ≥ 0.</param>
    /// <param name="values">[row, column], row-major, finite; the field owns the array from now on.</param>
    /// <exception cref="ArgumentException">The number of values is not rows times columns, or a value is not finite.</exception>
    public Field(string name, int rows, int columns, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Column.CheckName(name);
        if ((long)rows * columns != values.Length)
        {
            throw new ArgumentException($"field {name} has {values.Length} values for {rows} rows of {columns}", nameof(values));
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"value [{i / columns}, {i % columns}] of field {name} is not finite", nameof(values));
            }
        }

        Name = name;
        Rows = rows;
        Columns = columns;
        Values = values;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Length of the first axis.</summary>
    public int Rows { get; }

    /// <summary>Length of the second axis.</summary>
    public int Columns { get; }

    /// <summary>[row, column], row-major.</summary>
    public double[] Values { get; }

    /// <summary>What it is, over which axes and in which units, for files that can say so; empty when nobody said.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>A value.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    public double this[int row, int column] => Values[(long)row * Columns + column];
}
