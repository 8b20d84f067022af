// The tube of Du et al. (2017) from above with two walks, and a walk past three saddles in time.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;

namespace Thalweg.Figures.Saddles;

/// <summary>Their figures 1 and 2, with the visits at saddles counted: a contour map for d = 2, coordinates and values against iterations for d = 3.</summary>
public sealed class TubePaths : Recipe
{
    private const double Stiffness = 1.5;
    private const string Iterations = "700", InPlane = "0.6,0.4", InSpace = "0.6,0.4,0.5";

    /// <inheritdoc/>
    public override string Id => "tube";

    /// <inheritdoc/>
    public override string Caption =>
        FormattableString.Invariant($"The tube of Du et al. (2017), L = {Stiffness}. (a) Two dimensions: gradient descent (gd) and descent with kicks (pgd) from the start ({InPlane}), past the saddles (0, 0) and (4τ, 0) to the minimum (4τ, 4τ). (b) Coordinates of gd in three dimensions, and (c) values of both: each saddle keeps gd κ times as long as all before it.");

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } = [Walk(InPlane, "gd"), Walk(InPlane, "pgd"), Walk(InSpace, "gd"), Walk(InSpace, "pgd")];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var tube = new Tube(2, Stiffness);
        double τ = tube.Scale, high = 5 * τ;
        var plane = PlaneMap.Of("From above", tube, Axis.Linear("*x*_1", -0.3 * τ, high), Axis.Linear("*x*_2", -0.3 * τ, high), 60, 30)
            .Line(PlaneMap.Coordinate(outcomes[1], 0), PlaneMap.Coordinate(outcomes[1], 1), new Stroke(Palette.Sky, Dash.Solid, 4.5), "pgd")
            .Line(PlaneMap.Coordinate(outcomes[0], 0), PlaneMap.Coordinate(outcomes[0], 1), new Stroke(Palette.Red, Dash.Solid, 1.8), "gd")
            .Markers([0, 4 * τ], [0, 0], Marker.Cross, Palette.Red, "saddles").Markers([4 * τ], [4 * τ], Marker.Diamond, Palette.Orange, "minimum");
        double[] time = PlaneMap.Path(outcomes[2], "iteration");
        var coordinates = new Chart("Coordinates, three dimensions") { X = Axis.Linear("iterations", 0, 250), Y = Axis.Linear("coordinate of gd", -1, high), Legend = LegendPlace.Below };
        for (int j = 0; j < 3; j++)
        {
            coordinates.Line(time, PlaneMap.Coordinate(outcomes[2], j), new Stroke(Palette.Cycle(j), Dash.Solid, 1.7), FormattableString.Invariant($"*x*_{j + 1}"));
        }

        coordinates.HorizontalLine(2 * τ);
        var values = new Chart("Values, three dimensions") { X = Axis.Linear("iterations", 0, 250), Y = Axis.Linear("value", -3.2 * tube.Depth, 0.2 * tube.Depth), Legend = LegendPlace.Below };
        for (int k = 0; k <= 3; k++)
        {
            values.HorizontalLine(-k * tube.Depth);
        }

        foreach (var (k, name, ink) in new[] { (2, "gd", Palette.Red), (3, "pgd", Palette.Sky) })
        {
            values.Line(PlaneMap.Path(outcomes[k], "iteration"), PlaneMap.Path(outcomes[k], "value"), new Stroke(ink, Dash.Solid, 1.7), name);
        }

        return new Page(1, 3, plane, coordinates, values) { Description = Caption, ChartWidth = 400, ChartHeight = 380 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var tube = new Tube(3, Stiffness);
        var checks = new List<FigureCheck>();
        foreach (var (k, name, d) in new[] { (0, "gd", 2), (2, "gd", 3), (3, "pgd", 3) })
        {
            double[] value = PlaneMap.Path(outcomes[k], "value");
            checks.Add(new($"{name} in {d} dimensions: value at the end, in units of the depth", value[^1] / tube.Depth, -d, 1e-3, "the minimum; kicks of pgd at it move the value by less"));
            long[] passed = [.. Enumerable.Range(0, d).Select(j => Passed(outcomes[k], j))];
            checks.Add(new($"{name} in {d} dimensions: saddles that are passed out of order", passed.Zip(passed.Skip(1), (before, after) => before < after ? 0 : 1).Sum(), 0, 0, "one coordinate after another"));
        }

        double[] values = PlaneMap.Path(outcomes[2], "value"), gradients = PlaneMap.Path(outcomes[2], "gradient_norm");
        for (int saddle = 1; saddle < 3; saddle++)
        {
            int nearest = Enumerable.Range((int)Passed(outcomes[2], saddle - 1), (int)(Passed(outcomes[2], saddle) - Passed(outcomes[2], saddle - 1))).MinBy(i => gradients[i]);
            checks.Add(new($"gd in 3 dimensions: value where the gradient is shortest between passages {saddle} and {saddle + 1}, in units of the depth", values[nearest] / tube.Depth, -saddle, 1e-3, "it comes to saddle k, whose value is -kν"));
        }

        // T_k = κ T_{k-1} up to the constant time of a passage: from these starts of order one and for k = 3 within a fifth.
        double ratio = Passed(outcomes[2], 2) / (double)Passed(outcomes[2], 1), kappa = 1 + Math.Log(2) / Math.Log(1 + 0.5 / Stiffness);
        checks.Add(new("gd in 3 dimensions: time at the third saddle over that at the second", ratio, kappa, 0.2 * kappa, "κ, which is the limit of many saddles; the time of a passage is not small yet"));
        return checks;
    }

    private static Ingredient Walk(string start, string method) => Ingredient.Of(
        new WalkRun(),
        (ProblemParameters.Problem, "tube"),
        (ProblemParameters.Dimension, Readers.Text(start.Split(',').Length)),
        (ProblemParameters.Stiffness, Readers.Text(Stiffness)),
        (WalkRun.Method, method),
        (StartParameters.Start, start),
        (WalkRun.Iterations, Iterations));

    // The first iteration with |x_j| > 2τ; every iteration is a row.
    private static long Passed(Outcome outcome, int coordinate) =>
        Array.FindIndex(PlaneMap.Coordinate(outcome, coordinate), x => Math.Abs(x) > 2 * new Tube(1, Stiffness).Scale) is var row and >= 0 ? row : long.MaxValue;
}
