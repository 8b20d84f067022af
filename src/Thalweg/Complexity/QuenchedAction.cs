// The replica-symmetric action of the replicated Kac-Rice formula, with its gradient and Hessian in the order parameters.
using System;
using Thalweg.Models;
using Thalweg.Spectra;

namespace Thalweg.Complexity;

/// <summary>The order parameters of the replica-symmetric action, all per N: overlaps of replicated stationary points x_a and of the fields x̂_a that hold their gradients at zero.</summary>
/// <param name="Response">r = -i x_a·x̂_a/N, a replica with its own field.</param>
/// <param name="Conjugate">d_0 = x̂_a·x̂_a/N.</param>
/// <param name="ReplicaOverlap">q = x_a·x_b/N of two different stationary points, in (-1, 1).</param>
/// <param name="ReplicaResponse">ρ = -i x_a·x̂_b/N.</param>
/// <param name="ReplicaConjugate">d = x̂_a·x̂_b/N.</param>
/// <param name="SignalResponse">r_* = -i x*·x̂_a/N, a field with the signal.</param>
/// <param name="EnergyConjugate">β̂, conjugate to the energy: dΣ/de at the saddle; zero when the energy is free.</param>
public readonly record struct ReplicaParameters(
    double Response, double Conjugate, double ReplicaOverlap, double ReplicaResponse, double ReplicaConjugate, double SignalResponse, double EnergyConjugate);

/// <summary>Σ(m, e, μ; r, d_0, q, ρ, d, r_*, β̂), whose extremum over the order parameters is the quenched complexity.</summary>
/// <remarks>
/// With U = 1-q, V = r-ρ, W = d_0-d, D = UW + V² and noise covariance Q, signal S:
/// Σ = log(Q_2)/2 + Φ(μ/sqrt(Q_2)) + 1 + β̂ (e + S(m)) - μ r + S'(m) r_*
///   + {β̂² (Q_0-Q(q)) + 2β̂ (Q_1 r - Q'(q) ρ) - Q_1 d_0 + Q'(q) d + Q_2 r² - Q''(q) ρ²}/2
///   + log(D)/2 + [W (q-m²) + 2V (ρ - m r_*) + U (d + r_*²)]/(2D).
/// It is the limit n → 0 of (1/n) times the action of n replicas; at n = 1 the same action gives the annealed complexity. The form for S = Q is that of the replicated
/// Kac-Rice literature (Ros, Ben Arous, Biroli, Cammarota 2019; Kent-Dobias and Kurchan 2023) with a signal of any shape; it is derived here, in docs/quenched-complexity.md.
/// Arrays below are in the order of <see cref="ReplicaParameters"/>: r, d_0, q, ρ, d, r_*, β̂. Every call is O(1) and allocates nothing.
/// </remarks>
public static class QuenchedAction
{
    /// <summary>The number of order parameters.</summary>
    public const int Count = 7;

    private const int R = 0, D0 = 1, Q = 2, Rho = 3, D = 4, RStar = 5, Beta = 6;

    /// <summary>Σ at any order parameters, with a scale for its rounding error.</summary>
    /// <param name="model">Noise Q and signal S.</param>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <param name="energy">e, the total loss per N; irrelevant when β̂ = 0.</param>
    /// <param name="multiplier">μ, the shift of the Hessian in absolute units.</param>
    /// <param name="z">The order parameters, with q &lt; 1 and D &gt; 0.</param>
    /// <param name="magnitude">The sum of the absolute values of the terms, amplified by the cancellation inside D.</param>
    /// <returns>The action per N; NaN outside q &lt; 1, D &gt; 0.</returns>
    public static double Of(Model model, double overlap, double energy, double multiplier, in ReplicaParameters z, out double magnitude)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (r, d0, q, ρ, d, rStar, β) = z;
        Covariance noise = model.Noise, signal = model.Signal;
        double m = overlap, μ = multiplier, Q0 = noise.AtOne, Q1 = noise.SlopeAtOne, Q2 = noise.CurvatureAtOne;
        double U = 1 - q, V = r - ρ, W = d0 - d, det = U * W + V * V;

        double spectrum = Math.Log(Q2) / 2 + Semicircle.LogPotential(μ / Math.Sqrt(Q2)) + 1;
        double constraints = β * (energy + signal.Q(m)) - μ * r + signal.DQ(m) * rStar;
        double landscape = (β * β * (Q0 - noise.Q(q)) + 2 * β * (Q1 * r - noise.DQ(q) * ρ) - Q1 * d0 + noise.DQ(q) * d + Q2 * r * r - noise.D2Q(q) * ρ * ρ) / 2;
        double volume = Math.Log(det) / 2 + (W * (q - m * m) + 2 * V * (ρ - m * rStar) + U * (d + rStar * rStar)) / (2 * det);

