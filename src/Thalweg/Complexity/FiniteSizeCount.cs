// The exact Kac-Rice formula at finite N: the expected number of stationary points of a small landscape, in total and by index.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Thalweg.Models;
using Thalweg.Numerics;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Quadrature;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Statistics;
using Thalweg.Results;

namespace Thalweg.Complexity;

/// <summary>Expected numbers of stationary points on the unit sphere of R^N.</summary>
/// <param name="Total">Of all of them.</param>
/// <param name="ByIndex">[index], N entries: from minima (0) to maxima (N - 1).</param>
/// <param name="Euler">Σ (-1)^index, which must come out as the Euler characteristic of the sphere: 0 for even N, 2 for odd N.</param>
public sealed record FiniteSizeCounts(Quantity Total, IReadOnlyList<Quantity> ByIndex, Quantity Euler);

/// <summary>
/// E #{σ: grad ℓ = 0} = |S^(N-2)| (N/2πQ_1)^((N-1)/2) ∫dm (1-m²)^((N-3)/2) exp(-N(1-m²)S'(m)²/2Q_1) E|det H(m)|, with H = sqrt(Q_2) W + (m S'(m) - s) - (1-m²) S''(m) e_1 e_1^T,
/// W a GOE matrix of size N-1 (variances 1/N, 2/N on the diagonal) and s ~ N(0, (Q_1+Q_2)/N) (derived; the paper has only its exponential rate). By index: the same with the
/// index of H.
/// </summary>
/// <remarks>
/// Method. A reflection that fixes e_1 makes W tridiagonal with independent entries (Dumitriu and Edelman 2002), so that each draw of N-1 normal and N-2 chi numbers
/// serves every m by one tridiagonal eigenvalue problem. The mean of the diagonal joins s; its Gaussian integral is done piecewise between the eigenvalues, m by a
/// Gauss-Legendre rule in y, m = y(3-y²)/2, where the integrand is analytic for every N. What is left is averaged over draws with all polynomials of degree three in the
/// entries (two from N = 9 on) as control variates, whose means are known. Holds for Gaussian noise that is isotropic at finite N, and any signal polynomial.
/// </remarks>
public static class FiniteSizeCount
{
    /// <summary>The largest N that is accepted.</summary>
    public const int LargestDimension = 24;

    private const int Batches = 64, CubicControlsUpTo = 8, PanelPoints = 12, RuleChecks = 32;
    private const double Reach = 8, LongestPanel = 4, InverseRoot2Pi = 0.3989422804014327;
    private static readonly GaussLegendre Panel = GaussLegendre.OfOrder(PanelPoints);

    /// <summary>The expected counts of a model at N.</summary>
    /// <param name="model">Q and S.</param>
    /// <param name="dimension">N, from 2 to <see cref="LargestDimension"/>.</param>
    /// <param name="samples">How many random matrices, at least 1000 and ten for each control variate (83 at N = 5, 454 at N = 8); the error falls like one over its
    /// root.</param>
    /// <param name="seed">The seed of the matrices.</param>
    /// <param name="threads">How many threads work, at least 1; null means one per core.</param>
    /// <param name="cancellation">Ends the count early.</param>
    /// <returns>Counts whose error is one standard error plus the difference of two rules in m; the same bits for any number of threads. About 0.1 ms a sample and core at
    /// N = 5, 0.3 ms at N = 8.</returns>
    /// <exception cref="ArgumentOutOfRangeException">N, the number of samples or of threads outside its range.</exception>
    public static FiniteSizeCounts Of(Model model, int dimension, int samples = 20_000, ulong seed = 1, int? threads = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (dimension is < 2 or > LargestDimension)
        {
            throw new ArgumentOutOfRangeException(nameof(dimension), dimension, $"N must be an integer from 2 to {LargestDimension}; beyond it the counts are exponentials of their rate");
        }

        var integrand = new Integrand(model, dimension, 24 + 2 * dimension);
        int least = Math.Max(1000, 10 * integrand.Controls);
        if (samples < least)
        {
            throw new ArgumentOutOfRangeException(nameof(samples), samples, $"must be at least {least} at N = {dimension}");
        }

        int outcomes = dimension + 2;
        var batches = new ControlledMean[Batches];
        Parallel.For(0, Batches, new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount, CancellationToken = cancellation }, batch =>
        {
            int first = (int)((long)samples * batch / Batches), end = (int)((long)samples * (batch + 1) / Batches);
            var mean = new ControlledMean(integrand.Controls, outcomes);
            var draw = new TridiagonalGoe(dimension - 1, new PhiloxStream(seed, StreamPurpose.Matrix, 0, (uint)batch));
            var y = new double[outcomes];
            var controls = new double[integrand.Controls];
            for (int i = first; i < end; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                draw.Next();
                integrand.Evaluate(draw, y);
                integrand.FillControls(draw, controls);
                mean.Add(y, controls);
            }

            batches[batch] = mean;
        });

