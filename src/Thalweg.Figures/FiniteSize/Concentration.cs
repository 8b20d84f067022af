// Concentration: variances over instances fall as 1/N, so that one trajectory is the mean one at infinite N.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Numerics.Series;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.FiniteSize;

namespace Thalweg.Figures.FiniteSize;

/// <summary>Variances of overlap, correlation, energy and multiplier at one time against N.</summary>
public sealed class Concentration : Recipe
{
    private const int LeastTrials = 24;
    private const double Deviations = 4;

    private static readonly int[] Sizes = [40, 80, 160, 320];

    private static readonly (string Name, string Label, Ink Ink)[] Observables = [("mu", "multiplier μ", Palette.Red), ("energy", "energy ε", Palette.Blue), ("m", "overlap *m*", Palette.Green), ("c", "correlation *C*(2, ½)", Palette.Purple)];

    /// <inheritdoc/>
    public override string Id => "concentration";

    /// <inheritdoc/>
    public override string Caption =>
        FormattableString.Invariant($"Variances over drawn instances at t = 2 from an overlap of 0.5, p = 3, Δ_p = 1, 1/Δ_2 = 2.3, against N, and lines that fall as 1/N; {LeastTrials} instances of N = {Sizes[^1]}, more at smaller N.");

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [4];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Sizes.Select(n => Ingredient.Of(
            new SimulateRun(),
            (InstanceParameters.Dimension, n.ToString(CultureInfo.InvariantCulture)),
            (InstanceParameters.Trials, Trials(n).ToString(CultureInfo.InvariantCulture)),
            (SimulateRun.Start, "0.5"),
            (SimulateRun.Time, "2"),
            (RecordParameters.Waiting, "0.5"),
            (SimulateRun.Tolerance, "1e-5"))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double[] n = [.. Sizes.Select(size => (double)size)];
        var all = Observables.SelectMany(observable => Variances(outcomes, observable.Name)).ToArray();
        var chart = new Chart("Variances over instances") { X = Axis.Log("*N*", 0.8 * n[0], 1.25 * n[^1]), Y = Axis.Log("variance", 0.4 * all.Min(variance => variance.Value), 2.5 * all.Max(variance => variance.Value)), Legend = LegendPlace.Below };
        foreach (var (name, label, ink) in Observables)
        {
            var variances = Variances(outcomes, name);
            double[] values = [.. variances.Select(variance => variance.Value)];
            double product = Math.Exp(values.Zip(n, (value, size) => Math.Log(value * size)).Average());
            chart = chart.Line(n, [.. n.Select(size => product / size)], new Stroke(ink, Dash.Dashed, 1.1)).ErrorBars(n, values, [.. variances.Select(variance => variance.Error)], ink).Markers(n, values, Marker.Circle, ink, label);
        }

        return new Page(1, 1, chart) { Description = Caption, ChartWidth = 560 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double[] x = [.. Sizes.Select(n => Math.Log(n))];
        return [.. Observables.Select(observable =>
        {
            var variances = Variances(outcomes, observable.Name);
            var (slope, error) = PolynomialFit.Slope(x, [.. variances.Select(variance => Math.Log(variance.Value))], [.. variances.Select(variance => variance.Error / variance.Value)]);
            return new FigureCheck($"exponent of the variance of {observable.Name} in N", slope, -1, Deviations * error, "self-averaging; statistical(4 standard errors, one seed)");
        })];
    }

    private static int Trials(int n) => LeastTrials * Sizes[^1] / n;

    // From the standard errors of the means; their own errors are those of normal outcomes.
    private static (double Value, double Error)[] Variances(IReadOnlyList<Outcome> outcomes, string name) => [.. outcomes.Zip(Sizes, (outcome, n) =>
    {
        var mean = (name == "c" ? outcome.Result.Rows("waiting")[0] : outcome.Result.Nested("final")).Quantity(name);
        double variance = mean.Error * mean.Error * Trials(n);
        return (variance, variance * Math.Sqrt(2.0 / (Trials(n) - 1)));
    })];
}
