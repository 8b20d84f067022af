// How long gradient flow surfs before it finds the signal: the time grows with the logarithm of N.
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

/// <summary>Median escape times from an overlap of 2/sqrt(N), beside those of the two-time equations from there.</summary>
public sealed class EscapeTimes : Recipe
{
    private const int Edges = 240, Trials = 12;
    private const double Strength = 2.7, Deviations = 4, Share = 0.1;

    private static readonly int[] Sizes = [500, 2000, 8000];

    /// <inheritdoc/>
    public override string Id => "escape-times";

    /// <inheritdoc/>
    public override string Caption =>
        FormattableString.Invariant($"Median time at which gradient flow from an overlap of 2/√N passes half of m_ML, p = 3, Δ_p = 1, 1/Δ_2 = {Strength}, {Trials} sparse instances of {Edges} edges a variable at each N, beside the time at which the two-time equations do from there: it grows as ln N.");

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [4, 8, 9, 10, 11];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Sizes.Select(n => Ingredient.Of(
            new SimulateRun(),
            (ModelParameters.InverseMatrixNoise, Readers.Text(Strength)),
            (InstanceParameters.Dimension, n.ToString(CultureInfo.InvariantCulture)),
            (InstanceParameters.Diluted, Edges.ToString(CultureInfo.InvariantCulture)),
            (InstanceParameters.Trials, Trials.ToString(CultureInfo.InvariantCulture)),
            (SimulateRun.Start, Readers.Text(Math.Round(2 / Math.Sqrt(n), 4))),
            (SimulateRun.Method, SimulateRun.Stabilised),
            (SimulateRun.Time, "40"),
            (SimulateRun.Tolerance, "1e-4"))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double[] n = [.. Sizes.Select(size => (double)size)];
        Quantity[] medians = Medians(outcomes);
        bool[] found = [.. medians.Select(median => median.Exists)];
        double[] values = [.. medians.Select(median => median.Exists ? median.Value : 0)], errors = [.. medians.Select(median => median.Exists ? median.Error : 0)], theory = [.. outcomes.Select(Theory)];
        var chart = new Chart("Escape from the threshold states") { X = Axis.Log("*N*", 0.7 * n[0], 1.4 * n[^1]), Y = Axis.Linear("escape time *t*", 0, 1.3 * theory.Concat(values).Max()), Legend = LegendPlace.Below }
            .Line(n, theory, new Stroke(Palette.Red, Dash.Solid, 1.6), "infinite *N*, from 2/√*N*")
            .ErrorBars(n, values, errors, Palette.Blue, null, found)
            .Markers(n, values, Marker.Circle, Palette.Blue, "median of the instances", found);
        return new Page(1, 1, chart) { Description = Caption, ChartWidth = 560 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        Quantity[] medians = Medians(outcomes);
        if (medians.FirstOrDefault(median => !median.Exists) is { Exists: false, Why: { } why })
        {
            return [new("escape times", 0, 1, 0, why)];
        }

        double[] x = [.. Sizes.Select(n => Math.Log(n))], theory = [.. outcomes.Select(Theory)], errors = [.. medians.Select(median => median.Error)];
        var (slope, error) = PolynomialFit.Slope(x, [.. medians.Select(median => median.Value)], errors);
        double expected = PolynomialFit.Slope(x, theory, errors).Value;
        return [new("growth of the escape time with ln N", slope, expected, Deviations * error + Share * expected, "the two-time equations from the same overlaps; statistical(4 standard errors, one seed), and a rate that is off by order 1/c")];
    }

    private static Quantity[] Medians(IReadOnlyList<Outcome> outcomes) => [.. outcomes.Select(outcome => outcome.Result.Quantity("escape_time"))];

    // When the overlap of infinite N passes half of m_ML, between two rows.
    private static double Theory(Outcome outcome)
    {
        Table table = outcome.Table("times");
        double[] t = table["t"].Values, m = table["m_two_time"].Values;
        double level = 0.5 * outcome.Result.Quantity("m_ml").Value;
        int after = Array.FindIndex(m, value => value > level);
        return after < 1 ? t[^1] : t[after - 1] + (t[after] - t[after - 1]) * (level - m[after - 1]) / (m[after] - m[after - 1]);
    }
}
