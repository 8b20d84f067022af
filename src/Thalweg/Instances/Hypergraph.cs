// A random hypergraph of c layers: each layer deals all variables into groups of k, so that a variable has c edges and the variables of an edge are distinct.
using System;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Threads;

namespace Thalweg.Instances;

/// <summary>The edges of one power k with their weights, kept at each of their variables: slot l of variable i holds w and the other k - 1 variables of its edge of layer l.</summary>
/// <remarks>
/// A layer is a uniformly random permutation cut into floor(N/k) groups; the N mod k variables that are left over have no edge in it, and weight zero stands in their slot. Every
/// subset of k variables is an edge of a layer with the same probability floor(N/k)/C(N, k), and layers are independent. Memory N c (8 + 4 (k - 1)) bytes.
/// </remarks>
internal sealed class Hypergraph
{
    private const int PowerShift = 24;

    private Hypergraph(int dimension, int power, int degree, double planted)
    {
        (Power, Degree, Planted) = (power, degree, planted);
        Weights = new double[dimension * degree];
        Partners = GC.AllocateUninitializedArray<int>(dimension * degree * (power - 1));
        LeftOver = new int[degree * (dimension % power)];
    }

    internal int Power { get; }

    internal int Degree { get; }

    /// <summary>u, the weight of the signal on an edge.</summary>
    internal double Planted { get; }

    /// <summary>w: [i, l].</summary>
    internal double[] Weights { get; }

    /// <summary>The other variables: [i, l, q].</summary>
    internal int[] Partners { get; }

    /// <summary>The variables that have no edge in a layer: [layer, one of N mod k].</summary>
    internal int[] LeftOver { get; }

    /// <summary>Draws graph and weights, w = noise g + planted Π σ*_i with g = ±1, fair and independent.</summary>
    internal static Hypergraph Draw(int dimension, int power, int degree, double noise, double planted, double[] signal, ulong seed, uint replica, ThreadTeam? team)
    {
        var graph = new Hypergraph(dimension, power, degree, planted);
        void Layer(int layer) => graph.DrawLayer(dimension, layer, noise, planted, signal, seed, replica);
        if (team is null)
        {
            for (int layer = 0; layer < degree; layer++)
            {
                Layer(layer);
            }
        }
        else
        {
            team.For(degree, Layer);
        }

        return graph;
    }

    private void DrawLayer(int dimension, int layer, double noise, double planted, double[] signal, ulong seed, uint replica)
    {
        int[] order = new int[dimension];
        for (int i = 0; i < dimension; i++)
        {
            order[i] = i;
        }

        // Fisher and Yates; a random number below i + 1 is the upper half of a product, uniform to 2^-64 i.
        var stream = new PhiloxStream(seed, StreamPurpose.Graph, replica, ((uint)Power << PowerShift) | (uint)layer);
        for (int i = dimension - 1; i > 0; i--)
        {
            int j = (int)Math.BigMul(stream.NextBits(), (ulong)(i + 1), out _);
            (order[i], order[j]) = (order[j], order[i]);
        }

        int groups = dimension / Power, others = Power - 1;
        for (int group = 0; group < groups; group++)
        {
            var members = order.AsSpan(group * Power, Power);
            double product = planted;
            foreach (int i in members)
            {
                product *= signal[i];
            }

            // Signs, not normal numbers: the largest of those would let the variables of one edge condense on it.
            double weight = ((stream.NextBits() & 1) == 0 ? noise : -noise) + product;
            for (int q = 0; q < Power; q++)
            {
                int slot = members[q] * Degree + layer;
                Weights[slot] = weight;
                for (int r = 1; r < Power; r++)
                {
                    Partners[slot * others + r - 1] = members[(q + r) % Power];
                }
            }
        }

        order.AsSpan(groups * Power).CopyTo(LeftOver.AsSpan(layer * (dimension % Power)));
        foreach (int i in order.AsSpan(groups * Power))
        {
            int slot = i * Degree + layer;
            Partners.AsSpan(slot * others, others).Fill(i);
        }
    }
}
