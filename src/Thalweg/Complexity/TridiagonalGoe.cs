// Random matrices of the Gaussian orthogonal ensemble in tridiagonal form, with the first basis vector kept and the trace removed.
using System;
using Thalweg.Numerics.Random;

namespace Thalweg.Complexity;

/// <summary>
/// Draws of W - (tr W/n) with off-diagonal variance 1: reflections that fix e_1 bring W to a diagonal of independent N(0, 2) and an off-diagonal of independent chi
/// of n-1, .., 1 degrees of freedom (Dumitriu and Edelman 2002).
/// </summary>
/// <remarks>The trace that is removed is an independent N(0, 2n). The reflections leave any multiple of e_1 e_1^T alone, so that it may be added to the tridiagonal
/// form.</remarks>
/// <param name="order">n, at least 1.</param>
/// <param name="stream">The source of normal numbers, owned by this object.</param>
internal sealed class TridiagonalGoe(int order, PhiloxStream stream)
{
    private readonly int n = order;

    /// <summary>[i], n entries adding up to zero.</summary>
    public double[] Diagonal { get; } = new double[order];

    /// <summary>[i] couples i and i + 1; the last entry is unused.</summary>
    public double[] OffDiagonal { get; } = new double[order];

    /// <summary>The same draw as independent variables of mean 0 and variance 1: n - 1 contrasts of the diagonal, then n - 1 centred chi-squares.</summary>
    public double[] Standard { get; } = new double[2 * (order - 1)];

    /// <summary>The mean cube of a standard variable: none for a normal one, sqrt(8/k) for a chi-square of k degrees of freedom.</summary>
    /// <param name="i">Its place in <see cref="Standard"/>.</param>
    public double Skewness(int i) => i < n - 1 ? 0 : Math.Sqrt(8.0 / (2 * n - 2 - i));

    /// <summary>Draws the next matrix.</summary>
    public void Next()
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            double g = stream.NextNormal();
            if (i > 0)
            {
                // Helmert's contrast of g_i against the mean of those before it.
                Standard[i - 1] = (sum - i * g) / Math.Sqrt(i * (i + 1.0));
            }

            Diagonal[i] = g;
            sum += g;
        }

        for (int i = 0; i < n; i++)
        {
            Diagonal[i] = Math.Sqrt(2) * (Diagonal[i] - sum / n);
        }

        for (int i = 0; i + 1 < n; i++)
        {
            int freedom = n - 1 - i;
            double square = 0;
            for (int k = 0; k < freedom; k++)
            {
                double g = stream.NextNormal();
                square += g * g;
            }

            OffDiagonal[i] = Math.Sqrt(square);
            Standard[n - 1 + i] = (square - freedom) / Math.Sqrt(2.0 * freedom);
        }
    }
}
