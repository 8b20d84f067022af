// The command "escape": how many iterations methods need from a start or a saddle down to a value.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Descent;
using Thalweg.Numerics.Statistics;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>Medians and quantiles over trials, walks that did not arrive counted as longer than all others; on the tube beside the law of its times.</summary>
public sealed class EscapeRun : Run
{
    // What doubles do to walks on the tube; gd is followed beyond.
    private const string Lost = "a passive coordinate below the smallest double never comes back: only gd is followed beyond";
    private const long BytesOfWalk = 200, BytesOfTime = 16;
    private const double LongestStream = 8.5e9, NumbersForNormal = 1.3;
    private static readonly string[] Noisy = ["noisy-gd", "noisy-gd-normal", "sgld"];

    /// <summary>The methods.</summary>
    public static Parameter<string> Methods { get; } = new("methods", "methods of descent: " + string.Join(", ", MethodCatalog.All.Select(kind => kind.Name)), Readers.Words("a list of methods", MethodList), "gd,pgd");

    /// <summary>Walks a method.</summary>
    public static Parameter<int> Trials { get; } = new("trials", "walks of each method", Readers.Integer(1, 1_000_000), "100");

    /// <summary>When a walk has arrived.</summary>
    public static Parameter<double> Gap { get; } = new("gap", "a walk has arrived when its value is within this of the lowest one", Readers.Number(1e-14, 1e12), "1e-3");

    /// <summary>The same, said by the value.</summary>
    public static Parameter<double> Target { get; } = new("target", "a walk has arrived at or below this value, in place of --gap", Readers.Number(-1e300, 1e300));

    /// <summary>The most iterations.</summary>
    public static Parameter<long> Iterations { get; } = new("iterations", "the most iterations of a walk; walks that have not arrived are censored", Whole(1, 1_000_000_000_000_000), "1000000");

    /// <summary>η.</summary>
    public static Parameter<double> Step { get; } = new("step", "step η of first-order methods but lbfgs (default: 1/ℓ, for proximal half of it)", Readers.Number(1e-15, 1e6));

    /// <summary>s.</summary>
    public static Parameter<double> Noise { get; } = new("noise", "strength of the noise of noisy-gd and noisy-gd-normal", Readers.Number(0, 1e6), "1");

    /// <summary>β.</summary>
    public static Parameter<double> InverseTemperature { get; } = new("beta", "inverse temperature of sgld", Readers.Number(1e-12, 1e12), "10");

    /// <summary>r.</summary>
    public static Parameter<double> Radius { get; } = new("radius", "radius of the kicks of pgd (default: 1e-3, on the tube e/100)", Readers.Number(1e-300, 1e6));

    /// <summary>g_thres.</summary>
    public static Parameter<double> Threshold { get; } = new("threshold", "gradient norm at or below which pgd kicks (default: 1e-3, on the tube e/100)", Readers.Number(0, 1e12));

    /// <summary>t_thres.</summary>
    public static Parameter<int> Waiting { get; } = new("wait", "iterations that pgd waits between kicks (default: 10, on the tube 1)", Readers.Integer(0, 1_000_000_000));

    /// <summary>ε.</summary>
    public static Parameter<double> Accuracy { get; } = new("accuracy", "gradient norm ε that pgd-theory and second-order methods aim at", Readers.Number(1e-12, 1e6), "1e-3");

    /// <summary>ρ.</summary>
    public static Parameter<double> HessianLipschitz { get; } = new("rho", "Lipschitz constant ρ of the Hessian for the methods that need it (default: the problem's own)", Readers.Number(1e-12, 1e12));

    // Options that only some methods listen to.
    private static (Parameter Parameter, string[] Methods)[] Listeners { get; } = [(Noise, ["noisy-gd", "noisy-gd-normal"]), (InverseTemperature, ["sgld"]), (Radius, ["pgd"]), (Threshold, ["pgd"]), (Waiting, ["pgd"]), (Accuracy, ["pgd-theory", "trust-region", "cubic", "cubic-krylov", "carmon-duchi", "accelerated"]), (HessianLipschitz, ["pgd-theory", "trust-region", "cubic", "cubic-krylov", "carmon-duchi", "accelerated"])];

    /// <inheritdoc/>
    public override string Command => "escape";

    /// <inheritdoc/>
    public override string Summary => "how many iterations methods of descent need from a start or a saddle down to a value";

