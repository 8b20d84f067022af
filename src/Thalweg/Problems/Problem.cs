// What a problem of the laboratory is: a landscape on a manifold with what mathematics knows of it.
using System;
using System.Collections.Generic;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Random;

namespace Thalweg.Problems;

/// <summary>Constants of smoothness.</summary>
/// <param name="Gradient">ℓ: |∇f(x) - ∇f(y)| ≤ ℓ |x - y|.</param>
/// <param name="Hessian">ρ: |H(x) - H(y)| ≤ ρ |x - y| in the operator norm.</param>
/// <param name="Region">Where they hold.</param>
public sealed record Smoothness(double Gradient, double Hessian, string Region);

/// <summary>A critical point that is known exactly.</summary>
/// <param name="Name">What it is called: "support 3".</param>
/// <param name="Point">[i], on the manifold.</param>
/// <param name="Value">f there.</param>
/// <param name="Spectrum">Every eigenvalue of the Riemannian Hessian, ascending.</param>
public sealed record KnownPoint(string Name, double[] Point, double Value, double[] Spectrum);

/// <summary>A problem: immutable, shared by all walkers, each of which opens a landscape of its own.</summary>
public abstract class Problem
{
    /// <summary>Where its points lie.</summary>
    public abstract IManifold Manifold { get; }

    /// <summary>The lowest value, where it is known.</summary>
    public virtual double? GlobalValue => null;

    /// <summary>Constants of smoothness, where they are known.</summary>
    public virtual Smoothness? Smoothness => null;

    /// <summary>The directions in which a continuous symmetry moves a point: at a critical point they are eigenvectors of the Hessian with the eigenvalue zero.</summary>
    /// <param name="point">[i].</param>
    /// <returns>[k][i], orthonormal; empty without such a symmetry.</returns>
    public virtual double[][] Idle(ReadOnlySpan<double> point) => [];

    /// <summary>How much a point holds of what was planted: 1 at the signal and at whatever a symmetry makes of it; null where nothing was planted.</summary>
    /// <param name="point">[i], on the manifold.</param>
    public virtual double? Recovery(ReadOnlySpan<double> point) => null;

    /// <summary>Critical points that are known exactly.</summary>
    public virtual IReadOnlyList<KnownPoint> KnownPoints => [];

    /// <summary>The share of negative eigenvalues at critical points of a value, in the limit of many dimensions; null where no theory is known.</summary>
    /// <param name="value">f.</param>
    public virtual double? IndexShare(double value) => null;

    /// <summary>A landscape for one walker.</summary>
    public abstract ILandscape Open();

    /// <summary>A random start: uniform on a compact manifold, else normal numbers of variance 1/n.</summary>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="point">[i], overwritten.</param>
    public virtual void Start(PhiloxStream stream, Span<double> point)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.FillNormal(point);
        foreach (ref double x in point)
        {
            x /= Math.Sqrt(point.Length);
        }

        Manifold.Normalise(point);
    }
}
