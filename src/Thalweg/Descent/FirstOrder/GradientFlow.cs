// Eq. (4) at finite N: gradient flow on the sphere, dσ/dt = -∇ℓ + ⟨σ,∇ℓ⟩ σ, with adaptive steps.
using System;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Steppers;
using Thalweg.Probes;
using Thalweg.Results;

namespace Thalweg.Descent.FirstOrder;

/// <summary>Which stepper follows the flow.</summary>
public enum FlowStepper
{
    /// <summary>Dormand and Prince, order five: exact trajectories.</summary>
    DormandPrince,

    /// <summary>Runge-Kutta-Chebyshev, order two: long plateaus, where steps are limited by stability and not by accuracy.</summary>
    Chebyshev,
}

/// <summary>How a flow is followed.</summary>
public sealed record FlowOptions : WalkOptions
{
    /// <summary>The error of a step, as a distance on the sphere, that is accepted; from 1e-13 to 0.1.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Which stepper.</summary>
    public FlowStepper Stepper { get; init; } = FlowStepper.DormandPrince;

    /// <summary>The flow ends when |P∇ℓ| is at or below; 0 for never.</summary>
    public double GradientNorm { get; init; }

    /// <summary>How much the loss may rise in a step, times the larger of 1 and |ℓ|: the rounding of its evaluation.</summary>
    public double LossRounding { get; init; } = 1e-13;
}

/// <summary>The flow, step by step.</summary>
/// <remarks>
/// With ℓ an energy per N and σ on the unit sphere this is the time of the two-time equations: for s = sqrt(N) σ and H = N ℓ, ds/dt = -∂H/∂s - μ s. The field is evaluated at σ/|σ|, so that |σ| is conserved exactly by the continuous flow; steps are projected back, which keeps
/// their order. An error is also held to a twentieth of the step's own length h |P∇ℓ|: near a minimum the tolerance alone would let steps settle at the edge of stability, and the gradient would never fall below it. A step whose loss is larger than before is tried again with half the length. The radius that the stabilised stepper asks for is estimated every 25 steps, and when μ has moved by 4 % of it.
/// Records and the end are read off the polynomial between steps, so that they do not change the steps. A step allocates nothing.
/// </remarks>
[Equation(Papers.BigBadMinima, 4)]
public sealed class GradientFlow
{
    private const string Walker = "flow", Place = "flow configuration", Ending = "flow end";
    private const double ShortestStep = 1e-14, LargestShare = 0.05, SmallestError = 1e-13;
    private const int RadiusEvery = 25;
    private const double RadiusDrift = 0.04;
    private readonly ILandscape landscape;
    private readonly FlowOptions options;
    private readonly EmbeddedStepper stepper;
    private readonly StepControl control;
    private readonly WalkRecorder recorder;
    private readonly TangentHessian? hessian;
    private readonly SpectralRadius? radius;
    private readonly double[] unit, between;
    private double step, loss, fieldLoss, multiplier, fieldMultiplier, radiusMultiplier;
    private long steps, rejected, earlier, radiusAt;

    /// <summary>A flow over a landscape.</summary>
    /// <param name="landscape">The landscape; its workspace is used.</param>
    /// <param name="options">How it is followed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance outside its range, or times that do not ascend.</exception>
    public GradientFlow(ILandscape landscape, FlowOptions options)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (!(options.Tolerance is >= 1e-13 and <= 0.1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Tolerance, "the tolerance of a step must be from 1e-13 to 0.1");
        }

        int n = landscape.Dimension;
        (this.landscape, this.options, unit, between) = (landscape, options, new double[n], new double[n]);
        Projection project = static state => Sphere.Normalise(state);
        if (options.Stepper == FlowStepper.Chebyshev)
        {
            stepper = new Chebyshev(n, Field, project);
            unit[0] = 1;
            (hessian, radius) = (new(landscape, unit), new(n));
        }
        else
        {
            stepper = new DormandPrince(n, Field, project);
        }

