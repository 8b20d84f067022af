// Langevin dynamics of one coordinate, dx = -V'(x) dt + sqrt(2/β) dB: the spectral gap of its generator, its equilibrium, and how a mean relaxes.
using System;
using System.Linq;
using Thalweg.Numerics;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Results;

namespace Thalweg.Spectra;

/// <summary>
/// L u = e^{βV} (e^{-βV} u')'/β on an interval with reflecting ends, as a reversible chain on cells of width h: weights m_i = e^{-βV(x_i)} of the cells, conductances c_{i+½} = e^{-βV(x_{i+½})}/(βh²) between them, (Lu)_i = [c_{i+½}(u_{i+1} - u_i) - c_{i-½}(u_i - u_{i-1})]/m_i, of second order in h.
/// </summary>
/// <remarks>
/// The gap is that of the equivalent Schroedinger operator -ψ''/β + (βV'²/4 - V''/2) ψ. In a double well it is exponentially small in β, far below the rounding of the matrix; it is computed with all digits from the fluxes w_{i+½} = c_{i+½}(u_{i+1} - u_i), whose matrix has the same eigenvalues but zero and an
/// inverse that is a few running sums of positive terms. Three grids, each of twice the cells, are extrapolated in h².
/// </remarks>
public sealed class LangevinGenerator
{
    private const int Cells = 400, Grids = 3, MostIterations = 10_000;
    private const double Deepest = 40;

    private readonly Func<double, double> potential;
    private readonly double beta, floor, low, high;

    /// <summary>The dynamics at a temperature.</summary>
    /// <param name="potential">V: smooth, rising without bound at both ends.</param>
    /// <param name="inverseTemperature">β > 0.</param>
    /// <param name="left">A place left of all minima, from which the interval is widened until e^{-β(V - min V)} is below 1e-17.</param>
    /// <param name="right">A place right of them.</param>
    public LangevinGenerator(Func<double, double> potential, double inverseTemperature, double left, double right)
    {
        ArgumentNullException.ThrowIfNull(potential);
        if (!(inverseTemperature > 0 && double.IsFinite(inverseTemperature)))
        {
            throw new ArgumentOutOfRangeException(nameof(inverseTemperature), inverseTemperature, "must be above 0");
        }

        (this.potential, beta) = (potential, inverseTemperature);
        floor = Enumerable.Range(0, Cells + 1).Min(i => potential(left + (right - left) * i / Cells));
        (low, high) = (Reach(left, -0.05 * (right - left)), Reach(right, 0.05 * (right - left)));
    }

    /// <summary>The interval: its ends.</summary>
    public (double Low, double High) Interval => (low, high);

    /// <summary>λ_1: the smallest eigenvalue of -L but zero, the rate at which the slowest mean relaxes.</summary>
    public Quantity Gap() => Extrapolated(cells => GapOn(cells));

    /// <summary>∫ f e^{-βV}/∫ e^{-βV}, by trapezoids, which converge faster than any power here.</summary>
    /// <param name="function">f.</param>
    public Quantity Mean(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        double coarse = MeanOn(Cells), fine = MeanOn(2 * Cells);
        return Quantity.Of(fine, Math.Abs(fine - coarse) + 1e-14 * Math.Abs(fine), How.Quadrature);

        double MeanOn(int cells)
        {
            double sum = 0, whole = 0;
            for (int i = 0; i < cells; i++)
            {
                double x = Place(i + 0.5, cells), weight = Weight(x);
                (sum, whole) = (sum + weight * function(x), whole + weight);
            }

            return sum / whole;
        }
    }

    /// <summary>E f(x(t)) from a start, at several times: all eigenpairs of the chain on two grids, extrapolated in h².</summary>
    /// <param name="function">f.</param>
    /// <param name="start">x(0), inside the interval.</param>
    /// <param name="times">t ≥ 0.</param>
    /// <returns>[time]; O(cells³).</returns>
    public Quantity[] Relaxation(Func<double, double> function, double start, ReadOnlySpan<double> times)
    {
        ArgumentNullException.ThrowIfNull(function);
        double[] coarse = RelaxationOn(Cells / 4, function, start, times), middle = RelaxationOn(Cells / 2, function, start, times), fine = RelaxationOn(Cells, function, start, times);
        var result = new Quantity[times.Length];
        for (int k = 0; k < result.Length; k++)
        {
            double last = fine[k] + (fine[k] - middle[k]) / 3, before = middle[k] + (middle[k] - coarse[k]) / 3;
            result[k] = Quantity.Of(last, Math.Abs(last - before) + 1e-12, How.Quadrature);
        }

        return result;
    }

    /// <summary>The law of Eyring and Kramers for a double well: λ_1 ≈ [sqrt(V''(a)|V''(s)|) e^{-β(V(s)-V(a))} + sqrt(V''(b)|V''(s)|) e^{-β(V(s)-V(b))}]/2π, up to a relative O(1/β).</summary>
    /// <param name="curvature">V''.</param>
    /// <param name="left">a, a minimum.</param>
    /// <param name="saddle">s, the maximum between them.</param>
    /// <param name="right">b, the other minimum.</param>
    public Quantity Kramers(Func<double, double> curvature, double left, double saddle, double right)
    {
        ArgumentNullException.ThrowIfNull(curvature);
        double rate = 0;
        foreach (double minimum in new[] { left, right })
        {
            rate += Math.Sqrt(curvature(minimum) * -curvature(saddle)) * PortableMath.Exp(-beta * (potential(saddle) - potential(minimum))) / (2 * Math.PI);
        }

        return Quantity.Of(rate, rate / beta, How.Estimate);
    }

