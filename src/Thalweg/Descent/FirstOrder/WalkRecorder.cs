// Writes down the rows of a walk and the configurations at its waiting times, in memory that is reserved at the start.
using System;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Results;

namespace Thalweg.Descent.FirstOrder;

/// <summary>The recorder; nothing is allocated between two calls of <see cref="Save"/>.</summary>
internal sealed class WalkRecorder
{
    private const int Scalars = 5;
    private const string Rows = "walk rows", Waited = "walk waiting", Counts = "walk counts";
    private readonly ILandscape landscape;
    private readonly WalkOptions options;
    private readonly ILossParts? lossParts;
    private readonly double[] outputs, waits, gradient, parts;
    private readonly double[][] columns, waited, correlation;
    private readonly double thermal;
    private int rows, kept;

    public WalkRecorder(ILandscape landscape, WalkOptions options, double temperature)
    {
        if (landscape.Dimension < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(landscape), landscape.Dimension, "N must be at least 2: the sphere of dimension 0 has no gradient");
        }

        (this.landscape, this.options, thermal) = (landscape, options, temperature * (landscape.Dimension - 1) / landscape.Dimension);
        (outputs, waits, gradient) = ([.. options.OutputTimes], [.. options.WaitingTimes], new double[landscape.Dimension]);
        lossParts = landscape as ILossParts;
        parts = new double[lossParts?.NoisePowers.Length ?? 0];
        columns = [.. Enumerable.Range(0, Scalars + (lossParts is null ? 0 : parts.Length + 1)).Select(_ => new double[outputs.Length])];
        (waited, correlation) = ([.. waits.Select(_ => new double[landscape.Dimension])], [.. waits.Select(_ => new double[outputs.Length])]);
    }

    /// <summary>The next time at which something is to be written down; infinite when nothing is left.</summary>
    public double Next => Math.Min(rows < outputs.Length ? outputs[rows] : double.PositiveInfinity, kept < waits.Length ? waits[kept] : double.PositiveInfinity);

    public void Begin() => (rows, kept) = (0, 0);

    /// <summary>Writes down all that is due.</summary>
    /// <param name="due">The time up to which things are due.</param>
    /// <param name="time">The time of the configuration.</param>
    /// <param name="point">σ, |σ| = 1.</param>
    public void Take(double due, double time, ReadOnlySpan<double> point)
    {
        while (Next <= due)
        {
            if (kept < waits.Length && waits[kept] <= (rows < outputs.Length ? outputs[rows] : double.PositiveInfinity))
            {
                point.CopyTo(waited[kept++]);
                continue;
            }

            double loss = landscape.Gradient(point, gradient), radial = Sphere.Project(point, gradient);
            (columns[0][rows], columns[1][rows], columns[2][rows]) = (time, landscape.Signal.IsEmpty ? 0 : Vectors.Dot(landscape.Signal, point), loss);
            (columns[3][rows], columns[4][rows]) = (thermal - radial, Vectors.Length(gradient));
            if (lossParts is not null)
            {
                columns[^1][rows] = lossParts.LossParts(point, parts);
                for (int k = 0; k < parts.Length; k++)
                {
                    columns[Scalars + k][rows] = parts[k];
                }
            }

            for (int w = 0; w < waits.Length; w++)
            {
                correlation[w][rows] = w < kept ? Vectors.Dot(waited[w], point) : double.NaN;
            }

            rows++;
            options.Observer?.Invoke(time, point);
        }
    }

    public Trajectory Finish(Status status, string sentence, double time, ReadOnlySpan<double> point, WalkCounts counts) =>
        new(status, sentence, columns[0][..rows], columns[1][..rows], columns[2][..rows], columns[3][..rows], columns[4][..rows], Array.ConvertAll(columns[Scalars..], column => column[..rows]),
            Array.ConvertAll(correlation, row => row[..rows]), Array.ConvertAll(waited[..kept], row => row.ToArray()), time, point.ToArray(), counts);

    // NaN before a waiting time is written as 2, which no correlation can be.
    public void Save(RunState state)
    {
        state.Put(Counts, rows, kept);
        state.Put(Rows, [.. columns.Select(column => column[..rows]), .. correlation.Select(row => Array.ConvertAll(row[..rows], c => double.IsNaN(c) ? 2 : c))]);
        if (kept > 0)
        {
            state.Put(Waited, [.. waited.Take(kept).Select(row => row.ToArray())]);
        }
    }

    public void Load(RunState state)
    {
        double[] counts = state.NumbersOf(Counts, 2);
        (rows, kept) = ((int)counts[0], (int)counts[1]);
        var stored = state.RowsOf(Rows);
        if (stored.Count != columns.Length + waits.Length || rows > outputs.Length || kept > waits.Length || stored[0].Length != rows)
        {
            throw new FormatException("the state of the walk was recorded at other times");
        }

        for (int i = 0; i < stored.Count; i++)
        {
            double[] to = i < columns.Length ? columns[i] : correlation[i - columns.Length];
            for (int row = 0; row < rows; row++)
            {
                to[row] = i >= columns.Length && stored[i][row] == 2 ? double.NaN : stored[i][row];
            }
        }

        for (int w = 0; w < kept; w++)
        {
            state.RowsOf(Waited)[w].CopyTo(waited[w], 0);
        }
    }
}
