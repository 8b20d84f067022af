// What the user asked for cannot be done as asked: the command line prints the sentence and ends with exit code 2.
using System;

namespace Thalweg.Results;

/// <summary>A mistake in what the user gave, said in one sentence that a user can act on.</summary>
/// <param name="sentence">What, the value, the allowed range and the nearest fix.</param>
/// <param name="cause">The failure beneath, if there was one.</param>
public sealed class BadInputException(string sentence, Exception? cause = null) : Exception(sentence, cause)
{
    /// <summary>The usual form of the sentence.</summary>
    /// <param name="what">The parameter, as the user writes it.</param>
    /// <param name="value">What was given.</param>
    /// <param name="allowed">What is allowed: "an integer >= 3".</param>
    /// <param name="fix">The nearest fix: "use --mixture for p = 2".</param>
    public static BadInputException Of(string what, string value, string allowed, string fix) => new($"{what} must be {allowed}, not {value}: {fix}");
}
