// The integrated response and the energies of each power against quadrature and the total energy, also after the flow has come to rest.
using System;
using Thalweg.Ageing;
using Thalweg.Models;
using Thalweg.Numerics.Quadrature;
using Thalweg.TwoTime;
using Xunit;

namespace Thalweg.Tests.Ageing;

public class IntegratedResponseTests
{
    private const double End = 150;

    private static readonly Model Paper = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.7).ToModel();
    private static readonly Lazy<TwoTimeDynamics> Found = new(() => TwoTimeDynamics.Solve(new TwoTimeProblem(Paper, 0, null, Math.Log(0.3)), End, 1e-5));

    // converged(the reported error, and 1e-7 for the panels of the quadrature): R at any time is what the solution says, integrated on panels that double.
    [Theory]
    [InlineData(0.4, 0)]
    [InlineData(6, 0.5)]
    [InlineData(6, 5.9)]
    [InlineData(End, 149)]
    public void Integrated_response_is_the_integral_of_the_response(double t, double waiting)
    {
        Assert.NotNull(Found.Value.Solution.SettledTime);
        var rule = GaussLegendre.OfOrder(12);
        double sum = 0;
        for (double low = 0, high = 0.05; low < t - waiting; (low, high) = (high, 2 * high))
        {
            double width = Math.Min(high, t - waiting) - low;
            for (int i = 0; i < rule.Nodes.Length; i++)
            {
                sum += 0.5 * width * rule.Weights[i] * Found.Value.Solution.Response(t, t - (low + 0.5 * width * (1 + rule.Nodes[i])));
            }
        }

        var χ = new IntegratedResponse(Found.Value, t).Since(waiting);
        Assert.InRange(χ.Error, 0, 2e-4);
        Assert.Equal(sum, χ.Value, χ.Error + 1e-7);
        Assert.InRange(χ.Value, 0.01, 1);
    }

    // converged(the reported error): at rest the answer to a field is the mean of the inverse of the Hessian, a semicircle of radius 2 sqrt(Q''(1)) around μ.
    [Fact]
    public void At_rest_the_response_is_that_of_the_minimum()
    {
        double μ = Found.Value.Multiplier(End).Value, curvature = Paper.Noise.CurvatureAtOne;
        var χ = new IntegratedResponse(Found.Value, End).Since(1);
        Assert.InRange(χ.Error, 0, 1e-4);
        Assert.Equal((μ - Math.Sqrt(μ * μ - 4 * curvature)) / (2 * curvature), χ.Value, χ.Error);
    }

    [Fact]
    public void Nothing_has_answered_at_once_and_later_times_are_refused()
    {
        var χ = new IntegratedResponse(Found.Value, 2);
        Assert.Equal(0, χ.Since(2).Value);
        Assert.Equal(0, new IntegratedResponse(Found.Value, 0).Since(0).Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => χ.Since(2.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => χ.Since(-0.1));
    }

    // converged(1e-6): the parts are linear in the rows, and so is the energy; what differs are rows that were moved to another mesh.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, 3)]
    public void Energies_of_all_powers_add_up(double temperature, double initialTemperature)
    {
        var dynamics = initialTemperature > 0 || temperature > 0 ? TwoTimeDynamics.Solve(new TwoTimeProblem(Paper, temperature, initialTemperature > 0 ? initialTemperature : null, Math.Log(0.3)), 5, 1e-5) : Found.Value;
        double[] second = dynamics.Solution.NoiseEnergies(2), third = dynamics.Solution.NoiseEnergies(3);
        foreach (double t in new[] { 0, 0.1, 1, 5, dynamics.LastTime })
        {
            double signal = -Paper.Signal.Q(Math.Exp(dynamics.Solution.LogOverlap(t)));
            Assert.Equal(dynamics.Solution.Energy(t), dynamics.Solution.At(t, second) + dynamics.Solution.At(t, third) + signal, 1e-6);
        }

        Assert.All(dynamics.Solution.NoiseEnergies(7), energy => Assert.Equal(0, energy));
        Assert.True(dynamics.Solution.At(5, second) < -0.1 && dynamics.Solution.At(5, third) < -0.1);
    }
}
