// Random argument lists made of the command line's own words: every command and option, values inside and outside their domains, and damage.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Thalweg.Cli;
using Thalweg.Runs;

namespace Thalweg.Tests.Cli;

/// <summary>Draws argument lists; the same seed and index give the same list.</summary>
/// <param name="tame">True for real processes, which nothing confines: no long computations, no path outside the folder, no character that a process cannot be given.</param>
internal sealed partial class ArgumentWords(bool tame)
{
    private static readonly string[] Odd =
    [
        "", " ", "--", "-", "---", "@file", "@/etc/passwd", "/etc/passwd", "../outside/run-a", "../../../../../etc", "..", ".", "~", "~/x", "nan", "NaN", "inf", "-Infinity", "Infinity", "∞", "1e", "1e999", "-1e999", "0x10", "1,5", "1.5,",
        ",", ":", "::", "1:2", "1:3:0", "1:3:-4", "1:3:1e3", "3:1:5", "1:1:1", "1:3:1000001", "1:3:9999999999999999999", "nan:1:3", "1:nan:3", "a\0b", "\u001b[31mred", "\n", "a\nb", "\r", "\t", "é", "𝔼", "\ud800", "１", "Ⅷ", "-0", "+1", "0", "1_000",
        " 1", "1 ", "1e-300", "1e308", "-1e308", "4.9e-324", "9007199254740993", "2147483648", "18446744073709551616", "[suggest]", "[diagram]", "[env:A=1]", "/?", "-h", "-?", "--help", "--version", "true", "false", "--json=false", "--json=true",
        "CON", "*", "$(id)", "`id`", "%s%n%d", "'", "\"", "\\", "a;b", "<svg/>", "x^3", "0 x^3", "x", "x^101", "1e13 x^2", "-x^2", "x^2+", "0.5 x^3 + 0.5 x^4", "all", "fig2", "bash", "1M", "1K", "1e400G", "0G", "8GiB", "svg,svg", "svg,,png", "gif",
    ];

    // What stands in the folder of a call that names one of these; see ArgumentFuzz.
    private static readonly string[] Places = ["run-a", "run-b", "run-c", "run-d", "bad-data", "bad-table", "bad-manifest", "bad-result", "bad-number", "bad-kind", "users", "unfinished", "halfway", "moved.svg", "foreign.svg", "file.txt", "out-new", "deep/er/out", "run-a/figure.svg", "run-a/data.npz", "run-a/.."];

    private static readonly (string Name, Parameter[] Parameters)[] Commands =
    [
        .. CommandLine.Runs.Select(run => (run.Command, run.Parameters.Concat(CommonParameters.Of(run)).ToArray())),
        .. CommandLine.FolderCommands.Select(command => (command.Command, command.Parameters.Concat(command.TakesCommonOptions ? [CommonParameters.Json, CommonParameters.Quiet, CommonParameters.Threads] : []).ToArray())),
    ];

    private static readonly Parameter[] Everything = [.. Commands.SelectMany(command => command.Parameters).Distinct()];

    /// <summary>The commands that are drawn; the page, which serves until it is stopped, is not.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Commands.Select(command => command.Name).Where(name => name != "web")];

