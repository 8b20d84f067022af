// The command "rates": what theorems promise of descent and of descent with noise, measured.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Results;

namespace Thalweg.Runs.Rates;

/// <summary>Three laws: the bound on first-order points, the iterations out of a saddle against the dimension, and the three terms of Langevin descent.</summary>
public sealed class RatesRun : Run
{
    /// <summary>The names of the laws.</summary>
    internal const string FirstOrder = "first-order", Dimension = "dimension", Langevin = "langevin";

    /// <summary>Which law.</summary>
    public static Parameter<string> Law { get; } = new("law", $"law to measure: {FirstOrder}, iterations of gradient descent to a short gradient over all problems; {Dimension}, iterations out of a strict saddle against d; {Langevin}, the error of steps, mixing and equilibrium", Readers.Choice(FirstOrder, Dimension, Langevin)) { IsArgument = true };

    /// <summary>ε.</summary>
    public static Parameter<double> Accuracy { get; } = new("accuracy", $"gradient norm that counts as short, {FirstOrder} and {Dimension} alone (default: 0.01 and 0.1)", Readers.Number(1e-9, 0.2));

    /// <summary>d.</summary>
    public static Parameter<double[]> Dimensions { get; } = new("dims", $"dimensions, {Dimension} alone", Readers.Numbers(2, 4096), "4,8,16,32");

    /// <summary>β.</summary>
    public static Parameter<double[]> InverseTemperatures { get; } = new("beta", $"inverse temperatures, {Langevin} alone", Readers.Numbers(4, 40), "4,6,8,10,12,16,20");

    /// <summary>η.</summary>
    public static Parameter<double> Step { get; } = new("step", $"step of Langevin descent, {Langevin} alone", Readers.Number(0.005, 0.5), "0.05");

    /// <summary>h.</summary>
    public static Parameter<double> Tilt { get; } = new("tilt", $"how far the double well is tilted, {Langevin} alone", Readers.Number(-0.5, 0.5), "0.1");

    /// <summary>How many walks.</summary>
    public static Parameter<int> Trials { get; } = new("trials", $"walks of a problem, a dimension or a temperature (default: 4, 40 and 2000)", Readers.Integer(2, 1_000_000));

    /// <inheritdoc/>
    public override string Command => "rates";

    /// <inheritdoc/>
    public override string Summary => "rates of descent that theorems promise, against measured ones";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [Law, Accuracy, Dimensions, InverseTemperatures, Step, Tilt, Trials];

    /// <inheritdoc/>
    public override bool CanResume => true;

    /// <inheritdoc/>
    public override IReadOnlyList<(Parameter Parameter, string Text)> Effective(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        string law = set.Get(Law);
        Parameter[] foreign = law switch
        {
            FirstOrder => [Dimensions, InverseTemperatures, Step, Tilt],
            Dimension => [InverseTemperatures, Step, Tilt],
            _ => [Accuracy, Dimensions],
        };
        return foreign.FirstOrDefault(set.IsGiven) is { } other
            ? throw new BadInputException($"--{other.Name} has no meaning for rates {law}: leave it out")
            : [.. base.Effective(set).Where(pair => !foreign.Contains(pair.Parameter))];
    }

    /// <inheritdoc/>
    public override long MemoryForecast(ParameterSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        Effective(set);
        return set.Get(Law) switch
        {
            FirstOrder => FirstOrderBound.MemoryForecast,
            Dimension => SaddleDimension.MemoryForecast(set),
            _ => LangevinTerms.MemoryForecast(set),
        };
    }

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(context);
        Effective(set);
        return set.Get(Law) switch
        {
            FirstOrder => FirstOrderBound.Of(set, context),
            Dimension => SaddleDimension.Of(set, context),
            _ => LangevinTerms.Of(set, context),
        };
    }
}
