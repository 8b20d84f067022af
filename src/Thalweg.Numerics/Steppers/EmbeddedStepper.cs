// One step of dy/dt = f(t, y) with an estimate of its error and a polynomial in between: what the explicit steppers share.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Numerics.Steppers;

/// <summary>f of dy/dt = f(t, y).</summary>
/// <param name="time">t.</param>
/// <param name="state">y: [i].</param>
/// <param name="rate">[i], overwritten by f.</param>
public delegate void RateOfChange(double time, ReadOnlySpan<double> state, Span<double> rate);

/// <summary>Brings a vector back to where solutions live.</summary>
/// <param name="state">[i], changed.</param>
public delegate void Projection(Span<double> state);

/// <summary>A stepper whose steps are tried, judged by the caller, and then accepted or tried again with another length.</summary>
/// <remarks>
/// A projection onto a manifold that holds the solutions moves the end of a step by no more than its error, so the order stays (Hairer, Lubich, Wanner, Geometric Numerical Integration, 2nd edition, section IV.4). It is applied before the rate at the end is
/// evaluated, which is the first rate of the next step: a step is a function of time, state and length alone. No step allocates.
/// </remarks>
public abstract class EmbeddedStepper
{
    private double[] state, proposed, rate, proposedRate;

    /// <summary>Room for a state.</summary>
    /// <param name="dimension">How many entries a state has.</param>
    /// <param name="field">f.</param>
    /// <param name="projection">Applied to the end of each step; null for none.</param>
    protected EmbeddedStepper(int dimension, RateOfChange field, Projection? projection)
    {
        ArgumentNullException.ThrowIfNull(field);
        (Field, ProjectEnd) = (field, projection);
        (state, proposed, rate, proposedRate, ErrorVector) = (new double[dimension], new double[dimension], new double[dimension], new double[dimension], new double[dimension]);
    }

    /// <summary>p: the error of a whole solution falls like h^p.</summary>
    public abstract int Order { get; }

    /// <summary>q: the estimate of a step's error falls like h^q.</summary>
    public abstract int ErrorOrder { get; }

    /// <summary>t.</summary>
    public double Time { get; private set; }

    /// <summary>The length of the step that was tried last.</summary>
    public double Step { get; private set; }

    /// <summary>y at <see cref="Time"/>.</summary>
    public ReadOnlySpan<double> State => state;

    /// <summary>f there.</summary>
    public ReadOnlySpan<double> Rate => rate;

    /// <summary>y at the end of the step that was tried.</summary>
    public ReadOnlySpan<double> Proposed => proposed;

    /// <summary>f there.</summary>
    public ReadOnlySpan<double> ProposedRate => proposedRate;

    /// <summary>How often f was evaluated.</summary>
    public long Evaluations { get; private set; }

    /// <summary>f.</summary>
    protected RateOfChange Field { get; }

    /// <summary>Where the estimate of the error is written.</summary>
    protected double[] ErrorVector { get; }

    private Projection? ProjectEnd { get; }

    /// <summary>Puts the stepper at a state and evaluates its rate.</summary>
    /// <param name="time">t.</param>
    /// <param name="start">y: [i]; on the manifold when there is one.</param>
    public void Start(double time, ReadOnlySpan<double> start)
    {
        Time = time;
        start.CopyTo(state);
        Evaluate(time, state, rate);
    }

    /// <summary>Tries a step; the state stays.</summary>
    /// <param name="step">h &gt; 0.</param>
    /// <returns>The Euclidean length of the estimated error of this step.</returns>
    public double Attempt(double step)
    {
        Step = step;
        Advance(step, state, rate, proposed);
        ProjectEnd?.Invoke(proposed);
        Evaluate(Time + step, proposed, proposedRate);
        EstimateError(step, state, rate, proposed, proposedRate);
        return Vectors.Length(ErrorVector);
    }

    /// <summary>Makes the end of the step that was tried the state.</summary>
    public void Accept()
    {
        Time += Step;
        (state, proposed, rate, proposedRate) = (proposed, state, proposedRate, rate);
    }

    /// <summary>The polynomial of the step that was tried and is not accepted yet; not projected.</summary>
    /// <param name="time">From <see cref="Time"/> to the end of the step.</param>
    /// <param name="destination">[i], overwritten by y.</param>
    public void Interpolate(double time, Span<double> destination) => Interpolate((time - Time) / Step, Step, state, rate, proposed, proposedRate, destination);

    /// <summary>f at a stage.</summary>
    /// <param name="time">t.</param>
    /// <param name="point">y.</param>
    /// <param name="result">[i], overwritten.</param>
    protected void Evaluate(double time, ReadOnlySpan<double> point, Span<double> result)
    {
        Evaluations++;
        Field(time, point, result);
    }

    /// <summary>y at the end of a step.</summary>
    /// <param name="step">h.</param>
    /// <param name="start">y at its beginning.</param>
    /// <param name="startRate">f there.</param>
    /// <param name="end">[i], overwritten.</param>
    protected abstract void Advance(double step, double[] start, double[] startRate, double[] end);

    /// <summary>Writes the estimate to <see cref="ErrorVector"/>.</summary>
    /// <param name="step">h.</param>
    /// <param name="start">y at the beginning.</param>
    /// <param name="startRate">f there.</param>
    /// <param name="end">y at the end.</param>
    /// <param name="endRate">f there.</param>
    protected abstract void EstimateError(double step, double[] start, double[] startRate, double[] end, double[] endRate);

    /// <summary>The polynomial of a step.</summary>
    /// <param name="share">θ from 0 to 1.</param>
    /// <param name="step">h.</param>
    /// <param name="start">y at the beginning.</param>
    /// <param name="startRate">f there.</param>
    /// <param name="end">y at the end.</param>
    /// <param name="endRate">f there.</param>
    /// <param name="destination">[i], overwritten.</param>
    protected abstract void Interpolate(double share, double step, double[] start, double[] startRate, double[] end, double[] endRate, Span<double> destination);
}
