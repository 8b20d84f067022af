// Which method leaves which saddle: every method of the catalog on five kinds of saddle.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Descent;
using Thalweg.Figures.Drawing;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;

namespace Thalweg.Figures.Saddles;

/// <summary>A run of "escape" a column: an exact strict saddle, beside one, on its stable manifold, the tube, and a degenerate point.</summary>
public sealed class SaddleMethods : Recipe
{
    private const int Trials = 20;
    private const double Late = 0.5, Iterations = 20_000, MostIterations = 100_000;
    private const string Slow = "degenerate";
    private static readonly string[] Methods = [.. MethodCatalog.All.Select(kind => kind.Name)];

    // Neither noise nor curvature.
    private static readonly string[] Blind = ["gd", "flow", "coordinate", "mirror", "proximal", "lbfgs"];

    // Title, what is shown, options; the methods of which no walk arrives. Noise of strength one does not rest: what counts as arrived is wide.
    private static readonly (string Title, string What, (Parameter, string)[] Options, string[] Stay)[] Saddles =
    [
        ("exact", "at a strict saddle itself", [(ProblemParameters.Problem, "nesterov"), (StartParameters.From, "origin"), (StartParameters.Displacement, "0"), (EscapeRun.Gap, "0.1")], Blind),
        ("beside", "at a distance of 10^-6 from it", [(ProblemParameters.Problem, "nesterov"), (StartParameters.From, "origin"), (StartParameters.Displacement, "1e-6"), (EscapeRun.Gap, "0.1")], []),
        ("manifold", "on its stable manifold", [(ProblemParameters.Problem, "nesterov"), (StartParameters.Start, "1,0"), (EscapeRun.Gap, "0.1")], Blind),
        ("tube", "five saddles one after another", [(ProblemParameters.Problem, "tube"), (ProblemParameters.Dimension, "5"), (EscapeRun.HessianLipschitz, "60"), (EscapeRun.Gap, "5")], []),
        (Slow, "at a point whose Hessian is not negative", [(ProblemParameters.Problem, "flat-valley"), (StartParameters.From, "valley"), (StartParameters.Displacement, "0"), (EscapeRun.HessianLipschitz, "100"), (EscapeRun.Gap, "0.3")], [.. Methods.Except(["noisy-gd", "noisy-gd-normal", "pgd", "sgld"])]),
    ];

    /// <inheritdoc/>
    public override string Id => "strict-saddle-methods";

    /// <inheritdoc/>
    public override string Caption => $"Median iterations of every method from five kinds of saddle down to a minimum, {Trials} walks each; empty where more than half of them stay. {string.Join("; ", Saddles.Select(saddle => $"{saddle.Title}: {saddle.What}"))}.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
        [.. Saddles.Select(saddle => Ingredient.Of(new EscapeRun(), [.. saddle.Options, (EscapeRun.Methods, string.Join(',', Methods)), (EscapeRun.Trials, Readers.Text(Trials)), (EscapeRun.Iterations, Readers.Text(saddle.Title == Slow ? MostIterations : Iterations))]))];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double[,] values = new double[Methods.Length, Saddles.Length];
        bool[,] exists = new bool[Methods.Length, Saddles.Length];
        for (int m = 0; m < Methods.Length; m++)
        {
            for (int k = 0; k < Saddles.Length; k++)
            {
                var median = Row(outcomes[k], m).Quantity("median");
                (values[m, k], exists[m, k]) = median.Exists ? (Math.Max(1, median.Value), true) : (1, false);
            }
        }

        double[] columns = [.. Enumerable.Range(0, Saddles.Length + 1).Select(k => k - 0.5)], rows = [.. Enumerable.Range(0, Methods.Length + 1).Select(m => m - 0.5)];
        var chart = new Chart("Which method leaves which saddle")
        {
            X = Axis.Linear("saddle", -0.5, Saddles.Length - 0.5) with { Ticks = [.. Saddles.Select((saddle, k) => new Tick(k, saddle.Title))] },
            Y = Axis.Linear("method", Methods.Length - 0.5, -0.5) with { Ticks = [.. Methods.Select((name, m) => new Tick(m, name))] },
            Legend = LegendPlace.None,
        };
        return new Page(1, 1, chart.HeatMap(columns, rows, values, Axis.Log("median iterations", 1, MostIterations), ColourMap.Viridis, exists)) { Description = Caption, ChartWidth = 620, ChartHeight = 460 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int k = 0; k < Saddles.Length; k++)
        {
            for (int m = 0; m < Methods.Length; m++)
            {
                double arrived = Trials - ((Datum.Plain)Row(outcomes[k], m)["censored"]).Value;
                bool stays = Saddles[k].Stay.Contains(Methods[m]);
                checks.Add(new($"{Saddles[k].Title}: walks of {Methods[m]} that arrive", arrived, stays ? 0 : Trials, 0, stays ? "nothing in it moves it from there" : "all of them"));
            }
        }

        return checks;
    }

    /// <summary>The table of the documentation: methods by saddles, median iterations with their errors, or how many of the walks stayed.</summary>
    /// <param name="outcomes">What the runs returned.</param>
    /// <returns>Lines of Markdown.</returns>
    public static IReadOnlyList<string> Table(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return
        [
            "| method | " + string.Join(" | ", Saddles.Select(saddle => saddle.Title)) + " |",
            "|---|" + string.Concat(Saddles.Select(_ => "---|")),
            .. Methods.Select((name, m) => $"| `{name}` | {string.Join(" | ", outcomes.Select(outcome => Cell(Row(outcome, m))))} |"),
        ];
    }

    private static Record Row(Outcome outcome, int method) => outcome.Result.Rows("rows")[method];

    private static string Cell(Record row)
    {
        var median = row.Quantity("median");
        double stayed = ((Datum.Plain)row["censored"]).Value;
        return stayed == Trials ? "stays" : median.Exists ? Number(median.Value) + (median.Error >= Late ? " ± " + Number(median.Error) : string.Empty) + (stayed > 0 ? $", {stayed} stay" : string.Empty) : $"{stayed} of {Trials} stay";
    }

    private static string Number(double value) => value.ToString(value >= 10 ? "#,0" : "0.#", CultureInfo.InvariantCulture);
}
