// How many measurements phase retrieval needs for the Hessian at a random start to point toward the signal.
using Thalweg.Models;
using Thalweg.Numerics.Quadrature;
using Thalweg.Numerics.Roots;
using Thalweg.Results;
using Thalweg.Spectra;

namespace Thalweg.Thresholds;

/// <summary>The transition of the outlier of <see cref="PhaseRetrievalSpectrum"/>: above α an eigenvalue leaves the bulk downward and its eigenvector has an overlap with the signal.</summary>
/// <remarks>
/// At the edge 1/g² = α E[f²/(1 - fg)²] and at the outlier 1/g = α E[(y² - 1) f/(1 - fg)]; both at once give G E[f²/(1 - fg)²] = E[(1 - y²) f/(1 - fg)] for G = -g, whose root gives α. For a above some 1.5 there is no root up to G = 1/4: then the bulk begins at G = 1/4 for these α,
/// the outlier leaves it at 1/α = 2 E[1/(a + 3h²)], and the overlap does not begin at zero.
/// </remarks>
public sealed class InitialInformativeDirection
{
    private const double SmallestResolvent = 1e-9;

    private InitialInformativeDirection(Quantity measurements, Quantity edge, bool isSoft) => (Measurements, Edge, IsSoft) = (measurements, edge, isSoft);

    /// <summary>α at the transition.</summary>
    public Quantity Measurements { get; }

    /// <summary>The edge of the bulk of the flat Hessian there.</summary>
    public Quantity Edge { get; }

    /// <summary>Whether that edge is the one of the lowest curvature, so that the overlap begins above zero.</summary>
    public bool IsSoft { get; }

    /// <summary>The transition of a loss: two quadratures, each with its own root.</summary>
    /// <param name="model">The loss.</param>
    public static InitialInformativeDirection Of(PhaseRetrieval model)
    {
        var rules = PhaseRetrievalAverages.Rules(model);
        var (one, edge, soft, terms) = Solve(rules[0]);
        var (other, otherEdge, _, _) = Solve(rules[1]);
        return new(PhaseRetrievalSpectrum.Both(one, other, one), PhaseRetrievalSpectrum.Both(edge, otherEdge, terms), soft);
    }

    private static (double Measurements, double Edge, bool IsSoft, double Terms) Solve(DecayRule rule)
    {
        const double Last = PhaseRetrievalAverages.LargestResolvent;
        bool soft = Excess(Last) <= 0;
        double G = soft ? Last : BracketedRoot.Find(Excess, SmallestResolvent, Last).Position;
        var averages = PhaseRetrievalAverages.At(rule, G);
        double α = 1 / (G * averages.SignalFirst);
        return (α, α * averages.First - 1 / G, soft, 2 / G);

        double Excess(double at)
        {
            var here = PhaseRetrievalAverages.At(rule, at);
            return at * here.Second - here.SignalFirst;
        }
    }
}
