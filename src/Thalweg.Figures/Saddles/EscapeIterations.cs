// How long leaving saddles takes: exponential against linear in the number of saddles, logarithmic in the distance from a strict one, a power of it at a degenerate point.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Numerics.Series;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;

namespace Thalweg.Figures.Saddles;

/// <summary>Gradient descent against descent with kicks: the tube of Du et al. against its dimension, one strict saddle and one degenerate point against the distance δ of the start.</summary>
public sealed class EscapeIterations : Recipe
{
    private const int TubeTrials = 300, Trials = 100;
    private const double Deviations = 4, Whole = 2, Lipschitz = 2, ValleyStep = 1.0 / 32, ValleyShare = 0.03, NearValley = 0.01;
    private static readonly int[] Dimensions = [2, 3, 4, 5, 6, 7, 8, 9, 10];
    private static readonly double[] InValley = [0.1, 0.03, 0.01, 0.003];
    private static readonly double[] Distances = [1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12, 1e-14];

    /// <inheritdoc/>
    public override string Id => "escape-iterations";

    /// <inheritdoc/>
    public override string Caption =>
        $"Iterations of gradient descent (gd) and of descent with kicks (pgd), medians. (a) The tube with L = 1.5 down to its minimum against the number of saddles on the way: exponential and linear; {TubeTrials} starts. (b) From a distance δ of the saddle of x²/2 + y⁴/4 − y²/2 down to a minimum: ln(1/δ)/ln(1 + η|λ|) and, below the length of a kick, a constant; {Trials} starts. (c) From a distance δ of the degenerate point of the flat valley, along the valley: 1/(48ηδ²).";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Dimensions.Select(d => Ingredient.Of(new EscapeRun(), (ProblemParameters.Problem, "tube"), (ProblemParameters.Dimension, Readers.Text(d)), (EscapeRun.Trials, Readers.Text(TubeTrials)), (EscapeRun.Iterations, "1000000000000"))),
        .. Distances.Select(δ => Ingredient.Of(new EscapeRun(), (ProblemParameters.Problem, "nesterov"), (StartParameters.From, "origin"), (StartParameters.Displacement, Readers.Text(δ)), (EscapeRun.Trials, Readers.Text(Trials)))),
        .. InValley.Select(t => Ingredient.Of(new EscapeRun(), (ProblemParameters.Problem, "flat-valley"), (StartParameters.Start, FormattableString.Invariant($"{t},{Math.Sqrt(0.5 - 2 * t * t)}")), (EscapeRun.Methods, "gd"), (EscapeRun.Trials, "1"), (EscapeRun.Step, Readers.Text(ValleyStep)))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double[] d = [.. Dimensions.Select(one => (double)one)];
        var tube = new Chart("The tube") { X = Axis.Linear("saddles *d*", 1.5, 10.5), Y = Axis.Log("iterations", 30, 3e6), Legend = LegendPlace.Inside };
        var saddle = new Chart("Beside one saddle") { X = Axis.Log("distance δ", 1e-15, 1e-1), Y = Axis.Linear("iterations", 0, 100), Legend = LegendPlace.Inside };
        foreach (var (method, ink) in new[] { ("gd", Palette.Red), ("pgd", Palette.Blue) })
        {
            var onTube = Dimensions.Select((_, k) => Median(outcomes[k], method)).ToArray();
            var besideSaddle = Distances.Select((_, k) => Median(outcomes[Dimensions.Length + k], method)).ToArray();
            tube.ErrorBars(d, Values(onTube), Errors(onTube), ink).Markers(d, Values(onTube), Marker.Circle, ink, method);
            saddle.ErrorBars(Distances, Values(besideSaddle), Errors(besideSaddle), ink).Markers(Distances, Values(besideSaddle), Marker.Circle, ink, method);
        }

        double kappa = Kappa(outcomes), last = Median(outcomes[Dimensions.Length - 1], "gd").Value, first = Median(outcomes[Dimensions.Length], "gd").Value;
        var (slope, _) = Linear(outcomes);
        double anchor = Median(outcomes[Dimensions.Length - 1], "pgd").Value;
        double[] times = [.. InValley.Select((_, k) => ValleyTime(outcomes, k))];
        return new Page(
            1,
            3,
            tube.Line(d, [.. d.Select(one => last * Math.Pow(kappa, one - 10))], new Stroke(Palette.Red, Dash.Dashed, 1.2), "∝ κ^d").Line(d, [.. d.Select(one => anchor + slope * (one - 10))], new Stroke(Palette.Blue, Dash.Dashed, 1.2), "a straight line"),
            saddle.Line(Distances, [.. Distances.Select(δ => first + Math.Log(Distances[0] / δ) / Growth)], new Stroke(Palette.Red, Dash.Dashed, 1.2), "ln(1/δ)/ln(1 + η|λ|)"),
            new Chart("Beside a degenerate point") { X = Axis.Log("distance δ", 2e-3, 0.2), Y = Axis.Log("iterations", 20, 3e5), Legend = LegendPlace.Inside }
                .Line(InValley, [.. InValley.Select(ValleyLaw)], new Stroke(Palette.Red, Dash.Dashed, 1.2), "1/(48ηδ²)").Markers(InValley, times, Marker.Circle, Palette.Red, "gd"))
        { Description = Caption, ChartWidth = 400 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        int[] late = [.. Enumerable.Range(0, Dimensions.Length).Where(k => Dimensions[k] >= 5)];
        var tube = late.Select(k => Median(outcomes[k], "gd")).ToArray();
        var (growth, error) = PolynomialFit.Slope([.. late.Select(k => (double)Dimensions[k])], [.. tube.Select(median => Math.Log(median.Value))], [.. tube.Select(median => median.Error / median.Value)]);
        var (slope, slopeError) = Linear(outcomes);
        var checks = new List<FigureCheck>
        {
            new("growth of ln(iterations of gd) with each saddle of the tube", growth, Math.Log(Kappa(outcomes)), Deviations * error, "ln κ; statistical(4 standard errors, one seed)"),
        };

        // A straight line through the first and the last; what lies between may leave it by its error and that of the ends.
        for (int k = 1; k < Dimensions.Length - 1; k++)
        {
            var median = Median(outcomes[k], "pgd");
            double line = Median(outcomes[Dimensions.Length - 1], "pgd").Value + slope * (Dimensions[k] - Dimensions[^1]);
            checks.Add(new($"pgd on the tube with {Dimensions[k]} saddles against a straight line", median.Value, line, Deviations * (median.Error + slopeError * (Dimensions[^1] - Dimensions[k])) + Whole, "linear in d; statistical(4 standard errors), and whole iterations"));
        }

        for (int k = 1; k < Distances.Length; k++)
        {
            double gd = Median(outcomes[Dimensions.Length + k], "gd").Value - Median(outcomes[Dimensions.Length], "gd").Value;
            checks.Add(new(FormattableString.Invariant($"gd from δ = {Distances[k]} against δ = {Distances[0]}"), gd, Math.Log(Distances[0] / Distances[k]) / Growth, Whole, "the exact rate of the linear phase, from the same directions; whole iterations at both ends"));
        }

        for (int k = 0; k < InValley.Length; k++)
        {
            if (InValley[k] <= NearValley)
            {
                checks.Add(new(FormattableString.Invariant($"gd from δ = {InValley[k]} of the degenerate point, over the law"), ValleyTime(outcomes, k) / ValleyLaw(InValley[k]), 1, ValleyShare, "dt/dk = 24ηt³ along the valley; what follows after t is of order one adds a constant"));
            }
        }

        var kicked = Distances.Select((_, k) => Median(outcomes[Dimensions.Length + k], "pgd")).Skip(2).ToArray();
        checks.Add(new("spread of pgd over δ ≤ 1e-6", kicked.Max(median => median.Value) - kicked.Min(median => median.Value), 0, Deviations * Math.Sqrt(2) * kicked.Max(median => median.Error) + Whole, "the kick is longer than δ: no dependence; statistical(4 standard errors)"));
        return checks;
    }

    private static double ValleyLaw(double t) => 1 / (48 * ValleyStep * t * t);

    private static double ValleyTime(IReadOnlyList<Outcome> outcomes, int k) => outcomes[Dimensions.Length + Distances.Length + k].Table("trials")["iterations"].Values[0];

    private static double Growth => Math.Log(1 + 1 / Lipschitz);

    private static double Kappa(IReadOnlyList<Outcome> outcomes) => outcomes[0].Result.Quantity("kappa").Value;

    // The line of pgd through the first and the last dimension.
    private static (double Slope, double Error) Linear(IReadOnlyList<Outcome> outcomes)
    {
        Quantity first = Median(outcomes[0], "pgd"), last = Median(outcomes[Dimensions.Length - 1], "pgd");
        double span = Dimensions[^1] - Dimensions[0];
        return ((last.Value - first.Value) / span, (last.Error + first.Error) / span);
    }

    private static Quantity Median(Outcome outcome, string method) => outcome.Result.Rows("rows").Single(row => row["method"] is Datum.Text { Value: var name } && name == method).Quantity("median");

    private static double[] Values(Quantity[] quantities) => [.. quantities.Select(quantity => quantity.Value)];

    private static double[] Errors(Quantity[] quantities) => [.. quantities.Select(quantity => quantity.Error)];
}
