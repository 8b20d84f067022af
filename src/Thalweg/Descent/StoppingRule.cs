// When a descent ends: rules that are joined.
using System;
using System.Collections.Generic;
using Thalweg.Results;

namespace Thalweg.Descent;

/// <summary>Why a descent ended.</summary>
/// <param name="Status">Converged when it found what was looked for, Limit when an allowance was spent, Cancelled, NotConverged when the method could not go on.</param>
/// <param name="Sentence">The reason.</param>
public sealed record Ending(Status Status, string Sentence);

/// <summary>Looks at a method after each step.</summary>
/// <param name="method">The method.</param>
/// <returns>Null to go on.</returns>
public delegate Ending? StoppingRule(DescentMethod method);

/// <summary>The rules.</summary>
public static class StoppingRules
{
    /// <summary>The gradient is at or below.</summary>
    /// <param name="tolerance">≥ 0.</param>
    public static StoppingRule GradientBelow(double tolerance) => method => method.GradientNorm <= tolerance ? new(Status.Converged, FormattableString.Invariant($"the gradient is {method.GradientNorm:0.0e+00}")) : null;

    /// <summary>The value is at or below.</summary>
    /// <param name="value">The value.</param>
    public static StoppingRule ValueBelow(double value) => method => method.Value <= value ? new(Status.Converged, FormattableString.Invariant($"the value is {method.Value:G6}")) : null;

    /// <summary>So many iterations have been made.</summary>
    /// <param name="count">How many.</param>
    public static StoppingRule Iterations(long count) => method => method.Iterations >= count ? new(Status.Limit, $"{count} iterations were made") : null;

    /// <summary>So many gradients and products have been spent.</summary>
    /// <param name="count">How many.</param>
    public static StoppingRule Evaluations(long count) => method => method.Gradients + method.Products >= count ? new(Status.Limit, $"{count} gradients and products were spent") : null;

    /// <summary>Somebody asked.</summary>
    /// <param name="cancellation">Who.</param>
    public static StoppingRule Cancelled(System.Threading.CancellationToken cancellation) => _ => cancellation.IsCancellationRequested ? new(Status.Cancelled, "ended before it was done") : null;

    /// <summary>The first of several that says so.</summary>
    /// <param name="rules">In the order in which they are asked.</param>
    public static StoppingRule Any(params IReadOnlyList<StoppingRule> rules) => method =>
    {
        foreach (var rule in rules)
        {
            if (rule(method) is { } ending)
            {
                return ending;
            }
        }

        return null;
    };

    /// <summary>Makes steps until a rule or the method itself says that it is over.</summary>
    /// <param name="method">The method, put at its start.</param>
    /// <param name="rule">The rule, asked before the first step too.</param>
    /// <param name="watch">Sees the method at its start and after each step; null for nobody.</param>
    public static Ending Run(this DescentMethod method, StoppingRule rule, Action<DescentMethod>? watch = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(rule);
        while (true)
        {
            watch?.Invoke(method);
            if (rule(method) is { } ending)
            {
                return ending;
            }

            if (!method.Step())
            {
                return new(method.HasFound ? Status.Converged : Status.NotConverged, method.Ending);
            }
        }
    }
}
