// A solution of the two-time equations whose global errors are known: two runs of different tolerance, compared at all times.
using System;
using System.Collections.Generic;
using System.Threading;
using Thalweg.Numerics;
using Thalweg.Numerics.Roots;
using Thalweg.Results;

namespace Thalweg.TwoTime;

/// <summary>The observables of a run with their errors.</summary>
/// <remarks>
/// The local tolerance of a run says little about its global error. So the problem is solved twice, with tolerances a factor of ten apart; errors fall like the power 0.8 of the tolerance (docs/dynamics.md), so half of the difference,
/// at its largest within a few rows and a few per cent in time, bounds the error of the finer run with room to spare; a share of its tolerance is added for what both runs have in common. When that misses what was asked for,
/// the finer run becomes the coarser one of a third.
/// </remarks>
public sealed class TwoTimeDynamics
{
    private const double ToleranceRatio = 10, ErrorShare = 0.5, CommonShare = 0.01, LinearOverlap = 0.01, Neighbourhood = 1.06, LocalShare = 2, Rounding = 1e-13;
    private const int MostRuns = 4, NeighbourRows = 4;
    private const double SmallestTolerance = 1e-10, LargestTolerance = 3e-4;
    private readonly double[] times, energyError, multiplierError, logOverlapError, growthError;
    private readonly double localTolerance, goneTime;

    private TwoTimeDynamics(TwoTimeSolution solution, TwoTimeSolution coarser, double local)
    {
        (Solution, Coarser, localTolerance) = (solution, coarser, local);
        double last = Math.Min(solution.LastTime, coarser.LastTime);
        var grid = new List<double>();
        foreach (double t in solution.Times)
        {
            if (t < last)
            {
                grid.Add(t);
            }
        }

        grid.Add(last);

        times = [.. grid];
        energyError = Envelope(t => solution.Energy(t) - coarser.Energy(t));
        multiplierError = Envelope(t => solution.Multiplier(t) - coarser.Multiplier(t));
        bool follows = solution.Problem.FollowsOverlap;
        goneTime = Math.Min(solution.GoneTime ?? double.PositiveInfinity, coarser.GoneTime ?? double.PositiveInfinity);
        logOverlapError = follows ? Envelope(t => t < goneTime ? solution.LogOverlap(t) - coarser.LogOverlap(t) : 0) : [];
        for (int n = 1; n < times.Length && follows && (solution.Problem.IsLinear || solution.LogOverlap(times[n]) < Math.Log(LinearOverlap)); n++)
        {
            // As long as its equation is linear, ln m keeps every error that it ever had.
            logOverlapError[n] = Math.Max(logOverlapError[n], logOverlapError[n - 1]);
        }

        growthError = follows ? Envelope(t => t < goneTime ? solution.GrowthRate(t) - coarser.GrowthRate(t) : 0) : [];
    }

    /// <summary>The finer run.</summary>
    public TwoTimeSolution Solution { get; }

    /// <summary>The coarser run, whose difference from the finer one gives the errors.</summary>
    public TwoTimeSolution Coarser { get; }

    /// <summary>The last time that both runs reached.</summary>
    public double LastTime => times[^1];

    /// <summary>Converged when the end was reached and the errors at the times that were asked for are small enough.</summary>
    public Status Status { get; private set; }

    /// <summary>What is missing; empty when nothing is.</summary>
    public string Sentence { get; private set; } = string.Empty;

    /// <summary>The largest of the errors of e, μ and m, relative to the larger of 1 and the value, at any time.</summary>
    public double WorstError { get; private set; }

    /// <summary>Steps, rejected steps and Newton iterations of all runs together.</summary>
    public StepCounts Counts { get; private set; } = new();

    /// <summary>The local tolerance of the first and coarsest run. Never above 3e-4: from there on the length of a step is limited by other things than its error, errors do not fall as they should, and the difference of two runs is no bound (docs/dynamics.md).</summary>
    /// <param name="tolerance">The tolerance asked for.</param>
    public static double FirstTolerance(double tolerance) => Math.Min(tolerance * ToleranceRatio, LargestTolerance);

