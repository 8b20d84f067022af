// Mean numbers of critical points of the pure p-spin at finite N, by one random matrix: closed forms, the other Kac-Rice formula, the levels E_k.
using System;
using System.Linq;
using Thalweg.Complexity;
using Thalweg.Models;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Complexity;

public class PureSpinCountTests
{
    // exact: a quadratic form has two critical points of every index at p = 2, where the weight is one; on the circle 2 sqrt((Q_1 + 3 Q_2)/Q_1) by Rice's formula, statistical(z = 4).
    [Fact]
    public void Closed_forms_are_met()
    {
        var quadratic = PureSpinCount.Of(2, 7, 1, 64);
        Assert.Equal(14, quadratic.Total.Value, 1e-12);
        Assert.All(quadratic.ByIndex, count => Assert.Equal(2, count.Value, 1e-12));
        foreach (int p in new[] { 3, 4, 5 })
        {
            Within(2 * Math.Sqrt((p + 3.0 * p * (p - 1)) / p), PureSpinCount.Of(p, 2, 1).Total, 4);
        }
    }

    // statistical(z = 4, one seed): the same numbers by the formula that holds for any mixture, index by index, and symmetric for odd p.
    [Theory]
    [InlineData(3, 5)]
    [InlineData(3, 8)]
    [InlineData(4, 6)]
    public void Both_formulas_agree(int p, int n)
    {
        var one = PureSpinCount.Of(p, n, 1);
        var other = FiniteSizeCount.Of(new SphericalPSpin(p).ToModel(), n, 8000);
        Assert.Equal(n, one.ByIndex.Count);
        foreach (var (mine, theirs) in one.ByIndex.Zip(other.ByIndex).Append((one.Total, other.Total)))
        {
            Assert.True(Math.Abs(mine.Value - theirs.Value) <= 4 * Math.Sqrt(mine.Error * mine.Error + theirs.Error * theirs.Error), $"{mine} against {theirs}");
            Assert.InRange(mine.Error, 1e-12, 0.03 * mine.Value);
        }
    }

    // exact: all points lie below high energies, none below low ones, the level is where one lies below; the same bits on any number of threads.
    [Fact]
    public void Levels_are_where_one_point_lies_below()
    {
        var count = PureSpinCount.Of(3, 20, 3, 2000, threads: 1);
        for (int k = 0; k < 3; k++)
        {
            Assert.Equal(count.ByIndex[k].Value, count.Below(k, 10).Value, 1e-9 * count.ByIndex[k].Value);
            Assert.Equal(0, count.Below(k, -10).Value);
            var level = count.Level(k);
            Assert.InRange(count.Below(k, level.Value - 1e-3).Value, 0.9, 1);
            Assert.InRange(count.Below(k, level.Value + 1e-3).Value, 1, 1.1);
            Assert.InRange(level.Error, 1e-4, 0.02);
        }

        var threads = PureSpinCount.Of(3, 20, 3, 2000, threads: 3);
        Assert.Equal(count.Level(2), threads.Level(2));
        Assert.Equal(count.Total, threads.Total);

        // Of the second index of p = 3 at N = 3 there is one in the mean only above.
        Assert.False(PureSpinCount.Of(3, 2, 1, 64).Below(0, -3).Value > 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => PureSpinCount.Of(1, 5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PureSpinCount.Of(3, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PureSpinCount.Of(3, 5, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => PureSpinCount.Of(3, 201, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PureSpinCount.Of(3, 5, 1, 63));
    }

    // exact, six digits: Auffinger, Ben Arous, Cerny 2013, E_0 to E_3 of the 3-spin; the complexity at the threshold is ½ ln 2 - 1/3 for every index.
    [Fact]
    public void Levels_of_the_limit()
    {
        var three = new PureSpinComplexity(3);
        double[] known = [1.656998, 1.652873, 1.650253, 1.648399];
        for (int k = 0; k < known.Length; k++)
        {
            Assert.Equal(known[k], three.Level(k).Value, 5e-7);
            Assert.Equal(0.013240, three.Theta(k, -three.ThresholdLevel), 5e-7);
        }
    }

    private static void Within(double expected, Quantity quantity, double errors) => Assert.True(Math.Abs(quantity.Value - expected) <= errors * quantity.Error, $"{quantity} instead of {expected}");
}
