// What "rates dimension" measures: iterations of perturbed and of noisy descent from an exact strict saddle to a second-order point, as the dimension grows.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent;
using Thalweg.Descent.FirstOrder;
using Thalweg.Landscapes;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Series;
using Thalweg.Problems;
using Thalweg.Results;
using Thalweg.Runs.Laboratory;
using Thalweg.Runs.Probe;

namespace Thalweg.Runs.Rates;

/// <summary>The double well in d dimensions, whose constants hold everywhere: ℓ = 1, the lowest eigenvalue at the saddle is -γ = -1.</summary>
/// <remarks>
/// A walk has arrived at |g| ≤ ε with λ_min ≥ -sqrt(ρε). Along the unstable direction a step multiplies by 1 + ηγ. A kick that is uniform in a ball has the component r/sqrt(d) along it, and noise on the unit sphere in every step the variance 1/d: both cost ln d/(2 ln(1 + ηγ)) iterations more as long as η does not depend on d. It need not for
/// these: at rest the gradient of noisy descent has the mean square η E|ξ|²/2 up to O(η), so that η = ε²/(4E|ξ|²) lets it rest well below ε. For noise on the sphere that is ε²/4, for normal noise ε²/4d, and then the iterations grow like d ln d.
/// </remarks>
internal static class SaddleDimension
{
    private const int DefaultTrials = 40;
    private const long LongestWalk = 20_000_000;
    private const double DefaultAccuracy = 0.1, Radius = 1e-3, Failure = 0.1, MostNumbers = 2e10;

    private static readonly string[] Names = ["pgd", "pgd-theory", "noisy-gd", "noisy-gd-normal"];

    /// <summary>Bytes: some vectors a thread.</summary>
    /// <param name="set">The options of <see cref="RatesRun"/>.</param>
    public static long MemoryForecast(ParameterSet set)
    {
        int[] dimensions = Sizes(set);
        double d = dimensions.Max(), trials = Trials(set), accuracy = Accuracy(set), numbers = 80 * d * d * trials / (accuracy * accuracy);
        return numbers > MostNumbers
            ? throw new BadInputException(FormattableString.Invariant($"--dims {d} with --accuracy {accuracy} takes about {numbers:G2} normal numbers for normal noise alone: make it smaller"))
            : (long)(16 * 8 * d * Environment.ProcessorCount);
    }

    /// <summary>The whole answer.</summary>
    /// <param name="set">The options of <see cref="RatesRun"/>.</param>
    /// <param name="context">Progress, cancellation, checkpoints, threads.</param>
    public static Outcome Of(ParameterSet set, RunContext context)
    {
        int[] dimensions = Sizes(set);
        int trials = Trials(set);
        double accuracy = Accuracy(set);
        ulong seed = set.Get(CommonParameters.Seed);
        var cells = ProbeTrials.Run(Names.Length * dimensions.Length, trials, k => One(Names[k / dimensions.Length], dimensions[k % dimensions.Length], accuracy, trials, seed, context), context);
        Quantity[] means = [.. cells.Select(ProbeTrials.Mean)];
        var result = new Record
        {
            { "rows", cells.Select((walks, k) => new Record { { "method", Names[k / dimensions.Length] }, { "dimension", dimensions[k % dimensions.Length] }, { "step", Quantity.ClosedForm(StepOf(Names[k / dimensions.Length], dimensions[k % dimensions.Length], accuracy)) }, { "mean_steps", means[k] }, { "censored", walks.Count(double.IsNegative) } }) },
            { "laws", Names.Select((name, m) => Law(name, dimensions, [.. means.Skip(m * dimensions.Length).Take(dimensions.Length)], accuracy)) },
        };
        Table table = new(
            "walks",
            Column.Coded("method", [.. cells.SelectMany((walks, k) => walks.Select(_ => k / dimensions.Length))], Names), Column.Integers("dimension", [.. cells.SelectMany((walks, k) => walks.Select(_ => (long)dimensions[k % dimensions.Length]))]),
            Column.Integers("steps", [.. cells.SelectMany(walks => walks.Select(steps => (long)Math.Abs(steps)))]), Column.Flags("has_arrived", [.. cells.SelectMany(walks => walks.Select(steps => !double.IsNegative(steps)))]));
        int missed = cells.Sum(walks => walks.Count(double.IsNegative));
        return missed == 0 ? new(Status.Converged, string.Empty, result, [table]) : new(Status.NotConverged, $"{missed} walks did not arrive: their means are too short", result, [table]);
    }

