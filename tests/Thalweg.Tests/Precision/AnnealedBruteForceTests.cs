// The closed forms of the complexities against a brute-force maximisation over the energies, which knows no branch and no closed form.
using System;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Tests.Oracles;
using Xunit;

namespace Thalweg.Tests.Precision;

public class AnnealedBruteForceTests
{
    // The requirement: a fine grid never finds more than the closed form + 1e-10. Below it the zoomed grid must come within 1e-7: a closed form that is too large is wrong as well.
    private const double Above = 1e-10, Below = 1e-7;

    [Fact]
    public void Fine_grid_never_finds_more_than_the_closed_form()
    {
        var draw = new Draw(701);
        double excess = double.NegativeInfinity, lack = 0;
        int points = Audit.Draws(60, 1000);
        for (int i = 0; i < points; i++)
        {
            int p = draw.Order(3, 6);
            double noise = draw.Log(0.05, 8), u = draw.Log(0.4, 20), m = draw.Uniform(-0.9, 0.9);
            var model = SpikedMatrixTensor.FromInverseMatrixNoise(p, noise, u).ToModel();
            var section = new OverlapSection(model, m);
            double ε = section.ThresholdEnergy().Value + model.Signal.Q(m), e;
            ε *= draw.Uniform(0.2, 1.7);
            e = ε - model.Signal.Q(m);
            Compare(BruteForce.OverSplit(p, noise, u, m, ε, minima: false).Sigma, section.AllAt(e).Complexity);
            Compare(BruteForce.OverSplit(p, noise, u, m, ε, minima: true).Sigma, section.MinimaAt(e).Complexity);

            // The maximum over both energies is a grid of grids: every twelfth point.
            if (i % 12 == 0)
            {
                Compare(BruteForce.OverEnergies(p, noise, u, m, minima: false).Sigma, section.All().Complexity);
                Compare(BruteForce.OverEnergies(p, noise, u, m, minima: true).Sigma, section.Minima().Complexity);
            }

            void Compare(double brute, double closed)
            {
                double scale = 1 + Math.Abs(closed);
                excess = Math.Max(excess, brute - closed);
                lack = Math.Max(lack, (closed - brute) / scale);
                Assert.True(brute <= closed + Above, $"p = {p}, Δ_p = {noise:R}, u = {u:R}, m = {m:R}, ε = {ε:R}: grid {brute:R}, closed {closed:R}");
            }
        }

        Audit.Figure("brute_force_points", points);
        Audit.Figure("brute_force_excess", excess);
        Audit.Figure("brute_force_lack", lack);
        Assert.True(lack < Below, $"{lack:E2}");
    }
}