    /// <inheritdoc/>
    public override bool CanResume => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. ProblemParameters.All, Methods, Trials, .. StartParameters.All, Gap, Target, Iterations, Step, Noise, InverseTemperature, Radius, Threshold, Waiting, Accuracy, HessianLipschitz];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        string[] methods = Names(set);
        Listen(set, methods);
        StartParameters.Check(set);
        if (set.IsGiven(Gap) && set.IsGiven(Target))
        {
            throw new BadInputException("--gap and --target both say when a walk has arrived: give one of them");
        }

        return
        [
            .. ProblemParameters.Effective(set),
            .. base.Effective(set).Where(pair => !ProblemParameters.All.Contains(pair.Parameter) && (pair.Parameter != Gap || !set.IsGiven(Target)) && (set.IsGiven(pair.Parameter) || IsHeard(pair.Parameter, methods))),
        ];
    }

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var (kind, size) = ProblemParameters.Read(set);
        return (long)Names(set).Length * set.Get(Trials) * (BytesOfWalk + (kind.Name == "tube" ? BytesOfTime * size.Dimension!.Value : 0L));
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        Effective(set);
        var (kind, size) = ProblemParameters.Read(set);
        var problem = kind.Of(size);
        ulong seed = set.Get(CommonParameters.Seed);
        MethodKind[] methods = [.. Names(set).Select(name => MethodCatalog.Find(name)!)];
        var lipschitz = EscapeExperiment.GradientLipschitz(problem, seed);
        var settings = Settings(set, problem, lipschitz.Value);
        Check(kind, problem, methods, settings, set.Get(Iterations));
        double target = set.IsGiven(Target) ? set.Get(Target)
            : problem.GlobalValue is { } lowest ? lowest + set.Get(Gap)
            : throw new BadInputException($"--problem {kind.Name}: its lowest value is not known, so --gap has no meaning; give --target, the value that counts as having arrived");
        var experiment = new EscapeExperiment(problem, methods, settings, target, set.Get(Iterations), set.Get(Trials), StartParameters.Read(set, kind, problem));
        var walks = experiment.Run(context);
        var result = new Record { { "rows", methods.Select((method, m) => ToRecord(method.Name, walks[m], experiment.Iterations, problem is Tube)) }, { "target", Quantity.ClosedForm(target) }, { "gradient_lipschitz", lipschitz } };
        List<Table> tables = [TrialTable(methods, walks)];
        if (problem is Tube tube)
        {
            AddLaw(result, tube, settings.Step ?? 1 / settings.GradientLipschitz, methods, walks);
            tables.Add(SaddleTable(tube, methods, walks));
        }

        string[] broken = [.. methods.Where((_, m) => walks[m].Any(walk => !double.IsFinite(walk.Value))).Select(method => method.Name)];
        return broken.Length > 0
            ? new(Status.NotConverged, $"walks of {string.Join(", ", broken)} left the numbers: a shorter --step may help", result, tables)
            : new(Status.Converged, string.Empty, result, tables);
    }

    /// <summary>Refuses options to which none of the methods listens.</summary>
    internal static void Listen(ParameterSet set, string[] methods)
    {
        foreach (var (parameter, listeners) in Listeners)
        {
            if (set.IsGiven(parameter) && !listeners.Any(methods.Contains))
            {
                throw new BadInputException($"--{parameter.Name} has no effect on {string.Join(", ", methods)}: it is for {string.Join(", ", listeners)}");
            }
        }
    }

    /// <summary>Whether an option is one to which some of the methods listen, or all do.</summary>
    internal static bool IsHeard(Parameter parameter, string[] methods) => Listeners.All(item => item.Parameter != parameter || item.Methods.Any(methods.Contains));

    /// <summary>What the options that tell a method say.</summary>
    internal static MethodSettings Settings(ParameterSet set, Problem problem, double lipschitz)
    {
        var tube = problem as Tube;
        return new()
        {
            GradientLipschitz = lipschitz,
            HessianLipschitz = set.IsGiven(HessianLipschitz) ? set.Get(HessianLipschitz) : problem.Smoothness?.Hessian ?? 0,
            Step = set.IsGiven(Step) ? set.Get(Step) : null,
            NoiseStrength = set.Get(Noise),
            InverseTemperature = set.Get(InverseTemperature),
            Radius = set.IsGiven(Radius) ? set.Get(Radius) : tube is null ? 1e-3 : tube.Scale / 100,
            GradientThreshold = set.IsGiven(Threshold) ? set.Get(Threshold) : tube is null ? 1e-3 : tube.Instability * tube.Scale / 100,
            WaitingTime = set.IsGiven(Waiting) ? set.Get(Waiting) : tube is null ? 10 : 1,
            Accuracy = set.Get(Accuracy),
            Gap = 1e-300,
            Dimension = problem.Manifold.Dimension,
        };
    }

    /// <summary>Refuses methods that cannot walk here.</summary>
    internal static void Check(ProblemKind kind, Problem problem, IReadOnlyList<MethodKind> methods, MethodSettings settings, long iterations)
    {
        foreach (var method in methods)
        {
            if (method.IsFlatOnly && problem.Manifold is not Geometry.EuclideanSpace)
            {
                throw new BadInputException($"--methods {method.Name}: walks in flat spaces alone, and the points of --problem {kind.Name} lie on the manifold \"{problem.Manifold.Name}\"; use gd");
            }

            if (method.NeedsHessianLipschitz && !(settings.HessianLipschitz > 0))
            {
                throw new BadInputException($"--methods {method.Name}: its constants need ρ above 0, which --problem {kind.Name} does not know; give --rho or use pgd");
            }

            if (Noisy.Contains(method.Name) && NumbersForNormal * iterations * problem.Manifold.AmbientDimension > LongestStream)
            {
                throw new BadInputException(FormattableString.Invariant($"--iterations {iterations}: the noise of {method.Name} lasts for {Math.Floor(LongestStream / NumbersForNormal / problem.Manifold.AmbientDimension)} of them"));
            }
        }

        double longest = problem is Tube tube && methods.Any(method => method.Name == "gd") ? 0.5 / tube.Stiffness : double.PositiveInfinity;
        if (!(settings.Step < longest || settings.Step is null))
        {
            throw new BadInputException(FormattableString.Invariant($"--step {settings.Step}: gd on the tube needs one below 1/(2L) = {longest}"));
        }

        if (methods.Any(method => method.Name == "proximal") && settings.Step * settings.GradientLipschitz >= 1)
        {
            throw new BadInputException(FormattableString.Invariant($"--step {settings.Step}: proximal needs one below 1/ℓ = {1 / settings.GradientLipschitz}"));
        }
    }

    private static Record ToRecord(string method, EscapeWalk[] walks, long most, bool isOnTube)
    {
        double[] times = [.. walks.Select(walk => walk.HasEscaped ? walk.Iterations : double.PositiveInfinity).Order()];
        double[] costs = [.. walks.Select(walk => walk.HasEscaped ? walk.Evaluations : double.PositiveInfinity).Order()];
        return new()
        {
            { "method", method },
            { "median", Quantile(times, 0.5, most) },
            { "q05", Quantile(times, 0.05, most) },
            { "q95", Quantile(times, 0.95, most) },
            { "evaluations", Quantile(costs, 0.5, walks.Max(walk => (double)walk.Evaluations)) },
            { "censored", walks.Count(walk => !walk.HasEscaped) },
            { "ending", walks.Select(walk => walk.Ending).FirstOrDefault(ending => ending.Length > 0) ?? (isOnTube && method != "gd" && walks.Any(walk => !walk.HasEscaped) ? Lost : string.Empty) },
        };
    }

    private static Quantity Quantile(double[] ordered, double share, double bound)
    {
        if (ordered.Length * share <= 1 - share)
        {
            return Quantity.Missing("too few walks for an error of this quantile");
        }

        var quantile = OrderStatistics.Of(ordered, share);
        return double.IsFinite(quantile.Value) ? Quantity.Of(quantile.Value, quantile.Error(bound), How.Simulation) : Quantity.Missing("more walks did not arrive than this quantile allows");
    }

    private static void AddLaw(Record result, Tube tube, double step, MethodKind[] methods, EscapeWalk[][] walks)
    {
        bool hasLaw = step < 0.5 / tube.Stiffness;
        result.Add("kappa", hasLaw ? Quantity.ClosedForm(new TubeDescent(tube, step).Kappa) : Quantity.Missing("the step is too long for the law of the times: it needs one below 1/(2L)"));
        int d = tube.Dimension, plain = Array.FindIndex(methods, method => method.Name == "gd");
        if (plain < 0 || d < 2)
        {
            result.Add("kappa_measured", Quantity.Missing(d < 2 ? "one saddle has no ratio" : "gd is not among the methods"));
            return;
        }

        double[] ratios = Ratios(walks[plain], d - 1);
        result.Add("kappa_measured", ratios.Length == 0 ? Quantity.Missing("all walks begin beyond the last saddle but one") : Quantile(ratios, 0.5, ratios.Where(double.IsFinite).DefaultIfEmpty(0).Max()));
    }

    // T_k/T_{k-1} of each walk that did not begin beyond saddle k-1, ascending; infinite where saddle k was not passed.
    private static double[] Ratios(EscapeWalk[] walks, int saddle) =>
        [.. walks.Where(walk => walk.Passed[saddle - 1] is null or > 0).Select(walk => walk.Passed[saddle] is { } last && walk.Passed[saddle - 1] is { } before ? (double)last / before : double.PositiveInfinity).Order()];

    private static Table TrialTable(MethodKind[] methods, EscapeWalk[][] walks)
    {
        EscapeWalk[] all = [.. walks.SelectMany(list => list)];
        return new(
            "trials",
            Column.Coded("method", [.. walks.SelectMany((list, m) => list.Select(_ => m))], [.. methods.Select(method => method.Name)]),
            Column.Integers("trial", [.. walks.SelectMany(list => list.Select((_, k) => (long)k))]),
            Column.Flags("has_escaped", [.. all.Select(walk => walk.HasEscaped)]),
            Column.Integers("iterations", [.. all.Select(walk => walk.Iterations)]),
            Column.Integers("evaluations", [.. all.Select(walk => walk.Evaluations)]),
            new Column("value", [.. all.Select(walk => walk.Value)], [.. all.Select(walk => double.IsFinite(walk.Value))]));
    }

    // The median first iteration at which each coordinate has passed, and the median of its ratio to the one before, method by method.
    private static Table SaddleTable(Tube tube, MethodKind[] methods, EscapeWalk[][] walks)
    {
        int d = tube.Dimension;
        double[] medians = [.. walks.SelectMany(list => Enumerable.Range(0, d).Select(j => Median([.. list.Select(walk => walk.Passed[j] is { } time ? time : double.PositiveInfinity).Order()])))];
        double[] ratios = [.. walks.SelectMany(list => Enumerable.Range(0, d).Select(j => j == 0 ? double.PositiveInfinity : Median(Ratios(list, j))))];
        return new(
            "saddles",
            Column.Coded("method", [.. walks.SelectMany((_, m) => Enumerable.Repeat(m, d))], [.. methods.Select(method => method.Name)]),
            Column.Integers("saddle", [.. walks.SelectMany(_ => Enumerable.Range(0, d).Select(j => (long)j))]),
            new Column("median", medians, [.. medians.Select(double.IsFinite)]),
            new Column("ratio", ratios, [.. ratios.Select(double.IsFinite)]));

        static double Median(double[] ordered) => ordered.Length == 0 ? double.PositiveInfinity : OrderStatistics.Of(ordered, 0.5).Value;
    }

    private static string[] Names(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.Get(Methods).Split(',');
    }

    private static string MethodList(string text)
    {
        string[] known = [.. MethodCatalog.All.Select(kind => kind.Name)], names = [.. text.Split(',').Select(name => name.Trim())];
        foreach (string name in names)
        {
            if (!known.Contains(name))
            {
                throw new FormatException($"\"{name}\" is no method; there are {string.Join(", ", known)}{Closest.Hint(name, known)}");
            }
        }

        return names.Distinct().Count() == names.Length ? string.Join(',', names) : throw new FormatException("a method stands twice");
    }

    internal static Reader<long> Whole(long low, long high) => new(
        FormattableString.Invariant($"a whole number from {low} to {high}, as 1000000 or 1e6"),
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= low && value <= high && Math.Floor(value) == value
            ? (long)value
            : throw new FormatException(FormattableString.Invariant($"must be a whole number from {low} to {high}, as 1000000 or 1e6")),
        value => new Datum.Plain(value),
        value => value.ToString(CultureInfo.InvariantCulture));
}
