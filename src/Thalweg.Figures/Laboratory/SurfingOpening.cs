// Where the states that trap the flow of the spiked model grow a negative direction toward the signal: measured openings against N, and eq. (5).
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs.Laboratory;
using Thalweg.Runs.Probe;

namespace Thalweg.Figures.Laboratory;

/// <summary>The surfing mechanism measured on drawn instances.</summary>
public sealed class SurfingOpening : Recipe
{
    private const double Deviations = 3;

    /// <inheritdoc/>
    public override string Id => "surfing-opening";

    /// <inheritdoc/>
    public override string Caption => "The strength of the matrix, in units of the bulk of the Hessian, at which the states where gradient flow ends with its overlap held at zero grow a negative direction toward the signal, against *N*^{-2/3}: means with standard errors, the limits of straight lines (diamonds), and eq. (5), which is 1 for every Δ_p.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [5];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        Ingredient.Of(new ProbeRun(), (ProbeRun.ModelName, ProbeRun.Spiked), (ProbeRun.TensorNoises, "0.5,1,2"), (ProbeRun.Dimensions, "100,200,400"), (ProbeRun.Trials, "8")),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return new Page(1, 1, ProbePicture.Openings(outcomes[0].Result.Rows("rows"))) { Description = Caption, ChartWidth = 560 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return
        [
            .. outcomes[0].Result.Rows("rows").Select(row => new FigureCheck(
                FormattableString.Invariant($"1/Δ_2 of the opening at infinite N for Δ_p = {((Datum.Plain)row["delta_p"]).Value}"), row.Quantity("inv_delta2_limit").Value, row.Quantity("inv_delta2_opening").Value,
                Deviations * row.Quantity("inv_delta2_limit").Error, "eq. (5); corrections as N^-2/3, the scale of eigenvalues at the edge; statistical(3 standard errors, one seed)")),
        ];
    }
}
