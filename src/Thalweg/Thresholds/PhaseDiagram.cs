// All thresholds of a family at once, and which regime a point of the phase diagram lies in.
using System;
using Thalweg.Models;
using Thalweg.Results;

namespace Thalweg.Thresholds;

/// <summary>Every line of Fig. 2 at one tensor noise, and those the paper speaks of without drawing them.</summary>
/// <remarks>About 30 microseconds to construct.</remarks>
public sealed class PhaseDiagram
{
    /// <summary>All thresholds of a family.</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    /// <param name="temperature">T of the Langevin threshold.</param>
    public PhaseDiagram(MatrixFamily family, double temperature)
    {
        ArgumentNullException.ThrowIfNull(family);
        GradientFlow = GradientFlowThreshold.Of(family);
        InverseGradientFlow = GradientFlowThreshold.Inverse(family);
        InverseTrivial = Trivialization.Inverse(family);
        Trivial = Trivialization.Reciprocal(InverseTrivial);
        InverseTrivialAllOverlaps = Trivialization.OverAllOverlaps(family, InverseTrivial);
        MaximumLikelihood = MessagePassingThreshold.MaximumLikelihood(family);
        MessagePassing = MessagePassingThreshold.Bayes(family);
        Bayes = new InformationTheoretic(family);
        Langevin = LangevinThreshold.Of(family, temperature);
    }

    /// <summary>Δ_2^GF, eq. (5).</summary>
    public Quantity GradientFlow { get; }

    /// <summary>1/Δ_2^GF.</summary>
    public Quantity InverseGradientFlow { get; }

    /// <summary>Δ_2^triv for m ≥ 0.</summary>
    public Quantity Trivial { get; }

    /// <summary>1/Δ_2^triv for m ≥ 0.</summary>
    public Quantity InverseTrivial { get; }

    /// <summary>1/Δ_2 of the trivialisation over all overlaps.</summary>
    public Quantity InverseTrivialAllOverlaps { get; }

    /// <summary>Δ_2^ML-AMP.</summary>
    public Quantity MaximumLikelihood { get; }

    /// <summary>Δ_2^AMP.</summary>
    public Quantity MessagePassing { get; }

    /// <summary>Spinodals and the information-theoretic line.</summary>
    public InformationTheoretic Bayes { get; }

    /// <summary>Δ_2^Langevin(T), a heuristic.</summary>
    public Quantity Langevin { get; }

    // For odd p the claim is one-sided: minima at negative overlap outlive the threshold, and one of them stays for good.
    private string AntiAligned(double u) =>
        InverseTrivialAllOverlaps.Value <= InverseTrivial.Value ? string.Empty
        : u < InverseTrivialAllOverlaps.Value ? FormattableString.Invariant($"; at m < 0 exponentially many survive up to 1/Delta_2 = {InverseTrivialAllOverlaps.Value:G6}")
        : "; at m < 0 the anti-aligned minimum alone survives";

    /// <summary>The regime of a signal-to-noise ratio: impossible, hard, trapped, surfing, trivial, or on the line between two of them.</summary>
    /// <param name="inverseMatrixNoise">u = 1/Δ_2.</param>
    /// <returns>The name, null where there is none, and one sentence that says why.</returns>
    public (string? Name, string Why) Regime(double inverseMatrixNoise)
    {
        double u = inverseMatrixNoise;
        if (!GradientFlow.Exists)
        {
            return (null, GradientFlow.Why!);
        }

        // Where the tensor alone allows recovery nothing is impossible, and the information-theoretic line does not exist.
        double impossible = Bayes.Recovery.Exists ? Bayes.Recovery.Value : 0, amp = 1 / MessagePassing.Value, flow = InverseGradientFlow.Value, trivial = InverseTrivial.Value;
        foreach (var (line, name) in new[] { (Bayes.Recovery, "information-theoretic"), (Quantity.ClosedForm(amp), "message-passing"), (InverseGradientFlow, "gradient-flow"), (InverseTrivial, "trivialisation") })
        {
            if (line.Exists && Math.Abs(u - line.Value) <= line.Error + 2 * Quantity.Unit * u)
            {
                return ("on the line", FormattableString.Invariant($"1/Delta_2 = {u:G6} is the {name} threshold within its error"));
            }
        }

        string Above(string line, double value) => FormattableString.Invariant($"1/Delta_2 = {u:G6} lies above the {line} threshold {value:G6}");
        string Below(string line, double value) => FormattableString.Invariant($"below the {line} threshold {value:G6}");
        return u < impossible ? ("impossible", FormattableString.Invariant($"1/Delta_2 = {u:G6} lies {Below("information-theoretic", impossible)}: no estimator is correlated with the signal"))
            : u < amp ? ("hard", (Bayes.Recovery.Exists ? Above("information-theoretic", impossible) : "the tensor alone carries enough information") + $" but {Below("message-passing", amp)}: the best known algorithm fails")
            : u < flow ? ("trapped", $"{Above("message-passing", amp)} but {Below("gradient-flow", flow)}: the threshold minima are stable and trap gradient flow at zero overlap")
            : u < trivial ? ("surfing", $"{Above("gradient-flow", flow)} but {Below("trivialisation", trivial)}: spurious minima exist, and the threshold states that gradient flow meets are saddles toward the signal")
            : ("trivial", $"{Above("trivialisation", trivial)}: no spurious minima are left at m >= 0{AntiAligned(u)}");
    }
}
