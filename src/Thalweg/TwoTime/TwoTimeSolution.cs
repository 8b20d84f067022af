// A solution of the two-time equations: its rows, and C, R, m, μ and the energy at any time in between.
using System;
using Thalweg.Models;
using Thalweg.Numerics;
using Thalweg.Numerics.Meshes;
using Thalweg.Results;

namespace Thalweg.TwoTime;

/// <summary>What a run cost.</summary>
public sealed record StepCounts
{
    /// <summary>Accepted steps.</summary>
    public int Steps { get; internal set; }

    /// <summary>Steps that were tried and rejected.</summary>
    public int Rejected { get; internal set; }

    /// <summary>Newton iterations.</summary>
    public int Iterations { get; internal set; }

    /// <summary>Factorisations of the Newton matrix.</summary>
    public int Factorisations { get; internal set; }

    /// <summary>Changes of the mesh.</summary>
    public int Meshes { get; internal set; }

    /// <summary>The sum of two.</summary>
    /// <param name="other">The other one.</param>
    public StepCounts Plus(StepCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new() { Steps = Steps + other.Steps, Rejected = Rejected + other.Rejected, Iterations = Iterations + other.Iterations, Factorisations = Factorisations + other.Factorisations, Meshes = Meshes + other.Meshes };
    }

    internal void Save(RunState state, string name) => state.Put(name + ".counts", Steps, Rejected, Iterations, Factorisations, Meshes);

    internal static StepCounts Load(RunState state, string name)
    {
        double[] numbers = state.NumbersOf(name + ".counts", 5);
        return new() { Steps = (int)numbers[0], Rejected = (int)numbers[1], Iterations = (int)numbers[2], Factorisations = (int)numbers[3], Meshes = (int)numbers[4] };
    }
}

/// <summary>A solution; C and R can be evaluated anywhere up to its last time.</summary>
/// <remarks>Memory: two numbers for each of the L + 1 columns of each row. Evaluation costs six short dot products.</remarks>
public sealed class TwoTimeSolution
{
    private readonly TwoTimeRows rows;

    internal TwoTimeSolution(TwoTimeProblem problem, TwoTimeRows rows, PanelMesh mesh, StepCounts counts, Status status, string sentence, double settledUntil = 0)
    {
        (Problem, this.rows, Mesh, Counts, Status, Sentence) = (problem, rows, mesh, counts, status, sentence);
        LastTime = Math.Max(rows.T[^1], settledUntil);
    }

    /// <summary>The problem.</summary>
    public TwoTimeProblem Problem { get; }

    /// <summary>The mesh in θ = t'/t of every row.</summary>
    public PanelMesh Mesh { get; }

    /// <summary>What the run cost.</summary>
    public StepCounts Counts { get; }

    /// <summary>Converged, or NotConverged when the run had to stop before its end.</summary>
    public Status Status { get; }

    /// <summary>Why it had to stop; empty when it did not.</summary>
    public string Sentence { get; }

    /// <summary>[n]: the times of the rows, ascending from 0.</summary>
    public ReadOnlySpan<double> Times => rows.T;

    /// <summary>[n]: μ at the rows.</summary>
    public ReadOnlySpan<double> Multipliers => rows.Mu;

    /// <summary>[n]: ln m at the rows; meaningless without an overlap.</summary>
    public ReadOnlySpan<double> LogOverlaps => rows.LogM;

    /// <summary>[n]: d ln m/dt at the rows.</summary>
    public ReadOnlySpan<double> GrowthRates => rows.Growth;

    /// <summary>[n]: the energy density at the rows.</summary>
    public ReadOnlySpan<double> Energies => rows.Energy;

    /// <summary>The last time: that of the last row or, where the flow has come to rest at the signal, the end that was asked for.</summary>
    public double LastTime { get; }

    /// <summary>When the flow came to rest at the signal, after which there are no rows; null when it did not.</summary>
    public double? SettledTime => LastTime > rows.T[^1] ? rows.T[^1] : null;

    /// <summary>From when on the overlap is gone for good and ln m only continued; null when it is not.</summary>
    public double? GoneTime => Problem.FollowsOverlap && Settling.Gone(rows) is { } n ? rows.T[n] : null;

    /// <summary>[i]: C(t_n, x_i t_n) of a row, on the points of <see cref="Mesh"/>.</summary>
    /// <param name="n">The row.</param>
    public ReadOnlySpan<double> CorrelationRow(int n) => rows.C[n];

    /// <summary>[i]: R(t_n, x_i t_n) of a row.</summary>
    /// <param name="n">The row.</param>
    public ReadOnlySpan<double> ResponseRow(int n) => rows.R[n];

    /// <summary>μ(t).</summary>
    /// <param name="t">From 0 to the last time.</param>
    public double Multiplier(double t) => At(t, rows.Mu);

    /// <summary>The energy density e(t).</summary>
    /// <param name="t">From 0 to the last time.</param>
    public double Energy(double t) => At(t, rows.Energy);

