// From words to a run: the parser is built from the catalog of runs, and every outcome becomes text and an exit code.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using Thalweg.Figures;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Cli;

/// <summary>The command line of Thalweg.</summary>
public static class CommandLine
{
    private const int BadDescriptor = 9, DiskFullUnix = 28, DiskFullWindows = unchecked((int)0x80070070);

    /// <summary>Every run that is a command: those of the physics, then those of the figures and of run folders.</summary>
    public static IReadOnlyList<Run> Runs { get; } = [.. RunCatalog.All, new ReproduceRun()];

    /// <summary>Commands that work on run folders or on the program itself.</summary>
    public static IReadOnlyList<FolderCommand> FolderCommands { get; } = [new VerifyCommand(), new CompareCommand(), new ReplotCommand(), new ResumeCommand(), new CompletionCommand()];

    /// <summary>Parses and runs.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    /// <param name="host">The world around it.</param>
    /// <returns>The exit code, see <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, Host host)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(host);
        try
        {
            return Guarded(arguments, host);
        }
        catch (BadInputException exception)
        {
            return Fail(host, exception.Message, ExitCode.BadInput);
        }
        catch (LimitException exception)
        {
            return Fail(host, exception.Message, ExitCode.Limit);
        }
        catch (OperationCanceledException)
        {
            return Stop(host, "nothing was written");
        }
        catch (Exception exception) when ((exception is IOException && exception.Message.Contains("pipe", StringComparison.OrdinalIgnoreCase)) || exception is UnauthorizedAccessException { InnerException.HResult: BadDescriptor })
        {
            // The reader of our output has gone, as in "thalweg ... | head", or there never was one, as in "thalweg ... >&-": there is nobody left to tell.
            return ExitCode.Done;
        }
        catch (IOException exception) when (exception.HResult is DiskFullUnix or DiskFullWindows)
        {
            return Fail(host, "the disk is full, or what standard output is sent to: free some space", ExitCode.Limit);
        }
        catch (OutOfMemoryException)
        {
            return Fail(host, "the machine has not enough memory for this run; ask for fewer points", ExitCode.Limit);
        }
        catch (Exception exception) when (exception is not (StackOverflowException or AccessViolationException))
        {
            return Fail(host, $"a bug of ours: {exception.GetType().Name}: {OneLine(exception.Message)}; please report it with {Report(host, arguments, exception)}", ExitCode.Bug);
        }
    }

    private static int Guarded(IReadOnlyList<string> arguments, Host host)
    {
        var root = Tree.Build();
        var parsed = Tree.Parse(root, arguments);
        if (parsed.Action is not null && Tree.IsHelpOrVersion(parsed))
        {
            return Show(parsed, host);
        }

        if (parsed.CommandResult.Command == root && !Tree.HasUnknown(parsed))
        {
            return Show(root.Parse(["--help"]), host);
        }

        if (parsed.Errors.Count > 0 || Tree.HasUnknown(parsed))
        {
            throw new BadInputException(Tree.Sentence(parsed));
        }

        string name = parsed.CommandResult.Command.Name;

        var given = Tree.Given(parsed);
        foreach (var folderCommand in FolderCommands)
        {
            if (folderCommand.Command == name)
            {
                // A value that the command has no use for is still read: no mistake is swallowed.
                foreach (var parameter in folderCommand.Parameters.Concat(CommonParameters.All).Where(parameter => given.ContainsKey(parameter.Name)))
                {
                    parameter.Canonical(given[parameter.Name]);
                }

                return folderCommand.Execute(new ParameterSet(given), host);
            }
        }

        return RunSession.Execute(Runs.First(run => run.Command == name), new ParameterSet(given), host);
    }

    // The parser calls the program by the name of its assembly, users by that of the script that starts it.
    private static int Show(ParseResult parsed, Host host)
    {
        using var text = new StringWriter();
        int code = parsed.Invoke(new InvocationConfiguration { Output = text, Error = host.Error, EnableDefaultExceptionHandler = false });
        host.Output.Write(text.ToString().Replace("Thalweg.Cli", "thalweg", StringComparison.Ordinal));
        return code;
    }

    // A run that was ended before it was done, and what it leaves.
    internal static int Stop(Host host, string left) => host.WasInterrupted ? Fail(host, "cancelled; " + left, ExitCode.Cancelled) : Fail(host, "the time limit ended the run; " + left, ExitCode.Limit);

    private static int Fail(Host host, string sentence, int code)
    {
        Tell(host, sentence);
        return code;
    }

    // The one line on standard error; where that is closed, the exit code has to do.
    internal static void Tell(Host host, string sentence)
    {
        try
        {
            host.Error.WriteLine("thalweg: " + OneLine(sentence));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is no other way to say it.
        }
    }

    // One line that a terminal shows as it is: no line break, no control character, the middle of a very long word left out.
    private static string OneLine(string text)
    {
        const int longest = 700, ends = 340;
        var line = new StringBuilder(text.Length);
        foreach (char c in string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
        {
            line.Append(char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString());
        }

        return line.Length <= longest ? line.ToString() : $"{line.ToString(0, ends)} ... {line.ToString(line.Length - ends, ends)}";
    }

    private static string Report(Host host, IReadOnlyList<string> arguments, Exception exception)
    {
        string file = Path.Combine(host.Root, "thalweg-report.txt");
        try
        {
            File.WriteAllText(file, $"thalweg {Machine.Here.Version}\narguments: {string.Join(' ', arguments)}\n{exception}\n");
            return file;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "this line (the report could not be written)";
        }
    }
}
