// Eqs. (8)-(11), the two-time equations of gradient flow and Langevin dynamics, as a definition: what stands under the integrals and around them.
using System;
using Thalweg.Models;
using Thalweg.Results;

namespace Thalweg.TwoTime;

/// <summary>
/// For a landscape with noise covariance Q and signal S, at temperature T, for t &gt; t':
/// <code>
/// ∂C(t,t')/∂t = -μ(t) C(t,t') + S'(m(t)) m(t') + ∫_0^t Σ(t,s) C(t',s) ds + ∫_0^t' D(t,s) R(t',s) ds        (8)
/// ∂R(t,t')/∂t = -μ(t) R(t,t') + ∫_t'^t Σ(t,s) R(s,t') ds                                                     (9)
/// dm(t)/dt    = -μ(t) m(t) + S'(m(t)) + ∫_0^t Σ(t,s) m(s) ds                                                  (10)
/// μ(t)        = T + S'(m) m + ∫_0^t R(t,s) [Q'(C(t,s)) + Q''(C(t,s)) C(t,s)] ds                               (11)
/// </code>
/// with Σ = R Q''(C), D = Q'(C), C(t,t) = R(t,t⁻) = 1, C symmetric, R = 0 for t &lt; t'. A start in equilibrium at T0 adds (1/T0) Q'(C(t,0)) times C(t',0) in (8), m(0) in (10) and C(t,0) in (11).
/// </summary>
/// <remarks>Everything that depends on the model depends on (t,s) only: it is evaluated once a row, here, and the rest is linear algebra. The paper writes these equations for its model; the form for any mixture is derived in docs/dynamics.md.</remarks>
public static class TwoTimeEquations
{
    /// <summary>Σ(t,s) = R Q''(C): what the past displacement at s does to the force at t.</summary>
    /// <param name="noise">Q.</param>
    /// <param name="c">C(t,s).</param>
    /// <param name="r">R(t,s).</param>
    [Equation(Papers.BigBadMinima, 9)]
    public static double MemoryKernel(Covariance noise, double c, double r) => r * noise.D2Q(c);

    /// <summary>D(t,s) = Q'(C): the covariance of the random force.</summary>
    /// <param name="noise">Q.</param>
    /// <param name="c">C(t,s).</param>
    [Equation(Papers.BigBadMinima, 8)]
    public static double ForceCovariance(Covariance noise, double c) => noise.DQ(c);

    /// <summary>The integrand of μ: R [Q'(C) + Q''(C) C].</summary>
    /// <param name="noise">Q.</param>
    /// <param name="c">C(t,s).</param>
    /// <param name="r">R(t,s).</param>
    [Equation(Papers.BigBadMinima, 11)]
    public static double MultiplierKernel(Covariance noise, double c, double r) => r * (noise.DQ(c) + noise.D2Q(c) * c);

    /// <summary>The integrand of the energy of the noise: -R Q'(C).</summary>
    /// <param name="noise">Q.</param>
    /// <param name="c">C(t,s).</param>
    /// <param name="r">R(t,s).</param>
    public static double EnergyKernel(Covariance noise, double c, double r) => -r * noise.DQ(c);

    /// <summary>S'(m)/m, the rate at which the signal pulls: for a vanishing overlap its limit S''(0), also where m itself underflows.</summary>
    /// <param name="signal">S; a linear term makes the ratio grow without bound as m vanishes.</param>
    /// <param name="m">The overlap, &gt; 0.</param>
    [Equation(Papers.BigBadMinima, 10)]
    public static double PullOverOverlap(Covariance signal, double m)
    {
        ArgumentNullException.ThrowIfNull(signal);
        double sum = 0;
        for (int i = 0; i < signal.Powers.Length; i++)
        {
            int k = signal.Powers[i];
            double power = k == 1 ? 1 / m : 1;
            for (int j = 2; j < k; j++)
            {
                power *= m;
            }

            sum += k * signal.Coefficients[i] * power;
        }

        return sum;
    }

    /// <summary>μ(0): eq. (11) before there is a past.</summary>
    /// <param name="problem">The problem.</param>
    public static double InitialMultiplier(TwoTimeProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        double m = problem.HasOverlap ? Math.Exp(problem.LogOverlap!.Value) : 0;
        return problem.Temperature + (problem.HasOverlap ? problem.Model.Signal.DQ(m) * m : 0) + problem.InitialInverse * problem.Model.Noise.DQ(1);
    }

    /// <summary>d ln m/dt at t = 0: eq. (10) before there is a past.</summary>
    /// <param name="problem">A problem with an overlap.</param>
    public static double InitialGrowth(TwoTimeProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        double pull = problem.IsLinear ? problem.Model.Signal.CurvatureAtZero : PullOverOverlap(problem.Model.Signal, Math.Exp(problem.LogOverlap!.Value));
        return pull - InitialMultiplier(problem) + problem.InitialInverse * problem.Model.Noise.DQ(1);
    }
}
