// Fig. 4, right panel: the energy of gradient flow against time at the four points, with the threshold energy.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.StateEvolution;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>Fig. 4 right of Sarao Mannelli et al. 2019, from the two-time equations.</summary>
/// <remarks>Below the threshold an overlap grows too, as a power of t: from m(0) = 1e-4 it would find the signal at 1/Δ_2 = 1.9 before t = 1000, which N → ∞ does not allow. So all four start from 1e-16.</remarks>
public sealed class Fig4Right : Recipe
{
    private const string Start = "1e-16", End = "1e5", Error = "1e-3";
    private const double Critical = 2, Approach = 2e-3, AtRest = 1e-5, Small = 1e-3;

    /// <inheritdoc/>
    public override string Id => "fig4-right";

    /// <inheritdoc/>
    public override string Caption =>
        "Energy of gradient flow against time, p = 3, Δ_p = 1 (Fig. 4 right of Sarao Mannelli et al. 2019), from *m*(0) = 10⁻¹⁶: below the threshold 1/Δ_2 = 2 the flow ages towards ε_th (dashed), above it leaves towards the signal. From 10⁻⁴ the power of *t* with which *m* grows at 1.9 would reach the signal as well.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [8, 9, 10, 11];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } =
    [
        .. FigurePoints.All.Select(point => Ingredient.Of(
            new DynamicsRun(), (ModelParameters.InverseMatrixNoise, Readers.Text(point.InverseMatrixNoise)), (DynamicsRun.Time, End), (DynamicsRun.Start, Start), (DynamicsRun.Tolerance, Error))),
    ];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var courses = FigurePoints.All.Select((point, i) => new Course(outcomes[i], FormattableString.Invariant($"1/Δ_2 = {point.InverseMatrixNoise}"), point.Ink)).ToArray();
        return new Page(1, 3, DynamicsPicture.Energies(courses, "Energy"), DynamicsPicture.EnergiesAboveThreshold(courses, "Distance from the threshold energy"), DynamicsPicture.Overlaps(courses, "Overlap with the signal")) { Description = Caption };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int i = 0; i < outcomes.Count; i++)
        {
            double u = FigurePoints.All[i].InverseMatrixNoise;
            var result = outcomes[i].Result;
            var final = result.Nested("final");
            double energy = final.Quantity("energy").Value, overlap = final.Quantity("m").Value;
            if (u < Critical)
            {
                checks.Add(new(FormattableString.Invariant($"energy at the end at {u}"), energy, result.Quantity("e_threshold").Value, Approach, "the closed form of the threshold energy; a power of t leaves 1.2e-3 at t = 1e5, after 4.4e-3 at t = 1e3"));
                checks.Add(new(FormattableString.Invariant($"overlap at the end at {u}"), overlap, 0, Small, "below the threshold of eq. (5) the overlap grows slower than any exponential"));
            }
            else
            {
                var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, u).ToModel();
                var signal = MaximumLikelihoodEvolution.SignalOverlap(model);
                string reason = $"the minimum at the signal, from statics; converged(tolerance {Error} of the run, whose errors at rest are below 5e-6)";
                checks.Add(new(FormattableString.Invariant($"energy at the end at {u}"), energy, MaximumLikelihoodEvolution.Energy(model, signal).Value, AtRest, reason));
                checks.Add(new(FormattableString.Invariant($"overlap at the end at {u}"), overlap, signal.Value, AtRest, reason));
            }
        }

        return checks;
    }
}
