// Legendre polynomials by their three-term recurrence.
namespace Thalweg.Numerics.Quadrature;

/// <summary>P_n on [-1, 1].</summary>
public static class Legendre
{
    /// <summary>P_n(x) and P_{n-1}(x), by k P_k = (2k - 1) x P_{k-1} - (k - 1) P_{k-2}; O(n), the same bits on every machine.</summary>
    /// <param name="n">n, at least 0; P_{-1} is 0.</param>
    /// <param name="x">The point, in [-1, 1].</param>
    public static (double Value, double Before) At(int n, double x)
    {
        double before = 0, value = 1;
        for (int k = 1; k <= n; k++)
        {
            (before, value) = (value, ((2 * k - 1) * x * value - (k - 1) * before) / k);
        }

        return (value, before);
    }
}
