// The command "probe": whether a negative direction toward the signal opens where gradient flow starts or is trapped, model by model.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Instances;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Runs.FiniteSize;

namespace Thalweg.Runs.Probe;

/// <summary>The lowest eigenpairs of drawn instances against the transition of the outlier in closed form or quadrature.</summary>
public sealed class ProbeRun : Run
{
    /// <summary>The names of the models.</summary>
    public const string Spiked = "spiked", PhaseRetrieval = "phase-retrieval";

    /// <summary>Which model.</summary>
    public static Parameter<string> ModelName { get; } = new("model", $"{Spiked}: matrix and tensor, at the states where the flow with the overlap held at zero ends; {PhaseRetrieval}: at a random start", Readers.Choice(Spiked, PhaseRetrieval));

    /// <summary>a.</summary>
    public static Parameter<double> Normalisation { get; } = new(
        "a", $"a of the loss (h^2 - y^2)^2/(a + y^2), {PhaseRetrieval} alone", Readers.Number(Models.PhaseRetrieval.SmallestNormalisation, Models.PhaseRetrieval.LargestNormalisation), "0.1");

    /// <summary>α.</summary>
    public static Parameter<double[]> Measurements { get; } = new("alpha", $"measurements per dimension, {PhaseRetrieval} alone (default: 2.5 and 4 times the transition)", Readers.Numbers(1e-3, 1e6));

    /// <summary>Δ_p.</summary>
    public static Parameter<double[]> TensorNoises { get; } = new("delta-p", $"variances of the tensor noise, one row each, {Spiked} alone", Readers.Numbers(SpikedMatrixTensor.SmallestNoise, SpikedMatrixTensor.LargestNoise), "1");

    /// <summary>N.</summary>
    public static Parameter<double[]> Dimensions { get; } = new("n", "numbers N of variables; limits of large N are drawn from several", Readers.Numbers(20, DilutedInstance.LargestDimension), "100,200");

    /// <summary>How many instances.</summary>
    public static Parameter<int> Trials { get; } = new("trials", $"instances at each N; for {Spiked} at the largest, and more at smaller ones in inverse proportion", Readers.Integer(2, 10_000), "8");

    /// <summary>c.</summary>
    public static Parameter<double[]> Diluted { get; } = new("diluted", $"edges C of each variable: sparse random hypergraphs in the place of dense instances, {Spiked} alone; limits of large C are drawn from several", Readers.Numbers(2, 100_000));

    /// <summary>How an entry is kept.</summary>
    public static Parameter<string> Precision { get; } = InstanceParameters.PrecisionWith(null);

    /// <summary>u.</summary>
    public static Parameter<double> Strength { get; } = new("inv-delta-2", $"1/Delta_2 of the noise that states are drawn with, {Spiked} alone (default: that of eq. (5))", Readers.Number(1e-6, 1e6));

    /// <summary>How long the flow lasts.</summary>
    public static Parameter<double> Time { get; } = new("t", $"time of the flow; default 30 for {Spiked}, and for {PhaseRetrieval} none: the start alone is read", Readers.Number(1e-3, 1e9));

    /// <summary>Whether the overlap is held at zero.</summary>
    public static Parameter<bool> IsHeld { get; } = new("hold", $"hold the overlap at zero along the flow, {PhaseRetrieval} alone ({Spiked} always does)", Readers.Flag) { IsFlag = true, Needs = Time };

    /// <summary>Whether the Hessian is read on the way.</summary>
    public static Parameter<bool> IsAlong { get; } = new("along", $"read the Hessian at times along the flow too, {Spiked} alone ({PhaseRetrieval} always does with --t)", Readers.Flag) { IsFlag = true };

    /// <summary>Nothing is drawn.</summary>
    public static Parameter<bool> IsTheory { get; } = new("theory", "what is known for infinite N alone: draw nothing", Readers.Flag) { IsFlag = true };

    /// <inheritdoc/>
    public override string Command => "probe";

    /// <inheritdoc/>
    public override string Summary => "does a negative direction toward the signal open: lowest eigenpairs against the transition of the outlier";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [ModelName, Normalisation, Measurements, ModelParameters.TensorOrder, TensorNoises, Strength, Dimensions, Diluted, Precision, Trials, Time, IsHeld, IsAlong, IsTheory];

    /// <inheritdoc/>
    public override bool CanResume => true;

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        string model = set.Get(ModelName);
        Parameter[] foreign = model == Spiked ? [Normalisation, Measurements, IsHeld] : [ModelParameters.TensorOrder, TensorNoises, Strength, Diluted, Precision, IsAlong], drawn = [Strength, Dimensions, Diluted, Precision, Trials, Time, IsHeld, IsAlong];
        if (foreign.FirstOrDefault(set.IsGiven) is { } other)
        {
            throw new BadInputException($"--{other.Name} has no meaning for --model {model}: leave it out");
        }

        bool theory = set.IsOn(IsTheory);
        return theory && drawn.FirstOrDefault(set.IsGiven) is { } useless
            ? throw new BadInputException($"--{useless.Name} and --{IsTheory.Name} contradict each other: nothing is drawn; leave one of them out")
            : set.IsGiven(Diluted) && set.IsGiven(Precision) ? throw new BadInputException($"--{Diluted.Name} and --{Precision.Name} contradict each other: a sparse graph is kept as it is; leave out --{Precision.Name}")
            : [.. base.Effective(set).Where(pair => !foreign.Contains(pair.Parameter) && !(theory && drawn.Contains(pair.Parameter)) && !(pair.Parameter == Precision && set.IsGiven(Diluted)))];
    }

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        Effective(set);
        return set.IsOn(IsTheory) ? 0 : set.Get(ModelName) == Spiked ? SpikedProbe.MemoryForecast(set) : PhaseRetrievalProbe.MemoryForecast(set);
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        Effective(set);
        return set.Get(ModelName) == Spiked ? SpikedProbe.Of(set, context) : PhaseRetrievalProbe.Of(set, context);
    }
}
