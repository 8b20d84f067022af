// The density of the Hessian's eigenvalues where the matrix is too large to diagonalise: stochastic Lanczos quadrature.
using System;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Probes;

/// <summary>
/// For random unit vectors v the tridiagonal matrix of m Lanczos steps has eigenvalues θ_k and first components τ_k with v^T f(A) v ≈ Σ τ_k² f(θ_k), exact for polynomials of degree 2m - 1; the mean over v is (1/n) Tr f(A)
/// (Lin, Saad, Yang, SIAM Review 58 (2016) 34). The density is that sum with a Gaussian of given width for f.
/// </summary>
/// <remarks>The Gaussian smears edges and outliers by its width; a width below the distance of Ritz values, about the spread over m, shows the nodes instead of the density.</remarks>
public sealed class SpectralDensity
{
    private readonly double[][] nodes, weights;

    private SpectralDensity(double[][] nodes, double[][] weights) => (this.nodes, this.weights) = (nodes, weights);

    /// <summary>How many random vectors were used.</summary>
    public int Probes => nodes.Length;

    /// <summary>Runs the quadrature: probes times steps Hessian-vector products.</summary>
    /// <param name="hessian">The Hessian at its point.</param>
    /// <param name="probes">How many random vectors, at least 2.</param>
    /// <param name="steps">m, at most N - 1.</param>
    /// <param name="seed">Names the vectors: probe k is start k of the seed.</param>
    public static SpectralDensity Of(TangentHessian hessian, int probes, int steps, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        if (probes < 2 || steps < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(probes), probes, "a standard error needs 2 probes, a density 2 steps");
        }

        double[][] places = new double[probes][], shares = new double[probes][];
        double[] radial = hessian.Point.ToArray();
        for (int k = 0; k < probes; k++)
        {
            var lanczos = new Lanczos(hessian.Dimension, hessian.Product, steps, unchecked(seed * 0x9E3779B97F4A7C15 + (ulong)k), radial);
            lanczos.Extend(steps);
            var (values, vectors) = lanczos.Solve();
            (places[k], shares[k]) = (values, Array.ConvertAll(vectors, vector => vector[0] * vector[0]));
        }

        return new(places, shares);
    }

    /// <summary>The smeared density at λ and its standard error over the probes.</summary>
    /// <param name="eigenvalue">λ.</param>
    /// <param name="width">The standard deviation of the Gaussian, &gt; 0.</param>
    public (double Density, double StandardError) At(double eigenvalue, double width)
    {
        double norm = 1 / (width * Math.Sqrt(2 * Math.PI));
        return Mean(node => norm * Math.Exp(-0.5 * (node - eigenvalue) * (node - eigenvalue) / (width * width)));
    }

    /// <summary>(1/n) Tr f(A) and its standard error over the probes; exact up to that for polynomials of degree 2m - 1.</summary>
    /// <param name="function">f.</param>
    public (double Value, double StandardError) Mean(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        double sum = 0, square = 0;
        for (int k = 0; k < nodes.Length; k++)
        {
            double value = 0;
            for (int i = 0; i < nodes[k].Length; i++)
            {
                value += weights[k][i] * function(nodes[k][i]);
            }

            sum += value;
            square += value * value;
        }

        double mean = sum / Probes, variance = Math.Max(0, square / Probes - mean * mean) / (Probes - 1);
        return (mean, Math.Sqrt(variance));
    }
}
