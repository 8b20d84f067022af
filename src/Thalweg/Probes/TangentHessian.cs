// The Riemannian Hessian at one point of a landscape: as an operator, as a matrix, its spectrum, its lowest eigenpairs.
using System;
using System.Threading;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Probes;

/// <summary>The lowest eigenpairs in the tangent space.</summary>
/// <param name="Values">λ_k, ascending.</param>
/// <param name="Vectors">[k][i], N entries, of length one, tangent.</param>
/// <param name="Residuals">An eigenvalue lies within this distance of λ_k.</param>
/// <param name="SignalOverlap">[k]: ⟨v_k, σ*⟩; empty when nothing is planted.</param>
/// <param name="DirectionOverlap2">[k]: ⟨v_k, σ*⟩²/(1 - m²), the squared overlap with the direction in which the signal lies; empty when nothing is planted or m² = 1.</param>
/// <param name="IsConverged">Whether every residual is below the tolerance times the spread of the spectrum.</param>
public sealed record LowestPairs(double[] Values, double[][] Vectors, double[] Residuals, double[] SignalOverlap, double[] DirectionOverlap2, bool IsConverged);

/// <summary>Hess = P H P - ⟨σ,g⟩ P on the N - 1 directions orthogonal to σ.</summary>
/// <remarks>An object belongs to one point and one walker; <see cref="MoveTo"/> takes it elsewhere without an allocation.</remarks>
public sealed class TangentHessian
{
    private readonly ILandscape landscape;
    private readonly double[] point, gradient, tangent;
    private readonly SymmetricProduct product;
    private double[]? full;

