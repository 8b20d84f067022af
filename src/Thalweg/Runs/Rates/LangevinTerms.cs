// What "rates langevin" computes: the three terms of Raginsky et al. for Langevin descent in a double well, and its spectral gap, exponential in β.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Landscapes;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Statistics;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs.Laboratory;
using Thalweg.Runs.Probe;
using Thalweg.Spectra;

namespace Thalweg.Runs.Rates;

/// <summary>
/// E f(x_k) - f* = [E f(x_k) - E f(X_kη)] + [E f(X_kη) - ∫f dπ] + [∫f dπ - f*]: the error of steps, mixing at the rate of the gap, and what the equilibrium of temperature 1/β lies above the minimum, at most (d/2β) ln[(eM/m)(bβ/d + 1)] for β ≥ 2/m (Raginsky, Rakhlin, Telgarsky 2017, arXiv 1702.03849, section 3), with f M-smooth and
/// ⟨x,∇f⟩ ≥ m|x|² - b.
/// </summary>
/// <remarks>
/// d = 1. Four looks at the gap share nothing: the generator on grids, the law of Eyring and Kramers, the matrix of the steps, walks. A walk begins in the shallow well; the mean of x over walks relaxes as x_∞ + A e^{-λt} once each well is in equilibrium, so that two times give λ. Walks are made where they last at most thirty thousand steps.
/// </remarks>
internal static class LangevinTerms
{
    private const int DefaultTrials = 2000, Times = 16;
    private const double Settled = 12, LastTime = 1.3, FirstSteps = 4, LongestWalk = 3e4, Dissipation = 0.5, LargestGrid = 2000, Finer = 1.25, Resolution = 1.6;

    /// <summary>Bytes: two matrices of the finest grid, all walks at their times.</summary>
    /// <param name="set">The options of <see cref="RatesRun"/>.</param>
    /// <exception cref="BadInputException">The steps are too short for a matrix.</exception>
    public static long MemoryForecast(ParameterSet set)
    {
        double beta = set.Get(RatesRun.InverseTemperatures).Max(), grid = 9 / Math.Sqrt(2 * set.Get(RatesRun.Step) / beta) * Resolution * Finer;
        return grid > LargestGrid
            ? throw new BadInputException(FormattableString.Invariant($"--step {set.Get(RatesRun.Step)} at --beta {beta} takes a matrix of {grid:F0}² numbers: make the step longer"))
            : (long)(24 * grid * grid) + 16L * Trials(set) * Times;
    }

    /// <summary>The whole answer.</summary>
    /// <param name="set">The options of <see cref="RatesRun"/>.</param>
    /// <param name="context">Progress, cancellation, checkpoints, threads.</param>
    public static Outcome Of(ParameterSet set, RunContext context)
    {
        MemoryForecast(set);
        double[] betas = set.Get(RatesRun.InverseTemperatures);
        if (betas.Distinct().Count() != betas.Length)
        {
            throw new BadInputException($"--beta {set.Text(RatesRun.InverseTemperatures)}: a temperature stands twice");
        }

        double step = set.Get(RatesRun.Step);
        var well = new DoubleWell(1, tilt: set.Get(RatesRun.Tilt));
        ulong seed = set.Get(CommonParameters.Seed);
        int trials = Trials(set);
        var cells = ProbeTrials.Run(betas.Length, Cell.Width, k => new Cell(well, betas[k], step).Walks(trials, seed, (uint)k, context), context);
        var rows = new List<Record>();
        var paths = new List<double[]>();
        for (int k = 0; k < betas.Length; k++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            rows.Add(new Cell(well, betas[k], step).Report(cells[k], trials, paths));
        }

        double[] gaps = [.. rows.Select(row => row.Quantity("gap").Value)];
        double barrier = well.Value(well.Saddle) - Math.Max(well.Value(well.LeftMinimum), well.Value(well.RightMinimum));
        var result = new Record
        {
            { "rows", rows },
            { "barrier", Quantity.ClosedForm(barrier) },
            { "barrier_from_gap", betas.Length < 2 ? Quantity.Missing("one temperature has no slope") : Barrier(betas, gaps) },
        };
        List<Column> columns =
        [
            new("beta", betas),
            .. new[] { "gap", "gap_kramers", "gap_steps", "gap_simulated", "excess_gibbs", "excess_bound", "excess_steps" }.Select(key => Column.Of(key, [.. rows.Select(row => row.Quantity(key))])),
            new("gap_simulated_error", [.. rows.Select(row => row.Quantity("gap_simulated").Error)], [.. rows.Select(row => row.Quantity("gap_simulated").Exists)]),
        ];
        string[] names = ["beta", "t", "value_simulated", "value_error", "value_steps", "value_continuous", "value_gibbs", "value_lowest"];
        Table pathTable = new("paths", [.. names.Select((name, column) => new Column(name, [.. paths.Select(path => path[column])]))]);
        return new(Status.Converged, string.Empty, result, [new Table("gaps", columns), pathTable]);
    }

