// Phase retrieval at finite N: random measurements of a hidden unit vector, and the memory that they take.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Threads;

namespace Thalweg.Problems;

/// <summary>
/// M = α N measurements, rounded: vectors x_μ of N standard normal entries and y_μ = x_μ·σ* for a unit vector σ*; the landscape is ℓ(σ) = (1/N) Σ l(x_μ·σ, y_μ) on |σ| = 1.
/// </summary>
/// <remarks>
/// With w = sqrt(N) σ and measurements of variance 1/N this is the loss Σ l over N, and the Hessian of ℓ in σ is that of Σ l in w: (1/N) Σ f x x^T here, Σ f x x^T there. So no factor stands between a measured eigenvalue and <see cref="Spectra"/>. Immutable: one instance serves every walker.
/// </remarks>
public sealed class PhaseRetrievalInstance
{
    private const int RowKind = 1;

    private PhaseRetrievalInstance(PhaseRetrieval model, int dimension, double[][] vectors, double[] targets, double[] signal) =>
        (Model, Dimension, Inputs, Targets, SignalVector) = (model, dimension, vectors, targets, signal);

    /// <summary>The loss.</summary>
    public PhaseRetrieval Model { get; }

    /// <summary>N.</summary>
    public int Dimension { get; }

    /// <summary>M.</summary>
    public int Measurements => Targets.Length;

    /// <summary>σ*: [i], of length one.</summary>
    public ReadOnlySpan<double> Signal => SignalVector;

    internal double[][] Inputs { get; }

    internal double[] Targets { get; }

    internal double[] SignalVector { get; }

    /// <summary>Draws an instance: every number is a function of seed and replica alone.</summary>
    /// <param name="model">The loss.</param>
    /// <param name="measurements">α &gt; 0; at least one measurement is made.</param>
    /// <param name="dimension">N ≥ 2.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="replica">Which of many instances.</param>
    /// <param name="team">Threads that share the rows; null for this one alone. The bits do not depend on them.</param>
    public static PhaseRetrievalInstance Draw(PhaseRetrieval model, double measurements, int dimension, ulong seed, uint replica, ThreadTeam? team = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 2);
        int count = Count(measurements, dimension);
        double[] signal = new double[dimension], targets = new double[count];
        double[][] vectors = new double[count][];
        new PhiloxStream(seed, StreamPurpose.Signal, replica).FillUnitVector(signal);
        if (team is null)
        {
            for (int row = 0; row < count; row++)
            {
                Fill(row);
            }
        }
        else
        {
            team.For(count, Fill);
        }

        return new(model, dimension, vectors, targets, signal);

        void Fill(int row)
        {
            vectors[row] = new double[dimension];
            NormalRows.Fill(vectors[row], seed, StreamPurpose.Data, RowKind, replica, row);
            targets[row] = Vectors.Dot(vectors[row], signal);
        }
    }

    /// <summary>M for a given α.</summary>
    /// <param name="measurements">α &gt; 0.</param>
    /// <param name="dimension">N.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is no positive number, or M has no place in an array.</exception>
    public static int Count(double measurements, int dimension) =>
        measurements > 0 && measurements * dimension < 2e9 ? Math.Max(1, (int)Math.Round(measurements * dimension))
            : throw new ArgumentOutOfRangeException(nameof(measurements), measurements, "must be above 0 and give fewer than 2e9 measurements");

    /// <summary>Bytes of an instance.</summary>
    /// <param name="measurements">α &gt; 0.</param>
    /// <param name="dimension">N.</param>
    public static double ForecastBytes(double measurements, int dimension) => 8.0 * Count(measurements, dimension) * (dimension + 5);

    /// <summary>A landscape for one walker.</summary>
    /// <param name="team">Threads that share each call; null for none. The bits do not depend on them.</param>
    public PhaseRetrievalLandscape Open(ThreadTeam? team = null) => new(this, team);
}