    /// <summary>The Hessian at a point.</summary>
    /// <param name="landscape">The landscape.</param>
    /// <param name="point">σ, |σ| = 1.</param>
    public TangentHessian(ILandscape landscape, ReadOnlySpan<double> point)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        this.landscape = landscape;
        int n = landscape.Dimension;
        (this.point, gradient, tangent) = (new double[n], new double[n], new double[n]);
        product = Product;
        MoveTo(point);
    }

    /// <summary>ℓ at the point.</summary>
    public double Loss { get; private set; }

    /// <summary>μ = -⟨σ,g⟩, where the bulk of the spectrum is centred.</summary>
    public double Multiplier { get; private set; }

    /// <summary>|P g|.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>P g: [i], N entries; valid until the next move.</summary>
    public ReadOnlySpan<double> Gradient => gradient;

    /// <summary>Takes the object to another point; one gradient.</summary>
    /// <param name="to">σ, |σ| = 1.</param>
    public void MoveTo(ReadOnlySpan<double> to)
    {
        to.CopyTo(point);
        Loss = landscape.Gradient(point, gradient);
        Multiplier = -Sphere.Project(point, gradient);
        GradientNorm = Vectors.Length(gradient);
    }

    /// <summary>Hess v; a radial part of v is ignored.</summary>
    /// <param name="direction">v: [i], N entries.</param>
    /// <param name="result">[i], N entries, overwritten; tangent.</param>
    public void Product(ReadOnlySpan<double> direction, Span<double> result)
    {
        direction.CopyTo(tangent);
        Sphere.Project(point, tangent);
        landscape.HessianProduct(point, tangent, result);
        Sphere.CorrectHessianProduct(point, -Multiplier, tangent, result);
    }

    /// <summary>
    /// The matrix in the orthonormal basis F e_2, ..., F e_N, with F the reflection that exchanges e_1 and ±σ: N - 1 products, or one evaluation where the landscape offers <see cref="IHessianMatrix"/>.
    /// </summary>
    /// <returns>[a, b] row-major, (N - 1) × (N - 1).</returns>
    public double[] Dense()
    {
        double[] matrix = new double[(point.Length - 1) * (point.Length - 1)];
        Dense(matrix);
        return matrix;
    }

    /// <summary>The same in memory of the caller.</summary>
    /// <param name="matrix">[a, b] row-major, (N - 1) × (N - 1), overwritten.</param>
    public void Dense(Span<double> matrix)
    {
        int n = point.Length;
        double sign = point[0] >= 0 ? 1 : -1, beta = 1 / (1 + Math.Abs(point[0]));
        double[] u = [.. point];
        u[0] += sign;
        if (landscape is IHessianMatrix known)
        {
            full ??= new double[n * n];
            known.Hessian(point, full);
        }

        double[] image = new double[n], row = new double[n], weights = new double[n];
        for (int i = 0; full is not null && i < n; i++)
        {
            weights[i] = Vectors.Dot(full.AsSpan(i * n, n), u);
        }

        for (int a = 1; a < n; a++)
        {
            if (full is null)
            {
                // F e_a = e_a - β u_a u.
                Array.Clear(image);
                image[a] = 1;
                Vectors.Add(-beta * u[a], u, image);
                landscape.HessianProduct(point, image, row);
            }
            else
            {
                full.AsSpan(a * n, n).CopyTo(row);
                Vectors.Add(-beta * u[a], weights, row);
            }

            Vectors.Add(-beta * Vectors.Dot(u, row), u, row);
            row[a] += Multiplier;
            row.AsSpan(1).CopyTo(matrix[((a - 1) * (n - 1))..]);
        }
    }

    /// <summary>The coordinates of a vector's tangent part in the basis of <see cref="Dense()"/>.</summary>
    /// <param name="vector">[i], N entries.</param>
    /// <returns>[a], N - 1 entries.</returns>
    public double[] Coordinates(ReadOnlySpan<double> vector) => Reflected(vector.ToArray())[1..];

    /// <summary>The tangent vector of given coordinates in the basis of <see cref="Dense()"/>.</summary>
    /// <param name="coordinates">[a], N - 1 entries.</param>
    /// <returns>[i], N entries.</returns>
    public double[] Tangent(ReadOnlySpan<double> coordinates) => Reflected([0, .. coordinates]);

    /// <summary>All N - 1 eigenvalues, ascending: O(N³), and the matrix.</summary>
    public double[] Eigenvalues() => SymmetricEigen.Of(Dense(), point.Length - 1).Values.ToArray();

    /// <summary>The index: how many eigenvalues are negative.</summary>
    /// <param name="eigenvalues">Of this Hessian, in any order.</param>
    public static int Index(ReadOnlySpan<double> eigenvalues)
    {
        int count = 0;
        foreach (double value in eigenvalues)
        {
            count += value < 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>The lowest eigenpairs by Lanczos' method with σ deflated.</summary>
    /// <param name="count">How many.</param>
    /// <param name="tolerance">On residuals, relative to the spread of the spectrum.</param>
    /// <param name="largestSpace">The most Hessian-vector products; memory 8 N bytes each.</param>
    /// <param name="cancellation">Ends it between two products with an <see cref="OperationCanceledException"/>.</param>
    public LowestPairs Lowest(int count, double tolerance = 1e-10, int largestSpace = 600, CancellationToken cancellation = default)
    {
        var pairs = Lanczos.Lowest(point.Length, Watched, count, tolerance, largestSpace, point);
        var signal = landscape.Signal;
        double[] overlaps = new double[signal.IsEmpty ? 0 : pairs.Values.Length], squares = [];
        if (!signal.IsEmpty)
        {
            double m = Vectors.Dot(signal, point), rest = (1 - m) * (1 + m);
            for (int k = 0; k < overlaps.Length; k++)
            {
                overlaps[k] = Vectors.Dot(signal, pairs.Vectors[k]);
            }

            squares = rest > 1e-14 ? Array.ConvertAll(overlaps, overlap => overlap * overlap / rest) : [];
        }

        return new(pairs.Values, pairs.Vectors, pairs.Residuals, overlaps, squares, pairs.IsConverged);

        void Watched(ReadOnlySpan<double> vector, Span<double> result)
        {
            cancellation.ThrowIfCancellationRequested();
            product(vector, result);
        }
    }

    // F v, in place.
    private double[] Reflected(double[] vector)
    {
        double sign = point[0] >= 0 ? 1 : -1, beta = 1 / (1 + Math.Abs(point[0]));
        double[] u = [.. point];
        u[0] += sign;
        Vectors.Add(-beta * Vectors.Dot(u, vector), u, vector);
        return vector;
    }

    internal int Dimension => point.Length;

    internal ReadOnlySpan<double> Point => point;
}
