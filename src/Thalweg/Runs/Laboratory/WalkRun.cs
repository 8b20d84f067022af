// The command "walk": one descent from one start, its path, what its end is and how it came there.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Certificates;
using Thalweg.Descent;
using Thalweg.Geometry;
using Thalweg.Numerics.Random;
using Thalweg.Probes;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>Where "escape" counts the iterations of many walks, this one shows one of them: to which point it comes, along which path, and with which power of the time.</summary>
public sealed class WalkRun : Run
{
    private const double Critical = 1e-6, BytesOfNumber = 8, SmallestNormal = 2.2250738585072014e-308;
    private const int Columns = 4, DenseUpTo = 400, Reports = 200;

    /// <summary>The method.</summary>
    public static Parameter<string> Method { get; } = new("method", "the method of descent", Readers.Choice([.. MethodCatalog.All.Select(kind => kind.Name)]), "gd");

    /// <summary>The most iterations.</summary>
    public static Parameter<long> Iterations { get; } = new("iterations", "the most iterations", EscapeRun.Whole(1, 1_000_000_000), "1000");

    /// <summary>When it ends before.</summary>
    public static Parameter<double> Tolerance { get; } = new("tol", "end where the gradient is at or below (default: never for that)", Readers.Number(0, 1e12));

    /// <summary>How many points are kept.</summary>
    public static Parameter<int> Points { get; } = new("points", "about how many points of the path are kept: all of a short one, ever fewer of a long one", Readers.Integer(2, 1_000_000), "1000");

    /// <summary>How many coordinates are kept.</summary>
    public static Parameter<int> Coordinates { get; } = new("coordinates", "how many coordinates of each are kept, the first ones", Readers.Integer(1, 1_000_000), "8");

    /// <inheritdoc/>
    public override string Command => "walk";

