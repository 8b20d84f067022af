// The figures that can be redrawn, one line each.
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.BigBadMinima2019;
using Thalweg.Figures.FiniteSize;
using Thalweg.Figures.Laboratory;
using Thalweg.Figures.Saddles;

namespace Thalweg.Figures;

/// <summary>An explicit list: a recipe that stands here is a test, a picture and an entry of the documentation.</summary>
public static class FigureCatalog
{
    /// <summary>Every recipe, in the order of the papers.</summary>
    public static IReadOnlyList<Recipe> All { get; } = [new Fig1(), new Fig2(), new Crosses(), new Fig3(), new Fig4Left(), new Fig4LeftMeasured(), new Fig4Right(), new FiniteSizeFlow(), new DilutedFlow(), new SuccessBand(), new EscapeTimes(), new Concentration(), new EndEnergies(), new AgeingCurves(), new MixedEnergies(), new GrowthRates(), new AnnealedQuenched(), new ThresholdTable(), new MessagePassingFigure(), new IndexBands(), new StableManifold(), new EscapeIterations(), new TubePaths(), new StrictSaddles(), new SaddleMethods(), new Toolkit(), new ConvergenceOfIterates(), new PhaseRetrievalBbp(), new PhaseRetrievalWalks(), new SurfingOpening(), new EnergyLevels(), new MinimaShare(), new DescentFloor(), new LinearField(), new FirstOrderFigure(), new NoiseDimension(), new LangevinFigure(), new Convergence()];

    /// <summary>The recipe of a key, or null.</summary>
    /// <param name="id">The key.</param>
    public static Recipe? Find(string id) => All.FirstOrDefault(recipe => recipe.Id == id);
}
