// Eqs. (8)-(11) to long times: implicit steps in ln t on a mesh in t'/t, both adapted to one tolerance.
using System;
using System.Threading;
using Thalweg.Numerics;
using Thalweg.Numerics.Meshes;
using Thalweg.Numerics.Threads;
using Thalweg.Results;

namespace Thalweg.TwoTime;

/// <summary>The tolerance and the limits of a run.</summary>
/// <param name="End">The time to reach, &gt; 0.</param>
/// <param name="Tolerance">The local error of a step, from 1e-10 to 1e-2; the global error is estimated from a second run, see <see cref="TwoTimeDynamics"/>.</param>
/// <param name="Threads">How many threads to use; results do not depend on it.</param>
/// <param name="MostSteps">The number of accepted steps at which the run gives up.</param>
/// <param name="MostColumns">The number of points of the mesh at which the run gives up: memory grows like its square.</param>
public sealed record LogTimeSettings(double End, double Tolerance = 1e-7, int Threads = 1, int MostSteps = 20_000, int MostColumns = 1500);

/// <summary>The solver.</summary>
/// <remarks>
/// Rows are stored at times t_n, columns at fixed θ = t'/t on panels graded towards both ends, where the solution varies on logarithmic scales; at fixed θ the equations are an advection that enters at the diagonal,
/// solved by upwind collocation (<see cref="PanelBasis"/>) and a backward differentiation formula of order four in ln(1 + t). Some tens of steps a decade of time; a step costs O(L²) for the memory and now and then
/// O((2L)³) for a factorisation, with L a few hundred. Method, accuracy and limits: docs/dynamics.md.
/// </remarks>
public static class LogTimeSolver
{
    private const int Degree = 15, QuadraturePoints = 12, HighestOrder = 4, CoarsenEvery = 8, MostRefinements = 3, DropEvery = 32, StandstillRows = 200;
    private const double MeshShare = 0.3, SmallestMeshTolerance = 1e-10, AgeingTime = 1000, NoiseRatio = 0.05, NewtonShare = 1e-3, LargestStep = 0.3, SmallestStep = 1e-10, StartShare = 1e-3, StartTime = 5, RoundingFloor = 1e-11, NewtonFloor = 1e-13, Safety = 0.9, StandstillAfter = 0.1, StandstillAdvance = 2e-3;

    /// <summary>Solves the equations.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="settings">Tolerance and limits.</param>
    /// <param name="progress">Called after each step with the time reached; null when nobody watches.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The rows up to the end, or up to where the run had to stop, with the reason.</returns>
    public static TwoTimeSolution Run(TwoTimeProblem problem, LogTimeSettings settings, Action<double>? progress = null, CancellationToken cancellation = default) => Run(problem, settings, progress, null, null, cancellation);

    /// <summary>The same from a state on, with a look at each state from which the run can be continued.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="settings">Tolerance and limits.</param>
    /// <param name="progress">Called after each step with the time reached; null when nobody watches.</param>
    /// <param name="start">Where to go on, of the same problem and tolerance; null for the beginning.</param>
    /// <param name="mark">Called wherever no factorisation is kept, with the state, before the run can be cancelled; null when nobody looks.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    internal static TwoTimeSolution Run(TwoTimeProblem problem, LogTimeSettings settings, Action<double>? progress, LogTimeState? start, Action<LogTimeState>? mark, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(settings);
        using var team = new ThreadTeam(Math.Min(settings.Threads, 2 * Environment.ProcessorCount));
        start ??= First(problem, settings);
        var rows = start.Rows;
        var memory = new MemoryMesh(start.Mesh, QuadraturePoints, team);
        var step = new LogTimeStep(problem, rows, memory, team);
        var counts = start.Counts with { };
        var (du, order, sinceOrder, refinements) = (start.Step, start.Order, start.SinceOrder, start.Refinements);
        var limit = new SoftModeLimit(step, start.LongestStep);
        string trouble = string.Empty;
        bool settled = false;
        while (rows.T[^1] < settings.End && !settled)
        {
            if (problem.FollowsOverlap && step.Row.GoneRate is null && Settling.Gone(rows) is { } gone)
            {
                step.Row.GoneRate = rows.Growth[gone];
                step.DropFactors();
            }

            if (!step.HasFactors)
            {
                mark?.Invoke(new(rows, rows.Count, memory.Mesh, du, order, sinceOrder, refinements, limit.LongestStep, Total()));
            }

            cancellation.ThrowIfCancellationRequested();
            double time = TimeAfter(rows.U[^1], du), tolerance = ToleranceAt(time, settings);
            var end = step.Solve(time, order, Math.Max(NewtonShare * tolerance, NewtonFloor));
            if (end != StepEnd.Solved || step.Error > tolerance)
            {
                counts.Rejected++;
                du *= end == StepEnd.Solved ? Math.Clamp(Safety * Math.Pow(tolerance / step.Error, 1.0 / (order + 1)), 0.2, 0.8) : 0.5;
                limit.Shorten(end, du);
                if (du < SmallestStep)
                {
                    trouble = end == StepEnd.WrongBranch ? "the step's matrix changes the sign of its determinant however small the step" : "the steps became too small";
                    break;
                }

                continue;
            }

            if (MeshAdaptation.Refined(memory.Mesh, step.Row.C, step.Row.R, time, MeshTolerance(settings), time < AgeingTime ? NoiseRatio : 0) is { } finer && refinements++ < MostRefinements)
            {
                if (finer.Unknowns > settings.MostColumns)
                {
                    trouble = $"the mesh would need {finer.Unknowns} columns, more than {settings.MostColumns}";
                    break;
                }

                Change(finer);
                continue;
            }

            double taken = PortableMath.Log(1 + time) - rows.U[^1];
            refinements = 0;
            rows.Add(time, [.. step.Row.C], [.. step.Row.R], step.Row.Mu, step.Row.LogM, step.Row.Growth(), step.Row.Energy());
            counts.Steps++;
            sinceOrder++;
            progress?.Invoke(time);
            settled = problem.HasOverlap && Settling.IsReached(rows, settings.Tolerance);
            double factor = Safety * Math.Pow(tolerance / Math.Max(step.Error, 1e-300), 1.0 / (order + 1));
            du = Math.Min(taken * Math.Clamp(factor, 0.3, order == 1 ? 1.8 : 1.25), LargestStep);
            if (time > AgeingTime && counts.Steps % SoftModeLimit.Every == 0)
            {
                limit.Measure(rows.U[^1], du, order);
            }

            du = Math.Min(du, limit.LongestStep);
            if (order < HighestOrder && sinceOrder > order)
            {
                (order, sinceOrder) = (order + 1, 0);
            }

            // Also in a run that nobody interrupts, whose bits are those of one that goes on from here.
            if (counts.Steps % DropEvery == 0)
            {
                step.DropFactors();
            }

            if (counts.Steps % CoarsenEvery == 0 && MeshAdaptation.Coarsened(memory.Mesh, rows, MeshTolerance(settings)) is { } coarser)
            {
                Change(coarser);
            }

            if (rows.Count > StandstillRows && rows.U[^1] > StandstillAfter && rows.U[^1] - rows.U[^StandstillRows] < StandstillAdvance)
            {
                trouble = $"{StandstillRows} steps together led from t = {rows.T[^StandstillRows]:G6} to {time:G6}; what they try to resolve is noise, or a front that is too steep";
                break;
            }

            if (counts.Steps == settings.MostSteps && time < settings.End)
            {
                trouble = $"{settings.MostSteps} steps were not enough";
                break;
            }
        }

