// What the Hessian says about the signal at one state of a walk: lowest eigenpairs, their overlaps, the bulk without the signal.
using System;
using System.Threading;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Threads;

namespace Thalweg.Probes;

/// <summary>The reading of one state σ with the signal σ*.</summary>
/// <param name="Time">When the walk was there.</param>
/// <param name="Loss">ℓ.</param>
/// <param name="Overlap">m = ⟨σ,σ*⟩.</param>
/// <param name="Multiplier">μ, which every eigenvalue on the sphere contains.</param>
/// <param name="GradientNorm">|P∇ℓ|.</param>
/// <param name="Values">The lowest eigenvalues on the tangent space, ascending; the radial direction, an exact zero of P H P, is in none of them.</param>
/// <param name="Residuals">[k]: an eigenvalue lies within this distance.</param>
/// <param name="Overlap2">[k]: squared overlap with the tangent direction toward the signal.</param>
/// <param name="Participation">[k]: 1/Σ v_i⁴, from 1 for a single coordinate to N; about N/3 for a random vector.</param>
/// <param name="NullEdge">The lowest eigenvalue on the directions orthogonal to the signal: where the spectrum begins with the signal removed. By interlacing it lies between the two lowest.</param>
/// <param name="IsConverged">Whether every eigenpair has settled.</param>
public sealed record InformativeReading(
    double Time, double Loss, double Overlap, double Multiplier, double GradientNorm, double[] Values, double[] Residuals, double[] Overlap2, double[] Participation, double NullEdge, bool IsConverged)
{
    // A random unit vector of n components has n q above this with probability 1e-3: the square of a normal number.
    private const double RandomOverlap2 = 10.83;

    /// <summary>λ_2 - λ_1.</summary>
    public double Gap => Values[1] - Values[0];

    /// <summary>How far the signal pulls the lowest eigenvalue below the spectrum without it.</summary>
    public double Pull => NullEdge - Values[0];

    /// <summary>Whether the lowest direction points toward the signal more than one random direction in a thousand.</summary>
    /// <param name="dimension">N.</param>
    public bool IsInformative(int dimension) => Overlap2[0] * (dimension - 1) > RandomOverlap2;

    /// <summary>Whether that direction leads down: the state does not hold a walk that finds it.</summary>
    /// <param name="dimension">N.</param>
    public bool IsOpen(int dimension) => Values[0] < 0 && IsInformative(dimension);
}

/// <summary>Reads states.</summary>
public static class InformativeDirection
{
    // 1 - m² below which no direction points toward the signal: it is reached to rounding.
    private const double Smallest = 1e-14;

    /// <summary>The reading at a state: the lowest pairs, and the lowest once more with the signal's direction removed.</summary>
    /// <remarks>
    /// Of a landscape that offers <see cref="IHessianMatrix"/> the matrix is factorised (<see cref="ShiftedInverse"/>): N³/3 operations and 24 N² bytes, however close to each other the lowest eigenvalues are. Of another one Lanczos' method makes up to 2 × <paramref name="largestSpace"/> products.
    /// </remarks>
    /// <param name="landscape">The landscape, with a signal; its workspace is used.</param>
    /// <param name="point">σ, |σ| = 1; where it is ±σ* to rounding no direction points toward the signal, overlaps are 0 and nothing is removed.</param>
    /// <param name="time">When the walk was there.</param>
    /// <param name="pairs">How many eigenpairs, at least 2.</param>
    /// <param name="tolerance">On residuals, relative to the spread of the spectrum.</param>
    /// <param name="largestSpace">The most products of each.</param>
    /// <param name="team">Threads that share a factorisation; null for this one alone.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">Nothing is planted, or fewer than two pairs are asked for.</exception>
    public static InformativeReading At(
        ILandscape landscape, ReadOnlySpan<double> point, double time, int pairs = 2, double tolerance = 1e-9, int largestSpace = 1000, ThreadTeam? team = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        if (landscape.Signal.IsEmpty)
        {
            throw new ArgumentException("nothing is planted: no direction points toward a signal", nameof(landscape));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 2);
        var hessian = new TangentHessian(landscape, point);
        double[] direction = landscape.Signal.ToArray();
        double overlap = Sphere.Project(point, direction), rest = (1 - overlap) * (1 + overlap);
        if (rest > Smallest)
        {
            // Twice: what is left of a signal that is nearly reached is mostly rounding, not orthogonal to σ.
            Sphere.Normalise(direction);
            Sphere.Project(point, direction);
            Sphere.Normalise(direction);
        }
        else
        {
            direction = [];
        }

        cancellation.ThrowIfCancellationRequested();
        var (lowest, bulk) = landscape is IHessianMatrix ? Factorised(hessian, direction, pairs, tolerance, team) : Iterated(hessian, direction, pairs, tolerance, largestSpace, cancellation);
        return new(
            time, hessian.Loss, overlap, hessian.Multiplier, hessian.GradientNorm, lowest.Values, lowest.Residuals,
            Array.ConvertAll(lowest.Vectors, vector => direction.Length == 0 ? 0 : Math.Pow(Vectors.Dot(direction, vector), 2)),
            Array.ConvertAll(lowest.Vectors, Participation), bulk.Values[0], lowest.IsConverged && bulk.IsConverged);
    }

    // Eigenpairs of the matrix in a basis of the tangent space, vectors back in the space of σ.
    private static (LanczosPairs Lowest, LanczosPairs Null) Factorised(TangentHessian hessian, double[] direction, int pairs, double tolerance, ThreadTeam? team)
    {
        int n = hessian.Dimension - 1;
        var inverse = ShiftedInverse.Of(hessian.Dense(), n, team);
        var lowest = inverse.Lowest(pairs, tolerance);
        lowest = lowest with { Vectors = Array.ConvertAll(lowest.Vectors, vector => hessian.Tangent(vector)) };
        return (lowest, direction.Length == 0 || n < 2 ? lowest : inverse.Lowest(1, tolerance, hessian.Coordinates(direction)));
    }

    private static (LanczosPairs Lowest, LanczosPairs Null) Iterated(TangentHessian hessian, double[] direction, int pairs, double tolerance, int largestSpace, CancellationToken cancellation)
    {
        double[] radial = hessian.Point.ToArray();
        var lowest = Lanczos.Lowest(radial.Length, Watched, pairs, tolerance, largestSpace, radial);
        return (lowest, direction.Length == 0 || radial.Length < 3 ? lowest : Lanczos.Lowest(radial.Length, new Without(hessian, direction, cancellation).Product, 1, tolerance, largestSpace, radial, direction));

        void Watched(ReadOnlySpan<double> vector, Span<double> result)
        {
            cancellation.ThrowIfCancellationRequested();
            hessian.Product(vector, result);
        }
    }

    /// <summary>(Σ v_i²)²/Σ v_i⁴.</summary>
    /// <param name="vector">[i], not zero.</param>
    public static double Participation(double[] vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        double second = 0, fourth = 0;
        foreach (double v in vector)
        {
            second += v * v;
            fourth += v * v * v * v;
        }

        return second * second / fourth;
    }

    private sealed class Without(TangentHessian hessian, double[] direction, CancellationToken cancellation)
    {
        private readonly double[] tangent = new double[direction.Length];

        public void Product(ReadOnlySpan<double> vector, Span<double> result)
        {
            cancellation.ThrowIfCancellationRequested();
            vector.CopyTo(tangent);
            Vectors.Add(-Vectors.Dot(direction, tangent), direction, tangent);
            hessian.Product(tangent, result);
            Vectors.Add(-Vectors.Dot(direction, result), direction, result);
        }
    }
}
