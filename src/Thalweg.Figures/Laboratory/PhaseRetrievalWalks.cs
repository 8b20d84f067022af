// Phase retrieval with the plain quartic loss: how often gradient flow finds the signal, and what becomes of the direction that pointed to it at the start.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;
using Thalweg.Runs.Laboratory;
using Thalweg.Runs.Probe;

namespace Thalweg.Figures.Laboratory;

/// <summary>Informative at the start, then lost: walks that are trapped have their direction toward the signal at the beginning, not at the end.</summary>
/// <remarks>For a far above y² the normalised loss is the plain one ½(h² - y²)² times 2/a, so that a = 10^6 and times in units of a/2 give it to a few parts in 10^6.</remarks>
public sealed class PhaseRetrievalWalks : Recipe
{
    private const string Plain = "1e6", End = "5e7";
    private const double Unit = 5e5, StartPlace = 0.03, Deviations = 3, LostShare = 0.5;

    // Tried once: shares of walks of N = 50 and 100 that found the signal at α = 2, 3, 4, 6, 8; twelve walks each.
    private const int Tried = 12;
    private static readonly double[][] Shares = [[0, 0.25, 0.33, 0.92, 0.92], [0, 0.17, 0.5, 1, 1]];

    /// <inheritdoc/>
    public override string Id => "phase-retrieval-probe";

    /// <inheritdoc/>
    public override string Caption => "Gradient flow of phase retrieval with the loss ½(h² - y²)² from random starts. Left: share of walks that have found the signal (overlap above 0.99) at *t* = 100, with intervals of 95 %. Right: squared overlap of the lowest eigenvector with the signal's direction along walks of N = 200, means over those that stay trapped and those that find it; the first points are the start, *t* = 0.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        Ingredient.Of(new ProbeRun(), (ProbeRun.ModelName, ProbeRun.PhaseRetrieval), (ProbeRun.Normalisation, Plain), (ProbeRun.Measurements, "2,3,4,6,8"), (ProbeRun.Dimensions, "50,100"), (ProbeRun.Trials, "24"), (ProbeRun.Time, End)),
        Ingredient.Of(new ProbeRun(), (ProbeRun.ModelName, ProbeRun.PhaseRetrieval), (ProbeRun.Normalisation, Plain), (ProbeRun.Measurements, "3,6"), (ProbeRun.Dimensions, "200"), (ProbeRun.Trials, "12"), (ProbeRun.Time, End)),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var rates = new Chart("Walks that find the signal") { X = Axis.Linear("α", 1.5, 8.5), Y = Axis.Linear("share", 0, 1.05), Legend = LegendPlace.Below };
        var rows = outcomes[0].Result.Rows("rows");
        int sizes = rows[0].Rows("measured").Count;
        for (int k = 0; k < sizes; k++)
        {
            double[] α = [.. rows.Select(row => Number(row, "alpha"))];
            var found = rows.Select(row => (Datum.Share)row.Rows("measured")[k]["found"]).ToArray();
            string name = FormattableString.Invariant($"N = {Number(rows[0].Rows("measured")[k], "n")}");
            rates.Intervals(α, [.. found.Select(share => share.Low)], [.. found.Select(share => share.High)], Palette.Cycle(k)).Line(α, [.. found.Select(share => share.Value)], new Stroke(Palette.Cycle(k), Dash.Solid, 1.2))
                .Markers(α, [.. found.Select(share => share.Value)], Marker.Circle, Palette.Cycle(k), name);
        }

        var overlaps = new Chart("Direction toward the signal, N = 200") { X = Axis.Log("*t*", 0.8 * StartPlace, 120), Y = Axis.Linear("squared overlap", 0, 0.6), Legend = LegendPlace.Below };
        int ink = 0;
        foreach (var (row, α) in outcomes[1].Result.Rows("rows").Select((record, row) => (row, Number(record, "alpha"))))
        {
            foreach (bool isFound in new[] { false, true })
            {
                var walks = Walks(outcomes[1].Table("readings"), row).Where(walk => walk[^1].Found == isFound).ToArray();
                if (walks.Length > 0)
                {
                    double[] times = [.. walks[0].Select(reading => Math.Max(reading.Time, StartPlace))], means = [.. Enumerable.Range(0, times.Length).Select(i => walks.Average(walk => walk[i].Overlap2))];
                    overlaps.Line(times, means, new Stroke(Palette.Cycle(ink), isFound ? Dash.Dashed : Dash.Solid, 1.4)).Markers(times, means, Marker.Circle, Palette.Cycle(ink), FormattableString.Invariant($"α = {α}, {(isFound ? "found" : "trapped")} ({walks.Length})"));
                }

                ink++;
            }
        }

        return new Page(1, 2, rates, overlaps) { Description = Caption, ChartWidth = 460 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        var rows = outcomes[0].Result.Rows("rows");
        for (int k = 0; k < Shares.Length; k++)
        {
            for (int i = 0; i < rows.Count; i++)
            {
                var one = rows[i].Rows("measured")[k];
                double share = ((Datum.Share)one["found"]).Value, count = Number(one, "trials");

                // Both are binomial with one probability: what it is best estimated by, kept off 0 and 1 by one success and one failure more.
                double pooled = (share * count + Shares[k][i] * Tried + 1) / (count + Tried + 2);
                checks.Add(new(
                    FormattableString.Invariant($"share that finds the signal at N = {Number(one, "n")}, α = {Number(rows[i], "alpha")}"), share, Shares[k][i], Deviations * Math.Sqrt(pooled * (1 - pooled) * (1 / count + 1.0 / Tried)),
                    "tried once with descent of finite steps, twelve walks; statistical(3 standard errors of the difference of two binomial shares, one seed)"));
            }
        }

        var trapped = Walks(outcomes[1].Table("readings"), 0).Where(walk => !walk[^1].Found).ToArray();
        double start = trapped.Average(walk => walk[0].Overlap2), end = trapped.Average(walk => walk[^1].Overlap2);
        checks.Add(new("squared overlap of the lowest direction of trapped walks at the end, over that at the start", Math.Max(0, end / start - LostShare), 0, 0, "informative at the start, then lost: less than half is left; tried once as 0.45² to 0.10²"));
        return checks;
    }

    // The walks of a row: times in units of the plain loss, q, and whether the walk has found the signal by then.
    private static (double Time, double Overlap2, bool Found)[][] Walks(Table table, int row) =>
    [
        .. Enumerable.Range(0, table.Rows).Where(i => (int)table["row"].Values[i] == row).GroupBy(i => table["trial"].Values[i])
            .Select(group => group.Select(i => (table["t"].Values[i] / Unit, table["overlap2"].Values[i], Math.Abs(table["m"].Values[i]) > 0.99)).ToArray()),
    ];

    private static double Number(Record record, string name) => ((Datum.Plain)record[name]).Value;
}
