// The pure spherical p-spin at finite N: exact mean numbers of critical points by index and energy, as averages over one random matrix.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Thalweg.Numerics;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Statistics;
using Thalweg.Results;

namespace Thalweg.Complexity;

/// <summary>
/// E #{critical points of index k with e ≤ u} = 2 sqrt(2/p) (p-1)^(N/2) E[exp(-N (p-2) λ_k²/(2p)); λ_k ≤ u sqrt(p/(2(p-1)))], with λ_0 ≤ λ_1 ≤ .. the eigenvalues of an N × N matrix of the Gaussian orthogonal ensemble whose semicircle ends at ±sqrt(2) (Auffinger, Ben Arous, Cerny 2013, theorem 2.1); energies per N in the normalisation Q(x) = x^p.
/// </summary>
/// <remarks>
/// One draw serves every index and every level: the matrix as a tridiagonal one (Dumitriu and Edelman 2002). At the levels E_k the probability that the k-th eigenvalue lies so deep is some exp(-N/300), so that no rare event has to be forced up to N of some hundreds. Errors are one standard error of the mean over draws;
/// the weights are those of a Gaussian at the edge of the spectrum, whose spread grows like exp(N^(1/3)/2). Against <see cref="FiniteSizeCount"/> it shares nothing but the draws' form, and needs no integral.
/// </remarks>
public sealed class PureSpinCount
{
    /// <summary>The largest N that is accepted.</summary>
    public const int LargestDimension = 200;

    private const int Batches = 64, Groups = 16;

    private readonly double[][] energies, weights;
    private readonly double prefactor;

    private PureSpinCount(double prefactor, double[][] energies, double[][] weights, Quantity total, Quantity[] byIndex) =>
        (this.prefactor, this.energies, this.weights, Total, ByIndex) = (prefactor, energies, weights, total, byIndex);

    /// <summary>The mean number of critical points.</summary>
    public Quantity Total { get; }

    /// <summary>[index], N entries: from minima (0) to maxima (N - 1).</summary>
    public IReadOnlyList<Quantity> ByIndex { get; }

    /// <summary>Draws the matrices: O(samples N²) time, 16 samples × indices bytes.</summary>
    /// <param name="order">p ≥ 2.</param>
    /// <param name="dimension">N, from 2 to <see cref="LargestDimension"/>.</param>
    /// <param name="indices">For how many indices, from 0 on, energies are kept; 1 to N.</param>
    /// <param name="samples">How many matrices, at least 64; the error falls like one over its root.</param>
    /// <param name="seed">Of the matrices.</param>
    /// <param name="threads">How many threads work; null means one a core. The bits do not depend on it.</param>
    /// <param name="cancellation">Ends the count early.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static PureSpinCount Of(int order, int dimension, int indices, int samples = 8000, ulong seed = 1, int? threads = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, LargestDimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(indices, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(indices, dimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, Batches);
        int n = dimension;
        double p = order, decay = n * (p - 2) / (2 * p), toEnergy = Math.Sqrt(2 * (p - 1) / p), factor = 2 * Math.Sqrt(2 / p) * PortableMath.Exp(0.5 * n * PortableMath.Log(p - 1));
        double[][] places = Rows(indices, samples), shares = Rows(indices, samples), sums = Rows(Batches, n + 1), squares = Rows(Batches, n + 1);
        Parallel.For(0, Batches, new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount, CancellationToken = cancellation }, batch =>
        {
            int first = (int)((long)samples * batch / Batches), end = (int)((long)samples * (batch + 1) / Batches);
            var draw = new TridiagonalGoe(n, new(seed, StreamPurpose.Matrix, 2, (uint)batch));
            var trace = new PhiloxStream(seed, StreamPurpose.Matrix, 3, (uint)batch);
            double[] values = new double[n], off = new double[n];
            for (int i = first; i < end; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                draw.Next();
                draw.Diagonal.CopyTo(values, 0);
                draw.OffDiagonal.CopyTo(off, 0);
                Tridiagonal.SolveInPlace(values, off);
                Array.Sort(values);

                // The draws come without their trace, whose share in each eigenvalue is an independent N(0, 2/n).
                double shift = Math.Sqrt(2.0 / n) * trace.NextNormal(), total = 0;
                for (int k = 0; k < n; k++)
                {
                    double λ = (values[k] + shift) / Math.Sqrt(2.0 * n), weight = PortableMath.Exp(-decay * λ * λ);
                    total += weight;
                    sums[batch][k] += weight;
                    squares[batch][k] += weight * weight;
                    if (k < indices)
                    {
                        (places[k][i], shares[k][i]) = (λ * toEnergy, weight);
                    }
                }

                sums[batch][n] += total;
                squares[batch][n] += total * total;
            }
        });

        Quantity[] means = [.. Enumerable.Range(0, n + 1).Select(k => Mean(factor, sums.Sum(row => row[k]), squares.Sum(row => row[k]), samples))];
        return new(factor, places, shares, means[n], means[..n]);
    }

    /// <summary>The mean number of critical points of an index at or below an energy.</summary>
    /// <param name="index">k, below the number of indices whose energies were kept.</param>
    /// <param name="energy">u, per N.</param>
    public Quantity Below(int index, double energy)
    {
        double sum = 0, square = 0;
        for (int i = 0; i < weights[index].Length; i++)
        {
            double weight = energies[index][i] <= energy ? weights[index][i] : 0;
            (sum, square) = (sum + weight, square + weight * weight);
        }

        return Mean(prefactor, sum, square, weights[index].Length);
    }

    /// <summary>The energy u_k(N) at or below which one critical point of an index lies in the mean; it tends to -E_k, with corrections of order ln N/N.</summary>
    /// <param name="index">k, below the number of indices whose energies were kept.</param>
    /// <returns>With the standard error of sixteen groups of draws; missing where there is less than one such point in the mean.</returns>
    public Quantity Level(int index)
    {
        int samples = energies[index].Length;
        double? whole = Level(index, 0, samples);
        double?[] groups = [.. Enumerable.Range(0, Groups).Select(g => Level(index, (int)((long)samples * g / Groups), (int)((long)samples * (g + 1) / Groups)))];
        return whole is not { } level ? Quantity.Missing("in the mean there is less than one such point")
            : groups.Any(group => group is null) ? Quantity.Missing("too few draws to tell where in the mean one such point lies")
            : Quantity.Of(level, SampleMean.Of([.. groups.Select(group => group!.Value)]).Error, How.Simulation);
    }

    private double? Level(int index, int first, int end)
    {
        double[] places = energies[index][first..end], shares = weights[index][first..end];
        Array.Sort(places, shares);
        double count = 0;
        for (int i = 0; i < places.Length; i++)
        {
            double before = count;
            count += prefactor * shares[i] / places.Length;
            if (count >= 1)
            {
                // Between two draws the number grows evenly.
                double from = i > 0 ? places[i - 1] : places[i];
                return from + (places[i] - from) * (1 - before) / (count - before);
            }
        }

        return null;
    }

    private static double[][] Rows(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new double[length])];

    private static Quantity Mean(double factor, double sum, double square, int samples)
    {
        double mean = sum / samples;
        return Quantity.Of(factor * mean, factor * Math.Sqrt(Math.Max(0, square / samples - mean * mean) / (samples - 1)), How.Simulation);
    }
}
