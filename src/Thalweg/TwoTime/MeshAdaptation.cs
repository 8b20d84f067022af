// Panels are split where a row has not converged on them and merged where every row would do with fewer.
using System;
using System.Collections.Generic;
using Thalweg.Numerics.Meshes;

namespace Thalweg.TwoTime;

/// <summary>The rules of the mesh.</summary>
internal static class MeshAdaptation
{
    private const int LatestRows = 12;
    private const double NoiseLimit = 1000, LatestShare = 0.02, OlderShare = 0.2;

    /// <summary>The mesh of a run at its start.</summary>
    /// <param name="basis">The basis of every panel.</param>
    public static PanelMesh Initial(PanelBasis basis) => new(basis, [Edge.FromOne(0), Edge.FromOne(0.5), Edge.FromZero(0)]);

    /// <summary>A finer mesh, or null when the row has converged on this one.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="c">[i], the row of C.</param>
    /// <param name="r">[i], the row of R.</param>
    /// <param name="time">Its time.</param>
    /// <param name="tolerance">The largest tail that is left alone.</param>
    /// <param name="noiseRatio">A tail that is not smaller than the coefficients before it by this factor is noise and left alone too; 0 where every tail counts.</param>
    public static PanelMesh? Refined(PanelMesh mesh, double[] c, double[] r, double time, double tolerance, double noiseRatio)
    {
        var edges = new List<Edge> { mesh.Edges[0] };
        int q = mesh.Basis.Degree;
        for (int k = 0; k < mesh.Panels; k++)
        {
            Edge upper = mesh.Edges[k], lower = mesh.Edges[k + 1];
            // At both ends, where what stays near t' = 0 and t' = t becomes narrower with time, every tail is a reason.
            double ratio = lower.X > 0 && upper.Y > 0 ? noiseRatio : 0;
            if (IsUnresolved(mesh.Basis, c.AsSpan(k * q, q + 1), tolerance, ratio) || IsUnresolved(mesh.Basis, r.AsSpan(k * q, q + 1), tolerance / Scale(time, upper, lower), ratio))
            {
                edges.Add(Middle(upper, lower));
            }

            edges.Add(lower);
        }

        return edges.Count > mesh.Panels + 1 ? new PanelMesh(mesh.Basis, edges) : null;
    }

    /// <summary>A coarser mesh, or null when no two panels can be merged.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="rows">All rows: each of them is needed as long as the run lasts.</param>
    /// <param name="tolerance">The largest tail that is left alone; merged panels have a fifth of it at most.</param>
    public static PanelMesh? Coarsened(PanelMesh mesh, TwoTimeRows rows, double tolerance)
    {
        var edges = new List<Edge> { mesh.Edges[0] };
        var values = new double[mesh.Basis.Degree + 1];
        int k = 0;
        while (k < mesh.Panels)
        {
            k += k + 1 < mesh.Panels && mesh.Panels > 2 && CanMerge(mesh, k, rows, tolerance, values) ? 2 : 1;
            edges.Add(mesh.Edges[k]);
        }

        return edges.Count < mesh.Panels + 1 && edges.Count > 2 ? new PanelMesh(mesh.Basis, edges) : null;
    }

    // Every row near the end, every fourth before: they differ little from their neighbours. The former leave room as well, lest the next row asks for what was just given up.
    private static bool CanMerge(PanelMesh mesh, int panel, TwoTimeRows rows, double tolerance, double[] values)
    {
        Edge upper = mesh.Edges[panel], lower = mesh.Edges[panel + 2];
        if (upper.X > 0.5 && lower.X < 0.5)
        {
            return false;
        }

        for (int n = rows.Count - 1; n > 0; n -= n > rows.Count - LatestRows ? 1 : 4)
        {
            double most = tolerance * (n > rows.Count - LatestRows ? LatestShare : OlderShare);
            if (Tail(rows.C[n]) > most || Tail(rows.R[n]) * Scale(rows.T[n], upper, lower) > most)
            {
                return false;
            }
        }

        return true;

        double Tail(double[] row)
        {
            bool byX = upper.X <= 0.5;
            double width = byX ? upper.X - lower.X : lower.Y - upper.Y;
            for (int i = 0; i < values.Length; i++)
            {
                double move = width * mesh.Basis.Nodes[i];
                var point = byX ? Edge.FromZero(upper.X - move) : Edge.FromOne(upper.Y + move);
                values[i] = mesh.Evaluate(row, point.X, point.Y);
            }

            return mesh.Basis.Tail(values);
        }
    }

    // What oscillates from point to point is the trace of the steps, which a finer mesh would chase without end.
    private static bool IsUnresolved(PanelBasis basis, ReadOnlySpan<double> values, double tolerance, double noiseRatio)
    {
        double tail = basis.Tail(values);
        return tail > tolerance && (noiseRatio == 0 || tail < noiseRatio * basis.BeforeTail(values) || tail > NoiseLimit * tolerance);
    }

    // An error of R counts by its integral over the distance to the nearer end.
    private static double Scale(double time, Edge upper, Edge lower) => 1 + 0.5 * time * Math.Min(upper.X + lower.X, upper.Y + lower.Y);

    // Geometrically between the ends of a panel, as seen from the nearer end of [0, 1].
    private static Edge Middle(Edge upper, Edge lower)
    {
        if (upper.X <= 0.5)
        {
            return Edge.FromZero(lower.X == 0 ? upper.X / 2 : Math.Sqrt(upper.X * lower.X));
        }

        return lower.Y > 0.5 ? Edge.FromOne(0.5 * (upper.Y + lower.Y)) : Edge.FromOne(upper.Y == 0 ? lower.Y / 2 : Math.Sqrt(upper.Y * lower.Y));
    }
}
