// The command "eq": a numbered equation of a paper, the member that computes it, and its value.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Results;

namespace Thalweg.Runs;

/// <summary>Looks up an equation.</summary>
public sealed class EquationRun : Run
{
    /// <summary>The equation's number.</summary>
    public static Parameter<int> Number { get; } = new("number", "number of the equation in the paper", Readers.Integer(1, 999)) { IsArgument = true };

    /// <summary>The paper.</summary>
    public static Parameter<string> Paper { get; } = new("paper", "key of the paper", Readers.Choice([.. PaperEquations.All.Select(equation => equation.Paper).Distinct()]), Papers.BigBadMinima);

    /// <inheritdoc/>
    public override string Command => "eq";

    /// <inheritdoc/>
    public override string Summary => "a numbered equation: formula, the member that computes it, a value";

    /// <inheritdoc/>
    public override bool KeepsFolder => false;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Number, Paper, .. ModelParameters.One];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set) =>
        [.. base.Effective(set).Where(pair => !ModelParameters.One.Contains(pair.Parameter)), .. ModelParameters.Effective(set, ModelParameters.InverseMatrixNoise)];

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        int number = set.Get(Number);
        string paper = set.Get(Paper);
        var equation = PaperEquations.Find(paper, number)
            ?? throw new BadInputException($"eq {number}: {paper} has equations 1 to {PaperEquations.All.Where(candidate => candidate.Paper == paper).Max(candidate => candidate.Number)}");
        var choice = ModelParameters.Read(set);
        var members = EquationMembers.All.Where(member => member.Paper == paper && member.Number == number).Select(member => member.Member).ToArray();
        var result = new Record
        {
            { "paper", paper },
            { "number", number },
            { "title", equation.Title },
            { "formula", equation.Formula },
            { "members", new Datum.Many([.. members.Select(member => (Datum)new Datum.Text(member))]) },
        };
        if (equation.Values is { } values)
        {
            result.Add("values", values(choice).Select(item => new Record { { "name", item.Name }, { "quantity", item.Value } }));
        }
        else
        {
            result.Add("values", new Datum.Absent("this version has no code for this equation"));
        }

        return Outcome.Judged(result, [], set.Get(CommonParameters.Tolerance));
    }
}
