// What the second-order methods share: the model at the point and at a trial, the test of a second-order point, and ends that have a name.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Probes;

namespace Thalweg.Descent.SecondOrder;

/// <summary>What a second-order method looks for: |g| ≤ ε and λ_min ≥ -sqrt(ρ ε).</summary>
/// <param name="Accuracy">ε > 0.</param>
/// <param name="HessianLipschitz">ρ ≥ 0, the Lipschitz constant of the Hessian; 0 where the Hessian is constant, and then λ_min ≥ 0 up to rounding is asked for.</param>
public sealed record SecondOrderAim(double Accuracy, double HessianLipschitz);

/// <summary>A descent by models: <see cref="Examine"/> looks at a new point, <see cref="Propose"/> makes a step of it, and the step is taken when the value falls by a share of what the model promised.</summary>
/// <remarks>
/// One iteration is one tried step, taken or not. Where the promise is below the rounding of the value the step is judged by the gradient instead, which must fall. A method ends when its test holds, when sixty tries in a row lead nowhere, where the Hessian is no number, and as every method;
/// <see cref="DescentMethod.HasFound"/> is set in the first case alone. Where λ_min is that of a Krylov space, which lies above the true one, <see cref="CertifiedRun"/> judges the end independently. A step allocates.
/// </remarks>
public abstract class SecondOrderMethod : DescentMethod
{
    /// <summary>The share of the promised decrease from which on a step is taken.</summary>
    protected const double Enough = 0.1;

    private const double ValueRounding = 1e-12, FlatShare = 1e-10;
    private const int MostRejections = 60, LargestSpace = 200;
    private readonly SecondOrderAim aim;
    private LocalModel? here, there;
    private double[] trial = [], step = [];
    private double scale, largestGradient;
    private int rejections;

    /// <summary>A method with an aim.</summary>
    /// <param name="aim">What it looks for.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is not above 0, or ρ is negative.</exception>
    protected SecondOrderMethod(SecondOrderAim aim)
    {
        ArgumentNullException.ThrowIfNull(aim);
        if (!(aim.Accuracy > 0 && double.IsFinite(aim.Accuracy) && aim.HessianLipschitz >= 0 && double.IsFinite(aim.HessianLipschitz)))
        {
            throw new ArgumentOutOfRangeException(nameof(aim), aim, "the accuracy must be above 0, and the Lipschitz constant of the Hessian at least 0");
        }

        this.aim = aim;
    }

    /// <summary>ε.</summary>
    protected double Accuracy => aim.Accuracy;

    /// <summary>ρ.</summary>
    protected double HessianLipschitz => aim.HessianLipschitz;

    /// <summary>Value, gradient and Hessian at the point.</summary>
    protected LocalModel Here => here ?? throw new InvalidOperationException("the method has not been put at a start");

    /// <summary>|g| over the largest so far: how accurately a model is worth being solved, for superlinear convergence.</summary>
    protected double GradientShare => largestGradient > 0 ? GradientNorm / largestGradient : 0;

    /// <inheritdoc/>
    protected sealed override void Prepare()
    {
        here = new(Landscape, Manifold, Point);
        CountGradients(1);
        (there, trial, step) = (null, new double[Point.Length], new double[Point.Length]);
        (scale, largestGradient, rejections) = (Math.Abs(Value), GradientNorm, 0);
        Reset();
        Guard(static method => method.Examine());
    }

    /// <inheritdoc/>
    protected sealed override void Move() => Guard(static method => method.TryStep());

    /// <summary>What is adapted on the way takes its first value.</summary>
    protected abstract void Reset();

    /// <summary>Looks at a new point, the start among them, and ends the method where its test holds.</summary>
    protected abstract void Examine();

    /// <summary>A step from the point that was examined last; asked again with what was adapted when it was not taken.</summary>
    /// <param name="step">s: [i], zero at first, to be filled; tangent.</param>
    /// <returns>By how much the value should fall; ≥ 0.</returns>
    protected abstract double Propose(Span<double> step);

