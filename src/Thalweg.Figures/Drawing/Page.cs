// A grid of charts as one SVG document, with letters, title, caption, a description for screen readers, and metadata.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Thalweg.Figures.Drawing.Svg;

namespace Thalweg.Figures.Drawing;

/// <summary>A picture: a grid of charts. The same page gives the same text, byte for byte.</summary>
public sealed class Page
{
    private const double Gap = 10, Side = 6, PageTitleSize = 15, CaptionSize = 11.5, CaptionLine = 16;
    private const string Font = "Helvetica Neue,Helvetica,Arial,Liberation Sans,DejaVu Sans,sans-serif";

    private readonly Chart?[] charts;

    /// <summary>A grid of charts.</summary>
    /// <param name="rows">Rows, ≥ 1.</param>
    /// <param name="columns">Columns, ≥ 1.</param>
    /// <param name="charts">The charts, row by row; null or none leaves a place empty.</param>
    /// <exception cref="ArgumentException">There are more charts than places, or none.</exception>
    public Page(int rows, int columns, params Chart?[] charts)
    {
        ArgumentNullException.ThrowIfNull(charts);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (charts.Length == 0 || charts.Length > (long)rows * columns)
        {
            throw new ArgumentException($"a page of {rows} by {columns} has 1 to {(long)rows * columns} charts, not {charts.Length}", nameof(charts));
        }

        (Rows, Columns) = (rows, columns);
        this.charts = [.. charts];
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The title above all charts, in markup; empty for none.</summary>
    public string Title { get; set; } = string.Empty;

    /// <summary>The text below all charts, in markup, broken into lines; empty for none.</summary>
    public string Caption { get; set; } = string.Empty;

    /// <summary>What a screen reader says; null to say axes and legend entries of each chart.</summary>
    public string? Description { get; set; }

    /// <summary>Whether charts bear letters (a), (b); null for yes when there are several.</summary>
    public bool? Letters { get; set; }

    /// <summary>The width of one chart with its labels, in pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between 100 and 5000.</exception>
    public double ChartWidth { get; set => field = Size(value, nameof(ChartWidth)); } = 440;

    /// <summary>The height of one chart with its labels, in pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not between 100 and 5000.</exception>
    public double ChartHeight { get; set => field = Size(value, nameof(ChartHeight)); } = 330;

    /// <summary>The whole picture as SVG text.</summary>
    /// <param name="theme">The page it is drawn for; <see cref="Theme.Light"/> for files that are converted.</param>
    /// <param name="metadata">What the picture should know of its making.</param>
    public string ToSvg(Theme theme = Theme.Light, PictureMetadata? metadata = null)
    {
        double top = Side + (Title.Length > 0 ? 30 : 0), width = 2 * Side + Columns * ChartWidth + (Columns - 1) * Gap;
        double bottom = top + Rows * ChartHeight + (Rows - 1) * Gap;
        var caption = Caption.Length > 0 ? Markup.Wrap(Caption, CaptionSize, width - 32) : [];
        double height = bottom + Side + (caption.Count > 0 ? 10 + caption.Count * CaptionLine : 0);

        var body = new SvgWriter(theme);
        body.Raw("<rect").Attribute("width", width).Attribute("height", height).Colour("fill", Palette.Background).Raw("/>\n");
        if (Title.Length > 0)
        {
            double size = Markup.Fitting(Title, PageTitleSize, 0.85 * width);   // bold letters are wider than the estimate
            body.Raw("<g font-weight=\"bold\" text-anchor=\"middle\"").Attribute("font-size", size).Colour("fill", Palette.Black).Raw('>');
            body.Text(width / 2, Side + 19, Title, size).Raw("</g>\n");
        }

        PaintCharts(body, top);
        for (int i = 0; i < caption.Count; i++)
        {
            body.Raw("<text").Attribute("x", 16).Attribute("y", bottom + 10 + (i + 0.75) * CaptionLine).Attribute("font-size", CaptionSize).Colour("fill", Palette.Black).Raw('>');
            body.Runs(caption[i], CaptionSize).Raw("</text>\n");
        }

        var head = new SvgWriter(theme);
        head.Raw("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"thalweg\" role=\"img\" xml:space=\"preserve\"").Attribute("width", width).Attribute("height", height);
        head.Raw(" viewBox=\"0 0 ").Number(width).Raw(' ').Number(height).Raw('"').Attribute("font-family", Font).Raw(">\n");
        head.Raw("<title>").Escaped(Markup.Plain(SpokenTitle())).Raw("</title>\n<desc>").Escaped(Description ?? Spoken()).Raw("</desc>\n");
        if (metadata is not null)
        {
            head.Raw("<metadata data-format=\"thalweg\">").Escaped(metadata.ToJson()).Raw("</metadata>\n");
        }

        WriteTheme(head, body);
        return head.Raw(body.ToString()).Raw("</svg>\n").ToString();
    }

    private void PaintCharts(SvgWriter body, double top)
    {
        bool lettered = Letters ?? charts.Length > 1;
        var panels = new Panel?[charts.Length];
        var lefts = new double[Columns];
        var byRow = new Margins[Rows];
        for (int k = 0; k < charts.Length; k++)
        {
            if (charts[k] is { } chart)
            {
                var panel = panels[k] = new(chart, ChartWidth, ChartHeight, lettered);
                byRow[k / Columns] = byRow[k / Columns].Max(panel.Needs);
                lefts[k % Columns] = Math.Max(lefts[k % Columns], panel.Needs.Left);
            }
        }

        for (int k = 0; k < charts.Length; k++)
        {
            int i = k / Columns, j = k % Columns;
            double x = Side + j * (ChartWidth + Gap), y = top + i * (ChartHeight + Gap);
            if (panels[k] is { } panel)
            {
                // Plots share their left edge down a column and their top and bottom along a row.
                var margins = panel.Needs with { Left = lefts[j], Top = byRow[i].Top, Bottom = byRow[i].Bottom };
                panel.Paint(body, new(x, y, x + ChartWidth, y + ChartHeight), margins, lettered ? Letter(k) : string.Empty);
            }
        }
    }

    private static double Size(double value, string name) =>
        value is >= 100 and <= 5000 ? value : throw new ArgumentOutOfRangeException(name, value, "a chart is 100 to 5000 pixels wide and high");

    // a to z, then aa, ab and so on.
    private static string Letter(int k) => k < 26 ? ((char)('a' + k)).ToString() : Letter(k / 26 - 1) + (char)('a' + k % 26);

    private static void WriteTheme(SvgWriter head, SvgWriter body)
    {
        if (body.Inks.Count == 0 && body.Opacities.Count == 0)
        {
            return;
        }

        head.Raw("<style>.thalweg{");
        foreach (var ink in body.Inks)
        {
            head.Raw(SvgWriter.Variable(ink)).Raw(':').Raw(ink.Light).Raw(';');
        }

        foreach (double opacity in body.Opacities)
        {
            head.Raw(SvgWriter.Variable(opacity)).Raw(':').Number(opacity).Raw(';');
        }

        head.Raw("}@media(prefers-color-scheme:dark){.thalweg{");
        foreach (var ink in body.Inks)
        {
            head.Raw(SvgWriter.Variable(ink)).Raw(':').Raw(ink.Dark).Raw(';');
        }

        foreach (double opacity in body.Opacities)
        {
            head.Raw(SvgWriter.Variable(opacity)).Raw(':').Number(SvgWriter.OnDark(opacity)).Raw(';');
        }

        head.Raw("}}</style>\n");
    }

    private string SpokenTitle()
    {
        if (Title.Length > 0)
        {
            return Title;
        }

        foreach (var chart in charts)
        {
            if (chart is { Title.Length: > 0 })
            {
                return chart.Title;
            }
        }

        return "Chart";
    }

    private string Spoken()
    {
        var words = new StringBuilder();
        foreach (var chart in charts)
        {
            if (chart is null)
            {
                continue;
            }

            var (x, y) = (Markup.Plain(chart.X.Label), Markup.Plain(chart.Y.Label));
            words.Append(words.Length > 0 ? " " : string.Empty).Append(chart.Title.Length > 0 ? Markup.Plain(chart.Title) + ": " : string.Empty);
            words.Append(CultureInfo.InvariantCulture, $"{(y.Length > 0 ? y : "y")} against {(x.Length > 0 ? x : "x")}");
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var layer in chart.Layers)
            {
                if (!string.IsNullOrEmpty(layer.Label) && seen.Add(layer.Label))
                {
                    words.Append(seen.Count == 1 ? "; shown: " : ", ").Append(Markup.Plain(layer.Label));
                }
            }

            words.Append('.');
        }

        return words.ToString();
    }
}
