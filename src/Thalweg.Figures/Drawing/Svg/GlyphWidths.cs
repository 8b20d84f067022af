// The widths of letters, for layout: those of DejaVu Sans, the widest of the common sans-serif faces, so that a text always fits.
namespace Thalweg.Figures.Drawing.Svg;

/// <summary>Advance widths.</summary>
internal static class GlyphWidths
{
    // Thousandths of the font size, characters 32 to 126.
    private static readonly short[] Ascii =
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
        1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
        500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ];

    /// <summary>The width of a text relative to its font size.</summary>
    public static double Of(string text)
    {
        int width = 0;
        foreach (char c in text)
        {
            width += c switch
            {
                >= ' ' and <= '~' => Ascii[c - ' '],
                '−' or '×' or '≤' or '≥' or '→' => 838,
                '\u2009' or '′' => 230,
                >= '\u0300' and <= '\u036f' => 0,
                >= '\u2e80' and < '\ud800' => 1000,
                _ => 660,
            };
        }

        return width / 1000.0;
    }
}
