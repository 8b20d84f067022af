// Conversion: a PNG and a PDF when the machine has a converter, a sentence when it has none; never half a file.
using System;
using System.IO;
using Thalweg.Figures.Drawing;
using Xunit;

namespace Thalweg.Tests.Drawing;

public sealed class PictureConverterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("thalweg-picture").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Picture() => new Page(1, 1, Samples.PhaseDiagram()).ToSvg();

    private static void Need(string program)
    {
        string? found = PictureConverter.Find();
        Assert.SkipUnless(found is not null && Path.GetFileName(found).StartsWith(program, StringComparison.Ordinal), program + " is not installed: install librsvg2-bin to run this test");
    }

    [Fact]
    public void A_png_has_the_size_asked_for()
    {
        Need("rsvg-convert");
        string file = Path.Combine(folder, "a picture.png");
        var done = PictureConverter.Convert(Picture(), file, scale: 2);
        Assert.True(done.Done, done.Sentence);
        byte[] bytes = File.ReadAllBytes(file);
        Assert.Equal([0x89, 0x50, 0x4e, 0x47], bytes[..4]);
        Assert.Equal(2 * 452, (bytes[16] << 24) | (bytes[17] << 16) | (bytes[18] << 8) | bytes[19]);
        Assert.Equal([file], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_pdf_is_the_same_each_time()
    {
        Need("rsvg-convert");
        string first = Path.Combine(folder, "1.pdf"), second = Path.Combine(folder, "2.pdf");
        Assert.True(PictureConverter.Convert(Picture(), first).Done);
        Assert.True(PictureConverter.Convert(Picture(), second).Done);
        Assert.Equal("%PDF", System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(first), 0, 4));
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void A_picture_that_is_none_is_a_sentence_and_leaves_the_old_file()
    {
        Need("rsvg-convert");
        string file = Path.Combine(folder, "old.png");
        File.WriteAllText(file, "old");
        var done = PictureConverter.Convert("not svg", file);
        Assert.False(done.Done);
        Assert.Contains("rsvg-convert failed", done.Sentence, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFiles(folder));
    }

    [Fact]
    public void Without_a_converter_the_sentence_names_the_package()
    {
        var done = PictureConverter.Convert(Picture(), Path.Combine(folder, "x.png"), searchPath: folder);
        Assert.False(done.Done);
        Assert.Contains("librsvg2-bin", done.Sentence, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_folder_that_is_missing_is_a_sentence()
    {
        Need("rsvg-convert");
        var done = PictureConverter.Convert(Picture(), Path.Combine(folder, "none", "x.png"));
        Assert.False(done.Done);
        Assert.Contains("was not written", done.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.svg", 2)]
    [InlineData("x", 2)]
    [InlineData("x.png", 0)]
    [InlineData("x.png", double.NaN)]
    public void Other_formats_and_scales_are_refused(string name, double scale) =>
        Assert.ThrowsAny<ArgumentException>(() => PictureConverter.Convert(Picture(), Path.Combine(folder, name), scale));
}
