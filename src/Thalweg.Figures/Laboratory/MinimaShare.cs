// The share of minima among the critical points of the spherical 3-spin, against N.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;

namespace Thalweg.Figures.Laboratory;

/// <summary>Nearly all critical points are saddles: the share of minima falls exponentially in N, at the rate (p-2)/p.</summary>
/// <remarks>
/// At finite N, -ln(share)/N = (p-2)/p - c N^(-1/2) + (α ln N + C)/N. The weight exp(-N (p-2) λ²/(2p)) pulls the lowest eigenvalue into the bulk, by s N^(-2/3)/sqrt(2) with s ~ N^(1/6), against a probability exp(-s³/24) (the left tail of Tracy and Widom's law): the gain is the maximum of (p-2) s N^(1/3)/p - s³/24 over s,
/// which gives c = (2/3) sqrt(8) ((p-2)/p)^(3/2) (derived).
/// </remarks>
public sealed class MinimaShare : Recipe
{
    private const int Trials = 200, Order = 3;
    private const double Deviations = 4, Rate = (Order - 2.0) / Order, RateError = 0.005;

    private static readonly double Pull = 2.0 / 3 * Math.Sqrt(8 * Rate * Rate * Rate);

    // All critical points of drawn instances; mean numbers by the law of one random matrix.
    private static readonly int[] Enumerated = [4, 5, 6, 7], Drawn = [4, 5, 6, 7, 12, 24, 48, 96, 192];

    /// <inheritdoc/>
    public override string Id => "minima-share";

    /// <inheritdoc/>
    public override string Caption => $"Share of minima among all critical points of the spherical 3-spin: numbers enumerated in {Trials} instances, mean numbers by the Kac-Rice formula, and by the eigenvalues of one random matrix. Right: −(1/*N*) ln of the share; the line goes through the three largest *N* and ends near 1/3.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Enumerated.Select(n => Ingredient.Of(new ComplexityRun(), (ModelParameters.Mixture, $"x^{Order}"), (ComplexityRun.Dimension, Text(n)), (ComplexityRun.Trials, Text(Trials)), (ComplexityRun.Points, "5"))),
        .. Drawn.Select(n => Ingredient.Of(new CriticalPointsRun(), (ProblemParameters.Problem, SphericalGlass.Name), (ProblemParameters.Dimension, Text(n)), (CriticalPointsRun.Starts, "0"))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double[] small = [.. Enumerated.Select(n => (double)n)], all = [.. Drawn.Select(n => (double)n)], shares = [.. Expected(outcomes).Select(share => share.Value)];
        Quantity[] found = [.. Enumerated.Select((_, i) => Share(outcomes[i], "enumerated"))], theory = [.. Enumerated.Select((_, i) => Share(outcomes[i], "kac_rice"))];
        var left = new Chart("Share of minima") { X = Axis.Linear("*N*", 3, 52), Y = Axis.Log("minima over critical points", 3e-8, 1), Legend = LegendPlace.Below }
            .Line(all, shares, new Stroke(Palette.Blue, Dash.Solid, 1.4), "one random matrix")
            .Markers(small, [.. theory.Select(share => share.Value)], Marker.Plus, Palette.Black, "Kac-Rice")
            .ErrorBars(small, [.. found.Select(share => share.Value)], [.. found.Select(share => share.Error)], Palette.Red)
            .Markers(small, [.. found.Select(share => share.Value)], Marker.Circle with { Hollow = true }, Palette.Red, "enumerated");
        var (limit, logarithm, constant, _) = Law(outcomes);
        double[] sizes = [.. Enumerable.Range(0, 80).Select(i => 8 * Math.Pow(1e5, i / 79.0))];
        var right = new Chart("Its rate") { X = Axis.Linear("*N*^{-1/2}", 0, 0.52), Y = Axis.Linear("−ln(share)/*N*", 0.3, 0.46), Legend = LegendPlace.Below }
            .HorizontalLine(Rate, new Stroke(Palette.Red, Dash.Solid, 1.4), "(*p* − 2)/*p*")
            .Line([.. sizes.Select(n => 1 / Math.Sqrt(n))], [.. sizes.Select(n => limit - Pull / Math.Sqrt(n) + (logarithm * Math.Log(n) + constant) / n)], new Stroke(Palette.Sky, Dash.Dashed, 1.2), FormattableString.Invariant($"through the three largest *N*, to {limit:F3}"))
            .Markers([.. all.Select(n => 1 / Math.Sqrt(n))], [.. shares.Select((share, i) => -Math.Log(share) / all[i])], Marker.Circle, Palette.Blue, "one random matrix");
        return new Page(1, 2, left, right) { Description = Caption, ChartWidth = 460 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var expected = Expected(outcomes);
        var (limit, _, _, error) = Law(outcomes);
        return
        [
            .. Enumerated.SelectMany((n, i) =>
            {
                Quantity found = Share(outcomes[i], "enumerated"), exact = Share(outcomes[i], "kac_rice");
                return new FigureCheck[]
                {
                    new($"share enumerated at N = {n}", found.Value, exact.Value, Deviations * (found.Error + exact.Error), "the Kac-Rice formula at this N; statistical(4 standard errors, one seed)"),
                    new($"share by one random matrix at N = {n}", expected[i].Value, exact.Value, Deviations * (expected[i].Error + exact.Error), "the Kac-Rice formula, another integral; statistical(4 standard errors, one seed)"),
                };
            }),
            new("rate of the share at infinite N", limit, Rate, RateError + Deviations * error, "(p-2)/p, the difference of the complexities of all points and of minima; what is left of three sizes, which double, when c N^(-1/2) and (α ln N + C)/N are taken away; statistical(4 standard errors) and terms that are left out"),
        ];
    }

    private static Quantity[] Expected(IReadOnlyList<Outcome> outcomes) => [.. Drawn.Select((_, i) => outcomes[Enumerated.Length + i].Result.Quantity("expected_minima_share"))];

    // Rate, α and C from the three largest N, each twice the one before: N times what is left grows by α ln 2 with each doubling.
    private static (double Limit, double Logarithm, double Constant, double Error) Law(IReadOnlyList<Outcome> outcomes)
    {
        var shares = Expected(outcomes)[^3..];
        int[] n = Drawn[^3..];
        double[] z = [.. shares.Select((share, i) => -Math.Log(share.Value) / n[i] + Pull / Math.Sqrt(n[i]))], errors = [.. shares.Select((share, i) => share.Error / share.Value / n[i])];
        double limit = z[0] - 4 * z[1] + 4 * z[2], logarithm = (n[2] * (z[2] - limit) - n[1] * (z[1] - limit)) / Math.Log(2);
        return (limit, logarithm, n[2] * (z[2] - limit) - logarithm * Math.Log(n[2]), Math.Sqrt(errors[0] * errors[0] + 16 * (errors[1] * errors[1] + errors[2] * errors[2])));
    }

    private static Quantity Share(Outcome outcome, string key)
    {
        var lines = outcome.Result.Rows("rows")[0].Nested("counts").Rows("lines");
        Quantity total = lines[0].Quantity(key), minima = lines[1].Quantity(key);
        double share = minima.Value / total.Value;
        return Quantity.Of(share, share * (minima.Error / minima.Value + total.Error / total.Value), How.Simulation);
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
