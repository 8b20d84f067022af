// Newton's method in a trust region on the sphere: from the end of a flow down to a minimum, until rounding ends it.
using System;
using System.Threading;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Probes;
using Thalweg.Results;

namespace Thalweg.Descent.SecondOrder;

/// <summary>When Newton's method ends and how far it may step.</summary>
public sealed record TrustRegionOptions
{
    /// <summary>A minimum is reached when |P∇ℓ| is at or below; above 0.</summary>
    public double GradientNorm { get; init; } = 1e-10;

    /// <summary>The longest step, as a distance along the tangent; above 0.</summary>
    public double LongestStep { get; init; } = 0.1;

    /// <summary>The most steps, rejected ones included.</summary>
    public int LargestIterations { get; init; } = 200;

    /// <summary>Ends the descent early.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>Where Newton's method ended.</summary>
/// <param name="Status">Converged at a minimum, NotConverged when no step leads further or there were too many, Cancelled when it was told to end.</param>
/// <param name="Sentence">What a user should know of the status; empty when converged.</param>
/// <param name="Configuration">σ: [i].</param>
/// <param name="Loss">ℓ there, not above that of the start by more than its rounding.</param>
/// <param name="GradientNorm">|P∇ℓ| there.</param>
/// <param name="LowestEigenvalue">The lowest of the Hessian on the tangent space.</param>
/// <param name="Iterations">How many steps were tried.</param>
public sealed record TrustRegionResult(Status Status, string Sentence, double[] Configuration, double Loss, double GradientNorm, double LowestEigenvalue, int Iterations);

/// <summary>
/// The step δ minimises ⟨g,δ⟩ + ⟨δ,Hδ⟩/2 over |δ| ≤ r with the Riemannian gradient g and Hessian H: δ = -(H + ν)^{-1} g with the smallest ν ≥ 0 that makes H + ν positive and δ short enough (Conn, Gould, Toint, Trust-Region Methods, 2000, chapter 7).
/// All eigenpairs of H are computed, so that this is exact in every case, at saddles too, where g = 0 and the lowest eigenvector leads on. The radius r shrinks when the loss falls by less than a quarter of what was predicted and grows when it falls by three quarters.
/// </summary>
/// <remarks>
/// What is found is a minimum: no eigenvalue is below zero by more than rounding. Where a predicted decrease is below the rounding of the loss a step is judged by the gradient instead, which must fall; near a nondegenerate minimum it falls quadratically.
/// A step costs a matrix of the Hessian and its decomposition, O(N³); the memory is some 40 N² bytes: meant for N up to some thousands. For a landscape on a slice, see <see cref="OrthogonalLandscape"/>.
/// </remarks>
public static class TrustRegionNewton
{
    private const double LossRounding = 1e-12, FlatEigenvalue = 1e-10, ShortestStep = 1e-14, Nearest = 1e-14;
    private const double Enough = 0.1, Poor = 0.25, Good = 0.75;

