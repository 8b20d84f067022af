// What a new row takes from the old ones: the derivative in time, a prediction, and the older factor of every memory integral.
using System;
using System.Runtime.CompilerServices;
using Thalweg.Numerics;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Threads;

namespace Thalweg.TwoTime;

/// <summary>
/// The backward differentiation formula of order k in u = ln(1 + t) at fixed θ = t'/t: df/du ≈ Σ α_r f_r over the new row and the last k, from k = 3 on with two more differences that damp (<see cref="DampingOfFour"/>).
/// The polynomial of order k also gives f between the last row and the new one, so that a value there is "known + fresh times the value on the new row"; before the last row six rows are interpolated.
/// </summary>
internal sealed class LogTimeHistory
{
    /// <summary>What the formula of order four adds: multiples of the backward differences of order five and six.</summary>
    /// <remarks>
    /// What varies from row to row travels through the mesh, and where panels resolve it, it grows by exp(-Re σ) a step, with σ(ω) = Σ_j (1 - e^{-iω})^j/j the symbol of the formula. Without the two differences -Re σ reaches 2/3 at order
    /// four and 1/12 at order three: a factor of a thousand within ten steps. With them it stays below 0.17 and 0.021; these two pairs are the least of it that a search found with an error no more than 2.2 and 1.2 times as large.
    /// </remarks>
    internal static readonly (double Near, double Far) DampingOfFour = (-0.235, 0.165);

    /// <summary>The same at order three: multiples of the differences of order four and five.</summary>
    internal static readonly (double Near, double Far) DampingOfThree = (-0.05, 0.1327);

    private readonly TwoTimeProblem problem;
    private readonly TwoTimeRows rows;
    private readonly ThreadTeam team;
    private readonly Action<int> gather;
    private readonly double[] points = new double[8], stepBarycentric = new double[8];
    private MemoryMesh memory;

    public LogTimeHistory(TwoTimeProblem problem, TwoTimeRows rows, MemoryMesh memory, ThreadTeam team)
    {
        (this.problem, this.rows, this.team, this.memory) = (problem, rows, team, memory);
        gather = Gather;
        SetMesh(memory);
    }

    /// <summary>The time of the new row.</summary>
    public double Time { get; private set; }

    /// <summary>ln(1 + t).</summary>
    public double LogTime { get; private set; }

    /// <summary>k.</summary>
    public int Order { get; private set; }

    /// <summary>The coefficient of the new row in d/dt at fixed θ.</summary>
    public double Lead { get; private set; }

    /// <summary>The prediction's distance in u over that from its oldest row: the share of (new - predicted) that is the local error.</summary>
    public double ErrorShare { get; private set; }

    public double[] PredictedC { get; private set; } = [];

    public double[] PredictedR { get; private set; } = [];

    public double PredictedMu { get; private set; }

    public double PredictedLogM { get; private set; }

    /// <summary>[j]: what the old rows add to dC/dt at fixed θ.</summary>
    public double[] PastC { get; private set; } = [];

    public double[] PastR { get; private set; } = [];

    public double PastLogM { get; private set; }

    /// <summary>[2 j, 2 j + 1][pair]: the known part of C at the pairs before and beyond column j.</summary>
    public double[][] KnownC { get; private set; } = [];

    public double[][] KnownR { get; private set; } = [];

    /// <summary>[2 j, 2 j + 1][pair]: the weight of the new row.</summary>
    public double[][] Fresh { get; private set; } = [];

    /// <summary>[j]: the weight of the new row at the time x_j t.</summary>
    public double[] ColumnFresh { get; private set; } = [];

    /// <summary>[j]: the known part of ln m(x_j t).</summary>
    public double[] ColumnLogM { get; private set; } = [];

    /// <summary>[j]: the known part of C(x_j t, 0).</summary>
    public double[] ColumnC0 { get; private set; } = [];

    public void SetMesh(MemoryMesh mesh)
    {
        memory = mesh;
        int n = mesh.Mesh.Unknowns + 1;
        (PredictedC, PredictedR, PastC, PastR) = (new double[n], new double[n], new double[n], new double[n]);
        (ColumnFresh, ColumnLogM, ColumnC0) = (new double[n], new double[n], new double[n]);
        (KnownC, KnownR, Fresh) = (new double[2 * n][], new double[2 * n][], new double[2 * n][]);
        for (int k = 0; k < 2 * n; k++)
        {
            int pairs = memory.ListOf(k).Count;
            (KnownC[k], KnownR[k], Fresh[k]) = (new double[pairs], new double[pairs], new double[pairs]);
        }
    }

    /// <summary>Prepares for a row.</summary>
    /// <param name="time">Its time, later than the last row's.</param>
    /// <param name="order">k, at most the number of rows.</param>
    public void Prepare(double time, int order)
    {
        (Time, LogTime, Order) = (time, PortableMath.Log(1 + time), order);
        Predict();
        Differentiate();
        int back = rows.Count - order;
        rows.U[back..].CopyTo(points);
        points[order] = LogTime;
        TwoTimeRows.Barycentric(points.AsSpan(0, order + 1), stepBarycentric);
        team.For(memory.Mesh.Unknowns + 1, gather);
    }

