// Speed of the statics: one point of the complexity, and all the lines of Fig. 2.
using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Thalweg.Complexity;
using Thalweg.Figures.BigBadMinima2019;
using Thalweg.Figures.Drawing;
using Thalweg.Models;
using Thalweg.Results;
using Thalweg.Runs;
using Thalweg.Thresholds;

namespace Thalweg.Bench;

/// <summary>The rows "one point of Sigma(m, eps) with all its kinds" and "a full Fig. 2 with 400 points a line".</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class StaticsBenchmarks
{
    private readonly Model model = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.3).ToModel();
    private readonly double[] noises = [.. Enumerable.Range(1, 400).Select(i => 0.01 * i)];
    private readonly Model trapped = SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 1.5).ToModel();
    private readonly double[] overlaps = [.. Enumerable.Range(0, 100).Select(i => 0.0044 * i)];
    private readonly OverlapSection section;
    private Outcome[] outcomes = [];

    /// <summary>Prepares the section of the second benchmark.</summary>
    public StaticsBenchmarks() => section = new OverlapSection(model, 0.2);

    /// <summary>Data of Fig. 2 for the drawing alone.</summary>
    [GlobalSetup]
    public void Prepare() => outcomes = [.. new Fig2().Ingredients.Select(ingredient => ingredient.Run.Execute(ingredient.Set, RunContext.Default))];

    /// <summary>Section, all stationary points, minima, kind and error at one overlap and energy.</summary>
    [Benchmark]
    public double PointOfComplexity()
    {
        var cut = new OverlapSection(model, 0.2);
        var all = cut.AllAt(-1.7);
        return all.Complexity + cut.MinimaAt(-1.7).Complexity + (int)cut.KindAt(all.Shift) + cut.Rounding(-1.7);
    }

    /// <summary>The same along a curve, where the section is cut once.</summary>
    [Benchmark]
    public double PointOfCurve()
    {
        var all = section.AllAt(-1.7);
        return all.Complexity + section.MinimaAt(-1.7).Complexity + (int)section.KindAt(all.Shift) + section.Rounding(-1.7);
    }

    /// <summary>Every line of Fig. 2 at p = 3, 400 points each, one thread.</summary>
    [Benchmark]
    public double LinesOfFig2() => noises.Sum(noise => new PhaseDiagram(MatrixFamily.Spiked(3, noise), 1).GradientFlow.Value);

    /// <summary>The quenched complexity at a hundred overlaps, continued from zero.</summary>
    [Benchmark]
    public int QuenchedCurve() => new QuenchedComplexity(trapped).Curve(overlaps).Count;

    /// <summary>Data of one panel of Fig. 2 with tables and errors, all threads.</summary>
    [Benchmark]
    public int DataOfFig2()
    {
        var ingredient = new Fig2().Ingredients[0];
        return ingredient.Run.Execute(ingredient.Set, RunContext.Default).Tables[0].Rows;
    }

    /// <summary>The drawing of both panels of Fig. 2 as SVG text.</summary>
    [Benchmark]
    public int DrawingOfFig2() => new Fig2().Draw(outcomes).ToSvg().Length;
}
