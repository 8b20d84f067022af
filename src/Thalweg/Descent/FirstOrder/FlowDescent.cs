// Gradient flow on any manifold, followed with steps of second order as long as the accuracy allows.
using System;
using Thalweg.Numerics.Kernels;
using Thalweg.Results;

namespace Thalweg.Descent.FirstOrder;

/// <summary>dx/dt = -g by Heun's method: y = R_x(-h g(x)), x⁺ = R_x(-(h/2)(g(x) + T g(y))), T the transport from y to x.</summary>
/// <remarks>
/// Of second order in h where the retraction is (Hairer, Lubich, Wanner, Geometric Numerical Integration, 2006, section IV.4). The error of a step is taken as its distance (h/2)|g(x) - T g(y)| from Euler's, which is of the order of the error of all steps up to a fixed time; it is held to the tolerance, times |x| where that
/// is above one, and to a quarter of the step, which keeps h below half over the largest curvature. A step whose value is higher than before, which the flow never is, is tried again with a quarter of its length. A step costs two gradients, one more for each try, and allocates nothing. Flows on the sphere of a
/// spin model to large times, with records between steps, are <see cref="GradientFlow"/>.
/// </remarks>
/// <param name="tolerance">Of a step, as a distance; above 0.</param>
public sealed class FlowDescent(double tolerance = 1e-4) : DescentMethod
{
    private const double Safety = 0.9, Longer = 5, Shorter = 0.25, LargestShare = 0.25, ValueRounding = 8 * Quantity.Unit;
    private const int MostTries = 100;
    private readonly double tolerance = tolerance > 0 && double.IsFinite(tolerance) ? tolerance : throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "must be above 0");
    private double[] trial = [], slope = [], move = [];
    private double length;

    /// <inheritdoc/>
    public override string Name => "flow";

    /// <summary>t.</summary>
    public double Time { get; private set; }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        (trial, slope, move) = (new double[Place.Length], new double[Place.Length], new double[Place.Length]);
        (Time, length) = (0, GradientNorm > 0 ? Math.Sqrt(tolerance) / GradientNorm : 0);
    }

    /// <inheritdoc/>
    protected override void Move()
    {
        if (GradientNorm == 0)
        {
            (Ending, HasFound) = ("the gradient is zero", true);
            return;
        }

        double scale = Math.Max(1, Vectors.Length(Place)), rounding = ValueRounding * Math.Abs(Value);
        for (int k = 0; k < MostTries; k++)
        {
            Manifold.Retract(Place, Gradient, -length, trial);
            Evaluate(trial, slope);
            Manifold.Transport(trial, Place, slope);
            slope.CopyTo(move, 0);
            Vectors.Add(-1, Gradient, move);
            double error = 0.5 * length * Vectors.Length(move), allowed = Math.Min(tolerance * scale, LargestShare * length * GradientNorm);
            if (!(error <= allowed))
            {
                // The error is of second order in h, the share that is allowed of first.
                double ratio = allowed / error;
                length *= double.IsFinite(error) ? Math.Max(Shorter, Safety * (allowed < tolerance * scale ? ratio : Math.Sqrt(ratio))) : Shorter;
                continue;
            }

            Vectors.Add(2, Gradient, move);
            Manifold.Retract(Place, move, -0.5 * length, trial);
            double value = Evaluate(trial, slope), next = length * Math.Min(Longer, Safety * Math.Sqrt(allowed / error));
            if (!(value <= Value + rounding))
            {
                length *= Shorter;
                continue;
            }

            if (Place.SequenceEqual(trial))
            {
                break;
            }

            Time += length;
            length = next;
            Accept(trial, value, slope);
            return;
        }

        Ending = FormattableString.Invariant($"no step leads lower: the gradient is {GradientNorm:0.0e+00}");
    }
}
