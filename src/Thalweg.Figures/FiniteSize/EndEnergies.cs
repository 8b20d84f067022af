// Where gradient flow ends at finite N: near the threshold energy, not at the deeper minima.
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

/// <summary>Mean energies at the end of the flow against N, for the pure 3-spin, whose threshold lies well above its lowest minima.</summary>
public sealed class EndEnergies : Recipe
{
    private const string Model = "0.5 x^3";
    private const int N = 256, Trials = 24;
    private const double Deviations = 4, Exponent = -2.0 / 3;

    private static readonly int[] Smaller = [32, 64, 128];

    /// <inheritdoc/>
    public override string Id => "end-energies";

    /// <inheritdoc/>
    public override string Caption =>
        $"Mean energy where gradient flow from a random start ends (t = 200) in the pure 3-spin Q(x) = x³/2 against *N*^{-2/3}, with standard errors; {Trials} instances at N = {N}, more at smaller N. The line through them ends near the threshold energy at infinite N, above the lowest minima.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [4];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        Ingredient.Of(
            new SimulateRun(),
            (ModelParameters.Mixture, Model),
            (InstanceParameters.Dimension, N.ToString(CultureInfo.InvariantCulture)),
            (SimulateRun.Trend, string.Join(',', Smaller)),
            (InstanceParameters.Trials, Trials.ToString(CultureInfo.InvariantCulture)),
            (SimulateRun.Method, SimulateRun.Stabilised),
            (SimulateRun.Time, "200"),
            (SimulateRun.Tolerance, "1e-4")),
        Ingredient.Of(new ComplexityRun(), (ModelParameters.Mixture, Model)),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var (x, energies) = Ends(outcomes[0]);
        var (limit, _) = Limit(x, energies);
        double threshold = Landmark(outcomes, "e_threshold"), lowest = Landmark(outcomes, "e_zero_minima"), furthest = 1.1 * x.Max();
        double[] values = [.. energies.Select(energy => energy.Value)];
        double slope = (PolynomialFit.Weighted(x, values, [.. energies.Select(energy => energy.Error)], 1, furthest).Value - limit) / furthest;
        var chart = new Chart("Where gradient flow ends") { X = Axis.Linear("*N*^{-2/3}", 0, furthest), Y = Axis.Linear("energy ε", lowest - 0.01, values.Max() + 0.03), Legend = LegendPlace.Below }
            .HorizontalLine(threshold, new Stroke(Palette.Red, Dash.Solid, 1.4), "threshold energy")
            .HorizontalLine(lowest, new Stroke(Palette.Black, Dash.Dashed, 1.4), "lowest minima")
            .Line([0, furthest], [limit, limit + slope * furthest], new Stroke(Palette.Sky, Dash.Solid, 1.2))
            .ErrorBars(x, values, [.. energies.Select(energy => energy.Error)], Palette.Blue)
            .Markers(x, values, Marker.Circle, Palette.Blue, "mean of the instances");
        return new Page(1, 1, chart) { Description = Caption, ChartWidth = 560 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var (x, energies) = Ends(outcomes[0]);
        var (limit, error) = Limit(x, energies);
        double threshold = Landmark(outcomes, "e_threshold"), lowest = Landmark(outcomes, "e_zero_minima");
        return
        [
            new("end energy at infinite N", limit, threshold, Deviations * error, "the threshold energy; corrections as N^-2/3, the scale of eigenvalues at the edge; statistical(4 standard errors, one seed)"),
            new("distance from the lowest minima at infinite N, in standard errors", Math.Min(Deviations, (limit - lowest) / error), Deviations, 0, "the flow ends above the minima that are deeper than the threshold"),
        ];
    }

    private static (double[] X, Quantity[] Energies) Ends(Outcome outcome)
    {
        var sizes = outcome.Result.Nested("trend").Rows("sizes");
        return ([.. sizes.Select(size => Math.Pow(((Datum.Plain)size["size"]).Value, Exponent))], [.. sizes.Select(size => size.Quantity("energy"))]);
    }

    private static (double Value, double Error) Limit(double[] x, Quantity[] energies) => PolynomialFit.Weighted(x, [.. energies.Select(energy => energy.Value)], [.. energies.Select(energy => energy.Error)], 1, 0);

    private static double Landmark(IReadOnlyList<Outcome> outcomes, string name) => outcomes[1].Result.Rows("rows")[0].Quantity(name).Value;
}
