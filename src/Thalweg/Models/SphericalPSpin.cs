// The pure spherical p-spin glass, Q(x) = x^p: the landscape without a signal that the literature counts its critical points on.
using System;

namespace Thalweg.Models;

/// <summary>
/// The pure spherical p-spin of Auffinger, Ben Arous and Cerny (2013): H_N = N^(-(p-1)/2) Σ J σ...σ on |σ|² = N, u = H/N, which here is Q(x) = x^p.
/// </summary>
/// <param name="Order">p, from 2 to 100.</param>
public readonly record struct SphericalPSpin(int Order)
{
    /// <summary>Q(x) = x^p.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p below 2 or above 100.</exception>
    public Covariance ToCovariance() =>
        Order is >= 2 and <= Covariance.LargestPower
            ? Covariance.Pure(Order, 1)
            : throw new ArgumentOutOfRangeException(nameof(Order), Order, $"p must be an integer from 2 to {Covariance.LargestPower}");

    /// <summary>The model as a landscape without a signal.</summary>
    public Model ToModel() => Model.FromMixture("spherical p-spin", ToCovariance(), planted: false);
}
