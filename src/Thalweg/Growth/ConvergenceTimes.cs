// The gradient-flow threshold as it was first estimated: times of convergence from a finite overlap, extrapolated to where they diverge.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.TwoTime;

namespace Thalweg.Growth;

/// <summary>When gradient flow from a finite overlap finds the signal.</summary>
/// <param name="Inverse">1/Δ_2.</param>
/// <param name="Time">The first time at which m reaches the level; missing when it did not within reach.</param>
public sealed record ConvergencePoint(double Inverse, Quantity Time);

/// <summary>t_c ≈ A (x - x_c)^-γ with x = 1/Δ_2: the power law with A, γ and x_c free that fits ln t_c best.</summary>
/// <remarks>
/// The error is what leaving out the nearest or the farthest point, or holding γ at 2, the power of 1/Λ, changes. It says nothing of what the finite overlap at the start does, which makes every t_c shorter than that of an infinitesimal one.
/// </remarks>
public static class ConvergenceTimes
{
    private const double Reserve = 1.5, PowerOfRate = 2, Tail = 100, NearestShare = 1e-4, FarthestShare = 3;
    private const int MostPoints = 400, Tries = 3;

    /// <summary>The time of convergence of one model.</summary>
    /// <param name="noise">Q, with S = Q.</param>
    /// <param name="start">m(0), in (0, level).</param>
    /// <param name="level">The overlap that counts as convergence.</param>
    /// <param name="tolerance">See <see cref="TwoTimeDynamics.Solve"/>.</param>
    /// <param name="threads">How many threads to use; results do not depend on it.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static ConvergencePoint Measure(Covariance noise, double start, double level, double tolerance, int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(noise);
        var model = new Model("planted", noise, noise);
        double end = Reserve * LinearTime(model, Math.Log(level / start), tolerance, threads, cancellation);
        var time = Quantity.Missing("no run was made");
        for (int i = 0; i < Tries && !time.Exists; i++, end *= 2)
        {
            time = TwoTimeDynamics.Solve(new TwoTimeProblem(model, logOverlap: Math.Log(start)), end, tolerance, null, threads, null, cancellation: cancellation).TimeOf(level);
        }

        return new(noise.CurvatureAtZero, time);
    }

    /// <summary>x_c of the power law.</summary>
    /// <param name="points">At least five points with a time, ascending.</param>
    public static Quantity Extrapolate(IReadOnlyList<ConvergencePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        double[][] found = [.. points.Where(point => point.Time.Exists).Select(point => new[] { point.Inverse, Math.Log(point.Time.Value) })];
        if (found.Length < 5)
        {
            return Quantity.Missing("fewer than five points converged");
        }

        double main = Fit(found, null);
        double error = new[] { Fit(found[1..], null), Fit(found[..^1], null), Fit(found, PowerOfRate) }.Max(other => Math.Abs(other - main));
        return Quantity.Of(main, error, How.Estimate);
    }

    // When an infinitesimal overlap has grown by a factor, and some time to converge.
    private static double LinearTime(Model model, double gain, double tolerance, int threads, CancellationToken cancellation)
    {
        double unit = 1 / Math.Sqrt(model.Noise.CurvatureAtOne), end = Tail * unit;
        while (true)
        {
            var solution = LogTimeSolver.Run(new TwoTimeProblem(model, logOverlap: 0, isLinear: true), new LogTimeSettings(end, tolerance, threads), null, cancellation);
            int n = 0;
            while (n < solution.Times.Length && solution.LogOverlaps[n] < gain)
            {
                n++;
            }

            if (n < solution.Times.Length || solution.Status != Status.Converged || end > 1e7 * unit)
            {
                return solution.Times[Math.Min(n, solution.Times.Length - 1)] + Tail * unit;
            }

            end *= 10;
        }
    }

    // The x_c below all points with the smallest sum of squares, on a grid in its logarithmic distance from the nearest point that is then refined.
    private static double Fit(double[][] points, double? power)
    {
        double nearest = points[0][0], low = Math.Log(NearestShare * nearest), high = Math.Log(FarthestShare * nearest), best = low;
        for (int pass = 0; pass < 3; pass++)
        {
            double step = (high - low) / MostPoints, least = double.PositiveInfinity;
            for (int i = 0; i <= MostPoints; i++)
            {
                double residual = Residual(points, nearest - Math.Exp(low + i * step), power);
                (least, best) = residual < least ? (residual, low + i * step) : (least, best);
            }

            (low, high) = (best - 2 * step, best + 2 * step);
        }

        return nearest - Math.Exp(best);
    }

    private static double Residual(double[][] points, double critical, double? power)
    {
        double[] x = Array.ConvertAll(points, point => Math.Log(point[0] - critical)), y = Array.ConvertAll(points, point => point[1]);
        double meanX = x.Average(), meanY = y.Average(), xx = 0, xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }

        double slope = -power ?? xy / xx;
        return x.Zip(y, (a, b) => Math.Pow(b - meanY - slope * (a - meanX), 2)).Sum();
    }
}
