// Phase retrieval at a random start: edge, outlier and overlap of the Hessian's lowest direction against the number of measurements.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs.Laboratory;
using Thalweg.Runs.Probe;

namespace Thalweg.Figures.Laboratory;

/// <summary>The probe on a model where the transition is exact, so that it tests the probe.</summary>
public sealed class PhaseRetrievalBbp : Recipe
{
    private const double Known = 2.16668085, KnownDigits = 5e-9, Deviations = 4;

    /// <inheritdoc/>
    public override string Id => "phase-retrieval-bbp";

    /// <inheritdoc/>
    public override string Caption => "The Hessian of phase retrieval with the loss (h² - y²)²/(a + y²), a = 0.1, at a random start, against the number of measurements per dimension: the eigenvalue toward the signal leaves the bulk at α = 2.1667 (dashed). Means over 24 instances of N = 500 with standard errors.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        Ingredient.Of(new ProbeRun(), (ProbeRun.ModelName, ProbeRun.PhaseRetrieval), (ProbeRun.IsTheory, "true"), (ProbeRun.Measurements, "1.2:9:40")),
        Ingredient.Of(new ProbeRun(), (ProbeRun.ModelName, ProbeRun.PhaseRetrieval), (ProbeRun.Measurements, "1.5,3,4,5.416702,7,8.666723"), (ProbeRun.Dimensions, "250,500"), (ProbeRun.Trials, "24")),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return new Page(1, 2, ProbePicture.Eigenvalues(outcomes[0], outcomes[1]), ProbePicture.Overlaps(outcomes[0], outcomes[1])) { Description = Caption, ChartWidth = 460 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        List<FigureCheck> checks = [new("α of the transition", outcomes[0].Result.Quantity("alpha_bbp_initial").Value, Known, KnownDigits, "found independently by another quadrature; its digits")];
        foreach (var row in outcomes[1].Result.Rows("rows").Where(row => row.Quantity("outlier").Exists && ((Datum.Plain)row["alpha"]).Value > 1.5 * Known))
        {
            string at = FormattableString.Invariant($" at α = {((Datum.Plain)row["alpha"]).Value}, in standard errors");
            checks.Add(new("lowest eigenvalue at infinite N" + at, row.Quantity("lowest_deviation").Value, 0, Deviations, "the outlier of the theory; corrections as 1/N; statistical(4 standard errors, one seed)"));
            checks.Add(new("its squared overlap" + at, row.Quantity("overlap2_deviation").Value, 0, Deviations, "the same"));
        }

        return checks;
    }
}