        return new TwoTimeSolution(problem, rows, memory.Mesh, Total(), trouble.Length == 0 ? Status.Converged : Status.NotConverged, trouble.Length == 0 ? string.Empty : FormattableString.Invariant($"the run ended at t = {rows.T[^1]:G6}: {trouble}"), settled ? settings.End : 0);

        void Change(PanelMesh mesh)
        {
            rows.Transfer(memory.Mesh, mesh, team);
            memory = new MemoryMesh(mesh, QuadraturePoints, team);
            step.SetMesh(memory);
            counts.Meshes++;
        }

        StepCounts Total() => counts with { Iterations = start.Counts.Iterations + step.Iterations, Factorisations = start.Counts.Factorisations + step.Factorisations };
    }

    // The state of a run at t = 0.
    private static LogTimeState First(TwoTimeProblem problem, LogTimeSettings settings)
    {
        var mesh = MeshAdaptation.Initial(new PanelBasis(Degree));
        var rows = new TwoTimeRows();
        double[] ones = new double[mesh.Unknowns + 1];
        Array.Fill(ones, 1);
        double m = problem.HasOverlap ? PortableMath.Exp(problem.LogOverlap!.Value) : 0;
        double energy = -(problem.HasOverlap ? problem.Model.Signal.Q(m) : 0) - problem.InitialInverse * problem.Model.Noise.Q(1);
        rows.Add(0, ones, [.. ones], TwoTimeEquations.InitialMultiplier(problem), problem.LogOverlap ?? 0, problem.FollowsOverlap ? TwoTimeEquations.InitialGrowth(problem) : 0, energy);
        return new(rows, 1, mesh, FirstStep(problem, settings), 1, 0, 0, double.PositiveInfinity, new());
    }

    // A step of order one whose error, du² f''/2, is that of the first tolerance.
    private static double FirstStep(TwoTimeProblem problem, LogTimeSettings settings)
    {
        var noise = problem.Model.Noise;
        double rate = Math.Abs(TwoTimeEquations.InitialMultiplier(problem)) + problem.Model.Signal.CurvatureAtOne;
        return Math.Min(0.01, Math.Sqrt(StartShare * settings.Tolerance / (noise.SlopeAtOne + noise.CurvatureAtOne + 1 + rate * rate)));
    }

    // The errors of the first steps stay in every later row at fixed t', so that they have to be smaller, as far as rounding allows; a corner in the tolerance would leave one in the rows.
    private static double ToleranceAt(double time, LogTimeSettings settings) => Math.Max(settings.Tolerance * (StartShare + time / (time + StartTime)), Math.Min(settings.Tolerance, RoundingFloor));

    // A finer one than 1e-10 would resolve the rounding errors of the first steps.
    private static double MeshTolerance(LogTimeSettings settings) => Math.Max(MeshShare * settings.Tolerance, Math.Min(settings.Tolerance, SmallestMeshTolerance));

    // exp(u + du) - 1, without cancellation at the start.
    internal static double TimeAfter(double u, double du)
    {
        double sum = u + du;
        return sum < 1e-2 ? sum * (1 + sum / 2 * (1 + sum / 3 * (1 + sum / 4 * (1 + sum / 5 * (1 + sum / 6))))) : PortableMath.Exp(sum) - 1;
    }
}
