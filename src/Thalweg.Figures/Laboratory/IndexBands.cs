// Critical points of the spherical 3-spin in bands by index: the picture of the lecture, against the law of the semicircle.
using System;
using System.Collections.Generic;
using System.Globalization;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;

namespace Thalweg.Figures.Laboratory;

/// <summary>Newton's method finds points of every index; the deeper, the fewer directions lead down.</summary>
public sealed class IndexBands : Recipe
{
    private const int N = 60, Starts = 600, Order = 3, Steps = 12;
    private const double LeastCorrelation = 0.99, LeastPoints = 300;

    /// <inheritdoc/>
    public override string Id => "index-bands";

    /// <inheritdoc/>
    public override string Caption => $"Number of negative eigenvalues at critical points of one instance of the spherical {Order}-spin, N = {N}, against their energy, found by Newton's method from starts that had gone down for up to {Steps} steps; the line is the semicircle law of many dimensions.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        Ingredient.Of(
            new CriticalPointsRun(),
            (ProblemParameters.Problem, SphericalGlass.Name),
            (ProblemParameters.Dimension, N.ToString(CultureInfo.InvariantCulture)),
            (CriticalPointsRun.Starts, Starts.ToString(CultureInfo.InvariantCulture)),
            (CriticalPointsRun.Descent, Steps.ToString(CultureInfo.InvariantCulture))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return new Page(1, 1, CriticalPointsPicture.Indices(outcomes[0].Table("points"), value => SphericalGlass.SemicircleShare(Order, value), N - 1)) { Description = Caption, ChartWidth = 560 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var result = outcomes[0].Result;
        return
        [
            new("correlation of index and law", result.Quantity("index_correlation").Value, 1, 1 - LeastCorrelation, "the semicircle law; statistical(fluctuations of order one in the index of one instance)"),
            new("critical points, as a share of those wanted", Math.Min(1, outcomes[0].Table("points").Rows / LeastPoints), 1, 0, "different values: enough of them to tell"),
        ];
    }
}
