// Where a solution with global errors stands: the run before, and how far the one under way has come.
using Thalweg.Results;

namespace Thalweg.TwoTime;

/// <summary>The state of <see cref="TwoTimeDynamics.Solve"/>.</summary>
/// <param name="Tolerance">The local tolerance of the run under way.</param>
/// <param name="Runs">How many runs are done.</param>
/// <param name="Counts">What they cost together.</param>
/// <param name="Coarser">The last of them; null before the first is done.</param>
/// <param name="UnderWay">Where the run under way stands; null before it has begun.</param>
internal sealed record DynamicsState(double Tolerance, int Runs, StepCounts Counts, TwoTimeSolution? Coarser, LogTimeState? UnderWay)
{
    private const string Done = "done", Now = "now", Both = "runs";

    public RunState Save()
    {
        var state = new RunState();
        state.Put(Both, Tolerance, Runs);
        Counts.Save(state, Both);
        Coarser?.Save(state, Done);
        UnderWay?.Save(state, Now);
        return state;
    }

    public static DynamicsState Load(TwoTimeProblem problem, RunState state)
    {
        double[] numbers = state.NumbersOf(Both, 2);
        int runs = (int)numbers[1];
        return new(numbers[0], runs, StepCounts.Load(state, Both), runs > 0 ? TwoTimeSolution.Load(problem, state, Done) : null, LogTimeState.Load(state, Now));
    }
}
