// What ageing without a signal tends to at infinite times: the plateau, the response of its two sectors, multiplier and energy (Cugliandolo and Kurchan).
using System;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Numerics.Roots;
using Thalweg.Results;
using Thalweg.TwoTime;

namespace Thalweg.Ageing;

/// <summary>
/// The weak-ergodicity-breaking solution: within finite distances C falls from 1 to the plateau q, with the fluctuation-dissipation theorem of the bath; from there to 0 on the scale of t itself, with R = x ∂C/∂t'.
/// </summary>
/// <remarks>
/// The fast sector alone has the response χ_f = (1-q)/T, and its own equation is marginal, Q''(q) χ_f² = 1, which fixes q; at T = 0 it has q = 1. Then
/// <code>μ = T/(1-q) + (Q'(1)-Q'(q))/T    (R integrated over the fast sector),    μ = T + (Q'(1) - q Q'(q))/T + x q Q'(q)    (eq. (11)),</code>
/// hence x = (q Q''(q) - Q'(q))/(q Q'(q) sqrt(Q''(q))), and e = -(Q(1)-Q(q))/T - x Q(q). At T = 0: μ = 2 sqrt(Q''(1)), x = (Q''(1)-Q'(1))/(Q'(1) sqrt(Q''(1))), and for the pure p-spin x = (p-2)/sqrt(Q''(1)).
/// At T > 0 limits are given for pure models. They are exact, as far as the Cugliandolo-Kurchan solution is. Mixtures at T = 0 follow <see cref="AgeingEnergy"/>, which also knows continuous sectors; that their dynamics forgets its start is a hypothesis there.
/// </remarks>
public sealed record AgeingLimit
{
    private AgeingLimit(Quantity plateau, Quantity fastResponse, Quantity multiplier, Quantity energy, Func<double, Quantity> ratio, Func<double, Quantity> integrated) =>
        (Plateau, FastResponse, Multiplier, Energy, Ratio, Integrated) = (plateau, fastResponse, multiplier, energy, ratio, integrated);

    /// <summary>q: 1 at T = 0.</summary>
    public Quantity Plateau { get; }

    /// <summary>χ_f = Q''(q)^(-1/2).</summary>
    public Quantity FastResponse { get; }

    /// <summary>lim μ(t).</summary>
    public Quantity Multiplier { get; }

    /// <summary>lim e(t).</summary>
    public Quantity Energy { get; }

    /// <summary>x at a correlation C in (0, q).</summary>
    public Func<double, Quantity> Ratio { get; }

    /// <summary>χ at a correlation C in [0, 1]: (1-C)/T above the plateau, χ_f plus the integral of x below.</summary>
    public Func<double, Quantity> Integrated { get; }

    /// <summary>The limit for a problem.</summary>
    /// <param name="problem">A problem.</param>
    /// <returns>Its numbers are missing, with a reason, where no limit is known.</returns>
    public static AgeingLimit Of(TwoTimeProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var noise = problem.Model.Noise;
        return problem.HasOverlap ? Unknown("with a signal the flow does not age for ever")
            : problem.InitialInverse > 0 ? Unknown("a start in equilibrium may be remembered for ever")
            : noise.Coefficient(1) > 0 ? Unknown("a linear term ends the ageing: C does not fall to zero")
            : problem.Temperature > 0 ? AtTemperature(noise, problem.Temperature)
            : AtZero(noise);
    }

    private static AgeingLimit AtZero(Covariance noise)
    {
        var state = AgeingEnergy.Of(noise);
        double curvature = noise.CurvatureAtOne;
        return new(Quantity.ClosedForm(1), Quantity.ClosedForm(1 / Math.Sqrt(curvature)), Quantity.ClosedForm(2 * Math.Sqrt(curvature)), state.Energy, Ratio, Integrated);

        Quantity Ratio(double c) => !state.BreakingPoint.Exists || c >= state.BreakingPoint.Value ? state.StepRatio
            : Quantity.Of(noise.D3Q(c) / (2 * Math.Pow(noise.D2Q(c), 1.5)), 1e-14 * noise.D3Q(c) / Math.Pow(noise.D2Q(c), 1.5), How.Estimate);

        Quantity Integrated(double c) => !state.BreakingPoint.Exists ? state.BreakingPoint
            : c < state.BreakingPoint.Value ? Quantity.ClosedForm(1 / Math.Sqrt(noise.D2Q(c)))
            : Quantity.ClosedForm(1 / Math.Sqrt(curvature) + (state.StepRatio.Exists ? state.StepRatio.Value * (1 - c) : 0));
    }

    // One power p: (1-q) sqrt(Q''(q)) has its largest value at (p-2)/p and X = (p-2)(1-q)/q, which reaches 1 before that.
    private static AgeingLimit AtTemperature(Covariance noise, double T)
    {
        if (!noise.IsPure)
        {
            return Unknown("at T > 0 the limit is known for pure models only");
        }

        int p = noise.Powers[0];
        double Balance(double plateau) => (1 - plateau) * Math.Sqrt(noise.D2Q(plateau)) - T;
        double lowest = (p - 2.0) / (p - 1);
        if (Balance(lowest) <= 0)
        {
            return Unknown("at this temperature the system equilibrates: there is no ageing for ever");
        }

        var root = BracketedRoot.Find(Balance, lowest, 1, 8 * Quantity.Unit * Math.Sqrt(noise.CurvatureAtOne));
        double q = root.Position, q0 = noise.AtOne, q1 = noise.SlopeAtOne, curvature = noise.D2Q(q), slope = noise.DQ(q);
        double x = (p - 2) / (q * Math.Sqrt(curvature)), reach = root.Error + Quantity.Unit;

        // How the numbers change with q; T carries no error.
        double fastError = 0.5 * (p - 2) / (q * Math.Sqrt(curvature)) * reach;
        double muError = (T / ((1 - q) * (1 - q)) + curvature / T) * reach + 8 * Quantity.Unit * (T / (1 - q) + q1 / T);
        double energyError = (slope / T + 2 * p * x * noise.Q(q) / q) * reach + 8 * Quantity.Unit * q0 / T;
        var ratio = Quantity.Of(x, p * x / q * reach + 8 * Quantity.Unit * x, How.Root);
        return new(
            Quantity.Of(q, root.Error, How.Root), Quantity.Of(1 / Math.Sqrt(curvature), fastError + 8 * Quantity.Unit / Math.Sqrt(curvature), How.Root), Quantity.Of(T / (1 - q) + (q1 - slope) / T, muError, How.Root),
            Quantity.Of(-(q0 - noise.Q(q)) / T - x * noise.Q(q), energyError, How.Root), _ => ratio,
            c => Quantity.Of(c >= q ? (1 - c) / T : 1 / Math.Sqrt(curvature) + x * (q - c), fastError + ratio.Error + x * reach + 8 * Quantity.Unit / T, How.Root));
    }

    private static AgeingLimit Unknown(string why)
    {
        var missing = Quantity.Missing(why);
        return new(missing, missing, missing, missing, _ => missing, _ => missing);
    }
}
