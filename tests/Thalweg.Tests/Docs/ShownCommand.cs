// A command and its output as a page shows them, and the rules by which shown and real output are compared.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Thalweg.Tests.Docs;

/// <summary>One "$ command" of a fenced console block with the lines shown below it.</summary>
/// <param name="Page">The page.</param>
/// <param name="FirstLine">Index of the first line of output in the page.</param>
/// <param name="Command">The words after "$ ".</param>
/// <param name="Shown">The lines of output shown; a line "..." stands for any number of lines.</param>
internal sealed record ShownCommand(string Page, int FirstLine, string Command, IReadOnlyList<string> Shown)
{
    public const string Gap = "...";

    public override string ToString() => $"{Page}: $ {Command}";

    /// <summary>The commands of a page, in order.</summary>
    public static IReadOnlyList<ShownCommand> Of(string page)
    {
        string[] lines = Repository.Lines(page);
        var commands = new List<ShownCommand>();
        bool inside = false;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                inside = !inside && lines[i] == "```console";
            }
            else if (inside && lines[i].StartsWith("$ ", StringComparison.Ordinal))
            {
                int end = i + 1;
                while (!lines[end].StartsWith("```", StringComparison.Ordinal) && !lines[end].StartsWith("$ ", StringComparison.Ordinal))
                {
                    end++;
                }

                commands.Add(new(page, i + 1, lines[i][2..].Trim(), lines[(i + 1)..end]));
            }
        }

        return commands;
    }

    /// <summary>Words of a command line; quotes keep spaces.</summary>
    public static IReadOnlyList<string> Words(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool quoted = false, any = false;
        foreach (char c in command + " ")
        {
            if (c == '"')
            {
                (quoted, any) = (!quoted, true);
            }
            else if (c == ' ' && !quoted)
            {
                if (any || word.Length > 0)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                any = false;
            }
            else
            {
                word.Append(c);
            }
        }

        return words;
    }

    /// <summary>Whether real output is what is shown; blank lines and the width of columns do not count.</summary>
    public bool Agrees(IReadOnlyList<string> real) => Agree([.. Shown.Where(line => line.Trim().Length > 0)], [.. real.Where(line => line.Trim().Length > 0)]);

    /// <summary>What the page should show instead: everything, or the same lines where some are left out.</summary>
    public IReadOnlyList<string> Rewritten(IReadOnlyList<string> real)
    {
        var lines = real.Select(line => line.TrimEnd()).SkipWhile(line => line.Length == 0).Reverse().SkipWhile(line => line.Length == 0).Reverse().ToArray();
        int last = Shown.ToList().FindLastIndex(line => line.Trim() == Gap), position = 0;
        if (last < 0)
        {
            return lines;
        }

        var written = new List<string>();
        for (int i = 0; i < Shown.Count; i++)
        {
            string shown = Shown[i];
            if (shown.Trim().Length == 0 || shown.Trim() == Gap)
            {
                written.Add(shown);
                continue;
            }

            // What follows the last gap is the end of the output.
            int from = i > last ? Math.Max(position, lines.Length - (Shown.Count - i)) : position, found = Array.FindIndex(lines, from, line => Tokens(line).FirstOrDefault() == Tokens(shown)[0]);
            written.Add(found >= 0 ? lines[found] : throw new InvalidOperationException($"{this}: no line of the output begins with \"{Tokens(shown)[0]}\"; rewrite this block by hand"));
            position = found + 1;
        }

        return written;
    }

    private static bool Agree(ReadOnlySpan<string> shown, ReadOnlySpan<string> real)
    {
        while (shown.Length > 0 && shown[0].Trim() != Gap)
        {
            if (real.Length == 0 || !SameLine(shown[0], real[0]))
            {
                return false;
            }

            shown = shown[1..];
            real = real[1..];
        }

        if (shown.Length == 0)
        {
            return real.Length == 0;
        }

        for (int skipped = 0; skipped <= real.Length; skipped++)
        {
            if (Agree(shown[1..], real[skipped..]))
            {
                return true;
            }
        }

        return false;
    }

    // Times and memory differ from run to run, and another processor may round an error bar differently; everything else must be the same.
    private static bool SameLine(string shown, string real)
    {
        string[] left = Tokens(shown), right = Tokens(real);
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            string before = i == 0 ? string.Empty : left[i - 1];
            bool same = left[i] == right[i]
                || before is "wall_s" or "\"wall_s\":" or "\"peak_mb\":"
                || (before is "±" or "\"error\":" && Near(left[i], right[i]));
            if (!same)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Near(string left, string right) =>
        double.TryParse(left.TrimEnd(','), NumberStyles.Float, CultureInfo.InvariantCulture, out double a)
        && double.TryParse(right.TrimEnd(','), NumberStyles.Float, CultureInfo.InvariantCulture, out double b) && a <= 10 * b && b <= 10 * a;

    private static string[] Tokens(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
