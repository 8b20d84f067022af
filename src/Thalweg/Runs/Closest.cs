// The nearest known word to a mistyped one.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Thalweg.Runs;

/// <summary>Suggestions for words that do not exist.</summary>
public static class Closest
{
    /// <summary>"; did you mean a or b?" for the nearest words, or nothing when none is near.</summary>
    /// <param name="word">The mistyped word.</param>
    /// <param name="known">The words that exist.</param>
    public static string Hint(string word, IEnumerable<string> known)
    {
        var near = Words(word, known);
        return near.Count == 0 ? string.Empty : "; did you mean " + string.Join(" or ", near) + "?";
    }

    /// <summary>At most three known words within a third of the word's length in edits (two for a word of four letters or more), or that begin with it, nearest first.</summary>
    /// <param name="word">The mistyped word.</param>
    /// <param name="known">The words that exist.</param>
    public static IReadOnlyList<string> Words(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        int reach = Math.Max(word.Length < 4 ? 1 : 2, Math.Min(word.Length, 40) / 3);
        return word.Length > 60 ? []
            : [.. known.Select(candidate => (candidate, Distance: candidate.StartsWith(word, StringComparison.Ordinal) && word.Length >= 3 ? 0 : Edits(word, candidate)))
                .Where(pair => pair.Distance <= reach).OrderBy(pair => pair.Distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal).Take(3).Select(pair => pair.candidate)];
    }

    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
