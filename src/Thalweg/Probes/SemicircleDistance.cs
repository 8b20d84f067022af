// How far measured eigenvalues are from a semicircle: the Kolmogorov distance.
using System;
using Thalweg.Spectra;

namespace Thalweg.Probes;

/// <summary>sup |F_n(λ) - F(λ)| between the share of eigenvalues below λ and the semicircle's.</summary>
public static class SemicircleDistance
{
    /// <summary>The distance to the law of centre + scale W, with W a semicircle on [-2, 2].</summary>
    /// <param name="eigenvalues">Ascending, at least one.</param>
    /// <param name="centre">The centre: the measured μ.</param>
    /// <param name="scale">sqrt(Q''(1)) for the Hessian of a model, &gt; 0.</param>
    /// <exception cref="ArgumentException">The eigenvalues do not ascend.</exception>
    public static double Of(ReadOnlySpan<double> eigenvalues, double centre, double scale)
    {
        double largest = 0;
        for (int i = 0; i < eigenvalues.Length; i++)
        {
            if (i > 0 && !(eigenvalues[i] >= eigenvalues[i - 1]))
            {
                throw new ArgumentException($"eigenvalue {i} is below the one before", nameof(eigenvalues));
            }

            double law = Semicircle.Distribution((eigenvalues[i] - centre) / scale);
            largest = Math.Max(largest, Math.Max(Math.Abs(law - (double)i / eigenvalues.Length), Math.Abs(law - (i + 1.0) / eigenvalues.Length)));
        }

        return largest;
    }
}
