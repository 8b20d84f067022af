// A landscape seen from a hyperplane: what a walk meets whose overlap with a given vector is held at zero.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Landscapes;

/// <summary>f(x) for x orthogonal to a unit vector v: gradient and Hessian products with their part along v taken off, so that a walk that begins orthogonal to v stays there.</summary>
/// <remarks>Its Hessian has the eigenvector v with eigenvalue 0; on the sphere that becomes μ, and no other eigenpair knows of it.</remarks>
/// <param name="landscape">The landscape; its workspace is used.</param>
/// <param name="normal">v: [i], |v| = 1, copied.</param>
public sealed class OrthogonalLandscape(ILandscape landscape, ReadOnlySpan<double> normal) : ILandscape, IHessianMatrix
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

    /// <inheritdoc/>
    /// <remarks>(1 - vv^T) H (1 - vv^T): one evaluation of a landscape that offers <see cref="IHessianMatrix"/>, N products of another.</remarks>
    public void Hessian(ReadOnlySpan<double> point, Span<double> hessian)
    {
        int n = normal.Length;
        if (landscape is IHessianMatrix known)
        {
            known.Hessian(point, hessian);
        }
        else
        {
            double[] unit = new double[n];
            for (int i = 0; i < n; i++)
            {
                Array.Clear(unit);
                unit[i] = 1;
                landscape.HessianProduct(point, unit, hessian.Slice(i * n, n));
            }
        }

        // With w = H v - v ⟨v,H v⟩/2: H - v w^T - w v^T, symmetric to the last bit when H is.
        double[] image = new double[n];
        for (int i = 0; i < n; i++)
        {
            image[i] = Vectors.Dot(hessian.Slice(i * n, n), normal);
        }

        Vectors.Add(-0.5 * Vectors.Dot(normal, image), normal, image);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                hessian[i * n + j] -= normal[i] * image[j] + image[i] * normal[j];
                hessian[j * n + i] = hessian[i * n + j];
            }
        }
    }
}
