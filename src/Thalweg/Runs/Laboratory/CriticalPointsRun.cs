// The command "critical-points": those that are known exactly and those that Newton's method finds from random starts.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Certificates;
using Thalweg.Descent;
using Thalweg.Descent.FirstOrder;
using Thalweg.Descent.SecondOrder;
using Thalweg.Landscapes;
using Thalweg.Numerics.Random;
using Thalweg.Probes;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>Each point is judged; found points of the same value, index, nullity and lowest eigenvalue are one row.</summary>
public sealed class CriticalPointsRun : Run
{
    private const double Same = 1e-7, Critical = 1e-10, Flat = 1e-6;
    private const int Block = 32, Numbers = 12, MostCoordinates = 800;
    private const string StateFound = "found";

    /// <summary>How many starts.</summary>
    public static Parameter<int> Starts { get; } = new("starts", "random starts of Newton's method", Readers.Integer(0, 1_000_000), "100");

    /// <summary>The spread of the starts.</summary>
    public static Parameter<double> Spread { get; } = new("spread", "how far from the origin they lie, in units of the problem's own starts (flat spaces alone)", Readers.Number(1e-6, 1e6), "1");

    /// <summary>How far down they are.</summary>
    public static Parameter<int> Descent { get; } = new("descent", "each start first goes down by gradient descent, by a random number of steps up to this one", Readers.Integer(0, 1_000_000), "0");

    /// <inheritdoc/>
    public override string Command => "critical-points";

