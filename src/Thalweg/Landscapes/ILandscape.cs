// What an objective is to those who walk on it: value, gradient, Hessian-vector product, and the signal when one is planted.
using System;

namespace Thalweg.Landscapes;

/// <summary>A smooth function on R^N, evaluated by one walker at a time: an object owns its workspace, so each thread brings its own.</summary>
/// <remarks>Derivatives are those of the flat space; what the sphere or another manifold makes of them is the business of its geometry. No call allocates.</remarks>
public interface ILandscape
{
    /// <summary>N, the number of coordinates.</summary>
    int Dimension { get; }

    /// <summary>The planted signal, N entries of length one; empty when nothing is planted.</summary>
    ReadOnlySpan<double> Signal { get; }

    /// <summary>The value, an energy per N, and the gradient.</summary>
    /// <param name="point">[i], N entries, on or off the manifold.</param>
    /// <param name="gradient">[i], N entries, overwritten.</param>
    /// <returns>The value at the point.</returns>
    double Gradient(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>The Hessian of the flat space times a direction.</summary>
    /// <param name="point">[i], N entries.</param>
    /// <param name="direction">[i], N entries.</param>
    /// <param name="product">[i], N entries, overwritten.</param>
    void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product);
}
