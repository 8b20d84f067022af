// The spherical p-spin glass as a problem: a drawn instance, and the law of its indices.
using System;
using Thalweg.Geometry;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;

namespace Thalweg.Problems;

/// <summary>
/// e(σ) = H(σ)/N of one instance with N E[e e'] = x^p on the unit sphere. At a critical point of energy e the Hessian has a semicircle with centre -p e and radius 2 sqrt(p(p-1)): below -E∞ = -2 sqrt((p-1)/p) lie minima, above it the share of negative eigenvalues follows its distribution (Auffinger, Ben Arous, Cerny 2013).
/// With a random linear field N E[e e'] = Q(x) = x^p + a x.
/// </summary>
/// <remarks>
/// The field makes the landscape trivial. The mean number of critical points grows like exp(N Σ) with Σ = ½ ln(Q''(1)/Q'(1)) while Q''(1) &gt; Q'(1), that is for a below p(p-2); at it there are 2N in the mean; above, their number goes to 2: one minimum and one maximum (Fyodorov 2015).
/// </remarks>
public sealed class SphericalGlass : Problem
{
    /// <summary>Its name in the catalog.</summary>
    public const string Name = "p-spin";

    private readonly PackedInstance instance;
    private readonly int order;
    private readonly double field;

    /// <summary>Draws an instance.</summary>
    /// <param name="dimension">N ≥ 4; N^p/p! couplings are kept.</param>
    /// <param name="order">p, from 2 to 6.</param>
    /// <param name="seed">Names the instance.</param>
    /// <param name="field">a ≥ 0, the variance of a component of the field in the units of N E[e e'].</param>
    public SphericalGlass(int dimension, int order, ulong seed, double field = 0) =>
        (this.order, this.field, Manifold, instance) = (order, field, new UnitSphere(dimension), PackedInstance.Draw(ModelOf(order, field), dimension, seed, 0));

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override ILandscape Open() => instance.Landscape();

    /// <inheritdoc/>
    public override double? IndexShare(double value) => field > 0 ? null : SemicircleShare(order, value);

    /// <summary>a = p(p-2), where Q''(1) = Q'(1): with a stronger field the landscape is trivial.</summary>
    /// <param name="order">p ≥ 2.</param>
    public static double TrivialField(int order) => order * (order - 2.0);

    /// <summary>F(e) = ½ + (z sqrt(1 - z²) + arcsin z)/π with z = e/E∞, E∞ = 2 sqrt((p-1)/p): the part of the semicircle that lies below zero.</summary>
    /// <param name="order">p ≥ 2.</param>
    /// <param name="value">e.</param>
    public static double SemicircleShare(int order, double value)
    {
        double z = Math.Clamp(value / (2 * Math.Sqrt((order - 1.0) / order)), -1, 1);
        return 0.5 + (z * Math.Sqrt(1 - z * z) + Math.Asin(z)) / Math.PI;
    }

    /// <summary>The law of its instances, Q(x) = x^p + a x.</summary>
    /// <param name="order">p ≥ 2.</param>
    /// <param name="field">a ≥ 0.</param>
    public static Model ModelOf(int order, double field) => Model.FromMixture("spherical p-spin", Covariance.FromTerms([(order, 1), (1, field)]), planted: false);
}
