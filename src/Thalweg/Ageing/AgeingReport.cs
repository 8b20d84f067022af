// What a run reports of its ageing: a record at its end and at each time that was asked for, and one table of all their curves.
using System;
using System.Collections.Generic;
using Thalweg.Results;
using Thalweg.TwoTime;

namespace Thalweg.Ageing;

/// <summary>The records and the table "ageing" of the command "dynamics".</summary>
public static class AgeingReport
{
    private const string Name = "ageing";

    /// <summary>Adds the record "ageing" to the result and to each point; with a finite overlap, to the result alone and without a value.</summary>
    /// <param name="dynamics">The two runs.</param>
    /// <param name="result">The scalars of the run.</param>
    /// <param name="last">Its last time.</param>
    /// <param name="points">[i]: the scalars at a time that was asked for.</param>
    /// <param name="times">[i]: that time, up to the last.</param>
    /// <returns>The table of C, R and χ, in the order of time; none where nothing ages.</returns>
    public static IReadOnlyList<Table> Add(TwoTimeDynamics dynamics, Record result, double last, IReadOnlyList<Record> points, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(dynamics);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(times);
        if (dynamics.Solution.Problem.HasOverlap)
        {
            result.Add(Name, Quantity.Missing("with a signal the flow does not age for ever: use --no-planted, or --m0 linear"));
            return [];
        }

        var observed = new SortedDictionary<double, AgeingObservables>();
        for (int i = 0; i < points.Count; i++)
        {
            Observe(points[i], times[i]);
        }

        Observe(result, last);
        return observed.Count > 0 ? [AgeingObservables.Curves(Name, [.. observed.Values])] : [];

        void Observe(Record record, double time)
        {
            if (!(time > 0))
            {
                record.Add(Name, Quantity.Missing("the run has not left its start"));
                return;
            }

            if (!observed.TryGetValue(time, out var ageing))
            {
                observed.Add(time, ageing = new AgeingObservables(dynamics, time));
            }

            record.Add(Name, ageing.Scalars());
        }
    }
}
