// Maxima of the complexity over the energies by a grid with repeated zoom, in double, straight from the formula for all stationary points.
using System;

namespace Thalweg.Tests.Oracles;

/// <summary>
/// Knows no projection, no closed form of a maximum and no branch: only Σ(m, ε_p, ε_2) of all stationary points, minus L for minima and minus infinity at t &lt; 2.
/// </summary>
public static class BruteForce
{
    private const int GridPoints = 300, ZoomPoints = 40, Zooms = 9;

    /// <summary>Σ(m, ε_p, ε_2) in double.</summary>
    public static double AtEnergies(int p, double tensorNoise, double u, double m, double tensorEnergy, double matrixEnergy, bool minima)
    {
        double q1 = 1 / tensorNoise + u, q2 = (p - 1) / tensorNoise + u, power = Math.Pow(m, p - 2);
        double dq = (power / tensorNoise + u) * m, rest = 1 - m * m;
        double t = (m * dq - p * tensorEnergy - 2 * matrixEnergy) / Math.Sqrt(q2);
        if (minima && t < 2)
        {
            return double.NegativeInfinity;
        }

        double sigma = 0.5 + 0.5 * Math.Log(q2 / q1) + 0.5 * Math.Log(rest) - rest * dq * dq / (2 * q1)
            - p * tensorNoise * tensorEnergy * tensorEnergy / 2 - matrixEnergy * matrixEnergy / u + Phi(t);
        return minima ? sigma - Lower(rest * ((p - 1) * power / tensorNoise + u) / Math.Sqrt(q2), t) : sigma;
    }

    /// <summary>The best split of a noise energy, and its Σ.</summary>
    public static (double TensorEnergy, double Sigma) OverSplit(int p, double tensorNoise, double u, double m, double energy, bool minima)
    {
        double reach = Reach(p, tensorNoise, u, m, energy);
        return Maximum(x => AtEnergies(p, tensorNoise, u, m, x, energy - x, minima), -reach, reach);
    }

    /// <summary>The best pair of energies, and its Σ.</summary>
    public static (double TensorEnergy, double MatrixEnergy, double Sigma) OverEnergies(int p, double tensorNoise, double u, double m, bool minima)
    {
        double reach = Reach(p, tensorNoise, u, m, 0);
        (double Position, double Value) Inner(double tensor) => Maximum(x => AtEnergies(p, tensorNoise, u, m, tensor, x, minima), -reach, reach);
        var (best, sigma) = Maximum(x => Inner(x).Value, -reach, reach);
        return (best, Inner(best).Position, sigma);
    }

    // Wide enough for every split with |t| up to 8 and some: energies are of order sqrt(Q_2), and more where the total is.
    private static double Reach(int p, double tensorNoise, double u, double m, double energy)
    {
        double q2 = (p - 1) / tensorNoise + u;
        return (8 * Math.Sqrt(q2) + m * m * ((1 / tensorNoise) + u) + p * Math.Abs(energy)) / (p - 2);
    }

    // A concave function, minus infinity outside an interval: a grid, then grids around the best point, each 1/10 as wide.
    private static (double Position, double Value) Maximum(Func<double, double> f, double low, double high)
    {
        double position = low, value = double.NegativeInfinity;
        int points = GridPoints;
        for (int zoom = 0; zoom <= Zooms; zoom++)
        {
            double step = (high - low) / points;
            for (int i = 0; i <= points; i++)
            {
                double x = low + i * step, y = f(x);
                if (y > value)
                {
                    (position, value) = (x, y);
                }
            }

            (low, high, points) = (position - 2 * step, position + 2 * step, ZoomPoints);
        }

        return (position, value);
    }

    private static double Phi(double t)
    {
        t = Math.Abs(t);
        if (t <= 2)
        {
            return t * t / 4 - 0.5;
        }

        double g = 2 / (t + Math.Sqrt((t - 2) * (t + 2)));
        return g * g / 2 - Math.Log(g);
    }

    private static double Lower(double theta, double t)
    {
        if (theta <= 1 || t >= theta + 1 / theta)
        {
            return 0;
        }

        static double F(double y)
        {
            double root = Math.Sqrt((y - 2) * (y + 2));
            return y * root / 8 - 0.5 * Math.Log((y + root) / 2);
        }

        double x = theta + 1 / theta;
        return F(t) - F(x) - theta / 2 * (t - x) + (t - x) * (t + x) / 8;
    }
}
