// A landscape that keeps its Hessian matrix: products at one point cost N² operations, whatever the landscape costs.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Landscapes;

/// <summary>The Hessian matrix is evaluated when a product is asked for at a new point, and kept until the next one.</summary>
/// <remarks>It pays where many products are made at one point: conjugate gradients, Lanczos' method. Memory 8 N² bytes beside the landscape's own.</remarks>
/// <typeparam name="T">A landscape that offers its matrix.</typeparam>
/// <param name="landscape">The landscape; its workspace is used.</param>
public sealed class KeptHessian<T>(T landscape) : ILandscape, IHessianMatrix
    where T : ILandscape, IHessianMatrix
{
    private readonly double[] matrix = new double[landscape.Dimension * landscape.Dimension], at = new double[landscape.Dimension];
    private bool isKept;

    /// <inheritdoc/>
    public int Dimension => landscape.Dimension;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Signal => landscape.Signal;

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> point, Span<double> gradient) => landscape.Gradient(point, gradient);

    /// <inheritdoc/>
    public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
    {
        MoveTo(point);
        for (int i = 0; i < at.Length; i++)
        {
            product[i] = Vectors.Dot(matrix.AsSpan(i * at.Length, at.Length), direction);
        }
    }

    /// <inheritdoc/>
    public void Hessian(ReadOnlySpan<double> point, Span<double> hessian)
    {
        MoveTo(point);
        matrix.CopyTo(hessian);
    }

    private void MoveTo(ReadOnlySpan<double> point)
    {
        if (!isKept || !point.SequenceEqual(at))
        {
            point.CopyTo(at);
            landscape.Hessian(point, matrix);
            isKept = true;
        }
    }
}
