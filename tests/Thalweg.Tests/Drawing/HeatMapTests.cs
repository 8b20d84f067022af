// Heat maps: equal neighbours merge, masks leave holes, small cells are thinned, colours climb in lightness.
using System;
using System.Globalization;
using System.Linq;
using Thalweg.Figures.Drawing;
using Xunit;

namespace Thalweg.Tests.Drawing;

public class HeatMapTests
{
    private static string Draw(double[,] values, bool[,]? exists = null, Axis? axis = null)
    {
        double[] xs = Samples.Grid(0, 1, values.GetLength(1) + 1), ys = Samples.Grid(0, 1, values.GetLength(0) + 1);
        return new Page(1, 1, new Chart { X = Axis.Linear("x", 0, 1), Y = Axis.Linear("y", 0, 1) }.HeatMap(xs, ys, values, axis ?? Axis.Linear("z", 0, 1), null, exists)).ToSvg();
    }

    private static PathPiece[] Cells(string svg) => [.. SvgReader.Layers(svg)[0].Elements().SelectMany(SvgReader.Pieces)];

    [Fact]
    public void A_constant_field_is_one_rectangle()
    {
        string svg = Draw(new double[40, 30]);
        var (left, top, right, bottom) = SvgReader.Area(svg);
        Assert.Equal((right - left) * (bottom - top), SvgReader.AreaOf(Assert.Single(Cells(svg))), 1);
    }

    [Fact]
    public void Equal_neighbours_merge_in_both_directions()
    {
        string svg = Draw(new[,] { { 0.0, 0, 1, 1 }, { 0, 0, 1, 1 }, { 1, 0.5, 0.5, 0.5 } });
        Assert.Equal(4, Cells(svg).Length);
        Assert.Equal(3, SvgReader.Layers(svg)[0].Elements().Count());   // one path a colour
    }

    [Fact]
    public void Rectangles_cover_the_plot_once()
    {
        var random = new Random(5);
        var values = new double[17, 23];
        for (int i = 0; i < 17; i++)
        {
            for (int j = 0; j < 23; j++)
            {
                values[i, j] = random.Next(3) / 2.0;
            }
        }

        string svg = Draw(values);
        var (left, top, right, bottom) = SvgReader.Area(svg);
        Assert.Equal((right - left) * (bottom - top), Cells(svg).Sum(SvgReader.AreaOf), 30.0);   // hundredths of a pixel at each of some 300 edges
        Assert.InRange(Cells(svg).Length, 50, 17 * 23 - 50);
    }

    [Fact]
    public void Rows_run_upwards_and_columns_to_the_right()
    {
        string svg = Draw(new[,] { { 1.0, 0 }, { 0, 0 } });
        var (left, top, right, bottom) = SvgReader.Area(svg);
        var bright = SvgReader.Layers(svg)[0].Elements().Single(path => path.Attribute("fill")!.Value == ColourMap.Viridis.At(1));
        var corner = SvgReader.Pieces(bright)[0].Points;
        Assert.Equal(left, corner.Min(p => p.X), 0.02);
        Assert.Equal(bottom, corner.Max(p => p.Y), 0.02);
        Assert.True(corner.Max(p => p.X) < right - 50 && corner.Min(p => p.Y) > top + 50);
    }

    [Fact]
    public void Cells_without_a_value_are_left_empty()
    {
        string svg = Draw(new[,] { { 0.5, double.NaN }, { 0.5, 0.5 } }, new[,] { { true, true }, { false, true } });
        var (left, top, right, bottom) = SvgReader.Area(svg);
        Assert.Equal(0.5 * (right - left) * (bottom - top), Cells(svg).Sum(SvgReader.AreaOf), 5.0);
    }

    [Fact]
    public void A_field_finer_than_the_pixels_stays_small()
    {
        var values = new double[1500, 1500];
        for (int i = 0; i < 1500; i++)
        {
            for (int j = 0; j < 1500; j++)
            {
                values[i, j] = (i * 7919 + j * 104729) % 1000 / 1000.0;
            }
        }

        Assert.InRange(Cells(Draw(values)).Length, 10000, 500 * 700);
    }

    [Fact]
    public void Values_beyond_the_scale_take_its_end_colours()
    {
        string svg = Draw(new[,] { { -5.0, 7, double.PositiveInfinity } });
        Assert.Equal([ColourMap.Viridis.At(0), ColourMap.Viridis.At(1)], SvgReader.Layers(svg)[0].Elements().Select(path => path.Attribute("fill")!.Value));
    }

    [Fact]
    public void The_colour_scale_has_its_axis_and_label()
    {
        var texts = SvgReader.Texts(Draw(new[,] { { 0.001, 1 } }, null, Axis.Log("strength", 0.001, 1)));
        Assert.Contains("strength", texts);
        Assert.Contains("10−3", texts);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        var chart = new Chart();
        Assert.Throws<ArgumentException>(() => chart.HeatMap([0, 1], [0, 1], new double[2, 1], Axis.Auto()));
        Assert.Throws<ArgumentException>(() => chart.HeatMap([0, 1], [0, 1], new double[1, 1], Axis.Auto(), null, new bool[2, 1]));
    }

    [Theory]
    [InlineData("viridis")]
    [InlineData("cividis")]
    public void Sequential_maps_climb_in_lightness(string name)
    {
        var map = name == "viridis" ? ColourMap.Viridis : ColourMap.Cividis;
        for (int k = 1; k <= 100; k++)
        {
            Assert.True(Luminance(map.At(k / 100.0)) > Luminance(map.At((k - 1) / 100.0)), $"{name} falls at {k}");
        }
    }

    internal static double Luminance(string colour)
    {
        double Channel(int at)
        {
            double c = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }
}
