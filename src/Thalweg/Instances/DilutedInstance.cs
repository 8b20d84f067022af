// A drawn landscape at large N on a random hypergraph: c edges a variable for each power, mean signal and noise covariance those of the dense model.
using System;
using System.Collections.Generic;
using Thalweg.Models;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Threads;
using Thalweg.Results;

namespace Thalweg.Instances;

/// <summary>Where the signal of a diluted instance is seen.</summary>
public enum SignalPlace
{
    /// <summary>On the edges, as part of what is observed there.</summary>
    Edges = 0,

    /// <summary>Everywhere: the term -S(m) of the dense model, without fluctuations.</summary>
    Dense = 1,
}

/// <summary>
/// ℓ(σ) = -Σ_k Σ_e w_e Π_{i∈e} σ_i with M_k = c floor(N/k) edges of k distinct variables for each power k ≥ 2, w_e = sqrt(v_k) g_e + u_k Π_{i∈e} σ*_i, g_e = ±1 fair and independent, and with (N)_k = N (N-1) ..
/// (N-k+1), v_k = a_k (N)_k/(N M_k), u_k = s_k (N)_k/M_k for Q = Σ a_k x^k, S = Σ s_k x^k. Terms of power 1 are dense.
/// </summary>
/// <remarks>
/// Derivation. A set of k variables is an edge with mean multiplicity M_k/C(N, k), so that the mean over the graphs of Σ_e Π x_i is M_k e_k(x)/C(N, k), e_k the elementary symmetric
/// polynomial. With x = σ∘σ' the mean noise covariance is Σ_k a_k k! e_k(σ∘σ')/N = Q(C)/N up to a relative O(1/N), and with x = σ∘σ* the mean signal is -Σ_k s_k k! e_k(σ∘σ*) = -S(m)
/// up to O(1/N), for σ, σ', σ* that are spread over the variables.
/// The edges that the signal is seen on fluctuate. Groups of a layer are almost independent draws without replacement: of the Hoeffding decomposition of Π x_i the mean is fixed,
/// the linear part cancels over a layer, the rest adds up. For σ*_i = ±1/sqrt(N) the signal has therefore the covariance, to add to Q(C)/N,
/// (1/N) Σ_k (k s_k²/c) [C^k - (mm')^k - k (mm')^(k-1) (C - mm')] between points of overlaps m, m' with the signal and C with each other: at m = 0 every a_k acts as a_k + k s_k²/c.
/// This is the correction O(1/c) of the mean and covariance; with <see cref="SignalPlace.Dense"/> it is absent. What is O(1/c) in both cases: given the graph the local fields
/// have few terms, so that the landscape is not jointly Gaussian, and observables of a dynamics differ from the dense ones by O(1/c).
/// Immutable, shared between threads. Memory Σ_k N c (8 + 4 (k - 1)) bytes; a draw takes O(N c) time.
/// </remarks>
public sealed class DilutedInstance
{
    /// <summary>The largest N.</summary>
    public const int LargestDimension = 1 << 21;

    private readonly double[] signal;

    private DilutedInstance(Model model, int dimension, int degree, SignalPlace place, double[] signal, double[] field, Hypergraph[] graphs)
    {
        Model = model;
        Dimension = dimension;
        Degree = degree;
        Place = place;
        this.signal = signal;
        Field = field;
        Graphs = graphs;
    }

    /// <summary>The dense distribution that the instance stands for.</summary>
    public Model Model { get; }

    /// <summary>N.</summary>
    public int Dimension { get; }

    /// <summary>c, the edges a variable for each power; one less for a variable that a layer leaves over.</summary>
    public int Degree { get; }

    /// <summary>Where the signal is seen.</summary>
    public SignalPlace Place { get; }

    /// <summary>σ*: [i], N entries of length one.</summary>
    public ReadOnlySpan<double> Signal => signal;

    // The linear noise: [i], empty when Q has no term of power 1.
    internal double[] Field { get; }

    internal Hypergraph[] Graphs { get; }

    /// <summary>Bytes that the edges take.</summary>
    /// <param name="model">Q and S.</param>
    /// <param name="dimension">N.</param>
    /// <param name="degree">c.</param>
    /// <param name="place">Where the signal is seen.</param>
    public static double ForecastBytes(Model model, int dimension, int degree, SignalPlace place = SignalPlace.Edges)
    {
        ArgumentNullException.ThrowIfNull(model);
        double bytes = 0;
        foreach (int power in PowersOf(model, place))
        {
            bytes += (double)dimension * degree * (sizeof(double) + (power - 1) * sizeof(int));
        }

        return bytes;
    }

