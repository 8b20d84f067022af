// A figure is a recipe: the runs that give its data, the drawing, and the numbers that test it.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Runs.FiniteSize;
using Thalweg.Runs.Laboratory;
using Thalweg.Runs.Probe;
using Thalweg.Runs.Rates;

namespace Thalweg.Figures;

/// <summary>One number of a figure compared with what it must be.</summary>
/// <param name="Name">What is compared.</param>
/// <param name="Value">The number found.</param>
/// <param name="Expected">The number it must be.</param>
/// <param name="Tolerance">The largest absolute difference allowed.</param>
/// <param name="Reason">Where the expected number comes from and why the tolerance is what it is.</param>
public sealed record FigureCheck(string Name, double Value, double Expected, double Tolerance, string Reason)
{
    /// <summary>|value - expected|.</summary>
    public double Deviation => Math.Abs(Value - Expected);

    /// <summary>Whether the deviation is within the tolerance.</summary>
    public bool Holds => Deviation <= Tolerance;
}

/// <summary>A run with its options, as a recipe asks for it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Set">Its options.</param>
public sealed record Ingredient(Run Run, ParameterSet Set)
{
    /// <summary>A run with options given as text.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">(parameter, text) pairs.</param>
    public static Ingredient Of(Run run, params ReadOnlySpan<(Parameter Parameter, string Text)> options)
    {
        var given = new Dictionary<string, string>();
        foreach (var (parameter, text) in options)
        {
            given[parameter.Name] = text;
        }

        return new(run, new ParameterSet(given));
    }

    /// <summary>The command line that makes this run's data.</summary>
    public string CommandLine => "thalweg " + Run.Command + string.Concat(Run.Effective(Set).Select(pair => pair.Parameter.IsArgument ? " " + Quoted(pair.Text) : pair.Parameter.IsFlag ? $" --{pair.Parameter.Name}" : $" --{pair.Parameter.Name} {Quoted(pair.Text)}"));

    private static string Quoted(string text) => text.Contains(' ', StringComparison.Ordinal) ? $"\"{text}\"" : text;
}

/// <summary>A published figure or table that the product redraws and checks.</summary>
public abstract class Recipe
{
    /// <summary>Its key: "fig2".</summary>
    public abstract string Id { get; }

    /// <summary>What it is and where it was published.</summary>
    public abstract string Caption { get; }

    /// <summary>The equations of the paper that it shows.</summary>
    public abstract IReadOnlyList<int> Equations { get; }

    /// <summary>The runs that give its data, in the order in which the drawing takes them.</summary>
    public abstract IReadOnlyList<Ingredient> Ingredients { get; }

    /// <summary>Whether it follows the two-time equations or drawn instances or walks of the laboratory, which takes seconds.</summary>
    public bool NeedsDynamics => Ingredients.Any(ingredient => ingredient.Run is DynamicsRun or ThresholdRun or SimulateRun or AmpRun or CriticalPointsRun or EscapeRun or WalkRun or ProbeRun or RatesRun || (ingredient.Run is HessianRun && ingredient.Set.IsGiven(HessianRun.Dimension)));

    /// <summary>Draws the picture.</summary>
    /// <param name="outcomes">What the runs returned, in the order of <see cref="Ingredients"/>.</param>
    public abstract Page Draw(IReadOnlyList<Outcome> outcomes);

    /// <summary>The numbers that test the figure.</summary>
    /// <param name="outcomes">What the runs returned.</param>
    public abstract IReadOnlyList<FigureCheck> Checks(IReadOnlyList<Outcome> outcomes);
}
