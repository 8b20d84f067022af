// The battery of random argument lists: makes each call in a fresh folder, checks what holds for every call, and shrinks what fails.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Thalweg.Cli;

namespace Thalweg.Tests.Cli;

/// <summary>A call that broke a promise.</summary>
/// <param name="Index">Its number in the battery.</param>
/// <param name="Words">The argument list, shrunk.</param>
/// <param name="Complaint">What was broken.</param>
internal sealed record Failure(int Index, string[] Words, string Complaint);

/// <summary>Makes many calls and counts.</summary>
/// <param name="count">How many.</param>
/// <param name="seed">With the call's number it fixes the argument list.</param>
/// <param name="processes">True to start the built program for each call, false to call it in this process.</param>
internal sealed partial class ArgumentFuzz(int count, int seed, bool processes)
{
    // Two seconds a call; the slack is for what cannot be cut short: the start of a process, a column of a million numbers on a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2), Slack = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Command, int Code), int> counts = new();
    private readonly ConcurrentDictionary<string, double> seconds = new();
    private readonly ConcurrentBag<Failure> failures = [];
    private readonly ConcurrentBag<(TimeSpan Time, int Index)> slow = [];
    private readonly ArgumentWords words = new(tame: processes);
    private TimeSpan wall;

    /// <summary>The broken promises, first call first.</summary>
    public IReadOnlyList<Failure> Failures => [.. failures.OrderBy(failure => failure.Index)];

    /// <summary>How many calls were made.</summary>
    public int Calls => counts.Values.Sum();

    /// <summary>Makes every call.</summary>
    public void Run()
    {
        string common = Directory.CreateTempSubdirectory("thalweg-fuzz-").FullName;
        try
        {
            string fixture = FuzzFixture.Make(Path.Combine(common, "fixture"));
            var watch = Stopwatch.StartNew();
            int next = -1;
            Parallel.For(0, Environment.ProcessorCount, worker =>
            {
                var place = new FuzzPlace(Path.Combine(common, "worker" + worker), fixture);
                for (int index = Interlocked.Increment(ref next); index < count && failures.Count < 20; index = Interlocked.Increment(ref next))
                {
                    One(index, place);
                }
            });
            wall = watch.Elapsed;
        }
        finally
        {
            Directory.Delete(common, recursive: true);
        }
    }

    /// <summary>Counts by exit code and by command, calls a second, the slowest calls.</summary>
    public string Summary()
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        text.WriteLine($"{Calls} calls {(processes ? "of the program" : "in process")}, seed {seed}: {wall.TotalSeconds:F1} s, {Calls / wall.TotalSeconds:F0} a second, {failures.Count} failures");
        int[] codes = [.. counts.Keys.Select(key => key.Code).Distinct().Order()];
        text.WriteLine($"{"command",-12}{string.Concat(codes.Select(code => $"{"exit " + code,10}"))}   mean ms");
        foreach (string command in counts.Keys.Select(key => key.Command).Distinct().Order(StringComparer.Ordinal))
        {
            text.WriteLine($"{command,-12}{string.Concat(codes.Select(code => $"{counts.GetValueOrDefault((command, code)),10}"))}{1000 * seconds[command] / counts.Where(pair => pair.Key.Command == command).Sum(pair => pair.Value),10:F1}");
        }

        text.WriteLine($"{"all",-12}{string.Concat(codes.Select(code => $"{counts.Where(pair => pair.Key.Code == code).Sum(pair => pair.Value),10}"))}");
        foreach (var (time, index) in slow.OrderByDescending(item => item.Time).Take(5))
        {
            text.WriteLine($"slow: {time.TotalSeconds:F2} s, call {index}: {Shown(words.Draw(seed, index))}");
        }

        foreach (var failure in Failures)
        {
            text.WriteLine($"FAILURE seed {seed}, call {failure.Index}: {failure.Complaint}{Environment.NewLine}  arguments: {Shown(failure.Words)}");
        }

