// Pages: every sample in every theme is well-formed, the same each time, spoken, lettered, and inside its borders.
using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Thalweg.Figures.Drawing;
using Xunit;

namespace Thalweg.Tests.Drawing;

public class PageTests
{
    // Writes the pictures where a person can look at them, artifacts/drawing, which is never committed.
    [Fact]
    public void Samples_are_well_formed_in_every_theme()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "drawing");
        Directory.CreateDirectory(folder);
        foreach (var (name, page) in Samples.All())
        {
            foreach (var theme in Enum.GetValues<Theme>())
            {
                string svg = page.ToSvg(theme, new() { { "command", "thalweg sample" } }), file = Path.Combine(folder, $"{name}-{theme.ToString().ToLowerInvariant()}.svg");
                File.WriteAllText(file, svg);
                Assert.Equal(SvgReader.Svg + "svg", XDocument.Load(file).Root!.Name);
                Assert.DoesNotMatch("NaN|Infinity|∞", svg);
            }
        }
    }

    [Fact]
    public void The_same_page_gives_the_same_bytes()
    {
        foreach (var theme in Enum.GetValues<Theme>())
        {
            Assert.Equal(Samples.Everything().ToSvg(theme), Samples.Everything().ToSvg(theme));
        }
    }

    [Fact]
    public void Numbers_have_two_decimals_at_most()
    {
        foreach (var attribute in SvgReader.Root(Samples.Everything().ToSvg()).DescendantsAndSelf().Attributes().Where(a => a.Name.LocalName is not ("font-family" or "fill" or "stroke")))
        {
            Assert.DoesNotMatch(@"\.\d\d\d|\d[eE][-+]?\d", attribute.Value);
        }
    }

    [Fact]
    public void Everything_lies_inside_the_page()
    {
        foreach (var (_, page) in Samples.All())
        {
            var root = SvgReader.Root(page.ToSvg());
            double width = (double)root.Attribute("width")!, height = (double)root.Attribute("height")!;
            foreach (var (x, y) in root.Descendants(SvgReader.Svg + "path").SelectMany(SvgReader.Pieces).SelectMany(piece => piece.Points))
            {
                Assert.InRange(x, 0, width);
                Assert.InRange(y, 0, height);
            }

            foreach (var text in root.Descendants(SvgReader.Svg + "text").Where(t => t.Parent!.Attribute("transform") is null))
            {
                double size = (double)text.AncestorsAndSelf().Select(e => e.Attribute("font-size")).First(a => a is not null)!, w = Markup.Width(Markup.Escape(text.Value), size);
                string anchor = text.AncestorsAndSelf().Select(e => e.Attribute("text-anchor")?.Value).FirstOrDefault(a => a is not null) ?? "start";
                double left = (double)text.Attribute("x")! - (anchor == "middle" ? w / 2 : anchor == "end" ? w : 0);
                Assert.InRange(left, 0, width - w + 8);   // a script makes a text narrower than its letters
                Assert.InRange((double)text.Attribute("y")!, size * 0.7, height - 2);
            }
        }
    }

    [Fact]
    public void Light_and_dark_have_plain_colours_and_auto_declares_all_it_uses()
    {
        Assert.DoesNotContain("var(", Samples.Everything().ToSvg(Theme.Light), StringComparison.Ordinal);
        Assert.DoesNotContain("var(", Samples.Everything().ToSvg(Theme.Dark), StringComparison.Ordinal);
        string auto = Samples.Everything().ToSvg(Theme.Auto);
        var used = Regex.Matches(auto, @"var\((--[0-9a-fo-]+)\)").Select(match => match.Groups[1].Value).Distinct().ToList();
        string style = SvgReader.Root(auto).Element(SvgReader.Svg + "style")!.Value;
        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.Equal(2, Regex.Count(style, Regex.Escape(name) + ":")));
        Assert.Contains("prefers-color-scheme:dark", style, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_is_spoken()
    {
        var root = SvgReader.Root(new Page(1, 1, Samples.PhaseDiagram()).ToSvg());
        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.Equal("Where gradient flow ends", root.Element(SvgReader.Svg + "title")!.Value);
        Assert.Contains("1/Δ2 against Δp; shown: impossible, trapped", root.Element(SvgReader.Svg + "desc")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_charts_bear_letters_and_one_does_not()
    {
        string several = new Page(1, 3, new Chart(), null, new Chart("c")).ToSvg();
        Assert.Contains("(a)", SvgReader.Texts(several));
        Assert.DoesNotContain("(b)", SvgReader.Texts(several));
        Assert.Contains("(c)", SvgReader.Texts(several));
        Assert.DoesNotContain("(a)", SvgReader.Texts(new Page(1, 1, new Chart()).ToSvg()));
        Assert.DoesNotContain("(a)", SvgReader.Texts(new Page(1, 2, new Chart(), new Chart()) { Letters = false }.ToSvg()));
    }

    [Fact]
    public void A_long_caption_is_broken_into_lines()
    {
        var page = new Page(1, 1, new Chart()) { Caption = string.Join(' ', Enumerable.Repeat("word *m*_0", 60)) };
        var lines = SvgReader.Texts(page.ToSvg()).Where(text => text.Contains("word", StringComparison.Ordinal)).ToList();
        Assert.InRange(lines.Count, 5, 12);
        Assert.Equal(60, lines.Sum(line => Regex.Count(line, "word m0")));
    }

    [Fact]
    public void Layers_of_one_label_share_an_entry_of_the_legend()
    {
        var chart = new Chart { Legend = LegendPlace.Right }.Line([0, 1], [0, 1], Palette.Blue, "both").Markers([0, 1], [0, 1], Marker.Circle, Palette.Blue, "both").Line([0, 1], [1, 0], Palette.Red, "other");
        string svg = new Page(1, 1, chart).ToSvg();
        Assert.Single(SvgReader.Texts(svg), text => text == "both");
        chart.Legend = LegendPlace.None;
        Assert.DoesNotContain("both", SvgReader.Texts(new Page(1, 1, chart).ToSvg()));
    }

    [Fact]
    public void A_legend_goes_to_the_empty_corner_and_outside_when_there_is_none()
    {
        Chart Unit() => new() { X = Axis.Linear("x", 0, 1), Y = Axis.Linear("y", 0, 1) };
        foreach (var (x, y) in new[] { (0.15, 0.15), (0.85, 0.15), (0.15, 0.85), (0.85, 0.85) })
        {
            var chart = Unit();
            foreach (var (otherX, otherY) in new[] { (0.15, 0.15), (0.85, 0.15), (0.15, 0.85), (0.85, 0.85) })
            {
                if ((otherX, otherY) != (x, y))
                {
                    chart.Polygon([], [], Palette.Blue).Line([otherX - 0.14, otherX + 0.14, otherX - 0.14, otherX + 0.14], [otherY - 0.14, otherY + 0.14, otherY + 0.14, otherY - 0.14], Palette.Blue, "curve");
                }
            }

            chart.Line([0, 1], [0.5, 0.5], Palette.Blue).Line([0.5, 0.5], [0, 1], Palette.Blue);
            var (at, area) = LegendText(chart);
            Assert.Equal(x > 0.5, at.X > (area.Left + area.Right) / 2);
            Assert.Equal(y < 0.5, at.Y > (area.Top + area.Bottom) / 2);
        }

        double[] dense = Samples.Grid(0, 1, 400);
        var (outside, plot) = LegendText(Unit().Line(dense, Samples.Of(dense, s => 0.5 + 0.5 * Math.Sin(300 * s)), Palette.Blue, "curve"));
        Assert.True(outside.Y > plot.Bottom);
    }

    private static ((double X, double Y) At, (double Left, double Top, double Right, double Bottom) Area) LegendText(Chart chart)
    {
        string svg = new Page(1, 1, chart).ToSvg();
        var text = SvgReader.Root(svg).Descendants(SvgReader.Svg + "text").Single(t => t.Value == "curve");
        return (((double)text.Attribute("x")!, (double)text.Attribute("y")!), SvgReader.Area(svg));
    }

    [Fact]
    public void Bad_grids_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Page(1, 1, new Chart(), new Chart()));
        Assert.Throws<ArgumentException>(() => new Page(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Page(0, 1, new Chart()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Page(1, 1, new Chart()) { ChartWidth = double.NaN });
    }
}
