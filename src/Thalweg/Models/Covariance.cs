// The covariance polynomial Q(x) = sum_k a_k x^k of a Gaussian landscape on the sphere, with its first four derivatives.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Thalweg.Models;

/// <summary>
/// The covariance of a Gaussian landscape on the unit sphere: E[ℓ(σ) ℓ(σ')] = Q(σ·σ')/N with Q(x) = Σ_k a_k x^k, a_k ≥ 0 (Q below eq. (6) of the paper).
/// </summary>
/// <remarks>Immutable. A power of 1 is a random linear field. Every evaluation costs O(terms · log power) and allocates nothing.</remarks>
public sealed class Covariance : IEquatable<Covariance>
{
    /// <summary>The largest power that is accepted: beyond it x^k underflows long before it matters.</summary>
    public const int LargestPower = 100;

    private readonly int[] powers;
    private readonly double[] coefficients;

    private Covariance(int[] powers, double[] coefficients)
    {
        this.powers = powers;
        this.coefficients = coefficients;
        AtOne = Q(1);
        SlopeAtOne = DQ(1);
        CurvatureAtOne = D2Q(1);
        CurvatureAtZero = D2Q(0);
    }

    /// <summary>The covariance without any term: no noise, or no signal.</summary>
    public static Covariance Zero { get; } = new([], []);

    /// <summary>Q_0 = Q(1), N times the variance of the energy.</summary>
    public double AtOne { get; }

    /// <summary>Q_1 = Q'(1), N times the variance of a component of the gradient.</summary>
    public double SlopeAtOne { get; }

    /// <summary>Q_2 = Q''(1): the bulk of the Hessian is a semicircle of radius 2 sqrt(Q_2).</summary>
    public double CurvatureAtOne { get; }

    /// <summary>k = Q''(0) = 2 a_2: the pull of the matrix part on a vanishing overlap.</summary>
    public double CurvatureAtZero { get; }

    /// <summary>True when there is no term at all.</summary>
    public bool IsZero => powers.Length == 0;

    /// <summary>True when there is exactly one term, Q(x) = a x^k.</summary>
    public bool IsPure => powers.Length == 1;

    /// <summary>The powers that occur, ascending.</summary>
    public ReadOnlySpan<int> Powers => powers;

    /// <summary>The coefficients a_k &gt; 0 in the order of <see cref="Powers"/>.</summary>
    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>Builds Q(x) from its terms; terms of the same power are added, zero coefficients dropped.</summary>
    /// <param name="terms">(power, coefficient) pairs: 1 ≤ power ≤ <see cref="LargestPower"/>, coefficient finite and ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A power or coefficient outside its range.</exception>
    public static Covariance FromTerms(IEnumerable<(int Power, double Coefficient)> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var sums = new SortedDictionary<int, double>();
        foreach (var (power, coefficient) in terms)
        {
            if (power is < 1 or > LargestPower)
            {
                throw new ArgumentOutOfRangeException(nameof(terms), power, $"a power must be an integer from 1 to {LargestPower}");
            }

            if (!double.IsFinite(coefficient) || coefficient < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(terms), coefficient, "a coefficient must be finite and >= 0: Q is a covariance");
            }

            sums[power] = sums.GetValueOrDefault(power) + coefficient;
        }