        return text.ToString();
    }

    private void One(int index, FuzzPlace place)
    {
        string[] list = words.Draw(seed, index);
        var (answer, complaint) = Try(list, place);
        string command = list.Length > 0 && ArgumentWords.Names.Contains(list[0]) ? list[0] : "(other)";
        counts.AddOrUpdate((command, answer.Code), 1, (_, known) => known + 1);
        seconds.AddOrUpdate(command, answer.Time.TotalSeconds, (_, known) => known + answer.Time.TotalSeconds);
        if (slow.Count < 100 || answer.Time > Limit)
        {
            slow.Add((answer.Time, index));
        }

        if (complaint is not null)
        {
            failures.Add(new(index, complaint.StartsWith("slow", StringComparison.Ordinal) ? list : Shrunk(list, complaint, place), complaint));
        }
    }

    // The shortest list with the same kind of complaint that dropping words one after the other leads to.
    private string[] Shrunk(string[] list, string complaint, FuzzPlace place)
    {
        string kind = complaint.Split(':')[0];
        for (int at = list.Length - 1; at >= 0; at--)
        {
            string[] shorter = [.. list[..at], .. list[(at + 1)..]];
            if (Try(shorter, place).Complaint?.Split(':')[0] == kind)
            {
                list = shorter;
                at = Math.Min(at, list.Length);
            }
        }

        return list;
    }

    private (Answer Answer, string? Complaint) Try(string[] list, FuzzPlace place)
    {
        place.Prepare(list);
        string[] before = Workplace.Listing(place.Inside);
        var answer = processes ? ProgramProcess.Call(place.Inside, TimeSpan.FromSeconds(20), list) : Workplace.Call(place.Inside, Limit, list);
        string? complaint = place.Complaint() ?? Complaint(list, answer, before, place.Inside);
        place.Clear();
        return (answer, complaint);
    }

    private string? Complaint(string[] list, Answer answer, string[] before, string inside)
    {
        string[] after = Workplace.Listing(inside);
        string? problem = Spoken(list, answer);
        return problem is not null ? problem
            : answer.Code is ExitCode.BadInput or ExitCode.Limit && !answer.Error.Contains("; checkpoint saved: ", StringComparison.Ordinal) && !before.SequenceEqual(after) ? "files changed although nothing was done: " + string.Join(", ", after.Except(before).Take(3))
            : after.FirstOrDefault(entry => Leftover().IsMatch(entry)) is { } hidden ? "left behind: " + hidden
            : answer.Time > Limit + Slack ? $"slow: {answer.Time.TotalSeconds:F1} s"
            : after.Except(before).Select(entry => FuzzPlace.Unsound(Path.Combine(inside, entry[..entry.LastIndexOf(' ')]))).FirstOrDefault(unsound => unsound is not null);
    }

    private static string? Spoken(string[] list, Answer answer)
    {
        int lines = answer.Error.Count(c => c == '\n');
        bool help = answer.Output.StartsWith("Description:", StringComparison.Ordinal) || list.Contains("--version") || list.Contains("completion");
        return answer.Code is not (>= 0 and <= 4) ? $"exit code {answer.Code}: {answer.Error.Trim()}"
            : answer.Code == ExitCode.Done && lines > 0 ? "words on standard error of a call that went well: " + answer.Error.Trim()
            : answer.Code != ExitCode.Done && (lines != 1 || !answer.Error.StartsWith("thalweg: ", StringComparison.Ordinal)) ? "standard error is not one line: " + answer.Error
            : answer.Error.Length > 1000 ? $"a line too long to read: {answer.Error.Length} characters"
            : answer.Error.Any(c => char.IsControl(c) && c != '\n') ? "a control character on standard error: " + answer.Error
            : answer.Code is ExitCode.BadInput or ExitCode.Limit && answer.Output.Length > 0 ? $"exit code {answer.Code} but standard output has words: {answer.Output}"
            : FuzzPlace.NotNumbers.FirstOrDefault(word => (answer.Output + answer.Error).Contains(word, StringComparison.Ordinal) && !list.Any(own => own.Contains(word, StringComparison.Ordinal))) is { } word ? $"\"{word}\" was said: {answer.Error}{answer.Output}"
            : help || answer.Code is ExitCode.BadInput or ExitCode.Limit ? null
            : list.Any(word => word.TrimEnd(':', '=') == "--json") ? JsonContract.Breach(answer.Output) is { } breach ? $"JSON: {breach}: {(answer.Output.Length > 300 ? answer.Output[..300] : answer.Output)}" : null
            : list.Contains("--quiet") && answer.Output.Length > 0 ? "not quiet: " + answer.Output
            : null;
    }

    [GeneratedRegex(@"(^|/)\.[^/]*\.(tmp|new|old|lock) ")]
    private static partial Regex Leftover();

    private static string Shown(string[] list)
    {
        string text = JsonSerializer.Serialize(list);
        return text.Length <= 2000 ? text : text[..2000] + "...";
    }
}
