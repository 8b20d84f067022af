// A drawn landscape at finite N with packed symmetric tensors: its covariance is Q(C)/N and its signal -S(m), exactly at every N.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Threads;
using Thalweg.Results;

namespace Thalweg.Instances;

/// <summary>
/// A draw of ℓ(σ) = Σ_k ε_k(σ) - S(m), ε_k(σ) = -sqrt(a_k/N) Σ G_{i_1..i_k} σ_{i_1}..σ_{i_k} with iid standard normal entries over all N^k index tuples, Q(x) = Σ a_k x^k, m =
/// σ·σ*. The entries of one multiset of indices are summed beforehand: C(N+k-1, k) numbers for power k.
/// </summary>
/// <remarks>
/// The noise is a pure function of (seed, replica, power, indices); what does not fit in memory is drawn again at each gradient, to the same bits. Immutable, shared between
/// threads; each walker asks for a <see cref="Landscape"/> of its own.
/// </remarks>
public sealed class PackedInstance
{
    // A gradient is the sum of the pieces' own, in their order: the number of pieces depends on the size alone, so that the bits do not depend on the threads.
    private const int MostPieces = 64;
    private const double EntriesPerPiece = 1 << 17, MostRows = 1e12;

    private readonly double[] signal;

    private PackedInstance(Model model, int dimension, PackedOptions options, double[] signal, PackedTensor[] tensors, int pieces)
    {
        Model = model;
        Dimension = dimension;
        Options = options;
        this.signal = signal;
        Tensors = tensors;
        Pieces = pieces;
    }

    /// <summary>The distribution that the instance was drawn from.</summary>
    public Model Model { get; }

    /// <summary>N.</summary>
    public int Dimension { get; }

    /// <summary>How it was drawn and is kept.</summary>
    public PackedOptions Options { get; }

    /// <summary>σ*: [i], N entries of length one.</summary>
    public ReadOnlySpan<double> Signal => signal;

    internal PackedTensor[] Tensors { get; }

    internal int Pieces { get; }

    /// <summary>Draws an instance; O(Σ N^k/k!) time and, when stored, memory.</summary>
    /// <param name="model">Q and S, powers from 1 to 6.</param>
    /// <param name="dimension">N, at least 2; for strict sums at least the largest power.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="replica">Which instance of that seed.</param>
    /// <param name="options">How to draw and keep it; null for <see cref="PackedOptions.Default"/>.</param>
    /// <param name="team">The threads that share the work; null for the calling one.</param>
    /// <exception cref="BadInputException">N, a power or the signal is outside its range.</exception>
    /// <exception cref="LimitException">The entries do not fit in the memory; the sentence says both costs, and nothing was allocated.</exception>
    public static PackedInstance Draw(Model model, int dimension, ulong seed, uint replica, PackedOptions? options = null, ThreadTeam? team = null)
    {
        options ??= PackedOptions.Default;
        var forecast = InstanceForecast.Of(model, dimension, options.Precision, team?.Threads ?? 1);
        double rows = 0;
        foreach (int power in model.Noise.Powers)
        {
            rows = Math.Max(rows, new PackedShape(dimension, power).RowsEstimate);
        }

        double allowed = options.LargestBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 5.0 * 4;
        if (options.IsStored && forecast.Bytes > allowed)
        {
            throw new LimitException(FormattableString.Invariant($"{forecast.Sentence}; {allowed / 1e9:G3} GB are allowed: choose a smaller N, draw on the fly, or use a diluted instance"));
        }

        if (rows > MostRows || dimension > NormalRows.LongestRow)
        {
            throw new LimitException($"{forecast.Sentence}: too many to draw; choose a smaller N, or use a diluted instance");
        }

        int largest = Math.Max(model.Noise.Powers[^1], model.Signal.IsZero ? 1 : model.Signal.Powers[^1]);
        if (options.Sampler == NoiseSampler.StrictSums && dimension < largest)
        {
            throw BadInputException.Of("--n", dimension.ToString(), $"an integer >= {largest}", $"strict sums of power {largest} have no term below");
        }

        double[] planted = options.Signal is null ? PlantedSignal.FirstAxis(dimension) : PlantedSignal.Checked(options.Signal, dimension);
        int pieces = (int)Math.Clamp(forecast.Entries / EntriesPerPiece, 1, MostPieces);
        var tensors = new PackedTensor[model.Noise.Powers.Length];
        for (int k = 0; k < tensors.Length; k++)
        {
            tensors[k] = new(new(dimension, model.Noise.Powers[k]), model.Noise.Coefficients[k], options, pieces, seed, replica);
        }

        if (options.IsStored)
        {
            void Store(int item) => tensors[item / pieces].Store(item % pieces);
            if (team is null)
            {
                for (int item = 0; item < pieces * tensors.Length; item++)
                {
                    Store(item);
                }
            }
            else
            {
                team.For(pieces * tensors.Length, Store);
            }
        }

        return new(model, dimension, options, planted, tensors, pieces);
    }

    /// <summary>The landscape for one walker: value, gradient and Hessian products with a workspace of some 64 N doubles, five times that when rows are drawn again.</summary>
    /// <param name="team">The threads that share a call; null for the calling one. The bits do not depend on it.</param>
    public PackedLandscape Landscape(ThreadTeam? team = null) => new(this, team);

    /// <summary>One entry w of the sum ε_k = -Σ_{i_1 ≥ .. ≥ i_k} w σ_{i_1} .. σ_{i_k}, drawn again from its name alone.</summary>
    /// <param name="indices">k indices, descending, each from 0 to N - 1; k is one of the powers of Q.</param>
    public double Entry(ReadOnlySpan<int> indices)
    {
        int power = indices.Length;
        foreach (var tensor in Tensors)
        {
            if (tensor.Shape.Power == power)
            {
                var outer = indices[..(power - 1)];
                double[] row = new double[tensor.Shape.RowLength(outer)];
                tensor.DrawRow(tensor.Shape.RowOf(outer), outer, row);
                return row[indices[^1]];
            }
        }

        throw new ArgumentException($"Q has no term of power {power}", nameof(indices));
    }
}