    /// <summary>An argument list.</summary>
    /// <param name="seed">The seed of the whole battery.</param>
    /// <param name="index">The number of the call in it.</param>
    public string[] Draw(int seed, int index)
    {
        var random = new Random(unchecked(seed * 1_000_003 + index));
        string name = Names[random.Next(Names.Count)];

        // What takes a tenth of a second whatever its words are comes less often: it has few words.
        name = (name is "selftest" or "reproduce" && random.Next(4) > 0) || (name is "dynamics" or "threshold" or "simulate" or "amp" && random.Next(20) > 0) ? Names[random.Next(Names.Count)] : name;
        var parameters = Commands.First(command => command.Name == name).Parameters;
        var groups = new List<string[]>();
        foreach (var argument in parameters.Where(parameter => parameter.IsArgument && random.Next(20) > 0))
        {
            groups.Add([Value(random, argument)]);
        }

        var options = parameters.Where(parameter => !parameter.IsArgument).ToArray();
        random.Shuffle(options);
        for (int count = Math.Min(options.Length, random.Next(6)); count > 0; count--)
        {
            var option = random.Next(40) switch { 0 => Everything[random.Next(Everything.Length)], 1 => options[random.Next(options.Length)], _ => options[count - 1] };
            if (option.Name is "n" or "trials" && random.Next(5) > 0)
            {
                continue;
            }

            string value = Value(random, option), word = "--" + option.Name;
            groups.Add(option.IsFlag ? [word] : random.Next(12) switch { 0 => [word + "=" + value], 1 => [word + ":" + value], 2 when random.Next(8) == 0 => [word], _ => [word, value] });
        }

        // To its usual time it takes some ten seconds.
        if (name == "threshold" && !groups.Any(group => group[0].Split('=', ':')[0] == "--t"))
        {
            groups.Add(["--t", "1.5"]);
        }

        // At its usual size as well.
        if (name is "simulate" or "amp" && !groups.Any(group => group[0].Split('=', ':')[0] == "--n"))
        {
            groups.Add(["--n", "12"]);
        }

        // All figures take minutes.
        if (name == "reproduce" && groups.All(group => group[0].StartsWith('-')))
        {
            groups.Add(["statics"]);
        }

        if (random.Next(14) == 0)
        {
            groups.Add([Odd[random.Next(Odd.Length)]]);
        }

        var shuffled = groups.ToArray();
        random.Shuffle(shuffled);
        string[] words = [.. random.Next(40) switch { 0 => [], 1 => [Mutated(random, name)], _ => new[] { name } }, .. shuffled.SelectMany(group => group)];
        if (random.Next(50) == 0)
        {
            random.Shuffle(words);
        }

        if (words.Length > 0 && random.Next(25) == 0)
        {
            int at = random.Next(words.Length);
            words[at] = Mutated(random, words[at]);
        }

        return tame ? [.. words.Select(Tamed)] : words;
    }

    private string Value(Random random, Parameter parameter) => random.Next(100) switch
    {
        < 78 => Valid(random, parameter),
        < 90 => Edge(random, parameter),
        < 93 => Valid(random, Everything[random.Next(Everything.Length)]),
        < 97 => Mutated(random, Valid(random, parameter)),
        _ => Odd[random.Next(Odd.Length)],
    };

