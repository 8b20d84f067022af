// State evolution of Bayes-AMP and the free entropy behind it: fixed points, what is optimal, what message passing reaches.
using System;
using System.Collections.Generic;
using Thalweg.Models;
using Thalweg.Numerics.Roots;
using Thalweg.Numerics.Series;
using Thalweg.Results;

namespace Thalweg.StateEvolution;

/// <summary>
/// m_{t+1} = Q'(m_t)/(1 + Q'(m_t)) with m = ⟨x̂, σ*⟩ = |x̂|² (spherical prior; normalised overlap sqrt(m), mean squared error 1 - m).
/// Fixed points are the stationary points of φ(m) = [log(1-m) + m + Q(m)]/2.
/// </summary>
public static class BayesEvolution
{
    private static readonly double[] Distances = FirstCrossing.UnitInterval(256);

    /// <summary>One step of the recursion.</summary>
    /// <param name="covariance">Q, signal and noise alike.</param>
    /// <param name="overlap">m_t in [0, 1).</param>
    public static double Step(Covariance covariance, double overlap)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        double pull = covariance.DQ(overlap);
        return pull / (1 + pull);
    }

    /// <summary>The free entropy φ(m), to be maximised; φ(0) = 0.</summary>
    /// <param name="covariance">Q.</param>
    /// <param name="overlap">m in [0, 1).</param>
    public static double FreeEntropy(Covariance covariance, double overlap)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        return 0.5 * (covariance.Q(overlap) - LogRemainder.Second(-overlap));
    }

    /// <summary>Every fixed point with m &gt; 0, descending; every other one is stable, beginning with the largest.</summary>
    /// <param name="covariance">Q.</param>
    public static IReadOnlyList<Quantity> FixedPoints(Covariance covariance)
    {
        ArgumentNullException.ThrowIfNull(covariance);

        // Q'(m)(1-m) = m, divided by m so that m = 0 does not count: with η = 1 - m, η Q'(m)/m - 1.
        double Excess(double η) => η * covariance.DQ(1 - η) / (1 - η) - 1;
        var found = new List<Quantity>();
        double previous = Distances[0], last = Excess(previous);
        for (int i = 1; i < Distances.Length; i++)
        {
            double value = Excess(Distances[i]);
            if (value > 0 != last > 0)
            {
                var root = BracketedRoot.Find(Excess, previous, Distances[i], 8 * Quantity.Unit);
                found.Add(Quantity.Of(1 - root.Position, root.Error + Quantity.Unit, How.Root));
            }

            (previous, last) = (Distances[i], value);
        }

        return found;
    }

    /// <summary>m of the Bayes-optimal estimator: the fixed point of highest free entropy.</summary>
    /// <param name="covariance">Q.</param>
    /// <returns>Exactly zero when no fixed point beats m = 0: recovery is impossible.</returns>
    public static Quantity Optimal(Covariance covariance)
    {
        var best = Quantity.Of(0, 0, How.Root);
        double entropy = 0;
        foreach (var point in FixedPoints(covariance))
        {
            double value = FreeEntropy(covariance, point.Value);
            if (value > entropy)
            {
                (best, entropy) = (point, value);
            }
        }

        return best;
    }
}
