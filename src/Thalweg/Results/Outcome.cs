// What a run returns: a status with a sentence, the tree of results and the tables of its curves.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Thalweg.Results;

/// <summary>How a run ended.</summary>
public enum Status
{
    /// <summary>Every number is within the tolerance that was asked for.</summary>
    Converged,

    /// <summary>Some number is not; the result says which.</summary>
    NotConverged,

    /// <summary>A limit on time or memory ended the run.</summary>
    Limit,

    /// <summary>The user ended the run.</summary>
    Cancelled,
}

/// <summary>The whole answer of a run.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Sentence">What a user should know of the status; empty when converged.</param>
/// <param name="Result">Scalars at requested points.</param>
/// <param name="Tables">Curves, the main table first.</param>
public sealed record Outcome(Status Status, string Sentence, Record Result, IReadOnlyList<Table> Tables)
{
    /// <summary>Arrays over two axes, such as C and R; none by default.</summary>
    public IReadOnlyList<Field> Fields { get; init; } = [];

    /// <summary>True when a comparison with known numbers failed: the program then ends with exit code 1.</summary>
    public bool ChecksFailed { get; init; }

    /// <summary>A table by name.</summary>
    /// <param name="name">Its name.</param>
    public Table Table(string name) => Tables.FirstOrDefault(table => table.Name == name) ?? throw new KeyNotFoundException("no table named " + name);

    /// <summary>An outcome whose status follows from the errors: not converged when a deterministic number misses the tolerance.</summary>
    /// <param name="result">Scalars.</param>
    /// <param name="tables">Curves.</param>
    /// <param name="tolerance">The largest error allowed, relative to the larger of one and the value.</param>
    public static Outcome Judged(Record result, IReadOnlyList<Table> tables, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(result);
        foreach (var (path, quantity) in result.Quantities())
        {
            if (quantity is { Exists: true, How: How.Root or How.Quadrature or How.Dynamics } && quantity.Error > tolerance * Math.Max(1, Math.Abs(quantity.Value)))
            {
                // The tolerance that would have been met, while it is one that the option takes.
                double met = 2 * quantity.Error / Math.Max(1, Math.Abs(quantity.Value));
                string advice = met <= 0.1 ? $"--tol {met:0.0e+00} accepts it" : "it is beyond any --tol, the parameters leave too few digits";
                return new(Status.NotConverged, $"{path} has error {quantity.Error:0.0e+00}, above the tolerance {tolerance:0.0e+00}; {advice}", result, tables);
            }
        }

        return new(Status.Converged, string.Empty, result, tables);
    }
}
