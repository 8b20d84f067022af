// Colours: written #rrggbb, readable on their page.
using System;
using Thalweg.Figures.Drawing;
using Xunit;

namespace Thalweg.Tests.Drawing;

public class PaletteTests
{
    private static double Contrast(string a, string b)
    {
        double x = HeatMapTests.Luminance(a), y = HeatMapTests.Luminance(b);
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    [Fact]
    public void Text_and_curves_stand_out_from_both_pages()
    {
        Assert.True(Contrast(Palette.Black.Light, Palette.Background.Light) > 12);
        Assert.True(Contrast(Palette.Black.Dark, Palette.Background.Dark) > 12);
        for (int i = 0; i < Palette.Count; i++)
        {
            Assert.True(Contrast(Palette.Cycle(i).Light, Palette.Background.Light) > 2.2, $"colour {i} on white");
            Assert.True(Contrast(Palette.Cycle(i).Dark, Palette.Background.Dark) > 5, $"colour {i} on dark");
        }

        Assert.Equal(Palette.Cycle(0), Palette.Cycle(Palette.Count));
    }

    [Theory]
    [InlineData("red")]
    [InlineData("#12345")]
    [InlineData("#12345g")]
    [InlineData("\"/><script>")]
    public void Other_spellings_of_a_colour_are_refused(string colour)
    {
        Assert.Throws<ArgumentException>(() => new Ink(colour));
        Assert.Throws<ArgumentException>(() => new Ink("#123456", colour));
    }

    [Fact]
    public void A_colour_map_meets_its_anchors_and_clamps()
    {
        var map = new ColourMap("two", 0x000000, 0xff8000);
        Assert.Equal("#000000", map.At(-1));
        Assert.Equal("#804000", map.At(0.5));
        Assert.Equal("#ff8000", map.At(2));
        Assert.Throws<ArgumentException>(() => new ColourMap("one", 0));
    }
}
