// The options that choose a model, the same on every command that takes one.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Thresholds;

namespace Thalweg.Runs;

/// <summary>A model as chosen by options.</summary>
/// <param name="Model">The landscape.</param>
/// <param name="Spiked">The spiked model it is, or null for a mixture.</param>
/// <param name="Family">The same with its matrix noise left free.</param>
public sealed record ModelChoice(Model Model, SpikedMatrixTensor? Spiked, MatrixFamily Family)
{
    /// <summary>1/Δ_2: 2 a_2 of the mixture.</summary>
    public double InverseMatrixNoise => Spiked?.InverseMatrixNoise ?? Model.Noise.CurvatureAtZero;
}

/// <summary>--p, --delta-p, --delta-2 or --inv-delta-2, or --mixture; --planted or --no-planted.</summary>
public static class ModelParameters
{
    private const string DefaultInverse = "2.3";

    /// <summary>p.</summary>
    public static Parameter<int> TensorOrder { get; } = new(
        "p", "order of the tensor", Readers.Integer(3, Covariance.LargestPower, $"p must be an integer >= 3 and <= {Covariance.LargestPower}; p = 2 makes the tensor a second matrix: use --mixture"), "3");

    /// <summary>Δ_p.</summary>
    public static Parameter<double> TensorNoise { get; } = new("delta-p", "variance of the tensor noise", Noise, "1");

    /// <summary>Δ_2.</summary>
    public static Parameter<double> MatrixNoise { get; } = new("delta-2", "variance of the matrix noise; instead of --inv-delta-2", Noise) { Key = "delta2" };

    /// <summary>1/Δ_2.</summary>
    public static Parameter<double> InverseMatrixNoise { get; } = new("inv-delta-2", $"signal-to-noise ratio 1/Delta_2 of the matrix (default {DefaultInverse})", Noise) { Key = "inv_delta2" };

    /// <summary>Several values of 1/Δ_2, for curves.</summary>
    public static Parameter<double[]> InverseMatrixNoises { get; } = new(
        "inv-delta-2", $"signal-to-noise ratios 1/Delta_2 of the matrix, one curve each (default {DefaultInverse})", Readers.Numbers(SpikedMatrixTensor.SmallestNoise, SpikedMatrixTensor.LargestNoise)) { Key = "inv_delta2" };

    /// <summary>Q(x) itself.</summary>
    public static Parameter<string> Mixture { get; } = new(
        "mixture", "any mixture instead: Q(x) itself, such as \"0.5 x^3 + 0.5 x^4\"", Readers.Words("coefficients >= 0, powers from 1 to 100", text => MixtureParser.Parse(text).ToString()));

    /// <summary>The signal is present.</summary>
    public static Parameter<bool> Planted { get; } = new("planted", "a signal is planted (default for the spiked model)", Readers.Flag) { IsFlag = true };

    /// <summary>The signal is absent.</summary>
    public static Parameter<bool> NotPlanted { get; } = new("no-planted", "no signal is planted (default for a mixture)", Readers.Flag) { IsFlag = true };

    /// <summary>The options of a command for one model.</summary>
    public static IReadOnlyList<Parameter> One { get; } = [TensorOrder, TensorNoise, MatrixNoise, InverseMatrixNoise, Mixture, Planted, NotPlanted];

    /// <summary>The options of a command that draws a curve for each 1/Δ_2.</summary>
    public static IReadOnlyList<Parameter> Several { get; } = [TensorOrder, TensorNoise, MatrixNoise, InverseMatrixNoises, Mixture, Planted, NotPlanted];

    private static Reader<double> Noise => Readers.Number(SpikedMatrixTensor.SmallestNoise, SpikedMatrixTensor.LargestNoise);

    /// <summary>The model of a command that takes one.</summary>
    /// <param name="set">The values.</param>
    /// <exception cref="BadInputException">Values that contradict each other or lie outside their domain.</exception>
    public static ModelChoice Read(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.IsGiven(Mixture))
        {
            return ReadMixture(set);
        }