    /// <summary>Solves a problem until the error is known to be small enough where it is asked for.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="end">The time to reach, &gt; 0.</param>
    /// <param name="tolerance">The largest error of e, μ and m at the end and at the times asked for, relative to the larger of 1 and the value, from 1e-10 to 1e-2.</param>
    /// <param name="at">Further times where it holds; null for the end alone.</param>
    /// <param name="threads">How many threads to use; results do not depend on it.</param>
    /// <param name="progress">Called with the time reached and the tolerance of the run under way; null when nobody watches.</param>
    /// <param name="checkpoints">Keeps the state now and then and when the work is ended, and may hold one to go on from, of the same problem, end and tolerance; null when nobody keeps it. The result does not depend on it.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static TwoTimeDynamics Solve(
        TwoTimeProblem problem, double end, double tolerance, IReadOnlyList<double>? at = null, int threads = 1, Action<double, double>? progress = null, Checkpoints? checkpoints = null, CancellationToken cancellation = default)
    {
        var state = checkpoints?.Start is { } start ? DynamicsState.Load(problem, start) : new(FirstTolerance(tolerance), 0, new(), null, null);
        while (true)
        {
            double local = state.Tolerance;
            var solution = Run(problem, state, new(end, local, threads), time => progress?.Invoke(time, local), checkpoints, cancellation);
            int runs = state.Runs + 1;
            var counts = state.Counts.Plus(solution.Counts);
            if (state.Coarser is { } before)
            {
                var dynamics = new TwoTimeDynamics(solution, before, local) { Counts = counts };
                double asked = dynamics.Judge(end, at ?? [], tolerance);
                bool goesOn = asked > tolerance && solution.Status == Status.Converged && runs < MostRuns && local / ToleranceRatio > 0.99 * SmallestTolerance;
                if (!goesOn)
                {
                    return dynamics;
                }
            }

            state = new(local / ToleranceRatio, runs, counts, solution, null);
        }
    }

    // One run, whose states go to the checkpoints: when they are due, and the last one when it is cancelled.
    private static TwoTimeSolution Run(TwoTimeProblem problem, DynamicsState state, LogTimeSettings settings, Action<double> progress, Checkpoints? checkpoints, CancellationToken cancellation)
    {
        try
        {
            return LogTimeSolver.Run(problem, settings, progress, state.UnderWay, checkpoints is null ? null : Mark, cancellation);
        }
        catch (OperationCanceledException)
        {
            checkpoints?.Keep(state.Save());
            throw;
        }

        void Mark(LogTimeState underWay)
        {
            state = state with { UnderWay = underWay };
            if (checkpoints!.AreDue)
            {
                checkpoints.Keep(state.Save());
            }
        }
    }

    /// <summary>e(t).</summary>
    /// <param name="t">From 0 to <see cref="LastTime"/>.</param>
    public Quantity Energy(double t) => Quantity.Of(Solution.Energy(t), At(energyError, t), How.Dynamics);

    /// <summary>μ(t).</summary>
    /// <param name="t">From 0 to <see cref="LastTime"/>.</param>
    public Quantity Multiplier(double t) => Quantity.Of(Solution.Multiplier(t), At(multiplierError, t), How.Dynamics);

    /// <summary>C(t,s).</summary>
    /// <param name="t">A time from 0 to <see cref="LastTime"/>.</param>
    /// <param name="s">Another one.</param>
    public Quantity Correlation(double t, double s) => OfField(Solution.Correlation(t, s), Coarser.Correlation(t, s), Math.Max(t, s));

    /// <summary>R(t,s), zero for t &lt; s.</summary>
    /// <param name="t">The time of the answer, from 0 to <see cref="LastTime"/>.</param>
    /// <param name="s">The time of the question.</param>
    public Quantity Response(double t, double s) => OfField(Solution.Response(t, s), Coarser.Response(t, s), t);

    /// <summary>ln m(t).</summary>
    /// <param name="t">From 0 to <see cref="LastTime"/>.</param>
    public Quantity LogOverlap(double t) => Following(Solution.LogOverlap, logOverlapError, t);

    /// <summary>d ln m/dt.</summary>
    /// <param name="t">From 0 to <see cref="LastTime"/>.</param>
    public Quantity GrowthRate(double t) => Following(Solution.GrowthRate, growthError, t);

    /// <summary>The first time at which m reaches a value.</summary>
    /// <param name="overlap">The value, in (0, 1).</param>
    /// <returns>Missing when m has not reached it, or begins beyond it.</returns>
    public Quantity TimeOf(double overlap)
    {
        if (!Solution.Problem.HasOverlap)
        {
            return Quantity.Missing("there is no finite overlap that could escape");
        }

        double target = Math.Log(overlap);
        int n = 0;
        while (n < times.Length && Solution.LogOverlap(times[n]) < target)
        {
            n++;
        }

        if (n == 0 || n == times.Length)
        {
            return Quantity.Missing(n == 0 ? FormattableString.Invariant($"the overlap begins beyond {overlap:G4}") : FormattableString.Invariant($"the overlap has not reached {overlap:G4} by t = {LastTime:G6}"));
        }

        var root = BracketedRoot.Find(t => Solution.LogOverlap(t) - target, times[n - 1], times[n], Rounding);
        double rate = Math.Abs(Solution.GrowthRate(root.Position));
        return Quantity.Of(root.Position, At(logOverlapError, root.Position) / Math.Max(rate, 1e-300) + root.Error, How.Dynamics);
    }

    /// <summary>m(t); 0 where it underflows, with the smallest number as its error.</summary>
    /// <param name="t">From 0 to <see cref="LastTime"/>.</param>
    public Quantity Overlap(double t)
    {
        if (!Solution.Problem.FollowsOverlap || Solution.Problem.IsLinear)
        {
            return Quantity.Missing(Solution.Problem.IsLinear ? "the overlap is infinitesimal: only the growth of its logarithm has a meaning" : "nothing is planted, so there is no overlap");
        }

        if (t >= goneTime)
        {
            return Quantity.Of(0, PortableMath.Exp(Solution.LogOverlap(goneTime)), How.Dynamics);
        }

        double m = PortableMath.Exp(Solution.LogOverlap(t)), error = At(logOverlapError, t);
        return Quantity.Of(m, error > 0.5 ? Math.Min(1, m * PortableMath.Exp(Math.Min(error, 700))) : 1.3 * m * error, How.Dynamics);
    }

    // Once the overlap is gone for good, its logarithm and rate are continuations: as uncertain as what has changed since, and as the rate itself.
    private Quantity Following(Func<double, double> of, double[] errors, double t)
    {
        if (!Solution.Problem.FollowsOverlap)
        {
            return Quantity.Missing("nothing is planted, so there is no overlap");
        }

        double value = of(t);
        return Quantity.Of(value, At(errors, t) + (t > goneTime ? Math.Max(Math.Abs(value - of(goneTime)), Math.Abs(Solution.GrowthRate(t))) : 0), How.Dynamics);
    }

    // At a single point two runs may agree by chance or because their meshes are still the same: to the difference comes what the local tolerance lets pass, and what e and μ show of the row as a whole is a floor.
    private Quantity OfField(double value, double coarse, double time)
    {
        double seen = Math.Max(ErrorShare * Math.Abs(value - coarse) + Rounding, Math.Max(At(energyError, time), At(multiplierError, time)));
        return Quantity.Of(value, seen + LocalShare * localTolerance * Math.Abs(value), How.Dynamics);
    }

    private double Judge(double end, IReadOnlyList<double> at, double tolerance)
    {
        WorstError = 0;
        foreach (double t in times)
        {
            WorstError = Math.Max(WorstError, ErrorAt(t));
        }

        double asked = ErrorAt(Math.Min(end, LastTime));
        foreach (double t in at)
        {
            asked = Math.Max(asked, ErrorAt(Math.Min(t, LastTime)));
        }

        bool reached = Solution.Status == Status.Converged && LastTime >= end;
        Status = reached && asked <= tolerance ? Status.Converged : Status.NotConverged;
        Sentence = !reached ? (Solution.Sentence.Length > 0 ? Solution.Sentence : Coarser.Sentence)
            : asked > tolerance ? FormattableString.Invariant($"an error is {asked:G2}, more than the tolerance of {tolerance:G2}: each number carries its own") : string.Empty;
        return asked;
    }

    // The errors of e, μ and m, relative to the larger of 1 and the value.
    private double ErrorAt(double t)
    {
        double error = Math.Max(At(energyError, t) / Math.Max(1, Math.Abs(Solution.Energy(t))), At(multiplierError, t) / Math.Max(1, Math.Abs(Solution.Multiplier(t))));
        return Solution.Problem.HasOverlap ? Math.Max(error, Overlap(t).Error) : error;
    }

    // Half of the largest difference in the neighbourhood of each time, what Newton's method, the mesh and the rule of rest leave in both runs alike, and what rounding may do.
    private double[] Envelope(Func<double, double> difference)
    {
        var sizes = Array.ConvertAll(times, t => Math.Abs(difference(t)));
        var errors = new double[sizes.Length];
        double common = localTolerance * (Solution.SettledTime is null ? CommonShare : Settling.ToleranceShare);
        for (int n = 0, low = 0; n < sizes.Length; n++)
        {
            while (low + NeighbourRows < n && times[low] * Neighbourhood < times[n])
            {
                low++;
            }

            double largest = 0;
            for (int k = low; k < sizes.Length && (k <= n + NeighbourRows || times[k] <= times[n] * Neighbourhood); k++)
            {
                largest = Math.Max(largest, sizes[k]);
            }

            errors[n] = ErrorShare * largest + common + Rounding;
        }

        return errors;
    }

    private double At(double[] errors, double t)
    {
        int at = Array.BinarySearch(times, t);
        at = at >= 0 ? at : Math.Min(~at, times.Length - 1);
        return Math.Max(errors[at], errors[Math.Max(0, at - 1)]);
    }
}
