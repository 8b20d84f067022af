// Langevin dynamics on the sphere at temperature T: dσ = -P∇ℓ dt + sqrt(2T/N) P∘dB, by a splitting of weak order two.
using System;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Results;

namespace Thalweg.Descent.FirstOrder;

/// <summary>How Langevin dynamics is followed.</summary>
public sealed record LangevinOptions : WalkOptions
{
    /// <summary>T, &gt; 0: the temperature of the two-time equations.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>The time step, &gt; 0.</summary>
    public double Step { get; init; } = 0.05;

    /// <summary>The seed of the noise.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Which trial: noise of different trials is independent.</summary>
    public uint Trial { get; init; }
}

/// <summary>The walk; its stationary density on the sphere is exp(-N ℓ/T).</summary>
/// <remarks>
/// In s = sqrt(N) σ the noise has strength 2T, in σ 2T/N. As an Itô equation: dσ = (-P∇ℓ - T (N-1)/N σ) dt + sqrt(2T/N) P dB, so that μ = -⟨σ,∇ℓ⟩ + T (N-1)/N, the T of eq. (11). The generator is A + B with B = (T/N) Δ, the Laplacian of the sphere, whose eigenvalues
/// are -l(l+N-2). A step is exp(Bh/2) exp(Ah) exp(Bh/2): the drift by the midpoint rule, two gradients; the noise by turning σ through a random angle θ in a uniformly random tangent direction, with cos θ on two values whose first two moments are those of the heat
/// kernel, E cos θ = exp(-T(N-1)h/N), E cos² θ = [1 + (N-1) exp(-2Th)]/N. Polynomials of degree two then diffuse exactly, others to third order in h a step.
/// </remarks>
public sealed class Langevin
{
    private const string Walker = "langevin", Place = "langevin configuration";
    private readonly ILandscape landscape;
    private readonly LangevinOptions options;
    private readonly WalkRecorder recorder;
    private readonly PhiloxStream stream;
    private readonly double[] point, gradient, middle, noise;
    private readonly double low, high, lowChance;
    private long steps;

    /// <summary>A walk over a landscape.</summary>
    /// <param name="landscape">The landscape, with N ≥ 2; its workspace is used.</param>
    /// <param name="options">How it is followed.</param>
    public Langevin(ILandscape landscape, LangevinOptions options)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (!(options.Temperature > 0 && double.IsFinite(options.Temperature)) || !(options.Step > 0 && double.IsFinite(options.Step)))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Temperature, "temperature and step must be above 0; at temperature 0 the walk is gradient flow");
        }

        int n = landscape.Dimension;
        (this.landscape, this.options, recorder) = (landscape, options, new(landscape, options, options.Temperature));
        (point, gradient, middle, noise) = (new double[n], new double[n], new double[n], new double[n]);
        stream = new(options.Seed, StreamPurpose.Trajectory, options.Trial);
        (low, high, lowChance) = Angles(n, 0.5 * options.Temperature * options.Step);
    }

    /// <summary>t.</summary>
    public double Time => steps * options.Step;

    /// <summary>σ(t).</summary>
    public ReadOnlySpan<double> Configuration => point;

    /// <summary>How the walk ended; null while it goes on.</summary>
    public Trajectory? Result { get; private set; }

    /// <summary>Walks from a point to the end.</summary>
    /// <param name="landscape">The landscape.</param>
    /// <param name="start">σ(0): not zero; normalised.</param>
    /// <param name="options">How.</param>
    public static Trajectory Run(ILandscape landscape, ReadOnlySpan<double> start, LangevinOptions options)
    {
        var walk = new Langevin(landscape, options);
        walk.Start(start);
        return walk.Finish();
    }

    /// <summary>Puts the walk at t = 0.</summary>
    /// <param name="start">σ(0): not zero; normalised.</param>
    public void Start(ReadOnlySpan<double> start)
    {
        Sphere.Retract(start, start, 0, point);
        (steps, Result) = (0, null);
        recorder.Begin();
        recorder.Take(Slack, 0, point);
    }

    /// <summary>Goes on from a state that <see cref="Save"/> gave, with the bits of the walk that was not interrupted.</summary>
    /// <param name="state">The state, of a walk with the same options over the same landscape.</param>
    public void Resume(RunState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (steps, Result) = ((long)state.NumbersOf(Walker, 1)[0], null);
        state.NumbersOf(Place, point.Length).CopyTo(point, 0);
        recorder.Load(state);
    }

    /// <summary>Where the walk stands: the number of steps, from which the noise follows, and σ.</summary>
    public RunState Save()
    {
        var state = new RunState();
        state.Put(Walker, steps);
        state.Put(Place, [.. point]);
        recorder.Save(state);
        return state;
    }

    /// <summary>Makes one step.</summary>
    /// <returns>False when the walk had ended: <see cref="Result"/> says how.</returns>
    public bool Advance()
    {
        if (Result is not null)
        {
            return false;
        }

        if (Time >= options.EndTime - Slack)
        {
            return End(Status.Converged, string.Empty);
        }

        if (options.Cancellation.IsCancellationRequested || steps >= Math.Min(options.LargestSteps, uint.MaxValue))
        {
            return End(options.Cancellation.IsCancellationRequested ? Status.Cancelled : Status.Limit, $"ended at t = {Time:G6} before the time {options.EndTime:G6}");
        }

        stream.MoveTo((uint)steps);
        Turn();
        double loss = landscape.Gradient(point, gradient);
        Sphere.Project(point, gradient);
        Sphere.Retract(point, gradient, -0.5 * options.Step, middle);
        landscape.Gradient(middle, gradient);
        Sphere.Project(middle, gradient);
        Sphere.Retract(point, gradient, -options.Step, point);
        Turn();
        steps++;
        if (!double.IsFinite(loss) || !double.IsFinite(point[0]))
        {
            return End(Status.NotConverged, $"the loss or its gradient is no number at t = {Time:G6}; a shorter step may help");
        }

        recorder.Take(Time + Slack, Time, point);
        return true;
    }

    /// <summary>Makes steps until the walk ends.</summary>
    public Trajectory Finish()
    {
        while (Advance())
        {
        }

        return Result!;
    }

    // Two values of cos θ with the moments of the heat kernel at time h of (1/N) Δ: symmetric about the mean while both are cosines, else one of them is 1.
    internal static (double Low, double High, double LowChance) Angles(int n, double h)
    {
        double mean = PortableMath.Exp(-h * (n - 1) / n), square = (1 + (n - 1) * PortableMath.Exp(-2 * h)) / n, deviation = Math.Sqrt(Math.Max(0, square - mean * mean));
        if (mean + deviation <= 1 && mean - deviation >= -1)
        {
            return (mean - deviation, mean + deviation, 0.5);
        }

        double first = 1 - mean, second = 1 - 2 * mean + square;
        return (1 - second / first, 1, first * first / second);
    }

    private double Slack => 1e-9 * options.Step;

    private void Turn()
    {
        double cosine = stream.NextUniform() < lowChance ? low : high;
        stream.FillNormal(noise);
        Sphere.Project(point, noise);
        Sphere.Normalise(noise);
        Vectors.Scale(cosine, point);
        Vectors.Add(Math.Sqrt((1 - cosine) * (1 + cosine)), noise, point);
        Sphere.Normalise(point);
    }

    private bool End(Status status, string sentence)
    {
        Result = recorder.Finish(status, sentence, Time, point, new(steps, 0, 2 * steps));
        return false;
    }
}
