// The Hessian at a point of overlap m: a semicircle shifted by t, and one outlier towards the signal when |theta| > 1.
namespace Thalweg.Tests.Oracles;

/// <summary>H = sqrt(Q_2) [W + t - θ(m) e e^T].</summary>
public static class SpectrumOracle
{
    /// <summary>t = (m Q'(m) - p ε_p - 2 ε_2)/sqrt(Q_2).</summary>
    public static DoubleDouble Shift(SpikedOracle model, DoubleDouble m, DoubleDouble tensorEnergy, DoubleDouble matrixEnergy) =>
        (m * model.DQ(m) - model.P * tensorEnergy - 2 * matrixEnergy) / DoubleDouble.Sqrt(model.Q2);

    /// <summary>θ(m) = (1 - m²) Q''(m)/sqrt(Q_2).</summary>
    public static DoubleDouble Theta(SpikedOracle model, DoubleDouble m) => (1 - m * m) * model.D2Q(m) / DoubleDouble.Sqrt(model.Q2);

    /// <summary>The ends of the bulk, sqrt(Q_2)(t ∓ 2).</summary>
    public static (DoubleDouble Lower, DoubleDouble Upper) Edges(SpikedOracle model, DoubleDouble t)
    {
        var scale = DoubleDouble.Sqrt(model.Q2);
        return (scale * (t - 2), scale * (t + 2));
    }

    /// <summary>The eigenvalue outside the bulk, sqrt(Q_2)(t - θ - 1/θ); NaN for |θ| ≤ 1. At θ &lt; -1 it lies above the bulk.</summary>
    public static DoubleDouble Outlier(SpikedOracle model, DoubleDouble theta, DoubleDouble t) =>
        DoubleDouble.Abs(theta) > 1 ? DoubleDouble.Sqrt(model.Q2) * (t - theta - 1 / theta) : DoubleDouble.NaN;

    /// <summary>Its eigenvector's squared overlap with e, 1 - 1/θ²; zero for |θ| ≤ 1.</summary>
    public static DoubleDouble OutlierOverlapSquared(DoubleDouble theta) => DoubleDouble.Abs(theta) > 1 ? (theta - 1) * (theta + 1) / (theta * theta) : 0;
}
