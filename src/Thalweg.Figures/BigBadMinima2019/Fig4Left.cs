// Fig. 4, left panel: the spectrum of the Hessian at the threshold states of the four points.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>Fig. 4 left of Sarao Mannelli et al. 2019.</summary>
public sealed class Fig4Left : Recipe
{
    /// <inheritdoc/>
    public override string Id => "fig4-left";

    /// <inheritdoc/>
    public override string Caption => "Eigenvalue density of the Hessian at threshold states, p = 3, Δ_p = 1 (Fig. 4 left of Sarao Mannelli et al. 2019); arrows mark the isolated eigenvalue.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [6, 7];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
        [.. FigurePoints.All.Select(point => Ingredient.Of(new HessianRun(), (ModelParameters.InverseMatrixNoise, Readers.Text(point.InverseMatrixNoise))))];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var spectra = FigurePoints.All.Select((point, i) =>
            (outcomes[i].Table("spectrum"), outcomes[i].Result.Quantity("outlier"), FormattableString.Invariant($"1/Δ_2 = {point.InverseMatrixNoise}"), point.Ink)).ToArray();
        return new Page(1, 2, SpectrumPicture.Of(spectra, "Hessian at the threshold energy"), SpectrumPicture.Of(spectra, "The same near zero", (-0.15, 0.25))) { Description = Caption };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int i = 0; i < outcomes.Count; i++)
        {
            double u = FigurePoints.All[i].InverseMatrixNoise;
            checks.Add(new($"area under the density at {u}", Area(outcomes[i].Table("spectrum")), 1, 2e-5, "a density; converged(trapezium on 401 points crowding at the edges, O(n^-2))"));
            checks.Add(new($"left edge at {u}", outcomes[i].Result.Quantity("bulk_left").Value, 0, 1e-14, "at threshold the bulk touches zero"));
            checks.Add(new($"an eigenvalue apart at {u}", outcomes[i].Result.Quantity("outlier").Exists ? 1 : 0, u > 2 ? 1 : 0, 0, "the transition lies at 1/Delta_2 = 2, eq. (5)"));
        }

        checks.Add(new("outlier at 2.3", outcomes[2].Result.Quantity("outlier").Value, -0.0222769467258, 1e-12, "derived and computed independently; twelve digits kept"));
        checks.Add(new("outlier at 2.7", outcomes[3].Result.Quantity("outlier").Value, -0.104844063005, 1e-12, "derived and computed independently; twelve digits kept"));
        return checks;
    }

    private static double Area(Table table)
    {
        double[] x = table["eigenvalue"].Values, y = table["density"].Values;
        double sum = 0;
        for (int i = 1; i < x.Length; i++)
        {
            sum += 0.5 * (x[i] - x[i - 1]) * (y[i] + y[i - 1]);
        }

        return sum;
    }
}
