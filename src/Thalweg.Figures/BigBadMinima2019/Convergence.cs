// How the solvers of the two-time equations converge, on the one model whose solution is known: true errors beside reported ones.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.TwoTime.Exact;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>The matrix alone, Q = x²/2 without a signal, against its Bessel functions: errors against the tolerance, in time, against the cost, and the order of the uniform grid.</summary>
public sealed class Convergence : Recipe
{
    private const string End = "1e3", UniformEnd = "5";
    private const double Earliest = 0.01, Slope = 0.8, SlopeShare = 0.1, StepsOrder = -4.5, StepsShare = 0.75, Outside = 0.02, UniformOrder = 8, OrderShare = 1, Rounding = 1e-14;

    private static readonly double[] Tolerances = [1e-5, 1e-6, 1e-7, 1e-8, 1e-9];
    private static readonly string[] Labels = ["10⁻⁵", "10⁻⁶", "10⁻⁷", "10⁻⁸", "10⁻⁹"];
    private static readonly int[] Grids = [16, 20, 24, 28, 34, 40, 48];
    private static readonly MatrixSolution Exact = new(0);

    /// <inheritdoc/>
    public override string Id => "convergence";

    /// <inheritdoc/>
    public override string Caption =>
        "Errors of the solvers where the solution is known, *Q* = *x*²/2 without a signal: the largest up to *t* = 10³ against --tol (a) and against steps and columns (c), the energy's in time (b), and those of the uniform grid up to *t* = 5 (d). Full lines and circles: true; dashed: reported.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Tolerances.Select(tolerance => Ingredient.Of(new DynamicsRun(), (ModelParameters.Mixture, "0.5 x^2"), (DynamicsRun.Time, End), (DynamicsRun.Tolerance, Readers.Text(tolerance)), (DynamicsRun.Fields, "true"))),
        .. Grids.Select(steps => Ingredient.Of(new DynamicsRun(), (ModelParameters.Mixture, "0.5 x^2"), (DynamicsRun.Time, UniformEnd), (DynamicsRun.Method, "uniform"), (DynamicsRun.Steps, FormattableString.Invariant($"{steps}")), (DynamicsRun.Tolerance, "1e-2"))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var runs = Log(outcomes);
        var tolerance = new Chart("Largest errors: true, reported (dashed)") { X = Axis.Log("--tol", 5e-10, 2e-5), Y = Axis.Log("error", 1e-10, 1e-3), Legend = LegendPlace.Inside };
        for (int k = 0; k < runs[0].Length; k++)
        {
            double[] found = [.. runs.Select(run => run[k].Largest)], told = [.. runs.Select(run => run[k].LargestReported)];
            tolerance.Line(Tolerances, told, new Stroke(Palette.Cycle(k), Dash.Dashed, 1.2)).Line(Tolerances, found, new Stroke(Palette.Cycle(k), Dash.Solid, 1.6)).Markers(Tolerances, found, Marker.Circle, Palette.Cycle(k), runs[0][k].Name);
        }

        var time = new Chart("Error of the energy in time") { X = Axis.Log("time *t*", Earliest, 1e3), Y = Axis.Log("error", 1e-13, 1e-3), Legend = LegendPlace.Inside };
        for (int i = 0; i < runs.Length; i += 2)
        {
            bool[] shown = [.. runs[i][0].Times.Select(t => t >= Earliest)];
            time.Line(runs[i][0].Times, runs[i][0].Reported, new Stroke(Palette.Cycle(i), Dash.Dashed, 1.2), null, shown)
                .Line(runs[i][0].Times, runs[i][0].True, new Stroke(Palette.Cycle(i), Dash.Solid, 1.4), "--tol " + Labels[i], shown);
        }

        double[] worst = [.. runs.Select(run => run.Max(errors => errors.Largest))];
        var cost = new Chart("Largest error and cost") { X = Axis.Log("number", 50, 3000), Y = Axis.Log("error", 1e-9, 1e-3), Legend = LegendPlace.Inside };
        foreach (var (key, label, ink) in new[] { ("steps", "steps of both runs", Palette.Blue), ("columns", "columns", Palette.Red) })
        {
            double[] counts = [.. outcomes.Take(Tolerances.Length).Select(outcome => ((Datum.Plain)outcome.Result[key]).Value)];
            cost.Line(counts, worst, new Stroke(ink, Dash.Solid, 1.4)).Markers(counts, worst, Marker.Circle, ink, label);
        }

        var grids = Uniform(outcomes);
        double[] steps = [.. Grids.Select(n => 1.0 / n)];
        var uniform = new Chart("Uniform grid") { X = Axis.Log("1 / steps of the coarsest grid", 0.018, 0.07), Y = Axis.Log("error of *μ*", 1e-14, 1e-6), Legend = LegendPlace.Inside }
            .Line(steps, [.. grids.Select(errors => errors.LargestReported)], new Stroke(Palette.Green, Dash.Dashed, 1.2), "reported")
            .Line(steps, [.. steps.Select(h => grids[0].Largest * Math.Pow(h / steps[0], UniformOrder))], new Stroke(Palette.Grey, Dash.Dotted, 1.2), "order 8")
            .Markers(steps, [.. grids.Select(errors => errors.Largest)], Marker.Circle, Palette.Green, "true");
        return new Page(2, 2, tolerance, time, cost, uniform) { Description = Caption };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var runs = Log(outcomes);
        var grids = Uniform(outcomes);
        double[] steps = [.. outcomes.Take(Tolerances.Length).Select(outcome => ((Datum.Plain)outcome.Result["steps"]).Value)];
        var checks = new List<FigureCheck>();
        for (int k = 0; k < runs[0].Length; k++)
        {
            Errors[] course = [.. runs.Select(run => run[k])];
            string name = runs[0][k].Plain;
            bool isField = runs[0][k].Times.Length == 0;
            checks.Add(new($"slope of the error of {name} in --tol", SlopeOf(Tolerances, [.. course.Select(errors => errors.Largest)]), Slope, SlopeShare, "a step of length h in ln t errs by h⁵, which the tolerance bounds, and all steps together by h⁴; over four decades"));
            checks.Add(new($"share of true errors of {name} beyond the reported one", course.Max(errors => errors.ShareOutside), 0, isField ? Outside : 0, isField ? "docs/dynamics.md: a difference at one point may vanish by chance" : "the reported error is a bound"));
        }

        checks.Add(new("slope of the largest error in the steps", SlopeOf(steps, [.. runs.Select(run => run.Max(errors => errors.Largest))]), StepsOrder, StepsShare, "the formula of fourth order, with lower ones while it starts"));
        checks.Add(new("observed order of the uniform grid", SlopeOf([.. Grids.Select(n => 1.0 / n)], [.. grids.Select(errors => errors.Largest)]), UniformOrder, OrderShare, "trapezoids have an expansion in h², and four grids are extrapolated"));
        checks.Add(new("share of true errors of the uniform grid beyond the reported one", grids.Max(errors => errors.ShareOutside), 0, 0, "the last change of the extrapolation is of lower order"));
        return checks;
    }

