// The ground state: known values, stationarity, and the zero of the complexity as a second route.
using System;
using Thalweg.Complexity;
using Thalweg.Models;
using Xunit;

namespace Thalweg.Tests.Complexity;

public class GroundStateEnergyTests
{
    [Theory]
    [InlineData(2, -1.4142135623730951)]
    [InlineData(3, -1.65699836353)]
    [InlineData(4, -1.79408502818)]
    public void Pure_models_have_the_published_ground_state(int p, double energy)
    {
        var ground = GroundStateEnergy.Of(Covariance.Pure(p, 1));
        Assert.Equal(energy, ground.Energy.Value, 6e-12);
    }

    [Fact]
    public void Zero_of_the_complexity_is_the_ground_state()
    {
        foreach (double tensorNoise in (double[])[0.25, 0.5, 1, 2, 4])
        {
            foreach (double u in (double[])[1, 1.5, 2.3, 4, 8, 20])
            {
                var spiked = SpikedMatrixTensor.FromInverseMatrixNoise(3, tensorNoise, u);
                var model = spiked.ToModel();
                Assert.True(AnnealedReference.AtEnergy(model, 0, AgeingEnergy.OneStep(model.Noise).Value).Complexity > 0);
                var zero = new QuenchedComplexity(model).LowestEnergy(0);
                var ground = GroundStateEnergy.Of(model.Noise);
                Assert.Empty(ground.Sentence);

                // exact: two variational problems with the same solution.
                Assert.InRange(Math.Abs(zero.Value - ground.Energy.Value), 0, zero.Error + ground.Energy.Error);
                Assert.InRange(zero.Error + ground.Energy.Error, 0, 1e-8);
            }
        }
    }

    [Fact]
    public void Optimum_is_a_maximum_of_the_lower_bounds()
    {
        foreach (string mixture in (string[])["0.5 x^3 + 0.5 x^4", "0.75 x^2 + 0.33 x^3", "0.75 x^2 + 0.25 x^4", "1000 x^2 + 0.001 x^3"])
        {
            var noise = MixtureParser.Parse(mixture);
            var ground = GroundStateEnergy.Of(noise);
            double r = ground.Response.Value, x = ground.StepRatio.Value, best = ground.OneStepEnergy.Value;
            for (int i = 0; i < 8; i++)
            {
                double angle = i * Math.PI / 4;
                Assert.True(GroundStateEnergy.Functional(noise, r * (1 + 1e-3 * Math.Cos(angle)), x * (1 + 1e-3 * Math.Sin(angle))) <= best + 1e-15 * Math.Abs(best));
            }
        }
    }

    [Fact]
    public void Full_breaking_is_the_pointwise_minimum_and_lies_above_the_one_step_bound()
    {
        foreach (double u in (double[])[6, 7, 20])
        {
            var noise = SpikedMatrixTensor.FromInverseMatrixNoise(4, 1, u).ToCovariance();
            var ground = GroundStateEnergy.Of(noise);
            Assert.Equal(AgeingEnergy.Of(noise).Energy.Value, ground.Energy.Value, 1e-14);
            Assert.True(ground.OneStepEnergy.Value < ground.Energy.Value - 1e-6);

            // exact: ∫_0^1 sqrt(u + 3C²) dC in closed form.
            double root = Math.Sqrt(u + 3), closed = root / 2 + u / (2 * Math.Sqrt(3)) * Math.Log((Math.Sqrt(3) + root) / Math.Sqrt(u));
            Assert.InRange(Math.Abs(ground.Energy.Value + closed), 0, ground.Energy.Error + 2e-15 * closed);
        }

        // Between one step and full breaking nothing is claimed.
        var between = GroundStateEnergy.Of(SpikedMatrixTensor.FromInverseMatrixNoise(4, 1, 2).ToCovariance());
        Assert.False(between.Energy.Exists);
        Assert.True(between.OneStepEnergy.Exists);
    }
}
