// Gradient flow of sparse instances of N = 65,536 over the two-time curves, the size of the paper's own simulations.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.FiniteSize;

namespace Thalweg.Figures.FiniteSize;

/// <summary>Eq. (4) on random hypergraphs beside eqs. (8)-(11), extrapolated in the number of edges.</summary>
public sealed class DilutedFlow : Recipe
{
    private const int N = 65_536, Edges = 120, FewerEdges = 60, Trials = 2;
    private const string Start = "0.1", End = "6";

    // Two trials know their own spread badly: what is compared is the size of the correction that is left, of order 1/c^2, and of the fluctuations, of order N^-1/2.
    private const double Allowed = 20.0 / Edges / FewerEdges, Deviations = 4;

    private static readonly double[] Compared = [0.5, 1, 2, 4, 6];

    /// <inheritdoc/>
    public override string Id => "simulation-diluted";

    /// <inheritdoc/>
    public override string Caption =>
        $"Gradient flow of sparse instances with N = 65,536 and {Edges} edges a variable, p = 3, Δ_p = 1, from an overlap of {Start} ({Trials} instances, circles), over the two-time curves (red): energy against time. The checks extrapolate from {FewerEdges} and {Edges} edges (as in the supplement of Sarao Mannelli et al. 2019).";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [4, 8, 9, 10, 11];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. FigurePoints.All.Select(point => Ingredient.Of(
            new SimulateRun(),
            (ModelParameters.InverseMatrixNoise, Readers.Text(point.InverseMatrixNoise)),
            (InstanceParameters.Dimension, N.ToString(CultureInfo.InvariantCulture)),
            (InstanceParameters.Diluted, Edges.ToString(CultureInfo.InvariantCulture)),
            (SimulateRun.Trend, FewerEdges.ToString(CultureInfo.InvariantCulture)),
            (InstanceParameters.Trials, Trials.ToString(CultureInfo.InvariantCulture)),
            (SimulateRun.Time, End),
            (SimulateRun.Start, Start),
            (SimulateRun.At, string.Join(',', Compared.Select(Readers.Text))),
            (SimulateRun.Tolerance, "1e-5"))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes) => FigurePoints.Page(outcomes, FiniteSizePicture.Energy, Caption);

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return [.. outcomes.SelectMany((outcome, i) => outcome.Result.Nested("trend").Rows("infinite").SelectMany(point => new[] { "energy", "mu" }.Select(name =>
        {
            Quantity mean = point.Quantity(name), theory = point.Quantity(name + "_two_time");
            double scale = Math.Max(1, Math.Abs(theory.Value));
            return new FigureCheck(
                FormattableString.Invariant($"{name} at t = {((Datum.Plain)point["t"]).Value}, 1/Delta_2 = {FigurePoints.All[i].InverseMatrixNoise}, c to infinity"),
                mean.Value,
                theory.Value,
                (Allowed + Deviations / Math.Sqrt(N)) * scale,
                "the two-time equations; a remainder of order 1/c^2 and fluctuations of order N^-1/2, one seed");
        })))];
    }
}
