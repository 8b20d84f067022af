// The markup of labels, and what XML does not allow.
using System;
using System.Linq;
using System.Xml.Linq;
using Thalweg.Figures.Drawing;
using Xunit;

namespace Thalweg.Tests.Drawing;

public class MarkupTests
{
    // Each run of the text as written: (normal), _lowered, ^raised, /italic/.
    private static string Drawn(string markup)
    {
        string svg = new Page(1, 1, new Chart(markup)).ToSvg();
        var text = SvgReader.Root(svg).Descendants(SvgReader.Svg + "text").Single(t => t.Parent!.Attribute("font-size")!.Value == "13");
        double level = 0;
        return string.Concat(text.Nodes().Select(node =>
        {
            if (node is XText plain)
            {
                return "(" + plain.Value + ")";
            }

            var span = (XElement)node;
            level += (double?)span.Attribute("dy") ?? 0;
            string mark = level > 0.1 ? "_" : level < -0.1 ? "^" : span.Attribute("font-style") is null ? string.Empty : "/";
            return mark.Length == 0 ? "(" + span.Value + ")" : mark + span.Value + (mark == "/" ? "/" : string.Empty);
        }));
    }

    [Theory]
    [InlineData("1/Δ_2", "(1/Δ)_2")]
    [InlineData("ε_th", "(ε)_th")]
    [InlineData("m^2", "(m)^2")]
    [InlineData("10^-3 s", "(10)^−3( s)")]
    [InlineData("Δ_2^GF = 1", "(Δ)_2^GF( = 1)")]
    [InlineData("x_{i, j}y", "(x)_i, j(y)")]
    [InlineData("*m*(*t*)", "/m/(()/t/())")]
    [InlineData("σ* and 2*3", "(σ* and 2*3)")]
    [InlineData("delta\\_p \\*a\\*", "(delta_p *a*)")]
    [InlineData("a_ b^ c_{d", "(a_ b^ c_{d)")]
    [InlineData("trailing\\", "(trailing\\)")]
    public void Signs_lower_raise_and_slant(string markup, string drawn) => Assert.Equal(drawn, Drawn(markup));

    [Fact]
    public void Plain_drops_the_signs_and_escape_keeps_them()
    {
        Assert.Equal("Δ2GF of m", Markup.Plain("Δ_2^GF of *m*"));
        const string all = "a_b^c*d*\\e{f}";
        Assert.Equal(all, Markup.Plain(Markup.Escape(all)));
    }

    [Fact]
    public void Every_text_of_a_picture_is_escaped()
    {
        const string nasty = "<b>&\"'</text> ]]> \u0001\ud800\uffff é𝜎";
        const string read = "<b>&\"'</text> ]]> \ufffd\ufffd\ufffd é𝜎";
        var chart = new Chart(nasty) { X = Axis.Linear(nasty, 0, 1) with { Ticks = [new(0.5, nasty)] }, Y = Axis.Linear(nasty, 0, 1), Legend = LegendPlace.Right }
            .Line([0, 1], [0, 1], Palette.Blue, nasty).Text(0.5, 0.5, nasty)
            .HeatMap([0, 1], [0, 1], new double[,] { { 1 } }, Axis.Linear(nasty, 0, 1));
        var page = new Page(1, 1, chart) { Title = nasty, Caption = nasty, Description = nasty };
        foreach (var theme in Enum.GetValues<Theme>())
        {
            string svg = page.ToSvg(theme, new() { { nasty, nasty } });
            Assert.Equal(9, SvgReader.Texts(svg).Count(text => text == read));
            Assert.Equal(read, SvgReader.Root(svg).Element(SvgReader.Svg + "title")!.Value);
            Assert.Equal(read, SvgReader.Root(svg).Element(SvgReader.Svg + "desc")!.Value);
        }
    }

    [Fact]
    public void A_longer_text_is_wider_and_a_script_narrower()
    {
        Assert.True(Markup.Width("abc", 10) > Markup.Width("ab", 10));
        Assert.True(Markup.Width("x_abc", 10) < Markup.Width("xabc", 10));
        Assert.Equal(2 * Markup.Width("m(t)", 10), Markup.Width("m(t)", 20), 1e-12);
    }
}
