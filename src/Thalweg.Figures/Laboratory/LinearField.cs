// A random linear field makes the spherical 3-spin trivial: the number of critical points against the field, at several N.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;

namespace Thalweg.Figures.Laboratory;

/// <summary>Below Q''(1) = Q'(1), a = p(p-2), their number grows exponentially in N; above, it falls to two: one minimum and, the landscape being odd, the maximum opposite it.</summary>
public sealed class LinearField : Recipe
{
    private const int Trials = 1000, Small = 4, N = 40, Starts = 150, Steps = 40;
    private const double Deviations = 4, GrowthError = 0.03;

    private static readonly double Critical = SphericalGlass.TrivialField(3);

    private static readonly double[] Fields = [0.75, 1.5, 3, 6, 9, 18];
    private static readonly int[] Sizes = [4, 8, 16];

    // Where small instances are enumerated (most have few points and some very many, so that errors need a thousand of them), and where one large instance is searched.
    private static readonly double[] Enumerated = [1.5, 3, 6], Searched = [0, 1.5, 9, 18];

    /// <inheritdoc/>
    public override string Id => "linear-field";

    /// <inheritdoc/>
    public override string Caption => $"Critical points of the spherical 3-spin in a random linear field, Q(x) = x³ + *a* x. Left: their mean number by the Kac-Rice formula (lines), and enumerated in {Trials} instances (circles). Right: energies and indices of the different points that Newton's method finds in one instance with *N* = {N}; far beyond *a* = 3 a minimum is left, and opposite it the maximum.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Sizes.SelectMany(n => Fields.Select(field => Points(n, field, 0))),
        .. Searched.Select(field => Points(N, field, Starts)),
        .. Enumerated.Select(field => Ingredient.Of(new ComplexityRun(), (ModelParameters.Mixture, $"x^3 + {Readers.Text(field)} x"), (ComplexityRun.Dimension, Readers.Text(Small)), (ComplexityRun.Trials, Readers.Text(Trials)), (ComplexityRun.Points, "5"))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var left = new Chart("Mean number of critical points") { X = Axis.Linear("field *a*", 0, 19), Y = Axis.Log(string.Empty, 1.5, 300), Legend = LegendPlace.Below }
            .VerticalLine(Critical, new Stroke(Palette.Black, Dash.Dotted, 1.4), "Q″(1) = Q′(1)").HorizontalLine(2);
        for (int s = 0; s < Sizes.Length; s++)
        {
            left.Line(Fields, [.. Fields.Select(field => Expected(outcomes, Sizes[s], field).Value)], new Stroke(Palette.Cycle(s), Dash.Solid, 1.4), $"*N* = {Sizes[s]}");
        }

        Quantity[] found = [.. Enumerated.Select((_, k) => Counted(outcomes, k, "enumerated"))];
        left.ErrorBars(Enumerated, [.. found.Select(mean => mean.Value)], [.. found.Select(mean => mean.Error)], Palette.Black).Markers(Enumerated, [.. found.Select(mean => mean.Value)], Marker.Circle with { Hollow = true }, Palette.Black, $"enumerated, *N* = {Small}");
        var right = new Chart("Different points found") { X = Axis.Linear("energy", -4.6, 0.6), Y = Axis.Linear("negative eigenvalues", -1, 25), Legend = LegendPlace.Below };
        for (int k = 0; k < Searched.Length; k++)
        {
            var points = Found(outcomes, k);
            right.Markers(points["value"], points["index"], Marker.Circle, Palette.Cycle(k), FormattableString.Invariant($"*a* = {Searched[k]}: {points.Rows}"));
        }

        return new Page(1, 2, left, right) { Description = Caption, ChartWidth = 460 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        List<FigureCheck> checks =
        [
            .. Enumerated.Select((field, k) =>
            {
                Quantity found = Counted(outcomes, k, "enumerated"), exact = Counted(outcomes, k, "kac_rice");
                return new FigureCheck(FormattableString.Invariant($"critical points at a = {field}, N = {Small}"), found.Value, exact.Value, Deviations * Math.Sqrt(found.Error * found.Error + exact.Error * exact.Error), "the Kac-Rice formula; statistical(4 standard errors, one seed)");
            }),
            .. Sizes.Select(n => new FigureCheck($"critical points at the transition, N = {n}", Expected(outcomes, n, Critical).Value, 2 * n, Deviations * Expected(outcomes, n, Critical).Error, "2N where Q''(1) = Q'(1), exactly: every eigenvalue of the random matrix has the weight one; statistical(4 standard errors, one seed)")),
            .. Fields.Where(field => field < Critical).Select(field => new FigureCheck(FormattableString.Invariant($"growth of their number over sqrt(N) at a = {field}"), Growth(outcomes, field) - 0.5 * Math.Log((double)Sizes[^1] / Sizes[^2]) / (Sizes[^1] - Sizes[^2]), 0.5 * Math.Log(6 / (3 + field)), GrowthError, "Σ = ½ ln(Q''(1)/Q'(1)), from N = 8 to 16; N eigenvalues in a window of N^(-1/2) give the root, further corrections are of order 1/N²")),
            new(FormattableString.Invariant($"fall of their number at a = {Fields[^1]}"), Math.Max(0, Growth(outcomes, Fields[^1])), 0, 0, "far above the transition it falls with N"),
        ];
        for (int k = 0; k < Searched.Length; k++)
        {
            var points = Found(outcomes, k);
            string where = FormattableString.Invariant($"at a = {Searched[k]}, N = {N}");
            int minima = points["index"].Values.Count(index => index == 0), saddles = points["index"].Values.Count(index => index is > 0 and < N - 1);
            if (Searched[k] < Critical)
            {
                checks.Add(new("different points found " + where, Math.Min(points.Rows, 10), 10, 0, "below the transition there are many"));
                continue;
            }

            checks.Add(new("minima found " + where, minima, 1, 0, "one, and opposite it the maximum: the landscape is odd"));
            checks.Add(new("saddles found " + where, saddles, 0, 0, "none is left"));
        }

        return checks;
    }

    private static Ingredient Points(int n, double field, int starts) => Ingredient.Of(
        new CriticalPointsRun(),
        (ProblemParameters.Problem, SphericalGlass.Name), (ProblemParameters.Dimension, Readers.Text(n)), (ProblemParameters.Field, Readers.Text(field)), (CriticalPointsRun.Starts, Readers.Text(starts)), (CriticalPointsRun.Descent, Readers.Text(Steps)));

    private static Quantity Expected(IReadOnlyList<Outcome> outcomes, int n, double field) => outcomes[Array.IndexOf(Sizes, n) * Fields.Length + Array.IndexOf(Fields, field)].Result.Quantity("expected_points");

    // d ln(number)/dN between the two largest N.
    private static double Growth(IReadOnlyList<Outcome> outcomes, double field) => Math.Log(Expected(outcomes, Sizes[^1], field).Value / Expected(outcomes, Sizes[^2], field).Value) / (Sizes[^1] - Sizes[^2]);

    private static Table Found(IReadOnlyList<Outcome> outcomes, int k) => outcomes[Sizes.Length * Fields.Length + k].Table("points");

    private static Quantity Counted(IReadOnlyList<Outcome> outcomes, int k, string key) => outcomes[Sizes.Length * Fields.Length + Searched.Length + k].Result.Rows("rows")[0].Nested("counts").Rows("lines")[0].Quantity(key);
}
