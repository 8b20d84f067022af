// Descent around strict saddles: the line of starts that never leave, the exact time to leave, and the step with which the theorem ends.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Thalweg.Problems.Counterexamples;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;

namespace Thalweg.Figures.Saddles;

/// <summary>Nesterov's start on the stable manifold and its neighbours; iterations on the lecture's quadratic against ⌈ln(1/|θ_3|)/ln(1 + η|λ_3|)⌉; det(1 - ηH) against the step; starts that end at a saddle when the map is no diffeomorphism.</summary>
public sealed class StableManifold : Recipe
{
    private const int TrapTrials = 1000, Shown = 300;
    private const double TrapStep = 1, Tiny = 1e-300, Epsilon = 1e-12;
    private static readonly string[] Starts = ["1,0", "1,0.001", "1,-0.001", "-0.9,0.1", "-0.9,-0.1"];
    private static readonly string[] InSpace = ["1,0.6,0", "-1,0.7,0", "0.2,-1,0", "-0.6,-0.8,0", "1,-0.4,0.02", "-0.8,0.9,0.02", "0.7,0.8,-0.02", "-1,-0.3,-0.02"];
    private static readonly double[] Beside = [0, 1e-3, 1e-6, 1e-9];
    private static readonly double[] Steps = [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4];
    private static readonly double[] TrapSteps = [0.2, 0.43, 0.7, 0.9, TrapStep, 1.1];

    /// <inheritdoc/>
    public override string Id => "stable-manifold";

