// The Bayes-optimal lines and fixed points against the double-double oracle.
using System;
using System.Linq;
using Thalweg.Results;
using Thalweg.StateEvolution;
using Thalweg.Tests.Oracles;
using Thalweg.Thresholds;
using Xunit;

namespace Thalweg.Tests.Precision;

public class BayesPrecisionTests
{
    private const double Root = 1e-12;

    [Fact]
    public void Lines_of_the_first_order_transition()
    {
        var draw = new Draw(201);
        Audit spinodal = new("spinodal", Root), upper = new("upper_spinodal", Root), jump = new("jump", Root), recovery = new("recovery", Root);
        for (int i = 0; i < Audit.Draws(250, 3000); i++)
        {
            int p = i % 3 == 0 ? draw.Order() : draw.Order(3, 8);
            double tensorNoise = i % 2 == 0 ? draw.Log(1e-4, 1e4) : draw.Log(0.02, 1.2);
            string place = $"p = {p}, Δ_p = {tensorNoise:R}";
            var actual = new InformationTheoretic(MatrixFamily.Spiked(p, tensorNoise));
            var (low, high) = BayesOracle.Spinodals(p, tensorNoise);
            if (DoubleDouble.IsNaN(low.Overlap))
            {
                Assert.False(actual.Jump.Exists || actual.Spinodal.Exists || actual.UpperSpinodal.Exists, place);
                recovery.Scaled(1, actual.Recovery, 1, place);
                continue;
            }

            // The lines are differences of two terms of size 1/(1-m): that is the scale of their rounding.
            var line = BayesOracle.InformationTheoretic(p, tensorNoise);
            Compare(spinodal, low.InverseMatrixNoise, actual.Spinodal, Size(low.Overlap), place);
            upper.Scaled(high.InverseMatrixNoise, actual.UpperSpinodal, Size(high.Overlap), place);
            Compare(jump, line.InverseMatrixNoise, actual.Jump, Size(line.High), place);
            Compare(recovery, DoubleDouble.Min(1, line.InverseMatrixNoise), actual.Recovery, Size(line.High), place);
        }

        spinodal.Conclude();
        upper.Conclude();
        jump.Conclude();
        recovery.Conclude();
    }

    private static double Size(DoubleDouble overlap) => 1 / (double)(1 - overlap);

    private static void Compare(Audit audit, DoubleDouble exact, Quantity actual, double scale, string place)
    {
        if (exact > 0)
        {
            audit.Scaled(exact, actual, scale, place);
        }
        else if (actual.Exists)
        {
            audit.Fail($"{actual.Value:R} instead of an absence: the line is at {exact} at {place}");
        }
    }

    [Fact]
    public void Fixed_points_and_optimum()
    {
        var draw = new Draw(202);
        Audit points = new("bayes_fixed_points", Root), best = new("bayes_optimal", Root);
        for (int i = 0; i < Audit.Draws(400, 5000); i++)
        {
            var (model, oracle) = i % 2 == 0 ? draw.Wide() : draw.Moderate();
            string place = oracle.ToString();
            var exact = BayesOracle.FixedPoints(oracle).Reverse().ToArray();
            var actual = BayesEvolution.FixedPoints(model.ToCovariance());
            if (exact.Length != actual.Count)
            {
                points.Fail($"{actual.Count} fixed points instead of {exact.Length} ({string.Join(", ", exact)}) at {place}");
                continue;
            }

            for (int k = 0; k < exact.Length; k++)
            {
                points.Scaled(exact[k], actual[k], 1, place);
            }

            best.Scaled(BayesOracle.Best(oracle), BayesEvolution.Optimal(model.ToCovariance()), 1, place);
        }

        points.Conclude();
        best.Conclude();
    }

    [Fact]
    public void Free_entropy_and_step()
    {
        var draw = new Draw(203);
        Audit entropy = new("free_entropy", 1e-15), step = new("bayes_step", 1e-15);
        for (int i = 0; i < Audit.Draws(5000, 50_000); i++)
        {
            var (model, oracle) = draw.Moderate();
            double m = Math.Abs(draw.Overlap());
            var q = model.ToCovariance();
            entropy.Scaled(BayesOracle.FreeEntropy(oracle, m), BayesEvolution.FreeEntropy(q, m), double.NaN, Math.Max(1, Math.Abs(Math.Log(1 - m))), $"{oracle} {m:R}");
            step.Scaled(BayesOracle.Step(oracle, m), BayesEvolution.Step(q, m), double.NaN, 1, $"{oracle} {m:R}");
        }

        entropy.Conclude();
        step.Conclude();
    }
}
