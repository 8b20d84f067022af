// The tree of named results that every run returns: what the command line prints, the page draws and a manifest keeps.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Thalweg.Results;

/// <summary>One node of a result: a quantity, a plain number, a word, a list or a record.</summary>
public abstract record Datum
{
    /// <summary>A number with its error, or an absence with its reason.</summary>
    /// <param name="Quantity">The quantity.</param>
    public sealed record Measured(Quantity Quantity) : Datum;

    /// <summary>A share of trials, or a probability, with the interval that it lies in with 95 %.</summary>
    /// <param name="Value">The share, from 0 to 1.</param>
    /// <param name="Low">The interval's lower end.</param>
    /// <param name="High">Its upper end.</param>
    /// <param name="How">How it was found.</param>
    public sealed record Share(double Value, double Low, double High, How How) : Datum;

    /// <summary>A plain number: a parameter, a count, an index, a time of day.</summary>
    /// <param name="Value">The number, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public sealed record Plain(double Value) : Datum
    {
        /// <summary>The number.</summary>
        public double Value { get; } = double.IsFinite(Value) ? Value : throw new ArgumentOutOfRangeException(nameof(Value), Value, "a plain number is finite; say why it is absent instead");
    }

    /// <summary>A word or sentence.</summary>
    /// <param name="Value">The text.</param>
    public sealed record Text(string Value) : Datum;

    /// <summary>A yes or no.</summary>
    /// <param name="Value">The answer.</param>
    public sealed record Flag(bool Value) : Datum;

    /// <summary>Something other than a number that does not exist.</summary>
    /// <param name="Why">One plain sentence.</param>
    public sealed record Absent(string Why) : Datum;

    /// <summary>Several of a kind, in order.</summary>
    /// <param name="Items">The items.</param>
    public sealed record Many(IReadOnlyList<Datum> Items) : Datum;

    /// <summary>Named parts.</summary>
    /// <param name="Record">The parts.</param>
    public sealed record Nested(Record Record) : Datum;
}

/// <summary>An ordered set of named results; keys are the snake_case names of the command-line contract.</summary>
/// <remarks>Built once by a run with collection-initialiser syntax, read by everyone.</remarks>
public sealed class Record : IEnumerable<KeyValuePair<string, Datum>>
{
    private readonly List<KeyValuePair<string, Datum>> entries = [];

    /// <summary>The number of entries.</summary>
    public int Count => entries.Count;

    /// <summary>The entry of a key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">No such entry.</exception>
    public Datum this[string key] => Find(key) ?? throw new KeyNotFoundException("no result named " + key);

    /// <summary>The entry of a key, or null.</summary>
    /// <param name="key">The key.</param>
    public Datum? Find(string key)
    {
        foreach (var (name, datum) in entries)
        {
            if (name == key)
            {
                return datum;
            }
        }

        return null;
    }

    /// <summary>The quantity of a key.</summary>
    /// <param name="key">The key.</param>
    public Quantity Quantity(string key) => this[key] is Datum.Measured measured ? measured.Quantity : throw new InvalidOperationException(key + " is not a quantity");

    /// <summary>The record of a key.</summary>
    /// <param name="key">The key.</param>
    public Record Nested(string key) => this[key] is Datum.Nested nested ? nested.Record : throw new InvalidOperationException(key + " is not a record");

    /// <summary>The records in the list of a key.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyList<Record> Rows(string key) =>
        this[key] is Datum.Many many ? [.. many.Items.OfType<Datum.Nested>().Select(item => item.Record)] : throw new InvalidOperationException(key + " is not a list");

    /// <summary>Adds an entry.</summary>
    /// <param name="key">Its key, new in this record.</param>
    /// <param name="datum">Its content.</param>
    public void Add(string key, Datum datum)
    {
        if (Find(key) is not null)
        {
            throw new ArgumentException("the key stands twice: " + key, nameof(key));
        }

        entries.Add(new(key, datum));
    }

    /// <summary>Adds a quantity.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="quantity">The number with its error, or its absence.</param>
    public void Add(string key, Quantity quantity) => Add(key, new Datum.Measured(quantity));

    /// <summary>Adds a plain number.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">A parameter, count or index.</param>
    public void Add(string key, double value) => Add(key, new Datum.Plain(value));

    /// <summary>Adds a word or sentence.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">The text.</param>
    public void Add(string key, string value) => Add(key, new Datum.Text(value));

    /// <summary>Adds a yes or no.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">The answer.</param>
    public void Add(string key, bool value) => Add(key, new Datum.Flag(value));

    /// <summary>Adds a record.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="record">The parts.</param>
    public void Add(string key, Record record) => Add(key, new Datum.Nested(record));

    /// <summary>Adds a list of records.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="rows">The rows.</param>
    public void Add(string key, IEnumerable<Record> rows) => Add(key, new Datum.Many([.. rows.Select(row => (Datum)new Datum.Nested(row))]));

    /// <summary>Adds a list of quantities.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="quantities">The quantities.</param>
    public void Add(string key, IEnumerable<Quantity> quantities) => Add(key, new Datum.Many([.. quantities.Select(item => (Datum)new Datum.Measured(item))]));

    /// <summary>Every quantity in the tree with its path ("rows[0].delta2_gf"), depth first.</summary>
    public IEnumerable<(string Path, Quantity Quantity)> Quantities() => Walk(new Datum.Nested(this), string.Empty);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Datum>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IEnumerable<(string Path, Quantity Quantity)> Walk(Datum datum, string path) => datum switch
    {
        Datum.Measured measured => [(path, measured.Quantity)],
        Datum.Many many => many.Items.SelectMany((item, i) => Walk(item, $"{path}[{i}]")),
        Datum.Nested nested => nested.Record.SelectMany(entry => Walk(entry.Value, path.Length == 0 ? entry.Key : path + "." + entry.Key)),
        _ => [],
    };
}
