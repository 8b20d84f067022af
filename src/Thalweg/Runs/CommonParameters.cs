// The options that every command takes.
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Results;

namespace Thalweg.Runs;

/// <summary>Where results go, how loud the program is, what it may take. None of them but the tolerance and the seed can change a result.</summary>
public static class CommonParameters
{
    /// <summary>The run folder.</summary>
    public static Parameter<string> Out { get; } = new("out", "run folder (default runs/<command>-<hash>)", Readers.Words("a path", PathText)) { ShapesResult = false };

    /// <summary>One JSON object on standard output.</summary>
    public static Parameter<bool> Json { get; } = new("json", "print one JSON object and nothing else", Readers.Flag) { IsFlag = true, ShapesResult = false };

    /// <summary>No progress, no text.</summary>
    public static Parameter<bool> Quiet { get; } = new("quiet", "print nothing but errors", Readers.Flag) { IsFlag = true, ShapesResult = false };

    /// <summary>Picture formats.</summary>
    public static Parameter<string> Formats { get; } = new("formats", "picture formats: svg, png, pdf (the last two need rsvg-convert or chromium)", Readers.Words("a list of svg, png, pdf", FormatList), "svg") { ShapesResult = false };

    /// <summary>Threads.</summary>
    public static Parameter<int> Threads { get; } = new("threads", "number of threads (default: all cores); results do not depend on it", Readers.Integer(1, 1024)) { ShapesResult = false };

    /// <summary>Seed of everything random.</summary>
    public static Parameter<ulong> Seed { get; } = new("seed", "seed of everything random", Readers.Seed, "1");

    /// <summary>Tolerance.</summary>
    public static Parameter<double> Tolerance { get; } = new("tol", "error, relative to the larger of 1 and the value, above which a result counts as not converged", Tolerances, "1e-10");

    /// <summary>Memory limit.</summary>
    public static Parameter<long> MaxMemory { get; } = new("max-memory", "memory that the run may take, such as 500M or 8G (default: four fifths of what is free)", Memory) { ShapesResult = false };

    /// <summary>All of them, in the order of the help page.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [Out, Json, Formats, Threads, Seed, Tolerance, MaxMemory, Quiet];

    /// <summary>Those that a run takes: one that writes no files is not asked where they go, and one may have an option of its own by the same name.</summary>
    /// <param name="run">The run.</param>
    public static IEnumerable<Parameter> Of(Run run) => All.Where(parameter => (run.KeepsFolder || (parameter != Out && parameter != Formats)) && run.Parameters.All(own => own.Name != parameter.Name));

    private static Reader<double> Tolerances
    {
        get
        {
            var number = Readers.Number(1e-12, 0.1);
            return number with
            {
                Read = text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is > 0 and < 1e-12
                    ? throw new System.FormatException("below double precision, the smallest useful is 1e-12")
                    : number.Read(text),
            };
        }
    }

    private static Reader<long> Memory => new(
        "a number of bytes, with K, M, G or T",
        text =>
        {
            string digits = text.TrimEnd('B', 'b', 'i');
            int shift = digits.Length == 0 ? 0 : char.ToUpperInvariant(digits[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, 'T' => 40, _ => 0 };
            string number = shift == 0 ? digits : digits[..^1];
            return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value > 0 && value * (1L << shift) is >= 1e6 and <= 1e15
                ? (long)(value * (1L << shift))
                : throw new System.FormatException("must be a number of bytes from 1M to 1000T, for example 8G");
        },
        value => new Datum.Plain(value),
        value => value.ToString(CultureInfo.InvariantCulture));

    private static string PathText(string text) =>
        string.IsNullOrWhiteSpace(text) || text.Contains('\0', System.StringComparison.Ordinal) ? throw new System.FormatException("must be the path of a folder") : text;

    private static string FormatList(string text)
    {
        var kept = new SortedSet<string>(System.StringComparer.Ordinal);
        foreach (string item in text.Split(','))
        {
            kept.Add(item.Trim() is "svg" or "png" or "pdf" ? item.Trim() : throw new System.FormatException("must be a list of svg, png, pdf" + Closest.Hint(item.Trim(), ["svg", "png", "pdf"])));
        }

        return string.Join(',', kept);
    }
}
