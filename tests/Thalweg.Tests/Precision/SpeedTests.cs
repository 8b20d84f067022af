// How long the statics take: all lines of Fig. 2 at 400 tensor noises, and one point of a complexity curve with all its kinds.
using System;
using System.Diagnostics;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Thresholds;
using Xunit;

namespace Thalweg.Tests.Precision;

/// <summary>Times depend on the machine and on who shares it: the small mode runs the loops once, the large one prints the best of many rounds.</summary>
public class SpeedTests
{
    private const int Points = 400;

    [Fact]
    public void All_lines_of_figure_2()
    {
        double sum = 0;
        double best = Best(() =>
        {
            for (int i = 0; i < Points; i++)
            {
                var diagram = new PhaseDiagram(MatrixFamily.Spiked(3, 0.02 * Math.Pow(500, i / (Points - 1.0))), 1);
                sum += diagram.InverseTrivialAllOverlaps.Value;
            }
        });
        Audit.Figure("fig2_400_points_milliseconds", best);
        Assert.True(double.IsFinite(sum));
    }

    [Fact]
    public void One_point_of_the_complexity()
    {
        var section = new OverlapSection(SpikedMatrixTensor.FromInverseMatrixNoise(3, 1, 2.3).ToModel(), 0.1);
        double sum = 0;
        double best = Best(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                double e = -2 + 1e-4 * i;
                var all = section.AllAt(e);
                sum += all.Complexity + section.MinimaAt(e).Error + (int)section.KindAt(all.Shift) + section.Rounding(e);
            }
        });
        Audit.Figure("complexity_point_microseconds", best * 1000 / 10_000);
        Assert.True(double.IsFinite(sum));
    }

    // Milliseconds of the fastest round: the others measure what else the machine does.
    private static double Best(Action round)
    {
        double best = double.PositiveInfinity;
        for (int i = 0; i < Audit.Draws(1, 100); i++)
        {
            long start = Stopwatch.GetTimestamp();
            round();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }
}
