// The two-time equations on uniform grids, as the command "dynamics --method uniform" asks for them.
using System;
using System.Collections.Generic;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.TwoTime;

namespace Thalweg.Runs;

/// <summary>The independent check of <see cref="DynamicsRun"/> at short times, and the part that teaches.</summary>
internal static class UniformDynamics
{
    /// <summary>How many grids are extrapolated: the order is twice that.</summary>
    internal const int Grids = 4;

    /// <summary>The longest time that is offered: the cost grows like its cube.</summary>
    internal const double Longest = 400;

    /// <summary>Steps of the coarsest grid with which those of the finest are an eighth of the fastest time.</summary>
    /// <param name="model">The landscape.</param>
    /// <param name="end">The time to reach.</param>
    internal static int StepsFor(Model model, double end) => Math.Max(8, (int)Math.Ceiling(end * Math.Sqrt(model.Noise.SlopeAtOne + model.Noise.CurvatureAtOne + Math.Pow(model.Signal.CurvatureAtOne, 2))));

    /// <summary>Bytes: C and R of the finest grid.</summary>
    /// <param name="steps">Steps of the coarsest grid.</param>
    internal static long MemoryForecast(int steps)
    {
        double finest = Grids * (double)steps;
        return (long)(12 * finest * finest);
    }

    /// <summary>Solves and reports.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="end">The time to reach.</param>
    /// <param name="steps">Steps of the coarsest grid.</param>
    /// <param name="tolerance">The largest error of e, μ and m at any time, relative to the larger of 1 and the value.</param>
    /// <param name="context">Progress, cancellation, threads.</param>
    internal static Outcome Solve(TwoTimeProblem problem, double end, int steps, double tolerance, RunContext context)
    {
        var solution = UniformSolver.Run(problem, end, steps, Grids, context.Threads, share => context.Progress?.Report(new(share, "uniform grids")), context.Cancellation);
        double worst = 0;
        for (int n = 0; n < solution.Times.Length; n++)
        {
            worst = Math.Max(worst, Math.Max(solution.EnergyError[n] / Math.Max(1, Math.Abs(solution.Energy[n])), Math.Max(solution.MultiplierError[n] / Math.Max(1, Math.Abs(solution.Multiplier[n])), solution.OverlapError[n])));
        }

        bool converged = solution.Status == Status.Converged && worst <= tolerance;
        string sentence = converged ? string.Empty
            : solution.Status != Status.Converged ? "a row of the uniform grid did not settle: the landscape is too steep for its step"
            : FormattableString.Invariant($"the error of the uniform grid is {worst:G2}, more than the tolerance of {tolerance:G2}: use --method log or a larger --tol");
        var result = new Record { { "final", Point(solution.Times.Length - 1) }, { "at", new List<Record>() } };
        DynamicsRun.AddTheory(result, problem.Model);
        result.Add("worst_error", Quantity.Of(worst, 0, How.Estimate));
        result.Add("steps", solution.Times.Length - 1);
        var columns = new List<Column> { new("t", solution.Times) };
        if (problem.HasOverlap)
        {
            columns.Add(new("m", solution.Overlap));
            columns.Add(new("m_error", solution.OverlapError));
        }

        columns.AddRange([new("energy", solution.Energy), new("energy_error", solution.EnergyError), new("mu", solution.Multiplier), new("mu_error", solution.MultiplierError)]);
        return new(converged ? Status.Converged : Status.NotConverged, sentence, result, [new Table("times", columns)]);

        Record Point(int n) => new()
        {
            { "t", solution.Times[n] },
            { "m", problem.HasOverlap ? Quantity.Of(solution.Overlap[n], solution.OverlapError[n], How.Dynamics) : Quantity.Missing("nothing is planted, so there is no overlap") },
            { "energy", Quantity.Of(solution.Energy[n], solution.EnergyError[n], How.Dynamics) },
            { "mu", Quantity.Of(solution.Multiplier[n], solution.MultiplierError[n], How.Dynamics) },
        };
    }
}
