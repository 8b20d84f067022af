// The explicit Runge-Kutta pair of Dormand and Prince, orders 5 and 4, with its continuous extension.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Numerics.Steppers;

/// <summary>Order five, an estimate of order five (error of the embedded fourth order), a polynomial of fourth order between the ends; six evaluations a step.</summary>
/// <remarks>Dormand, Prince, Journal of Computational and Applied Mathematics 6 (1980) 19; the extension as in Hairer, Nørsett, Wanner, Solving Ordinary Differential Equations I, 2nd edition, section II.6. Stable along the negative real axis to h λ = -3.3.</remarks>
public sealed class DormandPrince : EmbeddedStepper
{
    private static readonly double[] Nodes = [0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1];

    private static readonly double[][] Stages =
    [
        [],
        [1.0 / 5],
        [3.0 / 40, 9.0 / 40],
        [44.0 / 45, -56.0 / 15, 32.0 / 9],
        [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
    ];

    private static readonly double[] Weights = [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84];
    private static readonly double[] Errors = [71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40];
    private static readonly double[] Dense = [-12715105075.0 / 11282082432, 0, 87487479700.0 / 32700410799, -10690763975.0 / 1880347072, 701980252875.0 / 199316789632, -1453857185.0 / 822651844, 69997945.0 / 29380423];

    private readonly double[][] rates;
    private readonly double[] point;

    /// <summary>A stepper for states of some dimension.</summary>
    /// <param name="dimension">How many entries a state has; eleven vectors are kept.</param>
    /// <param name="field">f.</param>
    /// <param name="projection">Applied to the end of each step; null for none.</param>
    public DormandPrince(int dimension, RateOfChange field, Projection? projection = null)
        : base(dimension, field, projection)
    {
        point = new double[dimension];
        rates = new double[Nodes.Length][];
        for (int i = 1; i < rates.Length; i++)
        {
            rates[i] = new double[dimension];
        }
    }

    /// <inheritdoc/>
    public override int Order => 5;

    /// <inheritdoc/>
    public override int ErrorOrder => 5;

    /// <inheritdoc/>
    protected override void Advance(double step, double[] start, double[] startRate, double[] end)
    {
        rates[0] = startRate;
        for (int i = 1; i < Nodes.Length; i++)
        {
            Combine(step, start, Stages[i], point);
            Evaluate(Time + Nodes[i] * step, point, rates[i]);
        }

        Combine(step, start, Weights, end);
    }

    /// <inheritdoc/>
    protected override void EstimateError(double step, double[] start, double[] startRate, double[] end, double[] endRate)
    {
        Array.Clear(ErrorVector);
        for (int i = 0; i < Nodes.Length; i++)
        {
            AddRate(step * Errors[i], rates[i], ErrorVector);
        }

        AddRate(step * Errors[^1], endRate, ErrorVector);
    }

    /// <inheritdoc/>
    protected override void Interpolate(double share, double step, double[] start, double[] startRate, double[] end, double[] endRate, Span<double> destination)
    {
        // y + θ Δ + θ (1-θ) [h k_1 - Δ + θ (2 Δ - h k_1 - h k_7 + (1-θ) h Σ d_i k_i)], Δ = y_1 - y.
        double rest = 1 - share, difference = share + share * rest * (2 * share - 1), dense = step * share * share * rest * rest;
        start.CopyTo(destination);
        Vectors.Scale(1 - difference, destination);
        Vectors.Add(difference, end, destination);
        AddRate(step * share * rest * rest + dense * Dense[0], startRate, destination);
        for (int i = 2; i < Nodes.Length; i++)
        {
            AddRate(dense * Dense[i], rates[i], destination);
        }

        AddRate(dense * Dense[^1] - step * share * share * rest, endRate, destination);
    }

    private static void AddRate(double factor, double[] from, Span<double> to)
    {
        if (factor != 0)
        {
            Vectors.Add(factor, from, to);
        }
    }

    private void Combine(double step, double[] start, double[] weights, double[] destination)
    {
        start.CopyTo(destination, 0);
        for (int i = 0; i < weights.Length; i++)
        {
            AddRate(step * weights[i], rates[i], destination);
        }
    }
}
