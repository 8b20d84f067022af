// The pure p-spin complexities of Auffinger, Ben Arous and Cerny, from the general formula at Q(x) = x^p and no signal.
namespace Thalweg.Tests.Oracles;

/// <summary>Energies are u = H/N on the sphere of radius sqrt(N), H of variance N: Q(x) = x^p on the unit sphere.</summary>
public static class PureSpinOracle
{
    /// <summary>E_∞ = 2 sqrt((p-1)/p), the energy of marginal minima with its sign changed.</summary>
    public static DoubleDouble Threshold(int p) => DoubleDouble.Sqrt(4 * (DoubleDouble)(p - 1) / p);

    /// <summary>Θ_k(u), the complexity of critical points of index k with values up to Nu.</summary>
    public static DoubleDouble Theta(int p, int k, DoubleDouble u)
    {
        var bound = Threshold(p);
        u = DoubleDouble.Min(u, -bound);
        var t = DoubleDouble.Max(2, -p * u / DoubleDouble.Sqrt(p * (p - 1)));
        return All(p, u) - k * RandomMatrixOracle.I1(t);
    }

    /// <summary>The complexity of all critical points with values up to Nu.</summary>
    public static DoubleDouble Total(int p, DoubleDouble u) => All(p, DoubleDouble.Min(u, 0));

    /// <summary>E_k: Θ_k(-E_k) = 0.</summary>
    public static DoubleDouble GroundEnergy(int p, int k)
    {
        var bound = Threshold(p);
        return Bisection.Root(energy => Theta(p, k, -energy), bound, 4 * bound + 2 * DoubleDouble.Sqrt(DoubleDouble.Log(p)));
    }

    // ½ + ½ log(Q_2/Q_1) - u²/2 + Φ(t) with t = -p u/sqrt(p(p-1)).
    private static DoubleDouble All(int p, DoubleDouble u) =>
        (1 + DoubleDouble.Log(p - 1) - u * u) / 2 + RandomMatrixOracle.Phi(-p * u / DoubleDouble.Sqrt(p * (p - 1)));
}
