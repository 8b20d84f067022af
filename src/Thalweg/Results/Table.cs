// Curves and fields: named columns of equal length, with an explicit mask where a value does not exist.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Thalweg.Results;

/// <summary>A column of a table.</summary>
public sealed class Column
{
    /// <summary>A column of numbers.</summary>
    /// <param name="name">Its name, snake_case.</param>
    /// <param name="values">[row], finite wherever the value exists; the column owns the array from now on.</param>
    /// <param name="exists">[row], or null when every value exists.</param>
    /// <exception cref="ArgumentException">A value that exists is not finite, or the mask has another length.</exception>
    public Column(string name, double[] values, bool[]? exists = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (exists is not null && exists.Length != values.Length)
        {
            throw new ArgumentException("the mask of column " + name + " has another length", nameof(exists));
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (exists is null || exists[i])
            {
                if (!double.IsFinite(values[i]))
                {
                    throw new ArgumentException($"row {i} of column {name} is not finite; say with the mask that it does not exist", nameof(values));
                }
            }
            else
            {
                values[i] = 0;
            }
        }

        Name = name;
        Values = values;
        Exists = exists is not null && exists.All(yes => yes) ? null : exists;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>[row]; zero where the value does not exist.</summary>
    public double[] Values { get; }

    /// <summary>[row]; null when every value exists.</summary>
    public bool[]? Exists { get; }

    /// <summary>Whether a row has a value.</summary>
    /// <param name="row">The row.</param>
    public bool Has(int row) => Exists is null || Exists[row];

    /// <summary>A column from quantities that may be missing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="quantities">One a row.</param>
    public static Column Of(string name, IReadOnlyList<Quantity> quantities)
    {
        ArgumentNullException.ThrowIfNull(quantities);
        return new(name, [.. quantities.Select(quantity => quantity.Exists ? quantity.Value : 0)], [.. quantities.Select(quantity => quantity.Exists)]);
    }
}

/// <summary>A named set of columns of equal length; the first table of a run is its main one.</summary>
public sealed class Table
{
    /// <summary>A table.</summary>
    /// <param name="name">Its name, snake_case.</param>
    /// <param name="columns">Its columns, all of one length.</param>
    public Table(string name, params IReadOnlyList<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Select(column => column.Values.Length).Distinct().Count() > 1)
        {
            throw new ArgumentException("the columns of table " + name + " differ in length", nameof(columns));
        }

        Name = name;
        Columns = columns;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its columns.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Columns.Count == 0 ? 0 : Columns[0].Values.Length;

    /// <summary>A column by name.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    public Column this[string name] => Columns.FirstOrDefault(column => column.Name == name) ?? throw new KeyNotFoundException($"table {Name} has no column {name}");
}
