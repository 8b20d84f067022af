// Newton's method for critical points of any index: the gradient's length goes down, the value may go anywhere.
using System;
using System.Threading;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Probes;
using Thalweg.Results;

namespace Thalweg.Descent.SecondOrder;

/// <summary>When the search ends.</summary>
public sealed record CriticalPointOptions
{
    /// <summary>A point is critical when |g| is at or below; above 0.</summary>
    public double GradientNorm { get; init; } = 1e-10;

    /// <summary>The most steps, rejected ones included.</summary>
    public int LargestIterations { get; init; } = 200;

    /// <summary>The longest step; above 0.</summary>
    public double LongestStep { get; init; } = 1;

    /// <summary>Ends the search early.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>Where the search ended.</summary>
/// <param name="Status">Converged at a critical point; NotConverged where |g|² has a minimum that is not zero, or after too many steps; Cancelled.</param>
/// <param name="Sentence">What a user should know of the status; empty when converged.</param>
/// <param name="Point">[i].</param>
/// <param name="Value">f there.</param>
/// <param name="GradientNorm">|g| there.</param>
/// <param name="Iterations">How many steps were tried.</param>
public sealed record CriticalPointResult(Status Status, string Sentence, double[] Point, double Value, double GradientNorm, int Iterations);

/// <summary>
/// Levenberg's method on ½|g|²: δ = -(H² + ν)^{-1} H g with the Riemannian gradient and Hessian and the smallest ν ≥ 0 that makes δ short enough; where H is regular and the step free it is Newton's, whatever the index (Conn, Gould, Toint, Trust-Region Methods, 2000, chapter 13).
/// </summary>
/// <remarks>A step costs all eigenpairs of the Hessian, O(n³): meant for n up to some hundreds. Converges quadratically at points with a regular Hessian, and at points whose zeros are those of a symmetry.</remarks>
public static class CriticalPointSearch
{
    private const double Enough = 1e-4, Poor = 0.25, Good = 0.75, ShortestStep = 1e-15, Flat = 1e-12;

    /// <summary>Searches from a point.</summary>
    /// <param name="landscape">The landscape; its workspace is used.</param>
    /// <param name="manifold">Where the points lie.</param>
    /// <param name="start">[i]; put on the manifold.</param>
    /// <param name="options">When it ends; null for the defaults.</param>
    public static CriticalPointResult Run(ILandscape landscape, IManifold manifold, ReadOnlySpan<double> start, CriticalPointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        ArgumentNullException.ThrowIfNull(manifold);
        options ??= new();
        int n = landscape.Dimension;
        double[] point = start.ToArray(), next = new double[n], step = new double[n];
        manifold.Normalise(point);
        LocalModel here = new(landscape, manifold, point), there = new(landscape, manifold, point);
        double radius = options.LongestStep;
        for (int iterations = 0; ;)
        {
            if (!double.IsFinite(here.Value) || !double.IsFinite(here.GradientNorm))
            {
                return End(Status.NotConverged, "the value or the gradient is no number");
            }

            if (here.GradientNorm <= options.GradientNorm)
            {
                return End(Status.Converged, string.Empty);
            }

            var spectrum = here.Spectrum(wantVectors: true);
            double[] components = spectrum.Components(here.Gradient);

            for (bool isAccepted = false; !isAccepted;)
            {
                if (options.Cancellation.IsCancellationRequested)
                {
                    return End(Status.Cancelled, "ended before a critical point was reached");
                }

                if (iterations >= options.LargestIterations || radius < ShortestStep)
                {
                    string why = radius < ShortestStep ? "the length of the gradient has a minimum here" : $"{iterations} steps were not enough";
                    return End(Status.NotConverged, FormattableString.Invariant($"{why}: it is {here.GradientNorm:0.0e+00}"));
                }

                double predicted = Step(spectrum, components, radius, step), length = Vectors.Length(step);
                manifold.Retract(point, step, 1, next);
                there.MoveTo(next);
                iterations++;
                double share = predicted > 0 ? (here.GradientNorm - there.GradientNorm) * (here.GradientNorm + there.GradientNorm) / predicted : -1;
                isAccepted = share >= Enough;
                radius = !isAccepted || share < Poor ? Poor * length : share > Good ? Math.Min(options.LongestStep, Math.Max(radius, 2 * length)) : radius;
            }

            next.CopyTo(point, 0);
            (here, there) = (there, here);

            CriticalPointResult End(Status status, string sentence) => new(status, sentence, point, here.Value, here.GradientNorm, iterations);
        }
    }

    // δ in the flat space; by how much |g|² should fall.
    private static double Step(TangentSpectrum spectrum, double[] components, double radius, double[] step)
    {
        double[] values = spectrum.Values.ToArray();
        double flat = Flat * spectrum.Size, shift = 0;
        if (Length(0) > radius)
        {
            // The length falls with ν and is below the radius at the upper end.
            double low = 0;
            shift = spectrum.Size * Vectors.Length(components) / radius;
            while (shift - low > 1e-3 * shift)
            {
                double middle = 0.5 * (low + shift);
                (low, shift) = Length(middle) > radius ? (middle, shift) : (low, middle);
            }
        }

        Array.Clear(step);
        double predicted = 0;
        for (int k = 0; k < values.Length; k++)
        {
            double component = Component(k, shift), left = components[k] + values[k] * component;
            Vectors.Add(component, spectrum.Vector(k), step);
            predicted += (components[k] - left) * (components[k] + left);
        }

        return predicted;

        double Component(int k, double nu) => Math.Abs(values[k]) <= flat ? 0 : -values[k] * components[k] / (values[k] * values[k] + nu);

        double Length(double nu)
        {
            double square = 0;
            for (int k = 0; k < values.Length; k++)
            {
                square += Component(k, nu) * Component(k, nu);
            }

            return Math.Sqrt(square);
        }
    }
}
