// S(m), the supremum over energies of the complexity of minima, beyond the gradient-flow threshold and without cancellation.
using System;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Numerics.Series;
using Thalweg.Results;
using Thalweg.Spectra;

namespace Thalweg.Thresholds;

/// <summary>
/// S(m) of a family at u = u_GF + δ. While the optimum sits at the edge t = 2, with z = (Q_2-Q_1)/(Q_2+Q_1), d = θ(m) - 1, t_0 = m Q'(m)/sqrt(Q_2) and v = 1 + Q_1/Q_2,
/// S(m) = artanh(z) - z - L(θ, 2) + log(1-m²)/2 - (1-m²) Q'(m)²/(2Q_1) + (4 t_0 - t_0²)/(2v), L(θ, 2) = [log(1+d) - d + d²/2]/2 for d &gt; 0, else 0.
/// </summary>
/// <remarks>
/// With a weak tensor S is of order z³, far below the rounding of the terms of order one that it is the sum of elsewhere; here every term is small itself. θ(0) - 1 is written
/// δ (δ + sqrt(1+4R_2))/(sqrt(Q_2) (u + sqrt(Q_2))) for the same reason.
/// </remarks>
internal sealed class MinimaNearThreshold
{
    private readonly MatrixFamily family;
    private readonly Covariance rest;
    private readonly double u, q1, scale, variance, z, spikeExcess;
    private Model? model;

    public MinimaNearThreshold(MatrixFamily family, double excess)
    {
        this.family = family;
        rest = family.Rest;
        double r1 = rest.SlopeAtOne, r2 = rest.CurvatureAtOne, root = GradientFlowThreshold.Root(r2);
        u = (1 + root) / 2 + excess;
        q1 = u + r1;
        double q2 = u + r2;
        scale = Math.Sqrt(q2);
        variance = 1 + q1 / q2;
        z = (r2 - r1) / (q1 + q2);
        spikeExcess = excess * (excess + root) / (scale * (u + scale));
    }

    /// <summary>|m| of the anti-aligned stationary point where its bulk becomes stable: m_-² = 1 - Q_1/Q_2.</summary>
    public double Span => Math.Sqrt(2 * z / (1 + z));

    /// <summary>S(0) with t = 2 imposed: a lower bound on S(0), and equal to it where <see cref="EdgeIsBestAtZero"/>.</summary>
    public double EdgeAtZero => LogRemainder.ArtanhSecond(z) - LogRemainder.Third(spikeExcess) / 2;

    /// <summary>Whether the optimum of S(0) sits at the edge.</summary>
    public bool EdgeIsBestAtZero => spikeExcess / 2 <= z;

    /// <summary>S(0).</summary>
    public double AtZero => EdgeIsBestAtZero ? EdgeAtZero : Section(0).Minima().Complexity;

    /// <summary>S(m).</summary>
    public double At(double m)
    {
        double pull = Pull(m), width = (1 - m) * (1 + m), t0 = m * pull / scale, d = SpikeExcess(m, width);
        if (!EdgeIsBest(d, t0))
        {
            return Section(m).Minima().Complexity;
        }

        double volume = -(m * m + LogRemainder.Second(-m * m)) / 2;
        return LogRemainder.ArtanhSecond(z) - (d > 0 ? LogRemainder.Third(d) / 2 : 0) + volume - width * pull * pull / (2 * q1) + t0 * (4 - t0) / (2 * variance);
    }

    /// <summary>S'(m), by the envelope theorem: the optimal t stays where it is.</summary>
    public double Slope(double m)
    {
        double pull = Pull(m), curvature = u + rest.D2Q(m), width = (1 - m) * (1 + m), t0 = m * pull / scale, d = SpikeExcess(m, width), θ = 1 + d, g = 1;
        if (!EdgeIsBest(d, t0))
        {
            g = Semicircle.Resolvent(Section(m).Minima().Shift);
        }

        // ∂L/∂θ = (θ + 1/θ - t)/2 where the outlier is held back.
        double held = θ * g > 1 ? (g == 1 ? d * d / θ : (θ - g) * (θ * g - 1) / (θ * g)) / 2 : 0;
        return -m / width + (m * pull - width * curvature) * pull / q1 + (g + 1 / g - t0) / variance * (pull + m * curvature) / scale
            - held * (width * rest.D3Q(m) - 2 * m * curvature) / scale;
    }

    /// <summary>Bound on the rounding error of S(m) for small m.</summary>
    public double Rounding(double m)
    {
        double width = (1 - m) * (1 + m);
        return EdgeIsBest(SpikeExcess(m, width), m * Pull(m) / scale)
            ? 8 * Quantity.Unit * (LogRemainder.ArtanhSecond(z) + LogRemainder.Third(spikeExcess) + 2 * m * m * (1 + u * u / q1))
            : Section(m).Minima().Error;
    }

    private double Pull(double m) => u * m + rest.DQ(m);

    private double SpikeExcess(double m, double width) => spikeExcess + (width * rest.D2Q(m) - m * m * u) / scale;

    // The slope in t at the edge is not positive: 1 + d/2 ≤ (2 - t_0)/v with 2/v = 1 + z.
    private bool EdgeIsBest(double d, double t0) => Math.Max(d, 0) / 2 + t0 / variance <= z;

    private OverlapSection Section(double m)
    {
        model ??= family.ModelAt(u);
        return new OverlapSection(model, m);
    }
}