    /// <summary>ln m(t).</summary>
    /// <param name="t">From 0 to the last time.</param>
    public double LogOverlap(double t) => At(t, rows.LogM);

    /// <summary>d ln m/dt.</summary>
    /// <param name="t">From 0 to the last time.</param>
    public double GrowthRate(double t) => At(t, rows.Growth);

    /// <summary>C(t,s), symmetric.</summary>
    /// <param name="t">A time from 0 to the last one.</param>
    /// <param name="s">Another one.</param>
    public double Correlation(double t, double s) => t >= s ? At(t, s, rows.C) : At(s, t, rows.C);

    /// <summary>R(t,s), zero for t &lt; s and 1 just above the diagonal.</summary>
    /// <param name="t">The time of the answer, from 0 to the last one.</param>
    /// <param name="s">The time of the question.</param>
    public double Response(double t, double s) => t >= s ? At(t, s, rows.R) : 0;

    internal void Save(RunState state, string name)
    {
        rows.Save(state, name, rows.Count, Mesh);
        Counts.Save(state, name);
        state.Put(name + ".status", (int)Status, LastTime);
        state.Put(name + ".sentence", Sentence);
    }

    internal static TwoTimeSolution Load(TwoTimeProblem problem, RunState state, string name)
    {
        var (rows, mesh) = TwoTimeRows.Load(state, name);
        double[] status = state.NumbersOf(name + ".status", 2);
        return new(problem, rows, mesh, StepCounts.Load(state, name), (Status)(int)status[0], state.TextOf(name + ".sentence"), status[1]);
    }

    /// <summary>The mean energy of the noise of one power, ε_k(t) = -∫ R d(a_k C^k)/dC ds - (1/T0) a_k C(t,0)^k.</summary>
    /// <param name="power">k.</param>
    /// <returns>[n]: its values at <see cref="Times"/>, for <see cref="At(double, ReadOnlySpan{double})"/>.</returns>
    public double[] NoiseEnergies(int power)
    {
        var part = Covariance.Pure(power, Problem.Model.Noise.Coefficient(power));
        double[] energies = new double[rows.Count];
        for (int n = 0; n < energies.Length; n++)
        {
            double sum = 0;
            for (int i = 0; i <= Mesh.Unknowns; i++)
            {
                sum += Mesh.Weights[i] * TwoTimeEquations.EnergyKernel(part, rows.C[n][i], rows.R[n][i]);
            }

            energies[n] = rows.T[n] * sum - Problem.InitialInverse * part.Q(rows.C[n][^1]);
        }

        return energies;
    }

    /// <summary>Any other observable that is known at the rows.</summary>
    /// <param name="t">From 0 to the last time.</param>
    /// <param name="values">[n]: its values at <see cref="Times"/>.</param>
    public double At(double t, ReadOnlySpan<double> values)
    {
        Span<double> weights = stackalloc double[TwoTimeRows.WindowRows];
        var (first, count) = Window(t <= LastTime ? Math.Min(t, rows.T[^1]) : t, weights);
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += weights[i] * values[first + i];
        }

        return sum;
    }

    /// <summary>C(t, x_i t) and R(t, x_i t) at any time, with all digits of the distance from the diagonal.</summary>
    /// <param name="t">From 0 to the last row.</param>
    /// <param name="correlation">[i], receives C on the points of <see cref="Mesh"/>.</param>
    /// <param name="response">[i], receives R there.</param>
    public void FieldsAt(double t, Span<double> correlation, Span<double> response)
    {
        Span<double> weights = stackalloc double[TwoTimeRows.WindowRows];
        var (first, count) = Window(t, weights);
        correlation.Clear();
        response.Clear();
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= Mesh.Unknowns; j++)
            {
                correlation[j] += weights[i] * rows.C[first + i][j];
                response[j] += weights[i] * rows.R[first + i][j];
            }
        }
    }

    private double At(double t, double s, ReadOnlySpan<double[]> from)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(s);
        if (t == s)
        {
            return 1;
        }

        if (t > rows.T[^1] && t <= LastTime)
        {
            (t, s) = Settling.Of(t, s, rows.T[^1]);
        }

        Span<double> weights = stackalloc double[TwoTimeRows.WindowRows];
        var (first, count) = Window(t, weights);
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += weights[i] * Mesh.Evaluate(from[first + i], s / t, (t - s) / t);
        }

        return sum;
    }

    private (int First, int Count) Window(double t, Span<double> weights)
    {
        if (!(t >= 0 && t <= rows.T[^1]))
        {
            throw new ArgumentOutOfRangeException(nameof(t), t, FormattableString.Invariant($"must be a time from 0 to {LastTime}"));
        }

        int hint = ~rows.T.BinarySearch(t);
        hint = hint < 0 ? ~hint : hint - 1;
        return rows.Window(t, PortableMath.Log(1 + t), ref hint, weights);
    }
}
