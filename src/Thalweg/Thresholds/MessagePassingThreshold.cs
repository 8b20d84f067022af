// The matrix noise below which message passing leaves zero overlap: ML-AMP and Bayes-AMP.
using System;
using Thalweg.Results;

namespace Thalweg.Thresholds;

/// <summary>Linear stability of m = 0 in the state evolutions of ML-AMP and Bayes-AMP.</summary>
public static class MessagePassingThreshold
{
    /// <summary>
    /// Δ_2^ML-AMP: Q''(0) = sqrt(Q'(1)) reads u² = u + R_1, so Δ_2 = 2/(1 + sqrt(1 + 4 R_1)); for one tensor R_1 = 1/Δ_p and the threshold does not depend on p.
    /// </summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    public static Quantity MaximumLikelihood(MatrixFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        return family.Why is { } why ? Quantity.Missing(why) : Quantity.ClosedForm(2 / (1 + GradientFlowThreshold.Root(family.Rest.SlopeAtOne)));
    }

    /// <summary>Δ_2^AMP = 1: Q''(0) = 1, the weak-recovery threshold of the best known algorithm.</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    public static Quantity Bayes(MatrixFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        return family.Why is { } why ? Quantity.Missing(why) : Quantity.Of(1, 0, How.ClosedForm);
    }
}
