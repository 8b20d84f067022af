// Gauss-Legendre quadrature on [-1, 1]: the rule of n points that is exact for polynomials of degree 2n - 1.
using System;

namespace Thalweg.Numerics.Quadrature;

/// <summary>Nodes and weights of ∫_{-1}^{1} f(x) dx ≈ Σ w_i f(x_i), the same bits on every machine.</summary>
public sealed class GaussLegendre
{
    private readonly double[] nodes;
    private readonly double[] weights;

    private GaussLegendre(double[] nodes, double[] weights)
    {
        this.nodes = nodes;
        this.weights = weights;
    }

    /// <summary>x_i, ascending, exactly antisymmetric about 0.</summary>
    public ReadOnlySpan<double> Nodes => nodes;

    /// <summary>w_i &gt; 0, adding up to 2.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>The rule of n points: Newton's method on P_n from Tricomi's guess, w_i = 2/((1 - x_i²) P_n'(x_i)²); O(n²).</summary>
    /// <param name="points">n, from 1 to 10000.</param>
    /// <exception cref="ArgumentOutOfRangeException">n outside its range.</exception>
    public static GaussLegendre OfOrder(int points)
    {
        if (points is < 1 or > 10000)
        {
            throw new ArgumentOutOfRangeException(nameof(points), points, "must be an integer from 1 to 10000");
        }

        var positions = new double[points];
        var masses = new double[points];
        for (int i = 0; i < (points + 1) / 2; i++)
        {
            // The middle node of an odd rule is exactly zero; the others start from cos(π (4i + 3)/(4n + 2)).
            double x = 2 * i + 1 == points ? 0 : Cosine(Math.PI * (4 * i + 3) / (4 * points + 2)), slope = 0;
            for (int step = 0; step < 50; step++)
            {
                (double value, slope) = ValueAndSlope(points, x);
                double change = x == 0 ? 0 : value / slope;
                x -= change;
                if (Math.Abs(change) <= 4e-16 * Math.Max(x, 1e-3))
                {
                    break;
                }
            }

            slope = ValueAndSlope(points, x).Slope;
            positions[points - 1 - i] = x;
            positions[i] = -x;
            masses[i] = masses[points - 1 - i] = 2 / ((1 - x) * (1 + x) * slope * slope);
        }

        return new(positions, masses);
    }

    // P_n and P_n', |x| < 1.
    private static (double Value, double Slope) ValueAndSlope(int n, double x)
    {
        var (value, before) = Legendre.At(n, x);
        return (value, n * (before - x * value) / ((1 - x) * (1 + x)));
    }

    // A cosine on [0, π/2] good enough to start Newton's method, free of the platform's own.
    private static double Cosine(double angle)
    {
        double z = angle * angle, sum = 0;
        for (int k = 12; k >= 1; k--)
        {
            sum = (1 - sum) * z / (2 * k * (2 * k - 1));
        }

        return 1 - sum;
    }
}
