// Fig. 4 left at finite N: measured spectra of the states that trap a flow, over the theory, at the four points.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>Eqs. (6) and (7) on drawn instances: histograms, and where the isolated eigenvalue belongs.</summary>
public sealed class Fig4LeftMeasured : Recipe
{
    private const int N = 200, Trials = 8;
    private const double Deviations = 4, Critical = 2;

    /// <inheritdoc/>
    public override string Id => "fig4-left-measured";

    /// <inheritdoc/>
    public override string Caption =>
        $"Eigenvalues of the Hessian at the minima that Newton's method finds after gradient flow to *t* = 100 with the overlap held at zero, p = 3, Δ_p = 1, N = {N}, {Trials} instances each, moved to their mean μ; the curve is the theory there, the arrow its isolated eigenvalue (Fig. 4 left of Sarao Mannelli et al. 2019 at finite N).";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [4, 6, 7];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. FigurePoints.All.Select(point => Ingredient.Of(
            new HessianRun(), (ModelParameters.InverseMatrixNoise, Readers.Text(point.InverseMatrixNoise)), (HessianRun.Dimension, N.ToString(CultureInfo.InvariantCulture)), (HessianRun.Trials, Trials.ToString(CultureInfo.InvariantCulture)))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes) => FigurePoints.Page(outcomes, FiniteSizePicture.Spectrum, Caption);

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int i = 0; i < outcomes.Count; i++)
        {
            double u = FigurePoints.All[i].InverseMatrixNoise;
            var measured = outcomes[i].Result.Nested("measured");
            checks.Add(new($"distance of the bulk from the semicircle at {u}", measured.Quantity("semicircle_distance").Value, 0, 5.0 / N, "eigenvalues are rigid: the distance of one instance is of order ln N/N"));
            if (u > Critical)
            {
                Quantity difference = measured.Quantity("outlier_difference"), overlap = measured.Quantity("outlier_overlap2");
                checks.Add(new($"isolated eigenvalue at {u}", difference.Value, 0, Deviations * difference.Error + Bias(outcomes[i]), "eq. (7) with the measured multiplier; statistical(4 standard errors, one seed), and a bias of the order of the bulk's width/N^(2/3) next to the edge"));
                checks.Add(new($"its overlap with the signal at {u}", overlap.Value, outcomes[i].Result.Quantity("outlier_overlap2").Value, Deviations * overlap.Error + Math.Pow(N, -1.0 / 3), "1 - 1/theta^2; statistical(4 standard errors, one seed), and a bias that vanishes like a power of N next to the transition"));
                checks.Add(new($"negative eigenvalues at {u}", measured.Quantity("index").Value, 1, 0.5, "one direction is open"));
            }
        }

        return checks;
    }

    private static double Bias(Outcome outcome) => (outcome.Result.Quantity("bulk_right").Value - outcome.Result.Quantity("bulk_left").Value) * Math.Pow(N, -2.0 / 3);
}
