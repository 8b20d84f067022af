// How much of a planted matrix the product of two factors holds, whatever turns the factors.
using System;

namespace Thalweg.Problems.Factorization;

/// <summary>The cosine of two matrices UV^T and U*V*^T in the space of matrices, read off their factors: ⟨UV^T,U*V*^T⟩ = Σ_kl ⟨u_k,u*_l⟩⟨v_k,v*_l⟩.</summary>
internal static class FactorOverlap
{
    /// <summary>From 0 to 1 for positive matrices; 0 where the point is zero. Costs rows times products of ranks.</summary>
    /// <param name="point">Holds U and V.</param>
    /// <param name="rank">How many columns they have.</param>
    /// <param name="signal">Holds U* and V*.</param>
    /// <param name="signalRank">How many columns they have.</param>
    /// <param name="left">Where U and U* stand.</param>
    /// <param name="right">Where V and V* stand; the same place for UU^T.</param>
    public static double Cosine(ReadOnlySpan<double> point, int rank, ReadOnlySpan<double> signal, int signalRank, FactorPlace left, FactorPlace right)
    {
        double length = Inner(point, rank, point, rank, left, right);
        return length > 0 ? Inner(point, rank, signal, signalRank, left, right) / Math.Sqrt(length) / Math.Sqrt(Inner(signal, signalRank, signal, signalRank, left, right)) : 0;
    }

    private static double Inner(ReadOnlySpan<double> one, int rank, ReadOnlySpan<double> other, int otherRank, FactorPlace left, FactorPlace right)
    {
        double sum = 0;
        for (int k = 0; k < rank; k++)
        {
            for (int l = 0; l < otherRank; l++)
            {
                sum += Columns(one, k, other, l, left) * Columns(one, k, other, l, right);
            }
        }

        return sum;
    }

    private static double Columns(ReadOnlySpan<double> one, int k, ReadOnlySpan<double> other, int l, FactorPlace place)
    {
        double sum = 0;
        for (int i = 0; i < place.Rows; i++)
        {
            int row = place.Start + i * place.RowStride;
            sum += one[row + k * place.ColumnStride] * other[row + l * place.ColumnStride];
        }

        return sum;
    }
}
