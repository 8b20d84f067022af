// Generated from the equation attributes by the tests (./test.sh update): which member computes which equation.
using System.Collections.Generic;

namespace Thalweg.Runs;

/// <summary>The members that carry an equation's number.</summary>
public static class EquationMembers
{
    /// <summary>(paper, number, member), ordered.</summary>
    public static IReadOnlyList<(string Paper, int Number, string Member)> All { get; } =
    [
    ];
}
