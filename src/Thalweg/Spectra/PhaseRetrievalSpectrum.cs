// The Hessian of phase retrieval at a random start: edge of its bulk, the outlier toward the signal, and what they overlap with.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Quadrature;
using Thalweg.Numerics.Roots;
using Thalweg.Results;

namespace Thalweg.Spectra;

/// <summary>
/// H = Σ f(h,y) x x^T over αN measurements x of variance 1/N, at a w that knows nothing of w*: h and y are independent standard normal numbers, f the curvature of the loss.
/// </summary>
/// <remarks>
/// In the directions orthogonal to w and w* the weights f are independent of x, and below the bulk the resolvent g = (1/N) Tr (z - H)^{-1} &lt; 0 obeys z(g) = 1/g + α E[f/(1 - fg)] (Marčenko, Pastur 1967), as long as g &gt; -1/4, since f comes near -4 and no lower. The bulk begins where z' = 0, or at
/// g = -1/4 when there is no such place: then few weights near -4 make the edge, and finite N comes to it with 1/ln N only. In the direction of w* the component of x is y/sqrt(N), on which f depends: its diagonal resolvent is 1/(z - α E[y² f/(1 - fg)]), whose pole is the outlier,
/// 1/g = α E[(y² - 1) f/(1 - fg)], and whose residue is the squared overlap 1/(1 - α E[y² f²/(1 - fg)²]/z'(g)). The direction of w is coupled to that of w* by E[hy ..] = 0 and may have an outlier above the bulk, none below.
/// So the Hessian on the sphere, P H P + μ P with μ = -(1/N) Σ h l'(h,y) → -α E[f] (by parts), has the same bulk, outlier and overlap, all moved by μ; what is said here is of the flat one.
/// </remarks>
public sealed class PhaseRetrievalSpectrum
{
    private const double SmallestResolvent = 1e-9;

    /// <summary>The spectrum.</summary>
    /// <param name="model">The loss.</param>
    /// <param name="measurements">α = measurements per dimension, from 1e-3 to 1e6.</param>
    /// <exception cref="ArgumentOutOfRangeException">α outside its range.</exception>
    public PhaseRetrievalSpectrum(PhaseRetrieval model, double measurements)
    {
        if (!(measurements is >= 1e-3 and <= 1e6))
        {
            throw new ArgumentOutOfRangeException(nameof(measurements), measurements, "must lie in [1e-3, 1e6]");
        }

        (Model, Measurements) = (model, measurements);
        var rules = PhaseRetrievalAverages.Rules(model);
        Place one = Solve(rules[0], measurements), other = Solve(rules[1], measurements);
        BulkLeft = Both(one.Edge, other.Edge, one.EdgeTerms);
        IsSoft = one.IsSoft;
        Multiplier = Both(one.Multiplier, other.Multiplier, one.EdgeTerms);
        bool exists = one.Exists && other.Exists;
        Outlier = exists ? Both(one.Outlier, other.Outlier, one.OutlierTerms) : Quantity.Missing(NoOutlier);
        OutlierOverlap2 = exists ? Both(one.Overlap2, other.Overlap2, 1) : Quantity.Missing(NoOutlier);
    }

    /// <summary>The loss.</summary>
    public PhaseRetrieval Model { get; }

    /// <summary>α.</summary>
    public double Measurements { get; }

    /// <summary>The left edge of the bulk of the flat Hessian.</summary>
    public Quantity BulkLeft { get; }

    /// <summary>Whether the edge is that of the lowest curvature, g = -1/4, which finite N approaches slowly.</summary>
    public bool IsSoft { get; }

    /// <summary>The isolated eigenvalue below the bulk of the flat Hessian; missing at and below the transition.</summary>
    public Quantity Outlier { get; }

    /// <summary>The squared overlap of its eigenvector with the signal.</summary>
    public Quantity OutlierOverlap2 { get; }

    /// <summary>μ = -α E[f]: what the sphere adds to every eigenvalue.</summary>
    public Quantity Multiplier { get; }

    private const string NoOutlier = "no eigenvalue leaves the bulk with so few measurements";

    // The value of the first rule with the distance to that of the second; the rounding of the terms that were added up.
    internal static Quantity Both(double one, double other, double terms) => Quantity.Of(one, Math.Abs(one - other) + 64 * Quantity.Unit * Math.Max(Math.Abs(one), terms), How.Quadrature);

    private static Place Solve(DecayRule rule, double α)
    {
        const double Last = PhaseRetrievalAverages.LargestResolvent;
        double Marginal(double G) => α * G * G * PhaseRetrievalAverages.At(rule, G).Second - 1;
        double Pole(double G) => α * G * PhaseRetrievalAverages.At(rule, G).SignalFirst - 1;
        bool soft = Marginal(Last) < 0;
        double edge = soft ? Last : BracketedRoot.Find(Marginal, SmallestResolvent, Last).Position, mean = PhaseRetrievalAverages.At(rule, 0).First;
        double bulk = Level(edge, out double bulkTerms);
        if (Pole(edge) <= 0)
        {
            return new(bulk, bulkTerms, soft, -α * mean, false, 0, 0, 0);
        }

        double place = BracketedRoot.Find(Pole, SmallestResolvent, edge).Position;
        var averages = PhaseRetrievalAverages.At(rule, place);
        double level = Level(place, out double terms), slope = 1 / (place * place) - α * averages.Second;
        return new(bulk, bulkTerms, soft, -α * mean, true, level, terms, slope / (slope + α * averages.SignalSecond));

        double Level(double G, out double size)
        {
            double shift = α * PhaseRetrievalAverages.At(rule, G).First;
            size = 1 / G + Math.Abs(shift);
            return shift - 1 / G;
        }
    }

    private readonly record struct Place(double Edge, double EdgeTerms, bool IsSoft, double Multiplier, bool Exists, double Outlier, double OutlierTerms, double Overlap2);
}
