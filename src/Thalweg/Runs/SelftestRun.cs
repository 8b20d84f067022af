// The command "selftest": the product checks itself on this machine, two independent routes to every number.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Numerics.Quadrature;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Roots;
using Thalweg.Results;
using Thalweg.Spectra;
using Thalweg.StateEvolution;
using Thalweg.Thresholds;

namespace Thalweg.Runs;

/// <summary>Observed orders and worst errors.</summary>
public sealed class SelftestRun : Run
{
    private sealed record Check(string Name, double Worst, double Tolerance, string Claim);

    /// <inheritdoc/>
    public override string Command => "selftest";

    /// <inheritdoc/>
    public override string Summary => "worst errors on this machine: two routes to every kind of number";

    /// <inheritdoc/>
    public override bool KeepsFolder => false;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = [];

    /// <inheritdoc/>
    public override Outcome Execute(ParameterSet set, RunContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Func<Check>[] checks = [Thresholds, Potential, OutlierCost, Projections, Derivatives, FixedPoints, AgeingRoute, () => SmallCount(context), RandomBits];
        var rows = new List<Record>();
        bool failed = false;
        foreach (var run in checks)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Progress?.Report(new((double)rows.Count / checks.Length, "checks"));
            var check = run();
            bool holds = check.Worst <= check.Tolerance;
            failed |= !holds;
            rows.Add(new()
            {
                { "check", check.Name }, { "status", holds ? "holds" : "fails" }, { "worst", Quantity.Of(check.Worst, 0, How.Estimate) },
                { "tolerance", Quantity.Of(check.Tolerance, 0, How.Estimate) }, { "claim", check.Claim },
            });
        }

