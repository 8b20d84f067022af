// Maps from a number in [0, 1] to a colour, even in lightness and readable without colour vision.
using System;
using System.Globalization;

namespace Thalweg.Figures.Drawing;

/// <summary>A colour map, linear in sRGB between equidistant anchors.</summary>
public sealed class ColourMap
{
    private readonly int[] anchors;

    /// <summary>A colour map from anchors.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="anchors">Two or more colours 0xRRGGBB, at equal distances from 0 to 1.</param>
    /// <exception cref="ArgumentException">Fewer than two anchors.</exception>
    public ColourMap(string name, params ReadOnlySpan<int> anchors)
    {
        if (anchors.Length < 2)
        {
            throw new ArgumentException("a colour map has two anchors or more", nameof(anchors));
        }

        Name = name;
        this.anchors = anchors.ToArray();
    }

    /// <summary>Dark violet over green to yellow (van der Walt and Smith).</summary>
    public static ColourMap Viridis { get; } =
        new("viridis", 0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26, 0xfde725);

    /// <summary>Dark blue over grey to yellow, the same to deuteranopes (Nuñez, Anderton and Renslow).</summary>
    public static ColourMap Cividis { get; } =
        new("cividis", 0x00204d, 0x00336f, 0x39486b, 0x575c6d, 0x707173, 0x8a8779, 0xa69d75, 0xc4b56c, 0xe4cf5b, 0xffea46);

    /// <summary>Blue over white to red, for numbers with a sign; centre the axis on zero.</summary>
    public static ColourMap BlueRed { get; } =
        new("blue-red", 0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b, 0x67001f);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The colour at a place, <c>#rrggbb</c>.</summary>
    /// <param name="at">The place; below 0 counts as 0, above 1 as 1.</param>
    public string At(double at)
    {
        double place = Math.Clamp(double.IsNaN(at) ? 0 : at, 0, 1) * (anchors.Length - 1);
        int i = Math.Min((int)place, anchors.Length - 2), colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8)
        {
            int a = (anchors[i] >> shift) & 255, b = (anchors[i + 1] >> shift) & 255;
            colour |= (int)Math.Round(a + (place - i) * (b - a)) << shift;
        }

        return "#" + colour.ToString("x6", CultureInfo.InvariantCulture);
    }
}
