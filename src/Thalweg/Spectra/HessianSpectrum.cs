// Eq. (6): the Hessian at a stationary point, sqrt(Q''(1)) [W + t I - theta e1 e1^T], its bulk and its outlier.
using System;
using Thalweg.Models;
using Thalweg.Results;

namespace Thalweg.Spectra;

/// <summary>
/// The limiting spectrum of the Riemannian Hessian at a stationary point of overlap m and bulk shift t (eq. (6) of the paper for m = 0; the same form holds at every m with
/// θ(m) = (1 - m²) S''(m)/sqrt(Q''(1)) and e_1 the tangent direction toward the signal).
/// </summary>
/// <remarks>The Hessian is independent of the gradient, so these are also the spectra at typical points of the same overlap and energies.</remarks>
public sealed class HessianSpectrum
{
    private readonly double scale, spikeMagnitude;

    /// <summary>The spectrum of a model at an overlap and a bulk shift.</summary>
    /// <param name="model">The landscape.</param>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <param name="shift">t in units of sqrt(Q''(1)): 2 at the threshold.</param>
    [Equation(Papers.BigBadMinima, 6)]
    public HessianSpectrum(Model model, double overlap, double shift)
    {
        ArgumentNullException.ThrowIfNull(model);
        scale = Math.Sqrt(model.Noise.CurvatureAtOne);
        SpikeStrength = Spike(model, overlap);
        spikeMagnitude = (1 - overlap) * (1 + overlap) * model.Signal.D2Q(Math.Abs(overlap)) / scale;
        Overlap = overlap;
        BulkShift = shift;
    }

    /// <summary>m, the overlap of the stationary points.</summary>
    public double Overlap { get; }

    /// <summary>θ: an eigenvalue leaves the bulk when |θ| &gt; 1.</summary>
    public double SpikeStrength { get; }

    /// <summary>t: the centre of the bulk in units of sqrt(Q''(1)).</summary>
    public double BulkShift { get; }

    /// <summary>The left edge sqrt(Q''(1)) (t - 2).</summary>
    public Quantity BulkLeft => Quantity.ClosedForm(scale * (BulkShift - 2), scale * Math.Max(Math.Abs(BulkShift), 2));

    /// <summary>The right edge sqrt(Q''(1)) (t + 2).</summary>
    public Quantity BulkRight => Quantity.ClosedForm(scale * (BulkShift + 2), scale * Math.Max(Math.Abs(BulkShift), 2));

    /// <summary>The isolated eigenvalue sqrt(Q''(1)) (t - θ - 1/θ): below the bulk for θ &gt; 1, above it for θ &lt; -1, missing in between.</summary>
    /// <remarks>At threshold, t = 2, it is written -sqrt(Q''(1)) (θ - 1)²/θ, without cancellation.</remarks>
    public Quantity Outlier
    {
        get
        {
            double θ = SpikeStrength;
            var place = RankOnePerturbation.Outlier(θ);
            if (!place.Exists)
            {
                return place;
            }

            // An error of θ, four units in the last place of its largest term, moves the place by 1 - 1/θ² times as much.
            double moved = 4 * Quantity.Unit * scale * spikeMagnitude * (Math.Abs(θ) - 1) * (Math.Abs(θ) + 1) / (θ * θ);
            double value = BulkShift == 2 && θ > 1 ? -scale * (θ - 1) * (θ - 1) / θ : scale * (BulkShift - place.Value);
            double terms = BulkShift == 2 && θ > 1 ? Math.Abs(value) : scale * (Math.Abs(BulkShift) + Math.Abs(place.Value));
            return Quantity.Of(value, moved + 4 * Quantity.Unit * terms, How.ClosedForm);
        }
    }

    /// <summary>The squared overlap 1 - 1/θ² of the outlier's eigenvector with e_1, the tangent direction toward the signal (at m = 0: with the signal itself).</summary>
    public Quantity OutlierOverlap2
    {
        get
        {
            // The error of θ counts: next to the transition it is larger than the rounding of 1 - 1/θ².
            double θ = Math.Abs(SpikeStrength), moved = 8 * Quantity.Unit * spikeMagnitude / (θ * θ * θ);
            var share = RankOnePerturbation.OutlierOverlap2(SpikeStrength);
            return share.Exists ? Quantity.Of(share.Value, share.Error + moved, How.ClosedForm) : share;
        }
    }

    /// <summary>The share of negative eigenvalues in the bulk: 1/2 - t sqrt(4 - t²)/(4π) - arcsin(t/2)/π.</summary>
    public double IndexFraction => Semicircle.Distribution(-BulkShift);

    /// <summary>The density of the bulk, sqrt(4 Q''(1) - (λ - μ)²)/(2π Q''(1)) with μ = t sqrt(Q''(1)).</summary>
    /// <param name="eigenvalue">λ.</param>
    public double Density(double eigenvalue) => Semicircle.Density(eigenvalue / scale - BulkShift) / scale;

    /// <summary>The strength θ(m) = (1 - m²) S''(m)/sqrt(Q''(1)) of the rank-one part; at m = 0 the θ of eq. (6).</summary>
    /// <param name="model">The landscape.</param>
    /// <param name="overlap">m in (-1, 1).</param>
    [Equation(Papers.BigBadMinima, 6)]
    [Equation(Papers.BigBadMinima, 7)]
    public static double Spike(Model model, double overlap)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (1 - overlap) * (1 + overlap) * model.Signal.D2Q(overlap) / Math.Sqrt(model.Noise.CurvatureAtOne);
    }
}
