// Fig. 2: the phase diagram of gradient flow, for p = 3 as published and for p = 4.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Figures.Pictures;
using Thalweg.Models;
using Thalweg.Numerics.Roots;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Spectra;

namespace Thalweg.Figures.BigBadMinima2019;

/// <summary>Fig. 2 of Sarao Mannelli et al. 2019.</summary>
public sealed class Fig2 : Recipe
{
    // Δ_p of the diagram, which the crosses share.
    internal const string Noises = "0.01:4:400";

    /// <inheritdoc/>
    public override string Id => "fig2";

    /// <inheritdoc/>
    public override string Caption => "Phase diagram of gradient flow in the spiked matrix-tensor model, p = 3 (Fig. 2 of Sarao Mannelli et al. 2019) and p = 4.";

    /// <inheritdoc/>
    public override IReadOnlyList<int> Equations => [5, 7];

    /// <inheritdoc/>
    public override IReadOnlyList<Ingredient> Ingredients { get; } = [Diagram("3"), Diagram("4")];

    /// <inheritdoc/>
    public override Page Draw(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var circles = FigurePoints.All.Select(point => (1.0, point.InverseMatrixNoise, point.Ink)).ToArray();
        return new Page(2, 1, PhasePicture.Of(outcomes[0].Table("phase"), "p = 3", circles, 4), PhasePicture.Of(outcomes[1].Table("phase"), "p = 4", [], 5)) { ChartWidth = 680, ChartHeight = 370, Description = Caption };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var checks = new List<FigureCheck>();
        for (int i = 0; i < outcomes.Count; i++)
        {
            int p = 3 + i;
            var table = outcomes[i].Table("phase");
            double[] noise = table["delta_p"].Values, flow = table["delta2_gf"].Values, trivial = table["delta2_triv"].Values, ml = table["delta2_ml_amp"].Values;
            double worst = 0, disorder = 0;
            for (int k = 0; k < noise.Length; k++)
            {
                worst = Math.Max(worst, Math.Abs(Spike(p, noise[k], 1 / flow[k]) - 1));
                disorder = Math.Max(disorder, Math.Max(trivial[k] - flow[k], Math.Max(flow[k] - ml[k], ml[k] - 1)));
            }

            checks.Add(new($"p = {p}: theta on the line of eq. (5)", 1 + worst, 1, 1e-13, "eq. (7): theta = 1 there, evaluated from the Hessian; rounding of a square root"));
            checks.Add(new($"p = {p}: largest violation of triv < GF < ML-AMP < AMP", Math.Max(0, disorder), 0, 0, "the order of the thresholds is exact"));
        }

        // The paper's circles: 1.5 and 1.9 lie below the gradient-flow line at Delta_p = 1, 2.3 between it and trivialisation, 2.7 beyond.
        double root = BracketedRoot.Find(u => Spike(3, 1, u) - 1, 1, 4).Position;
        checks.Add(new("p = 3, Delta_p = 1: 1/Delta_2 at theta = 1", root, 2, 1e-13, "eq. (5) gives 1/2 exactly"));
        return checks;
    }

    private static double Spike(int p, double tensorNoise, double u) => HessianSpectrum.Spike(SpikedMatrixTensor.FromInverseMatrixNoise(p, tensorNoise, u).ToModel(), 0);

    private static Ingredient Diagram(string order) => Ingredient.Of(new PhaseRun(), (ModelParameters.TensorOrder, order), (PhaseRun.TensorNoises, Noises));
}