        double weight = 1 + (Math.Abs(W * (q - m * m)) + 2 * Math.Abs(V * (ρ - m * rStar)) + Math.Abs(U * d) + U * rStar * rStar) / det;
        magnitude = Math.Abs(Math.Log(Q2)) + Math.Abs(Math.Log(det)) + μ * μ / Q2 + 2 + Math.Abs(β) * (Math.Abs(energy) + Math.Abs(signal.Q(m)))
            + Math.Abs(μ * r) + Math.Abs(signal.DQ(m) * rStar)
            + β * β * Q0 + Math.Abs(β) * Q1 * (Math.Abs(r) + Math.Abs(ρ)) + Q1 * (Math.Abs(d0) + Math.Abs(d)) + Q2 * (r * r + ρ * ρ)
            + weight * Cancellation(z, det);
        return spectrum + constraints + landscape + volume;
    }

    /// <summary>The derivatives of Σ in the order parameters, with scales for their rounding errors.</summary>
    /// <param name="model">Noise Q and signal S.</param>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <param name="energy">e, the total loss per N.</param>
    /// <param name="multiplier">μ.</param>
    /// <param name="z">The order parameters, with q &lt; 1 and D &gt; 0.</param>
    /// <param name="gradient">[i], <see cref="Count"/> entries, written.</param>
    /// <param name="magnitude">[i], sums of absolute values of the terms, written; or empty.</param>
    public static void Gradient(Model model, double overlap, double energy, double multiplier, in ReplicaParameters z, Span<double> gradient, Span<double> magnitude = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (r, d0, q, ρ, d, rStar, β) = z;
        Covariance noise = model.Noise, signal = model.Signal;
        double m = overlap, Q0 = noise.AtOne, Q1 = noise.SlopeAtOne, Q2 = noise.CurvatureAtOne, q1 = noise.DQ(q), q2 = noise.D2Q(q), q3 = noise.D3Q(q);
        Span<double> slopes = stackalloc double[2 * Count];
        Volume(m, z, slopes, out double det, out double numerator);
        for (int i = 0; i < Count; i++)
        {
            gradient[i] = ((slopes[i] + slopes[Count + i]) - numerator * slopes[i] / det) / (2 * det);
        }

        gradient[R] += -multiplier + β * Q1 + Q2 * r;
        gradient[D0] += -Q1 / 2;
        gradient[Q] += (-β * β * q1 - 2 * β * q2 * ρ + q2 * d - q3 * ρ * ρ) / 2;
        gradient[Rho] += -β * q1 - q2 * ρ;
        gradient[D] += q1 / 2;
        gradient[RStar] += signal.DQ(m);
        gradient[Beta] += energy + signal.Q(m) + β * (Q0 - noise.Q(q)) + Q1 * r - q1 * ρ;
        if (magnitude.IsEmpty)
        {
            return;
        }

        double cancellation = Cancellation(z, det), a = Math.Abs(numerator / det);
        for (int i = 0; i < Count; i++)
        {
            magnitude[i] = cancellation * (Math.Abs(slopes[i]) * (1 + a) + Math.Abs(slopes[Count + i])) / det;
        }

        magnitude[R] += Math.Abs(multiplier) + Math.Abs(β) * Q1 + Q2 * Math.Abs(r) + 2 * Math.Abs(m * rStar) / det;
        magnitude[D0] += Q1 + m * m / det;
        magnitude[Q] += β * β * Math.Abs(q1) + 2 * Math.Abs(β * q2 * ρ) + Math.Abs(q2 * d) + Math.Abs(q3) * ρ * ρ + (Math.Abs(d0) + Math.Abs(d)) / det;
        magnitude[Rho] += Math.Abs(β * q1) + Math.Abs(q2 * ρ) + 2 * (Math.Abs(r) + Math.Abs(ρ)) / det;
        magnitude[D] += Math.Abs(q1) + 1 / det;
        magnitude[RStar] += Math.Abs(signal.DQ(m)) + 2 * Math.Abs(rStar) / det;
        magnitude[Beta] += Math.Abs(energy) + Math.Abs(signal.Q(m)) + Math.Abs(β) * Q0 + Q1 * Math.Abs(r) + Math.Abs(q1 * ρ);
    }

    /// <summary>∂Σ/∂m at fixed order parameters: at the saddle, the slope dΣ_q/dm (and dΣ_q/de = β̂).</summary>
    /// <param name="model">Noise Q and signal S.</param>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <param name="z">The order parameters, with q &lt; 1 and D &gt; 0.</param>
    public static double OverlapSlope(Model model, double overlap, in ReplicaParameters z)
    {
        ArgumentNullException.ThrowIfNull(model);
        double U = 1 - z.ReplicaOverlap, V = z.Response - z.ReplicaResponse, W = z.Conjugate - z.ReplicaConjugate;
        return z.EnergyConjugate * model.Signal.DQ(overlap) + model.Signal.D2Q(overlap) * z.SignalResponse - (W * overlap + V * z.SignalResponse) / (U * W + V * V);
    }

    /// <summary>The second derivatives of Σ in the order parameters.</summary>
    /// <param name="model">Noise Q and signal S.</param>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <param name="z">The order parameters, with q &lt; 1 and D &gt; 0.</param>
    /// <param name="hessian">[i, j] row-major, Count², written; symmetric, independent of e and μ.</param>
    /// <param name="alongOverlap">[i], the mixed derivatives in the order parameters and m, written.</param>
    public static void Hessian(Model model, double overlap, in ReplicaParameters z, Span<double> hessian, Span<double> alongOverlap)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (r, _, q, ρ, d, rStar, β) = z;
        Covariance noise = model.Noise, signal = model.Signal;
        double m = overlap, Q0 = noise.AtOne, Q1 = noise.SlopeAtOne, Q2 = noise.CurvatureAtOne, q1 = noise.DQ(q), q2 = noise.D2Q(q), q3 = noise.D3Q(q);
        double U = 1 - q, V = r - ρ, W = z.Conjugate - d;
        Span<double> slopes = stackalloc double[2 * Count];
        Volume(m, z, slopes, out double det, out double numerator);

        // f = log(D)/2 + N/(2D): first the products of slopes, then the few second derivatives of D and of N, which are constants but for those with r_*.
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double product = slopes[i] * slopes[j], cross = slopes[Count + i] * slopes[j] + slopes[Count + j] * slopes[i];
                hessian[i * Count + j] = hessian[j * Count + i] = (-product - cross + 2 * numerator * product / det) / (2 * det * det);
            }

            alongOverlap[i] = 0;
        }

        double ofD = (1 - numerator / det) / (2 * det), ofN = 1 / (2 * det);
        Add(hessian, Q, D0, -ofD + ofN);
        Add(hessian, Q, D, ofD - 2 * ofN);
        Add(hessian, R, R, 2 * ofD);
        Add(hessian, R, Rho, -2 * ofD + 2 * ofN);
        Add(hessian, Rho, Rho, 2 * ofD - 4 * ofN);
        Add(hessian, Q, RStar, -2 * rStar * ofN);
        Add(hessian, R, RStar, -2 * m * ofN);
        Add(hessian, Rho, RStar, 2 * m * ofN);
        Add(hessian, RStar, RStar, 2 * U * ofN);

        Add(hessian, R, R, Q2);
        Add(hessian, R, Beta, Q1);
        Add(hessian, Q, Q, (-β * β * q2 - 2 * β * q3 * ρ + q3 * d - noise.D4Q(q) * ρ * ρ) / 2);
        Add(hessian, Q, Rho, -β * q2 - q3 * ρ);
        Add(hessian, Q, D, q2 / 2);
        Add(hessian, Q, Beta, -β * q1 - q2 * ρ);
        Add(hessian, Rho, Rho, -q2);
        Add(hessian, Rho, Beta, -q1);
        Add(hessian, Beta, Beta, Q0 - noise.Q(q));

        double slopeOfN = -2 * m * W - 2 * V * rStar;
        for (int i = 0; i < Count; i++)
        {
            alongOverlap[i] = -slopeOfN * slopes[i] / (2 * det * det);
        }

        alongOverlap[R] += -2 * rStar * ofN;
        alongOverlap[D0] += -2 * m * ofN;
        alongOverlap[Rho] += 2 * rStar * ofN;
        alongOverlap[D] += 2 * m * ofN;
        alongOverlap[RStar] += -2 * V * ofN + signal.D2Q(m);
        alongOverlap[Beta] += signal.DQ(m);
    }

    // D and N = W (q-m²) + 2V (ρ - m r_*) + U (d + r_*²) with their slopes: those of D first, then those of N.
    private static void Volume(double m, in ReplicaParameters z, Span<double> slopes, out double det, out double numerator)
    {
        var (r, d0, q, ρ, d, rStar, _) = z;
        double U = 1 - q, V = r - ρ, W = d0 - d, a = q - m * m, b = ρ - m * rStar, c = d + rStar * rStar;
        det = U * W + V * V;
        numerator = W * a + 2 * V * b + U * c;
        slopes.Clear();
        slopes[R] = 2 * V;
        slopes[D0] = U;
        slopes[Q] = -W;
        slopes[Rho] = -2 * V;
        slopes[D] = -U;
        slopes[Count + R] = 2 * b;
        slopes[Count + D0] = a;
        slopes[Count + Q] = W - c;
        slopes[Count + Rho] = 2 * (V - b);
        slopes[Count + D] = U - a;
        slopes[Count + RStar] = 2 * (U * rStar - V * m);
    }

    // By how much the differences inside D enlarge relative rounding errors.
    private static double Cancellation(in ReplicaParameters z, double det)
    {
        double spread = Math.Abs(z.Response) + Math.Abs(z.ReplicaResponse);
        return ((1 + Math.Abs(z.ReplicaOverlap)) * (Math.Abs(z.Conjugate) + Math.Abs(z.ReplicaConjugate)) + spread * spread) / det;
    }

    private static void Add(Span<double> hessian, int i, int j, double value)
    {
        hessian[i * Count + j] += value;
        if (i != j)
        {
            hessian[j * Count + i] += value;
        }
    }
}
