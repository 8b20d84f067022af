// Ageing without a signal: marginality, correlation and response on t'/t, and response against correlation, for the pure 3-spin and a mixture.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Models;
using Thalweg.Numerics.Series;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>What the ageing solution of the paper's supplement rests on (its Figs. B.1 to B.3): μ → 2 sqrt(Q''(1)), R weak in memory with a constant ratio to ∂C/∂t', and C(t,t') and t R(t,t') functions of t'/t.</summary>
/// <remarks>The last holds for the pure 3-spin, with a correction that falls like t^(-1/3). It does not for the mixture of matrix and tensor up to t = 1e6: there C at fixed t'/t falls faster from decade to decade.</remarks>
public sealed class AgeingCurves : Recipe
{
    private const double LowestShare = 1e-3, LeastDistance = 3e-5, Marginality = 2e-4, Forgotten = 3e-3, Slope = 3e-3, Exponent = 1e-3, Collapse = 0.05, Middle = 0.25;
    private const string Error = "1e-6";

    // Decades, whose curves are drawn; the last is the end.
    private static readonly double[] Times = [1e2, 1e3, 1e4, 1e5, 1e6];

    // Shares t'/t of the mixture's last curve, and C there from `dynamics --inv-delta-2 1.5 --no-planted --t 1e6 --tol 1e-7`.
    private static readonly double[] Shares = [0.125, 0.25, 0.5];
    private static readonly double[] Finer = [0.357834, 0.447326, 0.599379];

    /// <inheritdoc/>
    public override string Id => "ageing";

    /// <inheritdoc/>
    public override string Caption =>
        "Ageing of gradient flow without a signal, the pure 3-spin and matrix + tensor (p = 3, Δ_p = 1, 1/Δ_2 = 1.5): what μ lacks of 2√Q″(1), correlation and response against *t*′/*t* at times ten apart, and integrated response against correlation with the line of ageing theory (dashed). On *t*′/*t* the pure model collapses, the mixture does not up to *t* = 10⁶. Errors are thinner than the lines.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [8, 9, 11];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        Run((ModelParameters.Mixture, "0.5 x^3")),
        Run((ModelParameters.InverseMatrixNoise, "1.5"), (ModelParameters.NotPlanted, "true")),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        string[] names = ["3-spin", "matrix + 3-spin"];
        var marginality = new Chart("Marginality") { X = Axis.Log("time *t*", 1, Times[^1]), Y = Axis.Log("2√Q″(1) − μ", LeastDistance, 4), Legend = LegendPlace.Inside };
        var slope = new Chart("Integrated response") { X = Axis.Linear("*C*(*t*, *t*′)", 0, 1), Y = Axis.Linear("χ(*t*, *t*′)", 0, 1.2), Legend = LegendPlace.Inside };
        for (int i = 0; i < names.Length; i++)
        {
            Ink ink = Palette.Cycle(i);
            Table times = outcomes[i].Table("times"), rows = outcomes[i].Table("ageing");
            double[] t = times["t"].Values, lacking = [.. times["mu"].Values.Select(mu => Limit(outcomes[i]) - mu)];
            marginality.Band(t, lacking, times["mu_error"].Values, ink).Line(t, lacking, new Stroke(ink, Dash.Solid, 1.8), names[i]);
            Table first = rows.Where("t", Times[0]), last = rows.Where("t", Times[^1]);
            slope.Line(first["c"], first["chi"], new Stroke(ink, Dash.Dotted, 1.4), FormattableString.Invariant($"{names[i]}, *t* = 10^2"))
                .Band(last["c"].Values, last["chi"].Values, last["chi_error"].Values, ink)
                .Line(last["c"], last["chi"], new Stroke(ink, Dash.Solid, 1.8), FormattableString.Invariant($"{names[i]}, *t* = 10^6"))
                .Line(last["c"], last["chi_limit"], new Stroke(Palette.Black, Dash.Dashed, 1.2), "ageing theory");
        }

        return new Page(2, 3, marginality, Correlation(outcomes[0], "Correlation, " + names[0]), Correlation(outcomes[1], "Correlation, " + names[1]), slope, Response(outcomes[0], "Response, " + names[0]), Response(outcomes[1], "Response, " + names[1])) { Description = Caption };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        Outcome pure = outcomes[0], mixed = outcomes[1];
        double reached = outcomes.Min(outcome => outcome.Table("times")["t"].Values[^1]);
        var checks = new List<FigureCheck> { new("time reached", reached, Times[^1], 0, "both runs have to come to their ends") };
        if (reached < Times[^1])
        {
            return checks;
        }

