// Curves: clipped at the plot area, broken where values do not exist, thinned without moving.
using System;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;
using Xunit;

namespace Thalweg.Tests.Drawing;

public class CurveTests
{
    private static Chart Unit() => new() { X = Axis.Linear("x", 0, 1), Y = Axis.Linear("y", 0, 1) };

    private static string Draw(Chart chart) => new Page(1, 1, chart).ToSvg();

    [Fact]
    public void A_line_through_the_square_is_cut_at_its_corners()
    {
        string svg = Draw(Unit().Line([-1, 2], [-1, 2], Palette.Blue));
        var (left, top, right, bottom) = SvgReader.Area(svg);
        var piece = Assert.Single(SvgReader.Pieces(SvgReader.Layers(svg)[0]));
        Assert.Equal([(left, bottom), (right, top)], piece.Points.Select(p => (Math.Round(p.X, 2), Math.Round(p.Y, 2))));
    }

    [Fact]
    public void A_curve_that_leaves_and_returns_has_two_pieces()
    {
        string svg = Draw(Unit().Line([0, 0.4, 0.5, 0.6, 1], [0.5, 0.5, 9, 0.5, 0.5], Palette.Blue));
        Assert.Equal(2, SvgReader.Pieces(SvgReader.Layers(svg)[0]).Count);
    }

    [Fact]
    public void A_curve_outside_draws_nothing() =>
        Assert.Empty(SvgReader.Pieces(SvgReader.Layers(Draw(Unit().Line([0, 1, 2], [3, 4, -5e300], Palette.Blue).Line([5, 6], [0.5, 0.5], Palette.Red)))[1]));

    [Fact]
    public void Random_curves_stay_inside_whatever_their_values()
    {
        var random = new Random(3);
        for (int trial = 0; trial < 300; trial++)
        {
            double[] xs = new double[60], ys = new double[60];
            for (int i = 0; i < 60; i++)
            {
                xs[i] = i / 59.0 + 0.2 * (random.NextDouble() - 0.5);
                ys[i] = random.Next(12) switch
                {
                    0 => double.NaN,
                    1 => double.PositiveInfinity,
                    2 => -1e308,
                    3 => 1e300 * random.NextDouble(),
                    4 => 0,
                    5 => 1,
                    _ => 3 * random.NextDouble() - 1,
                };
            }

            var chart = Unit().Line(xs, ys, Palette.Blue).Fill(xs, ys, xs, Palette.Red).Polygon(xs, ys, Palette.Green).ErrorBars(xs, ys, ys, Palette.Black);
            string svg = Draw(chart);
            var (left, top, right, bottom) = SvgReader.Area(svg);
            foreach (var (x, y) in SvgReader.Layers(svg).SelectMany(SvgReader.Pieces).SelectMany(piece => piece.Points))
            {
                Assert.InRange(x, left - 0.006, right + 0.006);
                Assert.InRange(y, top - 0.006, bottom + 0.006);
            }
        }
    }

    [Fact]
    public void A_mask_splits_a_curve_and_shows_a_lonely_point()
    {
        string svg = Draw(Unit().Line([0, 0.2, 0.4, 0.6, 0.8, 1], [0.1, 0.9, 0.2, 0.3, 0.5, 0.9], Palette.Blue, null, [true, true, false, true, false, true]));
        var pieces = SvgReader.Pieces(SvgReader.Layers(svg)[0]);
        Assert.Equal(3, pieces.Count);
        Assert.NotEqual(pieces[0].Points[0], pieces[0].Points[1]);
        Assert.Equal(pieces[1].Points[0], pieces[1].Points[1]);
        Assert.Equal(pieces[2].Points[0], pieces[2].Points[1]);
    }

    [Fact]
    public void What_an_axis_cannot_show_breaks_a_curve()
    {
        Assert.Equal(2, SvgReader.Pieces(SvgReader.Layers(Draw(Unit().Line([0, 0.2, 0.4, 0.6, 0.8], [0.1, 0.2, double.NaN, 0.3, 0.1], Palette.Blue)))[0]).Count);
        var log = new Chart { X = Axis.Linear("x", 0, 1), Y = Axis.Log("y", 0.01, 1) };
        Assert.Equal(2, SvgReader.Pieces(SvgReader.Layers(Draw(log.Line([0, 0.2, 0.4, 0.6, 0.8], [0.1, 0.2, 0, 0.3, 0.1], Palette.Blue)))[0]).Count);
    }

    [Fact]
    public void Columns_of_a_table_bring_their_masks()
    {
        var x = new Column("x", [0, 0.25, 0.5, 0.75, 1], [true, true, true, true, false]);
        var y = new Column("y", [0.1, 0.4, 0.2, 0.6, 0.5], [true, true, false, true, true]);
        string svg = Draw(Unit().Line(x, y, Palette.Blue).Markers(x, y, Marker.Square, Palette.Red));
        Assert.Equal(2, SvgReader.Pieces(SvgReader.Layers(svg)[0]).Count);
        Assert.Equal(3, SvgReader.Pieces(SvgReader.Layers(svg)[1]).Count);
    }

