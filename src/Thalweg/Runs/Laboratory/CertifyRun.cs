// The command "certify": what a point of a problem is, with the numbers that say so.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Thalweg.Certificates;
using Thalweg.Descent;
using Thalweg.Descent.SecondOrder;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>A known point by name, a random one, or one from a file of numbers.</summary>
public sealed class CertifyRun : Run
{
    private const string RandomPoint = "random";
    private const int ReportEvery = 1000;

    /// <summary>Which point.</summary>
    public static Parameter<string> Point { get; } = new("point", "a known critical point by its name, random, or a text file with one number a line", Readers.Words("a name or a path", text => text.Trim().Length == 0 ? throw new FormatException("must be a name or a path") : text.Trim()));

    /// <summary>A method whose end is judged.</summary>
    public static Parameter<string> Method { get; } = new("method", "judge where this method of descent ends that begins at --point (default then: random): " + string.Join(", ", MethodCatalog.All.Select(kind => kind.Name)), Readers.Choice([.. MethodCatalog.All.Select(kind => kind.Name)]));

    /// <summary>The most iterations.</summary>
    public static Parameter<int> Iterations { get; } = new("iterations", "the most iterations of --method", Readers.Integer(1, 1_000_000_000), "100000") { Needs = Method };

    /// <summary>ε.</summary>
    public static Parameter<double> GradientTolerance { get; } = new("tol", "a point is critical when its gradient is at or below", Readers.Number(1e-12, 1), "1e-6");

    /// <summary>What counts as zero.</summary>
    public static Parameter<double> Flat { get; } = new("flat", "an eigenvalue is zero when it is at or below this share of the spectrum", Readers.Number(1e-12, 0.1), "1e-7");

    /// <summary>Dense or Lanczos.</summary>
    public static Parameter<int> DenseUpTo { get; } = new("dense-up-to", "compute all eigenvalues up to this many coordinates, and the lowest ones by Lanczos' method above", Readers.Integer(1, 2000), "400");

    /// <inheritdoc/>
    public override string Command => "certify";

