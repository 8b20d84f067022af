// Annealed complexities and their energies against the double-double oracle.
using System;
using Thalweg.Complexity;
using Thalweg.Tests.Oracles;
using Xunit;

namespace Thalweg.Tests.Precision;

public class ComplexityPrecisionTests
{
    private const double Closed = 1e-14, Sum = 1e-15;

    // Below this the terms are of order one, and the plain claim of 1e-15 must hold.
    private const double OrderOne = 1.5;

    [Fact]
    public void Complexity_at_an_energy()
    {
        var draw = new Draw(501);
        Audit all = new("sigma_all", Sum), minima = new("sigma_minima", Sum), plain = new("sigma_plain", Sum), plainMinima = new("sigma_minima_plain", Sum), shift = new("shift", Closed);
        for (int i = 0; i < Audit.Draws(3000, 40_000); i++)
        {
            var (spiked, oracle) = i % 4 == 0 ? draw.Wide() : draw.Moderate();
            double m = draw.Overlap(), threshold = (double)ComplexityOracle.ThresholdEnergy(oracle);
            double e = threshold * draw.Uniform(i % 3 == 0 ? -2 : 0.5, i % 3 == 0 ? 3 : 1.5) - (i % 2 == 0 ? (double)oracle.Q(m) : 0);
            string place = $"{oracle} m = {m:R}, e = {e:R}";
            var section = new OverlapSection(spiked.ToModel(), m);
            DoubleDouble noise = e + oracle.Q(m);
            Judge(ComplexityOracle.AtEnergy(oracle, m, noise), section.AllAt(e), null, all, plain);
            Judge(ComplexityOracle.AtEnergy(oracle, m, noise, 0), section.MinimaAt(e), 0, minima, plainMinima);
            Assert.Equal(Math.Max(section.AllAt(e).Error, section.MinimaAt(e).Error), section.Rounding(e));

            void Judge(ComplexityValue exact, DominatingPoints actual, int? index, Audit audit, Audit plainAudit)
            {
                double t = (double)exact.Shift, scale = Terms.Largest(oracle, m, e, t, index);
                audit.Scaled(exact.Sigma, actual.Complexity, actual.Error, scale, place);
                if (scale < OrderOne)
                {
                    plainAudit.Scaled(exact.Sigma, actual.Complexity, actual.Error, 1, place);
                }

                if (index is null)
                {
                    double size = Math.Abs(e) + (double)oracle.Q(Math.Abs(m));
                    double centre = (double)((Math.Abs(m) * oracle.DQ(Math.Abs(m)) + size * oracle.Q1 / oracle.Q0) / DoubleDouble.Sqrt(oracle.Q2));
                    shift.Scaled(exact.Shift, actual.Shift, double.NaN, Math.Max(1, Math.Max(Math.Abs(t), centre)), place);
                }
            }
        }

        all.Conclude();
        minima.Conclude();
        plain.Conclude();
        plainMinima.Conclude();
        shift.Conclude();
    }

    [Fact]
    public void Suprema_over_all_energies()
    {
        var draw = new Draw(502);
        Audit all = new("sigma_sup_all", Sum), minima = new("sigma_sup_minima", Sum), top = new("most_numerous_energy", Closed);
        for (int i = 0; i < Audit.Draws(2000, 20_000); i++)
        {
            var (spiked, oracle) = i % 4 == 0 ? draw.Wide() : draw.Moderate();
            double m = draw.Overlap();
            string place = $"{oracle} m = {m:R}";
            var section = new OverlapSection(spiked.ToModel(), m);
            ComplexityValue exact = ComplexityOracle.OverEnergies(oracle, m), lowest = ComplexityOracle.OverEnergies(oracle, m, 0);
            all.Scaled(exact.Sigma, section.All().Complexity, section.All().Error, Terms.Largest(oracle, m, null, (double)exact.Shift, null), place);
            minima.Scaled(lowest.Sigma, section.Minima().Complexity, section.Minima().Error, Terms.Largest(oracle, m, null, (double)lowest.Shift, 0), place);
            DoubleDouble radial = m * oracle.DQ(m), root = DoubleDouble.Sqrt(oracle.Q2), share = oracle.Q1 / (oracle.Q1 + oracle.Q2);
            double size = (double)(DoubleDouble.Abs(radial) + root * DoubleDouble.Abs(exact.Shift) + oracle.Q(Math.Abs(m)));

            // Where the matrix dominates 2 - v = (Q_2 - Q_1)/Q_2 is small and t = 2 t_0/(2 - v) large against its own rounding.
            top.Scaled(share * (radial - root * exact.Shift) - oracle.Q(m), section.MostNumerousEnergy(), double.NaN, Math.Max(1e-3, size * Math.Max(1, (double)(oracle.Q2 / (oracle.Q2 - oracle.Q1)))), place);
        }

        all.Conclude();
        minima.Conclude();
        top.Conclude();
    }

    [Fact]
    public void Complexity_of_an_index()
    {
        var draw = new Draw(503);
        Audit index = new("sigma_index", Sum);
        for (int i = 0; i < Audit.Draws(1000, 10_000); i++)
        {
            var (spiked, oracle) = draw.Moderate();
            double m = Math.Abs(draw.Overlap()), e = (double)ComplexityOracle.ThresholdEnergy(oracle) * draw.Uniform(0.7, 1.5) - (double)oracle.Q(m);
            int j = i % 4;
            var exact = ComplexityOracle.AtEnergy(oracle, m, e + oracle.Q(m), j);
            var actual = new OverlapSection(spiked.ToModel(), m).IndexAt(e, j);
            index.Scaled(exact.Sigma, actual.Complexity, actual.Error, Terms.Largest(oracle, m, e, (double)exact.Shift, j), $"{oracle} m = {m:R}, e = {e:R}, j = {j}");
        }

        index.Conclude();
    }

