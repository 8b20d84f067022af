// Concentration: variances over instances fall as 1/N, so that one trajectory is the mean one at infinite N.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.FiniteSize;

namespace Thalweg.Figures.FiniteSize;

/// <summary>Variances of overlap, energy and multiplier at one time against N.</summary>
public sealed class Concentration : Recipe
{
    private const int N = 320, Trials = 24;
    private const double Deviations = 4;

    private static readonly int[] Smaller = [40, 80, 160];

    private static readonly (string Name, string Label, Ink Ink)[] Observables = [("m", "overlap *m*", Palette.Green), ("energy", "energy ε", Palette.Blue), ("mu", "multiplier μ", Palette.Red)];

    /// <inheritdoc/>
    public override string Id => "concentration";

    /// <inheritdoc/>
    public override string Caption =>
        $"Variances over drawn instances at t = 2 from an overlap of 0.5, p = 3, Δ_p = 1, 1/Δ_2 = 2.3, against N; the lines fall as 1/N. At N = {N} there are {Trials} instances, at smaller N more.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [4];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        Ingredient.Of(
            new SimulateRun(),
            (InstanceParameters.Dimension, N.ToString(CultureInfo.InvariantCulture)),
            (SimulateRun.Trend, string.Join(',', Smaller)),
            (InstanceParameters.Trials, Trials.ToString(CultureInfo.InvariantCulture)),
            (SimulateRun.Start, "0.5"),
            (SimulateRun.Time, "2"),
            (SimulateRun.Tolerance, "1e-5")),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double[] sizes = Sizes(outcomes[0]);
        var all = Observables.SelectMany(observable => Variances(outcomes[0], observable.Name)).ToArray();
        var chart = new Chart("Variances over instances") { X = Axis.Log("*N*", 0.8 * sizes.Min(), 1.25 * sizes.Max()), Y = Axis.Log("variance", 0.4 * all.Min(variance => variance.Value), 2.5 * all.Max(variance => variance.Value)), Legend = LegendPlace.Below };
        foreach (var (name, label, ink) in Observables)
        {
            Quantity[] variances = Variances(outcomes[0], name);
            double[] values = [.. variances.Select(variance => variance.Value)];
            double product = Math.Exp(values.Zip(sizes, (value, n) => Math.Log(value * n)).Average());
            chart = chart.Line(sizes, [.. sizes.Select(n => product / n)], new Stroke(ink, Dash.Dashed, 1.1)).ErrorBars(sizes, values, [.. variances.Select(variance => variance.Error)], ink).Markers(sizes, values, Marker.Circle, ink, label);
        }

        return new Page(1, 1, chart) { Description = Caption, ChartWidth = 560 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double[] x = [.. Sizes(outcomes[0]).Select(n => Math.Log(n))];
        return [.. Observables.Select(observable =>
        {
            Quantity[] variances = Variances(outcomes[0], observable.Name);
            var (slope, error) = SizeFit.Slope(x, [.. variances.Select(variance => Math.Log(variance.Value))], [.. variances.Select(variance => variance.Error / variance.Value)]);
            return new FigureCheck($"exponent of the variance of {observable.Name} in N", slope, -1, Deviations * error, "self-averaging; statistical(4 standard errors, one seed)");
        })];
    }

    private static double[] Sizes(Outcome outcome) => [.. Ascending(outcome).Select(Size)];

    private static Quantity[] Variances(Outcome outcome, string name) => [.. Ascending(outcome).Select(size => size.Quantity(name + "_variance"))];

    private static IEnumerable<Record> Ascending(Outcome outcome) => outcome.Result.Nested("trend").Rows("sizes").OrderBy(Size);

    private static double Size(Record size) => ((Datum.Plain)size["size"]).Value;
}