        Conflict(set, MatrixNoise, InverseMatrixNoise, "give one of them");
        int p = set.Get(TensorOrder);
        double tensorNoise = set.Get(TensorNoise);
        var spiked = set.IsGiven(MatrixNoise)
            ? SpikedMatrixTensor.FromMatrixNoise(p, tensorNoise, set.Get(MatrixNoise))
            : SpikedMatrixTensor.FromInverseMatrixNoise(p, tensorNoise, InverseMatrixNoise.Read(set.Text(InverseMatrixNoise) ?? DefaultInverse));
        return Spiked(spiked, IsPlanted(set, true));
    }

    /// <summary>The models of a command that takes several 1/Δ_2, in order.</summary>
    /// <param name="set">The values.</param>
    /// <exception cref="BadInputException">Values that contradict each other or lie outside their domain.</exception>
    public static IReadOnlyList<ModelChoice> ReadSeveral(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.IsGiven(Mixture))
        {
            return [ReadMixture(set)];
        }

        Conflict(set, MatrixNoise, InverseMatrixNoises, "give one of them");
        int p = set.Get(TensorOrder);
        double tensorNoise = set.Get(TensorNoise);
        bool planted = IsPlanted(set, true);
        return set.IsGiven(MatrixNoise)
            ? [Spiked(SpikedMatrixTensor.FromMatrixNoise(p, tensorNoise, set.Get(MatrixNoise)), planted)]
            : [.. InverseMatrixNoises.Read(set.Text(InverseMatrixNoises) ?? DefaultInverse).Select(u => Spiked(SpikedMatrixTensor.FromInverseMatrixNoise(p, tensorNoise, u), planted))];
    }

    /// <summary>The model options with the values that a call uses: those of the spiked model, or the mixture, and whether a signal is planted.</summary>
    /// <param name="set">The values.</param>
    /// <param name="inverse">The parameter of 1/Δ_2 that the command takes.</param>
    public static IEnumerable<(Parameter Parameter, string Text)> Effective(ParameterSet set, Parameter inverse)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(inverse);
        bool mixture = set.IsGiven(Mixture);
        if (mixture)
        {
            yield return (Mixture, Mixture.Canonical(set.Text(Mixture)!));
        }
        else
        {
            yield return (TensorOrder, TensorOrder.Canonical(set.Text(TensorOrder)!));
            yield return (TensorNoise, TensorNoise.Canonical(set.Text(TensorNoise)!));
            yield return set.IsGiven(MatrixNoise) ? (MatrixNoise, MatrixNoise.Canonical(set.Text(MatrixNoise)!)) : (inverse, inverse.Canonical(set.Text(inverse) ?? DefaultInverse));
        }

        yield return IsPlanted(set, !mixture) ? (Planted, "true") : (NotPlanted, "true");
    }

    private static ModelChoice Spiked(SpikedMatrixTensor spiked, bool planted)
    {
        var model = spiked.ToModel(planted);
        return new(model, spiked, MatrixFamily.Of(model));
    }

    private static ModelChoice ReadMixture(ParameterSet set)
    {
        foreach (Parameter other in new Parameter[] { TensorOrder, TensorNoise, MatrixNoise, InverseMatrixNoise })
        {
            Conflict(set, Mixture, other, $"a mixture is the whole model: leave out --{other.Name}");
        }

        var covariance = MixtureParser.Parse(set.Get(Mixture));
        if (covariance.CurvatureAtOne <= 0)
        {
            throw new BadInputException($"--mixture {covariance}: needs a term of power 2 or more; a linear field alone has one minimum and no landscape");
        }

        var model = Model.FromMixture("mixture", covariance, IsPlanted(set, false));
        return new(model, null, MatrixFamily.Of(model));
    }

    // Each flag says yes or, as "false", no; both may stand when they agree.
    internal static bool IsPlanted(ParameterSet set, bool otherwise)
    {
        bool? planted = set.IsGiven(Planted) ? set.Get(Planted) : null, other = set.IsGiven(NotPlanted) ? !set.Get(NotPlanted) : null;
        if (planted is not null && other is not null && planted != other)
        {
            Conflict(set, Planted, NotPlanted, "give one of them");
        }

        return planted ?? other ?? otherwise;
    }

    private static void Conflict(ParameterSet set, Parameter one, Parameter other, string fix)
    {
        if (set.IsGiven(one) && set.IsGiven(other))
        {
            throw new BadInputException($"--{one.Name} and --{other.Name} contradict each other: {fix}");
        }
    }
}