    /// <summary>Draws an instance.</summary>
    /// <param name="model">Q and S, powers from 1 to 6.</param>
    /// <param name="dimension">N, from the largest power to <see cref="LargestDimension"/>.</param>
    /// <param name="degree">c, from 1 to N - 1.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="replica">Which instance of that seed.</param>
    /// <param name="signal">σ*: [i], N entries of length one, copied; null for random entries ±1/sqrt(N). It should be spread: an edge sees only its own variables.</param>
    /// <param name="place">Where the signal is seen.</param>
    /// <param name="team">The threads that share the work; null for the calling one.</param>
    /// <exception cref="BadInputException">N, c, a power or the signal is outside its range.</exception>
    /// <exception cref="LimitException">The edges do not fit in the memory; nothing was allocated.</exception>
    public static DilutedInstance Draw(
        Model model, int dimension, int degree, ulong seed, uint replica, double[]? signal = null, SignalPlace place = SignalPlace.Edges, ThreadTeam? team = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        InstanceForecast.Check(model, dimension);
        int[] powers = PowersOf(model, place);
        int largest = powers[^1];
        Check(largest, dimension, degree);
        double bytes = ForecastBytes(model, dimension, degree, place), allowed = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 5.0 * 4;
        if (bytes > allowed || (double)dimension * degree * Math.Max(1, largest - 1) > Array.MaxLength)
        {
            throw new LimitException(FormattableString.Invariant($"N = {dimension} with c = {degree} takes {bytes / 1e9:G3} GB of memory; choose a smaller c or N"));
        }

        double[] planted = signal is null ? PlantedSignal.Signs(dimension, seed, replica) : PlantedSignal.Checked(signal, dimension), field = [];
        var graphs = new Hypergraph[powers.Length];
        for (int k = 0; k < graphs.Length; k++)
        {
            int power = powers[k];
            double edges = (double)degree * (dimension / power), falling = 1;
            for (int j = 0; j < power; j++)
            {
                falling *= dimension - j;
            }

            double noise = Math.Sqrt(model.Noise.Coefficient(power) * falling / (dimension * edges)), pull = place == SignalPlace.Edges ? model.Signal.Coefficient(power) * falling / edges : 0;
            graphs[k] = Hypergraph.Draw(dimension, power, degree, noise, pull, planted, seed, replica, team);
        }

        if (model.Noise.Coefficient(1) > 0)
        {
            field = new double[dimension];
            NormalRows.Fill(field, seed, StreamPurpose.Graph, 1, replica, 0);
            double scale = Math.Sqrt(model.Noise.Coefficient(1) / dimension);
            foreach (ref double entry in field.AsSpan())
            {
                entry *= scale;
            }
        }

        return new(model, dimension, degree, place, planted, field, graphs);
    }

    /// <summary>The landscape for one walker.</summary>
    /// <param name="team">The threads that share a call; null for the calling one. The bits do not depend on it.</param>
    public DilutedLandscape Landscape(ThreadTeam? team = null) => new(this, team);

    /// <summary>The edges of one power: the variables of each and its weight, each edge once, from the lowest of its variables. For checks by brute force.</summary>
    /// <param name="power">k.</param>
    public IEnumerable<(int[] Variables, double Weight)> Edges(int power)
    {
        foreach (var graph in Graphs)
        {
            for (int slot = 0; graph.Power == power && slot < graph.Weights.Length; slot++)
            {
                int variable = slot / Degree;
                int[] edge = [variable, .. graph.Partners.AsSpan(slot * (power - 1), power - 1)];
                if (edge[1] != variable && Array.TrueForAll(edge, other => other >= variable))
                {
                    yield return (edge, graph.Weights[slot]);
                }
            }
        }
    }

    // Before anything else is asked of N and c.
    internal static void Check(int largestPower, int dimension, int degree)
    {
        if (dimension < largestPower || dimension > LargestDimension)
        {
            throw BadInputException.Of("--n", dimension.ToString(), $"an integer from {largestPower} to {LargestDimension}", $"an edge of power {largestPower} joins {largestPower} distinct variables");
        }

        if (degree < 1 || degree > dimension - 1)
        {
            throw BadInputException.Of("--diluted", degree.ToString(), $"an integer from 1 to {dimension - 1}", $"with N = {dimension} a variable has {dimension - 1} others; leave it out for all couplings");
        }
    }

    // The powers that have edges: those of the noise, and those of the signal when it is seen on edges.
    private static int[] PowersOf(Model model, SignalPlace place)
    {
        var powers = new SortedSet<int>();
        powers.UnionWith(model.Noise.Powers.ToArray());
        if (place == SignalPlace.Edges)
        {
            powers.UnionWith(model.Signal.Powers.ToArray());
        }

        powers.Remove(1);
        return [.. powers];
    }
}
