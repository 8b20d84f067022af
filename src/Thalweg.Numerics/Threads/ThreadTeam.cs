// A few threads that share loops whose iterations do not depend on each other; no allocation a loop.
using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Thalweg.Numerics.Threads;

/// <summary>Threads that wait between loops, so that a loop of a hundred microseconds is worth sharing.</summary>
/// <remarks>Which thread does which iteration is left open, so an iteration must write to places of its own: then results do not depend on the number of threads.</remarks>
public sealed class ThreadTeam : IDisposable
{
    private readonly Thread[] helpers;
    private readonly SemaphoreSlim start = new(0), finished = new(0);
    private Action<int>? body;
    private ExceptionDispatchInfo? failure;
    private int next, count;
    private bool ended;

    /// <summary>A team.</summary>
    /// <param name="threads">How many threads work on a loop, the calling one included; at least 1.</param>
    public ThreadTeam(int threads)
    {
        Threads = Math.Max(1, threads);
        helpers = new Thread[Threads - 1];
        for (int i = 0; i < helpers.Length; i++)
        {
            helpers[i] = new Thread(Help) { IsBackground = true, Name = "loop helper" };
            helpers[i].Start();
        }
    }

    /// <summary>How many threads work on a loop.</summary>
    public int Threads { get; }

    /// <summary>Calls a function for 0, 1, ... below a count, in any order; returns when all calls have returned.</summary>
    /// <param name="iterations">The count.</param>
    /// <param name="call">The function; keep it in a field, so that nothing is allocated.</param>
    public void For(int iterations, Action<int> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (helpers.Length == 0 || iterations < 2)
        {
            for (int i = 0; i < iterations; i++)
            {
                call(i);
            }

            return;
        }

        (body, next, count, failure) = (call, 0, iterations, null);
        start.Release(helpers.Length);
        Work();
        for (int i = 0; i < helpers.Length; i++)
        {
            finished.Wait();
        }

        // What the function holds, the couplings of an instance say, is not held any longer by the team.
        body = null;
        failure?.Throw();
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (!ended)
        {
            ended = true;
            start.Release(Math.Max(1, helpers.Length));
        }
    }

    private void Help()
    {
        while (true)
        {
            start.Wait();
            if (ended)
            {
                return;
            }

            Work();
            finished.Release();
        }
    }

    private void Work()
    {
        try
        {
            for (int i = Interlocked.Increment(ref next) - 1; i < count; i = Interlocked.Increment(ref next) - 1)
            {
                body!(i);
            }
        }
        catch (Exception exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
            next = count;
        }
    }
}
