// How deep critical points of each index lie in the spherical 3-spin: found, in the mean at finite N, and in the limit E_k.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Numerics.Statistics;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;

namespace Thalweg.Figures.Laboratory;

/// <summary>The lowest points that Newton's method finds against the energy at which one lies in the mean, and that against -E_k.</summary>
public sealed class EnergyLevels : Recipe
{
    private const int Order = 3, Instances = 6, Indices = 4, Complete = 3;
    private const double Deviations = 4, Digits = 1e-6;

    // N, starts and steps before Newton's method: where all points of low index are found, and where all minima are.
    private static readonly (int N, int Starts, int Descent)[] Searches = [(10, 3000, 20), (40, 400, 300)];

    // Each twice the one before.
    private static readonly int[] Sizes = [24, 48, 96, 192];

    // Auffinger, Ben Arous, Cerny 2013; computed independently of this code.
    private static readonly double[] Known = [1.656998, 1.652873, 1.650253, 1.648399];

    /// <inheritdoc/>
    public override string Id => "energy-levels";

    /// <inheritdoc/>
    public override string Caption => $"Lowest energies of critical points of index 0 to 3 of the spherical 3-spin against *N*^{{-2/3}}: the lowest found in each of {Instances} instances (hollow), the energy below which one point lies in the mean, exactly at each *N* (dots), and its limits −*E_{{k}}* at infinite *N* (crosses).";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. Searches.SelectMany(search => Enumerable.Range(1, Instances).Select(seed => Ingredient.Of(
            new CriticalPointsRun(),
            (ProblemParameters.Problem, SphericalGlass.Name), (ProblemParameters.Dimension, Text(search.N)), (CriticalPointsRun.Starts, Text(search.Starts)), (CriticalPointsRun.Descent, Text(search.Descent)), (CommonParameters.Seed, Text(seed))))),
        .. Sizes.Select(n => Ingredient.Of(new CriticalPointsRun(), (ProblemParameters.Problem, SphericalGlass.Name), (ProblemParameters.Dimension, Text(n)), (CriticalPointsRun.Starts, "0"))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var chart = new Chart("Lowest energies by index") { X = Axis.Linear("*N*^{-2/3}", -0.005, 0.24), Y = Axis.Linear("energy", -1.75, -0.5), Legend = LegendPlace.Right };
        (int N, Outcome Outcome)[] theory = [.. Searches.Select((search, s) => (search.N, outcomes[s * Instances])), .. Sizes.Select((n, i) => (n, Theory(outcomes)[i]))];
        theory = [.. theory.OrderBy(pair => pair.N)];
        for (int k = 0; k < Indices; k++)
        {
            double[] x = [.. theory.Select(pair => Math.Pow(pair.N, -2.0 / 3))], levels = [.. theory.Select(pair => Levels(pair.Outcome)[k].Quantity("level").Value)];
            chart.Line([0, .. x.Reverse()], [Levels(theory[0].Outcome)[k].Quantity("level_limit").Value, .. levels.Reverse()], new Stroke(Palette.Cycle(k), Dash.Solid, 1)).Markers(x, levels, Marker.Circle, Palette.Cycle(k), $"index {k}");
            chart.Markers([0], [Levels(theory[0].Outcome)[k].Quantity("level_limit").Value], Marker.Cross, Palette.Cycle(k));
            for (int s = 0; s < Searches.Length; s++)
            {
                double[] lowest = Lowest(outcomes, s, k);
                chart.Markers([.. lowest.Select(_ => Math.Pow(Searches[s].N, -2.0 / 3))], lowest, Marker.Circle with { Hollow = true }, Palette.Cycle(k));
            }
        }

        return new Page(1, 1, chart) { Description = Caption, ChartWidth = 640, ChartHeight = 400 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int k = 0; k < Indices; k++)
        {
            double limit = -Levels(Theory(outcomes)[0])[k].Quantity("level_limit").Value;
            var (large, error) = Extrapolated(outcomes, k, 1);
            double small = Extrapolated(outcomes, k, 0).Value;
            checks.Add(new($"E_{k}", limit, Known[k], Digits, "root of the complexity of index k; six digits"));
            checks.Add(new($"E_{k} from mean numbers at N = {Sizes[1]} to {Sizes[^1]}", -large, limit, Math.Abs(large - small) + Deviations * error, "u_k(N) = -E_k + a N^(-2/3) + b/N; the change from three sizes to the next three, and 4 standard errors"));
        }

        for (int k = 0; k < Complete; k++)
        {
            checks.Add(Count(outcomes, 0, k));
            var mean = SampleMean.Of(Lowest(outcomes, 0, k));
            checks.Add(new($"lowest energy of index {k} at N = {Searches[0].N}", mean.Mean, Levels(outcomes[0])[k].Quantity("level").Value, Deviations * mean.Error, "where one point lies in the mean; statistical(4 standard errors, six instances)"));
        }

        checks.Add(Count(outcomes, 1, 0));
        return checks;
    }

    private static FigureCheck Count(IReadOnlyList<Outcome> outcomes, int search, int index)
    {
        var mean = SampleMean.Of([.. Enumerable.Range(0, Instances).Select(i => ((Datum.Plain)Levels(outcomes[search * Instances + i])[index]["count"]).Value)]);
        var expected = Levels(outcomes[search * Instances])[index].Quantity("expected");
        return new($"points of index {index} found at N = {Searches[search].N}", mean.Mean, expected.Value, Deviations * Math.Sqrt(mean.Error * mean.Error + expected.Error * expected.Error), "their exact mean number; statistical(4 standard errors, six instances)");
    }

    // The limit through three sizes, in powers of N^(-1/3) without the first: with x = N^(-2/3), (u - E)/x = a + b N^(-1/3).
    private static (double Value, double Error) Extrapolated(IReadOnlyList<Outcome> outcomes, int index, int first)
    {
        var levels = Theory(outcomes)[first..(first + 3)].Select(outcome => Levels(outcome)[index].Quantity("level")).ToArray();
        int[] n = Sizes[first..(first + 3)];

        // Lagrange's weights at 0 for the functions 1, N^(-2/3), N^(-1).
        double[][] rows = [.. n.Select(size => new[] { 1, Math.Pow(size, -2.0 / 3), 1.0 / size })];
        double whole = Determinant(rows[0], rows[1], rows[2]), value = 0, square = 0;
        for (int i = 0; i < 3; i++)
        {
            double[][] replaced = [.. rows.Select((row, j) => new[] { i == j ? 1 : 0, row[1], row[2] })];
            double weight = Determinant(replaced[0], replaced[1], replaced[2]) / whole;
            value += weight * levels[i].Value;
            square += weight * weight * levels[i].Error * levels[i].Error;
        }

        return (value, Math.Sqrt(square));
    }

    private static double Determinant(double[] a, double[] b, double[] c) => a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]);

    private static Outcome[] Theory(IReadOnlyList<Outcome> outcomes) => [.. outcomes.Skip(Searches.Length * Instances)];

    private static IReadOnlyList<Record> Levels(Outcome outcome) => outcome.Result.Rows("levels");

    private static double[] Lowest(IReadOnlyList<Outcome> outcomes, int search, int index) =>
        [.. Enumerable.Range(0, Instances).Select(i => Levels(outcomes[search * Instances + i])[index].Quantity("lowest")).Where(lowest => lowest.Exists).Select(lowest => lowest.Value)];

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
