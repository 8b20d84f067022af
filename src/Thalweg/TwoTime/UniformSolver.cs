// Eqs. (8)-(11) on a uniform grid: trapezoids in time and under the integrals, extrapolated in h². Slow and simple, for checks and for teaching.
using System;
using System.Linq;
using System.Threading;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Series;
using Thalweg.Numerics.Threads;
using Thalweg.Results;

namespace Thalweg.TwoTime;

/// <summary>m, e and μ on the times of the coarsest grid, extrapolated, with the last change of the extrapolation, the largest of three neighbouring times, as their error.</summary>
/// <param name="Times">[n], from 0 to the end.</param>
/// <param name="Energy">[n].</param>
/// <param name="Multiplier">[n].</param>
/// <param name="Overlap">[n]; zeros without an overlap.</param>
/// <param name="EnergyError">[n].</param>
/// <param name="MultiplierError">[n].</param>
/// <param name="OverlapError">[n].</param>
/// <param name="Status">NotConverged when a row's iteration did not settle: the step is too long for the landscape.</param>
public sealed record UniformSolution(double[] Times, double[] Energy, double[] Multiplier, double[] Overlap, double[] EnergyError, double[] MultiplierError, double[] OverlapError, Status Status);

/// <summary>The solver on a uniform grid.</summary>
/// <remarks>
/// With every integral and every step a trapezoid that ends on grid points the error has an expansion in h², so that solutions with h, h/2, h/3, ... extrapolate to order 2 k for k of them (Richardson; halving would cost more for the same error; for the stepping
/// see Gragg, SIAM Journal on Numerical Analysis 2 (1965) 384). Nothing but the equations is shared with <see cref="LogTimeSolver"/>. Cost O(n³) and 12 n² bytes for the n steps of the finest grid.
/// </remarks>
public sealed class UniformSolver
{
    private const int MostIterations = 60;
    private const double Settled = 1e-14;
    private readonly TwoTimeProblem problem;
    private readonly ThreadTeam team;
    private readonly int steps;
    private readonly double h;
    private readonly double[][] c, r;
    private readonly double[] sigma, force, rateC, rateR, oldRateC, oldRateR, overlap;
    private readonly Action<int> part;
    private int row, parts;

    private UniformSolver(TwoTimeProblem problem, double end, int steps, ThreadTeam team)
    {
        (this.problem, this.team, this.steps, h) = (problem, team, steps, end / steps);
        (c, r) = (new double[steps + 1][], new double[steps + 1][]);
        for (int n = 0; n <= steps; n++)
        {
            (c[n], r[n]) = (new double[steps + 1], new double[n + 1]);
            c[n][n] = r[n][n] = 1;
        }

        (sigma, force, rateC, rateR, oldRateC, oldRateR, overlap) = (new double[steps + 1], new double[steps + 1], new double[steps + 1], new double[steps + 1], new double[steps + 1], new double[steps + 1], new double[steps + 1]);
        part = Part;
    }

    /// <summary>Solves on grids of n, 2 n, 3 n, ... steps and extrapolates.</summary>
    /// <param name="problem">The problem; a linear overlap is not offered here.</param>
    /// <param name="end">The time to reach.</param>
    /// <param name="coarse">n, the steps of the coarsest grid.</param>
    /// <param name="levels">How many grids, from 2 to 6: the order is twice that.</param>
    /// <param name="threads">How many threads to use; results do not depend on it.</param>
    /// <param name="progress">Called after each row with the share of the work that is done; null when nobody watches.</param>
    /// <param name="cancellation">Ends the run with an <see cref="OperationCanceledException"/>.</param>
    public static UniformSolution Run(TwoTimeProblem problem, double end, int coarse, int levels, int threads = 1, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.IsLinear)
        {
            throw new ArgumentException("the uniform grid follows finite overlaps only", nameof(problem));
        }

        if (levels is < 2 or > 6)
        {
            throw new ArgumentOutOfRangeException(nameof(levels), levels, "must be from 2 to 6");
        }