    /// <inheritdoc/>
    public override string Summary => "what a point of a problem, or the end of a method, is: strict saddle, second-order point, degenerate, undecided";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. ProblemParameters.All, Point, Method, Iterations, EscapeRun.HessianLipschitz, GradientTolerance, Flat, DenseUpTo];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.IsGiven(EscapeRun.HessianLipschitz) && !set.IsGiven(Method))
        {
            throw new BadInputException($"--{EscapeRun.HessianLipschitz.Name} needs --{Method.Name}: a point needs no method");
        }

        return
        [
            .. ProblemParameters.Effective(set),
            .. set.IsGiven(Method) && !set.IsGiven(Point) ? new[] { ((Parameter)Point, RandomPoint) } : [],
            .. base.Effective(set).Where(pair => !ProblemParameters.All.Contains(pair.Parameter) && (pair.Parameter != Iterations || set.IsGiven(Method))),
        ];
    }

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        long coordinates = ProblemParameters.Coordinates(set);
        var options = new CertificateOptions();
        return ProblemParameters.Bytes(set) + 8 * coordinates * (coordinates <= set.Get(DenseUpTo) ? 2 * coordinates : options.LargestSpace + options.LargestCount);
    }

    /// <summary>The certificate's keys.</summary>
    /// <param name="certificate">The certificate.</param>
    public static Record ToRecord(PointCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        const string unknown = "a derivative is no number here";
        bool isKnown = certificate.ZeroBelow > 0 || certificate.IsDense;
        return new()
        {
            { "kind", certificate.Kind.Word() },
            { "why", certificate.Why },
            { "gradient_norm", isKnown ? Quantity.Of(certificate.GradientNorm, Quantity.Unit * Math.Max(1, certificate.GradientNorm), How.Estimate) : Quantity.Missing(unknown) },
            { "lambda_min", isKnown ? Quantity.Of(certificate.Lowest, certificate.Residual, How.Estimate) : Quantity.Missing(unknown) },
            { "lambda_min_low", isKnown ? Quantity.Of(certificate.LowestLow, 0, How.Estimate) : Quantity.Missing(unknown) },
            { "index", certificate.Index is { } index ? new Datum.Plain(index) : new Datum.Absent(isKnown ? "too many negative eigenvalues to count one by one" : unknown) },
            { "nullity", certificate.Nullity is { } nullity ? new Datum.Plain(nullity) : new Datum.Absent(isKnown ? "too many zeros to count one by one" : unknown) },
        };
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        Effective(set);
        var (kind, size) = ProblemParameters.Read(set);
        var problem = kind.Of(size);
        double[] point = Read(set, kind, problem);
        var (method, ending) = set.IsGiven(Method) ? Descend(set, kind, problem, point, context) : (null, null);
        point = method?.Point.ToArray() ?? point;
        var certificate = PointCertificate.Of(problem.Open(), problem.Manifold, point, new()
        {
            GradientNorm = set.Get(GradientTolerance),
            FlatShare = set.Get(Flat),
            DenseUpTo = set.Get(DenseUpTo),
            Idle = problem.Idle(point),
            HessianLipschitz = problem.Smoothness?.Hessian is > 0 and { } rho ? rho : null,
        });
        var result = ToRecord(certificate);
        result.Add("value", Quantity.ClosedForm(problem.Open().Gradient(point, new double[point.Length])));
        result.Add("recovery", problem.Recovery(point) is { } recovery ? Quantity.ClosedForm(recovery) : Quantity.Missing("nothing was planted"));
        result.Add("is_dense", certificate.IsDense);
        result.Add("products", certificate.Products);
        if (method is not null && ending is not null)
        {
            result.Add("iterations", method.Iterations);
            result.Add("ending", ending.Sentence);
        }

        double[] eigenvalues = [.. certificate.Eigenvalues];
        return new(Status.Converged, string.Empty, result, [new Table("point", new Column("x", point)), new Table("eigenvalues", Column.Integers("k", [.. eigenvalues.Select((_, k) => (long)k)]), new Column("lambda", eigenvalues))]);
    }

    // A method ends where its own test holds, where the gradient is at --tol, or after so many iterations; the certificate does not trust it.
    private static (DescentMethod Method, Ending Ending) Descend(ParameterSet set, ProblemKind kind, Problem problem, double[] start, RunContext context)
    {
        var method = MethodCatalog.Find(set.Get(Method)) ?? throw new InvalidOperationException("a method that the parameter allows is in the catalog");
        ulong seed = set.Get(CommonParameters.Seed);
        double accuracy = set.Get(GradientTolerance);
        var settings = new MethodSettings
        {
            GradientLipschitz = EscapeExperiment.GradientLipschitz(problem, seed).Value,
            HessianLipschitz = set.IsGiven(EscapeRun.HessianLipschitz) ? set.Get(EscapeRun.HessianLipschitz) : problem.Smoothness?.Hessian ?? 0,
            Accuracy = accuracy,
            GradientThreshold = accuracy,
            Dimension = problem.Manifold.Dimension,
        };
        if (method.IsFlatOnly && problem.Manifold is not Geometry.EuclideanSpace)
        {
            throw new BadInputException($"--method {method.Name}: walks in flat spaces alone, and the points of --problem {kind.Name} lie on the manifold \"{problem.Manifold.Name}\"; use gd");
        }

        if (method.NeedsHessianLipschitz && !(settings.HessianLipschitz > 0))
        {
            throw new BadInputException($"--method {method.Name}: its constants need ρ above 0, which --problem {kind.Name} does not know; give --rho or use pgd");
        }

        int most = set.Get(Iterations);
        var walk = method.Build(settings);
        walk.Begin(problem.Open(), problem.Manifold, start, new(seed, StreamPurpose.Trajectory));

        // Second-order methods have a test of their own; the others make a step at least, so that noise and kicks can leave an exact saddle.
        var below = StoppingRules.GradientBelow(accuracy);
        var ending = walk.Run(StoppingRules.Any(StoppingRules.Iterations(most), StoppingRules.Cancelled(context.Cancellation), item => walk is SecondOrderMethod || item.Iterations == 0 ? null : below(item)), item =>
        {
            if (item.Iterations % ReportEvery == 0)
            {
                context.Progress?.Report(new((double)item.Iterations / most, FormattableString.Invariant($"iteration {item.Iterations}, gradient {item.GradientNorm:0.0e+00}")));
            }
        });
        context.Cancellation.ThrowIfCancellationRequested();
        return (walk, ending);
    }

    private static double[] Read(ParameterSet set, ProblemKind kind, Problem problem)
    {
        string name = set.IsGiven(Method) && !set.IsGiven(Point) ? RandomPoint : set.Get(Point);
        double[] point = new double[problem.Manifold.AmbientDimension];
        if (name == RandomPoint)
        {
            problem.Start(new PhiloxStream(set.Get(CommonParameters.Seed), StreamPurpose.Start), point);
            return point;
        }

        if (problem.KnownPoints.FirstOrDefault(known => known.Name == name) is { } exact)
        {
            return exact.Point;
        }

        if (!File.Exists(name))
        {
            string[] names = [RandomPoint, .. problem.KnownPoints.Select(known => known.Name)];
            throw new BadInputException($"--point {name}: --problem {kind.Name} knows no such point, and there is no such file; it knows {string.Join(", ", names)}{Closest.Hint(name, names)}");
        }

        string[] words = File.ReadAllText(name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != point.Length)
        {
            throw new BadInputException($"--point {name}: {words.Length} numbers, and a point of --problem {kind.Name} has {point.Length}");
        }

        for (int i = 0; i < point.Length; i++)
        {
            point[i] = double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : throw new BadInputException($"--point {name}: \"{words[i]}\" is no finite number");
        }

        problem.Manifold.Normalise(point);
        return point;
    }
}
