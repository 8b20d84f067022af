// The command "dynamics": the two-time equations, Fig. 4 right.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Thalweg.Ageing;
using Thalweg.Complexity;
using Thalweg.Growth;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.StateEvolution;
using Thalweg.TwoTime;

namespace Thalweg.Runs;

/// <summary>The two-time equations to long times; Fig. 4 right.</summary>
public sealed class DynamicsRun : Run
{
    /// <summary>The word of <see cref="Start"/> for an overlap that stays infinitesimal.</summary>
    public const string InfinitesimalStart = "linear";

    private const string Logarithmic = "log", Uniform = "uniform", DefaultOverlap = "1e-4", Axes = "[t, s], both axes the column t of the table fields; time in units where the gradient flow of eq. (4) has rate 1";
    private const double SmallOverlap = 1e-3, LateEscape = 200, FirstRunShare = 0.35;
    private const int FieldTimes = 160;

    /// <summary>The end.</summary>
    public static Parameter<double> Time { get; } = new("t", "time to reach", Readers.Number(1e-3, 1e13), "100");

    /// <summary>m(0).</summary>
    public static Parameter<string> Start { get; } = new("m0", $"overlap at the start, or {InfinitesimalStart} for an infinitesimal one (default {DefaultOverlap} when planted)", Readers.Words($"a number in [1e-300, 1], or {InfinitesimalStart}", ReadStart));

    /// <summary>N of m(0) = N^-1/2.</summary>
    public static Parameter<double> LikeSize { get; } = new("like-n", "start with the overlap N^-1/2 of a random configuration of N components; instead of --m0", Readers.Number(2, 1e300));

    /// <summary>T.</summary>
    public static Parameter<double> Temperature { get; } = new("temperature", "temperature of the bath; 0 is gradient flow", Readers.Number(0, 1e6), "0");

    /// <summary>T0.</summary>
    public static Parameter<double> InitialTemperature { get; } = new("initial-temperature", "temperature of an equilibrium start (default: a random start)", Readers.Number(1e-6, 1e12));

    /// <summary>The solver.</summary>
    public static Parameter<string> Method { get; } = new("method", $"{Logarithmic}: steps in ln t, for all times; {Uniform}: a uniform grid, an independent check for short times", Readers.Choice(Logarithmic, Uniform), Logarithmic);

    /// <summary>The coarsest grid of the uniform method.</summary>
    public static Parameter<int> Steps { get; } = new("steps", $"steps of the coarsest of the {UniformDynamics.Grids} grids of --method {Uniform}, the others have two, three and four times as many (default: by the fastest rate of the landscape)", Readers.Integer(8, 10_000));

    /// <summary>Times to report.</summary>
    public static Parameter<double[]> At { get; } = new("at", "times to report, up to --t", Readers.Numbers(0, 1e13));

    /// <summary>Whether C and R are written.</summary>
    public static Parameter<bool> Fields { get; } = new("fields", $"write C(t,s) and R(t,s) on {FieldTimes} times each, also as HDF5", Readers.Flag) { IsFlag = true };

    /// <summary>The error asked for.</summary>
    public static Parameter<double> Tolerance { get; } = new("tol", "largest error of energy, mu and m at --t and --at, relative to the larger of 1 and the value", Readers.Number(1e-10, 1e-2, "the smallest error that the solver is known to reach"), "1e-6");

    /// <inheritdoc/>
    public override string Command => "dynamics";

    /// <inheritdoc/>
    public override string Summary => "the two-time equations to long times: Fig. 4 right";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [.. ModelParameters.One, Time, Start, LikeSize, Temperature, InitialTemperature, Method, Steps, At, Fields, Tolerance];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        var own = base.Effective(set).Where(pair => !ModelParameters.One.Contains(pair.Parameter)).ToList();
        if (ModelParameters.Read(set).Model.IsPlanted && !set.IsGiven(Start) && !set.IsGiven(LikeSize))
        {
            own.Insert(own.FindIndex(pair => pair.Parameter == Time) + 1, (Start, Start.Canonical(DefaultOverlap)));
        }

