// Calls of the command line in process, with everything that they say and leave behind.
using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Thalweg.Cli;
using Xunit;

namespace Thalweg.Tests.Cli;

/// <summary>What a call said.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Time">How long it took.</param>
internal sealed record Answer(int Code, string Output, string Error, TimeSpan Time)
{
    /// <summary>Standard output as one JSON object; a second value after it is an error.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    public Answer Ends(int code)
    {
        Assert.True(Code == code, $"exit code {Code} instead of {code}: {Error} {(Output.Length > 500 ? Output[..500] : Output)}");
        return this;
    }
}

/// <summary>A temporary folder in which calls are made.</summary>
internal sealed class Workplace : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("thalweg-cli-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Every file and folder below, with sizes, sorted.</summary>
    public string[] Content => Listing(Path);

    public Answer Call(params string[] words) => Call(Path, null, words);

    /// <summary>A call that is made to fail: bad input, one line, nothing printed or written.</summary>
    public string Refused(params string[] words)
    {
        string[] before = Content;
        var answer = Call(words).Ends(ExitCode.BadInput);
        Assert.Equal(string.Empty, answer.Output);
        Assert.StartsWith("thalweg: ", answer.Error, StringComparison.Ordinal);
        Assert.EndsWith("\n", answer.Error, StringComparison.Ordinal);
        string line = answer.Error[..^1];
        Assert.DoesNotContain(line, char.IsControl);
        Assert.True(line.Length < 1000, "a line of " + line.Length + " characters");
        Assert.Equal(before, Content);
        return line;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public static Answer Call(string root, TimeSpan? limit, params string[] words)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var host = new Host { Output = output, Error = error, Root = root, IsConfined = true, TimeLimit = limit };
        var watch = Stopwatch.StartNew();
        int code = CommandLine.Run(words, host);
        return new(code, output.ToString(), error.ToString(), watch.Elapsed);
    }

    public static string[] Listing(string folder) =>
        [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(entry => $"{System.IO.Path.GetRelativePath(folder, entry.FullName)} {(entry as FileInfo)?.Length}").Order(StringComparer.Ordinal)];
}
