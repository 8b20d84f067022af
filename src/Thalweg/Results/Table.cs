// Curves: a named set of columns of equal length; a run has a main table and may have others.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Thalweg.Results;

/// <summary>A named set of columns of equal length; the first table of a run is its main one.</summary>
public sealed class Table
{
    /// <summary>A table.</summary>
    /// <param name="name">Its name, snake_case.</param>
    /// <param name="columns">Its columns, all of one length and with different names.</param>
    /// <exception cref="ArgumentException">The columns differ in length, two have one name, or the table's name is not a name for arrays.</exception>
    public Table(string name, params IReadOnlyList<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Column.CheckName(name);
        if (columns.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() < columns.Count)
        {
            throw new ArgumentException("two columns of table " + name + " have one name", nameof(columns));
        }

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

    /// <summary>The rows in which a column has a value.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="value">The value, to the bit.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    public Table Where(string name, double value)
    {
        var key = this[name];
        int[] rows = [.. Enumerable.Range(0, Rows).Where(i => key.Has(i) && key.Values[i] == value)];
        return new(Name, [.. Columns.Select(column => new Column(column.Name, [.. rows.Select(i => column.Values[i])], column.Exists is null ? null : [.. rows.Select(column.Has)], column.Kind, column.Labels))]);
    }
}
