// The energy of ageing at very long times against the threshold energy, for mixed models and the pure 3-spin: how far above, how it falls, where it extrapolates to.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>e(t) - ε_th with its error, its local exponent, the limit that the run itself extrapolates to, and C(t,0), which tells whether the start is forgotten.</summary>
/// <remarks>Whether mixed models end at ε_th is an open question of the field: checked is what was measured, that the distance is resolved, and that the extrapolated limits cannot tell ε_th from themselves.</remarks>
public sealed class MixedEnergies : Recipe
{
    private const double First = 1e2, Resolved = 0.01, PureExponent = 2.0 / 3, NearPure = 2e-3, Aside = 1.25;

    // Each to the time that takes seconds: model, end, tolerance, and the largest errors of the energy at the end and of its limit.
    private static readonly Case[] Cases =
    [
        new("3-spin", 1e7, "1e-6", 1e-7, 5e-6, Palette.Blue, [(ModelParameters.Mixture, "0.5 x^3")]),
        new("3 + 4", 1e7, "1e-6", 1e-7, 5e-5, Palette.Green, [(ModelParameters.Mixture, "0.5 x^3 + 0.5 x^4")]),
        new("matrix + 3", 1e8, "1e-5", 1e-6, 3e-4, Palette.Red, [(ModelParameters.InverseMatrixNoise, "1.5"), (ModelParameters.NotPlanted, "true")]),
    ];

    /// <inheritdoc/>
    public override string Id => "mixed-energies";

    /// <inheritdoc/>
    public override string Caption =>
        "Ageing of the pure 3-spin, of *Q* = (*x*^3 + *x*^4)/2, and of matrix + tensor (p = 3, Δ_p = 1, 1/Δ_2 = 1.5): the energy above ε_th with its band of errors, which are also drawn by themselves (dotted); its local exponent; the limit that the energy extrapolates to, in units of what it still lacks of ε_th; and the correlation with the start.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [8, 9, 11];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } = [.. Cases.Select(of => Ingredient.Of(new DynamicsRun(), [.. of.Model, (DynamicsRun.Time, Readers.Text(of.End)), (DynamicsRun.At, string.Join(',', Decades(of).Select(Readers.Text))), (DynamicsRun.Tolerance, of.Tolerance)]))];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double end = Cases.Max(of => of.End);
        var energy = new Chart("Energy above the threshold energy") { X = Axis.Log("time *t*", 1, end), Y = Axis.Log("ε − ε_th", 1e-9, 2), Legend = LegendPlace.Inside };
        Axis late = Axis.Log("time *t*", First / 2, 2 * end);
        var exponent = new Chart("Local exponent") { X = late, Y = Axis.Linear("−d ln(ε − ε_th) / d ln *t*", 0, 0.8), Legend = LegendPlace.None }.HorizontalLine(PureExponent);
        var limit = new Chart("Extrapolated limit") { X = late, Y = Axis.Linear("(ε_{∞} − ε_th) / (ε − ε_th)", -4, 2), Legend = LegendPlace.None }.HorizontalLine(0);
        var start = new Chart("Correlation with the start") { X = Axis.Log("time *t*", 1, end), Y = Axis.Log("*C*(*t*, 0)", 3e-4, 1), Legend = LegendPlace.None };
        for (int i = 0; i < Cases.Length; i++)
        {
            var (of, outcome, table) = (Cases[i], outcomes[i], outcomes[i].Table("times"));
            double[] t = table["t"].Values, above = [.. table["energy"].Values.Select(value => value - Threshold(outcome))], errors = table["energy_error"].Values;
            energy.Band(t, above, errors, of.Ink).Line(t, above, new Stroke(of.Ink, Dash.Solid, 1.8), of.Name).Line(t, errors, new Stroke(of.Ink, Dash.Dotted, 1.2));
            start.Line(t, table["c0"].Values, new Stroke(of.Ink, Dash.Solid, 1.8));
            var points = Points(outcome);
            double aside = Math.Pow(Aside, i - (Cases.Length - 1) / 2);
            Mark(exponent, of.Ink, points, aside, point => point.Ageing.Quantity("energy_exponent"));
            Mark(limit, of.Ink, points, aside, point => InUnits(point, Threshold(outcome)));
            Mark(start, of.Ink, points, 1, point => point.At.Quantity("c0"));
        }

