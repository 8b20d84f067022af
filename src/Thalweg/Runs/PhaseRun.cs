// The command "phase": every threshold at each tensor noise, the lines of Fig. 2.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Thresholds;

namespace Thalweg.Runs;

/// <summary>All thresholds at each point; Fig. 2.</summary>
public sealed class PhaseRun : Run
{
    /// <summary>The tensor noises, one row each.</summary>
    public static Parameter<double[]> TensorNoises { get; } = new(
        "delta-p", "variances of the tensor noise, one row each", Readers.Numbers(SpikedMatrixTensor.SmallestNoise, SpikedMatrixTensor.LargestNoise), "0.05:4:80");

    /// <summary>T of the Langevin threshold.</summary>
    public static Parameter<double> Temperature { get; } = new("temperature", "temperature of the Langevin threshold", Readers.Number(0, 1e6), "1");

    /// <inheritdoc/>
    public override string Command => "phase";

    /// <inheritdoc/>
    public override string Summary => "all thresholds at each tensor noise: the lines of Fig. 2";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [ModelParameters.TensorOrder, TensorNoises, ModelParameters.Mixture, ModelParameters.Planted, ModelParameters.NotPlanted, Temperature];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return set.IsGiven(ModelParameters.Mixture)
            ? [.. ModelParameters.Effective(set, ModelParameters.InverseMatrixNoise), (Temperature, Temperature.Canonical(set.Text(Temperature)!))]
            : [.. base.Effective(set.With((ModelParameters.Planted, null), (ModelParameters.NotPlanted, ModelParameters.IsPlanted(set, true) ? null : "true")))];
    }

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return 8L * 1024 * (set.IsGiven(ModelParameters.Mixture) ? 1 : set.Get(TensorNoises).Length);
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        double temperature = set.Get(Temperature);
        var points = Points(set);
        var diagrams = new PhaseDiagram[points.Count];
        int done = 0;
        Parallel.For(0, points.Count, new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = context.Cancellation }, i =>
        {
            diagrams[i] = new PhaseDiagram(points[i].Family, temperature);
            context.Progress?.Report(new((double)System.Threading.Interlocked.Increment(ref done) / points.Count, "thresholds"));
        });

        var result = new Record { { "rows", points.Select((point, i) => Row(point.TensorNoise, diagrams[i])) } };
        return Outcome.Judged(result, [Table(points, diagrams)], set.Get(CommonParameters.Tolerance));
    }

    /// <summary>The thresholds of one point under the keys of the command-line contract.</summary>
    /// <param name="tensorNoise">Δ_p, or null for a mixture.</param>
    /// <param name="diagram">The thresholds.</param>
    public static Record Row(double? tensorNoise, PhaseDiagram diagram)
    {
        ArgumentNullException.ThrowIfNull(diagram);
        var record = new Record();
        if (tensorNoise is { } noise)
        {
            record.Add("delta_p", noise);
        }
        else
        {
            record.Add("delta_p", new Datum.Absent("a mixture has no single tensor noise"));
        }

        foreach (var (key, quantity) in Lines(diagram))
        {
            record.Add(key, quantity);
        }

        return record;
    }

    private static IEnumerable<(string Key, Quantity Quantity)> Lines(PhaseDiagram diagram) =>
    [
        ("delta2_gf", diagram.GradientFlow),
        ("delta2_triv", diagram.Trivial),
        ("delta2_triv_all_overlaps", Trivialization.Reciprocal(diagram.InverseTrivialAllOverlaps)),
        ("delta2_ml_amp", diagram.MaximumLikelihood),
        ("delta2_amp", diagram.MessagePassing),
        ("inv_delta2_it", diagram.Bayes.Recovery),
        ("inv_delta2_it_jump", diagram.Bayes.Jump),
        ("inv_delta2_spinodal", diagram.Bayes.Spinodal),
        ("inv_delta2_spinodal_upper", diagram.Bayes.UpperSpinodal),
        ("delta2_langevin", diagram.Langevin),
    ];

    private static List<(double? TensorNoise, MatrixFamily Family)> Points(ParameterSet set)
    {
        if (set.IsGiven(ModelParameters.Mixture))
        {
            foreach (Parameter other in new Parameter[] { ModelParameters.TensorOrder, TensorNoises })
            {
                if (set.IsGiven(other))
                {
                    throw new BadInputException($"--mixture and --{other.Name} contradict each other: a mixture is the whole model: leave out --{other.Name}");
                }
            }

            return [(null, ModelParameters.Read(set).Family)];
        }

        // Without a signal there is nothing to find, and every threshold says so.
        bool planted = ModelParameters.Read(set.With((TensorNoises, "1"))).Model.IsPlanted;
        int p = set.Get(ModelParameters.TensorOrder);
        return [.. set.Get(TensorNoises).Select(noise => ((double?)noise, planted
            ? MatrixFamily.Spiked(p, noise)
            : MatrixFamily.Of(SpikedMatrixTensor.FromInverseMatrixNoise(p, noise, 1).ToModel(planted: false))))];
    }

    private static Table Table(List<(double? TensorNoise, MatrixFamily Family)> points, PhaseDiagram[] diagrams)
    {
        var lines = diagrams.Select(diagram => Lines(diagram).ToArray()).ToArray();
        var columns = new List<Column>();
        if (points[0].TensorNoise is not null)
        {
            columns.Add(new("delta_p", [.. points.Select(point => point.TensorNoise!.Value)]));
        }

        for (int k = 0; k < lines[0].Length; k++)
        {
            var quantities = lines.Select(line => line[k].Quantity).ToArray();
            columns.Add(Column.Of(lines[0][k].Key, quantities));
            columns.Add(new(lines[0][k].Key + "_error", [.. quantities.Select(quantity => quantity.Error)], [.. quantities.Select(quantity => quantity.Exists)]));
        }

        return new("phase", columns);
    }
}
