// L-BFGS on any manifold: the everyday choice where smooth values are to be made small with few gradients.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Results;

namespace Thalweg.Descent.FirstOrder;

/// <summary>x⁺ = R_x(-t B g), where B is the inverse Hessian that the last few pairs of steps and changes of the gradient suggest, by the two-loop recursion.</summary>
/// <remarks>
/// Nocedal, Wright, Numerical Optimization, 2006, algorithm 7.4; on a manifold pairs and gradients are carried to the new point by transport (Huang, Gallivan, Absil, A Broyden Class of Quasi-Newton Methods for Riemannian Optimization, 2015). t is found by doubling and halving from 1 until the value
/// has fallen enough and the slope has risen enough (weak Wolfe conditions); a pair without positive curvature is left out. Where the value does not change beyond rounding the slope alone decides. Made for going down, not for saddles: at a critical point it stays. A step costs one gradient
/// when t = 1 is accepted; it allocates nothing.
/// </remarks>
/// <param name="memory">How many pairs are kept, at least 1.</param>
public sealed class LimitedMemoryBfgs(int memory = 10) : DescentMethod
{
    private const double Decrease = 1e-4, Slope = 0.9, LeastCurvature = 1e-10, Rounding = 8 * Quantity.Unit;
    private const int MostTrials = 60;
    private readonly int memory = memory > 0 ? memory : throw new ArgumentOutOfRangeException(nameof(memory), memory, "must be at least 1");
    private double[][] steps = [], changes = [];
    private double[] curvatures = [], factors = [], direction = [], carried = [], trial = [], slope = [], freshStep = [], freshChange = [];
    private int count;

    /// <inheritdoc/>
    public override string Name => "lbfgs";

    /// <inheritdoc/>
    protected override void Prepare()
    {
        int n = Place.Length;
        (steps, changes, curvatures, factors, count) = (new double[memory][], new double[memory][], new double[memory], new double[memory], 0);
        for (int k = 0; k < memory; k++)
        {
            (steps[k], changes[k]) = (new double[n], new double[n]);
        }

        (direction, carried, trial, slope, freshStep, freshChange) = (new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
    }

    /// <inheritdoc/>
    protected override void Move()
    {
        if (GradientNorm == 0)
        {
            (Ending, HasFound) = ("the gradient is zero", true);
            return;
        }

        Direct();
        double down = Vectors.Dot(Gradient, direction);
        if (!(down < 0))
        {
            (count, down) = (0, -GradientNorm * GradientNorm);
            Direct();
        }

        // Without pairs the first trial moves by one unit at most.
        double length = count == 0 ? Math.Min(1, 1 / GradientNorm) : 1;
        if (Search(down, length))
        {
            return;
        }

        if (count > 0)
        {
            // Steepest descent has the last word.
            count = 0;
            Direct();
            if (Search(-GradientNorm * GradientNorm, Math.Min(1, 1 / GradientNorm)))
            {
                return;
            }
        }

        Ending = FormattableString.Invariant($"no step leads lower: the gradient is {GradientNorm:0.0e+00}");
    }

    // -B g; pairs stand from the newest, 0, to the oldest.
    private void Direct()
    {
        Gradient.CopyTo(direction);
        for (int k = 0; k < count; k++)
        {
            factors[k] = Vectors.Dot(steps[k], direction) / curvatures[k];
            Vectors.Add(-factors[k], changes[k], direction);
        }

        if (count > 0)
        {
            Vectors.Scale(curvatures[0] / Vectors.Dot(changes[0], changes[0]), direction);
        }

        for (int k = count - 1; k >= 0; k--)
        {
            Vectors.Add(factors[k] - Vectors.Dot(changes[k], direction) / curvatures[k], steps[k], direction);
        }

        Vectors.Scale(-1, direction);
        Manifold.Project(Place, direction);
    }

    private bool Search(double down, double length)
    {
        double low = 0, high = double.PositiveInfinity, rounding = Rounding * Math.Abs(Value);
        for (int k = 0; k < MostTrials; k++)
        {
            Manifold.Retract(Place, direction, length, trial);
            double value = Evaluate(trial, slope);
            direction.CopyTo(carried, 0);
            Manifold.Transport(Place, trial, carried);
            double there = Vectors.Dot(slope, carried);
            bool isLower = value <= Value + Decrease * length * down || (value <= Value + rounding && there <= (2 * Decrease - 1) * down && -length * down <= rounding);
            if (!isLower || !double.IsFinite(there))
            {
                high = length;
            }
            else if (there < Slope * down)
            {
                low = length;
            }
            else
            {
                return Take(length, value);
            }

            length = double.IsInfinity(high) ? 2 * length : 0.5 * (low + high);
        }

        if (low == 0)
        {
            return false;
        }

        // Lower, although the slope has not risen: the value may fall for ever.
        Manifold.Retract(Place, direction, low, trial);
        double last = Evaluate(trial, slope);
        direction.CopyTo(carried, 0);
        Manifold.Transport(Place, trial, carried);
        return Take(low, last);
    }

    // False where the step is so short that rounding swallows it.
    private bool Take(double length, double value)
    {
        if (Place.SequenceEqual(trial))
        {
            return false;
        }

        Gradient.CopyTo(freshChange);
        Manifold.Transport(Place, trial, freshChange);
        Vectors.Scale(-1, freshChange);
        Vectors.Add(1, slope, freshChange);
        carried.CopyTo(freshStep, 0);
        Vectors.Scale(length, freshStep);
        Carry();
        double curvature = Vectors.Dot(freshStep, freshChange);
        if (curvature > LeastCurvature * Vectors.Length(freshStep) * Vectors.Length(freshChange))
        {
            Keep(curvature);
        }

        Accept(trial, value, slope);
        return true;
    }

    // All pairs to the new point; one whose curvature is lost on the way goes, with those that are older.
    private void Carry()
    {
        for (int k = 0; k < count; k++)
        {
            Manifold.Transport(Place, trial, steps[k]);
            Manifold.Transport(Place, trial, changes[k]);
            curvatures[k] = Vectors.Dot(steps[k], changes[k]);
            if (!(curvatures[k] > LeastCurvature * Vectors.Length(steps[k]) * Vectors.Length(changes[k])))
            {
                count = k;
            }
        }
    }

    // The fresh pair first; the buffers of the last one serve the next.
    private void Keep(double curvature)
    {
        var (step, change) = (steps[^1], changes[^1]);
        for (int k = memory - 1; k > 0; k--)
        {
            (steps[k], changes[k], curvatures[k]) = (steps[k - 1], changes[k - 1], curvatures[k - 1]);
        }

        (steps[0], changes[0], curvatures[0]) = (freshStep, freshChange, curvature);
        (freshStep, freshChange, count) = (step, change, Math.Min(count + 1, memory));
    }
}
