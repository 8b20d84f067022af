// A mesh of panels on [0, 1] for functions that vary on logarithmic scales near both ends.
using System;
using System.Collections.Generic;

namespace Thalweg.Numerics.Meshes;

/// <summary>An edge between panels, by its distances from both ends, so that neither is rounded away.</summary>
/// <param name="X">The distance from 0.</param>
/// <param name="Y">The distance from 1: 1 - X.</param>
public readonly record struct Edge(double X, double Y)
{
    /// <summary>An edge near 0.</summary>
    /// <param name="x">Its distance from 0.</param>
    public static Edge FromZero(double x) => new(x, 1 - x);

    /// <summary>An edge near 1.</summary>
    /// <param name="y">Its distance from 1.</param>
    public static Edge FromOne(double y) => new(1 - y, y);
}

/// <summary>Panels from 1 down to 0, each with the points of one <see cref="PanelBasis"/>; neighbours share a point.</summary>
/// <remarks>Immutable. Point 0 is 1 (the inflow), point L = panels · q is 0; panel k has the points k q ... k q + q. Everything is kept as distances from both ends.</remarks>
public sealed class PanelMesh
{
    private readonly Edge[] edges;
    private readonly double[] x;
    private readonly double[] y;
    private readonly double[] weights;

    /// <summary>A mesh.</summary>
    /// <param name="basis">The basis of every panel.</param>
    /// <param name="edges">From 1 down to 0, at least two.</param>
    public PanelMesh(PanelBasis basis, IReadOnlyList<Edge> edges)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(edges);
        Basis = basis;
        this.edges = [.. edges];
        if (this.edges.Length < 2 || this.edges[0].Y != 0 || this.edges[^1].X != 0)
        {
            throw new ArgumentException("the edges must go from 1 down to 0", nameof(edges));
        }

        int q = basis.Degree;
        x = new double[Panels * q + 1];
        y = new double[x.Length];
        weights = new double[x.Length];
        x[0] = 1;
        for (int k = 0; k < Panels; k++)
        {
            double width = Width(k);
            if (!(width > 0))
            {
                throw new ArgumentException("the edges must go from 1 down to 0", nameof(edges));
            }

            for (int i = 1; i <= q; i++)
            {
                int at = k * q + i;
                var point = i == q ? this.edges[k + 1] : IsByX(k) ? Edge.FromZero(this.edges[k].X - width * basis.Nodes[i]) : Edge.FromOne(this.edges[k].Y + width * basis.Nodes[i]);
                x[at] = point.X;
                y[at] = point.Y;
                weights[at] = width * basis.Weights[i];
            }
        }
    }

    /// <summary>The basis of every panel.</summary>
    public PanelBasis Basis { get; }

    /// <summary>The number of panels.</summary>
    public int Panels => edges.Length - 1;

    /// <summary>The number of points without the first: L.</summary>
    public int Unknowns => x.Length - 1;

    /// <summary>The edges, from 1 down to 0.</summary>
    public ReadOnlySpan<Edge> Edges => edges;

    /// <summary>[i], L + 1 distances from 0, descending from 1.</summary>
    public ReadOnlySpan<double> X => x;

    /// <summary>[i], L + 1 distances from 1, ascending from 0.</summary>
    public ReadOnlySpan<double> Y => y;

    /// <summary>[i]: ∫_0^1 f ≈ Σ w_i f(x_i).</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>The width of a panel.</summary>
    /// <param name="panel">Its number, from 0 at the upper end.</param>
    public double Width(int panel) => IsByX(panel) ? edges[panel].X - edges[panel + 1].X : edges[panel + 1].Y - edges[panel].Y;

    /// <summary>Finds the panel of a point and the basis functions there.</summary>
    /// <param name="pointX">Its distance from 0.</param>
    /// <param name="pointY">Its distance from 1.</param>
    /// <param name="values">[i], receives q + 1 numbers: f = Σ values[i] f[panel q + i].</param>
    /// <returns>The panel.</returns>
    public int Interpolate(double pointX, double pointY, Span<double> values)
    {
        int panel = Find(pointX, pointY);
        double local = IsByX(panel) ? (edges[panel].X - pointX) / Width(panel) : (pointY - edges[panel].Y) / Width(panel);
        Basis.Interpolate(Math.Clamp(local, 0, 1), values);
        return panel;
    }

    /// <summary>The value at a point of a function that is known at the points of the mesh.</summary>
    /// <param name="f">[i], L + 1 values.</param>
    /// <param name="pointX">Its distance from 0.</param>
    /// <param name="pointY">Its distance from 1.</param>
    public double Evaluate(ReadOnlySpan<double> f, double pointX, double pointY)
    {
        Span<double> values = stackalloc double[Basis.Degree + 1];
        int start = Interpolate(pointX, pointY, values) * Basis.Degree;
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i] * f[start + i];
        }

        return sum;
    }

    /// <summary>The integral from each point up to 1.</summary>
    /// <param name="f">[i], L + 1 values.</param>
    /// <param name="result">[i], receives ∫ f from x_i to 1; not <paramref name="f"/> itself.</param>
    public void Integrate(ReadOnlySpan<double> f, Span<double> result)
    {
        result[0] = 0;
        for (int k = 0; k < Panels; k++)
        {
            Apply(Basis.Integral, f, k, Width(k), result[k * Basis.Degree], result);
        }
    }

    /// <summary>The derivative at each point, where two panels meet that of the upper one.</summary>
    /// <param name="f">[i], L + 1 values.</param>
    /// <param name="result">[i], receives df/dx at x_i; not <paramref name="f"/> itself.</param>
    public void Differentiate(ReadOnlySpan<double> f, Span<double> result)
    {
        // Panels run downwards, hence the sign; from the last panel up, so that the upper one has the last word.
        for (int k = Panels - 1; k >= 0; k--)
        {
            Apply(Basis.Derivative, f, k, -1 / Width(k), 0, result);
            result[k * Basis.Degree] = -Row(Basis.Derivative, f, k, 0) / Width(k);
        }
    }

    /// <summary>Carries a function from this mesh to another one.</summary>
    /// <param name="f">[i], its values here.</param>
    /// <param name="other">The other mesh.</param>
    /// <param name="result">[i], receives its values there.</param>
    public void Transfer(ReadOnlySpan<double> f, PanelMesh other, Span<double> result)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int i = 0; i <= other.Unknowns; i++)
        {
            result[i] = Evaluate(f, other.x[i], other.y[i]);
        }
    }

    // At all points of a panel but its first: start + scale Σ_j matrix[i, j] f_j.
    private void Apply(ReadOnlySpan<double> matrix, ReadOnlySpan<double> f, int panel, double scale, double start, Span<double> result)
    {
        for (int i = 1; i <= Basis.Degree; i++)
        {
            result[panel * Basis.Degree + i] = start + scale * Row(matrix, f, panel, i);
        }
    }

    private double Row(ReadOnlySpan<double> matrix, ReadOnlySpan<double> f, int panel, int i)
    {
        int n = Basis.Degree + 1;
        double sum = 0;
        for (int j = 0; j < n; j++)
        {
            sum += matrix[i * n + j] * f[panel * Basis.Degree + j];
        }

        return sum;
    }

    // In the lower half positions are exact from 0, in the upper half from 1.
    private bool IsByX(int panel) => edges[panel].X <= 0.5;

    private int Find(double pointX, double pointY)
    {
        int low = 0, high = Panels;
        bool byX = pointX < 0.5;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (byX ? edges[middle].X >= pointX : edges[middle].Y <= pointY)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
