// The part of the loss that the signal makes: -S(m), or the strict sums of the paper, -Σ_k a_k k! e_k(σ∘σ*).
using System;
using System.Runtime.InteropServices;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;

namespace Thalweg.Instances;

/// <summary>
/// With S(x) = Σ a_k x^k: -S(m), m = σ·σ*; or, when only tuples of distinct indices are summed, -Σ_k a_k k! e_k(x) with the elementary symmetric polynomials of x_i = σ_i σ*_i.
/// </summary>
/// <remarks>
/// Elementary symmetric polynomials follow from the sums of powers P_k = Σ x_i^k by Newton's identities, k e_k = Σ_{j=1..k} (-1)^(j-1) e_{k-j} P_j, and ∂e_k/∂x_i =
/// Σ_{j=0..k-1} (-1)^j x_i^j e_{k-1-j}. Cost O(N k). Not thread safe: one for each walker.
/// </remarks>
internal sealed class SignalTerm
{
    private const int Orders = 7;

    private readonly int[] powers;
    private readonly double[] coefficients, signal, energies;
    private readonly double[] elementary = new double[Orders], elementaryRate = new double[Orders];
    private readonly Covariance polynomial;
    private readonly bool isStrict;

    internal SignalTerm(Covariance polynomial, double[] signal, bool isStrict)
    {
        this.polynomial = polynomial;
        this.signal = signal;
        this.isStrict = isStrict;
        powers = polynomial.Powers.ToArray();
        coefficients = polynomial.Coefficients.ToArray();
        energies = new double[powers.Length];
    }

    /// <summary>The energies of the last gradient, in the order of the powers of S.</summary>
    internal ReadOnlySpan<double> Energies => energies;

    /// <summary>Adds the gradient.</summary>
    /// <returns>The energy of all powers.</returns>
    internal double AddGradient(ReadOnlySpan<double> point, Span<double> gradient)
    {
        if (powers.Length == 0)
        {
            return 0;
        }

        double sum = 0;
        if (!isStrict)
        {
            double m = Dot(signal, point), slope = polynomial.DQ(m);
            for (int k = 0; k < powers.Length; k++)
            {
                energies[k] = -coefficients[k] * Power(m, powers[k]);
                sum += energies[k];
            }

            for (int i = 0; i < signal.Length; i++)
            {
                gradient[i] -= slope * signal[i];
            }

            return sum;
        }

        Elementary(point, default);
        for (int k = 0; k < powers.Length; k++)
        {
            int power = powers[k];
            double factor = coefficients[k] * Factorial(power);
            energies[k] = -factor * elementary[power];
            sum += energies[k];
            for (int i = 0; i < signal.Length; i++)
            {
                // Horner in -x_i.
                double x = signal[i] * point[i], slope = 1;
                for (int j = 1; j < power; j++)
                {
                    slope = elementary[j] - x * slope;
                }

                gradient[i] -= factor * slope * signal[i];
            }
        }

        return sum;
    }

    /// <summary>Adds the Hessian times a direction.</summary>
    internal void AddHessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product)
    {
        if (powers.Length == 0)
        {
            return;
        }

        if (!isStrict)
        {
            double pull = polynomial.D2Q(Dot(signal, point)) * Dot(signal, direction);
            for (int i = 0; i < signal.Length; i++)
            {
                product[i] -= pull * signal[i];
            }

            return;
        }

        Elementary(point, direction);
        for (int k = 0; k < powers.Length; k++)
        {
            double factor = coefficients[k] * Factorial(powers[k]);
            for (int i = 0; i < signal.Length; i++)
            {
                double x = signal[i] * point[i], y = signal[i] * direction[i], slope = 1, rate = 0;
                for (int j = 1; j < powers[k]; j++)
                {
                    rate = elementaryRate[j] - y * slope - x * rate;
                    slope = elementary[j] - x * slope;
                }

                product[i] -= factor * rate * signal[i];
            }
        }
    }

    // e_k(x), and when a direction is given their rates of change along it.
    private void Elementary(ReadOnlySpan<double> point, ReadOnlySpan<double> direction)
    {
        Span<double> sums = stackalloc double[Orders], rates = stackalloc double[Orders];
        sums.Clear();
        rates.Clear();
        int largest = powers[^1];
        for (int i = 0; i < signal.Length; i++)
        {
            double x = signal[i] * point[i], y = direction.IsEmpty ? 0 : signal[i] * direction[i], power = 1;
            for (int k = 1; k <= largest; k++)
            {
                rates[k] += k * power * y;
                power *= x;
                sums[k] += power;
            }
        }

        (elementary[0], elementaryRate[0]) = (1, 0);
        for (int k = 1; k <= largest; k++)
        {
            double e = 0, rate = 0, sign = 1;
            for (int j = 1; j <= k; j++, sign = -sign)
            {
                e += sign * elementary[k - j] * sums[j];
                rate += sign * (elementaryRate[k - j] * sums[j] + elementary[k - j] * rates[j]);
            }

            (elementary[k], elementaryRate[k]) = (e / k, rate / k);
        }
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => DotKernel.Of(ref MemoryMarshal.GetReference(x), ref MemoryMarshal.GetReference(y), x.Length);

    private static double Power(double x, int n)
    {
        double power = 1;
        for (int i = 0; i < n; i++)
        {
            power *= x;
        }

        return power;
    }

    internal static double Factorial(int n)
    {
        double product = 1;
        for (int i = 2; i <= n; i++)
        {
            product *= i;
        }

        return product;
    }
}
