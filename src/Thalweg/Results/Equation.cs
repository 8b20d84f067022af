// Marks a member as the code of a numbered equation of a paper; the tables in papers/ and the command "eq" are generated from it.
using System;

namespace Thalweg.Results;

/// <summary>The papers whose equations the code implements, by the key that files and commands use.</summary>
public static class Papers
{
    /// <summary>Sarao Mannelli, Biroli, Cammarota, Krzakala, Zdeborova: Who is Afraid of Big Bad Minima? (NeurIPS 2019).</summary>
    public const string BigBadMinima = "big-bad-minima-2019";
}

/// <summary>Says that a member computes a numbered equation of a paper.</summary>
/// <param name="paper">A key of <see cref="Papers"/>.</param>
/// <param name="number">The equation's number in that paper.</param>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
public sealed class EquationAttribute(string paper, int number) : Attribute
{
    /// <summary>The paper's key.</summary>
    public string Paper { get; } = paper;

    /// <summary>The equation's number.</summary>
    public int Number { get; } = number;
}
