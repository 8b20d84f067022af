// A landscape on the sphere: the covariance of its noise and the polynomial through which the signal enters.
using System;

namespace Thalweg.Models;

/// <summary>
/// The loss ℓ(σ) = noise(σ) - S(m) on the unit sphere |σ| = 1, where the noise is Gaussian with covariance Q(σ·σ')/N and m = ⟨σ, σ*⟩ (eq. (3) of the paper, in expectation form).
/// </summary>
/// <remarks>Energies are per N. For a planted model S = Q (signal and noise match, the Bayes-optimal case); without a signal S = 0.</remarks>
public sealed class Model
{
    /// <summary>A model from its two polynomials.</summary>
    /// <param name="name">How the model calls itself in results.</param>
    /// <param name="noise">Q, with Q''(1) &gt; 0: at least one term of power two or more.</param>
    /// <param name="signal">S; <see cref="Covariance.Zero"/> when nothing is planted.</param>
    /// <exception cref="ArgumentException">The noise has no term of power two or more: such a landscape has no spectrum.</exception>
    public Model(string name, Covariance noise, Covariance signal)
    {
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(signal);
        if (noise.CurvatureAtOne <= 0)
        {
            throw new ArgumentException("the mixture needs at least one term of power 2 or more: a linear field alone has one minimum and no landscape", nameof(noise));
        }

        Name = name;
        Noise = noise;
        Signal = signal;
    }

    /// <summary>How the model calls itself in results, "spiked matrix-tensor" for example.</summary>
    public string Name { get; }

    /// <summary>Q, the covariance of the noise.</summary>
    public Covariance Noise { get; }

    /// <summary>S, the signal polynomial: equal to Q when planted, zero when not.</summary>
    public Covariance Signal { get; }

    /// <summary>True when there is a signal to find.</summary>
    public bool IsPlanted => !Signal.IsZero;

    /// <summary>A model with S = Q or S = 0.</summary>
    /// <param name="name">How the model calls itself in results.</param>
    /// <param name="covariance">Q.</param>
    /// <param name="planted">Whether the signal is present.</param>
    public static Model FromMixture(string name, Covariance covariance, bool planted) => new(name, covariance, planted ? covariance : Covariance.Zero);
}