    /// <inheritdoc/>
    public override string Summary => "follow one method of descent from one start: its path, what its end is, how it converges";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } =
        [.. ProblemParameters.All, Method, .. StartParameters.All, Iterations, Tolerance, Points, Coordinates, EscapeRun.Step, EscapeRun.Noise, EscapeRun.InverseTemperature, EscapeRun.Radius, EscapeRun.Threshold, EscapeRun.Waiting, EscapeRun.Accuracy, EscapeRun.HessianLipschitz];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        string[] method = [set.Get(Method)];
        EscapeRun.Listen(set, method);
        StartParameters.Check(set);
        return [.. ProblemParameters.Effective(set), .. base.Effective(set).Where(pair => !ProblemParameters.All.Contains(pair.Parameter) && (set.IsGiven(pair.Parameter) || EscapeRun.IsHeard(pair.Parameter, method)))];
    }

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        long n = ProblemParameters.Coordinates(set);
        double rows = Math.Min(set.Get(Iterations) + 1.0, 2.0 * set.Get(Points)), columns = Columns + 3.0 * Math.Min(n, set.Get(Coordinates));
        var options = new CertificateOptions();
        return ProblemParameters.Bytes(set) + (long)(2 * BytesOfNumber * rows * columns) + 8 * n * (n <= DenseUpTo ? 2 * n : options.LargestSpace + options.LargestCount);
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        Effective(set);
        var (kind, size) = ProblemParameters.Read(set);
        var problem = kind.Of(size);
        var landscape = problem.Open();
        ulong seed = set.Get(CommonParameters.Seed);
        var method = MethodCatalog.Find(set.Get(Method))!;
        long most = set.Get(Iterations);
        var lipschitz = EscapeExperiment.GradientLipschitz(problem, seed);
        var settings = EscapeRun.Settings(set, problem, lipschitz.Value);
        EscapeRun.Check(kind, problem, [method], settings, most);
        double[] start = StartParameters.Read(set, kind, problem).Of(0);
        problem.Manifold.Normalise(start);
        double gap = landscape.Gradient(start, new double[start.Length]) - (problem.GlobalValue ?? 0);
        var walker = method.Build(settings with { Gap = gap > 0 && double.IsFinite(gap) ? gap : settings.Gap });
        var path = new WalkPath(most, set.Get(Points), set.Get(Coordinates));
        walker.Begin(landscape, problem.Manifold, start, new PhiloxStream(seed, StreamPurpose.Trajectory));
        var ending = walker.Run(Rule(set, context, most), path.Watch);
        context.Cancellation.ThrowIfCancellationRequested();
        path.End(walker);

        double[] point = walker.Point.ToArray();
        var result = new Record { { "method", method.Name }, { "iterations", walker.Iterations }, { "evaluations", walker.Gradients + walker.Products }, { "ending", ending.Sentence } };
        bool isNumber = double.IsFinite(walker.Value) && double.IsFinite(walker.GradientNorm);
        result.Add("value", isNumber ? Quantity.ClosedForm(walker.Value) : Quantity.Missing("the walk has left the numbers"));
        foreach (var (key, datum) in CertifyRun.ToRecord(Certificate(problem, point)))
        {
            result.Add(key, datum);
        }

        result.Add("length", isNumber ? Quantity.ClosedForm(path.Length) : Quantity.Missing("the walk has left the numbers"));
        AddDecay(result, problem, path, isNumber ? walker.Value : null);
        result.Add("jacobian_determinant", Jacobian(problem, method, start, settings.Step ?? 1 / settings.GradientLipschitz));
        result.Add("gradient_lipschitz", lipschitz);
        string lost = isNumber && problem is Tube ? Underflow(start, point) : string.Empty;
        return isNumber ? new(lost.Length == 0 ? Status.Converged : Status.NotConverged, lost, result, path.Tables())
            : new(Status.NotConverged, "the walk left the numbers: a shorter --step may help", result, path.Tables());
    }

    // What is lost to doubles on the tube, where a passive coordinate shrinks for a long time and has to come back.
    private static string Underflow(double[] start, double[] end) => start.Zip(end).Any(pair => pair.First != 0 && Math.Abs(pair.Second) < SmallestNormal)
        ? "a coordinate is below the smallest double and never comes back, while the true walk goes on: the command escape follows gd beyond" : string.Empty;

    private static StoppingRule Rule(ParameterSet set, RunContext context, long most)
    {
        List<StoppingRule> rules = [StoppingRules.Iterations(most), StoppingRules.Cancelled(context.Cancellation)];
        if (set.IsGiven(Tolerance))
        {
            rules.Add(StoppingRules.GradientBelow(set.Get(Tolerance)));
        }

        long every = Math.Max(1, most / Reports);
        return StoppingRules.Any([.. rules, method =>
        {
            if (method.Iterations % every == 0)
            {
                context.Progress?.Report(new((double)method.Iterations / most, $"iteration {method.Iterations} of {most}"));
            }

            return null;
        }]);
    }

    private static PointCertificate Certificate(Problem problem, double[] point) => PointCertificate.Of(problem.Open(), problem.Manifold, point, new()
    {
        GradientNorm = Critical,
        DenseUpTo = DenseUpTo,
        Idle = problem.Idle(point),
        HessianLipschitz = problem.Smoothness?.Hessian is > 0 and { } rho ? rho : null,
    });

    // The value that a descent comes down to: the highest critical value that is known and that it has not come below.
    private static void AddDecay(Record result, Problem problem, WalkPath path, double? end)
    {
        const string unknown = "no critical value is known that the walk has not come below";
        double[] known = [.. problem.KnownPoints.Select(one => one.Value).Concat(problem.GlobalValue is { } lowest ? [lowest] : Array.Empty<double>()).Where(value => value <= end + 64 * Quantity.Unit * Math.Max(1, Math.Abs(value)))];
        result.Add("limit_value", known.Length > 0 ? Quantity.ClosedForm(known.Max()) : Quantity.Missing(unknown));
        var decay = known.Length > 0 ? DecayOfDescent.Of(path.Iterations, path.Values, path.Gradients, known.Max()) : new(Quantity.Missing(unknown), Quantity.Missing(unknown), Quantity.Missing(unknown));
        result.Add("lojasiewicz_exponent", decay.Exponent);
        result.Add("decay_power", decay.Power);
        result.Add("decay_power_theory", decay.PowerTheory);
    }

    private static Quantity Jacobian(Problem problem, MethodKind method, double[] start, double step)
    {
        if (method.Name != "gd" || problem.Manifold is not EuclideanSpace || start.Length > DenseUpTo)
        {
            return Quantity.Missing($"it is said for gd in flat spaces of up to {DenseUpTo} coordinates");
        }

        try
        {
            return StepJacobian.Determinant(new LocalModel(problem.Open(), problem.Manifold, start).Spectrum(), step);
        }
        catch (ArithmeticException)
        {
            return Quantity.Missing("the Hessian is no number at the start");
        }
    }
}
