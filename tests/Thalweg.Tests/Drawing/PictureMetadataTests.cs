// The dictionary inside a picture: it returns as it was, and malformed files are refused with one sentence.
using System;
using System.IO;
using System.Linq;
using Thalweg.Figures.Drawing;
using Xunit;

namespace Thalweg.Tests.Drawing;

public class PictureMetadataTests
{
    private static readonly PictureMetadata Example = new()
    {
        { "command", "thalweg phase --delta-p \"0.5:3\" <&> 'x'" },
        { "version", "0.1.0" },
        { "sha256", "ab12" },
        { "Δ", "line\nbreak\ttab  two spaces \\ / ]]> é𝜎" },
        { "empty", string.Empty },
    };

    [Theory]
    [InlineData(Theme.Light)]
    [InlineData(Theme.Dark)]
    [InlineData(Theme.Auto)]
    public void A_picture_gives_back_its_dictionary(Theme theme)
    {
        string svg = new Page(1, 1, Samples.PhaseDiagram()).ToSvg(theme, Example);
        Assert.Equal(Example.ToList(), PictureMetadata.FromSvg(svg).ToList());
    }

    [Fact]
    public void A_file_gives_back_its_dictionary()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, new Page(1, 1, new Chart()).ToSvg(Theme.Light, Example));
            Assert.Equal("ab12", PictureMetadata.Read(file)["sha256"]);
            Assert.Null(PictureMetadata.Read(file)["none"]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no xml at all")]
    [InlineData("<svg")]
    [InlineData("<html/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<svg><metadata>{}</metadata></svg>")]
    [InlineData("<svg><metadata data-format='thalweg'>{</metadata></svg>")]
    [InlineData("<svg><metadata data-format='thalweg'>[]</metadata></svg>")]
    [InlineData("<svg><metadata data-format='thalweg'>{\"a\":1}</metadata></svg>")]
    [InlineData("<svg><metadata data-format='thalweg'>{\"a\":null}</metadata></svg>")]
    [InlineData("<svg><metadata data-format='thalweg'>{\"a\":\"1\",\"a\":\"2\"}</metadata></svg>")]
    [InlineData("<svg><metadata data-format='thalweg'><b/></metadata></svg>")]
    [InlineData("<svg><metadata data-format='thalweg'>{\"a\":\"1\"}")]
    [InlineData("<!DOCTYPE svg [<!ENTITY e \"x\">]><svg><metadata data-format='thalweg'>{\"a\":\"&e;\"}</metadata></svg>")]
    [InlineData("<svg>\u0001</svg>")]
    public void Malformed_pictures_are_refused(string svg)
    {
        var refusal = Assert.Throws<FormatException>(() => PictureMetadata.FromSvg(svg));
        Assert.StartsWith("the ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_cut_or_changed_picture_is_read_or_refused_and_nothing_else()
    {
        string svg = new Page(1, 1, new Chart("x")).ToSvg(Theme.Light, Example);
        var random = new Random(7);
        for (int trial = 0; trial < 2000; trial++)
        {
            char[] damaged = svg[..random.Next(svg.Length)].ToCharArray();
            for (int k = random.Next(4); k > 0 && damaged.Length > 0; k--)
            {
                damaged[random.Next(damaged.Length)] = "<>&\"{}x\0"[random.Next(8)];
            }

            try
            {
                PictureMetadata.FromSvg(new string(damaged));
            }
            catch (FormatException)
            {
                continue;
            }
        }
    }

    [Fact]
    public void A_key_stands_once() => Assert.Throws<ArgumentException>(() => new PictureMetadata { { "a", "1" }, { "a", "2" } });
}
