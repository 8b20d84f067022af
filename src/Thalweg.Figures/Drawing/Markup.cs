// The small markup of every text in a picture: subscripts, superscripts, italics.
using System;
using System.Collections.Generic;
using System.Text;
using Thalweg.Figures.Drawing.Svg;

namespace Thalweg.Figures.Drawing;

/// <summary>The small markup of labels, titles, legends and captions.</summary>
/// <remarks>
/// <c>_</c> lowers and <c>^</c> raises what follows: a group in braces, or a run of letters and digits with an optional sign before it (<c>Δ_2</c>, <c>ε_th</c>, <c>10^-3</c>, <c>Δ_2^GF</c>, <c>x_{i,j}</c>).
/// <c>*m*</c> is italic; a star after a letter or digit is a star (<c>σ*</c>, <c>2*3</c>). A backslash takes the next character as it is (<c>delta\_p</c>). Nothing nests. A sign without a partner is itself.
/// </remarks>
public static class Markup
{
    /// <summary>The size of a subscript or superscript relative to its line.</summary>
    internal const double ScriptSize = 0.72;

    /// <summary>A piece of text in one style; script is −1 below, +1 above, 0 on the line.</summary>
    internal readonly record struct Run(string Text, bool Italic, int Script);

    /// <summary>The text without its markup, for titles that a screen reader speaks.</summary>
    /// <param name="markup">The text with markup.</param>
    public static string Plain(string markup)
    {
        var plain = new StringBuilder();
        foreach (var run in Parse(markup))
        {
            plain.Append(run.Text);
        }

        return plain.ToString();
    }

    /// <summary>The markup of a text that has none: every sign escaped.</summary>
    /// <param name="text">Any text.</param>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            if (c is '\\' or '_' or '^' or '*')
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>The width of a text on one line, an estimate that is generous for common sans-serif faces.</summary>
    /// <param name="markup">The text with markup.</param>
    /// <param name="size">The font size in pixels.</param>
    public static double Width(string markup, double size) => Width(Parse(markup), size);

    /// <summary>The size, at most a given one, at which a text fits a width; not below 8 pixels.</summary>
    internal static double Fitting(string markup, double size, double width) => Math.Max(8, Math.Min(size, size * width / Math.Max(1e-9, Width(markup, size))));

    internal static double Width(List<Run> runs, double size)
    {
        double width = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            width += RunWidth(runs[i], size) - Overlap(runs, i, size);
        }

        return width;
    }

    internal static double RunWidth(Run run, double size) => GlyphWidths.Of(run.Text) * size * (run.Script == 0 ? 1 : ScriptSize);

    /// <summary>How far run i moves back over a short script on the other side, so that Δ_2^GF stacks.</summary>
    internal static double Overlap(List<Run> runs, int i, double size)
    {
        if (i == 0 || runs[i].Script * runs[i - 1].Script != -1 || runs[i - 1].Text.Length > 2)
        {
            return 0;
        }

        double before = RunWidth(runs[i - 1], size);
        return RunWidth(runs[i], size) >= before ? 0.9 * before : 0;
    }

    internal static List<Run> Parse(string markup)
    {
        ArgumentNullException.ThrowIfNull(markup);
        var runs = new List<Run>();
        var text = new StringBuilder();
        bool italic = false;
        void Flush(int script)
        {
            if (text.Length > 0)
            {
                runs.Add(new(text.ToString(), italic, script));
                text.Clear();
            }
        }

        for (int i = 0; i < markup.Length; i++)
        {
            char c = markup[i];
            if (c == '\\' && i + 1 < markup.Length)
            {
                text.Append(markup[++i]);
            }
            else if (c is '_' or '^' && ScriptEnd(markup, i + 1) is var end && end > i + 1)
            {
                Flush(0);
                bool braces = markup[i + 1] == '{';
                text.Append(markup, braces ? i + 2 : i + 1, end - i - (braces ? 3 : 1));
                text.Replace('-', '−');
                Flush(c == '^' ? 1 : -1);
                i = end - 1;
            }
            else if (c == '*' && (italic || Opens(markup, i)))
            {
                Flush(0);
                italic = !italic;
            }
            else
            {
                text.Append(c);
            }
        }

        Flush(0);
        return runs;
    }

    /// <summary>The lines of a text that is broken at spaces to a width.</summary>
    internal static List<List<Run>> Wrap(string markup, double size, double width)
    {
        List<List<Run>> lines = [[]];
        double used = 0;
        foreach (var run in Parse(markup))
        {
            int start = 0;
            while (start < run.Text.Length)
            {
                int space = run.Text.IndexOf(' ', start), end = space < 0 ? run.Text.Length : space + 1;
                var word = run with { Text = run.Text[start..end] };
                double length = RunWidth(word, size);
                if (used > 0 && used + length > width && run.Script == 0)
                {
                    lines.Add([]);
                    used = 0;
                }

                lines[^1].Add(word);
                used += length;
                start = end;
            }
        }

        return lines;
    }

    private static bool Opens(string markup, int i) =>
        (i == 0 || !char.IsLetterOrDigit(markup[i - 1])) && i + 1 < markup.Length && !char.IsWhiteSpace(markup[i + 1]) && markup.IndexOf('*', i + 1) > i + 1;

    private static int ScriptEnd(string markup, int start)
    {
        if (start < markup.Length && markup[start] == '{')
        {
            return markup.IndexOf('}', start) + 1;
        }

        int end = start;
        if (end < markup.Length && markup[end] is '-' or '+' or '−')
        {
            end++;
        }

        int first = end;
        while (end < markup.Length && char.IsLetterOrDigit(markup[end]))
        {
            end++;
        }

        return end > first ? end : start;
    }
}
