// Stochastic gradient Langevin dynamics with the exact gradient: descent with noise of a temperature, and the averages of its path.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Descent.FirstOrder;

/// <summary>x⁺ = R_x(-η g + sqrt(2η/β) P ξ), ξ of independent standard normal numbers.</summary>
/// <remarks>
/// Raginsky, Rakhlin, Telgarsky, Non-Convex Learning via Stochastic Gradient Langevin Dynamics, arXiv 1702.03849, algorithm (1.2). For small η it samples exp(-β f); on f = λx²/2 the stationary variance is exactly 1/(βλ (1 - ηλ/2)). Dynamics at the temperature of the two-time equations, of
/// second order in the step, is <see cref="Langevin"/>. A step costs one gradient and allocates nothing.
/// </remarks>
/// <param name="step">η > 0.</param>
/// <param name="inverseTemperature">β > 0.</param>
public sealed class LangevinDescent(double step, double inverseTemperature) : DescentMethod
{
    private readonly double step = step > 0 && double.IsFinite(step) ? step : throw new ArgumentOutOfRangeException(nameof(step), step, "must be above 0");
    private readonly double strength = inverseTemperature > 0 && double.IsFinite(inverseTemperature) ? Math.Sqrt(2 * step / inverseTemperature) : throw new ArgumentOutOfRangeException(nameof(inverseTemperature), inverseTemperature, "must be above 0");
    private double[] move = [], mean = [], squares = [];

    /// <inheritdoc/>
    public override string Name => "sgld";

    /// <summary>How many points the averages hold.</summary>
    public long Averaged { get; private set; }

    /// <summary>The average of the points since the start or the last <see cref="Forget"/>: [i], in the surrounding space.</summary>
    public ReadOnlySpan<double> Mean => mean;

    /// <summary>The lowest value among them.</summary>
    public double Lowest { get; private set; }

    /// <summary>The variance of a coordinate over them; 0 while there is none.</summary>
    /// <param name="coordinate">i.</param>
    public double Variance(int coordinate) => Averaged == 0 ? 0 : squares[coordinate] / Averaged;

    /// <summary>Begins the averages anew, when the path has settled.</summary>
    public void Forget()
    {
        Array.Clear(mean);
        Array.Clear(squares);
        (Averaged, Lowest) = (0, Value);
    }

    /// <inheritdoc/>
    protected override void Prepare()
    {
        (move, mean, squares) = (new double[Place.Length], new double[Place.Length], new double[Place.Length]);
        Forget();
    }

    /// <inheritdoc/>
    protected override void Move()
    {
        Noise.FillNormal(move);
        Manifold.Project(Place, move);
        Vectors.Scale(strength, move);
        Vectors.Add(-step, Gradient, move);
        Manifold.Retract(Place, move, 1, Place);
        Refresh();
        Averaged++;
        Lowest = Math.Min(Lowest, Value);
        for (int i = 0; i < mean.Length; i++)
        {
            double away = Place[i] - mean[i];
            mean[i] += away / Averaged;
            squares[i] += away * (Place[i] - mean[i]);
        }
    }
}