        using var workers = new ThreadTeam(Math.Min(threads, 2 * Environment.ProcessorCount));
        double[][] energies = new double[levels][], multipliers = new double[levels][], overlaps = new double[levels][];
        var status = Status.Converged;
        for (int level = 0; level < levels; level++)
        {
            var solver = new UniformSolver(problem, end, coarse * (level + 1), workers);
            double before = Work(level), own = Work(level + 1) - before, all = Work(levels);
            bool settled = solver.Solve(share => progress?.Invoke((before + own * share * share * share) / all), cancellation, out energies[level], out multipliers[level]);
            status = settled ? status : Status.NotConverged;
            overlaps[level] = solver.overlap;
        }

        // A small overlap grows by orders of magnitude, and the steps shift its escape: its logarithm and the clock of the escape are what has an expansion.
        bool isLog = Array.TrueForAll(overlaps, curve => Array.TrueForAll(curve, m => m > 0));
        overlaps = isLog ? Array.ConvertAll(overlaps, curve => Array.ConvertAll(curve, Math.Log)) : overlaps;
        var extrapolation = new GridExtrapolation(coarse, levels, isLog ? Escapes(overlaps) : null);
        var (energy, energyError) = extrapolation.Of(energies);
        var (multiplier, multiplierError) = extrapolation.Of(multipliers);
        var (overlap, overlapError) = extrapolation.Of(overlaps);
        for (int n = 0; n <= coarse && isLog; n++)
        {
            overlap[n] = Math.Exp(overlap[n]);
            overlapError[n] *= overlap[n];
        }

        var times = new double[coarse + 1];
        for (int n = 0; n <= coarse; n++)
        {
            times[n] = end * n / coarse;
        }

