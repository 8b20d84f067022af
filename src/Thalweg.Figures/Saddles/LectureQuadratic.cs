// The lecture's quadratic: the walks that leave it, and the exact law of their times.
using System;
using System.Globalization;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.Laboratory;

namespace Thalweg.Figures.Saddles;

/// <summary>½(θ_1² + θ_2²/2 - θ_3²/4) with the step 0.4, which is the lecture's θ^T H θ with γ = 0.2, from normal starts of spread 10^-3.</summary>
internal static class LectureQuadratic
{
    public const int Walks = 2000;

    public const double Step = 0.4, Spread = 1e-3, Growth = 1.1;

    public static double[] Eigenvalues { get; } = [1, 0.5, -0.25];

    /// <summary>The run of "escape"; at its target |θ_3| exceeds one, since the other coordinates have shrunk to some 10^-6 of their starts by then, and the value knows their squares.</summary>
    public static Ingredient Escape { get; } = Ingredient.Of(
        new EscapeRun(),
        (ProblemParameters.Problem, "quadratic"),
        (EscapeRun.Methods, "gd"),
        (EscapeRun.Trials, Walks.ToString(CultureInfo.InvariantCulture)),
        (StartParameters.Spread, Readers.Text(Scale)),
        (EscapeRun.Step, Readers.Text(Step)),
        (EscapeRun.Target, "-0.125"));

    // The problem's own starts have the variance 1/n.
    private static double Scale => Spread * Math.Sqrt(3);

    /// <summary>⌈ln(1/|θ_3|)/ln(1 + η|λ_3|)⌉.</summary>
    /// <param name="start">θ_3 at the start.</param>
    public static double Law(double start) => Math.Ceiling(-Math.Log(Math.Abs(start)) / Math.Log(Growth));

    /// <summary>θ_3 of each start of the run, and after how many iterations its walk has left.</summary>
    /// <param name="outcome">What the run returned.</param>
    public static (double[] Starts, double[] Times) Leaving(Outcome outcome)
    {
        var quadratic = new DiagonalQuadratic(Eigenvalues);
        double[] starts = new double[Walks], point = new double[Eigenvalues.Length];
        for (uint trial = 0; trial < Walks; trial++)
        {
            quadratic.Start(new PhiloxStream(1, StreamPurpose.Start, trial), point);
            starts[trial] = Scale * point[2];
        }

        return (starts, outcome.Table("trials")["iterations"].Values);
    }
}
