// Eq. (10) for an infinitesimal overlap, driven by a finished solution without a signal: the growth d ln m/dt for any list of signal strengths.
using System;
using Thalweg.Numerics;
using Thalweg.Numerics.Threads;
using Thalweg.TwoTime;

namespace Thalweg.Growth;

/// <summary>
/// While m is small it does not act back on C and R, and a signal enters through k = S''(0) alone. With g = d ln m/dt, eq. (10) is a Volterra equation for g,
/// <code>g(t) = k - μ(t) + ∫_0^t Σ(t,s) exp(-∫_s^t g) ds,    Σ = R Q''(C),</code>
/// so that one solution of eqs. (8), (9), (11) serves every strength k.
/// </summary>
/// <remarks>
/// Rows and columns are those of the solution, and so is the method: the backward differentiation formula of order four in ln(1 + t) for ln m, whose polynomial also gives ln m between the last row and the new one, six rows
/// before that, the quadrature of the mesh, and Newton's method in the one unknown of a row. (To integrate g instead, by Adams' formulas, is unstable: the equation is stiff.) Cost: rows × columns × strengths.
/// </remarks>
public static class LinearOverlap
{
    private const int Points = TwoTimeRows.WindowRows, Order = 4, MostIterations = 60;
    private const double Settled = 1e-14;

    /// <summary>d ln m/dt at the rows of a solution.</summary>
    /// <param name="solution">A solution without a signal from a random start.</param>
    /// <param name="strengths">[j]: k_j = S''(0), finite.</param>
    /// <param name="threads">How many threads to use; results do not depend on it.</param>
    /// <returns>[j][n]: the growth for k_j at <see cref="TwoTimeSolution.Times"/>.</returns>
    /// <exception cref="ArgumentException">The solution has an overlap of its own, or started in equilibrium.</exception>
    public static double[][] Growth(TwoTimeSolution solution, ReadOnlySpan<double> strengths, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(solution);
        if (solution.Problem.HasOverlap || solution.Problem.InitialInverse > 0)
        {
            throw new ArgumentException("must be a solution without a signal from a random start", nameof(solution));
        }

        double[] k = strengths.ToArray();
        var paths = new Path[k.Length];
        int rows = solution.Times.Length;
        for (int j = 0; j < k.Length; j++)
        {
            paths[j] = new Path(k[j], rows);
            paths[j].Begin(solution.Multipliers[0]);
        }

        using var team = new ThreadTeam(threads);
        var row = new Row(solution);
        for (int n = 1; n < rows; n++)
        {
            row.Prepare(n);
            team.For(k.Length, j => paths[j].Advance(row));
        }

        return Array.ConvertAll(paths, path => path.Growth);
    }

    // What a row needs, the same for every strength: Σ(t,s) ds at its columns, and how ln m there follows from ln m at the rows.
    private sealed class Row
    {
        private readonly TwoTimeSolution solution;
        private readonly double[] u;

        public Row(TwoTimeSolution solution)
        {
            this.solution = solution;
            u = Array.ConvertAll(solution.Times.ToArray(), t => PortableMath.Log(1 + t));
            int columns = solution.Mesh.Unknowns + 1;
            (Kernel, First, Weights, Derivative) = (new double[columns], new int[columns], new double[columns * Points], new double[Order + 1]);
        }

        public int Index { get; private set; }

        public double Multiplier { get; private set; }

        // Columns that lie beyond the last row: their ln m depends on the unknown.
        public int Fresh { get; private set; }

        // The first row of the step's polynomial.
        public int StepFirst { get; private set; }

        // [i]: t w_i Σ(t, x_i t).
        public double[] Kernel { get; }

        // [i]: the first row of the window that ln m(x_i t) is interpolated from.
        public int[] First { get; }

        // [i, l]: the weights of that window; for a fresh column those of the step's polynomial.
        public double[] Weights { get; }

        // [l]: d/dt at the new row of the step's polynomial.
        public double[] Derivative { get; }

