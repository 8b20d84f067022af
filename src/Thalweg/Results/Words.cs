// The words that files and the command line use for how a number was found and how a run ended.
using System;

namespace Thalweg.Results;

/// <summary>The words of the command-line contract for <see cref="How"/> and <see cref="Status"/>.</summary>
public static class Words
{
    private static readonly string[] Hows = ["closed form", "root", "quadrature", "dynamics", "simulation", "estimate"];

    private static readonly string[] Statuses = ["converged", "not_converged", "limit", "cancelled"];

    /// <summary>The word for how a number was found.</summary>
    /// <param name="how">How.</param>
    public static string Of(How how) => Hows[(int)how];

    /// <summary>The word for how a run ended.</summary>
    /// <param name="status">How it ended.</param>
    public static string Of(Status status) => Statuses[(int)status];

    /// <summary>Reads the word for how a number was found.</summary>
    /// <param name="word">The word.</param>
    /// <returns>Null for an unknown word.</returns>
    public static How? ReadHow(string? word) => Array.IndexOf(Hows, word) is >= 0 and var i ? (How)i : null;

    /// <summary>Reads the word for how a run ended.</summary>
    /// <param name="word">The word.</param>
    /// <returns>Null for an unknown word.</returns>
    public static Status? ReadStatus(string? word) => Array.IndexOf(Statuses, word) is >= 0 and var i ? (Status)i : null;
}