    [Fact]
    public void Energies_of_thresholds_and_shifts()
    {
        var draw = new Draw(504);
        Audit threshold = new("threshold_energy_relative", Closed), atZero = new("threshold_energy_zero_overlap_relative", Closed), first = new("first_minima_energy", Closed), at = new("energy_at_shift", Closed);
        for (int i = 0; i < Audit.Draws(3000, 40_000); i++)
        {
            var (spiked, oracle) = i % 2 == 0 ? draw.Wide() : draw.Moderate();
            double m = draw.Overlap(), t = draw.Uniform(-3, 5);
            string place = $"{oracle} m = {m:R}, t = {t:R}";
            var section = new OverlapSection(spiked.ToModel(), m);
            DoubleDouble signal = oracle.Q(m), θ = SpectrumOracle.Theta(oracle, m), touch = θ > 1 ? θ + 1 / θ : 2;

            double Size(DoubleDouble at) => (double)(oracle.Q(Math.Abs(m)) + oracle.Q0 / oracle.Q1 * (Math.Abs(m) * oracle.DQ(Math.Abs(m)) + DoubleDouble.Sqrt(oracle.Q2) * DoubleDouble.Max(2, DoubleDouble.Abs(at))));
            threshold.Scaled(ComplexityOracle.EnergyAtShift(oracle, m, 2) - signal, section.ThresholdEnergy(), Size(2), place);
            at.Scaled(ComplexityOracle.EnergyAtShift(oracle, m, t) - signal, section.EnergyAt(t), double.NaN, Size(t), place);

            // For m < 0 θ is a difference: its largest term is that of |m|.
            var largest = SpectrumOracle.Theta(oracle, Math.Abs(m));
            if (DoubleDouble.Abs(θ - 1) > 1e-12)
            {
                first.Scaled(ComplexityOracle.EnergyAtShift(oracle, m, touch) - signal, section.FirstMinimaEnergy(), Size(DoubleDouble.Max(touch, largest)), place);
            }

            var zero = new OverlapSection(spiked.ToModel(), 0);
            atZero.Relative(ComplexityOracle.ThresholdEnergy(oracle), zero.ThresholdEnergy(), place);
        }

        threshold.Conclude();
        atZero.Conclude();
        first.Conclude();
        at.Conclude();
    }

    [Fact]
    public void Complexity_before_any_projection()
    {
        var draw = new Draw(505);
        Audit sigma = new("sigma_annealed", Sum), shift = new("annealed_shift", Closed), split = new("energy_split", Closed);
        for (int i = 0; i < Audit.Draws(2000, 20_000); i++)
        {
            var (spiked, oracle) = draw.Moderate(8);
            double m = draw.Overlap(), scale = (double)DoubleDouble.Sqrt(oracle.Q0), tensor = scale * draw.Uniform(-1.5, 0.5), matrix = scale * draw.Uniform(-1.5, 0.5);
            string place = $"{oracle} m = {m:R}, energies {tensor:R}, {matrix:R}";
            var t = SpectrumOracle.Shift(oracle, m, tensor, matrix);
            double tSize = (double)((Math.Abs(m) * oracle.DQ(Math.Abs(m)) + oracle.P * Math.Abs(tensor) + 2 * Math.Abs(matrix)) / DoubleDouble.Sqrt(oracle.Q2));
            shift.Scaled(t, AnnealedComplexity.Shift(spiked, m, tensor, matrix), double.NaN, Math.Max(1, tSize), place);
            double gaussian = oracle.P * (double)oracle.TensorNoise * tensor * tensor / 2 + matrix * matrix / spiked.InverseMatrixNoise;
            double x = Math.Abs(m), field = (double)((1 - x * x) * oracle.DQ(x) * oracle.DQ(x) / (2 * oracle.Q1)), θ = (double)SpectrumOracle.Theta(oracle, x);
            double largest = Math.Max(Math.Max(1, Math.Abs(Math.Log(1 - x)) / 2), Math.Max(gaussian, Math.Max(field, Math.Max(tSize, θ * θ / 4))));
            foreach (int? j in new int?[] { null, 0, 1, 2 })
            {
                var exact = ComplexityOracle.AtEnergies(oracle, m, tensor, matrix, j is > 0 && m < 0 ? 0 : j);
                double actual = j is null ? AnnealedComplexity.Of(spiked, m, tensor, matrix) : AnnealedComplexity.OfIndex(spiked, m, tensor, matrix, m < 0 ? 0 : j.Value);
                if (j is not null && t < 2)
                {
                    Assert.True(double.IsNegativeInfinity(actual) || DoubleDouble.Abs(t - 2) < 1e-13, place);
                    continue;
                }

                // A cost is of the size of t² for every eigenvalue pulled out.
                sigma.Scaled(exact, actual, double.NaN, largest * (j is null ? 1 : Math.Max(1, tSize) * (1 + j.Value)), place + $", j = {j}");
            }

            double ε = tensor + matrix, at = draw.Uniform(1, 4);
            var (tensorPart, matrixPart) = ComplexityOracle.Split(oracle, m, ε, at);
            var (ownTensor, ownMatrix) = AnnealedComplexity.Split(spiked, m, ε, at);
            double size = (double)(x * oracle.DQ(x) + DoubleDouble.Sqrt(oracle.Q2) * at + oracle.P * Math.Abs(ε)) / (oracle.P - 2);
            split.Scaled(tensorPart, ownTensor, double.NaN, size, place);
            split.Scaled(matrixPart, ownMatrix, double.NaN, size, place);
        }

        sigma.Conclude();
        shift.Conclude();
        split.Conclude();
    }
}