        public void Prepare(int n)
        {
            double time = solution.Times[n];
            (Index, Multiplier) = (n, solution.Multipliers[n]);
            var mesh = solution.Mesh;
            var noise = solution.Problem.Model.Noise;
            var c = solution.CorrelationRow(n);
            var r = solution.ResponseRow(n);
            int order = Math.Min(Order, n);
            StepFirst = n - order;
            var step = u.AsSpan(StepFirst, order + 1);
            Span<double> barycentric = stackalloc double[Points], own = stackalloc double[Points];
            TwoTimeRows.Barycentric(step, barycentric);
            Differentiate(step, barycentric, 1 + time);
            Fresh = 0;
            int interval = n - 1;
            for (int i = 0; i < Kernel.Length; i++)
            {
                double s = mesh.X[i] * time;
                Kernel[i] = time * mesh.Weights[i] * TwoTimeEquations.MemoryKernel(noise, c[i], r[i]);
                var weights = Weights.AsSpan(i * Points, Points);
                weights.Clear();
                if (s > solution.Times[n - 1])
                {
                    First[i] = StepFirst;
                    TwoTimeRows.Weigh(step, barycentric, PortableMath.Log(1 + s), weights);
                    Fresh = i + 1;
                    continue;
                }

                while (interval > 0 && solution.Times[interval] > s)
                {
                    interval--;
                }

                // The window of a solution's own rows, but of those that are known.
                int count = Math.Min(Points, n);
                First[i] = Math.Clamp(interval - Points / 2 + 1, 0, n - count);
                var window = u.AsSpan(First[i], count);
                TwoTimeRows.Barycentric(window, own);
                TwoTimeRows.Weigh(window, own, PortableMath.Log(1 + s), weights);
            }
        }

        // The derivative at its last point of the polynomial through some points: b_l / (b_last (x_last - x_l)), and minus their sum.
        private void Differentiate(ReadOnlySpan<double> points, ReadOnlySpan<double> barycentric, double scale)
        {
            Array.Clear(Derivative);
            int last = points.Length - 1;
            for (int l = 0; l < last; l++)
            {
                Derivative[l] = barycentric[l] / (barycentric[last] * (points[last] - points[l]) * scale);
                Derivative[last] -= Derivative[l];
            }
        }
    }

    // g and ln m for one strength.
    private sealed class Path(double strength, int rows)
    {
        private readonly double[] logM = new double[rows];

        public double[] Growth { get; } = new double[rows];

        public void Begin(double multiplier) => Growth[0] = strength - multiplier;

        public void Advance(Row row)
        {
            int n = row.Index, newest = n - row.StepFirst, columns = row.Kernel.Length;
            double from = logM[n - 1];

            // ln m(t) is counted from the last row; it enters the older columns through a common factor only.
            double old = 0;
            for (int i = row.Fresh; i < columns; i++)
            {
                old += row.Kernel[i] * PortableMath.Exp(Known(row.Weights, i * Points, row.First[i], Math.Min(Points, n), from));
            }

            double slope = Known(row.Derivative, 0, row.StepFirst, newest, from), lead = row.Derivative[newest];
            double y = (Growth[n - 1] - slope) / lead, last = double.PositiveInfinity;
            for (int iteration = 0; iteration < MostIterations; iteration++)
            {
                double past = old * PortableMath.Exp(-y);
                double residual = strength - row.Multiplier + past - slope - lead * y, derivative = -past - lead;
                for (int i = 0; i < row.Fresh; i++)
                {
                    double along = row.Weights[i * Points + newest] - 1;
                    double term = row.Kernel[i] * PortableMath.Exp(Known(row.Weights, i * Points, row.StepFirst, newest, from) + y * along);
                    residual += term;
                    derivative += term * along;
                }

                double change = -residual / derivative;
                y += change;
                if (Math.Abs(change) <= Settled * (1 + Math.Abs(y)) || (iteration > 3 && Math.Abs(change) >= last))
                {
                    break;
                }

                last = Math.Abs(change);
            }

            Growth[n] = slope + lead * y;
            logM[n] = from + y;
        }

        private double Known(double[] weights, int at, int first, int count, double from)
        {
            double sum = 0;
            for (int l = 0; l < count; l++)
            {
                sum += weights[at + l] * (logM[first + l] - from);
            }

            return sum;
        }
    }
}
