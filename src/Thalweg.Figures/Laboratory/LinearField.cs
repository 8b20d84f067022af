// A random linear field makes the spherical 3-spin trivial: the number of critical points against the field, at several N.
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

/// <summary>Below Q''(1) = Q'(1), a = p(p-2), their number grows exponentially in N; above, it falls to two: one minimum and one maximum.</summary>
public sealed class LinearField : Recipe
{
    private const int Trials = 60, N = 40, Starts = 150, Steps = 40;
    private const double Deviations = 4, GrowthError = 0.03, NearTwo = 0.2;

    private static readonly double Critical = SphericalGlass.TrivialField(3);

    // a and N of counts.
    private static readonly double[] Weak = [0.75, 1.5], Strong = [3, 4.5, 6, 9, 12];
    private static readonly int[] Small = [6, 10], Large = [6, 12, 24];

    // a of the searches at one large N.
    private static readonly double[] Searched = [0, 1.5, 9, 12];

    /// <inheritdoc/>
    public override string Id => "linear-field";

    /// <inheritdoc/>
    public override string Caption => $"Critical points of the spherical 3-spin in a random linear field, Q(x) = x³ + *a* x. Left: their mean number by the Kac-Rice formula (lines) and enumerated in {Trials} instances (dots). Right: energies and indices of the different points that Newton's method finds in one instance with *N* = {N}; beyond *a* = 3 two are left.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Counts().Select(count => Ingredient.Of(
            new ComplexityRun(), (ModelParameters.Mixture, $"x^3 + {Readers.Text(count.Field)} x"), (ComplexityRun.Dimension, Readers.Text(count.N)), (ComplexityRun.Trials, Readers.Text(Trials)), (ComplexityRun.Points, "5"))),
        .. Searched.Select(field => Ingredient.Of(
            new CriticalPointsRun(),
            (ProblemParameters.Problem, SphericalGlass.Name), (ProblemParameters.Dimension, N.ToString(CultureInfo.InvariantCulture)), (ProblemParameters.Field, Readers.Text(field)), (CriticalPointsRun.Starts, Readers.Text(Starts)), (CriticalPointsRun.Descent, Readers.Text(Steps)))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var counts = Counts();
        var left = new Chart("Mean number of critical points") { X = Axis.Linear("field *a*", 0, 12.8), Y = Axis.Log(string.Empty, 1.5, 100), Legend = LegendPlace.Below }
            .VerticalLine(Critical, new Stroke(Palette.Red, Dash.Solid, 1.4), "Q″(1) = Q′(1)").HorizontalLine(2);
        int[] sizes = [.. counts.Select(count => count.N).Distinct().Order()];
        for (int s = 0; s < sizes.Length; s++)
        {
            int[] rows = [.. Enumerable.Range(0, counts.Length).Where(i => counts[i].N == sizes[s])];
            double[] fields = [.. rows.Select(i => counts[i].Field)];
            Quantity[] found = [.. rows.Select(i => Total(outcomes[i], "enumerated"))];
            left.Line(fields, [.. rows.Select(i => Total(outcomes[i], "kac_rice").Value)], new Stroke(Palette.Cycle(s), Dash.Solid, 1.2))
                .ErrorBars(fields, [.. found.Select(mean => mean.Value)], [.. found.Select(mean => mean.Error)], Palette.Cycle(s))
                .Markers(fields, [.. found.Select(mean => mean.Value)], Marker.Circle, Palette.Cycle(s), $"*N* = {sizes[s]}");
        }

        var right = new Chart("Different points found") { X = Axis.Linear("energy", -4.5, 4.5), Y = Axis.Linear("negative eigenvalues", -1.5, N + 0.5), Legend = LegendPlace.Below };
        for (int k = 0; k < Searched.Length; k++)
        {
            var points = outcomes[counts.Length + k].Table("points");
            right.Markers(points["value"], points["index"], Marker.Circle, Palette.Cycle(k), FormattableString.Invariant($"*a* = {Searched[k]}: {points.Rows}"));
        }

        return new Page(1, 2, left, right) { Description = Caption, ChartWidth = 460 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var counts = Counts();
        double Exact(double field, int n) => Total(outcomes[Array.IndexOf(counts, (field, n))], "kac_rice").Value;
        List<FigureCheck> checks =
        [
            .. counts.Select((count, i) =>
            {
                Quantity found = Total(outcomes[i], "enumerated"), exact = Total(outcomes[i], "kac_rice");
                return new FigureCheck(FormattableString.Invariant($"critical points at a = {count.Field}, N = {count.N}"), found.Value, exact.Value, Deviations * Math.Sqrt(found.Error * found.Error + exact.Error * exact.Error), "the Kac-Rice formula; statistical(4 standard errors, one seed)");
            }),
            .. Weak.Select(field => new FigureCheck(FormattableString.Invariant($"growth of their number at a = {field}"), Math.Log(Exact(field, Small[^1]) / Exact(field, Small[0])) / (Small[^1] - Small[0]), Math.Max(0, 0.5 * Math.Log(6 / (3 + field))), GrowthError, "Σ = ½ ln(Q''(1)/Q'(1)); between two N, whose corrections are of order ln N/N")),
            new(FormattableString.Invariant($"their number at a = {Strong[^1]}, N = {Large[^1]}"), Exact(Strong[^1], Large[^1]), 2, NearTwo, "above the transition it tends to 2"),
            .. Strong.Skip(1).Select(field => new FigureCheck(FormattableString.Invariant($"growth of their number at a = {field}"), Math.Max(0, Exact(field, Large[^1]) - Exact(field, Large[^2])), 0, 0, "above the transition it falls with N")),
        ];
        for (int k = 0; k < Searched.Length; k++)
        {
            var points = outcomes[counts.Length + k].Table("points");
            string name = FormattableString.Invariant($"different points found at a = {Searched[k]}, N = {N}");
            checks.Add(Searched[k] > 2 * Critical ? new(name, points.Rows, 2, 0, "one minimum and one maximum") : new(name, Math.Min(points.Rows, 10), 10, 0, "below the transition there are many"));
            checks.AddRange(Searched[k] > 2 * Critical ? [new(name + ", sum of their indices", points["index"].Values.Sum(), N - 1, 0, "a minimum has index 0, a maximum N - 1")] : Array.Empty<FigureCheck>());
        }

        return checks;
    }

    private static (double Field, int N)[] Counts() => [.. Small.SelectMany(n => Weak.Select(field => (field, n))), .. Large.SelectMany(n => Strong.Select(field => (field, n)))];

    private static Quantity Total(Outcome outcome, string key) => outcome.Result.Rows("rows")[0].Nested("counts").Rows("lines")[0].Quantity(key);
}
