// Annealed complexities of the spiked model: the formula at given energies, and its maximum over energies by halving on the stationarity condition in t.
namespace Thalweg.Tests.Oracles;

/// <summary>How the maximum over t is attained.</summary>
public enum ComplexityBranch
{
    /// <summary>The typical points of this energy already have the index asked for.</summary>
    Free,

    /// <summary>The bulk touches zero, t = 2.</summary>
    Edge,

    /// <summary>The outlier is held by a large deviation.</summary>
    Deviation,
}

/// <summary>Σ, the bulk shift t where it is attained, and how.</summary>
public readonly record struct ComplexityValue(DoubleDouble Sigma, DoubleDouble Shift, ComplexityBranch Branch);

/// <summary>ε are noise energies; the loss is e = ε - Q(m). Index null means all stationary points, 0 minima, j exactly j negative eigenvalues.</summary>
public static class ComplexityOracle
{
    /// <summary>Σ(m, ε_p, ε_2), before any maximum; minus infinity for a finite index at t &lt; 2.</summary>
    public static DoubleDouble AtEnergies(SpikedOracle model, DoubleDouble m, DoubleDouble tensorEnergy, DoubleDouble matrixEnergy, int? index = null)
    {
        var t = SpectrumOracle.Shift(model, m, tensorEnergy, matrixEnergy);
        if (index is not null && t < 2)
        {
            return double.NegativeInfinity;
        }

        var gaussian = model.P * model.TensorNoise * tensorEnergy * tensorEnergy / 2 + matrixEnergy * matrixEnergy / model.InverseMatrixNoise;
        return Entropy(model, m) - gaussian + RandomMatrixOracle.Phi(t) - (index is int j ? RandomMatrixOracle.IndexCost(j, SpectrumOracle.Theta(model, m), t) : 0);
    }

    /// <summary>max over ε_p + ε_2 = ε.</summary>
    public static ComplexityValue AtEnergy(SpikedOracle model, DoubleDouble m, DoubleDouble energy, int? index = null)
    {
        var (centre, variance) = ShiftGivenEnergy(model, m, energy);
        return Maximum(model, m, centre, variance, Entropy(model, m) - energy * energy / (2 * model.Q0), index);
    }

    /// <summary>max over both energies, S(m) for minima.</summary>
    public static ComplexityValue OverEnergies(SpikedOracle model, DoubleDouble m, int? index = null) =>
        Maximum(model, m, m * model.DQ(m) / DoubleDouble.Sqrt(model.Q2), 1 + model.Q1 / model.Q2, Entropy(model, m), index);

    /// <summary>dS/dm by the envelope theorem, at the t of S(m).</summary>
    public static DoubleDouble OverEnergiesSlope(SpikedOracle model, DoubleDouble m, int? index = null)
    {
        DoubleDouble root = DoubleDouble.Sqrt(model.Q2), dq = model.DQ(m), d2q = model.D2Q(m), centre = m * dq / root, variance = 1 + model.Q1 / model.Q2;
        DoubleDouble t = OverEnergies(model, m, index).Shift, theta = SpectrumOracle.Theta(model, m);
        var slope = -m / ((1 - m) * (1 + m)) + (m * dq - (1 - m * m) * d2q) * dq / model.Q1 + (t - centre) / variance * (dq + m * d2q) / root;

        // ∂L/∂θ = θ/2 - (t - 1/θ)/2 where the outlier is held.
        bool held = index == 0 && theta > 1 && t < theta + 1 / theta;
        return held ? slope - (theta + 1 / theta - t) / 2 * ((1 - m * m) * model.D3Q(m) - 2 * m * d2q) / root : slope;
    }

    /// <summary>The noise energy at which the shift of all stationary points is t.</summary>
    public static DoubleDouble EnergyAtShift(SpikedOracle model, DoubleDouble m, DoubleDouble t, int? index = null)
    {
        var (_, variance) = ShiftGivenEnergy(model, m, 0);
        var centre = t - variance * (RandomMatrixOracle.PhiSlope(t) - (index is int j ? RandomMatrixOracle.IndexCostSlope(j, SpectrumOracle.Theta(model, m), t) : 0));
        return (m * model.DQ(m) - DoubleDouble.Sqrt(model.Q2) * centre) * model.Q0 / model.Q1;
    }

