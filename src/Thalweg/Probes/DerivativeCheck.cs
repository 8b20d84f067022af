// Whether gradients and Hessian products are the derivatives of the value: how fast what Taylor's formula leaves vanishes.
using System;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Series;
using Thalweg.Results;

namespace Thalweg.Probes;

/// <summary>How a remainder vanishes with the step.</summary>
/// <param name="Order">The slope of ln remainder against ln step where rounding does not reach; infinite when nothing but rounding is left at any step.</param>
/// <param name="Expected">What it must be at least.</param>
/// <param name="Steps">[k], descending.</param>
/// <param name="Remainders">[k].</param>
public sealed record SlopeTest(double Order, double Expected, double[] Steps, double[] Remainders)
{
    /// <summary>How far below its order a slope may be, for the next term of Taylor's formula.</summary>
    public const double Slack = 0.1;

    /// <summary>Whether the order is right.</summary>
    public bool Holds => Order >= Expected - Slack;
}

/// <summary>The slope tests of a landscape on a manifold at one point along one direction.</summary>
/// <param name="Value">|f(R(tv)) - f - t⟨g,v⟩| ~ t².</param>
/// <param name="Curvature">|f(R(tv)) - f - t⟨g,v⟩ - t²⟨v,Hess v⟩/2| ~ t³, R being of second order.</param>
/// <param name="Product">|∇f(x + tv) - ∇f(x) - t H v| ~ t², in the flat space: every component of a product.</param>
/// <param name="Asymmetry">|⟨w,Hess v⟩ - ⟨v,Hess w⟩| over the larger of |Hess v| and |Hess w|.</param>
public sealed record DerivativeCheck(SlopeTest Value, SlopeTest Curvature, SlopeTest Product, double Asymmetry)
{
    private const double LongestStep = 0.3, Ratio = 0.5, LargestAsymmetry = 1e-10, Margin = 100;
    private const int Steps = 40, Window = 7;

    /// <summary>Whether every order is right and the Hessian symmetric.</summary>
    public bool Holds => Value.Holds && Curvature.Holds && Product.Holds && Asymmetry <= LargestAsymmetry;

    /// <summary>Tests a landscape.</summary>
    /// <param name="landscape">The landscape; its workspace is used.</param>
    /// <param name="manifold">Where its points lie.</param>
    /// <param name="point">[i], on the manifold.</param>
    /// <param name="seed">Names the directions.</param>
    public static DerivativeCheck Of(ILandscape landscape, IManifold manifold, ReadOnlySpan<double> point, ulong seed = 1)
    {
        var model = new LocalModel(landscape, manifold, point);
        int n = point.Length;
        double[] here = point.ToArray(), v = new double[n], w = new double[n], there = new double[n], image = new double[n], other = new double[n];
        double[] flat = new double[n], moved = new double[n], flatImage = new double[n];
        var stream = new PhiloxStream(seed, StreamPurpose.Field);
        foreach (double[] direction in new[] { v, w })
        {
            stream.FillUnitVector(direction);
            manifold.Project(here, direction);
            Vectors.Scale(1 / Math.Max(double.Epsilon, Vectors.Length(direction)), direction);
        }

        model.Product(v, image);
        model.Product(w, other);
        double slope = Vectors.Dot(model.Gradient, v), curvature = Vectors.Dot(v, image), value = model.Value;
        double largest = Math.Max(Vectors.Length(image), Vectors.Length(other)), asymmetry = largest == 0 ? 0 : Math.Abs(Vectors.Dot(w, image) - Vectors.Dot(v, other)) / largest;
        double size = Math.Max(1, Vectors.Length(here)), magnitude = Math.Max(Math.Abs(value), model.GradientNorm * size);
        landscape.Gradient(here, flat);
        landscape.HessianProduct(here, v, flatImage);
        double[] steps = new double[Steps], first = new double[Steps], second = new double[Steps], product = new double[Steps], noise = new double[Steps], gradientNoise = new double[Steps];
        double flatSize = Math.Max(Vectors.Length(flat), Vectors.Length(flatImage) * size);
        for (int k = 0; k < Steps; k++)
        {
            double t = steps[k] = LongestStep * Math.Pow(Ratio, k);
            manifold.Retract(here, v, t, there);
            double moves = landscape.Gradient(there, moved), gone = moves - value;
            first[k] = Math.Abs(gone - t * slope);
            second[k] = Math.Abs(gone - t * slope - 0.5 * t * t * curvature);
            noise[k] = Quantity.Unit * Math.Max(magnitude, Math.Abs(moves));
            here.CopyTo(there, 0);
            Vectors.Add(t, v, there);
            landscape.Gradient(there, moved);
            Vectors.Add(-1, flat, moved);
            Vectors.Add(-t, flatImage, moved);
            product[k] = Vectors.Length(moved);
            gradientNoise[k] = Quantity.Unit * flatSize;
        }

        return new(Slope(steps, first, noise, 2), Slope(steps, second, noise, 3), Slope(steps, product, gradientNoise, 2), asymmetry);
    }

    // The slope of the window that is nearest to a straight line, among those whose remainders are above rounding: long steps bend it, short ones are lost in rounding.
    private static SlopeTest Slope(double[] steps, double[] remainders, double[] noise, double expected)
    {
        double best = double.PositiveInfinity, slope = 0;
        int above = 0;
        for (int first = 0; first < steps.Length; first++)
        {
            above = remainders[first] > Margin * noise[first] ? above + 1 : 0;
            if (above < Window)
            {
                continue;
            }

            double[] x = [.. steps[(first - Window + 1)..(first + 1)].Select(item => Math.Log(item))], y = [.. remainders[(first - Window + 1)..(first + 1)].Select(item => Math.Log(item))], equal = [.. Enumerable.Repeat(1.0, Window)];
            double rise = PolynomialFit.Slope(x, y, equal).Value, meanX = x.Average(), meanY = y.Average();
            double bend = x.Zip(y, (at, value) => Math.Pow(value - meanY - rise * (at - meanX), 2)).Sum();
            if (bend < best)
            {
                (best, slope) = (bend, rise);
            }
        }

        return new(remainders.Zip(noise, (remainder, floor) => remainder <= Margin * floor).All(isLost => isLost) ? double.PositiveInfinity : slope, expected, steps, remainders);
    }
}
