// A landscape seen from a hyperplane: what a walk meets whose overlap with a given vector is held at zero.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Landscapes;

/// <summary>f(x) for x orthogonal to a unit vector v: gradient and Hessian products with their part along v taken off, so that a walk that begins orthogonal to v stays there.</summary>
/// <param name="landscape">The landscape; its workspace is used.</param>
/// <param name="normal">v: [i], |v| = 1, copied.</param>
public sealed class OrthogonalLandscape(ILandscape landscape, ReadOnlySpan<double> normal) : ILandscape
{
    private readonly double[] normal = normal.ToArray(), tangent = new double[normal.Length];

    /// <inheritdoc/>
    public int Dimension => landscape.Dimension;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Signal => landscape.Signal;

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        double value = landscape.Gradient(point, gradient);
        Vectors.Add(-Vectors.Dot(normal, gradient), normal, gradient);
        return value;
    }

    /// <inheritdoc/>
    public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
    {
        direction.CopyTo(tangent);
        Vectors.Add(-Vectors.Dot(normal, tangent), normal, tangent);
        landscape.HessianProduct(point, tangent, product);
        Vectors.Add(-Vectors.Dot(normal, product), normal, product);
    }
}
