// The text of an SVG document: numbers with two decimals, escaped text, colours by theme. Same calls, same bytes.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Thalweg.Figures.Drawing.Svg;

/// <summary>Builds SVG text.</summary>
internal sealed class SvgWriter(Theme theme)
{
    private readonly StringBuilder text = new(16384);
    private readonly List<Ink> inks = [];
    private readonly List<double> opacities = [];

    /// <summary>Whether nothing is written: for the run that only looks where ink would fall.</summary>
    public bool Muted { get; set; }

    /// <summary>The colours that differ between the themes, in the order of their first use.</summary>
    public IReadOnlyList<Ink> Inks => inks;

    /// <summary>The opacities of fills in a file for both themes, in the order of their first use.</summary>
    public IReadOnlyList<double> Opacities => opacities;

    public override string ToString() => text.ToString();

    /// <summary>Text as it is.</summary>
    public SvgWriter Raw(string value)
    {
        if (!Muted)
        {
            text.Append(value);
        }

        return this;
    }

    /// <summary>A character as it is.</summary>
    public SvgWriter Raw(char value)
    {
        if (!Muted)
        {
            text.Append(value);
        }

        return this;
    }

    /// <summary>A number with at most two decimals.</summary>
    public SvgWriter Number(double value) => Hundredths(ToHundredths(value), leadingZero: true);

    /// <summary>A number given in hundredths.</summary>
    public SvgWriter Hundredths(long value, bool leadingZero = false)
    {
        if (Muted)
        {
            return this;
        }

        if (value < 0)
        {
            text.Append('-');
            value = -value;
        }

        long whole = value / 100;
        int rest = (int)(value - 100 * whole);
        if (whole != 0 || leadingZero || rest == 0)
        {
            text.Append(whole);
        }

        if (rest != 0)
        {
            text.Append('.').Append((char)('0' + rest / 10));
            if (rest % 10 != 0)
            {
                text.Append((char)('0' + rest % 10));
            }
        }

        return this;
    }

    public static long ToHundredths(double value) => (long)Math.Round(100 * value);

    /// <summary>An attribute with a number.</summary>
    public SvgWriter Attribute(string name, double value) => Raw(' ').Raw(name).Raw("=\"").Number(value).Raw('"');

    /// <summary>An attribute with a text, escaped.</summary>
    public SvgWriter Attribute(string name, string value) => Raw(' ').Raw(name).Raw("=\"").Escaped(value).Raw('"');

    /// <summary>An attribute with a colour: a plain one, or a custom property when the file serves both themes.</summary>
    public SvgWriter Colour(string name, Ink ink)
    {
        if (Muted)
        {
            return this;
        }

        if (theme == Theme.Auto && ink.Light != ink.Dark)
        {
            if (!inks.Contains(ink))
            {
                inks.Add(ink);
            }

            return Raw(' ').Raw(name).Raw("=\"var(").Raw(Variable(ink)).Raw(")\"");
        }

        return Raw(' ').Raw(name).Raw("=\"").Raw(theme == Theme.Dark ? ink.Dark : ink.Light).Raw('"');
    }

    /// <summary>The opacity of a fill; on a dark page a thin wash needs more of it to be seen.</summary>
    public SvgWriter FillOpacity(double opacity)
    {
        if (Muted || opacity >= 1)
        {
            return this;
        }

        if (theme != Theme.Auto)
        {
            return Attribute("fill-opacity", theme == Theme.Dark ? OnDark(opacity) : opacity);
        }

        opacity = Math.Round(opacity, 2);
        if (!opacities.Contains(opacity))
        {
            opacities.Add(opacity);
        }

        return Raw(" fill-opacity=\"var(").Raw(Variable(opacity)).Raw(")\"");
    }

    /// <summary>The opacity on a dark page.</summary>
    public static double OnDark(double opacity) => opacity + 0.8 * opacity * Math.Pow(1 - opacity, 3);

    /// <summary>The custom property of an opacity.</summary>
    public static string Variable(double opacity) => "--o" + ToHundredths(opacity).ToString(CultureInfo.InvariantCulture);

    /// <summary>The custom property of a colour: named by its values, so that pictures in one page never disagree.</summary>
    public static string Variable(Ink ink) => "--" + ink.Light[1..] + "-" + ink.Dark[1..];

    /// <summary>Text with the five signs of XML escaped; what XML cannot hold becomes U+FFFD.</summary>
    public SvgWriter Escaped(string value)
    {
        for (int i = 0; !Muted && i < value.Length; i++)
        {
            char c = value[i];
            switch (c)
            {
                case '&': text.Append("&amp;"); break;
                case '<': text.Append("&lt;"); break;
                case '>': text.Append("&gt;"); break;
                case '"': text.Append("&quot;"); break;
                case '\'': text.Append("&#39;"); break;
                case '\t' or '\n' or '\r': text.Append("&#").Append((int)c).Append(';'); break;
                case < ' ' or '\ufffe' or '\uffff': text.Append('\ufffd'); break;
                case >= '\ud800' and <= '\udfff':
                    if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                    {
                        text.Append(c).Append(value[++i]);
                    }
                    else
                    {
                        text.Append('\ufffd');
                    }

                    break;
                default: text.Append(c); break;
            }
        }

        return this;
    }

    /// <summary>The content of a text element: runs of markup as tspans.</summary>
    public SvgWriter Runs(List<Markup.Run> runs, double size)
    {
        double shift = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            var run = runs[i];
            double level = run.Script switch { > 0 => -0.36 * size, < 0 => 0.22 * size, _ => 0 };
            if (run.Script == 0 && !run.Italic && shift == 0)
            {
                Escaped(run.Text);
                continue;
            }

            Raw("<tspan");
            if (level != shift)
            {
                Attribute("dy", level - shift);
            }

            double back = Markup.Overlap(runs, i, size);
            if (back > 0)
            {
                Attribute("dx", -back);
            }

            if (run.Script != 0)
            {
                Attribute("font-size", Markup.ScriptSize * size);
            }

            if (run.Italic)
            {
                Raw(" font-style=\"italic\"");
            }

            Raw('>').Escaped(run.Text).Raw("</tspan>");
            shift = level;
        }

        return this;
    }

    /// <summary>A text element; the attributes of its group are not repeated.</summary>
    public SvgWriter Text(double x, double y, string markup, double size, string more = "")
    {
        if (markup.Length == 0)
        {
            return this;
        }

        Raw("<text").Attribute("x", x).Attribute("y", y).Raw(more).Raw('>');
        return Runs(Markup.Parse(markup), size).Raw("</text>");
    }
}
