// The Bayes-optimal phase diagram: spinodals, the first-order line, and the signal-to-noise ratio below which recovery is impossible.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Roots;
using Thalweg.Numerics.Series;
using Thalweg.Results;

namespace Thalweg.Thresholds;

/// <summary>
/// Lines of the Bayes-optimal problem in u = 1/Δ_2. Fixed points with overlap m lie on u(m) = 1/(1-m) - R'(m)/m; where u(m) is not monotone there is a first-order transition.
/// </summary>
/// <remarks>
/// For p = 3: m = 1 - sqrt(Δ_p) at the spinodal, u = (2 sqrt(Δ_p) - 1)/Δ_p, ending at Δ_p = 1. For p = 4 the line ends at m = 1/3, Δ_p = 8/27, u = 9/8.
/// The first-order line is where the free entropies of the two branches agree; for u ≤ 1 the lower branch is m = 0. Derived for this product; the lines are those of Fig. 2.
/// </remarks>
public sealed class InformationTheoretic
{
    private static readonly double[] Distances = FirstCrossing.UnitInterval(160);

    // 1 - m never comes closer to zero than this: the formulas use m itself.
    private const double ClosestToOne = 4e-16;

    private const string Continuous = "the transition is continuous: no fixed points coexist";
    private const string WithoutMatrix = "recovery is possible from the tensor alone: the line lies at negative 1/Delta_2";

    private readonly Covariance rest;

    /// <summary>The lines of a family.</summary>
    /// <param name="family">The model with its matrix noise left free.</param>
    public InformationTheoretic(MatrixFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        rest = family.Rest;
        if (family.Why is { } why)
        {
            Recovery = Jump = Spinodal = UpperSpinodal = Quantity.Missing(why);
            return;
        }

        // u'(m) > 0 next to m = 1; walking down, it turns negative at the lower spinodal m_2 and positive again at the upper one m_1, if there is one.
        var lower = FirstCrossing.Find(η => -SlopeOfLine(1 - η), Distances, 0);
        if (lower is not { } crossing)
        {
            Jump = Spinodal = UpperSpinodal = Quantity.Missing(Continuous);
            Recovery = Quantity.Of(1, 0, How.ClosedForm);
            return;
        }

        double m2 = 1 - crossing.Position;
        int next = Array.FindIndex(Distances, η => η > crossing.Position);
        var upper = next < 0 ? null : FirstCrossing.Find(η => SlopeOfLine(1 - η), Distances.AsSpan(next), 0);
        double m1 = upper is { } top ? 1 - top.Position : SlopeOfLine(0) > 0 ? BracketedRoot.Find(SlopeOfLine, 0, 1 - Distances[^1]).Position : 0;
        Spinodal = PositiveOnly(Line(m2), LineRounding(m2));
        UpperSpinodal = m1 > 0 ? Quantity.Of(Line(m1), LineRounding(m1), How.Root) : Quantity.Of(1, 0, How.ClosedForm);
        Jump = FirstOrderLine(m1, m2);
        Recovery = !Jump.Exists ? Jump : Jump.Value < 1 ? Jump : Quantity.Of(1, 0, How.ClosedForm);
    }

    /// <summary>u_IT: below it no estimator is correlated with the signal. The smaller of one (weak recovery from the matrix) and the first-order line.</summary>
    public Quantity Recovery { get; }

    /// <summary>u at which the Bayes-optimal overlap jumps.</summary>
    public Quantity Jump { get; }

    /// <summary>u above which the branch of high overlap exists.</summary>
    public Quantity Spinodal { get; }

    /// <summary>u above which message passing reaches the branch of high overlap: where the branch of low overlap ends.</summary>
    public Quantity UpperSpinodal { get; }

    /// <summary>u(m) = 1/(1-m) - R'(m)/m: the signal-to-noise ratio at which m is a fixed point.</summary>
    /// <param name="overlap">m in (0, 1).</param>
    public double Line(double overlap) => 1 / (1 - overlap) - rest.DQ(overlap) / overlap;

    private double LineRounding(double m) => 8 * Quantity.Unit * (1 / (1 - m) + rest.DQ(m) / m);

    private double SlopeOfLine(double m)
    {
        double sum = 0;
        for (int i = 0; i < rest.Powers.Length; i++)
        {
            int k = rest.Powers[i];
            sum += k * (k - 2) * rest.Coefficients[i] * Math.Pow(m, k - 3);
        }

        return 1 - sum * (1 - m) * (1 - m);
    }

    // φ(m) on the line u = u(m): [log(1-m) + m + m²/(2(1-m)) + R - m R'/2]/2, the logarithm's first three terms cancelled by hand.
    private double EntropyOnLine(double m) =>
        0.5 * (LogRemainder.Third(-m) + m * m * m / (2 * (1 - m)) + rest.Q(m) - m * rest.DQ(m) / 2);

    private double Entropy(double u, double m) => 0.5 * (u * m * m / 2 + rest.Q(m) - LogRemainder.Second(-m));

    private Quantity FirstOrderLine(double m1, double m2)
    {
        // Against m = 0, whose free entropy is zero. Where even the spinodal lies above zero, u(m_2) > 1 and the lower branch has m > 0.
        if (EntropyOnLine(m2) < 0)
        {
            var root = BracketedRoot.Find(η => EntropyOnLine(1 - η), ClosestToOne, 1 - m2, 0);
            double m = 1 - root.Position, u = Line(m);
            if (u <= 1 || m1 == 0)
            {
                double slope = SlopeOfLine(m) / ((1 - m) * (1 - m));
                return PositiveOnly(u, Math.Abs(slope) * root.Error + LineRounding(m));
            }
        }

        // Both branches have m > 0: equal free entropy, the two overlaps found on their own stretches of the line.
        double Gap(double at)
        {
            double large = 1 - BracketedRoot.Find(η => Line(1 - η) - at, ClosestToOne, 1 - m2).Position;
            double small = BracketedRoot.Find(x => Line(x) - at, 1e-12, m1).Position;
            return Entropy(at, large) - Entropy(at, small);
        }

        // Next to the ends of the branches the overlaps lose their digits: there the ends themselves enclose the line.
        double bottom = Math.Max(1, Line(m2)), top = Line(m1), low = bottom + 1e-9, high = top - 1e-12;
        if (!(low < high) || Gap(high) < 0)
        {
            return Quantity.Of((bottom + top) / 2, (top - bottom) / 2 + LineRounding(m2), How.Root);
        }

        if (Gap(low) > 0)
        {
            return Quantity.Of((bottom + low) / 2, (low - bottom) / 2 + LineRounding(m2), How.Root);
        }

        var equal = BracketedRoot.Find(Gap, low, high, 8 * Quantity.Unit);
        return Quantity.Of(equal.Position, equal.Error, How.Root);
    }

    private static Quantity PositiveOnly(double u, double error) => u > 0 ? Quantity.Of(u, error, How.Root) : Quantity.Missing(WithoutMatrix);
}
