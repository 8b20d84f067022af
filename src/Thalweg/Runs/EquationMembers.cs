// Generated from the equation attributes by the tests (./test.sh update): which member computes which equation.
using System.Collections.Generic;

namespace Thalweg.Runs;

/// <summary>The members that carry an equation's number.</summary>
public static class EquationMembers
{
    /// <summary>(paper, number, member), ordered.</summary>
    public static IReadOnlyList<(string Paper, int Number, string Member)> All { get; } =
    [
        ("big-bad-minima-2019", 1, "Thalweg.Models.SpikedMatrixTensor.ToCovariance"),
        ("big-bad-minima-2019", 2, "Thalweg.Models.SpikedMatrixTensor.ToCovariance"),
        ("big-bad-minima-2019", 3, "Thalweg.Models.SpikedMatrixTensor.ToCovariance"),
        ("big-bad-minima-2019", 4, "Thalweg.Descent.FirstOrder.GradientFlow"),
        ("big-bad-minima-2019", 5, "Thalweg.Thresholds.GradientFlowThreshold.Of"),
        ("big-bad-minima-2019", 6, "Thalweg.Spectra.HessianSpectrum"),
        ("big-bad-minima-2019", 6, "Thalweg.Spectra.HessianSpectrum.Spike"),
        ("big-bad-minima-2019", 7, "Thalweg.Spectra.HessianSpectrum.Spike"),
        ("big-bad-minima-2019", 7, "Thalweg.Spectra.RankOnePerturbation.Outlier"),
        ("big-bad-minima-2019", 8, "Thalweg.TwoTime.TwoTimeEquations.ForceCovariance"),
        ("big-bad-minima-2019", 9, "Thalweg.TwoTime.TwoTimeEquations.MemoryKernel"),
        ("big-bad-minima-2019", 10, "Thalweg.TwoTime.TwoTimeEquations.PullOverOverlap"),
        ("big-bad-minima-2019", 11, "Thalweg.TwoTime.TwoTimeEquations.MultiplierKernel"),
        ("big-bad-minima-2019", 12, "Thalweg.Growth.AgeingGrowth.At"),
        ("big-bad-minima-2019", 13, "Thalweg.Growth.AgeingGrowth.Undamped"),
        ("big-bad-minima-2019", 14, "Thalweg.Thresholds.GradientFlowThreshold.Of"),
    ];
}
