// How long a step may be before it takes the transient instability of ageing for a resident one.
using System;

namespace Thalweg.TwoTime;

/// <summary>
/// Ageing has a soft mode, t → h(t), that is unstable for as long as the perturbation stays near the diagonal. A step in ln t beyond some length, which shrinks with time, makes the determinant of Newton's matrix change its sign,
/// and then Newton's method finds another branch. This keeps the steps at a fixed share of that length: now and then the matrix of a longer step is factorised for the sign of its determinant.
/// </summary>
internal sealed class SoftModeLimit(LogTimeStep step, double longestStep)
{
    /// <summary>The limit is measured again after so many steps.</summary>
    public const int Every = 8;

    private const double Share = 0.3, Down = 0.92, Up = 1.03;

    /// <summary>The longest step in ln(1 + t).</summary>
    public double LongestStep { get; private set; } = longestStep;

    /// <summary>Looks at a step 1/Share times as long as the next one would be.</summary>
    /// <param name="u">ln(1 + t) of the last row.</param>
    /// <param name="du">The step that is planned.</param>
    /// <param name="order">The order of the backward differentiation formula.</param>
    public void Measure(double u, double du, int order)
    {
        double tried = double.IsFinite(LongestStep) ? LongestStep : du;
        if (step.IsBeyondLimit(LogTimeSolver.TimeAfter(u, tried / Share), order))
        {
            LongestStep = Down * tried;
        }
        else
        {
            LongestStep *= Up;
        }
    }

    /// <summary>A step was rejected.</summary>
    /// <param name="end">Why.</param>
    /// <param name="du">The step that is tried next.</param>
    public void Shorten(StepEnd end, double du) => LongestStep = end == StepEnd.WrongBranch ? Math.Min(LongestStep, du) : LongestStep;
}