        (control, recorder) = (new(stepper.ErrorOrder), new(landscape, options, 0));
    }

    /// <summary>t, at the end of the last accepted step.</summary>
    public double Time => stepper.Time;

    /// <summary>σ there.</summary>
    public ReadOnlySpan<double> Configuration => stepper.State;

    /// <summary>ℓ there.</summary>
    public double Loss => loss;

    /// <summary>|P∇ℓ| there.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>How the flow ended; null while it goes on.</summary>
    public Trajectory? Result { get; private set; }

    /// <summary>Follows the flow from a point to its end.</summary>
    /// <param name="landscape">The landscape.</param>
    /// <param name="start">σ(0): not zero; normalised.</param>
    /// <param name="options">How.</param>
    public static Trajectory Run(ILandscape landscape, ReadOnlySpan<double> start, FlowOptions options)
    {
        var flow = new GradientFlow(landscape, options);
        flow.Start(start);
        return flow.Finish();
    }

    /// <summary>Puts the flow at t = 0.</summary>
    /// <param name="start">σ(0): not zero; normalised.</param>
    public void Start(ReadOnlySpan<double> start)
    {
        Sphere.Retract(start, start, 0, between);
        (steps, rejected, earlier, radiusAt, control.Before, Result) = (0, 0, -stepper.Evaluations, -RadiusEvery, 1, null);
        recorder.Begin();
        Enter(0, between);
        step = 0.01 / Math.Max(1, GradientNorm);
        recorder.Take(0, 0, stepper.State);
        Judge();
    }

    /// <summary>Goes on from a state that <see cref="Save"/> gave, with the bits of the flow that was not interrupted.</summary>
    /// <param name="state">The state, of a flow with the same options over the same landscape.</param>
    public void Resume(RunState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double[] numbers = state.NumbersOf(Walker, 9);
        Result = null;
        recorder.Load(state);
        state.NumbersOf(Ending, landscape.Dimension).CopyTo(between, 0);
        (step, control.Before, steps, rejected) = (numbers[1], numbers[2], (long)numbers[3], (long)numbers[4]);
        long before = stepper.Evaluations;
        Enter(numbers[0], state.NumbersOf(Place, landscape.Dimension));

        // The rate at the start of the step is evaluated once more, and was counted before.
        earlier = (long)numbers[5] - (stepper.Evaluations - before) - before;
        if (stepper is Chebyshev chebyshev)
        {
            (chebyshev.SpectralRadius, radiusAt, radiusMultiplier) = (numbers[6], (long)numbers[7], numbers[8]);
        }

        Judge();
    }

    /// <summary>Makes one step.</summary>
    /// <returns>False when the flow had ended: <see cref="Result"/> says how.</returns>
    public bool Advance()
    {
        while (Result is null)
        {
            var chebyshev = stepper as Chebyshev;
            if (chebyshev is not null && (steps >= radiusAt + RadiusEvery || Math.Abs(multiplier - radiusMultiplier) > RadiusDrift * chebyshev.SpectralRadius))
            {
                hessian!.MoveTo(stepper.State);
                chebyshev.SpectralRadius = Math.Max(1e-300, radius!.Of(hessian));
                (radiusAt, radiusMultiplier) = (steps, multiplier);
            }

            double h = chebyshev is null ? step : Math.Min(step, chebyshev.LongestStep), allowed = Math.Min(options.Tolerance, LargestShare * h * GradientNorm), ratio = stepper.Attempt(h) / Math.Max(allowed, SmallestError);
            bool rises = !(fieldLoss <= loss + options.LossRounding * Math.Max(1, Math.Abs(loss)));
            if (ratio <= 1 && !rises)
            {
                Record(stepper.Time + h);
                stepper.Accept();
                (loss, multiplier, GradientNorm) = (fieldLoss, fieldMultiplier, Vectors.Length(stepper.Rate));
                steps++;
                step = h * control.AfterAccepted(ratio);
                Judge();
                return true;
            }

            rejected++;
            step = h * (ratio <= 1 ? 0.5 : control.AfterRejected(ratio));
            if (step < ShortestStep * Math.Max(1, stepper.Time))
            {
                End(Status.NotConverged, $"no step from t = {stepper.Time:G6} is short enough: {(rises ? "the loss rises, its rounding is larger than LossRounding" : "the error stays above the tolerance")}");
            }
            else if (steps + rejected >= options.LargestSteps || options.Cancellation.IsCancellationRequested)
            {
                Judge();
            }
        }

        return false;
    }

    /// <summary>Makes steps until the flow ends.</summary>
    public Trajectory Finish()
    {
        while (Advance())
        {
        }

        return Result!;
    }

    /// <summary>Where the flow stands: plain numbers, enough to go on with the same bits.</summary>
    public RunState Save()
    {
        var state = new RunState();
        state.Put(Walker, stepper.Time, step, control.Before, steps, rejected, stepper.Evaluations + earlier, (stepper as Chebyshev)?.SpectralRadius ?? 0, radiusAt, radiusMultiplier);
        state.Put(Place, stepper.State.ToArray());
        state.Put(Ending, [.. between]);
        recorder.Save(state);
        return state;
    }

    private void Enter(double time, ReadOnlySpan<double> point)
    {
        stepper.Start(time, point);
        (loss, multiplier, GradientNorm) = (fieldLoss, fieldMultiplier, Vectors.Length(stepper.Rate));
    }

    // -P∇ℓ at y/|y|; the loss of the last call is kept, because the last stage of a step is its end.
    private void Field(double time, ReadOnlySpan<double> state, Span<double> rate)
    {
        state.CopyTo(unit);
        Sphere.Normalise(unit);
        fieldLoss = landscape.Gradient(unit, rate);
        fieldMultiplier = -Sphere.Project(unit, rate);
        Vectors.Scale(-1, rate);
    }

    private void Record(double end)
    {
        for (double due = recorder.Next; due <= end; due = recorder.Next)
        {
            Between(due);
            recorder.Take(due, due, between);
        }

        if (end >= options.EndTime)
        {
            Between(options.EndTime);
        }
    }

    private void Between(double time)
    {
        stepper.Interpolate(time, between);
        Sphere.Normalise(between);
    }

    // Whether the flow is at its end, after a step or before the first.
    private void Judge()
    {
        double t = stepper.Time;
        if (!double.IsFinite(loss) || !double.IsFinite(GradientNorm))
        {
            End(Status.NotConverged, $"the loss or its gradient is no number at t = {t:G6}");
        }
        else if (t >= options.EndTime)
        {
            bool missed = options.GradientNorm > 0 && GradientNorm > options.GradientNorm;
            string sentence = missed ? $"the time {options.EndTime:G6} was reached with a gradient of {GradientNorm:0.0e+00}, above {options.GradientNorm:0.0e+00}; a later end time lets it fall" : string.Empty;
            Result = recorder.Finish(missed ? Status.Limit : Status.Converged, sentence, options.EndTime, between, Counts());
        }
        else if (options.GradientNorm > 0 && GradientNorm <= options.GradientNorm)
        {
            End(Status.Converged, string.Empty);
        }
        else if (options.Cancellation.IsCancellationRequested)
        {
            End(Status.Cancelled, $"ended at t = {t:G6} before the time {options.EndTime:G6}");
        }
        else if (steps + rejected >= options.LargestSteps)
        {
            End(Status.Limit, $"{options.LargestSteps} steps reached t = {t:G6} of {options.EndTime:G6}; allow more steps, or a larger tolerance");
        }
    }

    private void End(Status status, string sentence) => Result = recorder.Finish(status, sentence, stepper.Time, stepper.State, Counts());

    private WalkCounts Counts() => new(steps, rejected, stepper.Evaluations + earlier);
}
