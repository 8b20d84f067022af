// The samples once more as compiled methods, statement for statement, so that every test run runs them; ReadmeTests holds both texts equal.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Spectra;
using Thalweg.Thresholds;
using Xunit;

namespace Thalweg.Tests.Docs;

internal static class SampleTwins
{
    public static IReadOnlyDictionary<string, Action<TextWriter>> All { get; } = new Dictionary<string, Action<TextWriter>> { ["samples/thresholds.cs"] = Thresholds };

    /// <summary>The statements of a twin as they stand below, without their indentation.</summary>
    public static string BodyOf(string sample)
    {
        string[] lines = Repository.Lines("tests/Thalweg.Tests/Docs/SampleTwins.cs");
        int begin = Array.FindIndex(lines, line => line.Trim() == "// " + sample), end = Array.FindIndex(lines, begin, line => line == "    }");
        Assert.True(begin > 0, $"SampleTwins.cs has no line \"// {sample}\"");
        return string.Join('\n', lines[(begin + 1)..end].Select(line => line.Length >= 8 ? line[8..] : line)).TrimEnd();
    }

    // The parameter takes the place of System.Console.
    private static void Thresholds(TextWriter Console)
    {
        // samples/thresholds.cs
        Quantity threshold = GradientFlowThreshold.Of(MatrixFamily.Spiked(order: 3, tensorNoise: 1));
        Console.WriteLine($"gradient flow finds the signal below Delta_2 = {threshold.Value:F6} (error {threshold.Error:0e+00}, {Words.Of(threshold.How)})");

        Model model = SpikedMatrixTensor.FromInverseMatrixNoise(order: 3, tensorNoise: 1, inverseMatrixNoise: 2.3).ToModel();
        var uncorrelated = new OverlapSection(model, overlap: 0);
        Quantity energy = uncorrelated.ThresholdEnergy();
        Console.WriteLine($"energy of the threshold states: {energy.Value:F6}, complexity there: {uncorrelated.AllAt(energy.Value).Complexity:F6}");

        var spectrum = new HessianSpectrum(model, overlap: 0, shift: 2);
        Console.WriteLine($"their lowest Hessian eigenvalue: {spectrum.Outlier.Value:F6}, so they are saddles toward the signal");
    }
}
