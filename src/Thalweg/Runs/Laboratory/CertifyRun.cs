// The command "certify": what a point of a problem is, with the numbers that say so.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Thalweg.Certificates;
using Thalweg.Numerics.Random;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>A known point by name, a random one, or one from a file of numbers.</summary>
public sealed class CertifyRun : Run
{
    private const string RandomPoint = "random";

    /// <summary>Which point.</summary>
    public static Parameter<string> Point { get; } = new("point", "a known critical point by its name, random, or a text file with one number a line", Readers.Words("a name or a path", text => text.Trim().Length == 0 ? throw new FormatException("must be a name or a path") : text.Trim()));

    /// <summary>ε.</summary>
    public static Parameter<double> GradientTolerance { get; } = new("tol", "a point is critical when its gradient is at or below", Readers.Number(1e-12, 1), "1e-6");

    /// <summary>What counts as zero.</summary>
    public static Parameter<double> Flat { get; } = new("flat", "an eigenvalue is zero when it is at or below this share of the spectrum", Readers.Number(1e-12, 0.1), "1e-7");

    /// <summary>Dense or Lanczos.</summary>
    public static Parameter<int> DenseUpTo { get; } = new("dense-up-to", "compute all eigenvalues up to this many coordinates, and the lowest ones by Lanczos' method above", Readers.Integer(1, 2000), "400");

    /// <inheritdoc/>
    public override string Command => "certify";

    /// <inheritdoc/>
    public override string Summary => "what a point of a problem is: strict saddle, second-order point, degenerate, undecided";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. ProblemParameters.All, Point, GradientTolerance, Flat, DenseUpTo];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set) =>
        [.. ProblemParameters.Effective(set), .. base.Effective(set).Where(pair => !ProblemParameters.All.Contains(pair.Parameter))];

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
        var (kind, size) = ProblemParameters.Read(set);
        var problem = kind.Of(size);
        double[] point = Read(set, kind, problem);
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
        return new(Status.Converged, string.Empty, result, [new Table("point", new Column("x", point))]);
    }

    private static double[] Read(ParameterSet set, ProblemKind kind, Problem problem)
    {
        string name = set.Get(Point);
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