    private double Reach(double from, double step)
    {
        double x = from;
        while (beta * (potential(x) - floor) < Deepest)
        {
            x += step;
        }

        return x;
    }

    private double Place(double i, int cells) => low + (high - low) * i / cells;

    private double Weight(double x) => PortableMath.Exp(-beta * (potential(x) - floor));

    // Neville's scheme in h² for 1, 2, 4 times the cells.
    private static Quantity Extrapolated(Func<int, double> onCells)
    {
        double[] values = [.. Enumerable.Range(0, Grids).Select(k => onCells(Cells << k))];
        double before = values[^1];
        for (int order = 1; order < Grids; order++)
        {
            before = values[^1];
            double factor = Math.Pow(4, order) - 1;
            for (int k = Grids - 1; k >= order; k--)
            {
                values[k] += (values[k] - values[k - 1]) / factor;
            }
        }

        return Quantity.Of(values[^1], Math.Abs(values[^1] - before) + 1e-13 * Math.Abs(values[^1]), How.Quadrature);
    }

    // The largest eigenvalue of A^-1 C^-1, A = D M^-1 D^T, by power iteration; fluxes vanish at the ends.
    private double GapOn(int cells)
    {
        double h = (high - low) / cells;
        double[] weights = [.. Enumerable.Range(0, cells).Select(i => Weight(Place(i + 0.5, cells)))], resistances = [.. Enumerable.Range(1, cells - 1).Select(i => beta * h * h / Weight(Place(i, cells)))];
        double[] flux = [.. resistances.Select(resistance => 1 / resistance)], load = new double[cells - 1];
        double whole = weights.Sum(), rate = 0;
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            double before = rate, top = flux.Max(), drop = 0, mean = 0, square = 0;
            for (int i = 0; i < flux.Length; i++)
            {
                flux[i] /= top;
                load[i] = resistances[i] * flux[i];
            }

            // u_{i+1} - u_i of the new flux's potential is the load: the potential is its running sum, its mean over the weights is zero.
            for (int i = 1; i < cells; i++)
            {
                drop += load[i - 1];
                mean += weights[i] * drop;
            }

            mean /= whole;
            double sum = 0, potentialHere = -mean;
            for (int i = 0; i + 1 < cells; i++)
            {
                sum -= weights[i] * potentialHere;
                square += sum * resistances[i] * sum;
                drop = sum * load[i];
                rate = i == 0 ? drop : rate + drop;
                flux[i] = sum;
                potentialHere += load[i];
            }

            // ⟨w,C^-1 Tw⟩/⟨Tw,C^-1 Tw⟩ with T = A^-1 C^-1.
            rate /= square;
            if (Math.Abs(rate - before) <= 1e-15 * rate)
            {
                break;
            }
        }

        return rate;
    }

    private double[] RelaxationOn(int cells, Func<double, double> function, double start, ReadOnlySpan<double> times)
    {
        double h = (high - low) / cells;
        double[] weights = [.. Enumerable.Range(0, cells).Select(i => Weight(Place(i + 0.5, cells)))], diagonal = new double[cells], off = new double[cells], basis = new double[cells * cells];
        for (int i = 0; i + 1 < cells; i++)
        {
            double conductance = Weight(Place(i + 1, cells)) / (beta * h * h);
            off[i] = -conductance / Math.Sqrt(weights[i] * weights[i + 1]);
            diagonal[i] += conductance / weights[i];
            diagonal[i + 1] += conductance / weights[i + 1];
        }

        for (int i = 0; i < cells; i++)
        {
            basis[i * cells + i] = 1;
        }

        Tridiagonal.SolveInPlace(diagonal, off, basis);

        // The start lies between two cells' middles: a cubic through four of them keeps the order.
        double position = (start - low) / h - 0.5;
        int first = Math.Clamp((int)Math.Floor(position) - 1, 0, cells - 4);
        double[] roots = [.. weights.Select(Math.Sqrt)], shares = [.. Enumerable.Range(0, 4).Select(j => Lagrange(position - first, j))];
        var result = new double[times.Length];
        for (int k = 0; k < cells; k++)
        {
            double there = 0, here = 0;
            for (int i = 0; i < cells; i++)
            {
                there += basis[k * cells + i] * roots[i] * function(Place(i + 0.5, cells));
            }

            for (int j = 0; j < 4; j++)
            {
                here += shares[j] * basis[k * cells + first + j] / roots[first + j];
            }

            for (int n = 0; n < times.Length; n++)
            {
                result[n] += PortableMath.Exp(-Math.Max(0, diagonal[k]) * times[n]) * here * there;
            }
        }

        return result;

        static double Lagrange(double x, int j)
        {
            double product = 1;
            for (int i = 0; i < 4; i++)
            {
                product *= i == j ? 1 : (x - i) / (j - i);
            }

            return product;
        }
    }
}
