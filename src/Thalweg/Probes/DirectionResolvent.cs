// The Hessian seen from one direction: at which strength of a rank-one pull along it an eigenvalue reaches a given place.
using System;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;

namespace Thalweg.Probes;

/// <summary>
/// D(z) = 1/⟨e,(H_0 - z)^{-1} e⟩ for a tangent unit vector e and a Hessian H_0 on the tangent space, at z below the spectrum that H_0 has on the directions orthogonal to e: H_0 - u e e^T has an eigenvalue at z when u = D(z), and no other one below z.
/// </summary>
/// <remarks>
/// The Krylov space of e makes H_0 a tridiagonal matrix with diagonal α_k and couplings β_k, of which D(z) = α_1 - z - β_1²/(α_2 - z - β_2²/(..)) needs no other vector: one space serves every z and every u. It is extended until D(z) has settled at the highest z; from above, because a truncated fraction leaves out what
/// is subtracted. Cost m products and O(m² N) besides, m some tens where z is far below the spectrum on the scale of its width and a few hundred at its edge.
/// </remarks>
public sealed class DirectionResolvent
{
    private const int FirstSteps = 40;
    private readonly double[] diagonal, coupling;

    private DirectionResolvent(double[] diagonal, double[] coupling, bool isSettled) => (this.diagonal, this.coupling, IsSettled) = (diagonal, coupling, isSettled);

    /// <summary>Whether D has settled at the highest z.</summary>
    public bool IsSettled { get; }

    /// <summary>m.</summary>
    public int Steps => diagonal.Length;

    /// <summary>The resolvent of the Hessian less the pull that its landscape contains.</summary>
    /// <param name="hessian">The Hessian with the pull: H_0 - u e e^T.</param>
    /// <param name="direction">e: [i], of length one, orthogonal to σ.</param>
    /// <param name="strength">u, added to ⟨e,H e⟩.</param>
    /// <param name="highest">The highest z that will be asked for.</param>
    /// <param name="tolerance">How far D may still fall there, relative to it.</param>
    /// <param name="largestSpace">The most products.</param>
    public static DirectionResolvent Of(TangentHessian hessian, ReadOnlySpan<double> direction, double strength, double highest = 0, double tolerance = 1e-10, int largestSpace = 1000)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        double[] e = direction.ToArray();
        var lanczos = Lanczos.From(e, Without, largestSpace, hessian.Point.ToArray());
        double before = double.PositiveInfinity;
        for (int next = FirstSteps; ; next = lanczos.Steps + Math.Max(10, lanczos.Steps / 4))
        {
            int steps = lanczos.Steps;
            lanczos.Extend(next);
            double now = Fraction(lanczos.Diagonal, lanczos.OffDiagonal, highest) ?? double.NegativeInfinity;
            bool isSettled = Math.Abs(before - now) <= tolerance * Math.Abs(now);
            if (isSettled || lanczos.Steps == steps || !double.IsFinite(now))
            {
                return new(lanczos.Diagonal.ToArray(), lanczos.OffDiagonal.ToArray(), isSettled || (lanczos.Steps == steps && lanczos.Steps < largestSpace));
            }

            before = now;
        }

        void Without(ReadOnlySpan<double> vector, Span<double> product)
        {
            hessian.Product(vector, product);
            Vectors.Add(strength * Vectors.Dot(e, vector), e, product);
        }
    }

    /// <summary>D(z), below zero where H_0 itself has an eigenvalue below z; null where z is not below the spectrum without e.</summary>
    /// <param name="place">z.</param>
    public double? At(double place) => Fraction(diagonal, coupling, place);

    /// <summary>The lowest eigenvalue of H_0 - u e e^T that e sees, the squared overlap of its vector with e, and the residual.</summary>
    /// <param name="strength">u.</param>
    public (double Value, double Overlap2, double Residual) Lowest(double strength)
    {
        int m = diagonal.Length;
        double[] values = [.. diagonal], off = [.. coupling], rotations = new double[m * m];
        for (int i = 0; i < m; i++)
        {
            rotations[i * m + i] = 1;
        }

        values[0] -= strength;
        Tridiagonal.SolveInPlace(values, off, rotations);
        int lowest = 0;
        for (int k = 1; k < m; k++)
        {
            lowest = values[k] < values[lowest] ? k : lowest;
        }

        return (values[lowest], rotations[lowest * m] * rotations[lowest * m], coupling[m - 1] * Math.Abs(rotations[lowest * m + m - 1]));
    }

    // Null where z is not below the spectrum on the directions orthogonal to e: a tail of the fraction is not above zero then. The whole of it may have any sign.
    private static double? Fraction(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> coupling, double z)
    {
        double d = diagonal[^1] - z;
        for (int k = diagonal.Length - 2; k >= 0; k--)
        {
            if (!(d > 0))
            {
                return null;
            }

            d = diagonal[k] - z - coupling[k] * coupling[k] / d;
        }

        return d;
    }
}
