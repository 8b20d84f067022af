// What every method of descent is: a state, one step at a time, counted in gradients and products.
using System;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;

namespace Thalweg.Descent;

/// <summary>A method at work on one landscape: <see cref="Begin"/> puts it at a start, <see cref="Step"/> makes one iteration.</summary>
/// <remarks>An object belongs to one walker; it allocates in <see cref="Begin"/>, and a step of a first-order method allocates nothing. Noise comes from the stream alone, so that a seed names the whole path.</remarks>
public abstract class DescentMethod
{
    private const double FarBelow = 1e12;
    private double[] point = [], gradient = [];
    private double floor;

    /// <summary>Its name on the command line: "gd".</summary>
    public abstract string Name { get; }

    /// <summary>The current point: [i], on the manifold.</summary>
    public ReadOnlySpan<double> Point => point;

    /// <summary>f at the point.</summary>
    public double Value { get; protected set; }

    /// <summary>|g| at the point, of the Riemannian gradient.</summary>
    public double GradientNorm { get; protected set; }

    /// <summary>Iterations so far.</summary>
    public long Iterations { get; private set; }

    /// <summary>Gradients so far, that of the start included.</summary>
    public long Gradients { get; private set; }

    /// <summary>Hessian-vector products so far.</summary>
    public long Products { get; private set; }

    /// <summary>Why the method itself ended; empty while it goes on. It ends when it has found what it looks for, when no step leads further, where there are no numbers, or when the value falls without bound: below -10^12 times that of the start, or times one.</summary>
    public string Ending { get; protected set; } = string.Empty;

    /// <summary>Whether it ended because it found what it looks for.</summary>
    public bool HasFound { get; protected set; }

    /// <summary>The landscape; every evaluation goes through <see cref="Evaluate"/>, which counts, or is told to <see cref="CountGradients"/> and <see cref="CountProducts"/>.</summary>
    protected ILandscape Landscape { get; private set; } = null!;

    /// <summary>Whether value and gradient at the point are numbers.</summary>
    protected bool IsNumber => double.IsFinite(Value) && double.IsFinite(GradientNorm);

    /// <summary>Where the points lie.</summary>
    protected IManifold Manifold { get; private set; } = null!;

    /// <summary>Where the noise comes from.</summary>
    protected PhiloxStream Noise { get; private set; } = null!;

    /// <summary>The current point, for the method to change; <see cref="Refresh"/> afterwards.</summary>
    protected Span<double> Place => point;

    /// <summary>g at the point: [i], the Riemannian gradient.</summary>
    protected ReadOnlySpan<double> Gradient => gradient;

    /// <summary>Puts the method at a start.</summary>
    /// <param name="landscape">The landscape; its workspace is used.</param>
    /// <param name="manifold">Where the points lie.</param>
    /// <param name="start">[i]; put on the manifold.</param>
    /// <param name="noise">Where the noise comes from.</param>
    public void Begin(ILandscape landscape, IManifold manifold, ReadOnlySpan<double> start, PhiloxStream noise)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        ArgumentNullException.ThrowIfNull(manifold);
        (Landscape, Manifold, Noise) = (landscape, manifold, noise);
        (Iterations, Gradients, Products, Ending, HasFound) = (0, 0, 0, string.Empty, false);
        (point, gradient) = (start.ToArray(), new double[start.Length]);
        manifold.Normalise(point);
        Refresh();
        floor = -FarBelow * Math.Max(1, Math.Abs(Value));
        if (!IsNumber)
        {
            Ending = "the value or the gradient is no number at the start";
        }
        else if (manifold.Dimension == 0)
        {
            (Ending, HasFound) = ("the manifold is a point: there is nowhere to go", true);
        }
        else
        {
            Prepare();
        }
    }

    /// <summary>One iteration.</summary>
    /// <returns>False when the method had ended.</returns>
    public bool Step()
    {
        if (Ending.Length > 0)
        {
            return false;
        }

        Move();
        Iterations++;
        if (Ending.Length == 0 && !IsNumber)
        {
            Ending = $"the value or the gradient is no number after {Iterations} iterations";
        }
        else if (Ending.Length == 0 && Value < floor)
        {
            Ending = FormattableString.Invariant($"the value falls without bound: it is {Value:0.0e+00} after {Iterations} iterations");
        }

        return true;
    }

    /// <summary>Room for what a step needs; called once at the start, when value and gradient are known to be numbers.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>One iteration: changes <see cref="Place"/> and leaves value and gradient of the new point.</summary>
    protected abstract void Move();

    /// <summary>Evaluates value and gradient at the current point.</summary>
    protected void Refresh()
    {
        Value = Evaluate(point, gradient);
        GradientNorm = Vectors.Length(gradient);
    }

    /// <summary>Value and Riemannian gradient anywhere; counted.</summary>
    /// <param name="at">[i], on the manifold.</param>
    /// <param name="target">[i], overwritten.</param>
    protected double Evaluate(ReadOnlySpan<double> at, Span<double> target)
    {
        Gradients++;
        double value = Landscape.Gradient(at, target);
        Manifold.Project(at, target);
        return value;
    }

    /// <summary>Takes a point whose value and gradient are known already.</summary>
    /// <param name="to">[i], on the manifold.</param>
    /// <param name="value">f there.</param>
    /// <param name="riemannian">g there.</param>
    protected void Accept(ReadOnlySpan<double> to, double value, ReadOnlySpan<double> riemannian)
    {
        to.CopyTo(point);
        riemannian.CopyTo(gradient);
        (Value, GradientNorm) = (value, Vectors.Length(gradient));
    }

    /// <summary>Counts gradients that were not asked of <see cref="Evaluate"/>.</summary>
    /// <param name="count">How many.</param>
    protected void CountGradients(long count) => Gradients += count;

    /// <summary>Counts Hessian-vector products.</summary>
    /// <param name="count">How many.</param>
    protected void CountProducts(long count) => Products += count;
}
