// Eigenvalues of a symmetric tridiagonal matrix in place: the implicit QL method with Wilkinson's shift.
using System;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Numerics.LinearAlgebra;

/// <summary>The implicit QL iteration (Parlett, The Symmetric Eigenvalue Problem, chapter 8); no allocation, O(n²) without vectors.</summary>
public static class Tridiagonal
{
    private const double Unit = 2.220446049250313e-16;
    private const int LargestSweeps = 200;

    /// <summary>Replaces the diagonal by the eigenvalues, in no particular order, and the off-diagonal by rubbish.</summary>
    /// <param name="diagonal">[i], n entries, finite.</param>
    /// <param name="offDiagonal">[i] couples i and i + 1; n entries, the last unused (or n - 1 entries).</param>
    /// <param name="basis">Null, or n × n row-major: every rotation of coordinates i, i + 1 is applied to rows i, i + 1, so that a unit matrix ends with eigenvector k in row
    /// k.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or an entry is not finite.</exception>
    public static void SolveInPlace(Span<double> diagonal, Span<double> offDiagonal, double[]? basis = null)
    {
        int n = diagonal.Length;
        if (offDiagonal.Length < n - 1)
        {
            throw new ArgumentException($"{offDiagonal.Length} off-diagonal entries are too few for order {n}", nameof(offDiagonal));
        }

        for (int low = 0; low < n; low++)
        {
            for (int sweep = 0; ; sweep++)
            {
                // The block that starts at low ends at the first off-diagonal that is negligible.
                int high = low;
                while (high + 1 < n && !IsNegligible(diagonal, offDiagonal, high))
                {
                    high++;
                }

                if (high == low)
                {
                    break;
                }

                if (sweep == LargestSweeps)
                {
                    throw new ArgumentException("the QL iteration does not end: an entry is not finite", nameof(diagonal));
                }

                Sweep(diagonal, offDiagonal, basis, low, high);
            }
        }
    }

    private static bool IsNegligible(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> off, int k) =>
        Math.Abs(off[k]) <= 0.5 * Unit * (Math.Abs(diagonal[k]) + Math.Abs(diagonal[k + 1])) || Math.Abs(off[k]) < 1e-290;

    // One implicit QL step on the block low..high, shifted by the eigenvalue of its leading 2 × 2 matrix that is nearer to the corner.
    private static void Sweep(Span<double> diagonal, Span<double> off, double[]? basis, int low, int high)
    {
        int n = diagonal.Length;
        double g = (diagonal[low + 1] - diagonal[low]) / (2 * off[low]), r = Hypotenuse(g, 1);
        g = diagonal[high] - diagonal[low] + off[low] / (g + (g >= 0 ? r : -r));
        double sine = 1, cosine = 1, carried = 0;
        for (int i = high - 1; i >= low; i--)
        {
            double f = sine * off[i], b = cosine * off[i];
            r = Hypotenuse(f, g);
            if (i + 1 < high)
            {
                off[i + 1] = r;
            }

            if (r == 0)
            {
                // The matrix splits here: undo the pending part and start again on a smaller block.
                diagonal[i + 1] -= carried;
                return;
            }

            sine = f / r;
            cosine = g / r;
            g = diagonal[i + 1] - carried;
            r = (diagonal[i] - g) * sine + 2 * cosine * b;
            carried = sine * r;
            diagonal[i + 1] = g + carried;
            g = cosine * r - b;
            if (basis is not null)
            {
                RotationKernel.Of(ref basis[i * n], ref basis[(i + 1) * n], cosine, sine, n);
            }
        }

        diagonal[low] -= carried;
        off[low] = g;
        if (high + 1 < n)
        {
            off[high] = 0;
        }
    }

    private static double Hypotenuse(double x, double y)
    {
        double a = Math.Abs(x), b = Math.Abs(y), large = Math.Max(a, b), small = Math.Min(a, b);
        if (large is > 1e-140 and < 1e140)
        {
            return Math.Sqrt(a * a + b * b);
        }

        if (large == 0)
        {
            return 0;
        }

        double ratio = small / large;
        return large * Math.Sqrt(1 + ratio * ratio);
    }
}
