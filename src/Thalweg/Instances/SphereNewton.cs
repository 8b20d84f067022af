// Newton's method for a stationary point of any index of a small instance on the unit sphere.
using System;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Instances;

/// <summary>
/// Solves P ∇ℓ(σ) = 0: the step δ solves (H - s) δ + ν σ = -P ∇ℓ, σ·δ = 0 with s = σ·∇ℓ, and σ goes to (σ + δ)/|σ + δ|. Quadratic convergence to nondegenerate points, minima
/// and saddles alike.
/// </summary>
/// <remarks>Holds its own buffers: one object a thread, no allocation in <see cref="Run"/>.</remarks>
public sealed class SphereNewton
{
    private readonly SmallInstance instance;
    private readonly double tolerance;
    private readonly double longestStep;
    private readonly int largestIterations;
    private readonly double[] point;
    private readonly double[] gradient;
    private readonly double[] hessian;
    private readonly double[] workspace;
    private readonly double[] bordered;
    private readonly double[] step;

    /// <summary>Allocates the buffers.</summary>
    /// <param name="instance">The landscape.</param>
    /// <param name="tolerance">The norm of the Riemannian gradient below which one last step is taken; &gt; 0.</param>
    /// <param name="largestIterations">When to give a start up.</param>
    /// <param name="longestStep">Longer steps are shortened to this angle's tangent.</param>
    public SphereNewton(SmallInstance instance, double tolerance, int largestIterations, double longestStep)
    {
        ArgumentNullException.ThrowIfNull(instance);
        this.instance = instance;
        this.tolerance = tolerance;
        this.longestStep = longestStep;
        this.largestIterations = largestIterations;
        int n = instance.Dimension;
        point = new double[n];
        gradient = new double[n];
        hessian = new double[n * n];
        workspace = new double[instance.WorkspaceLength];
        bordered = new double[(n + 1) * (n + 1)];
        step = new double[n + 1];
    }

    /// <summary>σ: the start, to be written by the caller, then the stationary point.</summary>
    public Span<double> Point => point;

    /// <summary>The Euclidean Hessian at the point.</summary>
    public ReadOnlySpan<double> Hessian => hessian;

    /// <summary>ℓ at the point.</summary>
    public double Value { get; private set; }

    /// <summary>s = σ·∇ℓ at the point.</summary>
    public double Radial { get; private set; }

    /// <summary>Iterates from <see cref="Point"/>.</summary>
    /// <returns>True when the gradient fell below the tolerance; false after too many iterations or at a singular Hessian.</returns>
    public bool Run()
    {
        for (int iteration = 0; iteration < largestIterations; iteration++)
        {
            double norm = Evaluate();
            if (!Step())
            {
                return false;
            }

            if (norm <= tolerance)
            {
                Evaluate();
                return true;
            }
        }

        return false;
    }

    private double Evaluate()
    {
        Value = instance.Evaluate(point, gradient, hessian, workspace);
        Radial = SmallInstance.ProjectGradient(point, gradient);
        double square = 0;
        foreach (double g in gradient)
        {
            square += g * g;
        }

        return Math.Sqrt(square);
    }

    private bool Step()
    {
        int n = point.Length, width = n + 1;
        for (int i = 0; i < n; i++)
        {
            hessian.AsSpan(i * n, n).CopyTo(bordered.AsSpan(i * width, n));
            bordered[i * width + i] -= Radial;
            bordered[i * width + n] = bordered[n * width + i] = point[i];
            step[i] = -gradient[i];
        }

        bordered[n * width + n] = 0;
        step[n] = 0;
        if (!(Math.Abs(InPlaceElimination.Solve(bordered, step, width)) > 0))
        {
            return false;
        }

        double square = 0;
        for (int i = 0; i < n; i++)
        {
            square += step[i] * step[i];
        }

        double length = Math.Sqrt(square), factor = length > longestStep ? longestStep / length : 1;
        square = 0;
        for (int i = 0; i < n; i++)
        {
            point[i] += factor * step[i];
            square += point[i] * point[i];
        }

        double inverse = 1 / Math.Sqrt(square);
        for (int i = 0; i < n; i++)
        {
            point[i] *= inverse;
        }

        return double.IsFinite(inverse);
    }
}
