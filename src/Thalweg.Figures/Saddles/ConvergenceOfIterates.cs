// When the points of a descent converge: Łojasiewicz' exponents and rates, and a descent that goes round for ever.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Problems.Counterexamples;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;

namespace Thalweg.Figures.Saddles;

/// <summary>|x|^p has θ = (p-1)/p and falls as k^{-p/(p-2)}; in the groove of the spiral θ is one, and the angle grows as the logarithm of the iterations.</summary>
public sealed class ConvergenceOfIterates : Recipe
{
    private const double ExactSlope = 1e-9, RateShare = 0.01, GrooveShare = 0.03, OneAndMore = 0.1;
    private static readonly int[] Powers = [2, 3, 4, 6];

    /// <inheritdoc/>
    public override string Id => "lojasiewicz";

    /// <inheritdoc/>
    public override string Caption =>
        "Does a descent converge? (a) Gradient against value along gradient descent on |x|^p and in the spiral groove; the slopes are Łojasiewicz' exponents, (p − 1)/p and 1. (b) Values against iterations: exponential for p = 2, powers p/(p − 2) above. (c) The groove from above: its walk goes round for ever. (d) The angle grows as ω ln(1/ρ), a quarter of which is ω per e-fold of the time.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Powers.Select(p => Ingredient.Of(new WalkRun(), (ProblemParameters.Problem, "power"), (ProblemParameters.Order, Readers.Text(p)), (StartParameters.Start, "1"), (EscapeRun.Step, "0.05"), (WalkRun.Iterations, p == 2 ? "1000" : "1000000"))),
        Ingredient.Of(new WalkRun(), (ProblemParameters.Problem, "spiral"), (StartParameters.Start, "0.3,0.1"), (EscapeRun.Step, "0.02"), (WalkRun.Iterations, "5000000"), (WalkRun.Points, "2000")),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var slopes = new Chart("Gradient against value") { X = Axis.Log("*f* − *f*_min", 1e-14, 1), Y = Axis.Log("|∇*f*|", 1e-12, 10), Legend = LegendPlace.Inside };
        var falls = new Chart("Value against iterations") { X = Axis.Log("iterations", 1, 5e6), Y = Axis.Log("*f* − *f*_min", 1e-14, 1), Legend = LegendPlace.Inside };
        for (int k = 0; k < outcomes.Count; k++)
        {
            string name = k < Powers.Length ? FormattableString.Invariant($"*p* = {Powers[k]}") : "groove";
            double[] value = PlaneMap.Path(outcomes[k], "value"), gradient = PlaneMap.Path(outcomes[k], "gradient_norm"), time = PlaneMap.Path(outcomes[k], "iteration");
            slopes.Line(value, gradient, new Stroke(Palette.Cycle(k), Dash.Solid, 1.6), name);
            falls.Line(time, value, new Stroke(Palette.Cycle(k), Dash.Solid, 1.6), name);
        }

        var plane = PlaneMap.Of("The groove from above", new SpiralGroove(), Axis.Linear("*x*", -1, 1), Axis.Linear("*y*", -1, 1), 0.3, 40, 0.25)
            .Line(PlaneMap.Coordinate(outcomes[^1], 0), PlaneMap.Coordinate(outcomes[^1], 1), new Stroke(Palette.Red, Dash.Solid, 1.5), "gradient descent");
        var (angles, depths) = Groove(outcomes[^1]);
        double[] iterations = PlaneMap.Path(outcomes[^1], "iteration");
        int last = angles.Length - 1;
        var turns = new Chart("Angle") { X = Axis.Log("iterations", 100, 5e6), Y = Axis.Linear("turns", 0, 4), Legend = LegendPlace.Inside }
            .Line(iterations, [.. angles.Select(angle => angle / (2 * Math.PI))], new Stroke(Palette.Red, Dash.Solid, 1.7), "gradient descent")
            .Line(iterations, [.. depths.Select(depth => (angles[last] + SpiralGroove.Winding * Math.Log(depths[last] / depth)) / (2 * Math.PI))], new Stroke(Palette.Black, Dash.Dashed, 1.3), "ω ln(1/ρ)");
        return new Page(2, 2, slopes, falls, plane, turns) { Description = Caption, ChartWidth = 460, ChartHeight = 380 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int k = 0; k < Powers.Length; k++)
        {
            int p = Powers[k];
            checks.Add(new($"Łojasiewicz exponent of |x|^{p}", outcomes[k].Result.Quantity("lojasiewicz_exponent").Value, (p - 1.0) / p, ExactSlope, "(p-1)/p, a straight line in logarithms; rounding"));
            if (p > 2)
            {
                var power = outcomes[k].Result.Quantity("decay_power");
                double expected = p / (p - 2.0);
                checks.Add(new($"power of the iterations for |x|^{p}", power.Value, expected, RateShare * expected, "1/(2θ-1) = p/(p-2); corrections of relative order (ln k)/k"));
            }
        }

        var groove = outcomes[^1];
        var exponent = groove.Result.Quantity("lojasiewicz_exponent");
        checks.Add(new("Łojasiewicz exponent in the groove", exponent.Value, 1, OneAndMore, "|∇f| is of order f there; it comes down to one as ρ does to zero"));
        var (angles, depths) = Groove(groove);
        double[] time = PlaneMap.Path(groove, "iteration");
        int late = Array.FindIndex(time, t => t >= time[^1] / 1000);
        double angle = angles[^1] - angles[late], log = SpiralGroove.Winding * Math.Log(depths[late] / depths[^1]);
        checks.Add(new("angle over ω ln(1/ρ), in the last three decades", angle / log, 1, GrooveShare, "the walk stays in the groove φ + ω ln ρ = const; ψ still moves by a few hundredths"));
        checks.Add(new("turns in the last three decades are at least two", angle / (2 * Math.PI) >= 2 ? 1 : 0, 1, 0, "it does not converge: ω/4 = 3 for each e-fold in the limit"));
        return checks;
    }

    // The angle along the path, unwound, and ρ.
    private static (double[] Angles, double[] Depths) Groove(Outcome outcome)
    {
        double[] x = PlaneMap.Coordinate(outcome, 0), y = PlaneMap.Coordinate(outcome, 1), angles = new double[x.Length], depths = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double angle = Math.Atan2(y[i], x[i]);
            angles[i] = i == 0 ? angle : angles[i - 1] + Math.IEEERemainder(angle - angles[i - 1], 2 * Math.PI);
            depths[i] = 1 - x[i] * x[i] - y[i] * y[i];
        }

        return (angles, depths);
    }
}