    /// <summary>η: 1/ℓ for descent with kicks, ε²/(4E|ξ|²) for noise in every step.</summary>
    private static double StepOf(string name, int dimension, double accuracy) => name switch
    {
        "noisy-gd" => 0.25 * accuracy * accuracy,
        "noisy-gd-normal" => 0.25 * accuracy * accuracy / dimension,
        _ => 1,
    };

    // n ~ d^a and n = a + b ln d; b of theory where η does not depend on d. The theorem's radius depends on d through a logarithm, which is left out of b.
    private static Record Law(string name, int[] dimensions, Quantity[] means, double accuracy)
    {
        if (dimensions.Length < 2 || means.Any(mean => !(mean.Error > 0)))
        {
            var missing = Quantity.Missing("a law needs two dimensions, each with a standard error");
            return new() { { "method", name }, { "exponent", missing }, { "slope", missing }, { "slope_predicted", missing } };
        }

        double[] logs = [.. dimensions.Select(d => Math.Log(d))], values = [.. means.Select(mean => mean.Value)], errors = [.. means.Select(mean => mean.Error)];
        var (exponent, exponentError) = PolynomialFit.Slope(logs, [.. values.Select(value => Math.Log(value))], [.. values.Zip(errors, (value, error) => error / value)]);
        var (slope, slopeError) = PolynomialFit.Slope(logs, values, errors);
        return new()
        {
            { "method", name },
            { "exponent", Quantity.Of(exponent, exponentError, How.Simulation) },
            { "slope", Quantity.Of(slope, slopeError, How.Simulation) },
            { "slope_predicted", name == "noisy-gd-normal" ? Quantity.Missing("the step falls with d: the iterations grow like d ln d") : Quantity.Of(0.5 / Math.Log(1 + StepOf(name, 1, accuracy)), 0, How.Estimate) },
        };
    }

    // [trial]: iterations; negative where the walk did not arrive.
    private static double[] One(string name, int dimension, double accuracy, int trials, ulong seed, RunContext context)
    {
        var well = new DoubleWell(dimension);
        var smoothness = well.Smoothness!;
        var settings = new MethodSettings
        {
            GradientLipschitz = smoothness.Gradient,
            HessianLipschitz = smoothness.Hessian,
            Accuracy = accuracy,
            Step = StepOf(name, dimension, accuracy),
            Gap = -well.GlobalValue!.Value,
            Radius = Radius,
            GradientThreshold = accuracy,
            Failure = Failure,
            Dimension = dimension,
        };
        double lowest = -Math.Sqrt(smoothness.Hessian * accuracy);
        var kind = MethodCatalog.Find(name)!;
        var walks = Descent.FirstOrder.Trials.Run(well.Open, trials, context.Threads, (landscape, trial) => Walk(landscape, (uint)trial), context.Cancellation);
        context.Cancellation.ThrowIfCancellationRequested();
        return [.. walks.Select(walk => walk![0])];

        double[] Walk(ILandscape landscape, uint trial)
        {
            var method = kind.Build(settings);
            method.Begin(landscape, well.Manifold, new double[dimension], new PhiloxStream(seed, StreamPurpose.Trajectory, trial, 0));
            while (method.GradientNorm > accuracy || well.Curvature(method.Point[0]) < lowest)
            {
                if (method.Iterations >= LongestWalk || context.Cancellation.IsCancellationRequested || !method.Step())
                {
                    return [-1.0 - method.Iterations];
                }
            }

            return [method.Iterations];
        }
    }

    private static int[] Sizes(ParameterSet set)
    {
        double[] sizes = set.Get(RatesRun.Dimensions);
        return sizes.Any(d => d != Math.Floor(d)) || sizes.Distinct().Count() != sizes.Length
            ? throw new BadInputException($"--{RatesRun.Dimensions.Name} {set.Text(RatesRun.Dimensions)}: must be integers, all different")
            : [.. sizes.Select(d => (int)d)];
    }

    private static int Trials(ParameterSet set) => set.IsGiven(RatesRun.Trials) ? set.Get(RatesRun.Trials) : DefaultTrials;

    private static double Accuracy(ParameterSet set) => set.IsGiven(RatesRun.Accuracy) ? set.Get(RatesRun.Accuracy) : DefaultAccuracy;
}
