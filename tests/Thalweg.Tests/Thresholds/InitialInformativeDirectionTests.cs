// The transition of phase retrieval at a random start: a known number, an independent quadrature, its limits.
using System;
using Thalweg.Models;
using Thalweg.Numerics.Quadrature;
using Thalweg.Numerics.Roots;
using Thalweg.Spectra;
using Thalweg.Thresholds;
using Xunit;

namespace Thalweg.Tests.Thresholds;

public class InitialInformativeDirectionTests
{
    // converged(both rules exact to rounding): the numbers were found independently to the digits shown, by another quadrature.
    [Fact]
    public void The_transition_is_where_it_is_known()
    {
        var transition = InitialInformativeDirection.Of(new(0.1));
        Assert.Equal(2.16668085, transition.Measurements.Value, 5e-9);
        Assert.Equal(-3.55501676, transition.Edge.Value, 5e-9);
        Assert.False(transition.IsSoft);
    }

    // converged: a second method that shares nothing with the first: averages over the plane of h and y of the curvature itself, by trapezoids in u and v with h = β sinh u, β² = (a + (1 - 4G) y²)/(12 G), and y = sqrt(a) sinh v, which take the poles of 1/(1 - fg) to a distance of π/2. To 1e-8, as promised.
    [Theory]
    [InlineData(0.001)]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(10)]
    public void The_transition_follows_from_averages_over_the_plane(double a)
    {
        var model = new PhaseRetrieval(a);
        double Excess(double G) => G * Plane(model, G, (_, r) => r * r) - Plane(model, G, (y, r) => (1 - y * y) * r);
        double place = Excess(0.25) <= 0 ? 0.25 : BracketedRoot.Find(Excess, 1e-3, 0.25).Position, α = 1 / (place * Plane(model, place, (y, r) => (1 - y * y) * r));
        double difference = Math.Abs(InitialInformativeDirection.Of(model).Measurements.Value - α);
        Console.Out.WriteLine(FormattableString.Invariant($"FIGURE initial_transition_{a:R} {difference:R}"));
        Assert.InRange(difference, 0, 1e-8);
    }

    // E of a function of y and r = f/(1 + Gf).
    private static double Plane(PhaseRetrieval model, double G, Func<double, double, double> function)
    {
        const double Step = 0.1, Largest = 9;
        double a = model.Normalisation, width = Math.Sqrt(a), total = 0;
        for (double v = -Math.Asinh(Largest / width); v < Math.Asinh(Largest / width); v += Step)
        {
            double y = width * Math.Sinh(v), β = Math.Sqrt((a + (1 - 4 * G) * y * y) / (12 * G)), inner = 0, end = Math.Asinh(Largest / β);
            for (int i = (int)(-end / Step); i <= end / Step; i++)
            {
                double u = i * Step, h = β * Math.Sinh(u), f = model.Curvature(h, y);
                inner += Math.Exp(-0.5 * h * h) * β * Math.Cosh(u) * function(y, f / (1 + G * f));
            }

            total += Math.Exp(-0.5 * y * y) * width * Math.Cosh(v) * inner;
        }

        return total * Step * Step / (2 * Math.PI);
    }

    // converged: two rules that share nothing, trapezoids in u and Gauss's on panels, differ by less than 1e-10 over the range that is promised to 1e-8.
    [Fact]
    public void Two_quadratures_agree_over_the_whole_range()
    {
        for (double a = 1e-3; a < 11; a *= Math.Pow(10, 0.25))
        {
            var transition = InitialInformativeDirection.Of(new(a));
            Assert.InRange(transition.Measurements.Error, 0, 1e-10);
            Assert.InRange(transition.Edge.Error, 0, 1e-10);
        }
    }

    // exact up to rounding: where the edge is that of the lowest curvature, E[1/(a + 3h²)] = ∫ e^{-at}/sqrt(1 + 6t) dt closes the formula; the two kinds of transition join without a jump in α.
    [Fact]
    public void The_transition_at_a_soft_edge_has_a_formula_of_its_own()
    {
        foreach (double a in new[] { 3.0, 10.0, 100.0 })
        {
            var rule = DecayRule.Panels(a, 1 / (1 + a));
            double mean = 0;
            for (int i = 0; i < rule.Nodes.Length; i++)
            {
                mean += rule.Weights[i] / Math.Sqrt(1 + 6 * rule.Nodes[i]);
            }

            var transition = InitialInformativeDirection.Of(new(a));
            Assert.True(transition.IsSoft);
            Assert.Equal(1 / (2 * mean), transition.Measurements.Value, 1e-11 * a);
        }

        double join = BracketedRoot.Find(a => InitialInformativeDirection.Of(new(a)).IsSoft ? 1 : -1, 1, 3).Position;
        Assert.Equal(InitialInformativeDirection.Of(new(join * (1 - 1e-9))).Measurements.Value, InitialInformativeDirection.Of(new(join * (1 + 1e-9))).Measurements.Value, 1e-7);
    }

    // The outlier is there above and not below. exact limit: q grows from 0 with a finite slope where the edge is a square root; a millionth above it is of the order of a millionth times that slope, here below 100.
    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.1)]
    [InlineData(1)]
    public void The_overlap_begins_at_zero(double a)
    {
        var model = new PhaseRetrieval(a);
        double α = InitialInformativeDirection.Of(model).Measurements.Value;
        Assert.False(new PhaseRetrievalSpectrum(model, α * (1 - 1e-6)).Outlier.Exists);
        var above = new PhaseRetrievalSpectrum(model, α * (1 + 1e-6));
        Assert.InRange(above.OutlierOverlap2.Value, 0, 1e-4);
        Assert.InRange(above.BulkLeft.Value - above.Outlier.Value, 0, 1e-6);
        Assert.False(above.IsSoft);
    }

    // exact: with the curvature of the least y at a soft edge the overlap jumps.
    [Fact]
    public void At_a_soft_edge_the_overlap_jumps()
    {
        var model = new PhaseRetrieval(10);
        double α = InitialInformativeDirection.Of(model).Measurements.Value;
        Assert.False(new PhaseRetrievalSpectrum(model, α * (1 - 1e-6)).Outlier.Exists);
        var above = new PhaseRetrievalSpectrum(model, α * (1 + 1e-6));
        Assert.True(above.IsSoft);
        Assert.True(above.OutlierOverlap2.Value > 0.1);
    }

    // converged: averages taken over angle and radius of (h, y) from the curvature itself, not from the formula that the library integrates; at these a the rule of the test is good to 1e-9.
    [Theory]
    [InlineData(0.1, 5.4)]
    [InlineData(0.1, 8.7)]
    [InlineData(1, 4)]
    [InlineData(10, 20)]
    public void Outlier_and_overlap_follow_from_averages_over_the_plane(double a, double α)
    {
        var model = new PhaseRetrieval(a);
        var spectrum = new PhaseRetrievalSpectrum(model, α);
        double G = BracketedRoot.Find(at => α * at * Average(model, at, (_, y, r) => (1 - y * y) * r) - 1, 1e-3, 0.2499).Position;
        Assert.Equal(α * Average(model, G, (_, _, r) => r) - 1 / G, spectrum.Outlier.Value, 1e-7 * Math.Max(1, Math.Abs(spectrum.Outlier.Value)));
        double slope = 1 / (G * G) - α * Average(model, G, (_, _, r) => r * r);
        Assert.Equal(slope / (slope + α * Average(model, G, (_, y, r) => y * y * r * r)), spectrum.OutlierOverlap2.Value, 1e-7);
        Assert.Equal(-α * Average(model, 0, (_, _, r) => r), spectrum.Multiplier.Value, 1e-7 * Math.Abs(spectrum.Multiplier.Value));
    }

    // E over h = r cos θ, y = r sin θ of a function of f/(1 + Gf): trapezoids in θ, which converge exponentially, and Gauss's rule on panels in s = r²/2.
    private static double Average(PhaseRetrieval model, double G, Func<double, double, double, double> function)
    {
        const int angles = 400;
        var rule = DecayRule.Panels(1, 0.01, 20);
        double sum = 0;
        for (int k = 0; k < angles; k++)
        {
            double θ = Math.PI * (k + 0.5) / angles, cosine = Math.Cos(θ), sine = Math.Sin(θ);
            for (int i = 0; i < rule.Nodes.Length; i++)
            {
                double r = Math.Sqrt(2 * rule.Nodes[i]), f = model.Curvature(r * cosine, r * sine);
                sum += rule.Weights[i] / angles * function(r * cosine, r * sine, f / (1 + G * f));
            }
        }

        return sum;
    }
}
