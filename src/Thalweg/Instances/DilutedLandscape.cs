// A diluted instance as a landscape for one walker: blocks of variables in parallel, each variable gathers along its own edges.
using System;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Threads;

namespace Thalweg.Instances;

/// <summary>Value, gradient and Hessian products of a <see cref="DilutedInstance"/>; no call allocates.</summary>
public sealed class DilutedLandscape : ILandscape, ILossParts
{
    private const int BlockLength = 1024;

    private readonly DilutedInstance instance;
    private readonly ThreadTeam? team;
    private readonly SignalTerm signalTerm;
    private readonly int blocks;
    private readonly double[] point, direction, target, part, blockEnergies, blockSignals, ones, energies;
    private readonly Action<int> gradientOfBlock, productOfBlock, signalOfBlock;

    internal DilutedLandscape(DilutedInstance instance, ThreadTeam? team)
    {
        this.instance = instance;
        this.team = team;
        int n = instance.Dimension;
        var signal = instance.Model.Signal;
        signalTerm = new(instance.Place == SignalPlace.Dense ? signal : Covariance.FromTerms([(1, signal.Coefficient(1))]), instance.Signal.ToArray(), isStrict: false);
        blocks = (n + BlockLength - 1) / BlockLength;
        (point, direction, target, part) = (new double[n], new double[n], new double[n], new double[n]);
        energies = new double[instance.Graphs.Length + 1];
        blockEnergies = new double[energies.Length * blocks];
        blockSignals = new double[instance.Graphs.Length * blocks];
        ones = new double[Math.Min(n, BlockLength) * instance.Degree];
        Array.Fill(ones, 1);
        gradientOfBlock = GradientOfBlock;
        productOfBlock = ProductOfBlock;
        signalOfBlock = SignalOfBlock;
    }

    /// <inheritdoc/>
    public int Dimension => instance.Dimension;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Signal => instance.Model.IsPlanted ? instance.Signal : default;

    /// <summary>The energy of the edges of each power at the point of the last gradient, ascending powers, then that of the linear noise.</summary>
    public ReadOnlySpan<double> EdgeEnergies => energies;

    /// <summary>The terms of the signal that is dense, at the point of the last gradient.</summary>
    public ReadOnlySpan<double> SignalEnergies => signalTerm.Energies;

    /// <inheritdoc/>
    public ReadOnlySpan<int> NoisePowers => instance.Model.Noise.Powers;

    /// <inheritdoc/>
    /// <remarks>A signal that is seen on the edges is a sum over all of them, which costs another gradient.</remarks>
    public double LossParts(ReadOnlySpan<double> point, Span<double> noise)
    {
        double total = 0;
        foreach (double energy in SignalEnergies)
        {
            total += energy;
        }

        bool onEdges = instance.Place == SignalPlace.Edges && !instance.Model.Signal.IsZero;
        if (onEdges)
        {
            var signal = instance.Signal;
            for (int i = 0; i < direction.Length; i++)
            {
                direction[i] = point[i] * signal[i];
            }

            Share(signalOfBlock);
        }

        var powers = NoisePowers;
        for (int k = 0; k < powers.Length; k++)
        {
            noise[k] = powers[k] == 1 ? energies[^1] : 0;
        }

        for (int k = 0; k < instance.Graphs.Length; k++)
        {
            double signal = onEdges ? SignalOf(k) : 0;
            total += signal;
            if (powers.IndexOf(instance.Graphs[k].Power) is >= 0 and var at)
            {
                noise[at] = energies[k] - signal;
            }
        }

        return total;
    }

    // -u Σ_e Π x_i: every edge is met at each of its k variables, and a slot without an edge has its own variable in it k - 1 times.
    private double SignalOf(int k)
    {
        var graph = instance.Graphs[k];
        double sum = 0;
        for (int block = 0; block < blocks; block++)
        {
            sum += blockSignals[k * blocks + block];
        }

        foreach (int i in graph.LeftOver)
        {
            double product = 1;
            for (int j = 0; j < graph.Power; j++)
            {
                product *= direction[i];
            }

            sum -= product;
        }

        return -graph.Planted * sum / graph.Power;
    }

