// The state of a long run: named arrays and texts, from which it can be continued.
using System;
using System.Collections.Generic;

namespace Thalweg.Results;

/// <summary>What a run must know to go on where it stood, bit for bit; a checkpoint keeps it.</summary>
/// <remarks>Entries are rows of numbers of one length, or text. Arrays are kept by reference: whoever puts one in leaves it as it is.</remarks>
public sealed class RunState
{
    private readonly Dictionary<string, IReadOnlyList<double[]>> rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    /// <summary>Every entry of numbers.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double[]>> Rows => rows;

    /// <summary>Every entry of text.</summary>
    public IReadOnlyDictionary<string, string> Texts => texts;

    /// <summary>Puts in rows of numbers.</summary>
    /// <param name="name">The name, new among the numbers.</param>
    /// <param name="values">[row][column], all rows of one length.</param>
    /// <exception cref="ArgumentException">The name is taken, or the rows differ in length.</exception>
    public void Put(string name, IReadOnlyList<double[]> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (double[] row in values)
        {
            if (row.Length != values[0].Length)
            {
                throw new ArgumentException("the rows of " + name + " differ in length", nameof(values));
            }
        }

        rows.Add(name, values);
    }

    /// <summary>Puts in a few numbers.</summary>
    /// <param name="name">The name, new among the numbers.</param>
    /// <param name="values">The numbers.</param>
    public void Put(string name, params double[] values) => Put(name, (IReadOnlyList<double[]>)[values]);

    /// <summary>Puts in a text.</summary>
    /// <param name="name">The name, new among the texts.</param>
    /// <param name="text">The text.</param>
    public void Put(string name, string text) => texts.Add(name, text);

    /// <summary>Whether there are numbers of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Has(string name) => rows.ContainsKey(name);

    /// <summary>Rows of numbers.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="FormatException">There are none: the state is of another run.</exception>
    public IReadOnlyList<double[]> RowsOf(string name) => rows.TryGetValue(name, out var found) ? found : throw new FormatException("the state of the run has no " + name);

    /// <summary>A few numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="count">How many there must be.</param>
    /// <exception cref="FormatException">There are none, or not so many: the state is of another run.</exception>
    public double[] NumbersOf(string name, int count) => RowsOf(name) is [var only] && only.Length == count ? only : throw new FormatException($"the state of the run has not {count} numbers {name}");

    /// <summary>A text.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="FormatException">There is none: the state is of another run.</exception>
    public string TextOf(string name) => texts.TryGetValue(name, out string? text) ? text : throw new FormatException("the state of the run has no " + name);
}