    // The slope of -ln λ between the two largest β: the barrier up to O(1/β²), which the pair before gives an idea of.
    private static Quantity Barrier(double[] betas, double[] gaps)
    {
        (double Beta, double Gap)[] ordered = [.. betas.Zip(gaps).OrderBy(pair => pair.First)];
        double Slope(int k) => -Math.Log(ordered[k].Gap / ordered[k - 1].Gap) / (ordered[k].Beta - ordered[k - 1].Beta);
        double last = Slope(ordered.Length - 1), before = ordered.Length > 2 ? Slope(ordered.Length - 2) : 0;
        return Quantity.Of(last, Math.Abs(last - before), How.Estimate);
    }

    private static int Trials(ParameterSet set) => set.IsGiven(RatesRun.Trials) ? set.Get(RatesRun.Trials) : DefaultTrials;

    // One temperature.
    private sealed class Cell
    {
        // Sums over walks at each time: of f, f², x; then at the two times of the gap: of x_1², x_2², x_1 x_2; whether there were walks.
        public const int Width = 3 * Times + 4;

        private readonly DoubleWell well;
        private readonly double beta, step, start;
        private readonly LangevinGenerator generator;
        private readonly Quantity gap;
        private readonly long[] steps;
        private readonly int settled;

        public Cell(DoubleWell well, double beta, double step)
        {
            (this.well, this.beta, this.step) = (well, beta, step);
            (generator, start) = (new(well.Value, beta, well.LeftMinimum, well.RightMinimum), well.Tilt >= 0 ? well.LeftMinimum : well.RightMinimum);
            gap = generator.Gap();
            double last = LastTime / gap.Value;
            steps = [.. Enumerable.Range(0, Times).Select(k => (long)Math.Round(FirstSteps * Math.Pow(Math.Max(1, last / (FirstSteps * step)), k / (Times - 1.0)))).Distinct()];
            settled = Array.FindIndex(steps, k => k * step >= Settled);
        }

        private bool HasWalks => steps[^1] <= LongestWalk && steps.Length == Times && settled >= 0 && settled < Times - 1;

        public double[] Walks(int trials, ulong seed, uint group, RunContext context)
        {
            double[] sums = new double[Width];
            if (!HasWalks)
            {
                return sums;
            }

            var walks = Descent.FirstOrder.Trials.Run(well.Open, trials, context.Threads, (landscape, trial) => Walk(landscape, new(seed, StreamPurpose.Trajectory, (uint)trial, group), context), context.Cancellation);
            context.Cancellation.ThrowIfCancellationRequested();
            foreach (double[]? walk in walks)
            {
                for (int k = 0; k < Times; k++)
                {
                    double value = well.Value(walk![k]);
                    sums[k] += value;
                    sums[Times + k] += value * value;
                    sums[2 * Times + k] += walk[k];
                }

                double first = walk![settled], second = walk[^1];
                sums[3 * Times] += first * first;
                sums[3 * Times + 1] += second * second;
                sums[3 * Times + 2] += first * second;
            }

            sums[^1] = 1;
            return sums;
        }

