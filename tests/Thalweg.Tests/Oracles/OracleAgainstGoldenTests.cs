// The double-double oracle against tests/golden/statics.json, written once by statics.py with closed forms and sixty digits.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace Thalweg.Tests.Oracles;

public class OracleAgainstGoldenTests
{
    // exact: both sides claim 1e-28 or better, relative to the value or to 1 where terms of order 1 cancel. Two decades are left for ill-conditioned roots.
    private const double Tolerance = 1e-26;

    private static readonly JsonElement Golden = Load();

    [Fact]
    public void Random_matrix_functions()
    {
        foreach (var row in Golden.GetProperty("matrix").EnumerateArray())
        {
            DoubleDouble theta = row.GetProperty("theta").GetDouble(), t = row.GetProperty("t").GetDouble();
            Check(row, "phi", RandomMatrixOracle.Phi(t));
            Check(row, "i1", RandomMatrixOracle.I1(t));
            Check(row, "lower", RandomMatrixOracle.Lower(theta, t));
            Check(row, "upper", RandomMatrixOracle.Upper(theta, t));
        }

        foreach (var row in Golden.GetProperty("phi_inside").EnumerateArray())
        {
            Check(row, "phi", RandomMatrixOracle.Phi(row.GetProperty("t").GetDouble()));
        }
    }

    [Fact]
    public void Thresholds()
    {
        foreach (var row in Golden.GetProperty("thresholds").EnumerateArray())
        {
            int p = row.GetProperty("p").GetInt32();
            DoubleDouble noise = row.GetProperty("delta_p").GetDouble();
            Check(row, "gf", ThresholdOracle.GradientFlow(p, noise));
            Check(row, "gf", ThresholdOracle.GradientFlowByRoot(p, noise));
            Check(row, "gf", 1 / ThresholdOracle.GradientFlowNoise(p, noise));
            Check(row, "ml_amp", ThresholdOracle.MaximumLikelihoodAmp(noise));
            Check(row, "onset", ThresholdOracle.PowerLawOnset(p, noise));
            Check(row, "triv", TrivializationOracle.AtZeroOverlap(p, noise));
            Check(row, "triv_edge", TrivializationOracle.AtZeroOverlapEdge(p, noise));
            Check(row, "anti", TrivializationOracle.AntiAligned(p, noise));
            var (lower, upper) = BayesOracle.Spinodals(p, noise);
            Check(row, "spinodal_lower", [lower.InverseMatrixNoise, lower.Overlap]);
            Check(row, "spinodal_upper", [upper.InverseMatrixNoise, upper.Overlap]);
            var line = BayesOracle.InformationTheoretic(p, noise);
            Check(row, "it", [line.InverseMatrixNoise, line.Low, line.High]);
        }
    }

    [Fact]
    public void Bands_of_minima_at_negative_overlap()
    {
        foreach (var row in Golden.GetProperty("thresholds").EnumerateArray())
        {
            int p = row.GetProperty("p").GetInt32();
            double noise = row.GetProperty("delta_p").GetDouble();
            if (p == 3 && noise is >= 0.25 and <= 4)
            {
                Check(row, "band", TrivializationOracle.OverAllOverlaps(p, noise).Band);
            }
        }
    }

    [Fact]
    public void Langevin()
    {
        foreach (var row in Golden.GetProperty("langevin").EnumerateArray())
        {
            var (noise, kind) = ThresholdOracle.Langevin(row.GetProperty("p").GetInt32(), row.GetProperty("delta_p").GetDouble(), row.GetProperty("temperature").GetDouble());
            Assert.True(string.Equals(row.GetProperty("kind").GetString(), kind.ToString(), StringComparison.OrdinalIgnoreCase), $"{row}: {kind}");
            Check(row, "delta2", noise);
        }
    }

