// Phase retrieval with a normalised loss: what one measurement costs, and its derivatives in the field.
using System;

namespace Thalweg.Models;

/// <summary>
/// A hidden vector w* is sought from the squares of y = x·w* for random x: the loss of a measurement is l(h,y) = (h² - y²)²/(a + y²) with h = x·w (Bonnaire, Biroli, Cammarota 2024, whose a is 0.01).
/// </summary>
/// <remarks>
/// Its curvature 4(3h² - y²)/(a + y²) is above -4 for every h and y: at fixed y it is least at h = 0, where it is -4y²/(a + y²). So the Hessian of many measurements has an edge that does not grow with their number, which the quartic loss without the denominator
/// has not.
/// </remarks>
public readonly record struct PhaseRetrieval
{
    /// <summary>The smallest and largest a that is accepted.</summary>
    public const double SmallestNormalisation = 1e-6, LargestNormalisation = 1e6;

    /// <summary>Below every curvature, and approached by those of large y.</summary>
    public const double LowestCurvature = -4;

    /// <summary>The loss with a given a.</summary>
    /// <param name="normalisation">a in [1e-6, 1e6].</param>
    /// <exception cref="ArgumentOutOfRangeException">a outside its range.</exception>
    public PhaseRetrieval(double normalisation) =>
        Normalisation = normalisation is >= SmallestNormalisation and <= LargestNormalisation ? normalisation
            : throw new ArgumentOutOfRangeException(nameof(normalisation), normalisation, $"must lie in [{SmallestNormalisation:R}, {LargestNormalisation:R}]");

    /// <summary>a &gt; 0.</summary>
    public double Normalisation { get; }

    /// <summary>l(h,y) = (h² - y²)²/(a + y²) ≥ 0.</summary>
    /// <param name="field">h.</param>
    /// <param name="target">y.</param>
    public double Loss(double field, double target)
    {
        double difference = (field - target) * (field + target);
        return difference * difference / (Normalisation + target * target);
    }

    /// <summary>∂l/∂h = 4h(h² - y²)/(a + y²).</summary>
    /// <param name="field">h.</param>
    /// <param name="target">y.</param>
    public double Slope(double field, double target) => 4 * field * (field - target) * (field + target) / (Normalisation + target * target);

    /// <summary>f = ∂²l/∂h² = 4(3h² - y²)/(a + y²) &gt; -4.</summary>
    /// <param name="field">h.</param>
    /// <param name="target">y.</param>
    public double Curvature(double field, double target) => 4 * (3 * field * field - target * target) / (Normalisation + target * target);
}
