// The built program as a real process, in a folder of its own, with an environment of its own.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using Thalweg.Cli;

namespace Thalweg.Tests.Cli;

internal static class ProgramProcess
{
    /// <summary>The program that these tests were built with.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "Thalweg.Cli.dll");

    /// <summary>The runtime's own launcher.</summary>
    public static string Launcher { get; } = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : FindLauncher();

    public static Answer Call(string folder, TimeSpan limit, params string[] words) => Call(folder, limit, null, words);

    /// <summary>A call; one that takes longer than the limit is stopped and has the exit code -1.</summary>
    /// <param name="folder">Its working directory.</param>
    /// <param name="limit">The longest that it may take.</param>
    /// <param name="environment">Variables to set, or with null to take out.</param>
    /// <param name="words">The words.</param>
    public static Answer Call(string folder, TimeSpan limit, IReadOnlyDictionary<string, string?>? environment, params string[] words)
    {
        var start = Start(folder, environment, words);
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            return new(-1, string.Empty, "stopped after " + limit, watch.Elapsed);
        }

        return new(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult(), watch.Elapsed);
    }

    /// <summary>How the program is started, all three streams redirected.</summary>
    /// <param name="folder">Its working directory.</param>
    /// <param name="environment">Variables to set, or with null to take out.</param>
    /// <param name="words">The words.</param>
    public static ProcessStartInfo Start(string folder, IReadOnlyDictionary<string, string?>? environment, params string[] words)
    {
        var start = new ProcessStartInfo(Launcher)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Assembly);
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string FindLauncher()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root && File.Exists(Path.Combine(root, name)))
        {
            return Path.Combine(root, name);
        }

        // The shared framework lies three folders below the launcher.
        string beside = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