        return new Page(2, 2, energy, exponent, limit, start) { Description = Caption };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int i = 0; i < Cases.Length; i++)
        {
            var (of, outcome) = (Cases[i], outcomes[i]);
            double reached = outcome.Table("times")["t"].Values[^1];
            checks.Add(new($"{of.Name}: time reached", reached, of.End, 0, "the run has to come to its end"));
            if (reached < of.End)
            {
                continue;
            }

            Quantity energy = outcome.Result.Nested("final").Quantity("energy"), limit = outcome.Result.Nested("ageing").Quantity("energy_limit");
            double threshold = Threshold(outcome), above = energy.Value - threshold;
            checks.Add(new($"{of.Name}: error of the energy at the end", energy.Error, 0, of.EnergyError, "a bound on the error that the run reports"));
            checks.Add(new($"{of.Name}: its share of the energy above the threshold energy", above > 0 ? energy.Error / above : 1, 0, Resolved, "the threshold energy is not reached, and the distance is resolved"));
            checks.Add(new($"{of.Name}: extrapolated energy", limit.Value, threshold, limit.Error, "the closed form of the threshold energy, within the error that the extrapolation reports: a proof for none of the mixtures"));
            checks.Add(new($"{of.Name}: error of the extrapolated energy", limit.Error, 0, of.LimitError, "a bound on the error that the extrapolation reports"));
        }

        var exponent = outcomes[0].Result.Nested("ageing").Quantity("energy_exponent");
        checks.Add(new("3-spin: exponent of the energy", exponent.Exists ? exponent.Value : 0, PureExponent, NearPure, "two thirds suggests itself: 0.6664(1) at t = 1e5"));
        return checks;
    }

    private static double[] Decades(Case of) => [.. Enumerable.Range(0, 1 + (int)Math.Round(Math.Log10(of.End / First))).Select(k => First * Math.Pow(10, k)).Where(t => t < of.End)];

    private static double Threshold(Outcome outcome) => outcome.Result.Quantity("e_threshold").Value;

    // What a run reports at each time that was asked for and at its end.
    private static Point[] Points(Outcome outcome) =>
        [.. outcome.Result.Rows("at").Select(at => new Point(at, at.Nested("ageing"))), new(outcome.Result.Nested("final"), outcome.Result.Nested("ageing"))];

    // Where the limit lies between ε_th, at 0, and the energy itself, at 1.
    private static Quantity InUnits(Point point, double threshold)
    {
        Quantity energy = point.At.Quantity("energy"), limit = point.Ageing.Quantity("energy_limit");
        double above = energy.Value - threshold;
        return limit.Exists && above > energy.Error ? Quantity.Of((limit.Value - threshold) / above, limit.Error / above, How.Estimate) : Quantity.Missing("the distance from the threshold energy is not resolved");
    }

    // Models stand side by side at one time, so that their bars do not hide each other.
    private static void Mark(Chart chart, Ink ink, Point[] points, double aside, Func<Point, Quantity> value)
    {
        var found = points.Where(point => value(point).Exists).ToArray();
        double[] times = [.. found.Select(point => aside * ((Datum.Plain)point.At["t"]).Value)], values = [.. found.Select(point => value(point).Value)];
        chart.ErrorBars(times, values, [.. found.Select(point => value(point).Error)], ink).Markers(times, values, Marker.Circle with { Size = 5 }, ink);
    }

    private sealed record Case(string Name, double End, string Tolerance, double EnergyError, double LimitError, Ink Ink, (Parameter Parameter, string Text)[] Model);

    private readonly record struct Point(Record At, Record Ageing);
}
