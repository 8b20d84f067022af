// Which share of instances leaves for the signal across the grey band of Fig. 2, and the growth of the overlap that decides it.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Numerics.Statistics;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.FiniteSize;

namespace Thalweg.Figures.FiniteSize;

/// <summary>Shares of escapes against 1/Δ_2 at three sizes, and against N^-1/2 G with G the growth of an infinitesimal overlap by the same time.</summary>
/// <remarks>An overlap of order N^-1/2 can be turned round by the noise of its instance; such a trial escapes to the anti-aligned side and counts as an escape, not as a success.</remarks>
public sealed class SuccessBand : Recipe
{
    private const int Edges = 240, Trials = 12;
    private const double Time = 40, Few = 0.05, Many = 1;

    private static readonly int[] Sizes = [500, 1500, 4500];

    private static readonly double[] Strengths = [1.4, 1.6, 1.8, 2, 2.2, 2.5];

    private static readonly Ink[] Inks = [Palette.Sky, Palette.Blue, Palette.Black];

    /// <inheritdoc/>
    public override string Id => "success";

    /// <inheritdoc/>
    public override string Caption =>
        $"Left: share of {Trials} sparse instances of {Edges} edges a variable whose overlap has left for the signal by t = {Time}, from 1/√N, across the band of Fig. 2 at p = 3, Δ_p = 1 (dashed: eq. (5)), with Wilson's intervals; crosses: those that found it. Right: the same against N^{-1/2} *G*, with *G* the growth of an infinitesimal overlap by that time in the two-time equations.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [4, 5, 8, 9, 10, 11];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        Ingredient.Of(new PhaseRun(), (ModelParameters.TensorOrder, "3"), (PhaseRun.TensorNoises, "1")),
        .. Strengths.Select(strength => Ingredient.Of(new DynamicsRun(), (ModelParameters.InverseMatrixNoise, Readers.Text(strength)), (DynamicsRun.Start, DynamicsRun.InfinitesimalStart), (DynamicsRun.Time, Readers.Text(Time)), (DynamicsRun.Tolerance, "1e-4"))),
        .. Sizes.SelectMany(n => Strengths.Select(strength => Ingredient.Of(
            new SimulateRun(),
            (ModelParameters.InverseMatrixNoise, Readers.Text(strength)),
            (InstanceParameters.Dimension, n.ToString(CultureInfo.InvariantCulture)),
            (InstanceParameters.Diluted, Edges.ToString(CultureInfo.InvariantCulture)),
            (InstanceParameters.Trials, Trials.ToString(CultureInfo.InvariantCulture)),
            (SimulateRun.Start, Readers.Text(Math.Round(1 / Math.Sqrt(n), 4))),
            (SimulateRun.Method, SimulateRun.Stabilised),
            (SimulateRun.Time, Readers.Text(Time)),
            (SimulateRun.Tolerance, "1e-4")))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double[] all = [.. Enumerable.Range(0, Sizes.Length).SelectMany(k => Scaled(outcomes, k))];
        var band = new Chart("Across the band") { X = Axis.Linear("1/Δ_2", Strengths[0] - 0.1, Strengths[^1] + 0.1), Y = Axis.Linear("share of the instances", 0, 1.05), Legend = LegendPlace.Below }
            .VerticalLine(outcomes[0].Result.Rows("rows")[0].Quantity("delta2_gf") is { Exists: true } line ? 1 / line.Value : Strengths[0], new Stroke(Palette.Black, Dash.Dashed, 1.2));
        var scaling = new Chart("Against the overlap that infinite *N* would reach") { X = Axis.Log("*N*^{-1/2} *G*", 0.7 * all.Min(), 1.4 * all.Max()), Y = Axis.Linear("share of the instances", 0, 1.05), Legend = LegendPlace.Below };
        for (int k = 0; k < Sizes.Length; k++)
        {
            Record[] results = [.. Results(outcomes, k)];
            double[] escaped = [.. results.Select(Escaped)], found = [.. results.Select(result => Found(result).Value)];
            (double Low, double High)[] intervals = [.. escaped.Select(share => SampleMean.Wilson((int)Math.Round(share * Trials), Trials))];
            double[] shifted = [.. Strengths.Select(strength => strength + 0.012 * (k - 1))], low = [.. intervals.Select(interval => interval.Low)], high = [.. intervals.Select(interval => interval.High)];
            string label = FormattableString.Invariant($"*N* = {Sizes[k]}");
            band = band.Intervals(shifted, low, high, Inks[k]).Line(shifted, escaped, new Stroke(Inks[k]), label).Markers(shifted, escaped, Marker.Circle, Inks[k], label).Markers(shifted, found, Marker.Cross, Inks[k]);
            double[] x = [.. Scaled(outcomes, k)];
            scaling = scaling.Intervals(x, low, high, Inks[k]).Markers(x, escaped, Marker.Circle, Inks[k], label);
        }

        return new Page(1, 2, band, scaling) { Description = Caption, ChartWidth = 460 };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int k = 0; k < Sizes.Length; k++)
        {
            Record[] results = [.. Results(outcomes, k)];
            double[] x = [.. Scaled(outcomes, k)];
            for (int i = 0; i < x.Length; i++)
            {
                if (x[i] is < Few or > Many)
                {
                    checks.Add(new(
                        FormattableString.Invariant($"share that has left at N = {Sizes[k]}, 1/Delta_2 = {Strengths[i]}"), Escaped(results[i]), x[i] > Many ? 1 : 0, 0.5, "most instances leave where infinite N would have reached an overlap of one, few where it is below a twentieth; one seed"));
                }
            }
        }

        return checks;
    }

    private static IEnumerable<Record> Results(IReadOnlyList<Outcome> outcomes, int k) => outcomes.Skip(1 + (k + 1) * Strengths.Length).Take(Strengths.Length).Select(outcome => outcome.Result);

    private static IEnumerable<double> Scaled(IReadOnlyList<Outcome> outcomes, int k) =>
        outcomes.Skip(1).Take(Strengths.Length).Select(outcome => Math.Exp(outcome.Result.Nested("final").Quantity("log_m").Value) / Math.Sqrt(Sizes[k]));

    private static double Escaped(Record result) => Found(result).Value + ((Datum.Share)result["anti_aligned"]).Value;

    private static Datum.Share Found(Record result) => (Datum.Share)result["success"];
}
