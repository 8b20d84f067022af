// How a checkpoint of "escape" keeps the walks that have ended.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>One row a walk: its number, whether it arrived, iterations, evaluations, value, the number of its ending, times at saddles. Endings are few sentences that many walks share.</summary>
internal static class EscapeState
{
    private const string Walks = "escape walks", Endings = "escape endings";
    private const int Numbers = 6;
    private const double Never = -1;

    /// <summary>The state of a run.</summary>
    /// <param name="walks">[number]; null while a walk has not ended.</param>
    public static RunState Of(IReadOnlyList<EscapeWalk?> walks)
    {
        var endings = new List<string>();
        var rows = new List<double[]>();
        for (int k = 0; k < walks.Count; k++)
        {
            if (walks[k] is not { } walk)
            {
                continue;
            }

            int ending = endings.IndexOf(walk.Ending);
            if (ending < 0)
            {
                (ending, endings) = (endings.Count, [.. endings, walk.Ending]);
            }

            rows.Add([k, walk.HasEscaped ? 1 : 0, walk.Iterations, walk.Evaluations, walk.Value, ending, .. walk.Passed.Select(passed => passed ?? Never)]);
        }

        var state = new RunState();
        state.Put(Walks, rows);
        state.Put(Endings, string.Join('\n', endings));
        return state;
    }

    /// <summary>The walks of a state.</summary>
    /// <param name="state">The state; null for a run from the beginning.</param>
    /// <param name="count">How many walks there are in all.</param>
    /// <returns>[number]; null where a walk has to be made.</returns>
    /// <exception cref="FormatException">It is the state of other walks.</exception>
    public static EscapeWalk?[] Read(RunState? state, int count)
    {
        var walks = new EscapeWalk?[count];
        if (state is null)
        {
            return walks;
        }

        string[] endings = state.TextOf(Endings).Split('\n');
        foreach (double[] row in state.RowsOf(Walks))
        {
            if (row.Length < Numbers || !(row[0] >= 0 && row[0] < count) || !(row[5] >= 0 && row[5] < endings.Length))
            {
                throw new FormatException("the state of the run is of other walks");
            }

            walks[(int)row[0]] = new(row[1] != 0, (long)row[2], (long)row[3], row[4], endings[(int)row[5]], [.. row.Skip(Numbers).Select(passed => passed == Never ? null : (long?)passed)]);
        }

        return walks;
    }
}
