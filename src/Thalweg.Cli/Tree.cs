// The tree of commands and options that the parser works on, built from the catalog of runs.
using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Linq;
using Thalweg.Runs;

namespace Thalweg.Cli;

internal static class Tree
{
    internal static RootCommand Build()
    {
        var root = new RootCommand("Thalweg: where does gradient descent go in a high-dimensional non-convex landscape, and when does it find the signal?");
        root.Directives.Clear();
        foreach (var run in CommandLine.Runs)
        {
            root.Add(Of(run.Command, run.Summary, run.Parameters, CommonParameters.Of(run)));
        }

        foreach (var command in CommandLine.FolderCommands)
        {
            root.Add(Of(command.Command, command.Summary, command.Parameters, command.TakesCommonOptions ? [CommonParameters.Json, CommonParameters.Quiet, CommonParameters.Threads] : []));
        }

        return root;
    }

    // Words mean what they say: no file is read for "@file", "-ab" is not "-a -b".
    internal static ParseResult Parse(RootCommand root, IReadOnlyList<string> words) => root.Parse(words, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });

    internal static bool HasUnknown(ParseResult parsed) => Unknown(parsed) is not null || Hungry(parsed) is not null;

    // An option that took the next option for its value, as in "--out --json".
    private static Option? Hungry(ParseResult parsed)
    {
        var options = parsed.CommandResult.Command.Options;
        return options.FirstOrDefault(option => parsed.GetResult(option) is { Tokens: [{ Value: var value }] } && options.Any(other => other.Name == value));
    }

    // A first word in brackets is a secret command to the parser, which swallows it; here it is as unknown as any other.
    private static string? Unknown(ParseResult parsed) => parsed.Tokens.FirstOrDefault(token => token.Type == TokenType.Directive)?.Value ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null);

    internal static bool IsHelpOrVersion(ParseResult parsed) => parsed.Action is HelpAction || parsed.Action?.GetType().DeclaringType == typeof(VersionOption) || parsed.Action?.GetType().Name == "VersionOptionAction";

    // One sentence for what the parser could not make sense of: what, and the nearest word that exists.
    internal static string Sentence(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        string? unknown = Unknown(parsed);
        string lists = $"; thalweg {command.Name} --help lists the options";
        var known = ParametersOf(command.Name);
        if (Hungry(parsed) is { } hungry && known.FirstOrDefault(parameter => "--" + parameter.Name == hungry.Name) is { } hungriest)
        {
            return $"{hungry.Name} needs a value: {hungriest.Domain}{lists}";
        }

        if (unknown is not null)
        {
            if ((command is RootCommand || parsed.Tokens[0].Type == TokenType.Directive) && !unknown.StartsWith('-'))
            {
                return $"there is no command \"{Shown(unknown)}\"{Closest.Hint(unknown, command.Subcommands.Select(sub => sub.Name))}; thalweg --help lists them";
            }

            if (command.Options.Any(option => option.Name == unknown))
            {
                return $"{Shown(unknown)} stands after --, where no option can stand: leave out --";
            }

            if (unknown.StartsWith('-'))
            {
                if (RunCatalog.Find(command.Name)?.Refusal(unknown.TrimStart('-').Split('=')[0]) is { } refusal)
                {
                    return refusal;
                }

                string place = command is RootCommand ? string.Empty : $" of {command.Name}";
                return $"there is no option {Shown(unknown)}{place}{Closest.Hint(unknown.Split('=')[0], command.Options.Select(option => option.Name))}; thalweg {(command is RootCommand ? string.Empty : command.Name + " ")}--help lists them";
            }

            return $"{command.Name} does not know what to do with \"{Shown(unknown)}\"; values follow their option, as in --p 3";
        }

        return parsed.Errors[0].SymbolResult switch
        {
            OptionResult { IdentifierTokenCount: > 1 } option => $"{option.Option.Name} is given {option.IdentifierTokenCount} times: give it once",
            OptionResult option when known.FirstOrDefault(parameter => "--" + parameter.Name == option.Option.Name) is { } wanted => $"{option.Option.Name} needs a value: {wanted.Domain}{lists}",
            ArgumentResult argument when known.FirstOrDefault(parameter => parameter.Name == argument.Argument.Name) is { } wanted => $"{command.Name} needs the {wanted.Help}: {wanted.Domain}{lists}",
            CommandResult when known.FirstOrDefault(parameter => parameter.IsArgument && parameter.Default is null) is { } wanted => $"{command.Name} needs the {wanted.Help}: {wanted.Domain}{lists}",
            _ => parsed.Errors[0].Message.TrimEnd('.') + lists,
        };
    }

    internal static Dictionary<string, string> Given(ParseResult parsed)
    {
        var given = new Dictionary<string, string>();
        foreach (var option in parsed.CommandResult.Command.Options)
        {
            if (parsed.GetResult(option) is { Implicit: false } result && option is not (HelpOption or VersionOption))
            {
                given[option.Name.TrimStart('-')] = result.Tokens.Count == 0 ? "true" : result.Tokens[0].Value;
            }
        }

        foreach (var argument in parsed.CommandResult.Command.Arguments)
        {
            if (parsed.GetResult(argument) is { Tokens.Count: > 0 } result)
            {
                given[argument.Name] = result.Tokens[0].Value;
            }
        }

        return given;
    }

    private static Command Of(string name, string summary, IReadOnlyList<Parameter> own, IEnumerable<Parameter> common)
    {
        var command = new Command(name, summary);
        foreach (var parameter in own.Concat(common))
        {
            string description = parameter.Help + (parameter.IsFlag ? string.Empty : $" ({parameter.Domain}{(parameter.Default is { } value ? $"; default {value}" : string.Empty)})");
            if (parameter.IsArgument)
            {
                command.Add(new Argument<string>(parameter.Name) { Description = description, Arity = parameter.Default is null ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne });
            }
            else if (parameter.IsFlag)
            {
                command.Add(new Option<bool>("--" + parameter.Name) { Description = description, Arity = ArgumentArity.Zero });
            }
            else
            {
                command.Add(new Option<string>("--" + parameter.Name) { Description = description, HelpName = parameter.Name.ToUpperInvariant(), Arity = ArgumentArity.ExactlyOne });
            }
        }

        return command;
    }

    private static IEnumerable<Parameter> ParametersOf(string command) =>
        CommandLine.Runs.Where(run => run.Command == command).SelectMany(run => run.Parameters)
            .Concat(CommandLine.FolderCommands.Where(folder => folder.Command == command).SelectMany(folder => folder.Parameters)).Concat(CommonParameters.All);

    private static string Shown(string word) => word.Length <= 60 ? word : word[..57] + "...";
}
