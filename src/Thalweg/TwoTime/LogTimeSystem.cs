// Eqs. (8)-(11) on one new row: residual and Jacobian in the unknowns C_1..C_L, R_1..R_L, μ and ln m.
using System;
using System.Runtime.CompilerServices;
using Thalweg.Numerics;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Threads;

namespace Thalweg.TwoTime;

/// <summary>The equations at the points of the mesh; at fixed θ the time derivative becomes ∂f/∂t - (θ/t) ∂f/∂θ, an advection that enters at θ = 1.</summary>
internal sealed class LogTimeSystem
{
    private readonly TwoTimeProblem problem;
    private readonly LogTimeHistory history;
    private readonly ThreadTeam team;
    private readonly Action<int> columnResidual, columnJacobian;
    private MemoryMesh memory;
    private double[] sigma = [], force = [], d2q = [], rd3q = [], columnOverlap = [], overlapRatio = [];
    private double[][] workspace = [];
    private double overlap, pull, initial;
    private BlockedLu matrix = new();

    public LogTimeSystem(TwoTimeProblem problem, LogTimeHistory history, MemoryMesh memory, ThreadTeam team)
    {
        (this.problem, this.history, this.memory, this.team) = (problem, history, memory, team);
        (columnResidual, columnJacobian) = (ColumnResidual, ColumnJacobian);
        SetMesh(memory);
    }

    /// <summary>[i], L + 1 values; the first, on the diagonal, is 1.</summary>
    public double[] C { get; private set; } = [];

    public double[] R { get; private set; } = [];

    public double Mu { get; set; }

    public double LogM { get; set; }

    /// <summary>d ln m/dt where the overlap is gone for good (<see cref="Settling.Gone"/>); null while its equation is solved.</summary>
    public double? GoneRate { get; set; }

    /// <summary>L.</summary>
    public int Columns => memory.Mesh.Unknowns;

    /// <summary>The number of unknowns.</summary>
    public int Size => 2 * Columns + 1 + (problem.FollowsOverlap ? 1 : 0);

    /// <summary>[i], what the unknowns leave of the equations.</summary>
    public double[] Residual { get; private set; } = [];

