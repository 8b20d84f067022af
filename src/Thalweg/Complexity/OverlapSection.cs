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
public readonly record struct DominatingPoints(double Complexity, double Shift)
{
    /// <summary>Bound on the rounding error of the complexity: four units in the last place of the sum of its terms' magnitudes.</summary>
    public double Error { get; init; }
}

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
    private readonly double q0, q1, q2, root2, signal, signalMagnitude, radial, radialMagnitude, constant, constantMagnitude, varianceFixed, varianceFree, θ, θMagnitude;

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
        signalMagnitude = model.Signal.Q(Math.Abs(overlap));
        radial = overlap * pull;
        double pullMagnitude = model.Signal.DQ(Math.Abs(overlap));
        radialMagnitude = Math.Abs(overlap) * pullMagnitude;
        double volume = 0.5 * Math.Log(q2 / q1 * width), field = width * pull * pull / (2 * q1), fieldMagnitude = width * pullMagnitude * Math.Abs(pull) / q1;
        constant = volume - field;
        constantMagnitude = 0.5 + Math.Abs(volume) + fieldMagnitude;
        varianceFixed = model.Noise.RadialVarianceGivenEnergy() / q2;
        varianceFree = 1 + q1 / q2;
        θ = HessianSpectrum.Spike(model, overlap);
        θMagnitude = width * model.Signal.D2Q(Math.Abs(overlap)) / root2;
    }

    /// <summary>m.</summary>
    public double Overlap { get; }

    /// <summary>θ(m), the strength of the pull toward the signal in the Hessian.</summary>
    public double SpikeStrength => θ;

    /// <summary>The shift at which the outlier of a typical point touches zero: θ + 1/θ for θ &gt; 1, else 2.</summary>
    public double ShiftOfFirstMinima => θ > 1 ? θ + 1 / θ : 2;

    /// <summary>Bound on the rounding error of both complexities of this section at an energy, of all stationary points and of minima.</summary>
    /// <param name="energy">e, the total loss per N.</param>
    public double Rounding(double energy) => Math.Max(AllAt(energy).Error, MinimaAt(energy).Error);

    /// <summary>Σ(e): the stationary points that dominate at a total loss.</summary>
    /// <param name="energy">e.</param>
    /// <returns>Their complexity and bulk shift: t = 2 t_0/(2-v) inside |t_0| ≤ 2 - v, else t = G + 1/G with G = 2/(|t_0| + sqrt(t_0² - 4(1-v))).</returns>
    public DominatingPoints AllAt(double energy) => At(energy, Everything);

    /// <summary>The minima that dominate at a total loss, the cost L of a spectrum without negative eigenvalues included.</summary>
    /// <param name="energy">e.</param>
    public DominatingPoints MinimaAt(double energy) => At(energy, 0);

    /// <summary>The supremum of Σ over all energies.</summary>
    public DominatingPoints All() => Sum(FreeOptimum(radial / root2, varianceFree), 0, 0, radialMagnitude / root2);

    /// <summary>The supremum over all energies of the complexity of minima.</summary>
    public DominatingPoints Minima() => Sum(BestMinima(radial / root2, varianceFree), 0, 0, radialMagnitude / root2);

    /// <summary>Σ(e) restricted to points with exactly j negative eigenvalues, at the dominating shift of that restriction.</summary>
    /// <param name="energy">e.</param>
    /// <param name="index">j ≥ 0, finite while N is infinite.</param>
    /// <remarks>For j ≥ 1 the maximum over t of a concave function, found by bisection of its slope to the last digit.</remarks>
    public DominatingPoints IndexAt(double energy, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return At(energy, index);
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
    public Quantity ThresholdEnergy() => EnergyQuantity(2 - varianceFixed, 2);

    /// <summary>The energy below which the dominating points are minima: e(t = θ + 1/θ), equal to the threshold energy for θ ≤ 1.</summary>
    public Quantity FirstMinimaEnergy() => θ > 1 ? EnergyQuantity(θ + 1 / θ - varianceFixed / θ, 2 + θMagnitude) : ThresholdEnergy();

    /// <summary>The energy at which Σ(e) is largest.</summary>
    public double MostNumerousEnergy() => q1 / (q1 + q2) * (radial - root2 * All().Shift) - signal;

    // t_0 at fixed noise energy: the mean of t given ε.
    private double Centre(double ε) => (radial - ε * q1 / q0) / root2;

    private double CentreOfShift(double t) =>
        Math.Abs(t) <= 2 ? t * (2 - varianceFixed) / 2 : Math.Sign(t) * (Math.Abs(t) - varianceFixed * Semicircle.Resolvent(Math.Abs(t)));

    private double ShiftedEnergy(double t0) => q0 / q1 * (radial - root2 * t0) - signal;

    // centreSize: the magnitude of the terms that t_0 is the sum of.
    private Quantity EnergyQuantity(double t0, double centreSize) =>
        Quantity.ClosedForm(ShiftedEnergy(t0), q0 / q1 * (radialMagnitude + root2 * centreSize) + signalMagnitude);

    private const int Everything = -1;

    private DominatingPoints At(double energy, int index)
    {
        double ε = energy + signal, size = Math.Abs(energy) + signalMagnitude, t0 = Centre(ε);
        var best = index == Everything ? FreeOptimum(t0, varianceFixed) : index == 0 ? BestMinima(t0, varianceFixed) : BestOfIndex(t0, varianceFixed, index);
        return Sum(best, ε * ε / (2 * q0), size * Math.Abs(ε) / q0, (radialMagnitude + size * q1 / q0) / root2);
    }

    // centreSize: the magnitude of the terms that t_0 is the sum of; an error of t_0 enters through the slope of the optimum in t_0.
    private DominatingPoints Sum(Optimum best, double energyCost, double energySize, double centreSize) => new(constant - energyCost + best.Value, best.Shift)
    {
        Error = double.IsFinite(best.Value) ? 4 * Quantity.Unit * (constantMagnitude + energySize + best.Size + Math.Abs(best.Slope) * centreSize) : 0,
    };

    // The optimum over t of 1/2 - (t-t0)²/(2v) + Φ(t) - cost(t), its slope (t-t0)/v in t0, and the magnitude of its terms.
    private readonly record struct Optimum(double Value, double Shift, double Slope, double Size);

    // Inside the bulk the strain joins Φ by hand; outside the sum is kept as it stands, because it is stationary in t and forgives an error of G.
    private static Optimum FreeOptimum(double t0, double v)
    {
        double distance = Math.Abs(t0);
        if (distance <= 2 - v)
        {
            // At v = 2, Q(x) = a x^2, every shift inside the bulk is as good as any other.
            double t = distance == 0 ? 0 : 2 * t0 / (2 - v), value = t0 * t / 4;
            return new(value, t, t / 2, value);
        }

        // At t_0 = 0, where a linear field has v > 2, both signs are as good: the lower energy is taken.
        var best = Stretched(FreeResolvent(distance, v), distance, v, 0, 0);
        return t0 >= 0 ? best : best with { Shift = -best.Shift };
    }

    private static double FreeResolvent(double distance, double v) => Math.Min(1, 2 / (distance + Math.Sqrt(Math.Max(0, (distance - (2 - v)) * (distance + (2 - v)) + v * v))));

    // Concave with continuous slope, so that the stationary point of the right branch is the optimum.
    private Optimum BestMinima(double t0, double v)
    {
        if (v == 0 && t0 < 2)
        {
            return new(double.NegativeInfinity, t0, 0, 0);
        }

        if (t0 >= 2 - v)
        {
            // The dominating stationary points may be minima themselves.
            double free = FreeResolvent(t0, v);
            if (free * θ <= 1)
            {
                return Stretched(free, t0, v, 0, 0);
            }

            if (v == 0)
            {
                return Held(free, t0, v);
            }
        }

        if (θ <= 1 || 0.5 + θ / 2 <= (2 - t0) / v)
        {
            return Held(1, t0, v);
        }

        double b = v * θ / 2 + t0;
        return Held(Math.Clamp((2 + v) / (b + Math.Sqrt(b * b + 4 * (v - 1) * (1 + v / 2))), 1 / θ, 1), t0, v);
    }

    private Optimum BestOfIndex(double t0, double v, int index)
    {
        double t = v > 0 ? IndexCost.DominatingShift(index, θ, t0, v) : t0;
        if (t < 2)
        {
            return new(double.NegativeInfinity, t0, 0, 0);
        }

        return Stretched(Semicircle.Resolvent(t), t0, v, IndexCost.Of(index, θ, t), (index + 1) * (1 + θ * θ / 4 + t * t / 2));
    }

    private Optimum Held(double g, double t0, double v) => Stretched(g, t0, v, RankOnePerturbation.NoneAboveCostAt(θ, g), θ * θ / 4);

    private static Optimum Stretched(double g, double t0, double v, double cost, double costSize)
    {
        double t = g + 1 / g, slope = v > 0 ? (t - t0) / v : 1 / g + costSize, strain = v > 0 ? slope * (t - t0) / 2 : 0, potential = g * g / 2 - Math.Log(g);
        return new(0.5 - strain + potential - cost, t, slope, strain + potential + costSize);
    }
}
