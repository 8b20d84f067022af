// Annealed against quenched complexity along the overlap: how close the bound is that the paper's figures use.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>The comparison that the paper's text makes at m = 0 ("either very close numerically or possibly equal"), continued to m &gt; 0 where the two part.</summary>
public sealed class AnnealedQuenched : Recipe
{
    private static readonly double[] Strengths = [1.5, 1.9];

    /// <inheritdoc/>
    public override string Id => "annealed-quenched";

    /// <inheritdoc/>
    public override string Caption => "Complexity of all stationary points against their overlap with the signal, p = 3, Δ_p = 1: the annealed bound and the typical (quenched) value, which leaves off where its branch ends.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
        [.. Strengths.Select(u => Ingredient.Of(new ComplexityRun(), (ModelParameters.InverseMatrixNoises, Readers.Text(u)), (ComplexityRun.Overlap, "0.3"), (ComplexityRun.Quenched, "true")))];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return new Page(1, outcomes.Count, [.. outcomes.Select((outcome, i) => OverlapPicture.Of(outcome.Table("overlaps"), FormattableString.Invariant($"1/Δ_2 = {Strengths[i]}"), FigurePoints.InkOf(Strengths[i])))])
        {
            Description = Caption,
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var row = outcomes[0].Result.Rows("rows")[0];
        const string notes = "derived and computed independently; the digits kept";
        var checks = new List<FigureCheck>
        {
            new("quenched at 1.5, m = 0.3", row.Quantity("complexity_all_energies_quenched").Value, 0.07418752, 1e-8, notes),
            new("annealed at 1.5, m = 0.3", row.Quantity("complexity_all_energies").Value, 0.08113158, 1e-8, notes),
        };
        for (int i = 0; i < outcomes.Count; i++)
        {
            var table = outcomes[i].Table("overlaps");
            var quenched = table["quenched"];
            double excess = 0;
            for (int k = 0; k < table.Rows; k++)
            {
                excess = quenched.Has(k) ? Math.Max(excess, quenched.Values[k] - table["annealed"].Values[k]) : excess;
            }

            checks.Add(new(FormattableString.Invariant($"quenched above annealed at {Strengths[i]}"), excess, 0, 1e-14, "Jensen's inequality; rounding"));
            checks.Add(new(FormattableString.Invariant($"both at m = 0, {Strengths[i]}"), quenched.Values[0], table["annealed"].Values[0], 1e-14, "equal where uncorrelated replicas are the saddle; rounding"));
        }

        return checks;
    }
}
