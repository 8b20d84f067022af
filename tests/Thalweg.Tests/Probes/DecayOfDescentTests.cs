// Exponents of a descent from its path: exact on exact powers, silent where there is nothing to say; determinants of the step's Jacobian.
using System;
using System.Linq;
using Thalweg.Geometry;
using Thalweg.Probes;
using Thalweg.Problems;
using Thalweg.Tests.Problems;
using Xunit;

namespace Thalweg.Tests.Probes;

public class DecayOfDescentTests
{
    // exact: f - f* = k^{-q} with |∇f| = (f - f*)^θ.
    [Theory]
    [InlineData(0.75, 2, 0)]
    [InlineData(0.9, 1.25, 0)]
    [InlineData(0.75, 2, -3)]
    public void Powers_are_found(double θ, double q, double limit)
    {
        double[] k = [.. Enumerable.Range(0, 400).Select(i => Math.Pow(10, 0.01 * i))], falls = [.. k.Select(time => Math.Pow(time, -q))];
        var decay = DecayOfDescent.Of(k, [.. falls.Select(fall => limit + fall)], [.. falls.Select(fall => Math.Pow(fall, θ))], limit);
        Assert.Equal(θ, decay.Exponent.Value, 1e-6);
        Assert.Equal(q, decay.Power.Value, 1e-6);
        Assert.Equal(1 / (2 * θ - 1), decay.PowerTheory.Value, 1e-5);
        Assert.InRange(decay.Exponent.Error, 0, 1e-5);
    }

    // A slope that still changes has the change as its error: |∇f| = (f - f*)^{3/4} (1 + (f - f*)^{1/4}).
    [Fact]
    public void A_slope_that_changes_has_an_error()
    {
        double[] k = [.. Enumerable.Range(1, 1000).Select(i => (double)i)], falls = [.. k.Select(time => Math.Pow(time, -2))];
        var decay = DecayOfDescent.Of(k, falls, [.. falls.Select(fall => Math.Pow(fall, 0.75) * (1 + Math.Pow(fall, 0.25)))], 0);
        Assert.InRange(decay.Exponent.Value, 0.751, 0.85);
        Assert.InRange(decay.Exponent.Value - 0.75, 0, 2 * decay.Exponent.Error);
    }

    [Fact]
    public void An_exponential_has_no_power_and_a_short_fall_no_exponent()
    {
        double[] k = [.. Enumerable.Range(0, 60).Select(i => (double)i)], falls = [.. k.Select(time => Math.Exp(-time))];
        var decay = DecayOfDescent.Of(k, falls, [.. falls.Select(Math.Sqrt)], 0);
        Assert.Equal(0.5, decay.Exponent.Value, 1e-12);
        Assert.Contains("exponentially", decay.Power.Why, StringComparison.Ordinal);
        var near = DecayOfDescent.Of(k, [.. falls.Select(fall => fall + 1)], falls, 0);
        Assert.False(near.Exponent.Exists || near.Power.Exists || near.PowerTheory.Exists);
        Assert.False(DecayOfDescent.Of([], [], [], 0).Exponent.Exists);
    }

    // exact, within its own error: Π(1 - ηλ_i), zero at η = 1/L, beyond doubles in a thousand dimensions with a long step.
    [Theory]
    [InlineData(0.25, 0.75 * 0.875 * 1.0625)]
    [InlineData(1, 0)]
    [InlineData(3, -2 * -0.5 * 1.75)]
    public void Determinants_are_products(double step, double expected)
    {
        var determinant = StepJacobian.Determinant(Spectrum(1, 0.5, -0.25), step);
        Assert.Equal(expected, determinant.Value, determinant.Error);
        Assert.InRange(determinant.Error, 0, 1e-12);
        Assert.False(StepJacobian.Determinant(Spectrum([.. Enumerable.Repeat(-1.0, 200)]), 1e3).Exists);
    }

    private static TangentSpectrum Spectrum(params double[] eigenvalues)
    {
        var problem = new DiagonalQuadratic(eigenvalues);
        return new LocalModel(problem.Open(), new EuclideanSpace(eigenvalues.Length), ProblemContractTests.Start(problem, 1)).Spectrum();
    }
}
