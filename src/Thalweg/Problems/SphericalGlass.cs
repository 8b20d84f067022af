// The spherical p-spin glass as a problem: a drawn instance, and the law of its indices.
using System;
using Thalweg.Geometry;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;

namespace Thalweg.Problems;

/// <summary>
/// e(σ) = H(σ)/N of one instance with N E[e e'] = x^p on the unit sphere. At a critical point of energy e the Hessian has a semicircle with centre -p e and radius 2 sqrt(p(p-1)): below -E∞ = -2 sqrt((p-1)/p) lie minima, above it the share of negative eigenvalues follows its distribution (Auffinger, Ben Arous, Cerny 2013).
/// </summary>
public sealed class SphericalGlass : Problem
{
    /// <summary>Its name in the catalog.</summary>
    public const string Name = "p-spin";

    private readonly PackedInstance instance;
    private readonly int order;

    /// <summary>Draws an instance.</summary>
    /// <param name="dimension">N ≥ 4; N^p/p! couplings are kept.</param>
    /// <param name="order">p, from 2 to 6.</param>
    /// <param name="seed">Names the instance.</param>
    public SphericalGlass(int dimension, int order, ulong seed) =>
        (this.order, Manifold, instance) = (order, new UnitSphere(dimension), PackedInstance.Draw(new SphericalPSpin(order).ToModel(), dimension, seed, 0));

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override ILandscape Open() => instance.Landscape();

    /// <inheritdoc/>
    public override double? IndexShare(double value) => SemicircleShare(order, value);

    /// <summary>F(e) = ½ + (z sqrt(1 - z²) + arcsin z)/π with z = e/E∞, E∞ = 2 sqrt((p-1)/p): the part of the semicircle that lies below zero.</summary>
    /// <param name="order">p ≥ 2.</param>
    /// <param name="value">e.</param>
    public static double SemicircleShare(int order, double value)
    {
        double z = Math.Clamp(value / (2 * Math.Sqrt((order - 1.0) / order)), -1, 1);
        return 0.5 + (z * Math.Sqrt(1 - z * z) + Math.Asin(z)) / Math.PI;
    }
}
