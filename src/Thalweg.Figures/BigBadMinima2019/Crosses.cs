// The crosses of Fig. 2: thresholds measured from the dynamics on the line of eq. (5).
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>The crosses of Fig. 2 of Sarao Mannelli et al. 2019, from growth rates of an infinitesimal overlap instead of times of convergence.</summary>
public sealed class Crosses : Recipe
{
    private const string Measurement = "measured";
    private const double Asked = 1e-3, Room = 1.3;

    private static readonly double[] Noises = [0.25, 0.5, 1, 1.5, 2.5, 3.5];

    /// <inheritdoc/>
    public override string Id => "crosses";

    /// <inheritdoc/>
    public override string Caption =>
        "The gradient-flow threshold measured from the dynamics alone (crosses) on the phase diagram of p = 3, Fig. 2 of Sarao Mannelli et al. 2019, whose dashed line is eq. (5). The errors are far smaller than the crosses: below, the relative difference from eq. (5) with its error bars.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [5];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        Ingredient.Of(new PhaseRun(), (ModelParameters.TensorOrder, "3"), (PhaseRun.TensorNoises, Fig2.Noises)),
        .. Noises.Select(noise => Ingredient.Of(new ThresholdRun(), (ModelParameters.TensorOrder, "3"), (ModelParameters.TensorNoise, Readers.Text(noise)))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var table = outcomes[0].Table("phase");
        var measured = Measured(outcomes, "inv_delta2_gf_dynamics");
        bool[] found = [.. measured.Select(quantity => quantity.Exists)];
        double[] values = [.. measured.Select(quantity => quantity.Exists ? quantity.Value : 0)], errors = [.. measured.Select(quantity => quantity.Exists ? quantity.Error : 0)];
        var diagram = PhasePicture.Of(table, "Thresholds from the dynamics, p = 3", [], 4).Markers(Noises, values, Marker.Cross with { Size = 11 }, Palette.Black, Measurement, found);
        diagram.Legend = LegendPlace.Below;

        double[] lines = [.. Measured(outcomes, "inv_delta2_gf").Select(quantity => quantity.Value)];
        double[] deviations = [.. values.Zip(lines, (value, line) => value / line - 1)], relative = [.. errors.Zip(lines, (error, line) => error / line)];
        double reach = Room * Enumerable.Range(0, Noises.Length).Where(i => found[i]).Select(i => Math.Abs(deviations[i]) + relative[i]).DefaultIfEmpty(Asked).Max();
        var difference = new Chart("What is left against eq. (5)") { X = diagram.X, Y = Axis.Linear("relative difference", -reach, reach), Legend = LegendPlace.Below }
            .HorizontalLine(0, new Stroke(Palette.Black, Dash.Dashed, 2), "gradient flow, eq. (5)")
            .ErrorBars(Noises, deviations, relative, Palette.Black, Measurement, found)
            .Markers(Noises, deviations, Marker.Cross, Palette.Black, Measurement, found);
        return new Page(2, 1, diagram, difference) { ChartWidth = 680, ChartHeight = 370, Description = Caption };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        Quantity[] measured = Measured(outcomes, "delta2_gf_dynamics"), lines = Measured(outcomes, "delta2_gf");
        var checks = new List<FigureCheck>();
        for (int i = 0; i < Noises.Length; i++)
        {
            string name = FormattableString.Invariant($"threshold at Delta_p = {Noises[i]}");
            if (!measured[i].Exists)
            {
                checks.Add(new(name, 0, lines[i].Value, 0, measured[i].Why!));
                continue;
            }

            checks.Add(new(name, measured[i].Value, lines[i].Value, measured[i].Error, "eq. (5), within the error that the measurement reports"));
            checks.Add(new($"relative error of the {name}", measured[i].Error / measured[i].Value, 0, Asked, "the default tolerance of the command"));
        }

        return checks;
    }

    private static Quantity[] Measured(IReadOnlyList<Outcome> outcomes, string name) => [.. outcomes.Skip(1).Select(outcome => outcome.Result.Quantity(name))];
}
