// The mesh of a row and, for each of its points, the quadrature of the memory integrals up to and beyond that point.
using System;
using System.Collections.Generic;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Meshes;
using Thalweg.Numerics.Quadrature;
using Thalweg.Numerics.Threads;

namespace Thalweg.TwoTime;

/// <summary>
/// For t' = θ t the integrals ∫_0^{t'} f(t,s) g(t',s) ds and ∫_{t'}^t f(t,s) g(s,t') ds, in units of t: constants of the mesh, whatever the time.
/// </summary>
internal sealed class MemoryMesh
{
    private const double Sliver = 0.3;

    public MemoryMesh(PanelMesh mesh, int points, ThreadTeam team)
    {
        Mesh = mesh;
        var rule = GaussLegendre.OfOrder(points);
        Before = new PairList[mesh.Unknowns + 1];
        Between = new PairList[mesh.Unknowns + 1];
        team.For(mesh.Unknowns + 1, j =>
        {
            Before[j] = BeforeOf(j, rule);
            Between[j] = BetweenOf(j, rule);
        });
    }

    public PanelMesh Mesh { get; }

    // [j]: s from 0 to t' = x_j t; the history row is that of t', at s/t'.
    public PairList[] Before { get; }

    // [j]: s from t' to t; the history row is that of s, at t'/s.
    public PairList[] Between { get; }

    // [2 j, 2 j + 1]: the pairs before and beyond column j.
    public PairList ListOf(int k) => k % 2 == 0 ? Before[k / 2] : Between[k / 2];

    private PairList BeforeOf(int j, GaussLegendre rule)
    {
        var list = new PairList(Mesh.Basis.Degree + 1);
        double x = Mesh.X[j], y = Mesh.Y[j];
        if (x == 0)
        {
            return list;
        }

        // Positions as distances r = σ/x from zero and 1 - r from the top; both functions have their scales in Θ, one in σ and one in r.
        var breaks = new List<Edge> { Edge.FromOne(0) };
        var edges = Mesh.Edges;
        while (breaks[^1].X > 0)
        {
            var top = breaks[^1];
            var a = NextScaled(edges, top, x, y);
            var b = Next(edges, top);
            breaks.Add(b.Y <= a.Y ? b : a);
        }

        for (int k = 0; k + 1 < breaks.Count; k++)
        {
            var (upper, lower) = (breaks[k], breaks[k + 1]);
            bool byX = upper.X <= 0.5;
            double width = byX ? upper.X - lower.X : lower.Y - upper.Y;
            for (int i = 0; i < rule.Nodes.Length; i++)
            {
                double local = 0.5 * (1 + rule.Nodes[i]);
                var r = byX ? Edge.FromZero(upper.X - width * local) : Edge.FromOne(upper.Y + width * local);
                int pair = list.Add(x, 0.5 * width * x * rule.Weights[i]);
                list.RowStart[pair] = Mesh.Basis.Degree * Mesh.Interpolate(x * r.X, y + x * r.Y, list.RowWeightsOf(pair));
                list.PastStart[pair] = Mesh.Basis.Degree * Mesh.Interpolate(r.X, r.Y, list.PastWeightsOf(pair));
            }
        }

        return list;
    }

    private PairList BetweenOf(int j, GaussLegendre rule)
    {
        var list = new PairList(Mesh.Basis.Degree + 1);
        double x = Mesh.X[j], y = Mesh.Y[j];
        if (y == 0)
        {
            return list;
        }

        // Positions as distances from the top, 1 - σ, and from the bottom, σ - x.
        var breaks = new List<(double Down, double Up)> { (0, y) };
        var edges = Mesh.Edges;
        while (breaks[^1].Up > 0)
        {
            var (down, up) = breaks[^1];
            double stepA = StepBelow(edges, new Edge(x + up, down)), stepB = StepBelowMirrored(edges, up);
            double step = Math.Min(stepA, stepB);
            breaks.Add(step >= (1 - 1e-9) * up ? (y, 0) : up <= 0.5 * y ? (y - (up - step), up - step) : (down + step, y - (down + step)));
        }

        for (int k = 0; k + 1 < breaks.Count; k++)
        {
            var (upper, lower) = (breaks[k], breaks[k + 1]);
            bool byUp = upper.Up <= 0.5 * y;
            double width = byUp ? upper.Up - lower.Up : lower.Down - upper.Down;
            for (int i = 0; i < rule.Nodes.Length; i++)
            {
                double local = 0.5 * (1 + rule.Nodes[i]);
                double down = byUp ? y - (upper.Up - width * local) : upper.Down + width * local, up = byUp ? upper.Up - width * local : y - down;
                double sigma = x + up;
                int pair = list.Add(sigma, 0.5 * width * rule.Weights[i]);
                list.RowStart[pair] = Mesh.Basis.Degree * Mesh.Interpolate(sigma, down, list.RowWeightsOf(pair));
                list.PastStart[pair] = Mesh.Basis.Degree * Mesh.Interpolate(x / sigma, up / sigma, list.PastWeightsOf(pair));
            }
        }

        return list;
    }

    // The lower end of the panel just below a point, or of the next one when hardly anything is left of it.
    private static Edge Next(ReadOnlySpan<Edge> edges, Edge top)
    {
        int k = PanelBelow(edges, top);
        double width = edges[k + 1].Y - edges[k].Y, left = Math.Min(top.X - edges[k + 1].X, width);
        return k + 2 < edges.Length && left < Sliver * width ? edges[k + 2] : edges[k + 1];
    }

    // The same for the panels in σ = x r.
    private static Edge NextScaled(ReadOnlySpan<Edge> edges, Edge top, double x, double y)
    {
        var lower = Next(edges, new Edge(x * top.X, y + x * top.Y));
        double r = lower.X / x;
        return r > 0.5 ? Edge.FromOne((lower.Y - y) / x) : Edge.FromZero(r);
    }

    private static double StepBelow(ReadOnlySpan<Edge> edges, Edge top)
    {
        var lower = Next(edges, top);
        return top.X <= 0.5 ? top.X - lower.X : lower.Y - top.Y;
    }

    // The same for panels that are graded towards the bottom as the row is towards its top: distances up = 1 - edge.
    private static double StepBelowMirrored(ReadOnlySpan<Edge> edges, double up)
    {
        // The mirrored panel that holds the point just below "up" lies between the distances Y[k] < up <= Y[k + 1].
        int k = 0;
        while (k + 2 < edges.Length && edges[k + 1].Y < up)
        {
            k++;
        }

        double width = edges[k + 1].Y - edges[k].Y, left = up - edges[k].Y;
        return left < Sliver * width && k > 0 ? up - edges[k - 1].Y : left;
    }

    private static int PanelBelow(ReadOnlySpan<Edge> edges, Edge top)
    {
        int k = 0;
        bool byX = top.X < 0.5;
        while (k + 2 < edges.Length && (byX ? edges[k + 1].X >= top.X : edges[k + 1].Y <= top.Y))
        {
            k++;
        }

        return k;
    }
}
