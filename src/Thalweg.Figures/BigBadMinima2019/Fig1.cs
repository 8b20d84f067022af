// Fig. 1 as a cartoon drawn from computed numbers: which of the minima at zero overlap have opened toward the signal.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Runs;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>After Fig. 1 of Sarao Mannelli et al. 2019.</summary>
/// <remarks>
/// Computed: the energies of the wells (from the threshold energy down to the zero of the complexity), the sign of the lowest Hessian eigenvalue of typical points at each, the overlap and energy of the
/// signal's minimum. Not to scale: the wells' heights, which in truth differ by a thousandth, and the shape between them.
/// </remarks>
public sealed class Fig1 : Recipe
{
    private const int Wells = 4;

    private static readonly (double InverseMatrixNoise, string Title)[] Panels = [(1.9, "(i) trapped"), (2.05, "(ii) surfing"), (2.7, "(iii) trivial")];

    /// <inheritdoc/>
    public override string Id => "fig1";

    /// <inheritdoc/>
    public override string Caption =>
        "How gradient flow avoids spurious minima (cartoon after Fig. 1 of Sarao Mannelli et al. 2019): wells at zero overlap, from the threshold energy (right, highest) to the lowest typical energy (left); "
        + "a well is closed or open toward the signal as its computed lowest Hessian eigenvalue is positive or negative. Heights are not to scale.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [6, 7];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
        [.. Panels.Select(panel => Ingredient.Of(new ComplexityRun(), (ModelParameters.InverseMatrixNoises, Readers.Text(panel.InverseMatrixNoise))))];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return new Page(1, 3, [.. Panels.Select((panel, i) => Cartoon(panel.InverseMatrixNoise, panel.Title, outcomes[i].Result.Rows("rows")[0]))]) { ChartWidth = 340, Description = Caption };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        double[][] softest = [.. Panels.Select((panel, i) => Softest(panel.InverseMatrixNoise, outcomes[i].Result.Rows("rows")[0]))];
        return
        [
            new("(i) open wells", softest[0].Count(value => value < 0), 0, 0, "theta < 1: no eigenvalue leaves the bulk"),
            new("(ii) the threshold well is open", softest[1][0] < 0 ? 1 : 0, 1, 0, "theta > 1: the outlier is negative at threshold"),
            new("(ii) the lowest well is closed", softest[1][^1] > 0 ? 1 : 0, 1, 0, "at 2.05 the minima far below threshold are still stable"),
            new("(iii) open wells", softest[2].Count(value => value < 0), Wells, 0, "beyond trivialisation every typical point has opened"),
        ];
    }

    // The lowest eigenvalue, in units of sqrt(Q''(1)), at typical stationary points from the threshold energy to the zero of the complexity.
    private static double[] Softest(double u, Record row)
    {
        var section = new OverlapSection(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, u).ToModel(), 0);
        double top = row.Quantity("e_threshold").Value, bottom = row.Quantity("e_zero").Value;
        return [.. Enumerable.Range(0, Wells).Select(i => section.AllAt(top + (bottom - top) * i / (Wells - 1)).Shift - Math.Max(2, section.ShiftOfFirstMinima))];
    }

    private static Chart Cartoon(double u, string title, Record row)
    {
        double signal = row.Quantity("m_ml").Value;
        double[] softest = Softest(u, row);
        var ink = FigurePoints.InkOf(u);
        var chart = new Chart(FormattableString.Invariant($"{title}, 1/Δ_2 = {u}"))
        {
            X = Axis.Linear("overlap with the signal *m*", -0.02, 1) with { Ticks = [new(0, "0"), new(signal, FormattableString.Invariant($"{signal:F2}")), new(1, "1")] },
            Y = Axis.Linear("energy (not to scale)", -1.15, 1.15) with { Ticks = [] },
            Legend = LegendPlace.None,
        };

        // Wells at zero overlap, side by side for the eye only: the threshold states highest, next to the open country. Open ones slope to the signal.
        double X(int i) => 0.05 + 0.1 * (Wells - 1 - i);
        double Height(int i) => 0.30 - 0.17 * i;
        for (int i = 0; i < Wells; i++)
        {
            bool open = softest[i] < 0;
            double[] s = [.. Enumerable.Range(0, 41).Select(k => -1 + k / 20.0)];
            double x = X(i), y = Height(i);
            chart.Line([.. s.Select(k => x + 0.038 * k)], [.. s.Select(k => y + (open && k > 0 ? -0.08 : 0.15) * k * k)], new Stroke(open ? ink : Palette.Grey, Dash.Solid, 2));
            if (open)
            {
                chart.Line(Slope(x + 0.038, signal), SlopeHeights(y - 0.08), new Stroke(ink, Dash.Dotted, 1.2));
            }
        }

        double[] well = [.. Enumerable.Range(0, 41).Select(i => -1 + i / 20.0)];
        chart.Line([.. well.Select(s => signal + 0.12 * s)], [.. well.Select(s => -1 + 0.22 * s * s)], new Stroke(Palette.Black, Dash.Solid, 2.2));
        chart.Text(signal, -0.68, "signal", Place.Above);
        chart.Text(X(0) + 0.05, Height(0) + 0.08, "ε_th", Place.Right, Palette.Grey);

        // Gradient flow: down to the threshold, then onward if the threshold states are open.
        var flow = new Stroke(Palette.Red, Dash.Solid, 2);
        chart.Arrow(X(0), 1.1, X(0), Height(0) + 0.04, flow).Text(X(0) + 0.03, 0.95, "random start", Place.Right, Palette.Red);
        if (softest[0] < 0)
        {
            double[] xs = Slope(X(0) + 0.038, signal), ys = SlopeHeights(Height(0) - 0.08);
            chart.Line(xs, ys, flow).Arrow(xs[^4], ys[^4], xs[^1], ys[^1], flow);
        }
        else
        {
            chart.Markers([X(0)], [Height(0) + 0.02], Marker.Circle, Palette.Red);
        }

        return chart;
    }

    private static double[] Slope(double from, double to) => [.. Enumerable.Range(0, 31).Select(i => from + (to - from) * i / 30)];

    // Steepest at the start, level at the signal.
    private static double[] SlopeHeights(double from) => [.. Enumerable.Range(0, 31).Select(i => -0.96 + (from + 0.96) * Math.Pow(1 - i / 30.0, 1.7))];
}