    [Fact]
    public void Points()
    {
        foreach (var row in Golden.GetProperty("points").EnumerateArray())
        {
            var model = Model(row);
            var theta = SpectrumOracle.Theta(model, 0);
            var threshold = ComplexityOracle.ThresholdEnergy(model);
            Check(row, "theta", theta);
            Check(row, "e_threshold", threshold);
            Check(row, "sigma_threshold", ComplexityOracle.AtEnergy(model, 0, threshold).Sigma);
            Check(row, "lambda_out", SpectrumOracle.Outlier(model, theta, 2));
            if (theta > 1)
            {
                Check(row, "overlap2_out", SpectrumOracle.OutlierOverlapSquared(theta));
            }

            Check(row, "e_one_to_zero", ComplexityOracle.IndexOneToZeroEnergy(model));
            Check(row, "e_zero", ComplexityOracle.ZeroEnergy(model, 0));
            Check(row, "e_zero_minima", ComplexityOracle.ZeroEnergy(model, 0, 0));
            Check(row, "index_fraction_half", RandomMatrixOracle.IndexFraction(ComplexityOracle.AtEnergy(model, 0, threshold / 2).Shift));
            var fixedPoints = StateEvolutionOracle.MaximumLikelihoodFixedPoints(model);
            Check(row, "m_ml", fixedPoints);
            Check(row, "e_ml", [.. fixedPoints.Select(m => StateEvolutionOracle.Isolated(model, m).Loss)]);
            Check(row, "m_bayes", BayesOracle.FixedPoints(model));
            Check(row, "m_bayes_best", BayesOracle.Best(model));
            Check(row, "m_minus", StateEvolutionOracle.NegativeFixedPoint(model));
        }
    }

    [Fact]
    public void Complexities()
    {
        foreach (var row in Golden.GetProperty("points").EnumerateArray())
        {
            var model = Model(row);
            foreach (var entry in row.GetProperty("curve").EnumerateArray())
            {
                double m = entry.GetProperty("m").GetDouble();
                var energy = entry.GetProperty("energy");
                ComplexityValue Value(int? index) =>
                    energy.ValueKind == JsonValueKind.Null ? ComplexityOracle.OverEnergies(model, m, index) : ComplexityOracle.AtEnergy(model, m, energy.GetDouble(), index);
                Check(entry, "sigma", Value(null).Sigma);
                Check(entry, "shift", Value(null).Shift);
                Check(entry, "sigma_minima", Value(0).Sigma);
                Check(entry, "shift_minima", Value(0).Shift);
            }
        }
    }

    [Fact]
    public void Pure_models()
    {
        foreach (var row in Golden.GetProperty("pure").EnumerateArray())
        {
            int p = row.GetProperty("p").GetInt32(), k = row.GetProperty("k").GetInt32();
            Check(row, "theta_k", PureSpinOracle.Theta(p, k, row.GetProperty("u").GetDouble()));
            Check(row, "e_k", PureSpinOracle.GroundEnergy(p, k));
        }
    }

    private static SpikedOracle Model(JsonElement row) => new(row.GetProperty("p").GetInt32(), row.GetProperty("delta_p").GetDouble(), row.GetProperty("inv_delta2").GetDouble());

    private static void Check(JsonElement row, string key, IReadOnlyList<DoubleDouble> actual)
    {
        var expected = row.GetProperty(key);
        Assert.True(expected.GetArrayLength() == actual.Count, $"{key}: {row}\ngot {string.Join(", ", actual)}");
        for (int i = 0; i < actual.Count; i++)
        {
            Compare(row, $"{key}[{i}]", expected[i].GetString()!, actual[i]);
        }
    }

    private static void Check(JsonElement row, string key, DoubleDouble actual) => Compare(row, key, row.GetProperty(key).GetString()!, actual);

    private static void Compare(JsonElement row, string key, string text, DoubleDouble actual)
    {
        var expected = DoubleDouble.Parse(text);
        bool close = DoubleDouble.IsNaN(expected) ? DoubleDouble.IsNaN(actual) : DoubleDouble.Abs(expected - actual) <= Tolerance * DoubleDouble.Max(1, DoubleDouble.Abs(expected));
        Assert.True(close, $"{key}: golden {text}, oracle {actual}\n{row}");
    }

    private static JsonElement Load()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "tests", "golden", "statics.json");
            if (File.Exists(path))
            {
                using var document = JsonDocument.Parse(File.ReadAllBytes(path));
                return document.RootElement.Clone();
            }
        }

        throw new FileNotFoundException("tests/golden/statics.json was not found above the test program");
    }
}
