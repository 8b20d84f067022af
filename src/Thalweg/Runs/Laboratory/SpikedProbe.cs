// What "probe" does for the spiked model: where the states that trap the flow grow their first negative direction toward the signal.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Descent.SecondOrder;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Threads;
using Thalweg.Probes;
using Thalweg.Results;
using Thalweg.Thresholds;

namespace Thalweg.Runs.Laboratory;

/// <summary>Theory and measurements of the spiked model.</summary>
/// <remarks>
/// At a minimum of the slice of zero overlap the Hessian is H_0 - u e e^T, with e the signal's direction, u = 1/Δ_2 = S''(0), and H_0 positive on the directions orthogonal to e. By Schur's complement it has a negative eigenvalue exactly when u &gt; 1/⟨e,H_0^{-1} e⟩, so that one state says at
/// which strength of the signal its own outlier crosses zero. In units of the bulk, g = 1/(sqrt(u + R_2) ⟨e,H_0^{-1} e⟩), it goes to 1 at threshold states of infinite N; the crossing u = g sqrt(u + R_2) is then eq. (5). States are drawn at the u of that equation; minima of finite N lie below the
/// threshold by a shift of order N^(-2/3), whose resolvent differs from 1 by N^(-1/3): the power by which the limit is taken.
/// </remarks>
internal static class SpikedProbe
{
    private const double StepTolerance = 1e-5, GradientNorm = 1e-9, DefaultTime = 100, LimitPower = 1.0 / 3;

    // Numbers of a trial: 1/Δ_2 of the crossing, its ratio g, mu in units of the bulk, the lowest eigenvalue and its overlap, the gradient, whether a minimum was reached.
    private static readonly string[] Names = ["inv_delta2_crossing", "ratio", "shift", "lowest", "overlap2", "gradient_norm", "minimum"];

    /// <summary>Bytes of the largest instance and of its Hessian's eigenvectors.</summary>
    /// <param name="set">The options of <see cref="ProbeRun"/>.</param>
    public static long MemoryForecast(ParameterSet set)
    {
        int n = ProbeTrials.Sizes(set).Max();
        return (long)(InstanceForecast.Of(SpikedMatrixTensor.FromInverseMatrixNoise(set.Get(ModelParameters.TensorOrder), 1, 1).ToModel(), n, EntryPrecision.Double, Environment.ProcessorCount).Bytes + 96.0 * n * n);
    }

    /// <summary>The whole answer.</summary>
    /// <param name="set">The options of <see cref="ProbeRun"/>.</param>
    /// <param name="context">Progress, cancellation, checkpoints, threads.</param>
    public static Outcome Of(ParameterSet set, RunContext context)
    {
        int p = set.Get(ModelParameters.TensorOrder);
        double[] noises = set.Get(ProbeRun.TensorNoises);
        MatrixFamily[] families = [.. noises.Select(noise => MatrixFamily.Spiked(p, noise))];
        Quantity[] openings = [.. families.Select(GradientFlowThreshold.Of)], inverse = [.. families.Select(GradientFlowThreshold.Inverse)];
        bool draws = !set.IsOn(ProbeRun.IsTheory);
        int[] sizes = draws ? ProbeTrials.Sizes(set) : [];
        int trials = draws ? set.Get(ProbeRun.Trials) : 0;
        var rows = draws ? Draw(set, families, inverse, sizes, context) : [];
        Record[] records = [.. noises.Select((noise, k) => Row(noise, openings[k], inverse[k], sizes, [.. sizes.Select((_, i) => rows.Skip((k * sizes.Length + i) * trials).Take(trials).ToArray())]))];
        var result = new Record
        {
            { "delta2_opening", noises.Length == 1 ? openings[0] : Quantity.Missing("there are several Delta_p: see the rows") },
            { "rows", records },
            { "verdict", Verdict(openings, records) },
        };
        List<Table> tables = [new("theory", new Column("delta_p", noises), Column.Of("delta2_opening", openings))];
        if (draws)
        {
            List<Column> columns =
            [
                new("delta_p", [.. rows.Select((_, k) => noises[k / (sizes.Length * trials)])]), new("n", [.. rows.Select((_, k) => (double)sizes[k / trials % sizes.Length])]), new("trial", [.. rows.Select((_, k) => (double)k)]),
                .. Names.Select((name, column) => new Column(name, [.. rows.Select(row => row[column])])),
            ];
            tables.Add(new("states", columns));
        }

        int missed = rows.Count(row => row[^1] == 0);
        return missed == 0 ? Outcome.Judged(result, tables, set.Get(CommonParameters.Tolerance))
            : new(Status.NotConverged, $"{missed} of {rows.Count} instances reached no minimum; a later --t helps", result, tables);
    }

