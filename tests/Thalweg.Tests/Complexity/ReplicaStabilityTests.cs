// Stability of q = 0 at m = 0: the closed form against the Hessian of the action, and where the instability lies.
using System;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Numerics.LinearAlgebra;
using Xunit;

namespace Thalweg.Tests.Complexity;

public class ReplicaStabilityTests
{
    // β̂, r and det of the 3 × 3 Hessian in (q, ρ, d) over its value at t = 0, at a given shift.
    private static (double EnergyConjugate, double Response, double Determinant) At(Covariance noise, double t)
    {
        double Q1 = noise.SlopeAtOne, Q2 = noise.CurvatureAtOne, root = Math.Sqrt(Q2);
        double r = (t <= 2 ? t / 2 : 2 / (t + Math.Sqrt(t * t - 4))) / root, β = (t * root - (Q1 + Q2) * r) / Q1;
        return (β, r, Determinant(noise, β, r) / Determinant(noise, 0, 0));
    }

    private static double Determinant(Covariance noise, double β, double r)
    {
        var hessian = new double[49];
        var model = Model.FromMixture("mixture", noise, planted: false);
        QuenchedAction.Hessian(model, 0, new(r, 1 / noise.SlopeAtOne - r * r, 0, 0, 0, 0, β), hessian, new double[7]);
        var block = new double[9];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                block[i * 3 + j] = hessian[(i + 2) * 7 + j + 2];
            }

            // q, ρ, d do not mix with r, d_0, r_*, β̂ to second order.
            Assert.Equal(0, hessian[(i + 2) * 7], 1e-12);
            Assert.Equal(0, hessian[(i + 2) * 7 + 1], 1e-12);
            Assert.Equal(0, hessian[(i + 2) * 7 + 5], 1e-12);
            Assert.Equal(0, hessian[(i + 2) * 7 + 6], 1e-12);
        }

        return DenseLu.Of(block, 3).Determinant;
    }

    [Fact]
    public void Margin_has_the_sign_of_the_determinant()
    {
        foreach (int p in (int[])[3, 4, 5])
        {
            foreach (double u in (double[])[0.3, 0.9, 1.5, 4, 12])
            {
                var noise = SpikedMatrixTensor.FromInverseMatrixNoise(p, 1, u).ToCovariance();

                // Up from t = 0 until the first change of sign: beyond it a second factor may turn negative too.
                for (double t = 0; t < 6; t += 0.01)
                {
                    var (β, r, determinant) = At(noise, t);
                    double margin = ReplicaStability.Margin(noise, β, r).Value;
                    Assert.True(margin > 0 == determinant > 0, $"p = {p}, u = {u}, t = {t}: margin {margin}, determinant {determinant}");
                    if (margin < 0)
                    {
                        break;
                    }
                }
            }
        }
    }

    [Fact]
    public void Hessian_is_singular_at_the_instability_energy()
    {
        foreach (int p in (int[])[3, 4, 6])
        {
            foreach (double tensorNoise in (double[])[0.25, 1, 4])
            {
                foreach (double u in (double[])[0.5, 1, 1.5, 2.7, 8, 20])
                {
                    var noise = SpikedMatrixTensor.FromInverseMatrixNoise(p, tensorNoise, u).ToCovariance();
                    double e = ReplicaStability.InstabilityEnergy(noise).Value;
                    var model = Model.FromMixture("mixture", noise, planted: false);
                    double t = AnnealedReference.AtEnergy(model, 0, e).Shift;
                    var (β, r, determinant) = At(noise, t);
                    Assert.Equal(e, -(noise.AtOne * β + noise.SlopeAtOne * r), 1e-9 * Math.Abs(e));

                    // exact but for t, whose reference near 2 is known to the square root of rounding.
                    Assert.Equal(0, determinant, 1e-6);
                    Assert.Equal(0, ReplicaStability.Margin(noise, β, r).Value, 1e-6);
                    if (t >= 2 + 1e-6)
                    {
                        Assert.Equal(1, noise.CurvatureAtZero * (r + β) * (r + β), 1e-6);
                    }
                }
            }
        }
    }

    [Fact]
    public void Cubic_instability_lies_below_the_zero_of_the_complexity()
    {
        foreach (double tensorNoise in (double[])[0.25, 1, 4])
        {
            foreach (double u in (double[])[1, 1.5, 2, 5, 10, 20])
            {
                var spiked = SpikedMatrixTensor.FromInverseMatrixNoise(3, tensorNoise, u);
                var noise = spiked.ToCovariance();
                Assert.True(ReplicaStability.MarginAtThreshold(noise).Value > 0);
                var zero = new QuenchedComplexity(spiked.ToModel()).LowestEnergy(0);
                Assert.True(ReplicaStability.InstabilityEnergy(noise).Value < zero.Value, $"Δ_3 = {tensorNoise}, u = {u}");
            }
        }
    }

    [Fact]
    public void Quartic_threshold_is_stable_below_u_equal_a()
    {
        foreach (double a in (double[])[0.25, 1, 4])
        {
            Assert.True(ReplicaStability.MarginAtThreshold(SpikedMatrixTensor.FromInverseMatrixNoise(4, 1 / a, 0.999 * a).ToCovariance()).Value > 0);
            Assert.True(ReplicaStability.MarginAtThreshold(SpikedMatrixTensor.FromInverseMatrixNoise(4, 1 / a, 1.001 * a).ToCovariance()).Value < 0);
        }

        // The annealed complexity at ε_th is negative there: no landscape has that, so annealed is not quenched.
        var model = SpikedMatrixTensor.FromInverseMatrixNoise(4, 1, 2).ToModel();
        Assert.Equal(-1.4e-4, AnnealedReference.AtEnergy(model, 0, AgeingEnergy.OneStep(model.Noise).Value).Complexity, 0.5e-5);
    }

    [Fact]
    public void Linear_terms_are_refused() => Assert.Throws<ArgumentException>(() => ReplicaStability.MarginAtThreshold(MixtureParser.Parse("x + x^3")));
}
