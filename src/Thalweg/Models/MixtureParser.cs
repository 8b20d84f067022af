// Reads a covariance polynomial from text such as "0.5 x^3 + 0.5 x^4".
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Thalweg.Models;

/// <summary>The parser of <c>--mixture</c>: Q(x) itself, a sum of terms "a x^k" with a ≥ 0 and k ≥ 1.</summary>
public static partial class MixtureParser
{
    /// <summary>Reads a mixture; "x" stands for "1 x^1", "2x^3", "2*x^3" and "2 x^3" are the same, numbers carry a decimal point.</summary>
    /// <param name="text">The polynomial.</param>
    /// <exception cref="FormatException">The text is no such polynomial; the message names the term and the nearest fix.</exception>
    public static Covariance Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FormatException("the mixture is empty; write Q(x), for example \"0.5 x^3 + 0.5 x^4\"");
        }

        var terms = new List<(int, double)>();
        foreach (string part in SplitAtPlus(text))
        {
            terms.Add(ParseTerm(part.Trim()));
        }

        var covariance = Covariance.FromTerms(terms);
        return covariance.IsZero ? throw new FormatException("the mixture is zero; at least one coefficient must be > 0") : covariance;
    }

    private static (int Power, double Coefficient) ParseTerm(string term)
    {
        var match = TermPattern().Match(term);
        if (!match.Success)
        {
            string hint = term.Contains('-', StringComparison.Ordinal) ? "coefficients must be >= 0 because Q is a covariance"
                : term.Contains(',', StringComparison.Ordinal) ? "write decimals with a point"
                : "a term reads \"0.5 x^3\"";
            throw new FormatException($"cannot read the term \"{term}\" of the mixture: {hint}");
        }

        string number = match.Groups["number"].Value;
        double coefficient = number.Length == 0 ? 1 : double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        string power = match.Groups["power"].Value;
        if (!int.TryParse(power.Length == 0 ? "1" : power, NumberStyles.None, CultureInfo.InvariantCulture, out int k) || k is < 1 or > Covariance.LargestPower)
        {
            throw new FormatException($"the power of \"{term}\" must be an integer from 1 to {Covariance.LargestPower}");
        }

        if (coefficient is not (0 or (>= 1e-12 and <= 1e12)))
        {
            throw new FormatException($"the coefficient of \"{term}\" must be 0 or lie in [1e-12, 1e12]");
        }

        return (k, coefficient);
    }

    // A plus sign separates terms unless it belongs to an exponent such as 1e+3.
    private static IEnumerable<string> SplitAtPlus(string text) => PlusPattern().Split(text);

    [GeneratedRegex(@"(?<![0-9.][eE])\+", RegexOptions.CultureInvariant)]
    private static partial Regex PlusPattern();

    [GeneratedRegex(@"^(?<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)?\s*\*?\s*x(?:\s*\^\s*(?<power>[0-9]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex TermPattern();
}
