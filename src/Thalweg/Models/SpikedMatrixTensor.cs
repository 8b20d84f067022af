// Eqs. (1)-(3): the spiked matrix-tensor model, Q(x) = x^p/(p Delta_p) + x^2/(2 Delta_2).
using System;
using Thalweg.Results;

namespace Thalweg.Models;

/// <summary>
/// The spiked matrix-tensor model of Sarao Mannelli et al. 2019: a hidden unit vector is seen through a noisy tensor of order p (variance Δ_p, eq. (1)) and a noisy matrix (variance Δ_2, eq. (2)).
/// </summary>
/// <remarks>The signal-to-noise ratio u = 1/Δ_2 is what is stored, because it is the axis of the figures and enters every formula linearly.</remarks>
public readonly record struct SpikedMatrixTensor
{
    /// <summary>The smallest and largest noise variance that is accepted.</summary>
    public const double SmallestNoise = 1e-12, LargestNoise = 1e12;

    private SpikedMatrixTensor(int order, double tensorNoise, double inverseMatrixNoise)
    {
        TensorOrder = order;
        TensorNoise = tensorNoise;
        InverseMatrixNoise = inverseMatrixNoise;
    }

    /// <summary>p, the order of the tensor: an integer from 3 to 100.</summary>
    public int TensorOrder { get; }

    /// <summary>Δ_p &gt; 0, the variance of the tensor noise.</summary>
    public double TensorNoise { get; }

    /// <summary>u = 1/Δ_2 &gt; 0, the signal-to-noise ratio of the figures.</summary>
    public double InverseMatrixNoise { get; }

    /// <summary>Δ_2 &gt; 0, the variance of the matrix noise.</summary>
    public double MatrixNoise => 1 / InverseMatrixNoise;

    /// <summary>The model at Δ_2.</summary>
    /// <param name="order">p, from 3 to 100.</param>
    /// <param name="tensorNoise">Δ_p in [1e-12, 1e12].</param>
    /// <param name="matrixNoise">Δ_2 in [1e-12, 1e12].</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public static SpikedMatrixTensor FromMatrixNoise(int order, double tensorNoise, double matrixNoise) =>
        FromInverseMatrixNoise(order, tensorNoise, 1 / Checked(matrixNoise, nameof(matrixNoise)));

    /// <summary>The model at u = 1/Δ_2.</summary>
    /// <param name="order">p, from 3 to 100.</param>
    /// <param name="tensorNoise">Δ_p in [1e-12, 1e12].</param>
    /// <param name="inverseMatrixNoise">1/Δ_2 in [1e-12, 1e12].</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public static SpikedMatrixTensor FromInverseMatrixNoise(int order, double tensorNoise, double inverseMatrixNoise)
    {
        if (order is < 3 or > Covariance.LargestPower)
        {
            throw new ArgumentOutOfRangeException(nameof(order), order, $"p must be an integer from 3 to {Covariance.LargestPower}");
        }

        return new(order, Checked(tensorNoise, nameof(tensorNoise)), Checked(inverseMatrixNoise, nameof(inverseMatrixNoise)));
    }

    /// <summary>Q(x) = x^p/(pΔ_p) + x²/(2Δ_2), the polynomial below eq. (6).</summary>
    [Equation(Papers.BigBadMinima, 1)]
    [Equation(Papers.BigBadMinima, 2)]
    [Equation(Papers.BigBadMinima, 3)]
    public Covariance ToCovariance() => Covariance.FromTerms([(2, InverseMatrixNoise / 2), (TensorOrder, 1 / (TensorOrder * TensorNoise))]);

    /// <summary>The model as a landscape, planted (S = Q) or with the signal removed (S = 0).</summary>
    /// <param name="planted">Whether the signal is present.</param>
    public Model ToModel(bool planted = true) => Model.FromMixture("spiked matrix-tensor", ToCovariance(), planted);

    private static double Checked(double noise, string name) =>
        noise is >= SmallestNoise and <= LargestNoise ? noise : throw new ArgumentOutOfRangeException(name, noise, $"must lie in [{SmallestNoise:R}, {LargestNoise:R}]");
}
