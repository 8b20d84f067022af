// The annealed Kac-Rice complexity of the stationary points at one overlap with the signal, as functions of the energy: eq. (3)'s landscape cut at fixed m.
using System;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Spectra;

namespace Thalweg.Complexity;

/// <summary>What the stationary points are that dominate the count at an energy.</summary>
public enum StationaryKind
{
    /// <summary>t &lt; 2: a finite fraction of the Hessian's eigenvalues is negative.</summary>
    ExtensiveIndex = 0,

    /// <summary>2 ≤ t &lt; θ + 1/θ: one negative eigenvalue, the outlier toward the signal.</summary>
    IndexOne = 1,

    /// <summary>t ≥ 2 and the outlier, if any, is not negative.</summary>
    Minimum = 2,
}

/// <summary>An optimum over the energies that are left free: a complexity and the bulk shift where it is reached.</summary>
/// <param name="Complexity">Σ; negative infinity where no such point exists at any probability e^(-N).</param>
/// <param name="Shift">t at the optimum.</param>
public readonly record struct DominatingPoints(double Complexity, double Shift);

/// <summary>
/// The landscape at overlap m. With s = p ε_p + 2 ε_2 (for a mixture Σ k ε_k) the complexity of all stationary points is
/// Σ_a = 1/2 + log((1-m²) Q_2/Q_1)/2 - (1-m²) S'(m)²/(2 Q_1) - (cost of the energies) + Φ(t), t = (m S'(m) - s)/sqrt(Q_2),
/// and every projection onto fewer energies is the maximum over t of -(t - t_0)²/(2v) + Φ(t), minus a cost L(θ, t) when only minima are counted.
/// </summary>
/// <remarks>
/// Annealed: (1/N) log E[number], an upper bound on the typical complexity. The Gaussian pair (ε, s) has N-fold variances Q_0 and Q_1 + Q_2 and covariance Q_1, which is all that a mixture enters with.
/// Immutable; construction costs some 100 ns, a point some 50 ns, nothing is allocated by an evaluation. Energies are total losses per N, e = ε - S(m).
/// </remarks>
public sealed class OverlapSection
{
    private readonly double q0, q1, q2, root2, signal, radial, constant, constantMagnitude, varianceFixed, varianceFree, θ;

