// f = Σ x_i²/2 + (1 - x_i²)⁴₊/4: with the step 1, which is too long for the theorem, gradient descent throws half lines of starts onto a strict saddle.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Landscapes;

namespace Thalweg.Problems.Counterexamples;

/// <summary>
/// Beyond |x| = 1 the gradient is x itself, so that x - η f'(x) with η = 1 is zero there: the map is constant, the determinant of its Jacobian Π(1 - ηλ_i) is zero on a set of positive measure, and every start with some |x_i| ≥ 1 is at a strict saddle after one step. With η below
/// 1/ℓ, ℓ = 113/49, the determinant is positive everywhere, and almost no start ends there (Lee, Simchowitz, Jordan, Recht, Gradient Descent Only Converges to Minimizers, 2016). It shows what their condition is for.
/// </summary>
/// <remarks>Along each coordinate f'' = 1 - 2(1-u)²(1-7u) with u = x², from -1 at 0 up to 113/49 at u = 3/7; the minima are x² = 1 - 2^{-1/3}. Saddle k has k coordinates at zero and the others at a minimum; all of them are strict. f has three continuous derivatives.</remarks>
public sealed class SaddleTrap : Problem
{
    // A list of all kinds of saddles takes n² numbers.
    private const int MostKnown = 64;
    private const double Largest = 113.0 / 49;
    private static readonly double MinimumSquare = 1 - 1 / Math.Cbrt(2), MinimumCurvature = 1 - 2 * (1 - MinimumSquare) * (1 - MinimumSquare) * (1 - 7 * MinimumSquare);
    private static readonly double MinimumValue = Value(MinimumSquare);
    private readonly int dimension;

    /// <summary>A trap.</summary>
    /// <param name="dimension">n ≥ 1.</param>
    public SaddleTrap(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        (this.dimension, Manifold) = (dimension, new EuclideanSpace(dimension));
        KnownPoints = [.. Enumerable.Range(0, dimension + 1).Where(k => dimension <= MostKnown || k == 0 || k == dimension).Select(At)];
    }

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override double? GlobalValue => dimension * MinimumValue;

    /// <inheritdoc/>
    /// <remarks>ρ is the largest |f'''| = 4 sqrt(u)(1-u)|9-21u|, at u = (90 - sqrt(4320))/210.</remarks>
    public override Smoothness? Smoothness
    {
        get
        {
            double u = (90 - Math.Sqrt(4320)) / 210;
            return new(Largest, 4 * Math.Sqrt(u) * (1 - u) * (9 - 21 * u), "everywhere");
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<KnownPoint> KnownPoints { get; }

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape(dimension);

    private static double Value(double square)
    {
        double inside = Math.Max(0, 1 - square), twice = inside * inside;
        return 0.5 * square + 0.25 * twice * twice;
    }

    private KnownPoint At(int zeros)
    {
        double[] point = new double[dimension], spectrum = new double[dimension];
        Array.Fill(point, Math.Sqrt(MinimumSquare), zeros, dimension - zeros);
        Array.Fill(spectrum, -1, 0, zeros);
        Array.Fill(spectrum, MinimumCurvature, zeros, dimension - zeros);
        return new(zeros == 0 ? "minimum" : $"saddle {zeros}", point, 0.25 * zeros + (dimension - zeros) * MinimumValue, spectrum);
    }

    private sealed class Landscape(int dimension) : ILandscape
    {
        public int Dimension => dimension;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            double value = 0;
            for (int i = 0; i < dimension; i++)
            {
                double x = point[i], inside = Math.Max(0, 1 - x * x);
                gradient[i] = x - 2 * x * inside * inside * inside;
                value += Value(x * x);
            }

            return value;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            for (int i = 0; i < dimension; i++)
            {
                double u = point[i] * point[i], inside = Math.Max(0, 1 - u);
                product[i] = (1 - 2 * inside * inside * (1 - 7 * u)) * direction[i];
            }
        }
    }
}
