// Colours that stay apart for every kind of colour vision, each with a value on white and one on a dark page.
using System;

namespace Thalweg.Figures.Drawing;

/// <summary>The page a picture is drawn for.</summary>
public enum Theme
{
    /// <summary>White background, plain colours: print, and every converter.</summary>
    Light,

    /// <summary>Dark background, plain colours.</summary>
    Dark,

    /// <summary>Both in one file, by CSS custom properties and <c>prefers-color-scheme</c>: for browsers; converters do not know it.</summary>
    Auto,
}

/// <summary>A colour with its value on a light and on a dark page.</summary>
public readonly record struct Ink
{
    private readonly string? light, dark;

    /// <summary>A colour with two values.</summary>
    /// <param name="light">The value on white, <c>#rrggbb</c>.</param>
    /// <param name="dark">The value on a dark page, <c>#rrggbb</c>; null means the same.</param>
    /// <exception cref="ArgumentException">A value is not of the form <c>#rrggbb</c>.</exception>
    public Ink(string light, string? dark = null)
    {
        this.light = Checked(light, nameof(light));
        this.dark = dark is null ? this.light : Checked(dark, nameof(dark));
    }

    /// <summary>The value on white, <c>#rrggbb</c>.</summary>
    public string Light => light ?? "#1a1a1a";

    /// <summary>The value on a dark page, <c>#rrggbb</c>.</summary>
    public string Dark => dark ?? "#e8e8e8";

    private static string Checked(string value, string name)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        bool good = value.Length == 7 && value[0] == '#';
        for (int i = 1; good && i < 7; i++)
        {
            good = char.IsAsciiHexDigit(value[i]);
        }

        return good ? value.ToLowerInvariant() : throw new ArgumentException("a colour is written #rrggbb, not \"" + value + "\"", name);
    }
}

/// <summary>The colours of Okabe and Ito, lightened where a dark page needs it, and the greys of a chart.</summary>
public static class Palette
{
    /// <summary>Text, axes and neutral marks: near black, near white on dark.</summary>
    public static Ink Black { get; } = new("#1a1a1a", "#e8e8e8");

    /// <summary>Blue.</summary>
    public static Ink Blue { get; } = new("#0072b2", "#3d9fe0");

    /// <summary>Vermilion, the palette's red.</summary>
    public static Ink Red { get; } = new("#d55e00", "#ff7f45");

    /// <summary>Bluish green.</summary>
    public static Ink Green { get; } = new("#009e73", "#2cc79b");

    /// <summary>Orange.</summary>
    public static Ink Orange { get; } = new("#e69f00", "#f0b429");

    /// <summary>Reddish purple.</summary>
    public static Ink Purple { get; } = new("#cc79a7", "#e39cc4");

    /// <summary>Sky blue.</summary>
    public static Ink Sky { get; } = new("#56b4e9", "#9bd7ff");

    /// <summary>Yellow, for fills: too light for a thin line on white.</summary>
    public static Ink Yellow { get; } = new("#f0e442", "#f0e442");

    /// <summary>Middle grey, for reference lines and secondary marks.</summary>
    public static Ink Grey { get; } = new("#777777", "#9a9a9a");

    /// <summary>The background of the page.</summary>
    public static Ink Background { get; } = new("#ffffff", "#15171c");

    /// <summary>Grid lines.</summary>
    public static Ink Faint { get; } = new("#e2e2e2", "#33363d");

    private static readonly Ink[] Order = [Blue, Red, Green, Purple, Orange, Sky, Black, Grey];

    /// <summary>The number of colours before <see cref="Cycle"/> repeats.</summary>
    public static int Count => Order.Length;

    /// <summary>The colour of the i-th curve of a family; repeats after <see cref="Count"/>.</summary>
    /// <param name="i">Index of the curve, ≥ 0.</param>
    public static Ink Cycle(int i) => Order[(int)((uint)i % (uint)Order.Length)];
}
