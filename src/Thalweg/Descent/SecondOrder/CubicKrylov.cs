// Cubic Newton in a Krylov space: the minimum of the cubic model over what a few products have seen.
using System;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Descent.SecondOrder;

/// <summary>
/// The model of <see cref="CubicNewton"/> over the Krylov space of g, which Lanczos' method makes tridiagonal; the space grows until the slope of the model that is left, the last coupling times the last coordinate of s, is at most |g| min(κ, |g|/|g|_max) (Cartis, Gould, Toint 2011, section 6).
/// Where |g| ≤ ε the space has a random start and is extended until its lowest pair is settled, which decides the end or leads away from a saddle.
/// </summary>
/// <remarks>
/// An iteration costs one gradient and as many products as the space has dimensions, memory 8 n bytes each. A Krylov space of g does not see eigenvectors that are orthogonal to g: a start on a stable manifold leads to its saddle first, which the next step leaves.
/// </remarks>
/// <param name="aim">ε and ρ.</param>
/// <param name="strength">The first M; null for ρ.</param>
/// <param name="isAdaptive">Whether M may fall below its first value.</param>
/// <param name="residual">κ in (0, 1]: with a tiny one the steps are those of the exact form.</param>
/// <param name="largestSpace">The most dimensions of a space.</param>
public sealed class CubicKrylov(SecondOrderAim aim, double? strength = null, bool isAdaptive = false, double residual = 0.1, int largestSpace = 200) : CubicDescent(aim, strength, isAdaptive)
{
    private const double Settled = 1e-6, SmallestResidual = 1e-13;
    private readonly double residual = residual is > 0 and <= 1 ? residual : throw new ArgumentOutOfRangeException(nameof(residual), residual, "must lie in (0, 1]");
    private readonly int largestSpace = largestSpace > 0 ? largestSpace : throw new ArgumentOutOfRangeException(nameof(largestSpace), largestSpace, "must be at least 1");
    private RitzPairs? pairs;
    private bool isRandom;

    /// <inheritdoc/>
    public override string Name => "cubic-krylov";

    /// <inheritdoc/>
    protected override void Examine()
    {
        isRandom = GradientNorm <= Accuracy;
        if (isRandom)
        {
            pairs = Lowest(Settled, largestSpace);
            IsFound(pairs?.Values[0] ?? 0, pairs?.Size ?? 0);
            return;
        }

        var space = Lanczos.From(Here.Gradient, Product, largestSpace, Manifold.Normals(Point));
        space.Extend(1);
        pairs = RitzPairs.Of(space);
    }

    /// <inheritdoc/>
    protected override double Propose(Span<double> step)
    {
        double enough = GradientNorm * Math.Max(SmallestResidual, Math.Min(residual, GradientShare));
        while (true)
        {
            double[] components = new double[pairs!.Values.Length];
            var minimum = CubicEquation.Solve(pairs.Values, pairs.ToPairs(pairs.Space.Coordinates(Here.Gradient)), Strength, components);
            double[] coordinates = pairs.FromPairs(components);
            int before = pairs.Space.Steps;
            if (!isRandom && pairs.Residual(coordinates) > enough)
            {
                pairs.Space.Extend(before + 1 + before / 4);
            }

            if (pairs.Space.Steps == before)
            {
                pairs.Space.Combine(coordinates, step);
                return minimum.Decrease;
            }

            pairs = RitzPairs.Of(pairs.Space);
        }
    }
}
