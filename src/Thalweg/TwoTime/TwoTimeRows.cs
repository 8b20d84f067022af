// The rows computed so far, C(t_n, θ t_n) and R(t_n, θ t_n) on one mesh in θ, and the interpolation between them in ln(1 + t).
using System;
using System.Linq;
using System.Runtime.InteropServices;
using Thalweg.Numerics;
using Thalweg.Numerics.Meshes;
using Thalweg.Numerics.Threads;
using Thalweg.Results;

namespace Thalweg.TwoTime;

/// <summary>The history of a run.</summary>
internal sealed class TwoTimeRows
{
    /// <summary>Rows that an interpolation between rows uses.</summary>
    public const int WindowRows = 6;

    private double[][] c = [], r = [];
    private double[] t = [], u = [], mu = [], logM = [], energy = [], growth = [], barycentric = [];

    public int Count { get; private set; }

    public ReadOnlySpan<double> T => t.AsSpan(0, Count);

    /// <summary>[n]: ln(1 + t_n).</summary>
    public ReadOnlySpan<double> U => u.AsSpan(0, Count);

    public ReadOnlySpan<double> Mu => mu.AsSpan(0, Count);

    public ReadOnlySpan<double> LogM => logM.AsSpan(0, Count);

    public ReadOnlySpan<double> Energy => energy.AsSpan(0, Count);

    /// <summary>[n]: d ln m/dt.</summary>
    public ReadOnlySpan<double> Growth => growth.AsSpan(0, Count);

    /// <summary>[n][i]: C(t_n, x_i t_n).</summary>
    public ReadOnlySpan<double[]> C => c.AsSpan(0, Count);

    /// <summary>[n][i]: R(t_n, x_i t_n).</summary>
    public ReadOnlySpan<double[]> R => r.AsSpan(0, Count);

    public void Add(double time, double[] correlation, double[] response, double multiplier, double logOverlap, double growthRate, double energyDensity)
    {
        if (Count == t.Length)
        {
            int room = Math.Max(256, 2 * Count);
            Array.Resize(ref c, room);
            Array.Resize(ref r, room);
            Array.Resize(ref t, room);
            Array.Resize(ref u, room);
            Array.Resize(ref mu, room);
            Array.Resize(ref logM, room);
            Array.Resize(ref energy, room);
            Array.Resize(ref growth, room);
            Array.Resize(ref barycentric, room * WindowRows);
        }

        int n = Count++;
        (c[n], r[n], t[n], u[n], mu[n], logM[n], growth[n], energy[n]) = (correlation, response, time, PortableMath.Log(1 + time), multiplier, logOverlap, growthRate, energyDensity);
        if (Count >= WindowRows)
        {
            Barycentric(u.AsSpan(Count - WindowRows, WindowRows), barycentric.AsSpan((Count - WindowRows) * WindowRows, WindowRows));
        }
    }

    /// <summary>The rows around a time that is not later than the last one, and their weights.</summary>
    /// <param name="time">The time.</param>
    /// <param name="logTime">ln(1 + time).</param>
    /// <param name="hint">An interval to begin the search with; receives the one found.</param>
    /// <param name="weights">[i], receives the weights.</param>
    /// <returns>The first row and how many.</returns>
    public (int First, int Count) Window(double time, double logTime, ref int hint, Span<double> weights)
    {
        int low = Math.Clamp(hint, 0, Math.Max(0, Count - 2));
        while (low > 0 && t[low] > time)
        {
            low--;
        }

        while (low + 2 < Count && t[low + 1] <= time)
        {
            low++;
        }

        hint = low;
        int count = Math.Min(WindowRows, Count), first = Math.Clamp(low - WindowRows / 2 + 1, 0, Count - count);
        if (count == WindowRows)
        {
            Weigh(u.AsSpan(first, count), barycentric.AsSpan(first * WindowRows, count), logTime, weights);
        }
        else
        {
            Span<double> own = stackalloc double[WindowRows];
            Barycentric(u.AsSpan(first, count), own);
            Weigh(u.AsSpan(first, count), own[..count], logTime, weights);
        }

        return (first, count);
    }

    /// <summary>1/Π_{j≠i}(u_i - u_j).</summary>
    /// <param name="points">[i], the points.</param>
    /// <param name="result">[i], receives the numbers.</param>
    public static void Barycentric(ReadOnlySpan<double> points, Span<double> result)
    {
        for (int i = 0; i < points.Length; i++)
        {
            double product = 1;
            for (int j = 0; j < points.Length; j++)
            {
                product *= j == i ? 1 : points[i] - points[j];
            }

            result[i] = 1 / product;
        }
    }

    /// <summary>The Lagrange polynomials at a point: b_i Π_{j≠i}(at - u_j), by products from both sides.</summary>
    /// <param name="points">[i], the points.</param>
    /// <param name="barycentric">[i], see <see cref="Barycentric"/>.</param>
    /// <param name="at">The point.</param>
    /// <param name="weights">[i], receives the values.</param>
    public static void Weigh(ReadOnlySpan<double> points, ReadOnlySpan<double> barycentric, double at, Span<double> weights)
    {
        double product = 1;
        for (int i = 0; i < points.Length; i++)
        {
            weights[i] = product * barycentric[i];
            product *= at - points[i];
        }

        product = 1;
        for (int i = points.Length - 1; i >= 0; i--)
        {
            weights[i] *= product;
            product *= at - points[i];
        }
    }

    /// <summary>Puts the first rows and their mesh into the state of a run.</summary>
    /// <param name="state">The state.</param>
    /// <param name="name">Their name there.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="mesh">The mesh they are on.</param>
    public void Save(RunState state, string name, int count, PanelMesh mesh)
    {
        state.Put(name + ".degree", mesh.Basis.Degree);
        state.Put(name + ".edges", [Array.ConvertAll(mesh.Edges.ToArray(), edge => edge.X), Array.ConvertAll(mesh.Edges.ToArray(), edge => edge.Y)]);
        state.Put(name + ".scalars", [t[..count], mu[..count], logM[..count], growth[..count], energy[..count]]);
        state.Put(name + ".C", c[..count]);
        state.Put(name + ".R", r[..count]);
    }

    /// <summary>Takes rows and their mesh out of the state of a run.</summary>
    /// <param name="state">The state.</param>
    /// <param name="name">Their name there.</param>
    public static (TwoTimeRows Rows, PanelMesh Mesh) Load(RunState state, string name)
    {
        var edges = state.RowsOf(name + ".edges");
        var scalars = state.RowsOf(name + ".scalars");
        var (c, r) = (state.RowsOf(name + ".C"), state.RowsOf(name + ".R"));
        var rows = new TwoTimeRows();
        for (int n = 0; n < c.Count; n++)
        {
            rows.Add(scalars[0][n], c[n], r[n], scalars[1][n], scalars[2][n], scalars[3][n], scalars[4][n]);
        }

        return (rows, new PanelMesh(new PanelBasis((int)state.NumbersOf(name + ".degree", 1)[0]), [.. edges[0].Zip(edges[1], (x, y) => new Edge(x, y))]));
    }

    /// <summary>Carries every row to another mesh.</summary>
    /// <param name="from">The mesh they are on.</param>
    /// <param name="to">The new one.</param>
    /// <param name="team">The threads.</param>
    public void Transfer(PanelMesh from, PanelMesh to, ThreadTeam team) => team.For(Count, n =>
    {
        double[] newC = new double[to.Unknowns + 1], newR = new double[to.Unknowns + 1];
        from.Transfer(c[n], to, newC);
        from.Transfer(r[n], to, newR);
        (c[n], r[n]) = (newC, newR);
    });
}