    [Fact]
    public void A_straight_line_of_many_points_is_two()
    {
        double[] xs = Samples.Grid(0, 1, 400);
        Assert.Equal(2, SvgReader.Pieces(SvgReader.Layers(Draw(Unit().Line(xs, xs, Palette.Blue)))[0])[0].Points.Count);
    }

    [Fact]
    public void Thinning_never_moves_a_curve_by_a_tenth_of_a_pixel()
    {
        double[] xs = Samples.Grid(0, 1, 4000), ys = Samples.Of(xs, x => 0.5 + 0.45 * Math.Sin(40 * x * x));
        string svg = Draw(Unit().Line(xs, ys, Palette.Blue));
        var (left, top, right, bottom) = SvgReader.Area(svg);
        var points = Assert.Single(SvgReader.Pieces(SvgReader.Layers(svg)[0])).Points;
        Assert.InRange(points.Count, 50, 1000);
        int j = 1;
        for (int i = 0; i < xs.Length; i++)
        {
            double px = left + xs[i] * (right - left), py = bottom - ys[i] * (bottom - top);
            while (j < points.Count - 1 && points[j].X < px)
            {
                j++;
            }

            var (a, b) = (points[j - 1], points[j]);
            double dx = b.X - a.X, dy = b.Y - a.Y, distance = Math.Abs(dx * (py - a.Y) - dy * (px - a.X)) / Math.Sqrt(dx * dx + dy * dy);
            Assert.InRange(distance, 0, 0.1);   // 0.05 of the thinning, 0.01 of rounding, and the slope between two kept points
        }
    }

    [Fact]
    public void A_path_that_turns_back_keeps_its_far_end()
    {
        string svg = Draw(Unit().Line([0.1, 0.5, 0.9, 0.3], [0.5, 0.5, 0.5, 0.5], Palette.Blue));
        Assert.Equal(3, SvgReader.Pieces(SvgReader.Layers(svg)[0])[0].Points.Count);
    }

    [Fact]
    public void A_region_that_overflows_fills_exactly_the_part_inside()
    {
        string svg = Draw(Unit().Fill([-1, 2], [0.25, 0.25], [double.PositiveInfinity, 7], Palette.Red).VerticalSpan(double.NegativeInfinity, 0.5, Palette.Blue));
        var (left, top, right, bottom) = SvgReader.Area(svg);
        double plot = (right - left) * (bottom - top);
        string slanted = Draw(Unit().Polygon([0, 2, 2], [0, 0, 0.5], Palette.Red).Polygon([0, 0, 0.5], [0, -2, -2], Palette.Red).Polygon([1, -1, 1], [1, 1, 0.5], Palette.Red));
        double[] areas = [.. SvgReader.Layers(slanted).Select(layer => SvgReader.Pieces(layer).Sum(SvgReader.AreaOf) / plot)];
        Assert.Equal(0.125, areas[0], 1e-4);
        Assert.Equal(0, areas[1], 1e-4);
        Assert.Equal(0.375, areas[2], 1e-4);
        var layers = SvgReader.Layers(svg);
        Assert.Equal(0.75, SvgReader.AreaOf(SvgReader.Pieces(layers[0])[0]) / plot, 1e-4);
        Assert.Equal(0.5, SvgReader.AreaOf(SvgReader.Pieces(layers[1])[0]) / plot, 1e-4);
    }

    [Fact]
    public void A_masked_region_has_one_polygon_a_stretch()
    {
        string svg = Draw(Unit().Fill([0, 0.2, 0.4, 0.6, 0.8], [0, 0, 0, 0, 0], [0.5, 0.5, 0.5, 0.5, 0.5], Palette.Red, 0.3, null, [true, true, false, true, true]));
        var pieces = SvgReader.Pieces(SvgReader.Layers(svg)[0]);
        Assert.Equal(2, pieces.Count);
        Assert.All(pieces, piece => Assert.True(piece.Closed));
    }

    [Fact]
    public void Arrays_that_differ_in_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Unit().Line([0, 1], [0], Palette.Blue));
        Assert.Throws<ArgumentException>(() => Unit().Line([0, 1], [0, 1], Palette.Blue, null, [true]));
        Assert.Throws<ArgumentException>(() => Unit().Fill([0, 1], [0, 1], [1], Palette.Blue));
        Assert.Throws<ArgumentException>(() => Unit().ErrorBars([0, 1], [0, 1], [1], Palette.Blue));
        Assert.Throws<ArgumentException>(() => Unit().Histogram([0, 1], [1, 2], Palette.Blue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Unit().Fill([0, 1], [0, 1], [1, 2], Palette.Blue, 1.5));
    }
}