    private void Predict()
    {
        int n = rows.Count, used = Math.Min(Order + 1, n), first = n - used;
        Span<double> weights = stackalloc double[8], barycentric = stackalloc double[8];
        TwoTimeRows.Barycentric(rows.U[first..], barycentric);
        TwoTimeRows.Weigh(rows.U[first..], barycentric, LogTime, weights);
        Combine(weights, first, used, rows.C, PredictedC);
        Combine(weights, first, used, rows.R, PredictedR);
        PredictedMu = PredictedLogM = 0;
        for (int i = 0; i < used; i++)
        {
            PredictedMu += weights[i] * rows.Mu[first + i];
            PredictedLogM += weights[i] * rows.LogM[first + i];
        }

        ErrorShare = (LogTime - rows.U[n - 1]) / (LogTime - rows.U[first]);
        if (n == 1)
        {
            // The slopes at t = 0: ∂C/∂t = -T and ∂R/∂t = -μ(0), both along t - t'.
            for (int i = 1; i < PredictedC.Length; i++)
            {
                PredictedC[i] -= problem.Temperature * memory.Mesh.Y[i] * Time;
                PredictedR[i] -= rows.Mu[0] * memory.Mesh.Y[i] * Time;
            }

            PredictedLogM += problem.FollowsOverlap ? Time * TwoTimeEquations.InitialGrowth(problem) : 0;
            ErrorShare = 0.5;
        }

        // The diagonal is given; a prediction of a prediction of it would drift.
        PredictedC[0] = PredictedR[0] = 1;
    }

    private void Differentiate()
    {
        bool isDamped = Order >= 3 && rows.Count >= Order + 2;
        int used = isDamped ? Order + 2 : Order, first = rows.Count - used;
        var u = rows.U[first..];
        double rate = 1 / (1 + Time), lead = 0;
        Span<double> weights = stackalloc double[8];
        weights.Clear();
        for (int i = used - Order; i < used; i++)
        {
            lead += 1 / (LogTime - u[i]);
            double product = 1 / (u[i] - LogTime);
            for (int j = used - Order; j < used; j++)
            {
                product *= j == i ? 1 : (LogTime - u[j]) / (u[i] - u[j]);
            }

            weights[i] = product * rate;
        }

        Lead = lead * rate;
        if (isDamped)
        {
            var (near, far) = Order == 3 ? DampingOfThree : DampingOfFour;
            double scale = rate / (LogTime - u[^1]);
            Lead += (near + far) * scale;
            SubtractPrediction(u[1..], near * scale, weights[1..]);
            SubtractPrediction(u, far * scale, weights);
            ErrorShare -= near;
        }

        Combine(weights, first, used, rows.C, PastC);
        Combine(weights, first, used, rows.R, PastR);
        PastLogM = 0;
        for (int i = 0; i < used; i++)
        {
            PastLogM += weights[i] * rows.LogM[first + i];
        }
    }

    // On equal steps, new minus predicted from k rows is the backward difference of order k.
    private void SubtractPrediction(ReadOnlySpan<double> u, double scale, Span<double> weights)
    {
        Span<double> own = stackalloc double[8], barycentric = stackalloc double[8];
        TwoTimeRows.Barycentric(u, barycentric);
        TwoTimeRows.Weigh(u, barycentric, LogTime, own);
        for (int i = 0; i < u.Length; i++)
        {
            weights[i] -= scale * own[i];
        }
    }

    private static void Combine(ReadOnlySpan<double> weights, int first, int count, ReadOnlySpan<double[]> from, double[] to)
    {
        Array.Clear(to);
        for (int i = 0; i < count; i++)
        {
            AddKernel.To(ref to[0], ref from[first + i][0], weights[i], to.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(int j)
    {
        Span<double> weights = stackalloc double[8];
        int hint = rows.Count - 1, last = memory.Mesh.Unknowns;
        var (first, count, fresh) = j == 0 ? (0, 0, 1) : Window(memory.Mesh.X[j] * Time, ref hint, weights);
        ColumnFresh[j] = fresh;
        ColumnLogM[j] = ColumnC0[j] = 0;
        for (int i = 0; i < count; i++)
        {
            ColumnLogM[j] += weights[i] * rows.LogM[first + i];
            ColumnC0[j] += weights[i] * rows.C[first + i][last];
        }

        Gather(memory.Before[j], 2 * j, 0, memory.Before[j].Count, first, weights[..count]);
        Fresh[2 * j].AsSpan().Fill(fresh);
        var list = memory.Between[j];
        for (int pair = 0; pair < list.Count; pair++)
        {
            (first, count, Fresh[2 * j + 1][pair]) = Window(list.Time[pair] * Time, ref hint, weights);
            Gather(list, 2 * j + 1, pair, pair + 1, first, weights[..count]);
        }
    }

    // The rows for a time, their weights, and the weight of the new row.
    private (int First, int Count, double Fresh) Window(double time, ref int hint, Span<double> weights)
    {
        double at = PortableMath.Log(1 + time);
        if (time <= rows.T[^1])
        {
            var (first, count) = rows.Window(time, at, ref hint, weights);
            return (first, count, 0);
        }

        TwoTimeRows.Weigh(points.AsSpan(0, Order + 1), stepBarycentric.AsSpan(0, Order + 1), at, weights);
        return (rows.Count - Order, Order, weights[Order]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(PairList list, int k, int from, int to, int first, ReadOnlySpan<double> weights)
    {
        var correlations = rows.C.Slice(first, weights.Length);
        var responses = rows.R.Slice(first, weights.Length);
        double[] knownC = KnownC[k], knownR = KnownR[k];
        for (int pair = from; pair < to; pair++)
        {
            int start = list.PastStart[pair];
            var along = list.PastWeightsOf(pair);
            knownC[pair] = PanelKernel.Combine(correlations, weights, start, along);
            knownR[pair] = PanelKernel.Combine(responses, weights, start, along);
        }
    }
}
