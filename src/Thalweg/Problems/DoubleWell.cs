// f = ½|x|² - κ ln cosh x_1 - h x_1: two minima on either side of a strict saddle, smooth with known constants everywhere.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics;
using Thalweg.Numerics.Roots;

namespace Thalweg.Problems;

/// <summary>The free energy of magnets at mean field, with d - 1 harmonic directions beside it: f' = x - κ tanh x - h along the first coordinate, so that its minima are the solutions of x = κ tanh x + h.</summary>
/// <remarks>
/// Its curvature lies in [1 - κ, 1] everywhere, the Lipschitz constant of which is κ 4/(3 sqrt 3), and ⟨x,∇f⟩ ≥ ½|x|² - ½(κ + |h|)²: the smoothness and dissipativity that theorems on descent with noise ask for hold without a bound on |x|. At h = 0 the origin is an exact saddle with the
/// lowest eigenvalue 1 - κ.
/// </remarks>
public sealed class DoubleWell : Problem
{
    // Below, tanh by its series: the quotient of exponentials would lose its digits.
    private const double Small = 0.04;

    /// <summary>A double well.</summary>
    /// <param name="dimension">d ≥ 1.</param>
    /// <param name="coupling">κ > 1.</param>
    /// <param name="tilt">h, so weak that there are still two minima.</param>
    public DoubleWell(int dimension, double coupling = 2, double tilt = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (!(coupling > 1 && double.IsFinite(coupling)))
        {
            throw new ArgumentOutOfRangeException(nameof(coupling), coupling, "must be above 1");
        }

        (Coupling, Tilt, Manifold) = (coupling, tilt, new EuclideanSpace(dimension));
        double turn = Math.Sqrt(1 - 1 / coupling), bend = 0.5 * Math.Log((1 + turn) / (1 - turn)), strongest = coupling * turn - bend;
        if (!(Math.Abs(tilt) < strongest))
        {
            throw new ArgumentOutOfRangeException(nameof(tilt), tilt, FormattableString.Invariant($"must be between -{strongest:G6} and {strongest:G6}: beyond there is one minimum"));
        }

        double far = coupling + Math.Abs(tilt) + 1;
        double[] places = [BracketedRoot.Find(Slope, -far, -bend).Position, tilt == 0 ? 0 : BracketedRoot.Find(Slope, -bend, bend).Position, BracketedRoot.Find(Slope, bend, far).Position];
        (LeftMinimum, Saddle, RightMinimum) = (places[0], places[1], places[2]);
        KnownPoints = [.. places.Zip(new[] { "left minimum", "saddle", "right minimum" }, (x, name) => new KnownPoint(name, [x, .. new double[dimension - 1]], Value(x), Spectrum(x, dimension)))];
        Smoothness = new(Math.Max(1, coupling - 1), coupling * 4 / (3 * Math.Sqrt(3)), "everywhere");
    }

    /// <summary>κ.</summary>
    public double Coupling { get; }

    /// <summary>h.</summary>
    public double Tilt { get; }

    /// <summary>The first coordinate of the minimum at the left.</summary>
    public double LeftMinimum { get; }

    /// <summary>The first coordinate of the saddle.</summary>
    public double Saddle { get; }

    /// <summary>The first coordinate of the minimum at the right.</summary>
    public double RightMinimum { get; }

    /// <inheritdoc/>
    public override IManifold Manifold { get; }

    /// <inheritdoc/>
    public override double? GlobalValue => Math.Min(Value(LeftMinimum), Value(RightMinimum));

    /// <inheritdoc/>
    public override Smoothness? Smoothness { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<KnownPoint> KnownPoints { get; }

    /// <summary>f along the first coordinate: ½x² - κ ln cosh x - h x.</summary>
    /// <param name="x">x_1.</param>
    public double Value(double x)
    {
        double size = Math.Abs(x), logCosh = size < Small ? 0.5 * x * x * (1 - x * x / 6 * (1 - 4 * x * x / 15 * (1 - 17 * x * x / 56))) : size + PortableMath.Log(0.5 * (1 + PortableMath.Exp(-2 * size)));
        return 0.5 * x * x - Coupling * logCosh - Tilt * x;
    }

    /// <summary>f' = x - κ tanh x - h.</summary>
    /// <param name="x">x_1.</param>
    public double Slope(double x) => x - Coupling * Tanh(x) - Tilt;

    /// <summary>f'' = 1 - κ/cosh² x.</summary>
    /// <param name="x">x_1.</param>
    public double Curvature(double x)
    {
        double tanh = Tanh(x);
        return 1 - Coupling * (1 - tanh) * (1 + tanh);
    }

    /// <inheritdoc/>
    public override ILandscape Open() => new Landscape(this);

    private static double Tanh(double x)
    {
        double square = x * x;
        if (square < Small * Small)
        {
            return x * (1 - square / 3 * (1 - 2 * square / 5 * (1 - 17 * square / 42 * (1 - 62 * square / 153))));
        }

        double decay = PortableMath.Exp(-2 * Math.Abs(x)), tanh = (1 - decay) / (1 + decay);
        return x > 0 ? tanh : -tanh;
    }

    private double[] Spectrum(double x, int dimension) => [.. Enumerable.Repeat(1.0, dimension - 1).Append(Curvature(x)).Order()];

    private sealed class Landscape(DoubleWell well) : ILandscape
    {
        public int Dimension => well.Manifold.AmbientDimension;

        public ReadOnlySpan<double> Signal => [];

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            double value = well.Value(point[0]);
            gradient[0] = well.Slope(point[0]);
            for (int i = 1; i < point.Length; i++)
            {
                gradient[i] = point[i];
                value += 0.5 * point[i] * point[i];
            }

            return value;
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
        {
            direction.CopyTo(product);
            product[0] *= well.Curvature(point[0]);
        }
    }
}
