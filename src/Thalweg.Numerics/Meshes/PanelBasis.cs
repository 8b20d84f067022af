// The polynomial basis of one panel that information enters at one end: the inflow point and the Radau points, with their derivative and quadrature.
using System;
using Thalweg.Numerics.Quadrature;
using Thalweg.Numerics.Roots;

namespace Thalweg.Numerics.Meshes;

/// <summary>Polynomials of degree q on [0, 1] through the inflow point 0 and the q right Radau points, the last of which is 1.</summary>
/// <remarks>
/// Collocating f' = g at the Radau points with f(0) given is the Radau IIA method of order 2q - 1, which damps what it cannot resolve; the quadrature on the same points is exact to degree 2q - 2.
/// Sources: Hairer and Wanner, Solving Ordinary Differential Equations II, section IV.5; barycentric formulas: Berrut and Trefethen, SIAM Review 46 (2004) 501.
/// </remarks>
public sealed class PanelBasis
{
    private readonly double[] nodes;
    private readonly double[] barycentric;
    private readonly double[] derivative;
    private readonly double[] integral;
    private readonly double[] weights;
    private readonly double[] legendre;

    /// <summary>The basis of degree q.</summary>
    /// <param name="degree">q, from 2 to 40.</param>
    public PanelBasis(int degree)
    {
        if (degree is < 2 or > 40)
        {
            throw new ArgumentOutOfRangeException(nameof(degree), degree, "must be an integer from 2 to 40");
        }

        Degree = degree;
        nodes = RadauPoints(degree);
        int n = degree + 1;
        barycentric = new double[n];
        for (int i = 0; i < n; i++)
        {
            double product = 1;
            for (int j = 0; j < n; j++)
            {
                // Distances scaled by four: the capacity of [0, 1] is 1/4, so the product neither grows nor vanishes.
                product *= i == j ? 1 : 4 * (nodes[i] - nodes[j]);
            }

            barycentric[i] = 1 / product;
        }

        derivative = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                if (i != j)
                {
                    derivative[i * n + j] = barycentric[j] / barycentric[i] / (nodes[i] - nodes[j]);
                    derivative[i * n + i] -= derivative[i * n + j];
                }
            }
        }

        // The Radau rule with the point x = 1: w_i = (1 + x_i)/(q P_{q-1}(x_i))² on [-1, 1], half of it on [0, 1].
        weights = new double[n];
        for (int i = 1; i < n; i++)
        {
            double x = 2 * nodes[i] - 1, p = Legendre.At(degree - 1, x).Value;
            weights[i] = 0.5 * (1 + x) / ((double)degree * degree * p * p);
        }

        legendre = LegendreTransform(nodes);

        // Half of the nodes of Gauss on each [0, x_i] integrate degree q exactly.
        integral = new double[n * n];
        var rule = GaussLegendre.OfOrder(degree / 2 + 1);
        Span<double> values = stackalloc double[n];
        for (int i = 1; i < n; i++)
        {
            for (int k = 0; k < rule.Nodes.Length; k++)
            {
                Interpolate(0.5 * nodes[i] * (1 + rule.Nodes[k]), values);
                for (int j = 0; j < n; j++)
                {
                    integral[i * n + j] += 0.5 * nodes[i] * rule.Weights[k] * values[j];
                }
            }
        }
    }

    /// <summary>q.</summary>
    public int Degree { get; }

    /// <summary>[i], q + 1 points from 0 to 1.</summary>
    public ReadOnlySpan<double> Nodes => nodes;

    /// <summary>[i, j], row-major: the derivative at point i of the polynomial that is 1 at point j and 0 at the others.</summary>
    public ReadOnlySpan<double> Derivative => derivative;

    /// <summary>[i, j], row-major: the integral from 0 to point i of the polynomial that is 1 at point j and 0 at the others.</summary>
    public ReadOnlySpan<double> Integral => integral;

    /// <summary>[i]: ∫_0^1 f ≈ Σ w_i f(x_i), exact to degree 2q - 2; the inflow point has weight 0.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>The values at a point of the polynomials that are 1 at one point of the basis and 0 at the others.</summary>
    /// <param name="x">The point, in [0, 1].</param>
    /// <param name="values">[i], receives q + 1 numbers that add up to 1.</param>
    public void Interpolate(double x, Span<double> values)
    {
        int n = Degree + 1;
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            double distance = x - nodes[i];
            if (distance == 0)
            {
                values[..n].Clear();
                values[i] = 1;
                return;
            }

            values[i] = barycentric[i] / distance;
            sum += values[i];
        }

        double scale = 1 / sum;
        for (int i = 0; i < n; i++)
        {
            values[i] *= scale;
        }
    }

    /// <summary>How well the polynomial through some values has converged: the size of its last Legendre coefficients.</summary>
    /// <param name="values">[i], q + 1 values.</param>
    /// <returns>An estimate of the interpolation error when the coefficients decay geometrically.</returns>
    public double Tail(ReadOnlySpan<double> values) => Math.Max(Math.Abs(Coefficient(Degree, values)), 0.25 * Math.Abs(Coefficient(Degree - 1, values)));

    /// <summary>The largest of the Legendre coefficients from three to four fifths of the degree, with which the last ones are compared: where these are hardly smaller, the values are noise, which a finer mesh does not resolve.</summary>
    /// <param name="values">[i], q + 1 values.</param>
    public double BeforeTail(ReadOnlySpan<double> values)
    {
        double most = 0;
        for (int k = 3 * Degree / 5; k <= 4 * Degree / 5; k++)
        {
            most = Math.Max(most, Math.Abs(Coefficient(k, values)));
        }

        return most;
    }

    private double Coefficient(int k, ReadOnlySpan<double> values)
    {
        int n = Degree + 1;
        double sum = 0;
        for (int j = 0; j < n; j++)
        {
            sum += legendre[k * n + j] * values[j];
        }

        return sum;
    }

    // The roots of P_q(x) - P_{q-1}(x), which include 1, carried from [-1, 1] to [0, 1], and the inflow point.
    private static double[] RadauPoints(int q)
    {
        var points = new double[q + 1];
        int found = 1, samples = 400 * q;
        double previous = -1;
        for (int k = 1; k < samples; k++)
        {
            double x = -Math.Cos(Math.PI * k / samples);
            if (Function(previous) * Function(x) < 0)
            {
                points[found++] = 0.5 * (1 + BracketedRoot.Find(Function, previous, x).Position);
            }

            previous = x;
        }

        points[q] = 1;
        return found == q ? points : throw new InvalidOperationException($"found {found} of {q} Radau points");

        double Function(double x)
        {
            var (value, before) = Legendre.At(q, x);
            return value - before;
        }
    }

    // [k, j]: the k-th Legendre coefficient of the polynomial with the values e_j: the inverse of V[j, k] = P_k(2 x_j - 1).
    private static double[] LegendreTransform(double[] nodes)
    {
        int n = nodes.Length;
        var matrix = new double[n * n];
        for (int j = 0; j < n; j++)
        {
            for (int k = 0; k < n; k++)
            {
                matrix[j * n + k] = Legendre.At(k, 2 * nodes[j] - 1).Value;
            }
        }

        var lu = LinearAlgebra.DenseLu.Of(matrix, n);
        var inverse = new double[n * n];
        Span<double> column = stackalloc double[n];
        for (int j = 0; j < n; j++)
        {
            column.Clear();
            column[j] = 1;
            lu.Solve(column);
            for (int k = 0; k < n; k++)
            {
                inverse[k * n + j] = column[k];
            }
        }

        return inverse;
    }
}