        return [.. ModelParameters.Effective(set, ModelParameters.InverseMatrixNoise), .. own];
    }

    /// <inheritdoc/>
    public override bool CanResume => true;

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        double t = set.Get(Time);
        if (set.Get(Method) == Uniform)
        {
            return UniformDynamics.MemoryForecast(StepsOf(set, ModelParameters.Read(set).Model));
        }

        // Measured, with the heap of two runs in it: 65 columns a decade, which an escape that comes late doubles, and 2200 bytes a pair of columns (quadrature, matrix, rows) beside what every run takes.
        double columns = (80 + 65 * Math.Log10(1 + t)) * Math.Pow(1e-6 / set.Get(Tolerance), 0.04);
        bool escapes = t > LateEscape && ModelParameters.Read(set).Model.IsPlanted && !(set.IsGiven(Start) && set.Get(Start) == InfinitesimalStart);
        columns = Math.Min(new LogTimeSettings(t).MostColumns, escapes ? 2 * columns : columns);
        return (long)(2e7 + 2200 * columns * columns);
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        var choice = ModelParameters.Read(set);
        var problem = Problem(set, choice.Model);
        double end = set.Get(Time);
        double[] at = set.IsGiven(At) ? set.Get(At) : [];
        foreach (double t in at.Where(t => t > end))
        {
            throw new BadInputException(FormattableString.Invariant($"--at {t}: must be a time up to --t {end}"));
        }

        if (set.Get(Method) == Uniform)
        {
            RefuseOnUniformGrid(set, problem, end);
            return UniformDynamics.Solve(problem, end, StepsOf(set, problem.Model), set.Get(Tolerance), context);
        }

        return set.IsGiven(Steps) ? throw new BadInputException($"--steps {set.Get(Steps)}: --method log chooses its steps by --tol: leave out --steps, or use --method uniform") : InLogTime(set, context, problem, end, at);
    }

    /// <summary>What the options ask of the two-time equations.</summary>
    /// <param name="set">The options.</param>
    /// <param name="model">The landscape that they chose.</param>
    /// <exception cref="BadInputException">Options that contradict each other or the landscape.</exception>
    public static TwoTimeProblem Problem(ParameterSet set, Model model)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(model);
        double? initial = set.IsGiven(InitialTemperature) ? set.Get(InitialTemperature) : null;
        double lowest = Math.Max(Math.Sqrt(model.Noise.CurvatureAtZero), model.IsPlanted ? model.Signal.CurvatureAtZero : 0);
        if (initial <= lowest)
        {
            throw new BadInputException(FormattableString.Invariant($"--initial-temperature {initial}: must be above {lowest:G6}; below, equilibrium is not the paramagnet that the equations start from"));
        }

        if (set.IsGiven(Start) && set.IsGiven(LikeSize))
        {
            throw new BadInputException("--m0 and --like-n contradict each other: give one of them");
        }

        if (!model.IsPlanted)
        {
            var given = new Parameter[] { Start, LikeSize }.FirstOrDefault(set.IsGiven);
            return given is null ? new TwoTimeProblem(model, set.Get(Temperature), initial) : throw new BadInputException($"--{given.Name} has no effect: nothing is planted; use --planted");
        }

        string start = set.IsGiven(Start) ? set.Get(Start) : DefaultOverlap;
        if (!set.IsGiven(LikeSize) && start == InfinitesimalStart)
        {
            return model.Signal.Coefficient(1) == 0
                ? new TwoTimeProblem(model, set.Get(Temperature), initial, 0, isLinear: true)
                : throw new BadInputException("--m0 linear: the signal's linear term moves an infinitesimal overlap at once; use a finite --m0");
        }

        double log = set.IsGiven(LikeSize) ? -0.5 * Math.Log(set.Get(LikeSize)) : Math.Log(double.Parse(start, CultureInfo.InvariantCulture));
        return new TwoTimeProblem(model, set.Get(Temperature), initial, log);
    }

    private static Outcome InLogTime(ParameterSet set, RunContext context, TwoTimeProblem problem, double end, double[] at)
    {
        double tolerance = set.Get(Tolerance);
        var dynamics = TwoTimeDynamics.Solve(problem, end, tolerance, at, context.Threads, Watch, context.Checkpoints, context.Cancellation);
        double last = Math.Min(end, dynamics.LastTime);
        double[] reached = [.. at.Where(t => t <= last)];
        var points = reached.Select(t => Point(dynamics, t)).ToList();
        var result = new Record
        {
            { "final", Point(dynamics, last) },
            { "at", points },
        };
        AddTheory(result, problem.Model);
        AddEscape(result, dynamics, last);
        var tables = new List<Table> { Curve(dynamics, last) };
        tables.AddRange(AgeingReport.Add(dynamics, result, last, points, reached));
        result.Add("worst_error", Quantity.Of(dynamics.WorstError, 0, How.Estimate));
        result.Add("steps", dynamics.Counts.Steps);
        result.Add("rejected", dynamics.Counts.Rejected);
        result.Add("columns", dynamics.Solution.Mesh.Unknowns);
        var outcome = new Outcome(dynamics.Status, dynamics.Sentence, result, tables);
        return set.IsOn(Fields) ? WithFields(outcome, dynamics, last) : outcome;

        // The first run is the coarse one; how many follow it is not known before they have been compared.
        void Watch(double time, double local)
        {
            double way = Math.Min(1, Math.Log(1 + time) / Math.Log(1 + end));
            double share = local >= TwoTimeDynamics.FirstTolerance(tolerance) ? FirstRunShare * way : FirstRunShare + (1 - FirstRunShare) * way;
            context.Progress?.Report(new(share, FormattableString.Invariant($"t = {time:G3}")));
        }
    }

    private static Record Point(TwoTimeDynamics dynamics, double t) => new()
    {
        { "t", t },
        { "m", dynamics.Overlap(t) },
        { "log_m", dynamics.LogOverlap(t) },
        { "energy", dynamics.Energy(t) },
        { "mu", dynamics.Multiplier(t) },
        { "c0", dynamics.Correlation(t, 0) },
    };

    internal static void AddTheory(Record result, Model model)
    {
        result.Add("e_threshold", new OverlapSection(model, 0).ThresholdEnergy());
        result.Add("mu_threshold", Quantity.ClosedForm(2 * Math.Sqrt(model.Noise.CurvatureAtOne)));
    }

    private static void AddEscape(Record result, TwoTimeDynamics dynamics, double last)
    {
        var problem = dynamics.Solution.Problem;
        var model = problem.Model;
        var signal = problem.HasOverlap ? MaximumLikelihoodEvolution.SignalOverlap(model) : Quantity.Missing("there is no finite overlap that could escape");
        result.Add("m_ml", signal);
        result.Add("escape_time", signal.Exists ? dynamics.TimeOf(0.5 * signal.Value) : Quantity.Missing(signal.Why!));

        // The growth while the overlap is small: at the end, or where it passes 1e-3.
        var passed = problem.HasOverlap ? dynamics.TimeOf(SmallOverlap) : Quantity.Missing(string.Empty);
        bool begins = problem.HasOverlap && problem.LogOverlap > Math.Log(SmallOverlap);
        double time = passed.Exists ? passed.Value : last;
        result.Add("growth_rate", begins ? Quantity.Missing("the overlap begins beyond 1e-3, where its growth is not linear") : dynamics.GrowthRate(time));
        double k = model.Signal.CurvatureAtZero;
        result.Add(
            "growth_rate_predicted",
            !problem.FollowsOverlap || begins ? Quantity.Missing("there is no growth to predict")
            : problem.Temperature > 0 || problem.InitialInverse > 0 || k <= 0 ? Quantity.Missing("the prediction k + Q''(1)/k - mu(t) is for gradient flow from a random start with a matrix signal")
            : Quantity.Of(AgeingGrowth.At(model, dynamics.Solution.Multiplier(time)), dynamics.Multiplier(time).Error, How.Estimate));
    }

    private static Table Curve(TwoTimeDynamics dynamics, double last)
    {
        double[] times = [.. dynamics.Solution.Times.ToArray().Where(t => t < last), last];
        var columns = new List<Column> { new("t", times) };
        if (dynamics.Solution.Problem.FollowsOverlap)
        {
            columns.Add(Of("log_m", dynamics.LogOverlap));
            columns.Add(Errors("log_m_error", dynamics.LogOverlap));
            columns.Add(Of("growth_rate", dynamics.GrowthRate));
        }

        columns.Add(Of("energy", dynamics.Energy));
        columns.Add(Errors("energy_error", dynamics.Energy));
        columns.Add(Of("mu", dynamics.Multiplier));
        columns.Add(Errors("mu_error", dynamics.Multiplier));
        columns.Add(new("c0", Array.ConvertAll(times, t => dynamics.Solution.Correlation(t, 0))));
        return new("times", columns);

        Column Of(string name, Func<double, Quantity> observable) => new(name, Array.ConvertAll(times, t => observable(t).Value));
        Column Errors(string name, Func<double, Quantity> observable) => new(name, Array.ConvertAll(times, t => observable(t).Error));
    }

    // C and R with their errors on times that are 0 and then even in ln(1 + t); C is symmetric, R is zero before the force.
    private static Outcome WithFields(Outcome outcome, TwoTimeDynamics dynamics, double last)
    {
        var times = new double[FieldTimes];
        for (int i = 0; i < FieldTimes; i++)
        {
            times[i] = i == FieldTimes - 1 ? last : Math.Exp(Math.Log(1 + last) * i / (FieldTimes - 1)) - 1;
        }

        double[][] values = [.. Enumerable.Range(0, 4).Select(_ => new double[FieldTimes * FieldTimes])];
        for (int i = 0; i < FieldTimes; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                int below = i * FieldTimes + j, above = j * FieldTimes + i;
                Quantity c = dynamics.Correlation(times[i], times[j]), r = dynamics.Response(times[i], times[j]);
                (values[0][below], values[1][below], values[2][below], values[3][below]) = (c.Value, c.Error, r.Value, r.Error);
                (values[0][above], values[1][above]) = (c.Value, c.Error);
            }
        }

        (string Name, string Description)[] fields =
        [
            ("C", "correlation C(t,s) of the configuration with itself, symmetric"), ("C_error", "error of C, absolute"),
            ("R", "response R(t,s) at time t to a force at time s, zero for s > t"), ("R_error", "error of R, absolute"),
        ];
        return outcome with
        {
            Tables = [.. outcome.Tables, new Table("fields", new Column("t", times))],
            Fields = [.. fields.Select((field, k) => new Field(field.Name, FieldTimes, FieldTimes, values[k]) { Description = field.Description + "; " + Axes })],
        };
    }

    private static int StepsOf(ParameterSet set, Model model) => set.IsGiven(Steps) ? set.Get(Steps) : UniformDynamics.StepsFor(model, set.Get(Time));

    private static void RefuseOnUniformGrid(ParameterSet set, TwoTimeProblem problem, double end)
    {
        string? why = problem.IsLinear ? "--method uniform follows finite overlaps only: use --method log for --m0 linear"
            : set.IsOn(Fields) ? "--method uniform keeps no fields: use --method log for --fields"
            : set.IsGiven(At) ? "--method uniform knows the times of its grid alone, which stand in its table: leave out --at, or use --method log"
            : end > UniformDynamics.Longest ? FormattableString.Invariant($"--t {end}: --method uniform costs the cube of the time and ends at {UniformDynamics.Longest}: use --method log")
            : null;
        if (why is not null)
        {
            throw new BadInputException(why);
        }
    }

    private static string ReadStart(string text)
    {
        if (text == InfinitesimalStart)
        {
            return text;
        }

        bool isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        return isNumber && value == 0 ? throw new FormatException("m = 0 never leaves; use --m0 1e-10, --m0 linear, or --no-planted")
            : isNumber && value is >= 1e-300 and <= 1 ? Readers.Text(value)
            : isNumber && value is < 0 and >= -1 ? throw new FormatException("must be > 0: a negative overlap with an odd tensor flows elsewhere, and with even powers alone it is the mirror image of a positive one")
            : throw new FormatException($"must be a number in [1e-300, 1], or {InfinitesimalStart}" + Closest.Hint(text, [InfinitesimalStart]));
    }
}
