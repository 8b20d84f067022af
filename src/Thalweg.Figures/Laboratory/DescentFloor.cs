// The floor that gradient descent reaches in the spherical 3-spin: the energies of its minima and their lowest eigenvalues, extrapolated in N.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Numerics.Series;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Figures.Laboratory;

/// <summary>Descent from a random start ends at -E∞, above the deepest minima at -E_0, where the spectrum of the Hessian touches zero.</summary>
public sealed class DescentFloor : Recipe
{
    private const int Order = 3;
    private const double Deviations = 4, Power = -2.0 / 3;

    private static readonly (int N, int Trials)[] Sizes = [(30, 240), (60, 120), (120, 48), (240, 16)];

    /// <inheritdoc/>
    public override string Id => "descent-floor";

    /// <inheritdoc/>
    public override string Caption => $"Minima of the spherical 3-spin where gradient flow from a random start and then Newton's method end, with standard errors over {Sizes[0].Trials} to {Sizes[^1].Trials} instances, against *N*^{{-2/3}}. Left: their energy, which tends to −*E*_{{∞}}, above the deepest minima. Right: their lowest eigenvalue, which tends to zero.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Sizes.Select(size => Ingredient.Of(new HessianRun(), (ModelParameters.Mixture, $"x^{Order}"), (HessianRun.Dimension, Text(size.N)), (HessianRun.Trials, Text(size.Trials)), (HessianRun.Time, "200"))),
        Ingredient.Of(new ComplexityRun(), (ModelParameters.Mixture, $"x^{Order}")),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double floor = Landmark(outcomes, "e_threshold"), lowest = Landmark(outcomes, "e_zero_minima");
        var energy = Panel("Energy", "energy", Axis.Linear("energy of the minima", lowest - 0.02, -1.42), Measured(outcomes, "energy"))
            .HorizontalLine(floor, new Stroke(Palette.Red, Dash.Solid, 1.4), "−*E*_{∞}").HorizontalLine(lowest, new Stroke(Palette.Black, Dash.Dashed, 1.2), "−*E*_{0}");
        return new Page(1, 2, energy, Panel("Lowest eigenvalue", "lowest", Axis.Linear("lowest eigenvalue", -0.05, 0.6), Measured(outcomes, "lowest")).HorizontalLine(0)) { Description = Caption, ChartWidth = 460 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double floor = Landmark(outcomes, "e_threshold"), lowest = Landmark(outcomes, "e_zero_minima");
        var (energy, energyError) = At(Measured(outcomes, "energy"), 0);
        var (eigenvalue, eigenvalueError) = At(Measured(outcomes, "lowest"), 0);
        const string statistical = "statistical(4 standard errors, one seed); corrections as N^-2/3, the scale of eigenvalues at the edge";
        return
        [
            new("energy at infinite N", energy, floor, Deviations * energyError, "-E∞ = -2 sqrt(2/3); " + statistical),
            new("distance from -E_0, in standard errors", Math.Min(Deviations, (energy - lowest) / energyError), Deviations, 0, "descent does not reach the deepest minima"),
            new("lowest eigenvalue at infinite N", eigenvalue, 0, Deviations * eigenvalueError, "minima at -E∞ are marginal; " + statistical),
            new("instances whose descent ended at no minimum", outcomes.Take(Sizes.Length).Sum(outcome => Plain(outcome, "trials") - Plain(outcome, "converged")), 0, 0, "each has one"),
        ];
    }

    private static Chart Panel(string title, string key, Axis axis, Quantity[] means)
    {
        double[] x = [.. Sizes.Select(size => Math.Pow(size.N, Power))], values = [.. means.Select(mean => mean.Value)], errors = [.. means.Select(mean => mean.Error)];
        double end = 1.1 * x[0];
        return new Chart(title) { X = Axis.Linear("*N*^{-2/3}", 0, end), Y = axis, Legend = LegendPlace.Below }
            .Line([0, end], [At(means, 0).Value, At(means, end).Value], new Stroke(Palette.Sky, Dash.Solid, 1.2))
            .ErrorBars(x, values, errors, Palette.Blue)
            .Markers(x, values, Marker.Circle, Palette.Blue, key == "energy" ? "mean of the minima" : "mean of their lowest eigenvalues");
    }

    private static (double Value, double Error) At(Quantity[] means, double place) =>
        PolynomialFit.Weighted([.. Sizes.Select(size => Math.Pow(size.N, Power))], [.. means.Select(mean => mean.Value)], [.. means.Select(mean => mean.Error)], 1, place);

    private static Quantity[] Measured(IReadOnlyList<Outcome> outcomes, string key) => [.. outcomes.Take(Sizes.Length).Select(outcome => outcome.Result.Nested("measured").Quantity(key))];

    private static double Plain(Outcome outcome, string key) => ((Datum.Plain)outcome.Result.Nested("measured")[key]).Value;

    private static double Landmark(IReadOnlyList<Outcome> outcomes, string name) => outcomes[^1].Result.Rows("rows")[0].Quantity(name).Value;

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
