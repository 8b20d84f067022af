// A parameter of a run: its name, domain, default and the sentences of its errors, held once for the command line, the page and every other front.
using System;
using System.Collections.Generic;
using Thalweg.Results;

namespace Thalweg.Runs;

/// <summary>A named option of a run, as text; <see cref="Parameter{T}"/> knows its type.</summary>
/// <param name="name">Its name in kebab-case, without dashes: "delta-p".</param>
/// <param name="help">One sentence for the help page.</param>
/// <param name="domain">The values it takes, in words: "a number in [1e-12, 1e12]".</param>
/// <param name="defaultText">The default as a user would write it; null when the parameter may be left out.</param>
public abstract class Parameter(string name, string help, string domain, string? defaultText)
{
    /// <summary>Its name, kebab-case.</summary>
    public string Name { get; } = name;

    /// <summary>Its name in JSON and in addresses, snake_case; the words of the field where they differ from the option ("inv_delta2" for --inv-delta-2).</summary>
    public string Key { get; init; } = name.Replace('-', '_');

    /// <summary>One sentence for the help page.</summary>
    public string Help { get; } = help;

    /// <summary>The values it takes.</summary>
    public string Domain { get; } = domain;

    /// <summary>The default as text, or null.</summary>
    public string? Default { get; } = defaultText;

    /// <summary>True when its presence alone means yes.</summary>
    public bool IsFlag { get; init; }

    /// <summary>True when it is given by position, without its name.</summary>
    public bool IsArgument { get; init; }

    /// <summary>The option without which this one has no effect: given alone it is refused. Null for most.</summary>
    public Parameter? Needs { get; init; }

    /// <summary>False for what cannot change a result: where it is written, how many threads work on it.</summary>
    public bool ShapesResult { get; init; } = true;

    /// <summary>The value as results show it.</summary>
    /// <param name="text">The value as a user wrote it.</param>
    /// <exception cref="BadInputException">The text is no such value.</exception>
    public abstract Datum Show(string text);

    /// <summary>The value in the one spelling that manifests keep and hashes use.</summary>
    /// <param name="text">The value as a user wrote it.</param>
    /// <exception cref="BadInputException">The text is no such value.</exception>
    public abstract string Canonical(string text);
}

/// <summary>A parameter with its type.</summary>
/// <typeparam name="T">What its text stands for.</typeparam>
/// <param name="name">Its name, kebab-case.</param>
/// <param name="help">One sentence for the help page.</param>
/// <param name="reader">How its text is read, checked and shown.</param>
/// <param name="defaultText">The default as text, or null.</param>
public sealed class Parameter<T>(string name, string help, Reader<T> reader, string? defaultText = null) : Parameter(name, help, reader.Domain, defaultText)
{
    /// <summary>Reads a value.</summary>
    /// <param name="text">The value as a user wrote it.</param>
    /// <exception cref="BadInputException">The text is no such value; the sentence says what, the value, the allowed range and the nearest fix.</exception>
    public T Read(string text)
    {
        try
        {
            return reader.Read(text);
        }
        catch (FormatException exception)
        {
            throw new BadInputException($"{(IsArgument ? string.Empty : "--")}{Name} {Shortened(text)}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public override Datum Show(string text) => reader.Show(Read(text));

    /// <inheritdoc/>
    public override string Canonical(string text) => reader.Write(Read(text));

    private static string Shortened(string text) => text.Length == 0 ? "\"\"" : text.Length <= 60 ? text : text[..57] + "...";
}

/// <summary>The values of one call, read on demand.</summary>
public sealed class ParameterSet
{
    private readonly IReadOnlyDictionary<string, string> given;

    /// <summary>The values that a user gave; everything else has its default.</summary>
    /// <param name="given">Name without dashes → text.</param>
    public ParameterSet(IReadOnlyDictionary<string, string> given) => this.given = given;

    /// <summary>Whether the user gave a value.</summary>
    /// <param name="parameter">The parameter.</param>
    public bool IsGiven(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return given.ContainsKey(parameter.Name);
    }

    /// <summary>Whether a flag holds: given, and not as "false", as an address or a manifest may.</summary>
    /// <param name="flag">The flag.</param>
    /// <exception cref="BadInputException">The text is neither yes nor no.</exception>
    public bool IsOn(Parameter<bool> flag) => IsGiven(flag) && Get(flag);

    /// <summary>Whether there is a value: given, or a default.</summary>
    /// <param name="parameter">The parameter.</param>
    public bool Has(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return IsGiven(parameter) || parameter.Default is not null;
    }

    /// <summary>The value, given or default.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <exception cref="BadInputException">The text is no such value, or the parameter is required and missing.</exception>
    public T Get<T>(Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Read(Text(parameter) ?? throw new BadInputException($"--{parameter.Name} is needed: {parameter.Help}"));
    }

    /// <summary>The text of the value, given or default, or null.</summary>
    /// <param name="parameter">The parameter.</param>
    public string? Text(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return given.TryGetValue(parameter.Name, out string? text) ? text : parameter.Default;
    }

    /// <summary>A set with some values replaced or, where null, taken out.</summary>
    /// <param name="changes">Name without dashes → text or null.</param>
    public ParameterSet With(params ReadOnlySpan<(Parameter Parameter, string? Text)> changes)
    {
        var copy = new Dictionary<string, string>(given);
        foreach (var (parameter, text) in changes)
        {
            if (text is null)
            {
                copy.Remove(parameter.Name);
            }
            else
            {
                copy[parameter.Name] = text;
            }
        }

        return new(copy);
    }
}
