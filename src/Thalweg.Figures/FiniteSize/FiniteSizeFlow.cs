// Gradient flow of drawn instances over the two-time curves at the four points.
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

/// <summary>Eq. (4) beside eqs. (8)-(11): the energy in time, means over instances with their standard errors.</summary>
public sealed class FiniteSizeFlow : Recipe
{
    private const int N = 250, Trials = 16;
    private const double Deviations = 4, Bias = 6.0 / N;

    // Up to here instances of this size have not begun to leave for the signal at times of their own.
    private static readonly double[] Compared = [0.5, 1, 2];

    /// <inheritdoc/>
    public override string Id => "simulation";

    /// <inheritdoc/>
    public override string Caption =>
        $"Gradient flow of drawn instances, p = 3, Δ_p = 1, N = {N}, {Trials} each (thin), from random starts with an overlap of 0.05: energy against time, means with standard errors, over the two-time curves of infinite N (as in the supplement of Sarao Mannelli et al. 2019).";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [4, 8, 9, 10, 11];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. FigurePoints.All.Select(point => Ingredient.Of(
            new SimulateRun(),
            (ModelParameters.InverseMatrixNoise, Readers.Text(point.InverseMatrixNoise)),
            (InstanceParameters.Dimension, N.ToString(CultureInfo.InvariantCulture)),
            (InstanceParameters.Trials, Trials.ToString(CultureInfo.InvariantCulture)),
            (SimulateRun.Time, "20"),
            (SimulateRun.Start, "0.05"),
            (SimulateRun.At, string.Join(',', Compared.Select(Readers.Text))),
            (SimulateRun.Tolerance, "1e-5"))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes) => FigurePoints.Page(outcomes, FiniteSizePicture.Energy, Caption);

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int i = 0; i < outcomes.Count; i++)
        {
            foreach (var point in outcomes[i].Result.Rows("at"))
            {
                string place = FormattableString.Invariant($"at t = {((Datum.Plain)point["t"]).Value}, 1/Delta_2 = {FigurePoints.All[i].InverseMatrixNoise}");
                foreach (string name in new[] { "energy", "mu" })
                {
                    Quantity mean = point.Quantity(name), theory = point.Quantity(name + "_two_time");
                    checks.Add(new($"{name} {place}", mean.Value, theory.Value, Deviations * mean.Error + theory.Error + Bias * Math.Max(1, Math.Abs(theory.Value)), "the two-time equations; statistical(4 standard errors, one seed), and a bias of order 1/N"));
                }
            }
        }

        return checks;
    }
}
