// Functions of the semicircle on [-2, 2] and of its extreme eigenvalue under a rank-one spike, written through t = 2 cosh(f) and the spherical integral.
namespace Thalweg.Tests.Oracles;

/// <summary>W is GOE with E W_ij² = 1/N. Everything is per N.</summary>
public static class RandomMatrixOracle
{
    /// <summary>G(t) = (t - sqrt(t² - 4))/2 for t ≥ 2, as the inverse of the larger root of G² - tG + 1.</summary>
    public static DoubleDouble G(DoubleDouble t) => 2 / (t + Root(t));

    /// <summary>Φ(t) = ∫ρ(y) log|y - t| dy.</summary>
    public static DoubleDouble Phi(DoubleDouble t)
    {
        t = DoubleDouble.Abs(t);
        return t <= 2 ? t * t / 4 - 0.5 : t * t / 4 - 0.5 - I1(t);
    }

    /// <summary>Φ'(t).</summary>
    public static DoubleDouble PhiSlope(DoubleDouble t) => t > 2 ? G(t) : t < -2 ? -G(-t) : t / 2;

    /// <summary>I_1(t) = ½∫_2^t sqrt(y² - 4) dy = sinh(2f)/2 - f at t = 2 cosh f, the cost of one eigenvalue above t ≥ 2.</summary>
    public static DoubleDouble I1(DoubleDouble t)
    {
        // Both terms behave like f for small f; the difference is O(f³) and its absolute error stays that of one unit.
        DoubleDouble e = (t + Root(t)) / 2, square = e * e;
        return (square - 1 / square) / 4 - DoubleDouble.Log(e);
    }

    /// <summary>
    /// The rate of the largest eigenvalue of W + θ e e^T at t ≥ 2: I_1(t) + θ²/4 - J(θ, t), with J the rank-one spherical integral of Guionnet and Maïda (2005):
    /// θ²/4 for θ ≤ G(t), else (θt - 1 - log θ - Φ(t))/2.
    /// </summary>
    public static DoubleDouble TopRate(DoubleDouble theta, DoubleDouble t) =>
        theta <= G(t) ? I1(t) : I1(t) + theta * theta / 4 - (theta * t - 1 - DoubleDouble.Log(theta) - Phi(t)) / 2;

    /// <summary>d/dt of <see cref="TopRate"/>.</summary>
    public static DoubleDouble TopRateSlope(DoubleDouble theta, DoubleDouble t) =>
        theta <= G(t) ? Root(t) / 2 : Root(t) / 2 - (theta - G(t)) / 2;

    /// <summary>L(θ, t), the cost of no eigenvalue above t ≥ 2.</summary>
    public static DoubleDouble Lower(DoubleDouble theta, DoubleDouble t) => BelowTypical(theta, t) ? TopRate(theta, t) : 0;

    /// <summary>U(θ, t), the cost of the largest eigenvalue above t ≥ 2.</summary>
    public static DoubleDouble Upper(DoubleDouble theta, DoubleDouble t) => BelowTypical(theta, t) ? 0 : TopRate(theta, t);

    /// <summary>c_j, the cost of exactly j negative eigenvalues of W + t - θ e e^T: c_0 = L, c_j = U + (j-1) I_1.</summary>
    public static DoubleDouble IndexCost(int j, DoubleDouble theta, DoubleDouble t) => j == 0 ? Lower(theta, t) : Upper(theta, t) + (j - 1) * I1(t);

    /// <summary>d/dt of <see cref="IndexCost"/>.</summary>
    public static DoubleDouble IndexCostSlope(int j, DoubleDouble theta, DoubleDouble t)
    {
        bool below = BelowTypical(theta, t);
        return j == 0 ? (below ? TopRateSlope(theta, t) : 0) : (below ? 0 : TopRateSlope(theta, t)) + (j - 1) * Root(t) / 2;
    }

    /// <summary>The fraction of eigenvalues of W + t below zero, by t = 2 sin(f): ½ - (f + sin f cos f)/π.</summary>
    public static DoubleDouble IndexFraction(DoubleDouble t)
    {
        if (t >= 2 || t <= -2)
        {
            return t > 0 ? 0 : 1;
        }

        var angle = DoubleDouble.Asin(t / 2);
        var (sin, cos) = DoubleDouble.SinCos(angle);
        return 0.5 - (angle + sin * cos) / DoubleDouble.Pi;
    }

    // The typical largest eigenvalue is θ + 1/θ for θ > 1, else 2.
    private static bool BelowTypical(DoubleDouble theta, DoubleDouble t) => theta > 1 && t < theta + 1 / theta;

    private static DoubleDouble Root(DoubleDouble t) => DoubleDouble.Sqrt((t - 2) * (t + 2));
}