    /// <inheritdoc/>
    public override string Summary => "critical points of a problem with index, nullity and lowest eigenvalue: known ones and found ones";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. ProblemParameters.All, Starts, Spread, Descent];

    /// <inheritdoc/>
    public override bool CanResume => true;

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set) =>
        [.. ProblemParameters.Effective(set), .. base.Effective(set).Where(pair => !ProblemParameters.All.Contains(pair.Parameter))];

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        long coordinates = ProblemParameters.Coordinates(set);
        return coordinates > MostCoordinates
            ? throw new BadInputException($"a point of this problem has {coordinates} coordinates: all eigenpairs of the Hessian are needed at each step, which is meant for at most {MostCoordinates}; make it smaller")
            : 24 * coordinates * coordinates * Environment.ProcessorCount + ProblemParameters.Bytes(set);
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        var (kind, size) = ProblemParameters.Read(set);
        var problem = kind.Of(size);
        var options = new CertificateOptions { GradientNorm = Critical, FlatShare = Flat, DenseUpTo = int.MaxValue };
        var own = problem.Open();
        var rows = problem.KnownPoints.Select(known => new Row(known.Name, own.Gradient(known.Point, new double[known.Point.Length]), PointCertificate.Of(own, problem.Manifold, known.Point, options with { Idle = problem.Idle(known.Point) }), 0)).ToList();
        int starts = set.Get(Starts);
        var found = Restore(context.Checkpoints?.Start);
        while (found.Count < starts)
        {
            context.Progress?.Report(new((double)found.Count / starts, $"start {found.Count + 1} of {starts}"));
            if (context.Checkpoints is { } checkpoints && (checkpoints.AreDue || context.Cancellation.IsCancellationRequested))
            {
                checkpoints.Keep(State(found));
            }

            context.Cancellation.ThrowIfCancellationRequested();
            int done = found.Count;
            var block = Trials.Run(problem.Open, Math.Min(Block, starts - done), context.Threads, (landscape, k) => new Box(Search(set, problem, landscape, (uint)(done + k), options, context)), context.Cancellation);
            if (context.Cancellation.IsCancellationRequested)
            {
                context.Checkpoints?.Keep(State(found));
            }

            context.Cancellation.ThrowIfCancellationRequested();
            found.AddRange(block.Select(box => box!.Row));
        }

        foreach (var row in found.OfType<Row>())
        {
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

        Row[] ordered = [.. rows.OrderBy(row => row.Value).ThenBy(row => row.Certificate.Index)];
        var outcome = Report(problem, [.. ordered], starts, found.Count(row => row is null));
        if (kind.Name == SphericalGlass.Name)
        {
            SpinGlassLevels.AddTo(outcome.Result, size, [.. ordered.Select(row => (row.Certificate.Index ?? 0, row.Value))], context);
        }

        return outcome;
    }

    private static Row? Search(ParameterSet set, Problem problem, ILandscape landscape, uint start, CertificateOptions options, RunContext context)
    {
        var stream = new PhiloxStream(set.Get(CommonParameters.Seed), StreamPurpose.Start, start);
        double[] point = new double[problem.Manifold.AmbientDimension];
        problem.Start(stream, point);
        for (int i = 0; i < point.Length; i++)
        {
            point[i] *= set.Get(Spread);
        }

        int steps = (int)(stream.NextUniform() * (set.Get(Descent) + 1));
        if (steps > 0)
        {
            double size = new LocalModel(landscape, problem.Manifold, Normalised(problem, point)).Spectrum().Size;
            var descent = new FixedStepDescent(0.5 / Math.Max(1e-12, size));
            descent.Begin(landscape, problem.Manifold, point, stream);
            descent.Run(StoppingRules.Any(StoppingRules.Iterations(steps), StoppingRules.Cancelled(context.Cancellation)));
            descent.Point.CopyTo(point);
        }

        var end = CriticalPointSearch.Run(landscape, problem.Manifold, point, new() { GradientNorm = Critical, Cancellation = context.Cancellation });
        return end.Status == Status.Converged ? new("found", end.Value, PointCertificate.Of(landscape, problem.Manifold, end.Point, options with { Idle = problem.Idle(end.Point) }), 1) : null;
    }

    private static double[] Normalised(Problem problem, double[] point)
    {
        problem.Manifold.Normalise(point);
        return point;
    }

    private static Outcome Report(Problem problem, List<Row> rows, int starts, int missed)
    {
        var result = new Record
        {
            { "rows", rows.Select(row => ToRecord(problem, row)) },
            { "starts", starts },
            { "not_found", missed },
            { "global_value", problem.GlobalValue is { } lowest ? Quantity.ClosedForm(lowest) : Quantity.Missing("it is not known") },
        };
        double[] theory = [.. rows.Select(row => problem.IndexShare(row.Value) ?? 0)], measured = [.. rows.Select(row => Share(problem, row))];
        const string noLaw = "no law of the indices is known";
        bool hasLaw = problem.IndexShare(0) is not null && rows.Count > 2;
        result.Add("index_correlation", hasLaw ? Quantity.Of(Correlation(theory, measured), (1 - Math.Pow(Correlation(theory, measured), 2)) / Math.Sqrt(rows.Count), How.Simulation) : Quantity.Missing(noLaw));
        result.Add("index_rms", hasLaw ? Quantity.Of(Math.Sqrt(theory.Zip(measured, (a, b) => (a - b) * (a - b)).Average()), 0, How.Simulation) : Quantity.Missing(noLaw));
        bool isNothing = starts > 0 && missed == starts;
        return new(isNothing ? Status.NotConverged : Status.Converged, isNothing ? $"no critical point was found: all {starts} starts ended where the gradient is short but not zero" : string.Empty, result, [ToTable(problem, rows)]);
    }

    private static double Share(Problem problem, Row row) => (double)(row.Certificate.Index ?? 0) / problem.Manifold.Dimension;

    private static double Correlation(double[] x, double[] y)
    {
        double meanX = x.Average(), meanY = y.Average(), xx = x.Sum(value => (value - meanX) * (value - meanX)), yy = y.Sum(value => (value - meanY) * (value - meanY));
        return xx * yy == 0 ? 0 : x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / Math.Sqrt(xx * yy);
    }

    private static Record ToRecord(Problem problem, Row row)
    {
        var record = new Record { { "name", row.Name }, { "value", Quantity.Of(row.Value, Quantity.Unit * Math.Max(1, Math.Abs(row.Value)), How.Estimate) }, { "count", row.Count } };
        foreach (var (key, datum) in CertifyRun.ToRecord(row.Certificate))
        {
            record.Add(key, datum);
        }

        if (problem.IndexShare(row.Value) is { } law)
        {
            record.Add("index_share", Quantity.ClosedForm(Share(problem, row)));
            record.Add("index_share_theory", Quantity.ClosedForm(law));
        }

        return record;
    }

    private static Table ToTable(Problem problem, List<Row> rows)
    {
        var law = rows.Select(row => problem.IndexShare(row.Value)).ToList();
        return new(
            "points",
            new Column("value", [.. rows.Select(row => row.Value)]),
            Column.Integers("index", [.. rows.Select(row => (long)(row.Certificate.Index ?? 0))]),
            Column.Integers("nullity", [.. rows.Select(row => (long)(row.Certificate.Nullity ?? 0))]),
            new Column("lambda_min", [.. rows.Select(row => row.Certificate.Lowest)]),
            new Column("gradient_norm", [.. rows.Select(row => row.Certificate.GradientNorm)]),
            Column.Coded("kind", [.. rows.Select(row => (int)row.Certificate.Kind)], PointKinds.All),
            Column.Integers("count", [.. rows.Select(row => (long)row.Count)]),
            new Column("index_share_theory", [.. law.Select(share => share ?? 0)], [.. law.Select(share => share is not null)]));
    }

    private static RunState State(List<Row?> found)
    {
        var state = new RunState();
        state.Put(StateFound, [.. found.Select(row => row is null ? new double[Numbers] : [1, row.Value, row.Certificate.GradientNorm, row.Certificate.Lowest, row.Certificate.LowestLow, row.Certificate.LowestHigh, row.Certificate.Residual, row.Certificate.Index ?? 0, row.Certificate.Nullity ?? 0, row.Certificate.ZeroBelow, row.Certificate.Products, (double)row.Certificate.Kind])]);
        for (int k = 0; k < found.Count; k++)
        {
            state.Put(FormattableString.Invariant($"why {k}"), found[k]?.Certificate.Why ?? string.Empty);
        }

        return state;
    }

    private static List<Row?> Restore(RunState? state) => state is null ? [] :
        [.. state.RowsOf(StateFound).Select((numbers, k) => numbers.Length == Numbers && numbers[0] == 0 ? null : numbers.Length == Numbers
            ? new Row("found", numbers[1], new((PointKind)(int)numbers[11], state.TextOf(FormattableString.Invariant($"why {k}")), numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], (int)numbers[7], (int)numbers[8], numbers[9], true, (int)numbers[10]), 1)
            : throw new FormatException("the state of the run is of other points"))];

    // A trial returns a class, and a start may find nothing.
    private sealed record Box(Row? Row);

    private sealed record Row(string Name, double Value, PointCertificate Certificate, int Count)
    {
        public bool IsLike(Row other) =>
            Math.Abs(Value - other.Value) <= Same * Math.Max(1, Math.Abs(Value)) && Certificate.Index == other.Certificate.Index && Certificate.Nullity == other.Certificate.Nullity
            && Math.Abs(Certificate.Lowest - other.Certificate.Lowest) <= Math.Sqrt(Same) * Math.Max(1, Math.Abs(Certificate.Lowest));
    }
}
