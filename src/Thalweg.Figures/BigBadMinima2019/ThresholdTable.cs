// The table of thresholds: every line of Fig. 2 at eight points, against independently derived reference values.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>Thresholds at p = 3 and 4.</summary>
public sealed class ThresholdTable : Recipe
{
    private static readonly string[] Keys = ["delta2_gf", "delta2_ml_amp", "delta2_triv"];

    // Delta_p, Delta2^GF, Delta2^ML-AMP, Delta2^triv: derived and computed independently of this code, ten digits kept.
    private static readonly double[][][] Reference =
    [
        [
            [0.5, 0.3903882032, 0.5000000000, 0.3060133228],
            [1, 0.5000000000, 0.6180339888, 0.4060494703],
            [2, 0.6180339888, 0.7320508076, 0.5220357231],
            [4, 0.7320508076, 0.8284271247, 0.6443060865],
        ],
        [
            [0.5, 0.3333333333, 0.5000000000, 0.2343149999],
            [1, 0.4342585459, 0.6180339888, 0.3199399894],
            [1.5, 0.5000000000, 0.6861406616, 0.3794501723],
            [4, 0.6666666667, 0.8284271247, 0.5459670859],
        ],
    ];

    /// <inheritdoc/>
    public override string Id => "table-thresholds";

    /// <inheritdoc/>
    public override string Caption => "Thresholds of the spiked matrix-tensor model at p = 3 and p = 4.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [5];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Reference.Select((rows, i) => Ingredient.Of(
            new PhaseRun(), (ModelParameters.TensorOrder, Readers.Text(3 + i)), (PhaseRun.TensorNoises, string.Join(',', rows.Select(row => Readers.Text(row[0])))))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        (string Key, string Label, Marker Marker, Ink Ink)[] lines =
        [
            ("delta2_ml_amp", "ML-AMP", Marker.Diamond, Palette.Blue), ("delta2_gf", "gradient flow", Marker.Circle, Palette.Black), ("delta2_triv", "trivialisation, m ≥ 0", Marker.Square, Palette.Green),
            ("delta2_triv_all_overlaps", "trivialisation, all m", Marker.Triangle, Palette.Green), ("delta2_langevin", "Langevin, T = 1 (heuristic)", Marker.Cross, Palette.Purple),
        ];
        return new Page(1, 2, [.. outcomes.Select((outcome, i) =>
        {
            var table = outcome.Table("phase");
            var chart = new Chart(FormattableString.Invariant($"p = {3 + i}")) { X = Axis.Linear("Δ_p", 0, 4.4), Y = Axis.Linear("Δ_2", 0, 1.1), Legend = LegendPlace.Below };
            foreach (var (key, label, marker, ink) in lines)
            {
                chart.Line(table["delta_p"], table[key], new Stroke(ink, Dash.Dotted, 1)).Markers(table["delta_p"], table[key], marker, ink, label);
            }

            return chart;
        })]) { Description = Caption };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int i = 0; i < outcomes.Count; i++)
        {
            var rows = outcomes[i].Result.Rows("rows");
            for (int k = 0; k < rows.Count; k++)
            {
                for (int line = 0; line < Keys.Length; line++)
                {
                    checks.Add(new(
                        FormattableString.Invariant($"{Keys[line]} at p = {3 + i}, Delta_p = {Reference[i][k][0]}"), rows[k].Quantity(Keys[line]).Value, Reference[i][k][line + 1], 1e-10,
                        "reference values derived and computed independently; ten digits kept"));
                }
            }
        }

        return checks;
    }
}
