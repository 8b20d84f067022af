// The command "critical-points": those that are known exactly and those that Newton's method finds from random starts.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Certificates;
using Thalweg.Descent.SecondOrder;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>Each found point is judged; points of the same value and spectrum are counted together.</summary>
public sealed class CriticalPointsRun : Run
{
    private const double Same = 1e-7, Critical = 1e-9;

    /// <summary>How many starts.</summary>
    public static Parameter<int> Starts { get; } = new("starts", "random starts of Newton's method", Readers.Integer(0, 1_000_000), "100");

    /// <summary>The spread of the starts.</summary>
    public static Parameter<double> Spread { get; } = new("spread", "how far from the origin they lie, in units of the problem's own starts (flat spaces alone)", Readers.Number(1e-6, 1e6), "1");

    /// <inheritdoc/>
    public override string Command => "critical-points";

    /// <inheritdoc/>
    public override string Summary => "critical points of a problem with index, nullity and lowest eigenvalue: known ones and found ones";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. ProblemParameters.All, Starts, Spread];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set) =>
        [.. ProblemParameters.Effective(set), .. base.Effective(set).Where(pair => !ProblemParameters.All.Contains(pair.Parameter))];

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        var (kind, size) = ProblemParameters.Read(set);
        var problem = kind.Of(size);
        var landscape = problem.Open();
        var options = new CertificateOptions { GradientNorm = Critical, DenseUpTo = int.MaxValue, Gauge = problem.Gauge };
        var rows = new List<Row>();
        foreach (var known in problem.KnownPoints)
        {
            rows.Add(new(known.Name, landscape.Gradient(known.Point, new double[known.Point.Length]), PointCertificate.Of(landscape, problem.Manifold, known.Point, options), 0));
        }

        int starts = set.Get(Starts), missed = 0;
        double[] point = new double[problem.Manifold.AmbientDimension];
        for (int start = 0; start < starts; start++)
        {
            context.Progress?.Report(new((double)start / starts, $"start {start + 1} of {starts}"));
            context.Cancellation.ThrowIfCancellationRequested();
            problem.Start(new PhiloxStream(set.Get(CommonParameters.Seed), StreamPurpose.Start, (uint)start), point);
            for (int i = 0; i < point.Length; i++)
            {
                point[i] *= set.Get(Spread);
            }

            var found = CriticalPointSearch.Run(landscape, problem.Manifold, point, new() { Cancellation = context.Cancellation });
            if (found.Status != Status.Converged)
            {
                missed++;
                continue;
            }

            var row = new Row("found", found.Value, PointCertificate.Of(landscape, problem.Manifold, found.Point, options), 1);
            int same = rows.FindIndex(row.IsLike);
            if (same < 0)
            {
                rows.Add(row);
            }
            else
            {
                rows[same] = rows[same] with { Count = rows[same].Count + 1 };
            }
        }

        rows = [.. rows.OrderBy(row => row.Value).ThenBy(row => row.Certificate.Index ?? int.MaxValue)];
        var result = new Record { { "rows", rows.Select(ToRecord) }, { "starts", starts }, { "not_found", missed } };
        if (problem.GlobalValue is { } lowest)
        {
            result.Add("global_value", Quantity.ClosedForm(lowest));
        }

        return new(Status.Converged, missed == 0 ? string.Empty : $"{missed} of {starts} starts ended where the gradient is short but not zero", result, [ToTable(rows)]);
    }

    private static Record ToRecord(Row row)
    {
        var certificate = CertifyRun.ToRecord(row.Certificate);
        var record = new Record { { "name", row.Name }, { "value", Quantity.Of(row.Value, Quantity.Unit * Math.Max(1, Math.Abs(row.Value)), How.Estimate) }, { "count", row.Count } };
        foreach (var (key, datum) in certificate)
        {
            record.Add(key, datum);
        }

        return record;
    }

    private static Table ToTable(List<Row> rows) => new(
        "points",
        new Column("value", [.. rows.Select(row => row.Value)]),
        Column.Integers("index", [.. rows.Select(row => (long)(row.Certificate.Index ?? 0))], [.. rows.Select(row => row.Certificate.Index is not null)]),
        Column.Integers("nullity", [.. rows.Select(row => (long)(row.Certificate.Nullity ?? 0))], [.. rows.Select(row => row.Certificate.Nullity is not null)]),
        new Column("lambda_min", [.. rows.Select(row => row.Certificate.Lowest)]),
        new Column("gradient_norm", [.. rows.Select(row => row.Certificate.GradientNorm)]),
        Column.Integers("count", [.. rows.Select(row => (long)row.Count)]));

    private sealed record Row(string Name, double Value, PointCertificate Certificate, int Count)
    {
        public bool IsLike(Row other) =>
            Math.Abs(Value - other.Value) <= Same * Math.Max(1, Math.Abs(Value)) && Certificate.Index == other.Certificate.Index && Certificate.Nullity == other.Certificate.Nullity
            && Math.Abs(Certificate.Lowest - other.Certificate.Lowest) <= Math.Sqrt(Same) * Math.Max(1, Math.Abs(Certificate.Lowest));
    }
}
