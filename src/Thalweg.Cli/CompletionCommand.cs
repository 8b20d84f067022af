// The command "completion": a script that teaches a shell the commands and options.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Thalweg.Runs;

namespace Thalweg.Cli;

/// <summary>Completion scripts, generated from the catalog of runs.</summary>
public sealed class CompletionCommand : FolderCommand
{
    /// <summary>The shell.</summary>
    public static Parameter<string> Shell { get; } = new("shell", "shell to complete in", Readers.Choice("bash", "zsh", "fish")) { IsArgument = true };

    /// <inheritdoc/>
    public override string Command => "completion";

    /// <inheritdoc/>
    public override string Summary => "a completion script: eval \"$(thalweg completion bash)\"";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Shell];

    /// <inheritdoc/>
    public override bool TakesCommonOptions => false;

    /// <inheritdoc/>
    public override int Execute(ParameterSet set, Host host)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(host);
        var commands = Tree.Build().Subcommands.Select(command => (command.Name, Summary: command.Description ?? string.Empty, Words: command.Options.Select(option => option.Name).ToArray())).ToArray();
        if (set.Get(Shell) == "fish")
        {
            WriteFish(host.Output, commands);
        }
        else
        {
            WriteBash(host.Output, commands, set.Get(Shell) == "zsh");
        }

        return ExitCode.Done;
    }

    private static void WriteBash(TextWriter output, (string Name, string Summary, string[] Words)[] commands, bool zsh)
    {
        if (zsh)
        {
            output.WriteLine("autoload -U +X bashcompinit && bashcompinit");
        }

        output.WriteLine("_thalweg() {");
        output.WriteLine("  local word=\"${COMP_WORDS[COMP_CWORD]}\" words");
        output.WriteLine("  case \"${COMP_WORDS[1]}\" in");
        foreach (var (name, _, words) in commands)
        {
            output.WriteLine($"    {name}) words=\"{string.Join(' ', words)}\" ;;");
        }

        output.WriteLine($"    *) words=\"{string.Join(' ', commands.Select(command => command.Name))} --help --version\" ;;");
        output.WriteLine("  esac");
        output.WriteLine("  if [ \"$COMP_CWORD\" -eq 1 ]; then words=\"" + string.Join(' ', commands.Select(command => command.Name)) + " --help --version\"; fi");
        output.WriteLine("  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))");
        output.WriteLine("}");
        output.WriteLine("complete -o default -F _thalweg thalweg ./thalweg");
    }

    private static void WriteFish(TextWriter output, (string Name, string Summary, string[] Words)[] commands)
    {
        foreach (var (name, summary, words) in commands)
        {
            output.WriteLine($"complete -c thalweg -n __fish_use_subcommand -a {name} -d '{summary.Replace("'", string.Empty, StringComparison.Ordinal)}'");
            foreach (string word in words.Where(word => word.StartsWith("--", StringComparison.Ordinal)))
            {
                output.WriteLine($"complete -c thalweg -n '__fish_seen_subcommand_from {name}' -l {word[2..]}");
            }
        }
    }
}