        return new(Status.Converged, failed ? "a check failed on this machine: see the rows that fail" : string.Empty, new Record { { "rows", rows } }, []) { ChecksFailed = failed };
    }

    private static Check Thresholds()
    {
        var stream = new PhiloxStream(1, StreamPurpose.Data);
        double worst = 0;
        for (int i = 0; i < 1000; i++)
        {
            int p = 3 + (int)(48 * stream.NextUniform());
            double noise = Math.Pow(10, -12 + 24 * stream.NextUniform()), threshold = GradientFlowThreshold.Inverse(MatrixFamily.Spiked(p, noise)).Value;
            double root = BracketedRoot.Find(u => HessianSpectrum.Spike(SpikedMatrixTensor.FromInverseMatrixNoise(p, noise, u).ToModel(), 0) - 1, 0.5 * threshold, 2 * threshold).Position;
            worst = Math.Max(worst, Math.Abs(root / threshold - 1));
        }

        return new("eq. (5) against theta = 1 of eq. (7), relative", worst, 1e-13, "rounding of one square root on either side");
    }

    private static Check Potential()
    {
        // With λ = 2 cos φ the semicircle's weight is (2/π) sin² φ dφ, and the integrand is smooth outside the bulk.
        var rule = GaussLegendre.OfOrder(60);
        double worst = 0;
        foreach (double t in new[] { 2.2, 2.5, 3.2, 6 })
        {
            double sum = 0;
            for (int i = 0; i < rule.Nodes.Length; i++)
            {
                double φ = Math.PI / 2 * (1 + rule.Nodes[i]), sin = Math.Sin(φ);
                sum += Math.PI / 2 * rule.Weights[i] * 2 / Math.PI * sin * sin * Math.Log(t - 2 * Math.Cos(φ));
            }

            worst = Math.Max(worst, Math.Abs(sum - Semicircle.LogPotential(t)));
        }

        return new("logarithmic potential against quadrature", worst, 1e-13, "60 Gauss-Legendre points on an analytic integrand");
    }

    private static Check OutlierCost()
    {
        var rule = GaussLegendre.OfOrder(40);
        double worst = 0;
        foreach (var (θ, t) in new[] { (1.5, 2.05), (2.5, 2.3), (1.2, 2.001), (3.0, 2.0) })
        {
            // With y = 2 cosh v the integrand (1/G - θ)/2 is (e^v - θ)/2 and dy = 2 sinh v dv.
            double top = Math.Log(θ), bottom = Math.Acosh(t / 2), sum = 0;
            for (int i = 0; i < rule.Nodes.Length; i++)
            {
                double v = bottom + (top - bottom) * 0.5 * (1 + rule.Nodes[i]);
                sum += 0.5 * (top - bottom) * rule.Weights[i] * 0.5 * (θ - Math.Exp(v)) * 2 * Math.Sinh(v);
            }

            worst = Math.Max(worst, Math.Abs(sum - RankOnePerturbation.NoneAboveCost(θ, t)));
        }

        return new("cost of having no outlier against quadrature", worst, 1e-13, "40 Gauss-Legendre points on an analytic integrand");
    }

    private static Check Projections()
    {
        // At fixed total energy no split between tensor and matrix counts more points than the closed form says.
        double worst = double.NegativeInfinity;
        foreach (double u in new[] { 1.5, 2.3, 3.0 })
        {
            foreach (double m in new[] { -0.4, 0, 0.3 })
            {
                var model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, u);
                var section = new OverlapSection(model.ToModel(), m);
                double ε = -1.2, energy = ε - model.ToCovariance().Q(m), closed = section.AllAt(energy).Complexity;
                for (double split = -1.5; split <= 0.5; split += 1e-3)
                {
                    worst = Math.Max(worst, AnnealedComplexity.Of(model, m, split, ε - split) - closed);
                }
            }
        }

        return new("brute force over energy splits, excess over the closed form", Math.Max(0, worst), 1e-12, "a maximum is never exceeded; rounding");
    }

    private static Check Derivatives()
    {
        double least = double.PositiveInfinity;
        foreach (var (_, model) in ModelCatalog.All.Where(entry => entry.Model.Noise.Powers[^1] > 2))
        {
            // Central differences of Q' are wrong by h² Q''''/6 or exact; halving h divides the error by four.
            double Error(double h) => Math.Abs((model.Noise.Q(0.5 + h) - model.Noise.Q(0.5 - h)) / (2 * h) - model.Noise.DQ(0.5));
            least = Math.Min(least, Math.Log2(Error(0.02) / Error(0.01)));
        }

        return new("order of central differences of Q, distance from 2", Math.Abs(least - 2), 0.01, "the slope test of a correct derivative");
    }

    private static Check FixedPoints()
    {
        double worst = 0;
        foreach (var (_, model) in ModelCatalog.All)
        {
            if (MaximumLikelihoodEvolution.SignalOverlap(model) is { Exists: true } overlap)
            {
                worst = Math.Max(worst, Math.Abs(MaximumLikelihoodEvolution.Step(model, overlap.Value) - overlap.Value));
            }
        }

        return new("ML-AMP fixed points put back into the recursion", worst, 1e-14, "roots to the last digits");
    }

    private static Check AgeingRoute()
    {
        double worst = 0;
        foreach (var (_, model) in ModelCatalog.All.Where(entry => !(entry.Model.Noise.Coefficient(1) > 0)))
        {
            var route = AgeingEnergy.OneStep(model.Noise);
            if (route.Exists)
            {
                var unplanted = new OverlapSection(Model.FromMixture("noise", model.Noise, planted: false), 0);
                worst = Math.Max(worst, Math.Abs(route.Value / unplanted.ThresholdEnergy().Value - 1));
            }
        }

        return new("threshold energy by Kac-Rice and by ageing, relative", worst, 1e-14, "the two formulas are one identity");
    }

    private static Check SmallCount(RunContext context)
    {
        var count = FiniteSizeCount.Of(new SphericalPSpin(2).ToModel(), 4, 2000, threads: context.Threads, cancellation: context.Cancellation).Total;
        return new("exact count of a random quadratic form on the sphere, N = 4, in error bars", Math.Abs(count.Value - 8) / count.Error, 5, "it has 2N stationary points; five standard errors");
    }

    private static Check RandomBits()
    {
        var words = Philox.Block(new PhiloxWords(0, 0, 0, 0), 0, 0);
        bool same = words == new PhiloxWords(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        return new("known answer of the random generator, differing bits", same ? 0 : 1, 0, "published test vector of Philox4x32-10");
    }
}