    private string Valid(Random random, Parameter parameter)
    {
        if (parameter.Domain.StartsWith("one of ", StringComparison.Ordinal))
        {
            string[] words = parameter.Domain["one of ".Length..].Split(", ");
            return words[random.Next(words.Length)];
        }

        var bounds = Bounds(parameter);
        return parameter.Name switch
        {
            "t" => Shown(Moderate(random, 0.01, 3)),
            "m0" => random.Next(3) == 0 ? "linear" : Shown(Moderate(random, 1e-6, 1)),
            "n" => random.Next(2, bounds!.Value.High < 40 ? 5 : 40).ToString(CultureInfo.InvariantCulture),
            "p" => random.Next(3, 8).ToString(CultureInfo.InvariantCulture),
            "mixture" => string.Join(random.Next(2) == 0 ? " + " : "+", Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{Shown(Moderate(random, 0.01, 10))} x^{random.Next(1, 9)}")),
            "formats" => random.Next(200) == 0 && !tame ? "png" : "svg",
            "max-memory" => random.Next(2) == 0 ? "8G" : Shown(Moderate(random, 1, 900)) + "M",
            "energy-range" => Shown(-Moderate(random, 0.5, 5)) + ":" + Shown(Moderate(random, 0.1, 2)),
            "out" or "dir" or "source" or "first" or "second" => Places[random.Next(Places.Length)],
            _ when bounds is not { } range => "word",
            _ when parameter.Domain.StartsWith("an integer", StringComparison.Ordinal) => Math.Round(Math.Exp(random.NextDouble() * Math.Log(Math.Min(bounds.Value.High, bounds.Value.Low + 2000) + 1))).ToString("F0", CultureInfo.InvariantCulture),
            _ when parameter.Domain.StartsWith("numbers", StringComparison.Ordinal) => List(random, bounds.Value),
            _ => Shown(Moderate(random, bounds.Value.Low, bounds.Value.High)),
        };
    }

    private string Edge(Random random, Parameter parameter)
    {
        if (Bounds(parameter) is not var (low, high))
        {
            return Odd[random.Next(Odd.Length)];
        }

        bool whole = parameter.Domain.StartsWith("an integer", StringComparison.Ordinal);
        double[] ends = whole ? [low, high, low - 1, high + 1, low + 1, high - 1, 0, -1] : [low, high, Math.BitDecrement(low), Math.BitIncrement(high), Math.BitIncrement(low), Math.BitDecrement(high), 0, -0.0, 1e-300, 1e308, -high];
        string End() => whole && high is > 2000 and < 1e9 && (tame || random.Next(4) > 0) ? Shown(low) : Shown(ends[random.Next(ends.Length)]);
        return !parameter.Domain.StartsWith("numbers", StringComparison.Ordinal) ? End()
            : random.Next(3) switch
            {
                0 => End(),
                1 => string.Join(',', Enumerable.Range(0, random.Next(1, tame ? 5 : 40)).Select(_ => End())),
                _ => $"{Shown(Moderate(random, low, high))}:{End()}:{(tame ? random.Next(5) : random.Next(12) == 0 ? 1_000_000 : random.Next(1, 3000))}",
            };
    }

    private static string List(Random random, (double Low, double High) range) => random.Next(3) == 0
        ? $"{Shown(Moderate(random, range.Low, range.High))}:{Shown(Moderate(random, range.Low, range.High))}:{random.Next(2, 30)}"
        : string.Join(',', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Shown(Moderate(random, range.Low, range.High))));

    // Near one in size, where models live; both signs where the domain has them.
    private static double Moderate(Random random, double low, double high)
    {
        double size = Math.Exp(3 * (2 * random.NextDouble() - 1)), value = low < 0 && random.Next(2) == 0 ? -size : size;
        value = high <= 1.5 ? value / 21 : value;
        return Math.Clamp(random.Next(4) == 0 ? Math.Round(value, 1) : value, Math.Max(low, -1e6), high);
    }

    private static string Mutated(Random random, string word)
    {
        const string letters = "abz-_=:,. 019eE+^x\0\u001b\n/\\\"'é∞\ud83d";
        int at = random.Next(word.Length + 1);
        return random.Next(7) switch
        {
            0 when at < word.Length => word.Remove(at, 1),
            1 when at < word.Length => word[..at] + letters[random.Next(letters.Length)] + word[(at + 1)..],
            2 => word.ToUpperInvariant(),
            3 => word + word,
            4 => word[..at],
            5 => new string(letters[random.Next(letters.Length)], random.Next(10) == 0 ? 5000 : 3),
            _ => word.Insert(at, letters[random.Next(letters.Length)].ToString()),
        };
    }

    private static string Tamed(string word)
    {
        string plain = new([.. word.Where(c => c != '\0' && !char.IsSurrogate(c))]);
        return plain.Contains("..", StringComparison.Ordinal) || plain.Contains('/', StringComparison.Ordinal) || plain.Contains("00000", StringComparison.Ordinal) ? "out-new" : plain;
    }

    private static (double Low, double High)? Bounds(Parameter parameter)
    {
        var numbers = NumberPattern().Matches(parameter.Domain);
        return numbers.Count < 2 ? null : (double.Parse(numbers[0].Value, CultureInfo.InvariantCulture), parameter.Domain.Contains("2^53", StringComparison.Ordinal) ? 1e6 : double.Parse(numbers[1].Value, CultureInfo.InvariantCulture));
    }

    private static string Shown(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\w.])-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")]
    private static partial Regex NumberPattern();
}