    /// <summary>The value alone; it costs a gradient and has the bits of <see cref="Gradient"/>.</summary>
    /// <param name="point">[i], N entries.</param>
    public double Value(ReadOnlySpan<double> point)
    {
        double value = Evaluate(point);
        return value + signalTerm.AddGradient(this.point, target);
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        double value = Value(point);
        target.CopyTo(gradient);
        return value;
    }

    /// <inheritdoc/>
    public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
    {
        point.CopyTo(this.point);
        direction.CopyTo(this.direction);
        Share(productOfBlock);
        signalTerm.AddHessianProduct(this.point, this.direction, target);
        target.CopyTo(product);
    }

    private double Evaluate(ReadOnlySpan<double> point)
    {
        point.CopyTo(this.point);
        Share(gradientOfBlock);
        double value = 0;
        for (int k = 0; k < energies.Length; k++)
        {
            double sum = 0;
            for (int block = 0; block < blocks; block++)
            {
                sum += blockEnergies[k * blocks + block];
            }

            energies[k] = sum;
            value += sum;
        }

        return value;
    }

    private void Share(Action<int> call)
    {
        if (team is not null)
        {
            team.For(blocks, call);
            return;
        }

        for (int block = 0; block < blocks; block++)
        {
            call(block);
        }
    }

    private void GradientOfBlock(int block)
    {
        int first = block * BlockLength, count = Math.Min(BlockLength, Dimension - first);
        Span<double> sum = target.AsSpan(first, count), gathered = part.AsSpan(first, count), x = point.AsSpan(first, count);
        sum.Clear();
        for (int k = 0; k < instance.Graphs.Length; k++)
        {
            var graph = instance.Graphs[k];
            GatherKernel.Products(Weights(graph, first, count), Partners(graph, first, count), graph.Degree, graph.Power - 1, point, gathered);
            double energy = 0;
            for (int i = 0; i < count; i++)
            {
                sum[i] -= gathered[i];
                energy += x[i] * gathered[i];
            }

            // Every edge is met at each of its variables.
            blockEnergies[k * blocks + block] = -energy / graph.Power;
        }

        if (instance.Field.Length > 0)
        {
            double energy = 0;
            for (int i = 0; i < count; i++)
            {
                sum[i] -= instance.Field[first + i];
                energy -= x[i] * instance.Field[first + i];
            }

            blockEnergies[instance.Graphs.Length * blocks + block] = energy;
        }
    }

    private void ProductOfBlock(int block)
    {
        int first = block * BlockLength, count = Math.Min(BlockLength, Dimension - first);
        Span<double> sum = target.AsSpan(first, count), gathered = part.AsSpan(first, count);
        sum.Clear();
        foreach (var graph in instance.Graphs)
        {
            GatherKernel.Rates(Weights(graph, first, count), Partners(graph, first, count), graph.Degree, graph.Power - 1, point, direction, gathered);
            for (int i = 0; i < count; i++)
            {
                sum[i] -= gathered[i];
            }
        }
    }

    // Σ_i x_i Σ_e Π_j x_j over the edges e of each variable i, x_i = σ_i σ*_i.
    private void SignalOfBlock(int block)
    {
        int first = block * BlockLength, count = Math.Min(BlockLength, Dimension - first);
        Span<double> gathered = part.AsSpan(first, count);
        for (int k = 0; k < instance.Graphs.Length; k++)
        {
            var graph = instance.Graphs[k];
            GatherKernel.Products(ones.AsSpan(0, count * graph.Degree), Partners(graph, first, count), graph.Degree, graph.Power - 1, direction, gathered);
            blockSignals[k * blocks + block] = Vectors.Dot(direction.AsSpan(first, count), gathered);
        }
    }

    private static ReadOnlySpan<double> Weights(Hypergraph graph, int first, int count) => graph.Weights.AsSpan(first * graph.Degree, count * graph.Degree);

    private static ReadOnlySpan<int> Partners(Hypergraph graph, int first, int count) =>
        graph.Partners.AsSpan(first * graph.Degree * (graph.Power - 1), count * graph.Degree * (graph.Power - 1));
}