        foreach (var (name, outcome) in new[] { ("3-spin", pure), ("mixture", mixed) })
        {
            var ageing = outcome.Result.Nested("ageing");
            double[] ratio = [.. Scalars(outcome).Select(at => at.Quantity("inverse_effective_temperature").Value)];
            checks.Add(new($"{name}: mu at the end", outcome.Result.Nested("final").Quantity("mu").Value, Limit(outcome), Marginality, "marginality; powers of t leave 1.0e-4 and 1.6e-4 at t = 1e6"));
            checks.Add(new($"{name}: memory of the first unit of time", ageing.Quantity("memory").Value, 0, Forgotten, "weak long-term memory; powers of t leave 2.1e-3 and 1.5e-3 at t = 1e6"));
            checks.Add(new($"{name}: slope of response against correlation, from three decades", Geometric(ratio.AsSpan(ratio.Length - 3)), ageing.Quantity("inverse_effective_temperature_predicted").Value, Slope, "Cugliandolo and Kurchan; Aitken over decades leaves 3e-4 for the 3-spin and 1.1e-3 for the mixture"));
        }

        checks.Add(new("3-spin: exponent of mu", pure.Result.Nested("ageing").Quantity("mu_exponent").Value, 2.0 / 3, Exponent, "two thirds suggests itself; the error of the run is 2e-4"));
        checks.Add(new("3-spin: change of C(t, t/4) in the last decade over the one before", Change(pure), Math.Pow(10, -1.0 / 3), Collapse, "the correction to t'/t falls like t^(-1/3), as what the slope lacks; the error of the run is 0.04"));
        Table last = mixed.Table("ageing").Where("t", Times[^1]);
        for (int k = 0; k < Shares.Length; k++)
        {
            checks.Add(new(FormattableString.Invariant($"mixture: C(t, {Shares[k]} t) at the end"), At(last, "c", Shares[k]), Finer[k], At(last, "c_error", Shares[k]), $"a run with a tenth of the tolerance; within the error that the one of the figure ({Error}) reports"));
        }

        return checks;
    }

    private static Ingredient Run(params ReadOnlySpan<(Parameter Parameter, string Text)> model) =>
        Ingredient.Of(new DynamicsRun(), [.. model, (DynamicsRun.Time, Readers.Text(Times[^1])), (DynamicsRun.At, string.Join(',', Times[..^1].Select(Readers.Text))), (DynamicsRun.Tolerance, Error)]);

    private static Chart Correlation(Outcome outcome, string title)
    {
        var chart = new Chart(title) { X = Shared, Y = Axis.Linear("*C*(*t*, *t*′)", 0, 1), Legend = LegendPlace.Inside };
        ForEachTime(outcome, (rows, stroke, label) => chart.Band(rows["theta"].Values, rows["c"].Values, rows["c_error"].Values, stroke.Ink).Line(rows["theta"], rows["c"], stroke, label));
        return chart;
    }

    private static Chart Response(Outcome outcome, string title)
    {
        var chart = new Chart(title) { X = Shared, Y = Axis.Log("*t* *R*(*t*, *t*′)", 0.1, 30), Legend = LegendPlace.None };
        ForEachTime(outcome, (rows, stroke, label) =>
        {
            double[] t = rows["t"].Values, r = [.. rows["r"].Values.Zip(t, (value, time) => value * time)], errors = [.. rows["r_error"].Values.Zip(t, (value, time) => value * time)];
            chart.Band(rows["theta"].Values, r, errors, stroke.Ink).Line(rows["theta"].Values, r, stroke, label);
        });
        return chart;
    }

    private static void ForEachTime(Outcome outcome, Action<Table, Stroke, string> draw)
    {
        for (int k = 0; k < Times.Length; k++)
        {
            draw(outcome.Table("ageing").Where("t", Times[k]), new Stroke(Palette.Cycle(k), Dash.Solid, 1.5), FormattableString.Invariant($"*t* = 10^{Math.Log10(Times[k]):0}"));
        }
    }

    private static Axis Shared => Axis.Log("*t*′ / *t*", LowestShare, 1);

    private static double Limit(Outcome outcome) => outcome.Result.Quantity("mu_threshold").Value;

    // The ageing at each of the times.
    private static IEnumerable<Record> Scalars(Outcome outcome) => outcome.Result.Rows("at").Append(outcome.Result).Select(at => at.Nested("ageing"));

    // How C at a fixed share changes over the last decade, in units of its change over the one before: below 1 where the curves collapse.
    private static double Change(Outcome outcome)
    {
        double[] c = [.. Times[^3..].Select(t => At(outcome.Table("ageing").Where("t", t), "c", Middle))];
        return (c[2] - c[1]) / (c[1] - c[0]);
    }

    // The limit of three numbers whose differences fall geometrically.
    private static double Geometric(ReadOnlySpan<double> values)
    {
        double late = values[2] - values[1], q = late / (values[1] - values[0]);
        return values[2] + late * q / (1 - q);
    }

    // A column at any t'/t: the cubic in its logarithm through four neighbours.
    private static double At(Table rows, string name, double share)
    {
        double[] theta = rows["theta"].Values;
        int first = Array.FindIndex(theta, value => value <= share) - 2;
        return PolynomialFit.Value([.. theta[first..(first + 4)].Select(value => Math.Log(value))], rows[name].Values.AsSpan(first, 4), 3, Math.Log(share));
    }
}
