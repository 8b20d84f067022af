// The command "probe": whether a negative direction toward the signal opens where gradient flow starts or is trapped, model by model.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Models;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>The lowest eigenpairs of drawn instances against the transition of the outlier in closed form or quadrature.</summary>
public sealed class ProbeRun : Run
{
    /// <summary>The names of the models.</summary>
    internal const string Spiked = "spiked", PhaseRetrieval = "phase-retrieval";

    /// <summary>Which model.</summary>
    public static Parameter<string> ModelName { get; } = new("model", $"{Spiked}: matrix and tensor, at the states where the flow with the overlap held at zero ends; {PhaseRetrieval}: at a random start", Readers.Choice(Spiked, PhaseRetrieval));

    /// <summary>a.</summary>
    public static Parameter<double> Normalisation { get; } = new(
        "a", $"a of the loss (h^2 - y^2)^2/(a + y^2), {PhaseRetrieval} alone", Readers.Number(Models.PhaseRetrieval.SmallestNormalisation, Models.PhaseRetrieval.LargestNormalisation), "0.1");

    /// <summary>α.</summary>
    public static Parameter<double[]> Measurements { get; } = new("alpha", $"measurements per dimension, {PhaseRetrieval} alone (default: 2.5 and 4 times the transition)", Readers.Numbers(1e-3, 1e6));

    /// <summary>Δ_p.</summary>
    public static Parameter<double[]> TensorNoises { get; } = new("delta-p", $"variances of the tensor noise, one row each, {Spiked} alone", Readers.Numbers(SpikedMatrixTensor.SmallestNoise, SpikedMatrixTensor.LargestNoise), "1");

    /// <summary>Nothing is drawn.</summary>
    public static Parameter<bool> IsTheory { get; } = new("theory", "what is known for infinite N alone: draw nothing", Readers.Flag) { IsFlag = true };

    /// <inheritdoc/>
    public override string Command => "probe";

    /// <inheritdoc/>
    public override string Summary => "does a negative direction toward the signal open: lowest eigenpairs against the transition of the outlier";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [ModelName, Normalisation, Measurements, ModelParameters.TensorOrder, TensorNoises, IsTheory];

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        string model = set.Get(ModelName);
        Parameter[] foreign = model == Spiked ? [Normalisation, Measurements] : [ModelParameters.TensorOrder, TensorNoises];
        return foreign.FirstOrDefault(set.IsGiven) is { } other
            ? throw new BadInputException($"--{other.Name} has no meaning for --model {model}: leave it out")
            : [.. base.Effective(set).Where(pair => !foreign.Contains(pair.Parameter))];
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        Effective(set);
        return set.Get(ModelName) == Spiked ? SpikedProbe.Of(set, context) : PhaseRetrievalProbe.Of(set, context);
    }
}
