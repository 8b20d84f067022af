// Axes: ranges given and taken from the data, reversed, logarithmic; labels and factors where they belong.
using System;
using System.Linq;
using Thalweg.Figures.Drawing;
using Xunit;

namespace Thalweg.Tests.Drawing;

public class AxisTests
{
    [Fact]
    public void A_logarithmic_axis_places_decades_evenly()
    {
        var chart = new Chart { X = Axis.Log("x", 1, 1000), Y = Axis.Linear("y", 0, 1) }.Markers([1, 10, 100, 1000], [0.5, 0.5, 0.5, 0.5], Marker.Square, Palette.Blue);
        string svg = new Page(1, 1, chart).ToSvg();
        var (left, _, right, _) = SvgReader.Area(svg);
        double[] centres = [.. SvgReader.Pieces(SvgReader.Layers(svg)[0]).Select(piece => piece.Points.Average(p => p.X))];
        for (int k = 0; k < 4; k++)
        {
            Assert.Equal(left + (right - left) * k / 3, centres[k], 0.02);
        }

        Assert.Equal(["1", "10", "100", "1000"], SvgReader.Texts(svg).Where(text => text.StartsWith('1') && text.All(char.IsAsciiDigit)));
    }

    [Fact]
    public void A_reversed_axis_runs_the_other_way()
    {
        var chart = new Chart { X = Axis.Linear("x", 4, 0), Y = Axis.Linear("y", 0, 1) }.Line([0, 4], [0, 1], Palette.Blue);
        var points = SvgReader.Pieces(SvgReader.Layers(new Page(1, 1, chart).ToSvg())[0])[0].Points;
        Assert.True(points[0].X > points[^1].X);
    }

    [Fact]
    public void An_automatic_axis_covers_curves_tightly_in_x_and_marks_with_room()
    {
        string svg = new Page(1, 1, new Chart().Line([2, 3, 5], [1, 4, 2], Palette.Blue)).ToSvg();
        var (left, top, right, bottom) = SvgReader.Area(svg);
        var points = SvgReader.Pieces(SvgReader.Layers(svg)[0])[0].Points;
        Assert.Equal(left, points[0].X, 0.02);
        Assert.Equal(right, points[^1].X, 0.02);
        Assert.True(points.Min(p => p.Y) > top + 5 && points.Max(p => p.Y) < bottom - 5);
    }

    [Fact]
    public void One_end_can_be_given() =>
        Assert.Contains("0", SvgReader.Texts(new Page(1, 1, new Chart { Y = Axis.Auto("y") with { Low = 0 } }.Line([0, 1], [7, 9], Palette.Blue)).ToSvg()));

    [Theory]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    [InlineData(-3e200, -3e200)]
    [InlineData(1, 1.0000000000000002)]
    public void Constant_data_have_an_axis(double a, double b)
    {
        string svg = new Page(1, 1, new Chart { Y = Axis.Auto("y") }.Line([0, 1], [a, b], Palette.Blue)).ToSvg();
        Assert.NotEmpty(SvgReader.Pieces(SvgReader.Layers(svg)[0]));
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Constant_data_have_a_logarithmic_axis()
    {
        string svg = new Page(1, 1, new Chart { X = Axis.AutoLog(), Y = Axis.AutoLog() }.Markers([1e-200], [1e250], Marker.Circle, Palette.Blue)).ToSvg();
        Assert.Single(SvgReader.Pieces(SvgReader.Layers(svg)[0]));
    }

    [Fact]
    public void Ticks_can_be_given_and_those_outside_are_left_out()
    {
        var axis = Axis.Linear("x", 0, 1) with { Ticks = [new(0.25, "a quarter"), new(0.5, "*half*"), new(3, "far")] };
        var texts = SvgReader.Texts(new Page(1, 1, new Chart { X = axis }).ToSvg());
        Assert.Contains("a quarter", texts);
        Assert.Contains("half", texts);
        Assert.DoesNotContain("far", texts);
    }

    [Fact]
    public void A_common_factor_stands_at_the_axis() =>
        Assert.Contains("×10−3", SvgReader.Texts(new Page(1, 1, new Chart { Y = Axis.Linear("y", -2e-3, 2e-3) }).ToSvg()));

    [Fact]
    public void Labels_that_are_long_thin_the_ticks_until_they_fit()
    {
        var page = new Page(1, 1, new Chart { X = Axis.Linear("x", 1.00000001, 1.00000009) }) { ChartWidth = 260 };
        var labels = SvgReader.Texts(page.ToSvg()).Where(text => text.StartsWith("1.0000000", StringComparison.Ordinal)).ToList();
        Assert.InRange(labels.Count, 1, 3);
    }

    [Fact]
    public void Bad_ends_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Axis.Linear("x", 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Axis.Linear("x", double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Axis.Linear("x", 0, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => Axis.Log("x", 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Axis.Log("x", 1, -1));
    }
}
