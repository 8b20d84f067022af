// What a point of a landscape is: on the way, strict saddle, second-order point, degenerate, or undecided - with the numbers that say so.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Probes;
using Thalweg.Results;

namespace Thalweg.Certificates;

/// <summary>The kinds of points.</summary>
public enum PointKind
{
    /// <summary>The gradient is above the tolerance.</summary>
    NotCritical,

    /// <summary>A critical point with an eigenvalue that is certainly negative, below -sqrt(ρ ε) where ρ is known: descent leaves it.</summary>
    StrictSaddle,

    /// <summary>A critical point whose Hessian is certainly not below -sqrt(ρ ε): no second-order method leaves it. A minimum where no eigenvalue is zero but those of the symmetry.</summary>
    SecondOrder,

    /// <summary>A critical point with no negative eigenvalue and with zeros that no symmetry explains: second derivatives do not tell a minimum from a saddle.</summary>
    Degenerate,

    /// <summary>The interval of the lowest eigenvalue holds more than one answer.</summary>
    Undecided,
}

/// <summary>The words of results for <see cref="PointKind"/>.</summary>
public static class PointKinds
{
    private static readonly string[] Kinds = ["not_critical", "strict_saddle", "second_order", "degenerate", "undecided"];

    /// <summary>All of them, in the order of the kinds.</summary>
    public static IReadOnlyList<string> All => Kinds;

    /// <summary>The word for a kind.</summary>
    /// <param name="kind">The kind.</param>
    public static string Word(this PointKind kind) => Kinds[(int)kind];
}

/// <summary>When a number counts as zero and how hard it is tried to tell.</summary>
public sealed record CertificateOptions
{
    /// <summary>ε: a point is critical when the Riemannian gradient is at or below; above 0.</summary>
    public double GradientNorm { get; init; } = 1e-6;

    /// <summary>An eigenvalue is zero when it is at or below this times the size of the spectrum; above 0.</summary>
    public double FlatShare { get; init; } = 1e-7;

    /// <summary>ρ, the Lipschitz constant of the Hessian: eigenvalues down to -sqrt(ρ ε) are then accepted at second-order points. Null when it is not known.</summary>
    public double? HessianLipschitz { get; init; }

    /// <summary>[k][i], orthonormal: the directions of a continuous symmetry at the point, whose zeros it explains.</summary>
    public double[][] Idle { get; init; } = [];

    /// <summary>Up to how many coordinates all eigenvalues are computed, O(n³); above, Lanczos' method.</summary>
    public int DenseUpTo { get; init; } = 400;

    /// <summary>δ: the share of random starts for which the lower end of the interval of Lanczos' method may fail.</summary>
    public double FailureProbability { get; init; } = 1e-3;

    /// <summary>The most products a pass of Lanczos' method; memory 8 n bytes each.</summary>
    public int LargestSpace { get; init; } = 200;

    /// <summary>The most eigenvalues that are counted one by one with Lanczos' method.</summary>
    public int LargestCount { get; init; } = 32;
}

