// The address of a page carries every parameter of its run: from a run to an address and back.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Web;

/// <summary>Addresses such as "/hessian?p=3&amp;delta_p=1&amp;inv_delta2=2.3&amp;planted=true": what a link or a bookmark holds.</summary>
public static class Permalink
{
    private const int LongestAddress = 8192;

    /// <summary>The address of a run, defaults included, so that it means the same after a default has changed.</summary>
    /// <param name="run">The run.</param>
    /// <param name="set">Its options.</param>
    /// <exception cref="BadInputException">An option has a value outside its domain.</exception>
    public static string Of(Run run, ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(run);
        var address = new StringBuilder("/").Append(run.Command);
        char separator = '?';
        foreach (var (parameter, text) in run.Effective(set))
        {
            address.Append(separator).Append(parameter.Key).Append('=').Append(Uri.EscapeDataString(text));
            separator = '&';
        }

        return address.ToString();
    }

    /// <summary>The run of an address.</summary>
    /// <param name="address">Path and query; a fragment is ignored.</param>
    /// <param name="runs">The runs that have pages.</param>
    /// <returns>The run and its options; the values are checked when they are read, with the sentences of the command line.</returns>
    /// <exception cref="BadInputException">No such page, an unknown or repeated parameter, or an address of more than 8192 characters.</exception>
    public static (Run Run, ParameterSet Set) Read(string address, IReadOnlyList<Run> runs)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(runs);
        if (address.Length > LongestAddress)
        {
            throw new BadInputException($"the address has {address.Length} characters, more than the {LongestAddress} that a link may have");
        }

        string[] halves = address.Split('#')[0].Split('?', 2);
        string page = halves[0].Trim('/');
        var run = runs.FirstOrDefault(candidate => candidate.Command == page) ?? throw new BadInputException($"there is no page \"{page}\"{Closest.Hint(page, runs.Select(candidate => candidate.Command))}");
        var known = run.Parameters.ToDictionary(parameter => parameter.Key, StringComparer.Ordinal);
        var given = new Dictionary<string, string>();
        foreach (string pair in (halves.Length > 1 ? halves[1] : string.Empty).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = pair.Split('=', 2);
            string key = Decode(sides[0]);
            if (!known.TryGetValue(key, out var parameter))
            {
                throw new BadInputException($"{run.Command} has no parameter \"{key}\"{Closest.Hint(key, known.Keys)}");
            }

            if (!given.TryAdd(parameter.Name, sides.Length > 1 ? Decode(sides[1]) : "true"))
            {
                throw new BadInputException($"the parameter \"{key}\" stands twice in the address; keep one");
            }
        }

        return (run, new ParameterSet(given));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