    public void SetMesh(MemoryMesh mesh)
    {
        memory = mesh;
        int n = Columns + 1;
        (C, R) = (new double[n], new double[n]);
        (sigma, force, d2q, rd3q, columnOverlap, overlapRatio) = (new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
        Residual = new double[Size];
        workspace = new double[n][];
    }

    /// <summary>Starts from the prediction.</summary>
    public void Start()
    {
        history.PredictedC.CopyTo(C, 0);
        history.PredictedR.CopyTo(R, 0);
        (Mu, LogM) = (history.PredictedMu, history.PredictedLogM);
    }

    /// <summary>Fills <see cref="Residual"/>.</summary>
    public void Evaluate()
    {
        EvaluateModel();
        team.For(Columns, columnResidual);
        var mesh = memory.Mesh;
        double memoryMu = 0, memoryM = 0;
        for (int i = 1; i <= Columns; i++)
        {
            memoryMu += mesh.Weights[i] * TwoTimeEquations.MultiplierKernel(problem.Model.Noise, C[i], R[i]);
            memoryM += problem.FollowsOverlap ? mesh.Weights[i] * sigma[i] * overlapRatio[i] : 0;
        }

        double t = history.Time;
        Residual[2 * Columns] = Mu - problem.Temperature - pull * overlap - t * memoryMu - initial * C[Columns];
        if (problem.FollowsOverlap)
        {
            Residual[2 * Columns + 1] = GoneRate is { } rate ? history.PastLogM + history.Lead * LogM - rate : history.PastLogM + history.Lead * LogM + Mu - PullRate() - t * memoryM - InitialPull();
        }
    }

    /// <summary>d ln m/dt of the row.</summary>
    public double Growth() => problem.FollowsOverlap ? history.PastLogM + history.Lead * LogM : 0;

    /// <summary>The energy density of the row, -S(m) - ∫ R Q'(C) ds - (1/T0) Q(C(t,0)).</summary>
    public double Energy()
    {
        double sum = 0;
        for (int i = 1; i <= Columns; i++)
        {
            sum += memory.Mesh.Weights[i] * TwoTimeEquations.EnergyKernel(problem.Model.Noise, C[i], R[i]);
        }

        return history.Time * sum - (problem.HasOverlap ? problem.Model.Signal.Q(PortableMath.Exp(LogM)) : 0)
            - (problem.InitialInverse > 0 ? problem.InitialInverse * problem.Model.Noise.Q(C[Columns]) : 0);
    }

    /// <summary>Fills a matrix with the derivatives of the residual; after <see cref="Evaluate"/>.</summary>
    /// <param name="target">The matrix.</param>
    public void Differentiate(BlockedLu target)
    {
        matrix = target;
        matrix.Clear(Size);
        team.For(Columns, columnJacobian);
        var mesh = memory.Mesh;
        int n = Columns;
        double t = history.Time;
        var rowMu = matrix.Row(2 * n);
        for (int i = 1; i <= n; i++)
        {
            double g = t * mesh.Weights[i];
            rowMu[i - 1] = -g * (2 * sigma[i] + rd3q[i] * C[i]);
            rowMu[n + i - 1] = -g * (force[i] + d2q[i] * C[i]);
        }

        rowMu[2 * n] = 1;
        rowMu[n - 1] -= problem.InitialInverse * (d2q[n] * C[n] + force[n]);
        if (!problem.FollowsOverlap)
        {
            return;
        }

        var rowM = matrix.Row(2 * n + 1);
        if (GoneRate is not null)
        {
            rowM[2 * n + 1] = history.Lead;
            return;
        }

        double change = 0;
        for (int i = 1; i <= n; i++)
        {
            double g = t * mesh.Weights[i] * overlapRatio[i];
            rowM[i - 1] = -g * rd3q[i];
            rowM[n + i - 1] = -g * d2q[i];
            change += g * sigma[i] * (history.ColumnFresh[i] - 1);
        }

        rowM[2 * n] = 1;
        rowM[2 * n + 1] = history.Lead - change + InitialPull();
        rowM[n - 1] -= problem.InitialInverse > 0 ? InitialPull() / initial * problem.InitialInverse * d2q[n] : 0;
        if (problem.HasOverlap)
        {
            double curvature = problem.Model.Signal.D2Q(overlap);
            rowMu[2 * n + 1] = -overlap * (curvature * overlap + pull);
            rowM[2 * n + 1] -= curvature - PullRate();
        }
    }

    // Everything that knows the model: once a row.
    private void EvaluateModel()
    {
        var noise = problem.Model.Noise;
        for (int i = 0; i <= Columns; i++)
        {
            force[i] = TwoTimeEquations.ForceCovariance(noise, C[i]);
            sigma[i] = TwoTimeEquations.MemoryKernel(noise, C[i], R[i]);
            d2q[i] = noise.D2Q(C[i]);
            rd3q[i] = R[i] * noise.D3Q(C[i]);
        }

        overlap = problem.HasOverlap ? PortableMath.Exp(LogM) : 0;
        pull = problem.HasOverlap ? problem.Model.Signal.DQ(overlap) : 0;
        initial = problem.InitialInverse * force[Columns];
        for (int i = 0; i <= Columns && problem.FollowsOverlap; i++)
        {
            double log = history.ColumnLogM[i] + history.ColumnFresh[i] * LogM;
            columnOverlap[i] = problem.HasOverlap ? PortableMath.Exp(log) : 0;
            overlapRatio[i] = PortableMath.Exp(log - LogM);
        }
    }

    private double PullRate() => problem.IsLinear ? problem.Model.Signal.CurvatureAtZero : TwoTimeEquations.PullOverOverlap(problem.Model.Signal, overlap);

    private double InitialPull() => problem.InitialInverse > 0 ? initial * PortableMath.Exp(problem.LogOverlap!.Value - LogM) : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ColumnResidual(int column)
    {
        int j = column + 1;
        double i1 = 0, i2 = 0, i3 = 0;
        var list = memory.Before[j];
        int width = list.Width;
        double[] knownC = history.KnownC[2 * j], knownR = history.KnownR[2 * j], fresh = history.Fresh[2 * j];
        for (int pair = 0; pair < list.Count; pair++)
        {
            var (c, r) = Past(list, pair, width, knownC[pair], knownR[pair], fresh[pair]);
            int start = list.RowStart[pair];
            ref double w = ref list.RowWeights[pair * width];
            i1 += list.Measure[pair] * c * DotKernel.Of(ref w, ref sigma[start], width);
            i2 += list.Measure[pair] * r * DotKernel.Of(ref w, ref force[start], width);
        }

        list = memory.Between[j];
        (knownC, knownR, fresh) = (history.KnownC[2 * j + 1], history.KnownR[2 * j + 1], history.Fresh[2 * j + 1]);
        for (int pair = 0; pair < list.Count; pair++)
        {
            var (c, r) = Past(list, pair, width, knownC[pair], knownR[pair], fresh[pair]);
            double s = list.Measure[pair] * DotKernel.Of(ref list.RowWeights[pair * width], ref sigma[list.RowStart[pair]], width);
            i1 += s * c;
            i3 += s * r;
        }

        var mesh = memory.Mesh;
        int q = mesh.Basis.Degree, panel = (j - 1) / q, local = j - panel * q;
        double t = history.Time, speed = mesh.X[j] / (t * mesh.Width(panel)), slopeC = 0, slopeR = 0;
        for (int l = 0; l <= q; l++)
        {
            double d = mesh.Basis.Derivative[local * (q + 1) + l];
            slopeC += d * C[panel * q + l];
            slopeR += d * R[panel * q + l];
        }

        double source = pull * columnOverlap[j] + initial * (history.ColumnC0[j] + history.ColumnFresh[j] * C[Columns]);
        Residual[j - 1] = history.PastC[j] + (history.Lead + Mu) * C[j] + speed * slopeC - source - t * (i1 + i2);
        Residual[Columns + j - 1] = history.PastR[j] + (history.Lead + Mu) * R[j] + speed * slopeR - t * i3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (double C, double R) Past(PairList list, int pair, int width, double knownC, double knownR, double fresh)
    {
        if (fresh == 0)
        {
            return (knownC, knownR);
        }

        ref double v = ref list.PastWeights[pair * width];
        int past = list.PastStart[pair];
        return (knownC + fresh * DotKernel.Of(ref v, ref C[past], width), knownR + fresh * DotKernel.Of(ref v, ref R[past], width));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ColumnJacobian(int column)
    {
        int j = column + 1, n = Columns, length = n + 1;
        double[] work = workspace[j] ??= new double[6 * length];
        Array.Clear(work);
        const int a1 = 0;
        int a2 = length, a3 = 2 * length, b1 = 3 * length, b2 = 4 * length, b3 = 5 * length;
        var list = memory.Before[j];
        int width = list.Width;
        double t = history.Time;
        double[] knownC = history.KnownC[2 * j], knownR = history.KnownR[2 * j], fresh = history.Fresh[2 * j];
        for (int pair = 0; pair < list.Count; pair++)
        {
            double g = t * list.Measure[pair], f = fresh[pair];
            var (c, r) = Past(list, pair, width, knownC[pair], knownR[pair], f);
            int start = list.RowStart[pair], past = list.PastStart[pair];
            ref double w = ref list.RowWeights[pair * width];
            ref double v = ref list.PastWeights[pair * width];
            if (f != 0)
            {
                AddKernel.To(ref work[b1 + past], ref v, f * g * DotKernel.Of(ref w, ref sigma[start], width), width);
                AddKernel.To(ref work[b2 + past], ref v, f * g * DotKernel.Of(ref w, ref force[start], width), width);
            }

            AddKernel.To(ref work[a1 + start], ref w, g * c, width);
            AddKernel.To(ref work[a2 + start], ref w, g * r, width);
        }

        list = memory.Between[j];
        (knownC, knownR, fresh) = (history.KnownC[2 * j + 1], history.KnownR[2 * j + 1], history.Fresh[2 * j + 1]);
        for (int pair = 0; pair < list.Count; pair++)
        {
            double g = t * list.Measure[pair], f = fresh[pair];
            var (c, r) = Past(list, pair, width, knownC[pair], knownR[pair], f);
            int start = list.RowStart[pair], past = list.PastStart[pair];
            ref double w = ref list.RowWeights[pair * width];
            if (f != 0)
            {
                ref double v = ref list.PastWeights[pair * width];
                double s = f * g * DotKernel.Of(ref w, ref sigma[start], width);
                AddKernel.To(ref work[b1 + past], ref v, s, width);
                AddKernel.To(ref work[b3 + past], ref v, s, width);
            }

            AddKernel.To(ref work[a1 + start], ref w, g * c, width);
            AddKernel.To(ref work[a3 + start], ref w, g * r, width);
        }

        Span<double> rowC = matrix.Row(j - 1), rowR = matrix.Row(n + j - 1);
        for (int i = 1; i <= n; i++)
        {
            rowC[i - 1] = -(work[i] * rd3q[i] + work[a2 + i] * d2q[i] + work[b1 + i]);
            rowC[n + i - 1] = -(work[i] * d2q[i] + work[b2 + i]);
            rowR[i - 1] = -work[a3 + i] * rd3q[i];
            rowR[n + i - 1] = -(work[a3 + i] * d2q[i] + work[b3 + i]);
        }

        Advance(j, rowC, rowR);
        rowC[2 * n] = C[j];
        rowR[2 * n] = R[j];
        if (problem.HasOverlap)
        {
            rowC[2 * n + 1] = -columnOverlap[j] * (problem.Model.Signal.D2Q(overlap) * overlap + pull * history.ColumnFresh[j]);
        }

        rowC[n - 1] -= initial * history.ColumnFresh[j] + problem.InitialInverse * d2q[n] * (history.ColumnC0[j] + history.ColumnFresh[j] * C[n]);
    }

    // The time derivative, the advection and -μ f.
    private void Advance(int j, Span<double> rowC, Span<double> rowR)
    {
        var mesh = memory.Mesh;
        int n = Columns, q = mesh.Basis.Degree, panel = (j - 1) / q, local = j - panel * q;
        rowC[j - 1] += history.Lead + Mu;
        rowR[n + j - 1] += history.Lead + Mu;
        double speed = mesh.X[j] / (history.Time * mesh.Width(panel));
        for (int l = panel == 0 ? 1 : 0; l <= q; l++)
        {
            double d = speed * mesh.Basis.Derivative[local * (q + 1) + l];
            rowC[panel * q + l - 1] += d;
            rowR[n + panel * q + l - 1] += d;
        }
    }
}
