// The critical-point toolkit on cases whose outcome is known exactly: leaving and staying, critical spectra, kicks, cubic steps, Langevin noise, a degenerate point.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Numerics.Statistics;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;

namespace Thalweg.Figures.Saddles;

/// <summary>Seven experiments, each of which has an exact outcome; two of them are statistical.</summary>
public sealed class Toolkit : Recipe
{
    private const int Particles = 40_000, Kicked = 50;
    private const double NoiseStep = 0.1, InverseTemperature = 10, CubicStrength = 6, Gap = 3e-13;
    private const double Exact = 1e-12, SixDigits = 1e-6, Deviations = 4, AboutTen = 5;

    // S, λ_min, index: M has the eigenvalues 3, 2, 1, U three columns.
    private static readonly (string Point, double Lowest, int Index)[] Critical = [("{}", -3, 9), ("{1}", -2, 4), ("{2}", -3, 5), ("{1,2}", -1, 1), ("{2,3}", -3, 3), ("{1,2,3}", 0, 0)];
    private static readonly double[] Valley = [.. Enumerable.Range(0, 41).Select(i => 0.01 * i)];

    /// <inheritdoc/>
    public override string Id => "toolkit";

    /// <inheritdoc/>
    public override string Caption =>
        "Experiments with exact outcomes. (a) Iterations to leave the lecture's quadratic, against the law. (b) Critical points of ¼|UU^T − M|² by value: index, with λ_min beside. (c) Cubic Newton from U = 0, whose gradient is zero. (d) The degenerate point: along the valley the value falls as 3/2 − 6t⁴.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        LectureQuadratic.Escape,
        Ingredient.Of(new WalkRun(), (ProblemParameters.Problem, "quadratic"), (StartParameters.Start, "0.001,0.001,0"), (EscapeRun.Step, Readers.Text(LectureQuadratic.Step)), (WalkRun.Iterations, "2000")),
        Ingredient.Of(new CriticalPointsRun(), [.. Factorization, (CriticalPointsRun.Starts, "0")]),
        Ingredient.Of(new EscapeRun(), [.. Factorization, (StartParameters.From, "{}"), (StartParameters.Displacement, "0"), (EscapeRun.Trials, Readers.Text(Kicked)), (EscapeRun.Gap, Readers.Text(Gap)), (EscapeRun.Waiting, "1000"), (EscapeRun.Iterations, "5000")]),
        Ingredient.Of(new WalkRun(), [.. Factorization, (WalkRun.Method, "cubic"), (StartParameters.From, "{}"), (StartParameters.Displacement, "0"), (EscapeRun.HessianLipschitz, Readers.Text(CubicStrength)), (EscapeRun.Accuracy, "1e-9"), (WalkRun.Iterations, "100")]),
        Ingredient.Of(new EscapeRun(), (ProblemParameters.Problem, "quadratic"), (ProblemParameters.Dimension, "1"), (EscapeRun.Methods, "sgld"), (EscapeRun.Step, Readers.Text(NoiseStep)), (EscapeRun.InverseTemperature, Readers.Text(InverseTemperature)), (EscapeRun.Trials, Readers.Text(Particles)), (EscapeRun.Iterations, "150"), (EscapeRun.Target, "-1")),
        Ingredient.Of(new CertifyRun(), (ProblemParameters.Problem, "flat-valley"), (CertifyRun.Point, "valley")),
        .. Critical.Select(one => Ingredient.Of(new CertifyRun(), [.. Factorization, (CertifyRun.Point, one.Point), (CertifyRun.DenseUpTo, "1")])),
    ];

    private static (Parameter, string)[] Factorization => [(ProblemParameters.Problem, "psd-factorization"), (ProblemParameters.Dimension, "20"), (ProblemParameters.Rank, "3")];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var (starts, times) = LectureQuadratic.Leaving(outcomes[0]);
        double[] law = [.. Enumerable.Range(0, 400).Select(i => Math.Pow(10, -6.5 + 4.3 * i / 399))];
        var leaving = new Chart("Leaving a saddle") { X = Axis.Log("|θ_3| at the start", law[0], law[^1]), Y = Axis.Linear("iterations", 40, 160), Legend = LegendPlace.Inside }
            .Line(law, [.. law.Select(LectureQuadratic.Law)], new Stroke(Palette.Red, Dash.Solid, 1.4), "law")
            .Markers([.. starts.Take(200).Select(Math.Abs)], [.. times.Take(200)], Marker.Circle with { Size = 4 }, Palette.Blue, "walks");
        var spectrum = new Chart("Critical points of a factorisation") { X = Axis.Linear("value", -0.2, 3.9), Y = Axis.Linear("negative eigenvalues", -0.5, 10), Legend = LegendPlace.None };
        foreach (var row in outcomes[2].Result.Rows("rows"))
        {
            double value = row.Quantity("value").Value, index = Plain(row, "index");
            spectrum.Markers([value], [index], Marker.Circle, Palette.Blue)
                .Text(value, index, FormattableString.Invariant($" {Text(row, "name")}: {Math.Round(row.Quantity("lambda_min").Value, 1) + 0.0:0.#}"), value > 3 ? Place.Left : Place.Right);
        }

        double[] iteration = PlaneMap.Path(outcomes[4], "iteration"), height = PlaneMap.Path(outcomes[4], "value");
        var cubic = new Chart("From the exact saddle") { X = Axis.Linear("iterations", -0.5, iteration[^1] + 0.5), Y = Axis.Log("value of cubic Newton", 1e-26, 20), Legend = LegendPlace.None }
            .Line(iteration, height, new Stroke(Palette.Blue, Dash.Solid, 1.4)).Markers(iteration, height, Marker.Circle, Palette.Blue);
        var valley = new Chart("Along the valley") { X = Axis.Linear("*t*", 0, Valley[^1]), Y = Axis.Linear("value", 1.3, 1.51), Legend = LegendPlace.Inside }
            .Line(Valley, [.. Valley.Select(t => 1.5 - 6 * t * t * t * t)], new Stroke(Palette.Red, Dash.Solid, 1.4), "3/2 − 6 *t*^4")
            .Markers(Valley, [.. Valley.Select(InValley)], Marker.Circle with { Size = 4 }, Palette.Blue, "value");
        return new Page(2, 2, leaving, spectrum, cubic, valley) { Description = Caption, ChartWidth = 460 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var (starts, times) = LectureQuadratic.Leaving(outcomes[0]);
        var mean = SampleMean.Of(times);

        // E ln(1/|z|) = (γ + ln 2)/2 for a normal z; rounding up adds one half on average.
        double expected = (Math.Log(1 / LectureQuadratic.Spread) + 0.5 * (0.5772156649015329 + Math.Log(2))) / Math.Log(LectureQuadratic.Growth) + 0.5;
        Outcome still = outcomes[1];
        var checks = new List<FigureCheck>
        {
            new("1.1: walks of 2,000 off the law", starts.Zip(times, (start, time) => time == LectureQuadratic.Law(start) ? 0 : 1).Sum(), 0, 0, "exact"),
            new("1.1: mean iterations", mean.Mean, expected, Deviations * mean.Error, "79.64; statistical(4 standard errors, one seed)"),
            new("1.2: θ_3 of a start without it", PlaneMap.Coordinate(still, 2).Max(Math.Abs), 0, 0, "exact, to the last bit"),
            new("1.2: where it ends", PlaneMap.Coordinate(still, 0)[^1], 0, Exact, "at the saddle"),
        };
        Factorisation(outcomes, checks);
        FromTheSaddle(outcomes, checks);

        // Each walk ends at a draw from the stationary law of its step.
        double[] squares = [.. outcomes[5].Table("trials")["value"].Values.Select(value => 2 * value)];
        var variance = SampleMean.Of(squares);
        checks.Add(new("1.6: stationary variance of Langevin noise on x²/2", variance.Mean, 1 / InverseTemperature / (1 - NoiseStep / 2), Deviations * variance.Error, "(1/β)/(1 - η/2) = 0.10526; statistical(4 standard errors, one seed)"));
        var certificate = outcomes[6].Result;
        checks.Add(new("1.7: the certificate says degenerate", Text(certificate, "kind") == "degenerate" ? 1 : 0, 1, 0, "no minimum, though the Hessian is not negative"));
        checks.Add(new("1.7: gradient there", certificate.Quantity("gradient_norm").Value, 0, Exact, "critical; rounding"));
        checks.Add(new("1.7: value there", certificate.Quantity("value").Value, 1.5, Exact, "exact; rounding"));
        checks.Add(new("1.7: lowest eigenvalue there", certificate.Quantity("lambda_min").Value, 0, Exact, "exact; rounding"));
        checks.Add(new("1.7: largest distance from 3/2 - 6t⁴ along the valley", Valley.Max(t => Math.Abs(InValley(t) - (1.5 - 6 * t * t * t * t))), 0, Exact, "exact; rounding"));
        return checks;
    }

    private static void Factorisation(IReadOnlyList<Outcome> outcomes, List<FigureCheck> checks)
    {
        var rows = outcomes[2].Result.Rows("rows").ToDictionary(row => Text(row, "name"));
        for (int k = 0; k < Critical.Length; k++)
        {
            var (point, lowest, index) = Critical[k];
            Record dense = rows[point], krylov = outcomes[^(Critical.Length - k)].Result;
            checks.Add(new($"1.3: λ_min at {point}", dense.Quantity("lambda_min").Value, lowest, Exact, "in closed form; rounding"));
            checks.Add(new($"1.3: index at {point}", Plain(dense, "index"), index, 0, "#missing (r - |S|) + #{i in S, j not: λ_j > λ_i}"));
            checks.Add(new($"1.3: λ_min at {point} by Lanczos", krylov.Quantity("lambda_min").Value, lowest, SixDigits, "six digits"));
            checks.Add(new($"1.3: index at {point} by Lanczos", Plain(krylov, "index"), index, 0, "counted one by one"));
        }
    }

    private static void FromTheSaddle(IReadOnlyList<Outcome> outcomes, List<FigureCheck> checks)
    {
        var rows = outcomes[3].Result.Rows("rows");
        checks.Add(new("1.4: walks of gd that leave U = 0", Kicked - Plain(rows[0], "censored"), 0, 0, "exact: the gradient is zero to the last bit"));
        checks.Add(new("1.4: walks with kicks that do not come down to 3e-13", Plain(rows[1], "censored"), 0, 0, "each of them, whatever the kick"));
        Outcome cubic = outcomes[4];
        double[] height = PlaneMap.Path(cubic, "value"), length = PlaneMap.Path(cubic, "length"), gradient = PlaneMap.Path(cubic, "gradient_norm");
        checks.Add(new("1.5: length of the first cubic step", length[1], 1, Exact, "2|λ_min|/M along the lowest eigenvector"));
        checks.Add(new("1.5: value before it", height[0], 3.5, Exact, "(9 + 4 + 1)/4"));
        checks.Add(new("1.5: value after it", height[1], 2.25, Exact, "((3 - 1)² + 4 + 1)/4"));
        checks.Add(new("1.5: cubic steps to a gradient of 1e-9", PlaneMap.Path(cubic, "iteration")[^1], 10, AboutTen, "about ten: which direction of a degenerate eigenspace comes first differs"));
        checks.Add(new("1.5: order of the last step", Math.Log(gradient[^1] / gradient[^2]) / Math.Log(gradient[^2] / gradient[^3]), 2, 0.5, "quadratic; the constants of two steps differ"));
    }

    // x_2² = ½ - 2t².
    private static double InValley(double t) => new FlatValley().Open().Gradient([t, Math.Sqrt(0.5 - 2 * t * t)], new double[2]);

    private static double Plain(Record record, string key) => ((Datum.Plain)record[key]).Value;

    private static string Text(Record record, string key) => ((Datum.Text)record[key]).Value;
}
