// Nesterov's bound on iterations to a short gradient, on every problem of the laboratory.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs.Rates;

namespace Thalweg.Figures.Laboratory;

/// <summary>Gradient descent with the step 1/ℓ: no accuracy takes more than 2ℓΔf/ε² iterations.</summary>
public sealed class FirstOrderFigure : Recipe
{
    /// <inheritdoc/>
    public override string Id => "first-order-bound";

    /// <inheritdoc/>
    public override string Caption => "Iterations of gradient descent with the step 1/ℓ until the gradient is at or below *ε*, as a share of the bound 2ℓΔ*f*/*ε*²: at *ε* = 0.01, and the largest over all accuracies from the start on.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } = [Ingredient.Of(new RatesRun(), (RatesRun.Law, "first-order"))];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var page = RatesPicture.Of(outcomes[0])!;
        page.Description = Caption;
        return page;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var rows = outcomes[0].Result.Rows("rows");
        return
        [
            .. rows.Select(row => new FigureCheck($"excess over the bound, {((Datum.Text)row["problem"]).Value}", Math.Max(0, row.Quantity("share_at_any").Value - 1), 0, 0, "the descent lemma; exact")),
            new("steps that fell by less than half of η|g|²", rows.Sum(row => ((Datum.Plain)row["short_falls"]).Value), 0, 0, "ℓ holds where the walks went"),
            new("problems that come within a factor of ten of the bound at some accuracy", Math.Min(1, rows.Count(row => row.Quantity("share_at_any").Value > 0.1)), 1, 0, "the bound is no empty one"),
        ];
    }
}
