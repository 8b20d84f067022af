// ML-AMP and Bayes-AMP on drawn instances over their state evolution.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.FiniteSize;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>The algorithms behind the message-passing lines of Fig. 2.</summary>
public sealed class MessagePassingFigure : Recipe
{
    private const int N = 600, Trials = 12;
    private const double Deviations = 4;
    private static readonly string[] Kinds = ["ml", "bayes"];

    /// <inheritdoc/>
    public override string Id => "message-passing";

    /// <inheritdoc/>
    public override string Caption => $"Message passing for maximum likelihood (top) and Bayes-optimal (bottom) on drawn instances, p = 3, Δ_p = 1, 1/Δ_2 = 2.7, N = {N}, {Trials} each (thin), from an overlap of 0.2: means with standard errors over state evolution, and their distance from it.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [3];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Kinds.Select(kind => Ingredient.Of(
            new AmpRun(),
            (ModelParameters.InverseMatrixNoise, "2.7"),
            (InstanceParameters.Dimension, N.ToString(CultureInfo.InvariantCulture)),
            (InstanceParameters.Trials, Trials.ToString(CultureInfo.InvariantCulture)),
            (AmpRun.Kind, kind),
            (AmpRun.Start, "0.2"),
            (AmpRun.Iterations, "40"),
            (AmpRun.Tolerance, "1e-3"))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return new Page(2, 2, [.. outcomes.SelectMany(FiniteSizePicture.Iterations)]) { Description = Caption, ChartWidth = 460 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int i = 0; i < outcomes.Count; i++)
        {
            foreach (var row in outcomes[i].Result.Rows("iterations").Skip(1))
            {
                Quantity mean = row.Quantity("m"), theory = row.Quantity("m_state_evolution");
                checks.Add(new($"{Kinds[i]}: overlap at iteration {((Datum.Plain)row["k"]).Value}", mean.Value, theory.Value, Deviations * mean.Error + 3.0 / N, "state evolution; statistical(4 standard errors, one seed), and a bias of order 1/N"));
            }
        }

        return checks;
    }
}