    /// <summary>Cuts a landscape at an overlap.</summary>
    /// <param name="model">The landscape.</param>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">|m| ≥ 1: the section is a point.</exception>
    public OverlapSection(Model model, double overlap)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!(Math.Abs(overlap) < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(overlap), overlap, "the overlap must lie strictly between -1 and 1");
        }

        Overlap = overlap;
        q0 = model.Noise.AtOne;
        q1 = model.Noise.SlopeAtOne;
        q2 = model.Noise.CurvatureAtOne;
        root2 = Math.Sqrt(q2);
        signal = model.Signal.Q(overlap);
        double pull = model.Signal.DQ(overlap), width = (1 - overlap) * (1 + overlap);
        radial = overlap * pull;
        double volume = 0.5 * Math.Log(q2 / q1 * width), field = width * pull * pull / (2 * q1);
        constant = 0.5 + volume - field;
        constantMagnitude = 0.5 + Math.Abs(volume) + field;
        varianceFixed = model.Noise.RadialVarianceGivenEnergy() / q2;
        varianceFree = 1 + q1 / q2;
        θ = HessianSpectrum.Spike(model, overlap);
    }

    /// <summary>m.</summary>
    public double Overlap { get; }

    /// <summary>θ(m), the strength of the pull toward the signal in the Hessian.</summary>
    public double SpikeStrength => θ;

    /// <summary>The shift at which the outlier of a typical point touches zero: θ + 1/θ for θ &gt; 1, else 2.</summary>
    public double ShiftOfFirstMinima => θ > 1 ? θ + 1 / θ : 2;

    /// <summary>Bound on the rounding error of the complexities of this section at an energy.</summary>
    /// <param name="energy">e, the total loss per N.</param>
    public double Rounding(double energy)
    {
        double ε = energy + signal, t0 = Centre(ε);
        return 4 * Quantity.Unit * (constantMagnitude + ε * ε / (2 * q0) + 1 + t0 * t0 / 4 + θ * θ / 4);
    }

    /// <summary>Σ(e): the stationary points that dominate at a total loss.</summary>
    /// <param name="energy">e.</param>
    /// <returns>Their complexity and bulk shift: t = 2 t_0/(2-v) inside |t_0| ≤ 2 - v, else t = G + 1/G with G = 2/(|t_0| + sqrt(t_0² - 4(1-v))).</returns>
    public DominatingPoints AllAt(double energy)
    {
        double ε = energy + signal, t0 = Centre(ε), t = FreeShift(t0, varianceFixed);
        return new(constant - ε * ε / (2 * q0) - Strain(t, t0, varianceFixed) + Semicircle.LogPotential(t), t);
    }

    /// <summary>The minima that dominate at a total loss, the cost L of a spectrum without negative eigenvalues included.</summary>
    /// <param name="energy">e.</param>
    public DominatingPoints MinimaAt(double energy)
    {
        double ε = energy + signal;
        var (value, t) = BestMinima(Centre(ε), varianceFixed);
        return new(constant - ε * ε / (2 * q0) + value, t);
    }

    /// <summary>The supremum of Σ over all energies.</summary>
    public DominatingPoints All()
    {
        double t0 = radial / root2, t = FreeShift(t0, varianceFree);
        return new(constant - Strain(t, t0, varianceFree) + Semicircle.LogPotential(t), t);
    }

    /// <summary>The supremum over all energies of the complexity of minima.</summary>
    public DominatingPoints Minima()
    {
        var (value, t) = BestMinima(radial / root2, varianceFree);
        return new(constant + value, t);
    }

    /// <summary>Σ(e) restricted to points with exactly j negative eigenvalues, at the dominating shift of that restriction.</summary>
    /// <param name="energy">e.</param>
    /// <param name="index">j ≥ 0, finite while N is infinite.</param>
    /// <remarks>For j ≥ 1 the maximum over t of a concave function, found by bisection of its slope to the last digit.</remarks>
    public DominatingPoints IndexAt(double energy, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (index == 0)
        {
            return MinimaAt(energy);
        }

        double ε = energy + signal, t0 = Centre(ε), v = varianceFixed;
        double Value(double t) => -Strain(t, t0, v) + Semicircle.LogPotential(t) - IndexCost.Of(index, θ, t);
        double best = v > 0 ? IndexCost.DominatingShift(index, θ, t0, v) : t0;
        return best < 2 ? new(double.NegativeInfinity, t0) : new(constant - ε * ε / (2 * q0) + Value(best), best);
    }

    /// <summary>What dominates at a bulk shift.</summary>
    /// <param name="shift">t of the dominating points.</param>
    public StationaryKind KindAt(double shift) =>
        shift < 2 ? StationaryKind.ExtensiveIndex : shift < ShiftOfFirstMinima ? StationaryKind.IndexOne : StationaryKind.Minimum;

    /// <summary>The total loss at which the dominating points have a given bulk shift: the inverse of the monotone map t(e).</summary>
    /// <param name="shift">t.</param>
    /// <remarks>ε(t) = (Q_0/Q_1) (m S'(m) - sqrt(Q_2) t_0), t_0 = t (2-v)/2 inside the bulk and t - v G(t) outside. At m = 0 and t = 2 this is the closed form of ε_th.</remarks>
    public double EnergyAt(double shift) => ShiftedEnergy(CentreOfShift(shift));

    /// <summary>The threshold energy e(t = 2), where the bulk of the dominating points touches zero.</summary>
    public Quantity ThresholdEnergy() => EnergyQuantity(2 - varianceFixed);

    /// <summary>The energy below which the dominating points are minima: e(t = θ + 1/θ), equal to the threshold energy for θ ≤ 1.</summary>
    public Quantity FirstMinimaEnergy() => EnergyQuantity(θ > 1 ? θ + 1 / θ - varianceFixed / θ : 2 - varianceFixed);

    /// <summary>The energy at which Σ(e) is largest.</summary>
    public double MostNumerousEnergy() => q1 / (q1 + q2) * (radial - root2 * All().Shift) - signal;

    // t_0 at fixed noise energy: the mean of t given ε.
    private double Centre(double ε) => (radial - ε * q1 / q0) / root2;

    private double CentreOfShift(double t) =>
        Math.Abs(t) <= 2 ? t * (2 - varianceFixed) / 2 : Math.Sign(t) * (Math.Abs(t) - varianceFixed * Semicircle.Resolvent(Math.Abs(t)));

    private double ShiftedEnergy(double t0) => q0 / q1 * (radial - root2 * t0) - signal;

    private Quantity EnergyQuantity(double t0) => Quantity.ClosedForm(ShiftedEnergy(t0), q0 / q1 * (Math.Abs(radial) + root2 * Math.Abs(t0)) + signal);

    private static double Strain(double t, double t0, double v) => v > 0 ? (t - t0) * (t - t0) / (2 * v) : 0;

    private static double FreeShift(double t0, double v)
    {
        double distance = Math.Abs(t0);
        if (distance <= 2 - v)
        {
            // At v = 2, Q(x) = a x^2, every shift inside the bulk is as good as any other.
            return distance == 0 ? 0 : 2 * t0 / (2 - v);
        }

        double g = FreeResolvent(distance, v);
        // At t_0 = 0, where a linear field has v > 2, both signs are as good: the lower energy is taken.
        return (t0 < 0 ? -1 : 1) * (g + 1 / g);
    }

    private static double FreeResolvent(double distance, double v) => Math.Min(1, 2 / (distance + Math.Sqrt(Math.Max(0, distance * distance - 4 * (1 - v)))));

    // max over t of -(t-t0)²/(2v) + Φ(t) - L(θ,t): concave with continuous slope, so the stationary point of the right branch is the optimum.
    private (double Value, double Shift) BestMinima(double t0, double v)
    {
        if (v == 0)
        {
            return t0 < 2 ? (double.NegativeInfinity, t0) : (Semicircle.LogPotential(t0) - RankOnePerturbation.NoneAboveCost(θ, t0), t0);
        }

        double g;
        if (t0 >= 2 - v && (g = FreeResolvent(t0, v)) * θ <= 1)
        {
            // the dominating stationary points are minima themselves
        }
        else if (θ <= 1 || 0.5 + θ / 2 <= (2 - t0) / v)
        {
            g = 1;
        }
        else
        {
            double b = v * θ / 2 + t0;
            g = Math.Clamp((2 + v) / (b + Math.Sqrt(b * b + 4 * (v - 1) * (1 + v / 2))), 1 / θ, 1);
        }

        double t = g + 1 / g;
        return (-Strain(t, t0, v) + g * g / 2 - Math.Log(g) - RankOnePerturbation.NoneAboveCostAt(θ, g), t);
    }
}