    /// <inheritdoc/>
    public override string Caption =>
        FormattableString.Invariant($"Gradient descent around strict saddles. (a) x²/2 + y⁴/4 − y²/2: from (1, 0) on the stable manifold it ends at the saddle, from beside it at a minimum. (b) ½(θ_1² + θ_2²/2 − θ_3²/4): walks in its stable plane and from beside it. (c) Distance from that saddle in time. (d) Iterations until |θ_3| > 1 with the step {LectureQuadratic.Step}, and the exact law. (e) Determinant of the step's Jacobian: zero where the step is 1/L. (f) The trap: share of {TrapTrials} random starts that end at the saddle.");

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Starts.Select(start => Walk("nesterov", (StartParameters.Start, start), (EscapeRun.Step, "0.1"), (WalkRun.Iterations, "300"))),
        LectureQuadratic.Escape,
        Walk("quadratic", (StartParameters.Start, "1,1,0"), (EscapeRun.Step, Text(LectureQuadratic.Step)), (WalkRun.Iterations, "2000")),
        Walk("quadratic", (StartParameters.Start, $"1,1,{Text(Tiny)}"), (EscapeRun.Step, Text(LectureQuadratic.Step)), (WalkRun.Iterations, Text(LectureQuadratic.Law(Tiny))), (WalkRun.Points, "10000")),
        .. Steps.Select(step => Walk("quadratic", (StartParameters.Start, "1,1,1"), (EscapeRun.Step, Text(step)), (WalkRun.Iterations, "1"))),
        .. TrapSteps.Select(step => Ingredient.Of(new EscapeRun(), (ProblemParameters.Problem, "trap"), (ProblemParameters.Dimension, "1"), (EscapeRun.Methods, "gd"), (EscapeRun.Trials, Text(TrapTrials)), (EscapeRun.Step, Text(step)), (EscapeRun.Iterations, "10000"))),
        .. InSpace.Select(start => Walk("quadratic", (StartParameters.Start, start), (EscapeRun.Step, "0.1"), (WalkRun.Iterations, start.EndsWith(",0", StringComparison.Ordinal) ? "150" : "165"))),
        .. Beside.Select(δ => Walk("quadratic", (StartParameters.Start, $"1,1,{Text(δ)}"), (EscapeRun.Step, Text(LectureQuadratic.Step)), (WalkRun.Iterations, "240"))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return new Page(2, 3, Plane(outcomes), Space(outcomes), Distance(outcomes), LawChart(outcomes), Determinants(outcomes), Trap(outcomes)) { Description = Caption, ChartWidth = 430, ChartHeight = 380 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var (starts, times) = LectureQuadratic.Leaving(outcomes[Starts.Length]);
        Outcome on = outcomes[Starts.Length + 1], beside = outcomes[Starts.Length + 2];
        var checks = new List<FigureCheck>
        {
            new("walks on the quadratic that leave at another iteration than the law says", starts.Zip(times, (start, time) => time == LectureQuadratic.Law(start) ? 0 : 1).Sum(), 0, 0, "exact: the third coordinate is multiplied by 1 + η|λ_3| in each step"),
            new("|θ_3| of a start in the span of the positive eigenvectors, after 2,000 iterations", Math.Abs(PlaneMap.Coordinate(on, 2)[^1]), 0, 0, "exact: the stable manifold is invariant, to the last bit"),
            new("|θ| of it", Math.Abs(PlaneMap.Coordinate(on, 0)[^1]) + Math.Abs(PlaneMap.Coordinate(on, 1)[^1]), 0, Epsilon, "it converges to the saddle, by 0.8 an iteration"),
            new("a displacement of 1e-300 has left after as many iterations as the law says", Math.Abs(PlaneMap.Coordinate(beside, 2)[^1]) > 1 && !(Math.Abs(PlaneMap.Coordinate(beside, 2)[^2]) > 1) ? 1 : 0, 1, 0, "exact: no start beside the manifold stays"),
            new("distance of Nesterov's start from the saddle at the end", Math.Abs(PlaneMap.Coordinate(outcomes[0], 0)[^1]) + Math.Abs(PlaneMap.Coordinate(outcomes[0], 1)[^1]), 0, Epsilon, "0.9^300 is left of the first coordinate, the second stays zero"),
        };
        for (int k = 1; k < Starts.Length; k++)
        {
            checks.Add(new($"|y| at the end of the walk from ({Starts[k]})", Math.Abs(PlaneMap.Coordinate(outcomes[k], 1)[^1]), 1, Epsilon, "the minima are (0, ±1)"));
        }

        for (int k = 0; k < Steps.Length; k++)
        {
            double expected = Determinant(Steps[k]);
            checks.Add(new(FormattableString.Invariant($"determinant with the step {Steps[k]}"), Jacobian(outcomes, k), expected, Epsilon, "Π(1 - ηλ_i); rounding"));
        }

        double[] caught = Caught(outcomes);
        for (int k = 0; k < TrapSteps.Length; k++)
        {
            // Beyond one the first step ends on the saddle; a random start at zero itself does not occur.
            double expected = TrapSteps[k] == TrapStep ? TrapStarts().Count(start => Math.Abs(start) >= 1) : 0;
            checks.Add(new(FormattableString.Invariant($"starts of the trap that end at the saddle with the step {TrapSteps[k]}"), caught[k], expected, 0, TrapSteps[k] == TrapStep ? "exact: those with |x| ≥ 1, for which x - f'(x) is zero" : "measure zero"));
        }

        return checks;
    }

    private static Ingredient Walk(string problem, params ReadOnlySpan<(Parameter Parameter, string Text)> options) => Ingredient.Of(new WalkRun(), [(ProblemParameters.Problem, problem), .. options]);

    private static string Text(double value) => Readers.Text(value);

    private static double Determinant(double step) => LectureQuadratic.Eigenvalues.Aggregate(1.0, (product, λ) => product * (1 - step * λ));

    private static double Jacobian(IReadOnlyList<Outcome> outcomes, int k) => outcomes[Starts.Length + 3 + k].Result.Quantity("jacobian_determinant").Value;

    private static double[] TrapStarts()
    {
        var trap = new SaddleTrap(1);
        double[] starts = new double[TrapTrials];
        for (uint trial = 0; trial < TrapTrials; trial++)
        {
            trap.Start(new PhiloxStream(1, StreamPurpose.Start, trial), starts.AsSpan((int)trial, 1));
        }

        return starts;
    }

    private static double[] Caught(IReadOnlyList<Outcome> outcomes) =>
        [.. TrapSteps.Select((_, k) => outcomes[Starts.Length + 3 + Steps.Length + k].Table("trials")["has_escaped"].Values.Count(flag => flag == 0))];

    private static Chart Plane(IReadOnlyList<Outcome> outcomes)
    {
        var chart = PlaneMap.Of("Stable manifold", new NesterovSaddle(), Axis.Linear("*x*", -1.2, 1.2), Axis.Linear("*y*", -1.4, 1.4), 1, 24)
            .Line([-1.2, 1.2], [0, 0], new Stroke(Palette.Orange, Dash.Dashed, 1.6), "stable manifold");
        // Nesterov's start last, above its neighbours.
        for (int k = Starts.Length - 1; k >= 0; k--)
        {
            double[] x = PlaneMap.Coordinate(outcomes[k], 0), y = PlaneMap.Coordinate(outcomes[k], 1);
            Ink ink = k == 0 ? Palette.Red : Palette.Sky;
            chart.Line(x, y, new Stroke(ink, Dash.Solid, 1.6), k == 0 ? "from (1, 0)" : "from beside it").Markers([.. x.Take(40)], [.. y.Take(40)], Marker.Circle with { Size = 3 }, ink);
        }

        return chart.Markers([0], [0], Marker.Cross, Palette.Red, "saddle");
    }

    private static int Extra => Starts.Length + 3 + Steps.Length + TrapSteps.Length;

    // Seen from the side: the plane of the first two coordinates is drawn as a rhomb.
    private static (double X, double Y) Project(double a, double b, double c) => (0.87 * (a - b), 0.35 * (a + b) + c);

    private static Chart Space(IReadOnlyList<Outcome> outcomes)
    {
        (double X, double Y)[] corners = [Project(1.2, 1.2, 0), Project(1.2, -1.2, 0), Project(-1.2, -1.2, 0), Project(-1.2, 1.2, 0)], axis = [Project(0, 0, -1.3), Project(0, 0, 1.3)];
        var chart = new Chart("Stable plane of a quadratic") { X = Axis.Linear(string.Empty, -2.3, 2.3) with { Ticks = [] }, Y = Axis.Linear("θ_3, seen from the side", -1.5, 1.5), Legend = LegendPlace.Below }
            .Polygon([.. corners.Select(corner => corner.X)], [.. corners.Select(corner => corner.Y)], Palette.Orange, 0.25, "stable plane")
            .Line([.. axis.Select(end => end.X)], [.. axis.Select(end => end.Y)], new Stroke(Palette.Grey, Dash.Dashed, 1.1));
        for (int k = 0; k < InSpace.Length; k++)
        {
            double[][] walk = [.. Enumerable.Range(0, 3).Select(j => PlaneMap.Coordinate(outcomes[Extra + k], j))];
            (double X, double Y)[] path = [.. walk[0].Select((a, i) => Project(a, walk[1][i], walk[2][i]))];
            bool stays = InSpace[k].EndsWith(",0", StringComparison.Ordinal);
            chart.Line([.. path.Select(at => at.X)], [.. path.Select(at => at.Y)], new Stroke(stays ? Palette.Red : Palette.Blue, Dash.Solid, 1.6), stays ? "from within" : "from beside it")
                .Markers([path[0].X], [path[0].Y], Marker.Circle with { Size = 5 }, stays ? Palette.Red : Palette.Blue);
        }

        return chart;
    }

    private static Chart Distance(IReadOnlyList<Outcome> outcomes)
    {
        var chart = new Chart("Coming near and leaving") { X = Axis.Linear("iterations", 0, 240), Y = Axis.Log("distance from the saddle", 1e-13, 20), Legend = LegendPlace.Below };
        for (int k = 0; k < Beside.Length; k++)
        {
            double[][] walk = [.. Enumerable.Range(0, 3).Select(j => PlaneMap.Coordinate(outcomes[Extra + InSpace.Length + k], j))];
            double[] distance = [.. walk[0].Select((a, i) => Math.Sqrt(a * a + walk[1][i] * walk[1][i] + walk[2][i] * walk[2][i]))];
            chart.Line(PlaneMap.Path(outcomes[Extra + InSpace.Length + k], "iteration"), distance, new Stroke(k == 0 ? Palette.Red : Palette.Cycle(k == 1 ? 0 : k), Dash.Solid, 1.6), k == 0 ? "in the plane" : FormattableString.Invariant($"{Beside[k]:0e0} above it"));
        }

        return chart;
    }

    private static Chart LawChart(IReadOnlyList<Outcome> outcomes)
    {
        var (starts, times) = LectureQuadratic.Leaving(outcomes[Starts.Length]);
        double[] sizes = [.. starts.Take(Shown).Select(Math.Abs)], x = [.. Enumerable.Range(0, 400).Select(i => Math.Pow(10, -6.5 + 4.3 * i / 399))];
        return new Chart("Time to leave") { X = Axis.Log("|θ_3| at the start", x[0], x[^1]), Y = Axis.Linear("iterations until |θ_3| > 1", 40, 160), Legend = LegendPlace.Inside }
            .Line(x, [.. x.Select(LectureQuadratic.Law)], new Stroke(Palette.Red, Dash.Solid, 1.4), "law")
            .Markers(sizes, [.. times.Take(Shown)], Marker.Circle with { Size = 4 }, Palette.Blue, "walks");
    }

    private static Chart Determinants(IReadOnlyList<Outcome> outcomes)
    {
        double[] x = [.. Enumerable.Range(0, 161).Select(i => 0.01 * i)];
        return new Chart("Jacobian of the step") { X = Axis.Linear("step η, in units of 1/*L*", 0, 1.6), Y = Axis.Linear("det(1 − η *H*)", -0.4, 1.1), Legend = LegendPlace.Inside }
            .HorizontalLine(0)
            .VerticalLine(1)
            .Line(x, [.. x.Select(Determinant)], new Stroke(Palette.Red, Dash.Solid, 1.4), "Π(1 − ηλ_i)")
            .Markers(Steps, [.. Steps.Select((_, k) => Jacobian(outcomes, k))], Marker.Circle, Palette.Blue, "walks");
    }

    private static Chart Trap(IReadOnlyList<Outcome> outcomes) =>
        new Chart("Starts caught by the saddle") { X = Axis.Linear("step η", 0, 1.2), Y = Axis.Linear("share of the starts", -0.02, 0.4), Legend = LegendPlace.Inside }
            .VerticalLine(1 / new SaddleTrap(1).Smoothness!.Gradient, new Stroke(Palette.Grey, Dash.Dashed, 1.2), "1/ℓ, below which it cannot happen")
            .Markers(TrapSteps, [.. Caught(outcomes).Select(count => count / TrapTrials)], Marker.Circle, Palette.Blue, "trap");
}
