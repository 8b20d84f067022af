// Where a run of the solver in ln t stands: everything that its next step depends on.
using Thalweg.Numerics.Meshes;
using Thalweg.Results;

namespace Thalweg.TwoTime;

/// <summary>The state of <see cref="LogTimeSolver"/> where no factorisation is kept. Whatever else it remembers from one step to the next belongs here.</summary>
/// <param name="Rows">The history; the run may have added rows since.</param>
/// <param name="Count">How many rows are of this state; until the mesh changes, which makes a new state, they stay as they are.</param>
/// <param name="Mesh">Their mesh.</param>
/// <param name="Step">The next step in ln(1 + t).</param>
/// <param name="Order">Its order.</param>
/// <param name="SinceOrder">Steps accepted at this order.</param>
/// <param name="Refinements">Refinements of the mesh since the last accepted step.</param>
/// <param name="LongestStep">The longest step that the soft mode allows, see <see cref="SoftModeLimit"/>; infinite where it has not been felt.</param>
/// <param name="Counts">What the run cost so far.</param>
internal sealed record LogTimeState(TwoTimeRows Rows, int Count, PanelMesh Mesh, double Step, int Order, int SinceOrder, int Refinements, double LongestStep, StepCounts Counts)
{
    public void Save(RunState state, string name)
    {
        Rows.Save(state, name, Count, Mesh);
        Counts.Save(state, name);
        state.Put(name + ".step", Step, Order, SinceOrder, Refinements, LongestStep);
    }

    public static LogTimeState Load(RunState state, string name)
    {
        var (rows, mesh) = TwoTimeRows.Load(state, name);
        double[] numbers = state.NumbersOf(name + ".step", 5);
        return new(rows, rows.Count, mesh, numbers[0], (int)numbers[1], (int)numbers[2], (int)numbers[3], numbers[4], StepCounts.Load(state, name));
    }
}
