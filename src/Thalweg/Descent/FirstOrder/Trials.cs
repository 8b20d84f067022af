// Many trials of one experiment, in parallel, each a function of its number alone.
using System;
using System.Collections.Concurrent;
using System.Threading;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Threads;

namespace Thalweg.Descent.FirstOrder;

/// <summary>What one trial does.</summary>
/// <typeparam name="T">What it returns.</typeparam>
/// <param name="landscape">A landscape that no other thread uses meanwhile.</param>
/// <param name="trial">Its number, from 0.</param>
public delegate T Trial<out T>(ILandscape landscape, int trial);

/// <summary>The runner of trials, and their starting points.</summary>
public static class Trials
{
    /// <summary>Runs trials 0 .. count - 1; results do not depend on the number of threads.</summary>
    /// <typeparam name="T">What a trial returns.</typeparam>
    /// <param name="landscape">Makes a landscape, always the same one; called at most once a thread.</param>
    /// <param name="count">How many trials.</param>
    /// <param name="threads">How many threads, the calling one included.</param>
    /// <param name="trial">What a trial does; a function of landscape and number.</param>
    /// <param name="cancellation">No new trial begins after it; those under way end by their own options.</param>
    /// <returns>[trial]; null where a trial had not begun.</returns>
    public static T?[] Run<T>(Func<ILandscape> landscape, int count, int threads, Trial<T> trial, CancellationToken cancellation = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(landscape);
        ArgumentNullException.ThrowIfNull(trial);
        var results = new T?[count];
        var free = new ConcurrentBag<ILandscape>();
        using var team = new ThreadTeam(Math.Min(threads, count));
        team.For(count, k =>
        {
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            if (!free.TryTake(out var own))
            {
                own = landscape();
            }

            results[k] = trial(own, k);
            free.Add(own);
        });
        return results;
    }

    /// <summary>A starting point: uniform on the sphere, or uniform among those with a given overlap with the signal.</summary>
    /// <param name="landscape">The landscape, which knows the signal.</param>
    /// <param name="overlap">m(0) from -1 to 1, held to a few roundings; null for a point that is uniform on the sphere.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="destination">[i], N entries, overwritten.</param>
    /// <exception cref="ArgumentException">An overlap without a signal, or outside its range.</exception>
    public static void Start(ILandscape landscape, double? overlap, ulong seed, uint trial, Span<double> destination)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        new PhiloxStream(seed, StreamPurpose.Start, trial).FillUnitVector(destination);
        if (overlap is not { } m)
        {
            return;
        }

        if (landscape.Signal.IsEmpty)
        {
            throw new ArgumentException("nothing is planted: an overlap with the signal has no meaning", nameof(overlap));
        }

        if (!(Math.Abs(m) <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(overlap), m, "must be from -1 to 1");
        }

        // Twice, because the first projection leaves the rounding of a vector that may have been nearly parallel.
        for (int pass = 0; pass < 2; pass++)
        {
            Sphere.Project(landscape.Signal, destination);
            Sphere.Normalise(destination);
        }

        Vectors.Scale(Math.Sqrt((1 - m) * (1 + m)), destination);
        Vectors.Add(m, landscape.Signal, destination);
    }
}
