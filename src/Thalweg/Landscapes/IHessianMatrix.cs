// A landscape that knows its Hessian as a matrix, for less than N products.
using System;

namespace Thalweg.Landscapes;

/// <summary>What a landscape may offer besides: where it does, dense spectra cost one evaluation instead of N Hessian-vector products.</summary>
public interface IHessianMatrix
{
    /// <summary>The Hessian of the flat space.</summary>
    /// <param name="point">[i], N entries.</param>
    /// <param name="hessian">[i, j] row-major, N × N, overwritten; symmetric.</param>
    void Hessian(ReadOnlySpan<double> point, Span<double> hessian);
}
