// The spiked matrix-tensor model in double-double: Q(x) = x^p/(p Delta_p) + u x^2/2 with u = 1/Delta_2, the input of every oracle.
using System;

namespace Thalweg.Tests.Oracles;

/// <summary>The model of order p at tensor noise Δ_p and u = 1/Δ_2.</summary>
public readonly record struct SpikedOracle(int P, DoubleDouble TensorNoise, DoubleDouble InverseMatrixNoise)
{
    public DoubleDouble Q0 => Q(1);

    public DoubleDouble Q1 => DQ(1);

    public DoubleDouble Q2 => D2Q(1);

    public DoubleDouble Q(DoubleDouble m) => DoubleDouble.Pow(m, P) / (P * TensorNoise) + InverseMatrixNoise * m * m / 2;

    public DoubleDouble DQ(DoubleDouble m) => DoubleDouble.Pow(m, P - 1) / TensorNoise + InverseMatrixNoise * m;

    public DoubleDouble D2Q(DoubleDouble m) => (P - 1) * DoubleDouble.Pow(m, P - 2) / TensorNoise + InverseMatrixNoise;

    public DoubleDouble D3Q(DoubleDouble m) => (P - 1) * (P - 2) * DoubleDouble.Pow(m, P - 3) / TensorNoise;
}

/// <summary>Roots by halving, the one method whose error needs no analysis.</summary>
public static class Bisection
{
    /// <summary>The point between two ends of opposite sign where f changes sign, to the last digit that double-double resolves.</summary>
    public static DoubleDouble Root(Func<DoubleDouble, DoubleDouble> f, DoubleDouble low, DoubleDouble high)
    {
        DoubleDouble atLow = f(low), atHigh = f(high);
        if (atLow == 0 || atHigh == 0)
        {
            return atLow == 0 ? low : high;
        }

        if (atLow > 0 == atHigh > 0)
        {
            throw new ArgumentException($"no change of sign: f({low}) = {atLow}, f({high}) = {atHigh}", nameof(f));
        }

        bool rising = atHigh > 0;
        for (int i = 0; i < 240; i++)
        {
            var middle = (low + high) * 0.5;
            if (middle <= DoubleDouble.Min(low, high) || middle >= DoubleDouble.Max(low, high))
            {
                break;
            }

            if (f(middle) > 0 == rising)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return (low + high) * 0.5;
    }
}
