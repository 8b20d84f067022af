// Where a long run leaves its state now and then, and the state that it goes on from.
using System;

namespace Thalweg.Results;

/// <summary>The clock of the checkpoints of one run; who keeps them decides where.</summary>
public sealed class Checkpoints
{
    private const double QuickSeconds = 0.1;
    private readonly Action<RunState> keep;
    private readonly TimeSpan interval;
    private readonly TimeProvider clock;
    private long last;
    private double stretch = 1;

    /// <summary>Checkpoints.</summary>
    /// <param name="keep">Keeps a state, for good when it returns.</param>
    /// <param name="interval">The time between two of them. It stretches in proportion when one takes more than a tenth of a second, so that at the usual two seconds they never take more than a twentieth of the time.</param>
    /// <param name="start">The state to go on from; null for a run from its beginning.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    public Checkpoints(Action<RunState> keep, TimeSpan interval, RunState? start = null, TimeProvider? clock = null)
    {
        (this.keep, this.interval, Start, this.clock, Exist) = (keep, interval, start, clock ?? TimeProvider.System, start is not null);
        last = this.clock.GetTimestamp();
    }

    /// <summary>The state to go on from; null for a run from its beginning.</summary>
    public RunState? Start { get; }

    /// <summary>Whether the run has a state that can be resumed: the one it came from, or one that was kept.</summary>
    public bool Exist { get; private set; }

    /// <summary>Whether it is time to keep a state. A run asks at points that do not depend on the clock, so that its results do not either.</summary>
    public bool AreDue => clock.GetElapsedTime(last) >= stretch * interval;

    /// <summary>Keeps a state.</summary>
    /// <param name="state">The state.</param>
    public void Keep(RunState state)
    {
        long began = clock.GetTimestamp();
        keep(state);
        Exist = true;
        last = clock.GetTimestamp();
        stretch = Math.Max(1, clock.GetElapsedTime(began, last).TotalSeconds / QuickSeconds);
    }
}
