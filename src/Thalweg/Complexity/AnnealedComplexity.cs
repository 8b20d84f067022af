// The annealed Kac-Rice complexity of the spiked matrix-tensor model before any projection: Sigma_a(m, eps_p, eps_2).
using System;
using Thalweg.Models;
using Thalweg.Spectra;

namespace Thalweg.Complexity;

/// <summary>Σ_a(m, ε_p, ε_2) = lim (1/N) log E[number of stationary points] at given overlap and given noise energies of tensor and matrix.</summary>
/// <remarks>
/// Volume of the slice × density of the gradient at zero × Gaussian weight of the energies × E|det Hessian|:
/// Σ_a = 1/2 + log(Q_2/Q_1)/2 + log(1-m²)/2 - (1-m²) Q'(m)²/(2 Q_1) - p Δ_p ε_p²/2 - Δ_2 ε_2² + Φ(t), t = (m Q'(m) - p ε_p - 2 ε_2)/sqrt(Q_2).
/// Derived for this product: the paper states the result of its supplement without the formula.
/// </remarks>
public static class AnnealedComplexity
{
    /// <summary>t at given energies: eq. (6)'s definition at m = 0.</summary>
    /// <param name="model">The model.</param>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <param name="tensorEnergy">ε_p, noise part.</param>
    /// <param name="matrixEnergy">ε_2, noise part.</param>
    public static double Shift(SpikedMatrixTensor model, double overlap, double tensorEnergy, double matrixEnergy)
    {
        var q = model.ToCovariance();
        return (overlap * q.DQ(overlap) - model.TensorOrder * tensorEnergy - 2 * matrixEnergy) / Math.Sqrt(q.CurvatureAtOne);
    }

    /// <summary>Σ_a of all stationary points.</summary>
    /// <param name="model">The model.</param>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <param name="tensorEnergy">ε_p, noise part.</param>
    /// <param name="matrixEnergy">ε_2, noise part.</param>
    public static double Of(SpikedMatrixTensor model, double overlap, double tensorEnergy, double matrixEnergy)
    {
        var q = model.ToCovariance();
        double width = (1 - overlap) * (1 + overlap), pull = q.DQ(overlap);
        return 0.5 + 0.5 * Math.Log(q.CurvatureAtOne / q.SlopeAtOne * width) - width * pull * pull / (2 * q.SlopeAtOne)
            - model.TensorOrder * model.TensorNoise * tensorEnergy * tensorEnergy / 2 - model.MatrixNoise * matrixEnergy * matrixEnergy
            + Semicircle.LogPotential(Shift(model, overlap, tensorEnergy, matrixEnergy));
    }

    /// <summary>Σ_j = Σ_a - c_j(θ(m), t): stationary points with exactly j negative eigenvalues; j = 0 are the minima.</summary>
    /// <param name="model">The model.</param>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <param name="tensorEnergy">ε_p, noise part.</param>
    /// <param name="matrixEnergy">ε_2, noise part.</param>
    /// <param name="index">j ≥ 0.</param>
    /// <returns>Negative infinity for t &lt; 2.</returns>
    public static double OfIndex(SpikedMatrixTensor model, double overlap, double tensorEnergy, double matrixEnergy, int index) =>
        Of(model, overlap, tensorEnergy, matrixEnergy)
        - IndexCost.Of(index, HessianSpectrum.Spike(model.ToModel(), overlap), Shift(model, overlap, tensorEnergy, matrixEnergy));

    /// <summary>The split of a noise energy ε = ε_p + ε_2 that has a given shift: ε_p = (s - 2ε)/(p - 2), ε_2 = (pε - s)/(p - 2) with s = m Q'(m) - sqrt(Q_2) t.</summary>
    /// <param name="model">The model.</param>
    /// <param name="overlap">m in (-1, 1).</param>
    /// <param name="noiseEnergy">ε.</param>
    /// <param name="shift">t.</param>
    public static (double TensorEnergy, double MatrixEnergy) Split(SpikedMatrixTensor model, double overlap, double noiseEnergy, double shift)
    {
        var q = model.ToCovariance();
        double s = overlap * q.DQ(overlap) - Math.Sqrt(q.CurvatureAtOne) * shift, p = model.TensorOrder;
        return ((s - 2 * noiseEnergy) / (p - 2), (p * noiseEnergy - s) / (p - 2));
    }
}
