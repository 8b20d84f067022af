// Langevin descent in a double well: its spectral gap, exponential in β, four ways, and the three terms of its error.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs.Rates;

namespace Thalweg.Figures.Laboratory;

/// <summary>The generator against its asymptotics, against the matrix of the steps, against walks.</summary>
public sealed class LangevinFigure : Recipe
{
    private const int Trials = 4000;
    private const double Deviations = 4, MostDeviations = 4.5, StepShare = 0.01, KramersShare = 0.05, BarrierError = 0.005, HarmonicShare = 0.05;

    /// <inheritdoc/>
    public override string Id => "langevin-gap";

    /// <inheritdoc/>
    public override string Caption => "Langevin descent in the tilted double well ½*x*² − 2 ln cosh *x* − 0.1 *x* with steps *η* = 0.05. Left: the rate at which the slowest mean relaxes, from the generator, from Eyring and Kramers, from the matrix of the steps, from walks. Middle: the mean of *f* at equilibrium above its minimum, its bound, and what steps of finite length add. Right: the mean of *f* along walks from the shallow well.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } = [Ingredient.Of(new RatesRun(), (RatesRun.Law, "langevin"), (RatesRun.Trials, Trials.ToString(CultureInfo.InvariantCulture)))];

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
        var result = outcomes[0].Result;
        var rows = result.Rows("rows");
        var paths = outcomes[0].Table("paths");
        double coldest = rows.Max(row => Beta(row));
        var last = rows.Single(row => Beta(row) == coldest);
        var barrier = result.Quantity("barrier_from_gap");
        double largest = Enumerable.Range(0, paths.Rows).Max(i => Math.Abs(paths["value_simulated"].Values[i] - paths["value_steps"].Values[i]) / paths["value_error"].Values[i]);
        List<FigureCheck> checks =
        [
            .. rows.Where(row => row.Quantity("gap_simulated").Exists).Select(row => new FigureCheck(FormattableString.Invariant($"gap of walks at β = {Beta(row)}"), row.Quantity("gap_simulated").Value, row.Quantity("gap_steps").Value, Deviations * row.Quantity("gap_simulated").Error, "the matrix of the same steps; statistical(4 standard errors, one seed)")),
            .. rows.Select(row => new FigureCheck(FormattableString.Invariant($"gap of the steps over that of the generator at β = {Beta(row)}"), row.Quantity("gap_steps").Value / row.Quantity("gap").Value, 1, StepShare, "steps of 0.05 err by their first power, with a small factor")),
            .. rows.Select(row => new FigureCheck(FormattableString.Invariant($"excess over the bound on equilibrium at β = {Beta(row)}"), Math.Max(0, row.Quantity("excess_gibbs").Value - row.Quantity("excess_bound").Value), 0, 0, "Raginsky et al. 2017, proposition 11; exact")),
        ];
        checks.Add(new("law of Eyring and Kramers over the gap, coldest", last.Quantity("gap_kramers").Value / last.Quantity("gap").Value, 1, KramersShare, "corrections of order 1/β"));
        checks.Add(new("barrier from the decay of the gap", barrier.Value, result.Quantity("barrier").Value, BarrierError, "d ln λ/dβ tends to minus the barrier of the shallow well, with corrections of order 1/β²"));
        checks.Add(new("equilibrium above the minimum times 2β, coldest", 2 * coldest * last.Quantity("excess_gibbs").Value, 1, HarmonicShare, "d/2β where the well is harmonic"));
        checks.Add(new("largest deviation of the mean along walks from the matrix of the steps, in standard errors", Math.Max(MostDeviations, largest), MostDeviations, 0, "16 times at each temperature; statistical(4.5 standard errors, one seed)"));
        return checks;
    }

    private static double Beta(Record row) => ((Datum.Plain)row["beta"]).Value;
}