    /// <summary>Adapts the method to a step that was tried.</summary>
    /// <param name="share">The decrease over what was promised; taken from <see cref="Enough"/> on. Minus infinity where the trial has no value.</param>
    /// <param name="length">|s|.</param>
    protected abstract void Learn(double share, double length);

    /// <summary>Hess v, counted.</summary>
    /// <param name="direction">v: [i].</param>
    /// <param name="result">[i], overwritten; tangent.</param>
    /// <exception cref="ArithmeticException">It is no number; the method ends with that.</exception>
    protected void Product(ReadOnlySpan<double> direction, Span<double> result)
    {
        CountProducts(1);
        Here.Product(direction, result);
        if (!double.IsFinite(Vectors.Dot(result, result)))
        {
            throw new ArithmeticException("the Hessian is no number here");
        }
    }

    /// <summary>How far below zero an eigenvalue may lie: sqrt(ρ ε), or rounding.</summary>
    /// <param name="size">The larger end of the spectrum.</param>
    protected double Allowed(double size) => Math.Max(Math.Sqrt(HessianLipschitz * Accuracy), FlatShare * size);

    /// <summary>Ends the method where |g| ≤ ε and λ_min ≥ -sqrt(ρ ε).</summary>
    /// <param name="lowest">λ_min.</param>
    /// <param name="size">The larger end of the spectrum: what is below rounding of it counts as zero.</param>
    protected bool IsFound(double lowest, double size)
    {
        HasFound = GradientNorm <= Accuracy && lowest >= -Allowed(size);
        if (HasFound)
        {
            Ending = FormattableString.Invariant($"a second-order point: the gradient is {GradientNorm:0.0e+00} and the lowest eigenvalue {lowest:0.0e+00}");
        }

        return HasFound;
    }

    /// <summary>A Krylov space on the tangent space from a random start, extended until its lowest pair is settled.</summary>
    /// <param name="tolerance">On the residual of the lowest pair, relative to the size of the spectrum.</param>
    /// <param name="largestSpace">The most products.</param>
    /// <returns>Null where there is no tangent direction at all.</returns>
    protected RitzPairs? Lowest(double tolerance, int largestSpace = LargestSpace)
    {
        double[][] normals = Manifold.Normals(Point);
        if (normals.Length >= Point.Length)
        {
            return null;
        }

        var lanczos = new Lanczos(Point.Length, Product, largestSpace, 1, normals);
        for (int next = 10; ; next = lanczos.Steps + Math.Max(5, lanczos.Steps / 4))
        {
            int before = lanczos.Steps;
            lanczos.Extend(Math.Min(next, largestSpace));
            var pairs = RitzPairs.Of(lanczos);
            if (lanczos.Steps == before || pairs.Residual(pairs.Rows[0]) <= tolerance * pairs.Size)
            {
                return pairs;
            }
        }
    }

    private void TryStep()
    {
        Array.Clear(step);
        double predicted = Propose(step), length = Vectors.Length(step);
        Manifold.Retract(Point, step, 1, trial);
        if (there is null)
        {
            there = new(Landscape, Manifold, trial);
        }
        else
        {
            there.MoveTo(trial);
        }

        CountGradients(1);
        double share = !(double.IsFinite(there.Value) && double.IsFinite(there.GradientNorm)) ? double.NegativeInfinity
            : predicted > ValueRounding * scale ? (Value - there.Value) / predicted
            : there.GradientNorm < GradientNorm ? 1 : -1;
        Learn(share, length);
        if (!(share >= Enough))
        {
            rejections++;
            Ending = rejections < MostRejections ? string.Empty : FormattableString.Invariant($"no step leads lower after {rejections} tries: the gradient is {GradientNorm:0.0e+00}");
            return;
        }

        (here, there, rejections) = (there, Here, 0);
        Accept(Here.Point, Here.Value, Here.Gradient);
        (scale, largestGradient) = (Math.Max(scale, Math.Abs(Value)), Math.Max(largestGradient, GradientNorm));
        Examine();
    }

    private void Guard(Action<SecondOrderMethod> act)
    {
        try
        {
            act(this);
        }
        catch (ArithmeticException)
        {
            Ending = "the Hessian is no number here";
        }
    }
}
