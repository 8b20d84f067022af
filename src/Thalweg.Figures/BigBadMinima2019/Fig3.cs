// Fig. 3: complexity of the critical points at zero overlap for 1/Delta_2 = 2.7, 2.3, 1.9.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>Fig. 3 of Sarao Mannelli et al. 2019: p = 3, Δ_p = 1, m = 0.</summary>
/// <remarks>The complexity at threshold is 1e-4 to 1e-3: the axes show a window of that height around the threshold energy.</remarks>
public sealed class Fig3 : Recipe
{
    private static readonly (double InverseMatrixNoise, string Range)[] Panels = [(2.7, "-1.924:-1.906"), (2.3, "-1.8155:-1.7975"), (1.9, "-1.6975:-1.6795")];

    /// <inheritdoc/>
    public override string Id => "fig3";

    /// <inheritdoc/>
    public override string Caption =>
        "Complexity of stationary points at m = 0, p = 3, Δ_p = 1 (Fig. 3 of Sarao Mannelli et al. 2019): dotted where the index is extensive, dashed where it is one, full for minima.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [6];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Panels.Select(panel => Ingredient.Of(new ComplexityRun(), (ModelParameters.InverseMatrixNoises, Readers.Text(panel.InverseMatrixNoise)), (ComplexityRun.EnergyRange, panel.Range))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var charts = Panels.Select((panel, i) => ComplexityPicture.Of(
            outcomes[i].Table("curves"),
            FormattableString.Invariant($"1/Δ_2 = {panel.InverseMatrixNoise}"),
            FigurePoints.InkOf(panel.InverseMatrixNoise),
            outcomes[i].Result.Rows("rows")[0].Quantity("e_threshold").Value,
            (-1e-3, 2e-3)));
        return new Page(1, 3, [.. charts]) { ChartWidth = 340, Description = Caption };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        const string notes = "derived and computed independently; twelve digits kept";
        double[] threshold = [-1.91653780695, -1.80816702616], complexity = [0.000150929784356, 0.000228766560513];
        var checks = new List<FigureCheck>();
        for (int i = 0; i < 2; i++)
        {
            var row = outcomes[i].Result.Rows("rows")[0];
            checks.Add(new($"threshold energy at {Panels[i].InverseMatrixNoise}", row.Quantity("e_threshold").Value, threshold[i], 1e-11, notes));
            checks.Add(new($"complexity at threshold at {Panels[i].InverseMatrixNoise}", row.Quantity("complexity_at_threshold").Value, complexity[i], 1e-15, notes));
        }

        // What the published panels show: no minima of positive complexity at 2.7, some at 2.3, minima dominating below threshold at 1.9.
        double[] most = [.. outcomes.Select(outcome => MostMinima(outcome.Table("curves")))];
        checks.Add(new("2.7: minima with positive complexity in the window", most[0] > 0 ? 1 : 0, 0, 0, "panel (a): the landscape is trivial"));
        checks.Add(new("2.3: minima with positive complexity in the window", most[1] > 0 ? 1 : 0, 1, 0, "panel (b): spurious minima exist"));
        checks.Add(new("1.9: minima dominate below threshold", DominatingMinima(outcomes[2].Table("curves")) ? 1 : 0, 1, 0, "panel (c): theta < 1"));
        return checks;
    }

    private static double MostMinima(Table table)
    {
        double most = double.NegativeInfinity;
        for (int i = 0; i < table.Rows; i++)
        {
            most = table["complexity_minima"].Has(i) ? Math.Max(most, table["complexity_minima"].Values[i]) : most;
        }

        return most;
    }

    private static bool DominatingMinima(Table table) =>
        Enumerable.Range(0, table.Rows).Any(i => table["kind"].Values[i] == 2 && table["complexity"].Values[i] > 0) && !table["kind"].Values.Contains(1);
}
