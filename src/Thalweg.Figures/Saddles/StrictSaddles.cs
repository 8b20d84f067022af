// The strict-saddle check of the zoo: every critical point above the lowest value has a direction that leads down, but for the one problem made to show that it need not.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;

namespace Thalweg.Figures.Saddles;

/// <summary>Known critical points and those that Newton's method finds from random starts: f above f* must mean λ_min ≤ -c, with the c of the theorem where it gives one.</summary>
public sealed class StrictSaddles : Recipe
{
    private const string Exception = "flat-valley";
    // Beside a flat direction a point with a gradient of 1e-10 may be off by its root, and an eigenvalue by as much.
    private const double SameValue = 1e-7, Found = 1e-5;

    // Problem, its size, starts and their spread; c where a theorem or a closed form gives one, and from where.
    private static readonly (string Problem, (Parameter, string)[] Size, int Starts, double Spread, double? Least, string Why)[] Zoo =
    [
        ("psd-factorization", [(ProblemParameters.Dimension, "8")], 150, 1, 1, "c = λ_r(M) = 1, which is reached where only the weakest component is missing"),
        ("asymmetric-factorization", [(ProblemParameters.Dimension, "6"), (ProblemParameters.Rank, "2")], 100, 2, 1, "c = σ_r(M) = 1: a missing component k of a free column has -σ_k, and where only the weakest is missing that is -σ_r"),
        ("matrix-sensing", [(ProblemParameters.Dimension, "6"), (ProblemParameters.Rank, "2"), (ProblemParameters.Samples, "60")], 100, 2, null, string.Empty),
        ("matrix-completion", [(ProblemParameters.Dimension, "12"), (ProblemParameters.Rank, "1"), (ProblemParameters.Coverage, "0.6")], 100, 2, null, string.Empty),
        ("tensor", [(ProblemParameters.Dimension, "8")], 150, 1, 1, "c = 8/d = 1, which is reached at the point of all components"),
        ("components", [(ProblemParameters.Dimension, "3")], 100, 1, null, string.Empty),
        ("quadratic-network", [(ProblemParameters.Dimension, "3"), (ProblemParameters.Rank, "3"), (ProblemParameters.Samples, "20")], 100, 2, null, string.Empty),
        ("tube", [(ProblemParameters.Dimension, "5")], 0, 1, 2, "c = 2γ = 2 at the saddles that are known"),
        ("nesterov", [], 50, 1, 1, "c = 1 at the one saddle"),
        ("trap", [(ProblemParameters.Dimension, "3")], 100, 1, 1, "c = 1 at every saddle"),
        (Exception, [], 50, 1, null, string.Empty),
    ];

    /// <inheritdoc/>
    public override string Id => "strict-saddles";

    /// <inheritdoc/>
    public override string Caption => $"Critical points of the zoo, known and found by Newton's method from random starts: lowest eigenvalue of the Hessian against the height above the lowest value. Whatever lies higher leads down, but for {Exception}, whose point with λ_min = 0 is no minimum and no strict saddle.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Zoo.Select(one => Ingredient.Of(new CriticalPointsRun(), [(ProblemParameters.Problem, one.Problem), .. one.Size, (CriticalPointsRun.Starts, Readers.Text(one.Starts)), (CriticalPointsRun.Spread, Readers.Text(one.Spread))])),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        Chart[] charts = [.. new[] { "Lowest eigenvalue", "Negative eigenvalues" }.Select((title, kind) =>
        {
            var chart = new Chart(title) { X = Axis.Log("height above the lowest value", 1e-3, 1e3), Y = kind == 0 ? Axis.Linear("lowest eigenvalue", -14, 1) : Axis.Linear("share of negative eigenvalues", -0.03, 1.03), Legend = LegendPlace.Below };
            for (int k = 0; k < Zoo.Length; k++)
            {
                var above = Above(outcomes[k]);
                int all = outcomes[k].Result.Rows("rows").Count == 0 ? 1 : Dimension(k);
                Marker marker = Zoo[k].Problem == Exception ? Marker.Cross with { Size = 10 } : k < Palette.Count ? Marker.Circle : Marker.Triangle;
                chart.Markers([.. above.Select(point => point.Height)], [.. above.Select(point => kind == 0 ? point.Lowest : point.Index / (double)all)], marker, Zoo[k].Problem == Exception ? Palette.Red : Palette.Cycle(k), Zoo[k].Problem);
            }

            return kind == 0 ? chart.HorizontalLine(0) : chart;
        })];
        return new Page(1, 2, charts) { Description = Caption, ChartWidth = 500, ChartHeight = 420 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int k = 0; k < Zoo.Length; k++)
        {
            var (problem, _, _, _, least, why) = Zoo[k];
            var above = Above(outcomes[k]);
            checks.Add(new($"{problem}: there are critical points above the lowest value", above.Count > 0 ? 1 : 0, 1, 0, "without one nothing is tested"));
            checks.Add(new($"{problem}: those that are no strict saddle", above.Count(point => point.Kind != "strict_saddle"), problem == Exception ? 1 : 0, 0, problem == Exception ? "the degenerate point at height 3/2, and no other" : "the strict-saddle property"));
            if (least is { } c)
            {
                checks.Add(new($"{problem}: largest of their lowest eigenvalues", above.Max(point => point.Lowest), -c, Found, why));
            }
        }

        return checks;
    }

    private static int Dimension(int k)
    {
        var set = ((IReadOnlyList<(Parameter Parameter, string Text)>)[(ProblemParameters.Problem, Zoo[k].Problem), .. Zoo[k].Size]).ToDictionary(pair => pair.Parameter.Name, pair => pair.Text);
        var (kind, size) = ProblemParameters.Read(new(set));
        return kind.Of(size).Manifold.Dimension;
    }

    private static List<(double Height, double Lowest, double Index, string Kind)> Above(Outcome outcome)
    {
        double lowest = outcome.Result.Quantity("global_value").Value;
        return
        [
            .. outcome.Result.Rows("rows")
                .Select(row => (Height: row.Quantity("value").Value - lowest, Lowest: row.Quantity("lambda_min").Value, Index: ((Datum.Plain)row["index"]).Value, Kind: ((Datum.Text)row["kind"]).Value))
                .Where(point => point.Height > SameValue),
        ];
    }
}