    /// <summary>Descends from a point to a minimum.</summary>
    /// <param name="landscape">The landscape; its workspace is used.</param>
    /// <param name="start">Not zero; normalised.</param>
    /// <param name="options">When it ends; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance or a length that is not above zero.</exception>
    public static TrustRegionResult Run(ILandscape landscape, ReadOnlySpan<double> start, TrustRegionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        options ??= new();
        if (!(options.GradientNorm > 0) || !(options.LongestStep > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options, "the gradient norm and the longest step must be above 0");
        }

        int n = landscape.Dimension;
        double[] point = start.ToArray(), next = new double[n], matrix = new double[(n - 1) * (n - 1)], basis = new double[(n - 1) * (n - 1)];
        Sphere.Normalise(point);
        TangentHessian here = new(landscape, point), there = new(landscape, point);
        double radius = options.LongestStep;
        for (int iterations = 0; ;)
        {
            here.Dense(matrix);
            var eigen = SymmetricEigen.InPlace(matrix, n - 1, basis);
            double lowest = eigen.Values[0], size = Math.Max(Math.Abs(lowest), Math.Abs(eigen.Values[^1]));
            if (here.GradientNorm <= options.GradientNorm && lowest >= -FlatEigenvalue * size)
            {
                return End(Status.Converged, string.Empty);
            }

            double[] components = Components(eigen, here.Coordinates(here.Gradient)), step = new double[n - 1];
            for (bool isAccepted = false; !isAccepted;)
            {
                if (options.Cancellation.IsCancellationRequested)
                {
                    return End(Status.Cancelled, "ended before a minimum was reached");
                }

                if (iterations >= options.LargestIterations || radius < ShortestStep)
                {
                    string why = radius < ShortestStep ? "no step of Newton's method leads lower" : $"{iterations} steps of Newton's method were not enough";
                    return End(Status.NotConverged, FormattableString.Invariant($"{why}: the gradient is {here.GradientNorm:0.0e+00} and the lowest eigenvalue {lowest:0.0e+00}"));
                }

                double length = Step(eigen.Values, components, radius, step), predicted = Decrease(eigen.Values, components, step);
                Sphere.Retract(point, here.Tangent(Combination(eigen, step)), 1, next);
                there.MoveTo(next);
                iterations++;
                double share = (here.Loss - there.Loss) / predicted;
                isAccepted = predicted > LossRounding * Math.Max(1, Math.Abs(here.Loss)) ? share >= Enough : there.GradientNorm < here.GradientNorm;
                if (!isAccepted || (predicted > LossRounding * Math.Max(1, Math.Abs(here.Loss)) && share < Poor))
                {
                    radius = Poor * length;
                }
                else if (share > Good)
                {
                    radius = Math.Min(options.LongestStep, Math.Max(radius, 2 * length));
                }
            }

            next.CopyTo(point, 0);
            (here, there) = (there, here);

            TrustRegionResult End(Status status, string sentence) => new(status, sentence, point, here.Loss, here.GradientNorm, lowest, iterations);
        }
    }

    // δ_i = -g_i/(λ_i + ν) in the eigenbasis; its length. At a saddle without a slope along the lowest eigenvector the step is filled up along it.
    private static double Step(ReadOnlySpan<double> values, double[] components, double radius, double[] step)
    {
        double size = Math.Max(Math.Abs(values[0]), Math.Abs(values[^1])), shift = 0, length = values[0] > 0 ? Fill(values, components, 0, step) : double.PositiveInfinity;
        if (length <= radius)
        {
            return length;
        }

        double low = Math.Max(0, -values[0]) + Nearest * size, high = low + Vectors.Length(components) / radius;
        length = Fill(values, components, low, step);
        if (length <= radius)
        {
            double missing = Math.Sqrt((radius - length) * (radius + length) + step[0] * step[0]);
            step[0] = values[0] >= 0 ? step[0] : components[0] > 0 ? -missing : missing;
            return Vectors.Length(step);
        }

        for (int i = 0; i < 100 && high > low; i++)
        {
            shift = low + 0.5 * (high - low);
            (low, high) = Fill(values, components, shift, step) > radius ? (shift, high) : (low, shift);
        }

        return Fill(values, components, high, step);
    }

    private static double Fill(ReadOnlySpan<double> values, double[] components, double shift, double[] step)
    {
        for (int i = 0; i < step.Length; i++)
        {
            step[i] = components[i] == 0 ? 0 : -components[i] / (values[i] + shift);
        }

        return Vectors.Length(step);
    }

    private static double Decrease(ReadOnlySpan<double> values, double[] components, double[] step)
    {
        double sum = 0;
        for (int i = 0; i < step.Length; i++)
        {
            sum -= step[i] * (components[i] + 0.5 * values[i] * step[i]);
        }

        return sum;
    }

    private static double[] Components(SymmetricEigen eigen, double[] coordinates)
    {
        double[] components = new double[coordinates.Length];
        for (int i = 0; i < components.Length; i++)
        {
            components[i] = Vectors.Dot(eigen.Vector(i), coordinates);
        }

        return components;
    }

    private static double[] Combination(SymmetricEigen eigen, double[] components)
    {
        double[] coordinates = new double[components.Length];
        for (int i = 0; i < components.Length; i++)
        {
            Vectors.Add(components[i], eigen.Vector(i), coordinates);
        }

        return coordinates;
    }
}
