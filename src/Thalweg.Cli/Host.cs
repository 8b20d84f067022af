// The world around the command line: where it writes, whether anybody watches, when it must stop.
using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using Thalweg.Results;

namespace Thalweg.Cli;

/// <summary>Everything that the command line takes from its process, so that tests can give it another.</summary>
public sealed class Host : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly ManualResetEventSlim ended = new();

    private PosixSignalRegistration? termination;

    /// <summary>Standard output.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>The folder that relative paths start from.</summary>
    public required string Root { get; init; }

    /// <summary>True when paths outside <see cref="Root"/> are refused.</summary>
    public bool IsConfined { get; init; }

    /// <summary>True when standard output is a terminal.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>True when standard error is a terminal, where progress is shown.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>The longest that a run may take; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The seconds between two checkpoints of a run as the environment variable <see cref="CheckpointVariable"/> says them; null for two.</summary>
    public string? CheckpointSeconds { get; init; }

    /// <summary>True when the user asked to stop, rather than the time limit.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>The environment variable with the seconds between two checkpoints.</summary>
    public const string CheckpointVariable = "THALWEG_CHECKPOINT_SECONDS";

    /// <summary>The host of a real process.</summary>
    public static Host OfThisProcess()
    {
        var host = new Host
        {
            Output = Console.Out,
            Error = Console.Error,
            Root = Directory.GetCurrentDirectory(),
            IsTerminal = !Console.IsOutputRedirected,
            ShowsProgress = !Console.IsErrorRedirected,
            CheckpointSeconds = Environment.GetEnvironmentVariable(CheckpointVariable),
        };
        Console.CancelKeyPress += (_, stop) =>
        {
            stop.Cancel = true;
            host.Interrupt();
        };
        host.termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, stop =>
        {
            stop.Cancel = true;
            host.Interrupt();
        });
        return host;
    }

    /// <summary>Starts the clock of the time limit and gives the token that ends the run.</summary>
    public CancellationToken Start()
    {
        if (TimeLimit is { } limit)
        {
            // A thread of its own: the timers of the base library wait for a free thread of the pool, which a run that uses every core does not leave them.
            new Thread(() => EndAfter(limit)) { IsBackground = true, Name = "time limit" }.Start();
        }

        return source.Token;
    }

    /// <summary>Asks the run to stop.</summary>
    public void Interrupt()
    {
        WasInterrupted = true;
        source.Cancel();
    }

    /// <summary>The time between two checkpoints.</summary>
    /// <exception cref="BadInputException">The environment variable is no such time.</exception>
    internal TimeSpan CheckpointInterval => CheckpointSeconds is null ? TimeSpan.FromSeconds(2)
        : double.TryParse(CheckpointSeconds, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and <= 86400 ? TimeSpan.FromSeconds(seconds)
        : throw new BadInputException($"the environment variable {CheckpointVariable} is {CheckpointSeconds}: must be a number of seconds from 0 to 86400");

    /// <summary>The full path of what a user wrote.</summary>
    /// <param name="path">A path, relative to <see cref="Root"/> or not.</param>
    /// <exception cref="BadInputException">It is no path, or lies outside a confined root.</exception>
    public string PathOf(string path)
    {
        string full;
        try
        {
            full = Path.GetFullPath(path, Root);
        }
        catch (ArgumentException exception)
        {
            throw new BadInputException($"{path}: is no path", exception);
        }

        return !IsConfined || full.StartsWith(Path.GetFullPath(Root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new BadInputException($"{path}: is not below {Root}, where this program was told to stay");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ended.Set();
        termination?.Dispose();
    }

    // Neither the event nor the source holds anything of the system's here, and the thread may still look at both.
    private void EndAfter(TimeSpan limit)
    {
        if (!ended.Wait(limit))
        {
            source.Cancel();
        }
    }
}
