// The command "check-derivatives": slope tests of gradients and Hessian products.
using System.Collections.Generic;
using System.Linq;
using Thalweg.Numerics.Random;
using Thalweg.Probes;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>One problem or all of them, each at a random point along random directions.</summary>
public sealed class CheckDerivativesRun : Run
{
    /// <inheritdoc/>
    public override string Command => "check-derivatives";

    /// <inheritdoc/>
    public override string Summary => "slope tests of the gradient and the Hessian of a problem, or of all of them";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => ProblemParameters.All;

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        System.ArgumentNullException.ThrowIfNull(set);
        ProblemParameters.RefuseSizes(set);
        var common = base.Effective(set).Where(pair => !ProblemParameters.All.Contains(pair.Parameter));
        return set.IsGiven(ProblemParameters.Problem) ? [.. ProblemParameters.Effective(set), .. common] : [.. common];
    }

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        System.ArgumentNullException.ThrowIfNull(set);
        return set.IsGiven(ProblemParameters.Problem) ? ProblemParameters.Bytes(set) : 0;
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        System.ArgumentNullException.ThrowIfNull(set);
        ProblemParameters.RefuseSizes(set);
        ulong seed = set.Get(CommonParameters.Seed);
        (ProblemKind Kind, ProblemSize Size)[] problems = set.IsGiven(ProblemParameters.Problem) ? [ProblemParameters.Read(set)] : [.. ProblemCatalog.All.Select(kind => (kind, kind.Full(new() { Seed = seed })))];
        var rows = problems.Select(item => (item.Kind.Name, Check: Check(item.Kind.Of(item.Size), seed))).ToList();
        var result = new Record
        {
            {
                "rows", rows.Select(row => new Record
                {
                    { "problem", row.Name },
                    { "gradient_order", Order(row.Check.Value) },
                    { "hessian_order", Order(row.Check.Curvature) },
                    { "product_order", Order(row.Check.Product) },
                    { "asymmetry", Quantity.Of(row.Check.Asymmetry, Quantity.Unit, How.Estimate) },
                    { "holds", row.Check.Holds },
                })
            },
        };
        bool holds = rows.All(row => row.Check.Holds);
        return new(Status.Converged, holds ? string.Empty : $"the derivatives of {string.Join(", ", rows.Where(row => !row.Check.Holds).Select(row => row.Name))} are not those of the value", result, [Remainders(rows)]) { ChecksFailed = !holds };
    }

    private static DerivativeCheck Check(Problem problem, ulong seed)
    {
        double[] point = new double[problem.Manifold.AmbientDimension];
        problem.Start(new PhiloxStream(seed, StreamPurpose.Start), point);
        return DerivativeCheck.Of(problem.Open(), problem.Manifold, point, seed);
    }

    private static Quantity Order(SlopeTest test) => double.IsFinite(test.Order) ? Quantity.Of(test.Order, SlopeTest.Slack, How.Estimate) : Quantity.Missing("nothing but rounding is left at any step");

    private static Table Remainders(List<(string Name, DerivativeCheck Check)> rows)
    {
        string[] names = [.. rows.Select(row => row.Name)];
        return new(
            "remainders",
            Column.Coded("problem", [.. rows.SelectMany((row, k) => row.Check.Value.Steps.Select(_ => k))], names),
            new Column("step", [.. rows.SelectMany(row => row.Check.Value.Steps)]),
            new Column("value", [.. rows.SelectMany(row => row.Check.Value.Remainders)]),
            new Column("curvature", [.. rows.SelectMany(row => row.Check.Curvature.Remainders)]),
            new Column("product", [.. rows.SelectMany(row => row.Check.Product.Remainders)]));
    }
}
