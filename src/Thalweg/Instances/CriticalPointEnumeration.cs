// All stationary points of one small instance: Newton's method on the sphere from random starts, held to the Morse-Euler identity.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Random;
using Thalweg.Results;

namespace Thalweg.Instances;

/// <summary>A stationary point of an instance.</summary>
/// <param name="Configuration">σ: [i], N entries, on the unit sphere.</param>
/// <param name="Index">The number of negative eigenvalues of the Riemannian Hessian, from 0 (minimum) to N - 1 (maximum).</param>
/// <param name="EnergyDensity">ℓ(σ).</param>
/// <param name="Overlap">m = σ_1.</param>
/// <param name="SmallestCurvature">The smallest absolute eigenvalue of the Riemannian Hessian.</param>
public sealed record CriticalPoint(double[] Configuration, int Index, double EnergyDensity, double Overlap, double SmallestCurvature);

/// <summary>When an enumeration stops.</summary>
/// <param name="QuietStarts">How many starts in a row must find nothing new; at least 1.</param>
/// <param name="QuietFactor">They must also be this many times the starts that had been needed so far: rare points prolong the search.</param>
/// <param name="LargestStarts">The limit at which an enumeration gives up.</param>
public sealed record EnumerationRule(int QuietStarts = 500, double QuietFactor = 4, int LargestStarts = 400_000)
{
    /// <summary>Ends an enumeration early, with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>The stationary points that were found, and whether they pass for all.</summary>
/// <param name="Status">Converged when the search fell silent, every point is nondegenerate and the Morse-Euler identity holds; NotConverged otherwise.</param>
/// <param name="Sentence">Why it did not converge; empty when it did.</param>
/// <param name="Points">The points, in order of energy.</param>
/// <param name="Starts">How many Newton runs were made.</param>
/// <param name="LastDiscovery">The number of the start that found the last point.</param>
public sealed record CriticalPointSet(Status Status, string Sentence, IReadOnlyList<CriticalPoint> Points, int Starts, int LastDiscovery)
{
    /// <summary>True when the points pass for all stationary points.</summary>
    public bool IsComplete => Status == Status.Converged;

    /// <summary>The number of points of each index: [index], N entries.</summary>
    /// <param name="dimension">N.</param>
    public int[] CountByIndex(int dimension)
    {
        var counts = new int[dimension];
        foreach (var point in Points)
        {
            counts[point.Index]++;
        }

        return counts;
    }
}

/// <summary>The enumeration; deterministic in (instance, seed, replica). A completed one can still miss pairs of points of neighbouring index, which the identity does not
/// see: the quiet starts guard against them.</summary>
public static class CriticalPointEnumeration
{
    private const int LargestIterations = 60;
    private const double LongestStep = 0.7, Separation = 1e-6, Degenerate = 1e-5;

    /// <summary>Σ (-1)^index over the stationary points of a Morse function on S^(N-1), its Euler characteristic: 2 for odd N, 0 for even N.</summary>
    /// <param name="dimension">N.</param>
    public static int EulerCharacteristic(int dimension) => dimension % 2 == 0 ? 0 : 2;

    /// <summary>Finds the stationary points of an instance on the unit sphere.</summary>
    /// <param name="instance">The landscape; nothing of its symmetries is used.</param>
    /// <param name="rule">When to stop.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="replica">Which stream of starting points of that seed.</param>
    /// <returns>The points with an honest status. A Newton run costs some ten evaluations of the instance and allocates nothing.</returns>
    public static CriticalPointSet Of(SmallInstance instance, EnumerationRule rule, ulong seed, uint replica)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(rule);
        int n = instance.Dimension;
        var noise = instance.Model.Noise;
        double scale = Math.Sqrt(noise.SlopeAtOne + noise.CurvatureAtOne) + instance.Model.Signal.SlopeAtOne + instance.Model.Signal.CurvatureAtOne;
        var stream = new PhiloxStream(seed, StreamPurpose.Start, replica);
        var newton = new SphereNewton(instance, 1e-12 * scale, LargestIterations, LongestStep);
        var points = new List<CriticalPoint>();
        var tangent = new double[(n - 1) * (n - 1)];
        int euler = 0, starts = 0, last = 0;
        bool silent = false;
        while (!(silent && euler == EulerCharacteristic(n)) && starts < rule.LargestStarts)
        {
            rule.Cancellation.ThrowIfCancellationRequested();
            starts++;
            stream.FillUnitVector(newton.Point);
            if (newton.Run() && !IsKnown(points, newton.Point))
            {
                SmallInstance.TangentHessian(newton.Point, newton.Hessian, newton.Radial, tangent);
                var eigen = SymmetricEigen.Of(tangent, n - 1);
                double smallest = double.PositiveInfinity;
                int index = 0;
                foreach (double value in eigen.Values)
                {
                    index += value < 0 ? 1 : 0;
                    smallest = Math.Min(smallest, Math.Abs(value));
                }

                points.Add(new([.. newton.Point], index, newton.Value, newton.Point[0], smallest));
                euler += index % 2 == 0 ? 1 : -1;
                last = starts;
            }

            silent = starts - last >= rule.QuietStarts && starts - last >= rule.QuietFactor * last;
        }

        var ordered = points.OrderBy(point => point.EnergyDensity).ToArray();
        if (!silent || euler != EulerCharacteristic(n))
        {
            string sentence = euler == EulerCharacteristic(n)
                ? $"new points still appeared late in {starts} starts; raise LargestStarts"
                : $"{points.Count} points after {starts} starts, with sum (-1)^index = {euler} instead of {EulerCharacteristic(n)}: some are missing; raise LargestStarts";
            return new(Status.NotConverged, sentence, ordered, starts, last);
        }

        return ordered.Any(point => point.SmallestCurvature < Degenerate * scale)
            ? new(Status.NotConverged, "a stationary point is degenerate within the accuracy of the search: its index is not certain", ordered, starts, last)
            : new(Status.Converged, string.Empty, ordered, starts, last);
    }

    private static bool IsKnown(List<CriticalPoint> points, ReadOnlySpan<double> candidate)
    {
        foreach (var point in points)
        {
            double square = 0;
            for (int i = 0; i < candidate.Length; i++)
            {
                double gap = point.Configuration[i] - candidate[i];
                square += gap * gap;
            }

            if (square < Separation * Separation)
            {
                return true;
            }
        }

        return false;
    }
}