        return new(times, energy, multiplier, overlap, energyError, multiplierError, overlapError, status);
    }

    // The work of the first grids, 1 + 8 + 27 + ...
    private static double Work(int grids) => Math.Pow(grids * (grids + 1) / 2.0, 2);

    // When the logarithm of each grid's overlap has grown to that of half of the largest that the finest one has, in steps of the coarsest; null unless all have grown to it from less than a tenth.
    private static double[]? Escapes(double[][] logs)
    {
        double half = logs[^1].Max() - Math.Log(2);
        var times = new double[logs.Length];
        for (int k = 0; k < logs.Length; k++)
        {
            double? crossing = GridExtrapolation.Crossing(logs[k], half);
            if (crossing is null || logs[k][0] > half - Math.Log(5))
            {
                return null;
            }

            times[k] = crossing.Value / (k + 1);
        }

        return times;
    }

    private bool Solve(Action<double> progress, CancellationToken cancellation, out double[] energy, out double[] mu)
    {
        (energy, mu) = (new double[steps + 1], new double[steps + 1]);
        overlap[0] = problem.HasOverlap ? Math.Exp(problem.LogOverlap!.Value) : 0;
        row = 0;
        double overlapRate = EvaluateRow(out energy[0], out mu[0]);
        bool settled = true;
        for (int n = 1; n <= steps; n++)
        {
            cancellation.ThrowIfCancellationRequested();
            rateC.CopyTo(oldRateC, 0);
            rateR.CopyTo(oldRateR, 0);
            row = n;
            for (int j = 0; j < n; j++)
            {
                // Extrapolated along t at fixed t': a start for the iteration, not a part of the scheme.
                c[n][j] = c[n - 1][j] + (h * oldRateC[j]);
                r[n][j] = r[n - 1][j] + (h * oldRateR[j]);
            }

            double oldOverlapRate = overlapRate, change = 1, half = 0.5 * h;
            overlap[n] = overlap[n - 1] + (h * oldOverlapRate);
            int iteration = 0;
            for (; iteration < MostIterations && change > Settled; iteration++)
            {
                overlapRate = EvaluateRow(out energy[n], out mu[n]);
                change = 0;
                for (int j = 0; j < n; j++)
                {
                    // The rate's -μ f with the new f: what is iterated is the memory alone.
                    double newC = (c[n - 1][j] + half * (oldRateC[j] + rateC[j] + mu[n] * c[n][j])) / (1 + half * mu[n]), newR = (r[n - 1][j] + half * (oldRateR[j] + rateR[j] + mu[n] * r[n][j])) / (1 + half * mu[n]);
                    change = Math.Max(change, Math.Max(Math.Abs(newC - c[n][j]), Math.Abs(newR - r[n][j])));
                    (c[n][j], r[n][j]) = (newC, newR);
                }

                double m = (overlap[n - 1] + half * (oldOverlapRate + overlapRate + mu[n] * overlap[n])) / (1 + half * mu[n]);
                change = Math.Max(change, Math.Abs(m - overlap[n]));
                overlap[n] = m;
            }

            settled &= change <= Settled * 100;
            if (!double.IsFinite(change))
            {
                return false;
            }

            overlapRate = EvaluateRow(out energy[n], out mu[n]);
            for (int j = 0; j < n; j++)
            {
                c[j][n] = c[n][j];
            }

            progress((double)n / steps);
        }

        return settled;
    }

    // dC/dt and dR/dt of a row for all columns up to and including the diagonal, μ, the energy; returns dm/dt.
    private double EvaluateRow(out double energy, out double mu)
    {
        int n = row;
        var noise = problem.Model.Noise;
        double m = overlap[n], pull = problem.HasOverlap ? problem.Model.Signal.DQ(m) : 0, beta = problem.InitialInverse, initial = beta * noise.DQ(c[n][0]);
        (mu, energy) = (problem.Temperature + pull * m + initial * c[n][0], -(problem.HasOverlap ? problem.Model.Signal.Q(m) : 0) - beta * noise.Q(c[n][0]));
        double memory = 0;
        for (int s = 0; s <= n; s++)
        {
            double weight = n == 0 ? 0 : s == 0 || s == n ? 0.5 * h : h;
            sigma[s] = weight * TwoTimeEquations.MemoryKernel(noise, c[n][s], r[n][s]);
            force[s] = TwoTimeEquations.ForceCovariance(noise, c[n][s]);
            mu += weight * TwoTimeEquations.MultiplierKernel(noise, c[n][s], r[n][s]);
            energy += weight * TwoTimeEquations.EnergyKernel(noise, c[n][s], r[n][s]);
            memory += sigma[s] * overlap[s];
        }

        parts = n < 64 ? 1 : 4 * team.Threads;
        team.For(parts, part);
        for (int j = 0; j <= n; j++)
        {
            rateC[j] += -mu * c[n][j] + pull * overlap[j] + initial * c[j][0];
            rateR[j] -= mu * r[n][j];
        }

        return -mu * m + pull + memory + initial * overlap[0];
    }

    // The integrals of the columns of one part: Σ over rows of the stored triangle, each read once.
    private void Part(int k)
    {
        int n = row, from = (int)((long)(n + 1) * k / parts), to = (int)((long)(n + 1) * (k + 1) / parts);
        Array.Clear(rateR, from, to - from);
        for (int s = from; s <= n && to > from; s++)
        {
            // ∫_{t'}^t Σ(t,s) R(s,t') ds: a half weight where s meets t'.
            int end = Math.Min(s, to);
            if (end > from)
            {
                AddKernel.To(ref rateR[from], ref r[s][from], sigma[s], end - from);
            }

            if (s < to)
            {
                rateR[s] += (s == n ? 0 : s == 0 ? 1 : 0.5) * sigma[s];
            }
        }

        for (int j = from; j < to; j++)
        {
            // ∫_0^t Σ(t,s) C(t',s) ds; the newest column of an old row still stands in the newest row.
            double[] correlation = c[j];
            double sum = DotKernel.Of(ref sigma[0], ref correlation[0], n) + sigma[n] * c[n][j];
            double past = DotKernel.Of(ref force[0], ref r[j][0], j + 1) - 0.5 * (force[0] * r[j][0] + force[j] * r[j][j]);
            rateC[j] = sum + (j == 0 ? 0 : h * past);
        }
    }
}