        for (int batch = 2; batch < Batches; batch++)
        {
            batches[batch % 2].Merge(batches[batch]);
        }

        var means = new double[outcomes];
        var errors = new double[outcomes];
        ControlledMean.CrossFit(batches[0], batches[1], means, errors);
        double[] rule = RuleError(integrand, new Integrand(model, dimension, 2 * (24 + 2 * dimension)), dimension, seed);
        var quantities = Enumerable.Range(0, outcomes).Select(k => Quantity.Of(means[k], errors[k] + rule[k], How.Simulation)).ToArray();
        return new(quantities[dimension], quantities[..dimension], quantities[dimension + 1]);
    }

    // The mean difference between two rules in m over a few matrices: far below the statistical error unless the signal is extremely strong.
    private static double[] RuleError(Integrand coarse, Integrand fine, int dimension, ulong seed)
    {
        var draw = new TridiagonalGoe(dimension - 1, new PhiloxStream(seed, StreamPurpose.Matrix, 1));
        var error = new double[dimension + 2];
        var a = new double[dimension + 2];
        var b = new double[dimension + 2];
        for (int i = 0; i < RuleChecks; i++)
        {
            draw.Next();
            coarse.Evaluate(draw, a);
            fine.Evaluate(draw, b);
            for (int k = 0; k < error.Length; k++)
            {
                error[k] += (a[k] - b[k]) / RuleChecks;
            }
        }

        return [.. error.Select(Math.Abs)];
    }

    // Everything of the formula that does not depend on the matrix, and the piecewise integral over the shift for one matrix.
    private sealed class Integrand
    {
        private readonly int n;
        private readonly double matrixScale;
        private readonly double shiftDeviation;
        private readonly (double Weight, double Mean, double Spike)[] nodes;

        public Integrand(Model model, int dimension, int points)
        {
            n = dimension - 1;
            var noise = model.Noise;
            var signal = model.Signal;
            double q1 = noise.SlopeAtOne, q2 = noise.CurvatureAtOne;
            matrixScale = Math.Sqrt(q2 / dimension);
            shiftDeviation = Math.Sqrt((q1 + q2) / dimension + 2 * q2 / (dimension * n));
            var rule = GaussLegendre.OfOrder(points);
            nodes = new (double, double, double)[points];
            double prefactor = Prefactor(dimension, q1);
            for (int i = 0; i < points; i++)
            {
                double y = rule.Nodes[i], m = 0.5 * y * (3 - y * y), inside = (1 - y) * (1 + y), rest = inside * inside * (4 - y * y) / 4;
                double weight = prefactor * rule.Weights[i] * 1.5 * SliceWeight(inside, y, dimension) * PortableMath.Exp(-dimension * rest * signal.DQ(m) * signal.DQ(m) / (2 * q1));
                nodes[i] = (weight, -m * signal.DQ(m), rest * signal.D2Q(m));
            }

            // Without a signal nothing depends on m: one node carries the whole sphere.
            if (signal.IsZero)
            {
                nodes = [(nodes.Sum(node => node.Weight), 0, 0)];
            }
        }

        private bool IsCubic => n < CubicControlsUpTo;

        // All monomials of the 2(n - 1) standard variables up to the chosen degree.
        public int Controls
        {
            get
            {
                int d = 2 * (n - 1);
                return d + d * (d + 1) / 2 + (IsCubic ? d * (d + 1) * (d + 2) / 6 : 0);
            }
        }

        // y[index], y[N] = total, y[N + 1] = Σ (-1)^index.
        public void Evaluate(TridiagonalGoe draw, Span<double> y)
        {
            Span<double> eigenvalues = stackalloc double[n], off = stackalloc double[n];
            y.Clear();
            foreach (var (weight, mean, spike) in nodes)
            {
                for (int i = 0; i < n; i++)
                {
                    eigenvalues[i] = matrixScale * draw.Diagonal[i];
                    off[i] = matrixScale * draw.OffDiagonal[i];
                }

                eigenvalues[0] -= spike;
                Tridiagonal.SolveInPlace(eigenvalues, off);
                eigenvalues.Sort();
                for (int i = 0; i < n; i++)
                {
                    eigenvalues[i] = (eigenvalues[i] - mean) / shiftDeviation;
                }

                AddPieces(eigenvalues, weight, y);
            }

            int sign = 1;
            for (int index = 0; index <= n; index++)
            {
                y[index] *= Power(shiftDeviation, n);
                y[n + 1] += y[index];
                y[n + 2] += sign * y[index];
                sign = -sign;
            }
        }

        public void FillControls(TridiagonalGoe draw, Span<double> controls)
        {
            var x = draw.Standard;
            int at = 0;
            for (int i = 0; i < x.Length; i++)
            {
                controls[at++] = x[i];
                for (int j = 0; j <= i; j++)
                {
                    double pair = x[i] * x[j];
                    controls[at++] = i == j ? pair - 1 : pair;
                    for (int k = 0; IsCubic && k <= j; k++)
                    {
                        controls[at++] = pair * x[k] - (i == k ? draw.Skewness(i) : 0);
                    }
                }
            }
        }

        // y[k] += weight ∫ Π|x_i - t| φ(t) dt over the gap in which exactly k of the ascending x_i are smaller than t.
        private static void AddPieces(ReadOnlySpan<double> x, double weight, Span<double> y)
        {
            double low = -Reach;
            for (int index = 0; index <= x.Length; index++)
            {
                double high = index < x.Length ? Math.Clamp(x[index], -Reach, Reach) : Reach;
                if (high <= low)
                {
                    continue;
                }

                int panels = (int)Math.Ceiling((high - low) / LongestPanel);
                double half = 0.5 * (high - low) / panels, sum = 0;
                for (int panel = 0; panel < panels; panel++)
                {
                    double centre = low + (2 * panel + 1) * half;
                    for (int k = 0; k < PanelPoints; k++)
                    {
                        double t = centre + half * Panel.Nodes[k], product = Panel.Weights[k] * PortableMath.Exp(-0.5 * t * t);
                        foreach (double position in x)
                        {
                            product *= position - t;
                        }

                        sum += product;
                    }
                }

                y[index] += weight * InverseRoot2Pi * half * Math.Abs(sum);
                low = high;
            }
        }

        // |S^(N-2)| (N/2πQ_1)^((N-1)/2) = 2 r^h/Γ(h) with h = (N-1)/2, r = N/(2Q_1), built up from h = 1/2 or 1.
        private static double Prefactor(int dimension, double q1)
        {
            double r = dimension / (2 * q1), target = 0.5 * (dimension - 1), h = dimension % 2 == 0 ? 0.5 : 1;
            double value = h < 1 ? 2 * Math.Sqrt(r / Math.PI) : 2 * r;
            for (; h < target; h++)
            {
                value *= r / h;
            }

            return value;
        }

        // (1-m²)^((N-3)/2) dm/dy / (3/2) with sqrt(1-m²) = (1-y²) sqrt(4-y²)/2 and dm/dy = 3 (1-y²)/2.
        private static double SliceWeight(double inside, double y, int dimension)
        {
            double root = 0.5 * Math.Sqrt(4 - y * y);
            return dimension == 2 ? 1 / root : inside * Power(inside * root, dimension - 3);
        }

        private static double Power(double x, int exponent)
        {
            double result = 1;
            for (int i = 0; i < exponent; i++)
            {
                result *= x;
            }

            return result;
        }
    }
}