        var kept = sums.Where(term => term.Value > 0).ToArray();
        return kept.Length == 0 ? Zero : new Covariance([.. kept.Select(term => term.Key)], [.. kept.Select(term => term.Value)]);
    }

    /// <summary>Q(x) = a x^k, one term.</summary>
    /// <param name="power">k, from 1 to <see cref="LargestPower"/>.</param>
    /// <param name="coefficient">a ≥ 0.</param>
    public static Covariance Pure(int power, double coefficient) => FromTerms([(power, coefficient)]);

    /// <summary>The coefficient a_k, zero where the power does not occur.</summary>
    /// <param name="power">k.</param>
    public double Coefficient(int power)
    {
        int i = Array.IndexOf(powers, power);
        return i < 0 ? 0 : coefficients[i];
    }

    /// <summary>The same covariance without the term of one power.</summary>
    /// <param name="power">k of the term to leave out.</param>
    public Covariance Without(int power) => FromTerms(powers.Zip(coefficients).Where(term => term.First != power));

    /// <summary>The same covariance with one more term.</summary>
    /// <param name="power">k of the term to add, from 1 to <see cref="LargestPower"/>; it must not occur yet.</param>
    /// <param name="coefficient">a_k, finite and &gt; 0.</param>
    internal Covariance With(int power, double coefficient)
    {
        int place = ~Array.BinarySearch(powers, power);
        int[] morePowers = new int[powers.Length + 1];
        double[] moreCoefficients = new double[powers.Length + 1];
        for (int i = 0; i < morePowers.Length; i++)
        {
            morePowers[i] = i == place ? power : powers[i < place ? i : i - 1];
            moreCoefficients[i] = i == place ? coefficient : coefficients[i < place ? i : i - 1];
        }

        return new(morePowers, moreCoefficients);
    }

    /// <summary>Q(x).</summary>
    /// <param name="x">An overlap, in [-1, 1].</param>
    public double Q(double x)
    {
        double sum = 0;
        for (int i = 0; i < powers.Length; i++)
        {
            sum += coefficients[i] * Power(x, powers[i]);
        }

        return sum;
    }

    /// <summary>Q'(x) = Σ k a_k x^(k-1).</summary>
    /// <param name="x">An overlap, in [-1, 1].</param>
    public double DQ(double x)
    {
        double sum = 0;
        for (int i = 0; i < powers.Length; i++)
        {
            sum += powers[i] * coefficients[i] * Power(x, powers[i] - 1);
        }

        return sum;
    }

    /// <summary>Q''(x) = Σ k (k-1) a_k x^(k-2).</summary>
    /// <param name="x">An overlap, in [-1, 1].</param>
    public double D2Q(double x)
    {
        double sum = 0;
        for (int i = 0; i < powers.Length; i++)
        {
            int k = powers[i];
            if (k >= 2)
            {
                sum += k * (k - 1) * coefficients[i] * Power(x, k - 2);
            }
        }

        return sum;
    }

    /// <summary>Q'''(x) = Σ k (k-1) (k-2) a_k x^(k-3).</summary>
    /// <param name="x">An overlap, in [-1, 1].</param>
    public double D3Q(double x)
    {
        double sum = 0;
        for (int i = 0; i < powers.Length; i++)
        {
            int k = powers[i];
            if (k >= 3)
            {
                sum += k * (k - 1) * (k - 2) * coefficients[i] * Power(x, k - 3);
            }
        }

        return sum;
    }

    /// <summary>Q''''(x) = Σ k (k-1) (k-2) (k-3) a_k x^(k-4).</summary>
    /// <param name="x">An overlap, in [-1, 1].</param>
    public double D4Q(double x)
    {
        double sum = 0;
        for (int i = 0; i < powers.Length; i++)
        {
            double k = powers[i];
            if (k >= 4)
            {
                sum += k * (k - 1) * (k - 2) * (k - 3) * coefficients[i] * Power(x, powers[i] - 4);
            }
        }

        return sum;
    }

    /// <summary>
    /// N times the variance of the radial derivative s = Σ k ε_k given the energy ε = Σ ε_k: Q_1 + Q_2 - Q_1²/Q_0 = Σ_{i&lt;j} a_i a_j (k_i - k_j)² / Q_0, written without cancellation.
    /// </summary>
    /// <returns>Zero exactly for a pure model.</returns>
    public double RadialVarianceGivenEnergy()
    {
        double sum = 0;
        for (int i = 0; i < powers.Length; i++)
        {
            for (int j = i + 1; j < powers.Length; j++)
            {
                double gap = powers[j] - powers[i];
                sum += coefficients[i] * coefficients[j] * gap * gap;
            }
        }

        return sum == 0 ? 0 : sum / AtOne;
    }

    /// <inheritdoc/>
    public bool Equals(Covariance? other) => other is not null && powers.AsSpan().SequenceEqual(other.powers) && coefficients.AsSpan().SequenceEqual(other.coefficients);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Covariance);

    /// <inheritdoc/>
    public override int GetHashCode() => powers.Aggregate(17, HashCode.Combine);

    /// <summary>The mixture in the notation that <see cref="MixtureParser"/> reads: "0.5 x^3 + 0.5 x^4".</summary>
    public override string ToString() =>
        IsZero ? "0" : string.Join(" + ", powers.Zip(coefficients, (k, a) => string.Create(CultureInfo.InvariantCulture, $"{a:R} x^{k}")));

    // x^n by squaring, each product with its rounding error carried along (a fused multiply-add gives it exactly): half a unit in the last place for every n instead of n of them,
    // and the same bits on every machine, unlike Math.Pow.
    private static double Power(double x, int n)
    {
        double result = 1, resultRest = 0, rest = 0;
        while (n > 0)
        {
            if ((n & 1) != 0)
            {
                double product = result * x;
                resultRest = Math.FusedMultiplyAdd(result, x, -product) + (result * rest + resultRest * x);
                result = product;
            }

            n >>= 1;
            if (n > 0)
            {
                double square = x * x;
                rest = Math.FusedMultiplyAdd(x, x, -square) + 2 * x * rest;
                x = square;
            }
        }

        return result + resultRest;
    }
}