        public Record Report(double[] sums, int trials, List<double[]> paths)
        {
            LangevinChain chain = new(well.Slope, beta, step, generator.Interval, Resolution), finer = new(well.Slope, beta, step, generator.Interval, Finer * Resolution);
            Quantity rate = Compared(finer.Rate(), chain.Rate()), gibbs = generator.Mean(well.Value), stationary = Compared(finer.Mean(well.Value), chain.Mean(well.Value));
            double lowest = well.GlobalValue!.Value, smooth = well.Smoothness!.Gradient, pull = well.Coupling + Math.Abs(well.Tilt), b = 0.5 * pull * pull;
            var simulated = sums[^1] > 0 ? Rate(sums, trials, finer.Mean(x => x)) : Quantity.Missing(steps[^1] > LongestWalk ? FormattableString.Invariant($"walks would last for {steps[^1]:G2} steps") : "the wells are so shallow that walks do not settle in one");
            AddPath(sums, trials, finer, gibbs.Value, lowest, paths);
            return new()
            {
                { "beta", beta },
                { "gap", gap },
                { "gap_kramers", generator.Kramers(well.Curvature, well.LeftMinimum, well.Saddle, well.RightMinimum) },
                { "gap_steps", rate },
                { "gap_simulated", simulated },
                { "gap_deviation", simulated.Exists ? Quantity.Of((simulated.Value - rate.Value) / simulated.Error, 1, How.Simulation) : simulated },
                { "excess_gibbs", Quantity.Of(gibbs.Value - lowest, gibbs.Error, How.Quadrature) },
                { "excess_bound", Quantity.ClosedForm(0.5 / beta * Math.Log(Math.E * smooth / Dissipation * (b * beta + 1))) },
                { "excess_steps", Quantity.Of(stationary.Value - gibbs.Value, stationary.Error + gibbs.Error, How.Quadrature) },
            };
        }

        private static Quantity Compared(double fine, double coarse) => Quantity.Of(fine, Math.Abs(fine - coarse) + 1e-12 * Math.Abs(fine), How.Quadrature);

        private double[] Walk(ILandscape landscape, PhiloxStream noise, RunContext context)
        {
            var method = new LangevinDescent(step, beta);
            method.Begin(landscape, well.Manifold, [start], noise);
            double[] places = new double[Times];
            for (int k = 0; k < Times; k++)
            {
                while (method.Iterations < steps[k])
                {
                    method.Step();
                }

                context.Cancellation.ThrowIfCancellationRequested();
                places[k] = method.Point[0];
            }

            return places;
        }

        // λ = ln[(x_1 - x_∞)/(x_2 - x_∞)]/(t_2 - t_1) of the means at two times, with the error of the two together.
        private Quantity Rate(double[] sums, int trials, double limit)
        {
            double n = trials, one = sums[2 * Times + settled] / n - limit, two = sums[3 * Times - 1] / n - limit, apart = step * (steps[^1] - steps[settled]);
            if (!(one / two > 1))
            {
                return Quantity.Missing("the mean of the walks does not relax within its error: more --trials help");
            }

            double Centred(double sum, double first, double second) => sum / n - (first + limit) * (second + limit);
            double variance = Centred(sums[3 * Times], one, one) / (one * one) + Centred(sums[3 * Times + 1], two, two) / (two * two) - 2 * Centred(sums[3 * Times + 2], one, two) / (one * two);
            return Quantity.Of(Math.Log(one / two) / apart, Math.Sqrt(Math.Max(0, variance) / (n - 1)) / apart, How.Simulation);
        }

        private void AddPath(double[] sums, int trials, LangevinChain chain, double gibbs, double lowest, List<double[]> paths)
        {
            if (sums[^1] == 0)
            {
                return;
            }

            double[] times = [.. steps.Select(k => k * step)], stepped = chain.Path(well.Value, start, steps);
            var continuous = generator.Relaxation(well.Value, start, times);
            for (int k = 0; k < Times; k++)
            {
                double mean = sums[k] / trials, error = Math.Sqrt(Math.Max(0, sums[Times + k] / trials - mean * mean) / (trials - 1));
                paths.Add([beta, times[k], mean, error, stepped[k], continuous[k].Value, gibbs, lowest]);
            }
        }
    }
}
