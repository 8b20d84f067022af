// Says on a test method which numbered equation of a paper it tests; the tables in papers/ are generated from it.
using System;

namespace Thalweg.Tests.Docs;

[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class TestsEquationAttribute(string paper, int number) : Attribute
{
    public string Paper { get; } = paper;

    public int Number { get; } = number;
}