    private static string Verdict(Quantity[] openings, Record[] records)
    {
        string theory = "at the threshold states, which trap the flow at zero overlap, a negative direction toward the signal opens for Delta_2 below " + string.Join(", ", openings.Select(opening => FormattableString.Invariant($"{opening.Value:G6}")));
        Quantity[] limits = [.. records.Where(record => record.Find("inv_delta2_limit") is not null).Select(record => record.Quantity("inv_delta2_limit"))];
        return limits.Length == 0 || limits.Any(limit => !limit.Exists || limit.Value <= 0) ? theory
            : theory + "; drawn states say " + string.Join(", ", limits.Select(limit => FormattableString.Invariant($"{1 / limit.Value:G3} with a standard error of {limit.Error / (limit.Value * limit.Value):G2}")));
    }

    private static Record Row(double noise, Quantity opening, Quantity inverse, int[] sizes, double[][][] groups)
    {
        var record = new Record { { "delta_p", noise }, { "delta2_opening", opening }, { "inv_delta2_opening", inverse } };
        if (sizes.Length == 0)
        {
            return record;
        }

        Quantity[] crossings = [.. groups.Select(group => ProbeTrials.Mean(group.Select(row => row[0])))];
        var limit = ProbeTrials.Limit(sizes, crossings, LimitPower);
        record.Add("measured", sizes.Select((n, i) => new Record
        {
            { "n", n }, { "trials", groups[i].Length }, { "inv_delta2_crossing", crossings[i] }, { "ratio", ProbeTrials.Mean(groups[i].Select(row => row[1])) },
            { "shift", ProbeTrials.Mean(groups[i].Select(row => row[2])) }, { "lowest", ProbeTrials.Mean(groups[i].Select(row => row[3])) }, { "overlap2", ProbeTrials.Mean(groups[i].Select(row => row[4])) },
        }));
        record.Add("inv_delta2_limit", limit);
        record.Add("inv_delta2_deviation", ProbeTrials.Deviation(limit, inverse));
        return record;
    }

    private static IReadOnlyList<double[]> Draw(ParameterSet set, MatrixFamily[] families, Quantity[] inverse, int[] sizes, RunContext context)
    {
        int trials = set.Get(ProbeRun.Trials);
        ulong seed = set.Get(CommonParameters.Seed);
        double time = set.IsGiven(ProbeRun.Time) ? set.Get(ProbeRun.Time) : DefaultTime;
        using var team = new ThreadTeam(context.Threads);
        return ProbeTrials.Run(families.Length * sizes.Length * trials, Names.Length, One, context);

        double[] One(int k)
        {
            int row = k / (sizes.Length * trials), n = sizes[k / trials % sizes.Length];
            double u = inverse[row].Value, rest = families[row].Rest.CurvatureAtOne;
            var landscape = PackedInstance.Draw(families[row].ModelAt(u), n, seed, (uint)k, new PackedOptions(), team).Landscape(team);
            double[] start = new double[n];
            Trials.Start(landscape, 0, seed, (uint)k, start);
            var slice = new OrthogonalLandscape(landscape, landscape.Signal);
            var walk = GradientFlow.Run(slice, start, new() { EndTime = time, Tolerance = StepTolerance, Stepper = FlowStepper.Chebyshev, GradientNorm = GradientNorm, Cancellation = context.Cancellation });
            context.Cancellation.ThrowIfCancellationRequested();
            var minimum = TrustRegionNewton.Run(slice, walk.Configuration, new() { GradientNorm = GradientNorm, Cancellation = context.Cancellation });
            context.Cancellation.ThrowIfCancellationRequested();
            var hessian = new TangentHessian(landscape, minimum.Configuration);
            double[] matrix = hessian.Dense(), direction = hessian.Coordinates(landscape.Signal);
            var eigen = SymmetricEigen.InPlace(matrix, n - 1, new double[matrix.Length]);
            double inverseForm = 0, overlap2 = 0;
            for (int i = n - 2; i >= 0; i--)
            {
                double along = Vectors.Dot(eigen.Vector(i), direction);
                overlap2 = along * along;
                inverseForm += overlap2 / eigen.Values[i];
            }

            // Of the Hessian with the signal: 1/⟨e,H^{-1} e⟩ = 1/⟨e,H_0^{-1} e⟩ - u.
            double scale = Math.Sqrt(u + rest), ratio = (1 / inverseForm + u) / scale, square = ratio * ratio;
            return [0.5 * (square + ratio * Math.Sqrt(square + 4 * rest)), ratio, hessian.Multiplier / scale, eigen.Values[0], overlap2, minimum.GradientNorm, minimum.Sentence.Length == 0 ? 1 : 0];
        }
    }
}