    /// <summary>The tensor's and the matrix's share of a noise energy at shift t.</summary>
    public static (DoubleDouble Tensor, DoubleDouble Matrix) Split(SpikedOracle model, DoubleDouble m, DoubleDouble energy, DoubleDouble t)
    {
        var tensor = (m * model.DQ(m) - DoubleDouble.Sqrt(model.Q2) * t - 2 * energy) / (model.P - 2);
        return (tensor, energy - tensor);
    }

    /// <summary>ε_th, where t = 2 at m = 0.</summary>
    public static DoubleDouble ThresholdEnergy(SpikedOracle model) => EnergyAtShift(model, 0, 2);

    /// <summary>ε_{1→0}, where the outlier of m = 0 leaves zero; NaN for θ ≤ 1.</summary>
    public static DoubleDouble IndexOneToZeroEnergy(SpikedOracle model)
    {
        var theta = SpectrumOracle.Theta(model, 0);
        return theta > 1 ? EnergyAtShift(model, 0, theta + 1 / theta) : DoubleDouble.NaN;
    }

    /// <summary>The lower zero of Σ(m, ε) in the noise energy; NaN where Σ is nowhere positive.</summary>
    public static DoubleDouble ZeroEnergy(SpikedOracle model, DoubleDouble m, int? index = null)
    {
        // The best energy given t: ε has mean t-proportional with covariance Q_1 against the variance Q_1 + Q_2 of the radial derivative.
        var radial = m * model.DQ(m) - DoubleDouble.Sqrt(model.Q2) * OverEnergies(model, m, index).Shift;
        var top = radial * model.Q1 / (model.Q1 + model.Q2);
        if (!(AtEnergy(model, m, top, index).Sigma > 0))
        {
            return DoubleDouble.NaN;
        }

        DoubleDouble step = DoubleDouble.Sqrt(model.Q0) / 4, low = top - step;
        while (AtEnergy(model, m, low, index).Sigma > 0)
        {
            low -= step;
        }

        return Bisection.Root(energy => AtEnergy(model, m, energy, index).Sigma, low, low + step);
    }

    private static (DoubleDouble Centre, DoubleDouble Variance) ShiftGivenEnergy(SpikedOracle model, DoubleDouble m, DoubleDouble energy)
    {
        DoubleDouble q1 = model.Q1, q2 = model.Q2;
        return ((m * model.DQ(m) - energy * q1 / model.Q0) / DoubleDouble.Sqrt(q2), (q1 + q2 - q1 * q1 / model.Q0) / q2);
    }

    // Volume of the slice of overlap m and density of the gradient at zero.
    private static DoubleDouble Entropy(SpikedOracle model, DoubleDouble m)
    {
        var dq = model.DQ(m);
        return (1 + DoubleDouble.Log(model.Q2 / model.Q1) + DoubleDouble.Log((1 - m) * (1 + m)) - (1 - m * m) * dq * dq / model.Q1) / 2;
    }

    // max_t [-(t - t0)²/(2v) + Φ(t) - c_j(t)] + constant: concave, because v < 2.
    private static ComplexityValue Maximum(SpikedOracle model, DoubleDouble m, DoubleDouble centre, DoubleDouble variance, DoubleDouble constant, int? index)
    {
        var theta = SpectrumOracle.Theta(model, m);
        DoubleDouble Slope(DoubleDouble t) => (centre - t) / variance + RandomMatrixOracle.PhiSlope(t) - (index is int j ? RandomMatrixOracle.IndexCostSlope(j, theta, t) : 0);

        DoubleDouble reach = 2 + variance + DoubleDouble.Abs(centre) * 2 / DoubleDouble.Min(1, 2 - variance), low = index is null ? -reach : 2, high = reach, t;
        bool edge = index is not null && Slope(low) <= 0;
        while (!edge && Slope(high) > 0)
        {
            high *= 2;
        }

        t = edge ? 2 : Bisection.Root(Slope, low, high);
        bool held = index == 0 && theta > 1 && t < theta + 1 / theta;
        var gap = t - centre;
        var sigma = constant - gap * gap / (2 * variance) + RandomMatrixOracle.Phi(t) - (index is int k ? RandomMatrixOracle.IndexCost(k, theta, t) : 0);
        return new(sigma, t, edge ? ComplexityBranch.Edge : held ? ComplexityBranch.Deviation : ComplexityBranch.Free);
    }
}