    private static Errors[][] Log(IReadOnlyList<Outcome> outcomes) => [.. outcomes.Take(Tolerances.Length).Select(outcome => new[]
    {
        OfCurve("energy *e*", "energy", outcome.Table("times"), "energy", Exact.Energy),
        OfCurve("multiplier *μ*", "mu", outcome.Table("times"), "mu", Exact.Multiplier),
        OfField("*C*(*t*,*s*)", "C", outcome, Exact.Correlation),
        OfField("*R*(*t*,*s*)", "R", outcome, Exact.Response),
    })];

    private static Errors[] Uniform(IReadOnlyList<Outcome> outcomes) => [.. outcomes.Skip(Tolerances.Length).Select(outcome => OfCurve("multiplier *μ*", "mu", outcome.Table("times"), "mu", Exact.Multiplier))];

    private static Errors OfCurve(string name, string plain, Table table, string column, Func<double, double> exact)
    {
        double[] times = table["t"].Values, values = table[column].Values;
        return new(name, plain, times, [.. times.Select((t, n) => Math.Abs(values[n] - exact(t)))], table[column + "_error"].Values);
    }

    private static Errors OfField(string name, string field, Outcome outcome, Func<double, double, double> exact)
    {
        double[] times = outcome.Table("fields")["t"].Values;
        Field values = outcome.Fields.Single(candidate => candidate.Name == field), errors = outcome.Fields.Single(candidate => candidate.Name == field + "_error");
        (double True, double Reported)[] points = [.. times.SelectMany((t, i) => times.Take(i).Select((s, j) => (Math.Abs(values[i, j] - exact(t, s)), errors[i, j])))];
        return new(name, field, [], [.. points.Select(point => point.True)], [.. points.Select(point => point.Reported)]);
    }

    // The slope of ln y in ln x, by least squares.
    private static double SlopeOf(double[] x, double[] y)
    {
        double[] a = Array.ConvertAll(x, Math.Log), b = Array.ConvertAll(y, Math.Log);
        double meanA = a.Average(), meanB = b.Average();
        return a.Zip(b, (one, other) => (one - meanA) * (other - meanB)).Sum() / a.Sum(one => (one - meanA) * (one - meanA));
    }

    // True and reported errors of one observable; times are empty for a field.
    private sealed record Errors(string Name, string Plain, double[] Times, double[] True, double[] Reported)
    {
        public double Largest => True.Max();

        public double LargestReported => Reported.Max();

        public double ShareOutside => True.Zip(Reported, (found, told) => found > told + Rounding ? 1.0 : 0).Average();
    }
}
