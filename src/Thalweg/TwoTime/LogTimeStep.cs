// One implicit step: Newton's method with a factorisation that is kept as long as it serves, and the local error.
using System;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Threads;

namespace Thalweg.TwoTime;

/// <summary>How a step ended.</summary>
internal enum StepEnd
{
    /// <summary>The row solves the equations.</summary>
    Solved,

    /// <summary>Newton's method did not converge.</summary>
    Diverged,

    /// <summary>The determinant has changed its sign: the step is so long that it cannot tell a transient instability from a resident one, and the row may lie on a wrong branch.</summary>
    WrongBranch,
}

/// <summary>Solves for the next row.</summary>
internal sealed class LogTimeStep
{
    private const int MostIterations = 25;
    private const double KeptUpTo = 0.25, KeptTime = 1e4, SlowRate = 0.3, RoundingFloor = 2e-13, NoiseShare = 0.1;
    private readonly TwoTimeProblem problem;
    private readonly TwoTimeRows rows;
    private readonly ThreadTeam team;
    private readonly LogTimeHistory history;
    private readonly LogTimeSystem system;
    private readonly BlockedLu lu = new();
    private double[] update = [];
    private MemoryMesh memory;
    private bool hasFactors;
    private double factorsReach;

    public LogTimeStep(TwoTimeProblem problem, TwoTimeRows rows, MemoryMesh memory, ThreadTeam team)
    {
        (this.problem, this.rows, this.memory, this.team) = (problem, rows, memory, team);
        history = new(problem, rows, memory, team);
        system = new(problem, history, memory, team);
        update = new double[system.Size];
    }

    /// <summary>The row that was found.</summary>
    public LogTimeSystem Row => system;

    /// <summary>The local error of the last step, relative to the scales of <see cref="Weight"/>.</summary>
    public double Error { get; private set; }

    /// <summary>Newton iterations so far.</summary>
    public int Iterations { get; private set; }

    /// <summary>Factorisations so far.</summary>
    public int Factorisations { get; private set; }

    /// <summary>Whether a factorisation is kept: the one thing of the past, besides the rows, that the next step depends on.</summary>
    public bool HasFactors => hasFactors;

    /// <summary>Drops the factorisation.</summary>
    public void DropFactors() => hasFactors = false;

    public void SetMesh(MemoryMesh mesh)
    {
        memory = mesh;
        history.SetMesh(mesh);
        system.SetMesh(mesh);
        update = new double[system.Size];
        hasFactors = false;
    }

    /// <summary>Solves for the row at a new time.</summary>
    /// <param name="time">The time.</param>
    /// <param name="order">The order of the backward differentiation formula.</param>
    /// <param name="tolerance">The largest error that Newton's method may leave.</param>
    public StepEnd Solve(double time, int order, double tolerance)
    {
        history.Prepare(time, order);
        system.Start();

        // In the ageing regime the matrix depends on the step in ln t and hardly on t itself; but its soft mode, which becomes softer with time, converges with the true matrix alone.
        double reach = history.Lead * time;
        hasFactors &= Math.Abs(reach / factorsReach - 1) < KeptUpTo / (1 + time / KeptTime);
        double before = double.PositiveInfinity;
        int age = 0;
        for (int iteration = 0; iteration < MostIterations; iteration++, age++)
        {
            system.Evaluate();
            if (!hasFactors)
            {
                if (!Factorise(reach))
                {
                    return lu.IsSingular ? StepEnd.Diverged : StepEnd.WrongBranch;
                }

                age = 0;
                before = double.PositiveInfinity;
            }

            double size = Improve(), rate = size / before;
            if (!double.IsFinite(size))
            {
                hasFactors = false;
                return StepEnd.Diverged;
            }

            // What is left is about size rate/(1 - rate); at the rounding floor no more can be had.
            if (size < tolerance || (rate is > 0 and < 0.5 && size * rate / (1 - rate) < tolerance) || (size < RoundingFloor * Math.Max(1, time) && rate > 0.5))
            {
                Error = LocalError();
                return StepEnd.Solved;
            }

            if (rate > 2 && age > 3)
            {
                hasFactors = false;
                return StepEnd.Diverged;
            }

            hasFactors &= rate < SlowRate || iteration == 0 || age < 2;
            before = size;
        }

        hasFactors = false;
        return StepEnd.Diverged;
    }

    /// <summary>Whether the determinant has changed its sign at the end of a step.</summary>
    /// <param name="time">The end of the step.</param>
    /// <param name="order">The order of the backward differentiation formula.</param>
    public bool IsBeyondLimit(double time, int order)
    {
        history.Prepare(time, order);
        system.Start();
        system.Evaluate();
        bool within = Factorise(history.Lead * time);
        hasFactors = false;
        return !within;
    }

    /// <summary>The scale of an error of R: its integral over the distance to the nearer end counts.</summary>
    /// <param name="i">The point.</param>
    public double Weight(int i) => 1 + history.Time * Math.Min(memory.Mesh.X[i], memory.Mesh.Y[i]);

    private bool Factorise(double reach)
    {
        system.Differentiate(lu);
        lu.Factorise(team);
        Factorisations++;
        (hasFactors, factorsReach) = (!lu.IsSingular && lu.DeterminantSign > 0, reach);
        return hasFactors;
    }

    private double Improve()
    {
        Iterations++;
        system.Residual.CopyTo(update, 0);
        lu.Solve(update);
        int n = system.Columns;
        double size = Math.Abs(update[2 * n]);
        for (int i = 1; i <= n; i++)
        {
            double c = update[i - 1], r = update[n + i - 1];
            system.C[i] -= c;
            system.R[i] -= r;
            size = Math.Max(size, Math.Max(Math.Abs(c), Math.Abs(r) * Weight(i)));
        }

        system.Mu -= update[2 * n];
        if (problem.FollowsOverlap)
        {
            system.LogM -= update[2 * n + 1];
            size = Math.Max(size, Math.Abs(update[2 * n + 1]) / OverlapScale());
        }

        return double.IsNaN(system.Mu) ? double.NaN : size;
    }

    // An error of ln m shifts the escape: absolute, but for the rounding of very large logarithms.
    private double OverlapScale() => 1 + 0.02 * Math.Abs(system.LogM - problem.LogOverlap!.Value);

    // New minus predicted, times the formula's share. What oscillates within a panel is the trace of older steps, moves along with t' and does not add up: it counts a tenth.
    private double LocalError()
    {
        var mesh = memory.Mesh;
        int q = mesh.Basis.Degree;
        double error = 0;
        for (int k = 0; k < mesh.Panels; k++)
        {
            double meanC = 0, meanR = 0, mostC = 0, mostR = 0;
            for (int i = 1; i <= q; i++)
            {
                int at = k * q + i;
                double c = system.C[at] - history.PredictedC[at], r = (system.R[at] - history.PredictedR[at]) * Weight(at), w = mesh.Basis.Weights[i];
                meanC += w * c;
                meanR += w * r;
                mostC = Math.Max(mostC, Math.Abs(c));
                mostR = Math.Max(mostR, Math.Abs(r));
            }

            error = Math.Max(error, Math.Max(Math.Abs(meanC) + NoiseShare * mostC, Math.Abs(meanR) + NoiseShare * mostR));
        }

        if (problem.FollowsOverlap && system.GoneRate is null)
        {
            error = Math.Max(error, Math.Abs(system.LogM - history.PredictedLogM) / OverlapScale());
        }

        return error * history.ErrorShare;
    }
}
