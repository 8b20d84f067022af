// What "probe" does for the spiked model: where the threshold states grow their first negative direction toward the signal.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Results;
using Thalweg.Thresholds;

namespace Thalweg.Runs.Laboratory;

/// <summary>Theory and measurements of the spiked model.</summary>
internal static class SpikedProbe
{
    /// <summary>The whole answer.</summary>
    /// <param name="set">The options of <see cref="ProbeRun"/>.</param>
    /// <param name="context">Progress, cancellation, checkpoints, threads.</param>
    public static Outcome Of(ParameterSet set, RunContext context)
    {
        int p = set.Get(ModelParameters.TensorOrder);
        double[] noises = set.Get(ProbeRun.TensorNoises);
        Quantity[] openings = [.. noises.Select(noise => GradientFlowThreshold.Of(MatrixFamily.Spiked(p, noise)))], inverse = [.. noises.Select(noise => GradientFlowThreshold.Inverse(MatrixFamily.Spiked(p, noise)))];
        var result = new Record
        {
            { "delta2_opening", noises.Length == 1 ? openings[0] : Quantity.Missing("there are several Delta_p: see the rows") },
            { "rows", noises.Select((noise, k) => new Record { { "delta_p", noise }, { "delta2_opening", openings[k] }, { "inv_delta2_opening", inverse[k] } }) },
            { "verdict", "at the threshold states, which trap the flow at zero overlap, a negative direction toward the signal opens for Delta_2 below " + string.Join(", ", openings.Select(opening => FormattableString.Invariant($"{opening.Value:G6}"))) },
        };
        return Outcome.Judged(result, [Theory(noises, openings)], set.Get(CommonParameters.Tolerance));
    }

    private static Table Theory(double[] noises, Quantity[] openings) => new("theory", new Column("delta_p", noises), Column.Of("delta2_opening", openings));
}