/// <summary>The answer and its numbers.</summary>
/// <param name="Kind">What the point is.</param>
/// <param name="Why">The reason, one sentence.</param>
/// <param name="GradientNorm">|g| of the Riemannian gradient.</param>
/// <param name="Lowest">The lowest eigenvalue of the Riemannian Hessian.</param>
/// <param name="LowestLow">It is at or above this: certain for a dense spectrum, else with the probability 1 - δ.</param>
/// <param name="LowestHigh">It is at or below this, for certain.</param>
/// <param name="Residual">An eigenvalue lies within this of the lowest one that was found.</param>
/// <param name="Index">How many eigenvalues are negative; null when there are too many to count.</param>
/// <param name="Nullity">How many are zero; null when there are too many to count.</param>
/// <param name="ZeroBelow">At or below this in absolute value an eigenvalue counts as zero.</param>
/// <param name="IsDense">Whether all eigenvalues were computed.</param>
/// <param name="Products">Hessian-vector products that were needed.</param>
public sealed record PointCertificate(
    PointKind Kind, string Why, double GradientNorm, double Lowest, double LowestLow, double LowestHigh, double Residual, int? Index, int? Nullity, double ZeroBelow, bool IsDense, int Products)
{
    /// <summary>Every eigenvalue where all were computed, else those that were counted one by one and the first positive one; ascending.</summary>
    public IReadOnlyList<double> Eigenvalues { get; init; } = [];

    /// <summary>Judges a point.</summary>
    /// <param name="landscape">The landscape; its workspace is used.</param>
    /// <param name="manifold">Where the points lie.</param>
    /// <param name="point">[i], on the manifold.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <returns>The certificate; undecided with a sentence where value, gradient or Hessian is no number.</returns>
    public static PointCertificate Of(ILandscape landscape, IManifold manifold, ReadOnlySpan<double> point, CertificateOptions? options = null)
    {
        options ??= new();
        var model = new LocalModel(landscape, manifold, point);
        return double.IsFinite(model.Value) && double.IsFinite(model.GradientNorm)
            ? Of(model, options)
            : Nothing("the value or the gradient is no number here");
    }

    /// <summary>Judges the point of a model.</summary>
    /// <param name="model">The landscape at the point.</param>
    /// <param name="options">When a number counts as zero.</param>
    public static PointCertificate Of(LocalModel model, CertificateOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var bounds = model.Manifold.AmbientDimension <= options.DenseUpTo ? Dense(model, options) : Krylov(model, options);
        if (bounds is not { } known)
        {
            return Nothing("the Hessian is no number here");
        }

        var (kind, why) = Judge(model.GradientNorm, known, options);
        return new(kind, why, model.GradientNorm, known.Lowest, known.Low, known.High, known.Residual, known.Index, known.Nullity, known.Zero, known.IsDense, known.Products) { Eigenvalues = known.Values };
    }

    private static PointCertificate Nothing(string why) => new(PointKind.Undecided, why, 0, 0, 0, 0, 0, null, null, 0, false, 0);

    private static (PointKind Kind, string Why) Judge(double gradient, Bounds bounds, CertificateOptions options)
    {
        if (gradient > options.GradientNorm)
        {
            return (PointKind.NotCritical, FormattableString.Invariant($"the gradient is {gradient:0.0e+00}, above {options.GradientNorm:0.0e+00}"));
        }

        double allowed = Allowed(bounds.Zero, options);
        if (bounds.High < -allowed)
        {
            return (PointKind.StrictSaddle, FormattableString.Invariant($"the lowest eigenvalue is at most {bounds.High:G6}"));
        }

        if (bounds.Low < -allowed)
        {
            return (PointKind.Undecided, FormattableString.Invariant($"the lowest eigenvalue lies between {bounds.Low:G6} and {bounds.High:G6}"));
        }

        if (bounds.High < -bounds.Zero)
        {
            return (PointKind.SecondOrder, FormattableString.Invariant($"the lowest eigenvalue is {bounds.Lowest:G6}, and -sqrt(ρ ε) = {-allowed:G6} is allowed"));
        }

        return bounds.Nullity is { } nullity && nullity <= options.Idle.Length
            ? (PointKind.SecondOrder, nullity == 0 ? "a minimum: every eigenvalue is positive" : nullity == 1 ? "a minimum up to the symmetry, which explains the one zero" : $"a minimum up to the symmetry, which explains the {nullity} zeros")
            : (PointKind.Degenerate, bounds.Nullity is { } zeros ? $"{(zeros == 1 ? "one eigenvalue is" : $"{zeros} eigenvalues are")} zero, and a symmetry explains {(options.Idle.Length == 0 ? "none" : $"{options.Idle.Length}")}: second derivatives do not decide" : "more eigenvalues are zero than were counted: second derivatives do not decide");
    }

    // How far below zero the lowest eigenvalue of a second-order point may be.
    private static double Allowed(double zero, CertificateOptions options) => options.HessianLipschitz is { } rho ? Math.Max(zero, Math.Sqrt(rho * options.GradientNorm)) : zero;

    private static Bounds? Dense(LocalModel model, CertificateOptions options)
    {
        TangentSpectrum spectrum;
        try
        {
            spectrum = model.Spectrum();
        }
        catch (ArithmeticException)
        {
            return null;
        }

        if (spectrum.Values.IsEmpty)
        {
            return new(0, 0, 0, 0, 0, 0, 0, true, 0);
        }

        double zero = Math.Max(spectrum.Rounding, options.FlatShare * spectrum.Size), lowest = spectrum.Values[0];
        var (index, nullity) = spectrum.Count(zero);
        return new(lowest, lowest - spectrum.Rounding, lowest + spectrum.Rounding, spectrum.Rounding, index, nullity, zero, true, model.Manifold.AmbientDimension) { Values = spectrum.Values.ToArray() };
    }

    // Pass by pass: what a pass finds at or below zero is deflated in the next, so that equal eigenvalues are counted. The lowest come first, so that the index is whole before the zeros are.
    private static Bounds? Krylov(LocalModel model, CertificateOptions options)
    {
        int n = model.Manifold.AmbientDimension, products = 0, index = 0, nullity = options.Idle.Length;
        var found = new List<double[]>([.. model.Manifold.Normals(model.Point), .. options.Idle]);
        var values = new List<double>();
        Bounds? first = null;
        bool isIndexWhole = false;
        for (int counted = 0; ; counted++)
        {
            if (found.Count >= n || counted > options.LargestCount)
            {
                bool isWhole = found.Count >= n;
                return (first ?? new(0, 0, 0, 0, 0, 0, 0, false, 0)) with { Index = isIndexWhole || isWhole ? index : null, Nullity = isWhole ? nullity : null, Products = products, Values = [.. values.Concat(new double[options.Idle.Length]).Order()] };
            }

            var lanczos = new Lanczos(n, model.Product, options.LargestSpace, (ulong)found.Count + 1, [.. found]);
            if (Settle(lanczos, first is null ? n - found.Count : 0, options) is not { } pass)
            {
                return null;
            }

            products += lanczos.Steps;
            first ??= pass.Bounds;
            values.Add(pass.Bounds.Lowest);
            if (pass.Bounds.Lowest > first.Zero)
            {
                // The symmetry's zeros belong to the spectrum.
                var whole = options.Idle.Length > 0 && first.Lowest > 0 ? first with { Lowest = 0, Low = Math.Min(first.Low, 0), High = 0, Residual = first.Zero } : first;
                return whole with { Index = index, Nullity = nullity, Products = products, Values = [.. values.Concat(new double[options.Idle.Length]).Order()] };
            }

            isIndexWhole = pass.Bounds.Lowest >= -first.Zero;
            index += isIndexWhole ? 0 : 1;
            nullity += isIndexWhole ? 1 : 0;
            found.Add(pass.Vector);
        }
    }

    // Steps until the lowest pair no longer moves and, in the first pass, until its interval decides. Kuczynski and Wozniakowski 1992: from a random start each end of the spectrum is off by less than ω times its width with probability 1 - δ.
    private static (Bounds Bounds, double[] Vector)? Settle(Lanczos lanczos, int dimension, CertificateOptions options)
    {
        for (int next = 20; ; next = lanczos.Steps + Math.Max(10, lanczos.Steps / 4))
        {
            int before = lanczos.Steps;
            lanczos.Extend(next);
            foreach (double entry in lanczos.Diagonal)
            {
                if (!double.IsFinite(entry))
                {
                    return null;
                }
            }

            var (values, rows) = lanczos.Solve();
            double lowest = values[0], width = values[^1] - lowest, size = Math.Max(Math.Abs(lowest), Math.Abs(values[^1]));
            double residual = lanczos.OffDiagonal[^1] * Math.Abs(rows[0][^1]), zero = Math.Max(options.FlatShare * size, Math.Min(residual, Math.Sqrt(options.FlatShare) * size));
            double rounding = 8 * Quantity.Unit * Math.Sqrt(lanczos.Steps) * size, root = Math.Log(1.648 * Math.Sqrt(dimension) / options.FailureProbability) / (2 * lanczos.Steps - 1), share = root * root;
            double reach = lanczos.Steps >= dimension ? residual + rounding : share < 0.25 ? share * width / (1 - 2 * share) : 2 * width + size;
            double allowed = Allowed(zero, options);
            bool isSettled = residual <= 0.1 * options.FlatShare * size, isDecided = dimension == 0 || lowest < -allowed || lowest - reach > (lowest > zero ? zero : -allowed);
            if ((isSettled && isDecided) || lanczos.Steps == before)
            {
                return (new(lowest, lowest - reach, lowest, residual + rounding, null, null, zero, false, 0), lanczos.Combine(rows[0]));
            }
        }
    }

    private sealed record Bounds(double Lowest, double Low, double High, double Residual, int? Index, int? Nullity, double Zero, bool IsDense, int Products)
    {
        public double[] Values { get; init; } = [];
    }
}
