// The same walk at several sizes: what changes with N or with c, and what is left when they are infinite.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Models;
using Thalweg.Numerics.Series;
using Thalweg.Numerics.Statistics;
using Thalweg.Results;
using Thalweg.TwoTime;

namespace Thalweg.Runs.FiniteSize;

/// <summary>Means at each size, and their polynomial in 1/N or 1/c at zero, weighted with the standard errors.</summary>
/// <param name="over">What varies: "n" or "diluted".</param>
/// <param name="groups">The sizes.</param>
/// <param name="trials">Their trials: [group][trial].</param>
/// <param name="times">When a row was recorded.</param>
/// <param name="model">The landscape.</param>
/// <param name="theory">The curves of infinite N.</param>
/// <param name="isCommon">Whether these curves belong to every size: not when each size starts at an overlap of its own.</param>
internal sealed class SimulationTrend(string over, IReadOnlyList<SimulatedGroup> groups, IReadOnlyList<SimulatedTrial>[] trials, double[] times, Model model, TwoTimeDynamics theory, bool isCommon)
{
    private const int LargestDegree = 2;

    private readonly (string Name, SimulatedCurve[] Curves, Quantity[] Infinite)[] observables = Observables(groups, trials, times, model, theory, isCommon);

    /// <summary>What the result says of it.</summary>
    /// <param name="at">Times to report.</param>
    /// <param name="escape">How trials are judged.</param>
    public Record Report(double[] at, EscapeStatistics escape)
    {
        var report = new Record
        {
            { "over", new Datum.Text(over) },
            { "degree", Degree(groups.Count) },
            { "sizes", groups.Select((_, k) => Size(k)).ToList() },
            { "infinite", at.Append(times[^1]).Distinct().Select(Infinite).ToList() },
        };
        SimulateRun.AddDeviations(report, [.. Deviations()]);
        return report;

        Record Size(int k)
        {
            int last = times.Length - 1;
            var record = new Record { { "size", groups[k].Size }, { "trials", trials[k].Count }, { "success", escape.Success(trials[k]) }, { "anti_aligned", escape.AntiAligned(trials[k]) }, { "escape_time", escape.EscapeTime(trials[k]) } };
            foreach (var (name, curves, _) in observables)
            {
                record.Add(name, curves[k].Mean[last]);
                record.Add(name + "_variance", curves[k].Variance(last));
            }

            return record;
        }

        Record Infinite(double t)
        {
            int row = Array.IndexOf(times, t);
            var record = new Record { { "t", t } };
            foreach (var (name, curves, infinite) in observables)
            {
                record.Add(name, infinite[row]);
                record.Add(name + "_two_time", curves[0].Theory[row]);
            }

            return record;
        }
    }

    /// <summary>Means and variances at every size, and the extrapolated ones.</summary>
    public IEnumerable<Table> Tables()
    {
        var columns = new List<Column>
        {
            new("size", [.. groups.SelectMany(group => Enumerable.Repeat((double)group.Size, times.Length))]),
            new("t", [.. groups.SelectMany(_ => times)]),
        };
        var limits = new List<Column> { new("t", times) };
        foreach (var (name, curves, infinite) in observables)
        {
            Quantity[] means = [.. curves.SelectMany(curve => curve.Mean)], variances = [.. curves.SelectMany(curve => times.Select((_, row) => curve.Variance(row)))];
            columns.Add(Column.Of(name, means));
            columns.Add(new(name + "_se", [.. means.Select(mean => mean.Error)], [.. means.Select(mean => mean.Exists)]));
            columns.Add(Column.Of(name + "_variance", variances));
            limits.Add(Column.Of(name, infinite));
            limits.Add(new(name + "_se", [.. infinite.Select(value => value.Error)], [.. infinite.Select(value => value.Exists)]));
            limits.Add(Column.Of(name + "_two_time", curves[0].Theory));
        }

        return [new("trend", columns), new("infinite", limits)];
    }

    private IEnumerable<double> Deviations()
    {
        foreach (var (_, curves, infinite) in observables)
        {
            for (int row = 0; row < times.Length; row++)
            {
                Quantity law = curves[0].Theory[row];
                double error = Math.Sqrt(infinite[row].Error * infinite[row].Error + law.Error * law.Error);
                if (isCommon && infinite[row].Exists && law.Exists && error > 0)
                {
                    yield return Math.Abs(infinite[row].Value - law.Value) / error;
                }
            }
        }
    }

    // One size more than the polynomial needs, where there are enough of them, tells how well it fits.
    private static int Degree(int sizes) => Math.Clamp(sizes - 2, 1, LargestDegree);

    private static (string Name, SimulatedCurve[] Curves, Quantity[] Infinite)[] Observables(IReadOnlyList<SimulatedGroup> groups, IReadOnlyList<SimulatedTrial>[] trials, double[] times, Model model, TwoTimeDynamics theory, bool isCommon)
    {
        var all = new List<(string, SimulatedCurve[], Quantity[])>();
        foreach (var (name, observable, law) in new (string, Func<SimulatedTrial, double[]>, Func<double, Quantity>)[]
        {
            ("m", trial => trial.Overlap, theory.Overlap),
            ("energy", trial => trial.Energy, theory.Energy),
            ("mu", trial => trial.Multiplier, theory.Multiplier),
        }.Where(observable => model.IsPlanted || observable.Item1 != "m"))
        {
            SimulatedCurve[] curves = [.. trials.Select(own => new SimulatedCurve(times, own, observable, law, theory.LastTime))];
            all.Add((name, curves, [.. times.Select((_, row) => isCommon ? Limit(groups, [.. curves.Select(curve => curve.Mean[row])]) : Quantity.Missing("every size starts at an overlap of its own: use --m0"))]));
        }

        return [.. all];
    }

    private static Quantity Limit(IReadOnlyList<SimulatedGroup> groups, Quantity[] means)
    {
        if (means.FirstOrDefault(mean => !mean.Exists) is { Why: { } why })
        {
            return Quantity.Missing(why);
        }

        // What all trials share has no error and needs no limit, as the overlap at the start.
        if (means.Any(mean => mean.Error == 0))
        {
            return means[0];
        }

        int degree = Degree(groups.Count);
        double[] x = [.. groups.Select(group => 1.0 / group.Size)], y = [.. means.Select(mean => mean.Value)], errors = [.. means.Select(mean => mean.Error)];
        var (value, error) = PolynomialFit.Weighted(x, y, errors, degree, 0);

        // Means that scatter about the polynomial by more than their errors make its own larger by as much.
        double square = x.Select((at, k) => Math.Pow((y[k] - PolynomialFit.Weighted(x, y, errors, degree, at).Value) / errors[k], 2)).Sum();
        return Quantity.Of(value, error * Math.Sqrt(Math.Max(1, square / Math.Max(1, groups.Count - 1 - degree))), How.Simulation);
    }
}
