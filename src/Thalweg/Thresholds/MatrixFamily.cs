// A planted model with the strength of its matrix left free: the line in parameter space along which thresholds in Delta_2 are sought.
using System;
using Thalweg.Models;

namespace Thalweg.Thresholds;

/// <summary>Q_u(x) = u x²/2 + R(x), planted, with u = 1/Δ_2 free: for the spiked matrix-tensor model R(x) = x^p/(pΔ_p), for a mixture everything but its term of power two.</summary>
/// <remarks>With R_1 = R'(1) and R_2 = R''(1): Q_1 = u + R_1, Q_2 = u + R_2 and Q''(0) = u, so that every threshold at m = 0 is an equation in u alone.</remarks>
public sealed class MatrixFamily
{
    private MatrixFamily(Covariance rest, string? why)
    {
        Rest = rest;
        Why = why;
    }

    /// <summary>R, the part without the matrix.</summary>
    public Covariance Rest { get; }

    /// <summary>Why thresholds in Δ_2 make no sense for this family, or null when they do.</summary>
    public string? Why { get; }

    /// <summary>The family of spiked models at given order and tensor noise.</summary>
    /// <param name="order">p, from 3 to 100.</param>
    /// <param name="tensorNoise">Δ_p.</param>
    public static MatrixFamily Spiked(int order, double tensorNoise) =>
        new(SpikedMatrixTensor.FromInverseMatrixNoise(order, tensorNoise, 1).ToCovariance().Without(2), null);

    /// <summary>The family that a model belongs to.</summary>
    /// <param name="model">The model.</param>
    public static MatrixFamily Of(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var rest = model.Noise.Without(2);
        string? why = !model.IsPlanted ? "nothing is planted: there is no signal to find"
            : !model.Signal.Equals(model.Noise) ? "signal and noise have different polynomials: the thresholds are derived for matching ones"
            : model.Noise.Coefficient(1) > 0 ? "a linear field pulls every start toward the signal: there is no state of zero overlap to escape from"
            : rest.IsZero ? "without a tensor the landscape has no spurious minima: every threshold but that of the matrix alone is void"
            : null;
        return new(rest, why);
    }

    /// <summary>Q_u.</summary>
    /// <param name="inverseMatrixNoise">u = 1/Δ_2 &gt; 0.</param>
    public Covariance At(double inverseMatrixNoise) => Rest.With(2, inverseMatrixNoise / 2);

    /// <summary>The planted model at u.</summary>
    /// <param name="inverseMatrixNoise">u = 1/Δ_2 &gt; 0.</param>
    public Model ModelAt(double inverseMatrixNoise) => Model.FromMixture("family", At(inverseMatrixNoise), planted: true);
}
