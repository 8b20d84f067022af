// Value, gradient and Hessian of a landscape on any manifold at one point: as an operator, as a spectrum, its lowest eigenpairs.
using System;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Results;

namespace Thalweg.Probes;

/// <summary>f(R(v)) ≈ f + ⟨g,v⟩ + ⟨v,Hess v⟩/2 with the Riemannian gradient g and Hessian.</summary>
/// <remarks>
/// On the unit sphere <see cref="TangentHessian"/> does the same at a lower price and knows the multiplier. An object belongs to one walker; <see cref="MoveTo"/> and <see cref="Product"/> allocate nothing where the manifold does not.
/// </remarks>
public sealed class LocalModel
{
    private readonly ILandscape landscape;
    private readonly double[] point, flat, gradient, tangent;

    /// <summary>The model at a point.</summary>
    /// <param name="landscape">The landscape; its workspace is used.</param>
    /// <param name="manifold">Where the points lie; as many numbers as the landscape has coordinates.</param>
    /// <param name="point">[i], on the manifold.</param>
    public LocalModel(ILandscape landscape, IManifold manifold, ReadOnlySpan<double> point)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        ArgumentNullException.ThrowIfNull(manifold);
        int n = landscape.Dimension;
        if (manifold.AmbientDimension != n)
        {
            throw new ArgumentException($"a manifold of {manifold.AmbientDimension} numbers does not carry a landscape of {n}", nameof(manifold));
        }

        (this.landscape, Manifold, this.point, flat, gradient, tangent) = (landscape, manifold, new double[n], new double[n], new double[n], new double[n]);
        MoveTo(point);
    }

    /// <summary>Where the points lie.</summary>
    public IManifold Manifold { get; }

    /// <summary>The point: [i].</summary>
    public ReadOnlySpan<double> Point => point;

    /// <summary>f there.</summary>
    public double Value { get; private set; }

    /// <summary>g: [i], tangent; valid until the next move.</summary>
    public ReadOnlySpan<double> Gradient => gradient;

    /// <summary>|g|.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>Takes the object to another point; one gradient.</summary>
    /// <param name="to">[i], on the manifold.</param>
    public void MoveTo(ReadOnlySpan<double> to)
    {
        to.CopyTo(point);
        Value = landscape.Gradient(point, flat);
        flat.CopyTo(gradient, 0);
        Manifold.Project(point, gradient);
        GradientNorm = Vectors.Length(gradient);
    }

    /// <summary>Hess v, of the tangent part of v.</summary>
    /// <param name="direction">v: [i].</param>
    /// <param name="result">[i], overwritten; tangent.</param>
    public void Product(ReadOnlySpan<double> direction, Span<double> result)
    {
        direction.CopyTo(tangent);
        Manifold.Project(point, tangent);
        landscape.HessianProduct(point, tangent, result);
        Manifold.CorrectHessianProduct(point, flat, tangent, result);
    }

    /// <summary>All eigenpairs on the tangent space: n products and a decomposition, O(n³); memory 16 n² bytes.</summary>
    /// <param name="wantVectors">Whether eigenvectors are needed.</param>
    /// <exception cref="ArithmeticException">An entry of the Hessian is no number.</exception>
    public TangentSpectrum Spectrum(bool wantVectors = false)
    {
        int n = point.Length;
        double[] matrix = new double[n * n], unit = new double[n];
        double[][] normals = Manifold.Normals(point);
        double size = 0;
        for (int i = 0; i < n; i++)
        {
            Array.Clear(unit);
            unit[i] = 1;
            var row = matrix.AsSpan(i * n, n);
            Product(unit, row);
            double sum = 0;
            foreach (double entry in row)
            {
                sum += Math.Abs(entry);
            }

            size = sum <= size ? size : sum;
        }

        if (!double.IsFinite(size))
        {
            throw new ArithmeticException("the Hessian is no number here");
        }

        // What is not tangent is lifted above everything else, where it is known by its place.
        double lift = 2 * size + 1;
        for (int i = 0; i < n; i++)
        {
            foreach (double[] normal in normals)
            {
                Vectors.Add(lift * normal[i], normal, matrix.AsSpan(i * n, n));
            }

            for (int j = 0; j < i; j++)
            {
                matrix[i * n + j] = matrix[j * n + i] = 0.5 * (matrix[i * n + j] + matrix[j * n + i]);
            }
        }

        double[]? basis = wantVectors ? new double[n * n] : null;
        var eigen = SymmetricEigen.InPlace(matrix, n, basis);
        return new(eigen.Values[..(n - normals.Length)].ToArray(), basis, 8 * Quantity.Unit * Math.Sqrt(n) * (lift + size));
    }

    /// <summary>The lowest eigenpairs by Lanczos' method on the tangent space.</summary>
    /// <param name="count">How many.</param>
    /// <param name="tolerance">On residuals, relative to the spread of the spectrum.</param>
    /// <param name="largestSpace">The most products; memory 8 n bytes each.</param>
    public LanczosPairs Lowest(int count, double tolerance = 1e-10, int largestSpace = 600) =>
        Lanczos.Lowest(point.Length, Product, count, tolerance, largestSpace, Manifold.Normals(point));
}
