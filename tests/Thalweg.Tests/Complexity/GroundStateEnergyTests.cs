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

    // A further step at s with slope ε adds ε (1 - max(C, s)) to χ and h(s) ε/2 to the functional ∫ [Q'' χ + 1/χ] dC/2, here by the midpoint rule: one step is exact when no s lowers it. The
    // curvatures at both ends of these mixtures allow one step, so that h between them decides. converged(order 2): Q_2/(24 n²) = 5e-6 at most, where the lowest values are -4e-4 and below.
    [Theory]
    [InlineData("x^3", true)]
    [InlineData("x^3 + 0.01 x^16", true)]
    [InlineData("x^3 + 0.3 x^16", false)]
    [InlineData("x^3 + 0.5 x^16", false)]
    [InlineData("x^3 + x^16", true)]
    [InlineData("x^3 + x^30", false)]
    [InlineData("x^3 + 2 x^30", true)]
    public void One_step_is_exact_where_no_second_step_lowers_the_functional(string mixture, bool exact)
    {
        var noise = MixtureParser.Parse(mixture);
        var ground = GroundStateEnergy.Of(noise);
        double r = ground.Response.Value, x = ground.StepRatio.Value, least = double.PositiveInfinity;
        Assert.True(noise.CurvatureAtOne * r * r < 1 && noise.CurvatureAtZero == 0);
        const int Cells = 4000;
        for (int i = 0; i < 40; i++)
        {
            double s = i / 40.0, slope = 0;
            for (int k = 0; k < Cells; k++)
            {
                double c = (k + 0.5) / Cells, χ = r + x * (1 - c);
                slope += (noise.D2Q(c) - 1 / (χ * χ)) * (1 - Math.Max(c, s)) / (2 * Cells);
            }

            least = Math.Min(least, slope);
        }

        Assert.True(exact ? least > -2e-5 : least < -2e-4, $"{least:E2}");
        Assert.Equal(exact, ground.Sentence.Length == 0);
        Assert.Equal(exact, ground.Energy.Exists);
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
