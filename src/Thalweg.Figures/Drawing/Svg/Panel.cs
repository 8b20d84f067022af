// The layout of one chart: margins from the sizes of its labels, then frame, ticks, layers, legend and colour scale.
using System;
using System.Linq;
using Thalweg.Figures.Drawing.Layers;

namespace Thalweg.Figures.Drawing.Svg;

/// <summary>The space around a plot area, in pixels.</summary>
internal readonly record struct Margins(double Left, double Top, double Right, double Bottom)
{
    public Margins Max(Margins other) => new(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
}

/// <summary>A chart with resolved ranges, in a cell of a page.</summary>
internal sealed class Panel
{
    public const double TickSize = 11, LabelSize = 12.5, TitleSize = 13;

    private const double TickLength = 4.5, MinorLength = 2.5, BarWidth = 12, BarGap = 12, LegendGap = 12;

    private readonly Chart chart;
    private readonly Legend legend;
    private readonly HeatMapLayer? heat;
    private readonly (double Low, double High) x, y, z;
    private readonly double legendBelow, legendRight, barRight;
    private LegendPlace place;

    public Panel(Chart chart, double width, double height, bool lettered)
    {
        this.chart = chart;
        legend = new(chart.Layers);
        var (boundsX, boundsY) = (new Bounds(chart.X.IsLog), new Bounds(chart.Y.IsLog));
        foreach (var layer in chart.Layers)
        {
            layer.Extend(boundsX, boundsY);
            heat ??= layer as HeatMapLayer;
        }

        x = chart.X.Range(boundsX.Least, boundsX.Greatest, boundsX.Room);
        y = chart.Y.Range(boundsY.Least, boundsY.Greatest, boundsY.Room);
        z = heat?.Range() ?? default;
        place = legend.Count == 0 ? LegendPlace.None : chart.Legend;

        // The number of ticks depends on the plot area, which depends on their labels: begin with a usual margin.
        var xTicks = TicksOf(chart.X, x, width - 70, vertical: false);
        var yTicks = TicksOf(chart.Y, y, height - 60, vertical: true);
        double head = chart.Title.Length > 0 || lettered ? 26 : 10;
        double left = 8 + TickLength + 4 + Widest(yTicks) + (chart.Y.Label.Length > 0 ? 21 : 0);
        double bottom = TickLength + 17 + (chart.X.Label.Length > 0 || xTicks.Exponent != 0 ? 21 : 0) + 6;
        double right = 10 + (xTicks.Major.Count > 0 ? Markup.Width(xTicks.Major[^1].Label, TickSize) / 2 : 0);
        double top = head + (yTicks.Exponent != 0 ? 14 : 0);
        if (heat is not null)
        {
            var zTicks = TicksOf(heat.Axis, z, height - 60, vertical: true);
            barRight = BarGap + BarWidth + TickLength + 3 + Widest(zTicks) + (heat.Axis.Label.Length > 0 ? 21 : 4);
            right = Math.Max(right, barRight + 4);
            top = Math.Max(top, head + (zTicks.Exponent != 0 ? 14 : 0));
        }

        Needs = new(left, top, right, bottom);
        place = Placed(place, width, height);
        if (place == LegendPlace.Below)
        {
            legendBelow = legend.Flow(width - left - right).Height + 6;
        }
        else if (place == LegendPlace.Right)
        {
            legendRight = legend.Column().Width + LegendGap - 4;
        }

        Needs = Needs with { Bottom = bottom + legendBelow, Right = Math.Max(right, (heat is null ? 0 : barRight) + legendRight) };
    }

    /// <summary>The margins that its labels need.</summary>
    public Margins Needs { get; }

    /// <summary>Draws the chart with margins at least as wide as it needs.</summary>
    public void Paint(SvgWriter writer, Box cell, Margins margins, string letter)
    {
        var area = Area(cell, margins);
        var canvas = new Canvas(writer, ScaleX(area), ScaleY(area), area);
        var xTicks = TicksOf(chart.X, x, area.Width, vertical: false);
        var yTicks = TicksOf(chart.Y, y, area.Height, vertical: true);
        writer.Raw("<g>\n");
        var frame = new Frame(canvas, TickSize, LabelSize);
        frame.Grid(chart.X.Grid ? xTicks : null, chart.Y.Grid ? yTicks : null);
        writer.Raw("<g stroke-linecap=\"round\" stroke-linejoin=\"round\">\n");
        foreach (var layer in chart.Layers)
        {
            layer.Paint(canvas);
            writer.Raw('\n');
        }

        writer.Raw("</g>\n");
        frame.Outline(xTicks, yTicks, TickLength, MinorLength);
        frame.LabelsX(xTicks, chart.X.Label, TickLength);
        frame.LabelsY(yTicks, chart.Y.Label, TickLength, area.Left - margins.Left + 8 + 0.8 * LabelSize);
        if (heat is not null)
        {
            var bar = new Box(area.Right + BarGap, area.Top, area.Right + BarGap + BarWidth, area.Bottom);
            frame.ColourBar(bar, heat, TicksOf(heat.Axis, z, area.Height, vertical: true), z, area.Right + barRight - 4);
        }

        Heading(writer, area.Left, cell.Right, area.Top - margins.Top + 17, letter);
        PaintLegend(canvas);
        writer.Raw("</g>\n");
    }

    private void PaintLegend(Canvas canvas)
    {
        var area = canvas.Area;
        switch (place)
        {
            case LegendPlace.Below:
                double below = area.Bottom + Needs.Bottom - legendBelow;
                legend.PaintFlow(canvas.Writer, area.Left, area.Right, below);
                break;
            case LegendPlace.Right:
                legend.PaintColumn(canvas.Writer, area.Right + (heat is null ? LegendGap - 4 : barRight + 2), area.Top - 4, background: false);
                break;
            case LegendPlace.Inside or LegendPlace.Auto:
                var (width, height) = legend.Column();
                var box = canvas.Emptiest(width, height).Box;
                legend.PaintColumn(canvas.Writer, box.Left, box.Top, background: true);
                break;
        }
    }

    private void Heading(SvgWriter writer, double at, double right, double baseline, string letter)
    {
        if (letter.Length == 0 && chart.Title.Length == 0)
        {
            return;
        }

        writer.Raw("<g").Attribute("font-size", TitleSize).Colour("fill", Palette.Black).Raw('>');
        if (letter.Length > 0)
        {
            string words = "(" + letter + ")";
            writer.Text(at, baseline, words, TitleSize, " font-weight=\"bold\"");
            at += Markup.Width(words, TitleSize) + 8;
        }

        if (chart.Title.Length > 0)
        {
            double size = Markup.Fitting(chart.Title, TitleSize, right - at);
            writer.Text(at, baseline, chart.Title, size, size < TitleSize ? Frame.Size(size) : string.Empty);
        }

        writer.Raw("</g>\n");
    }

    // Where an automatic legend goes: inside when it covers next to nothing, else below when short, else at the right.
    private LegendPlace Placed(LegendPlace wish, double width, double height)
    {
        if (wish != LegendPlace.Auto)
        {
            return wish;
        }

        var (w, h) = legend.Column();
        var area = Area(new(0, 0, width, height), Needs);
        if (w < 0.75 * area.Width && h < 0.75 * area.Height)
        {
            var canvas = new Canvas(new(Theme.Light) { Muted = true }, ScaleX(area), ScaleY(area), area);
            foreach (var layer in chart.Layers)
            {
                layer.Paint(canvas);
            }

            if (canvas.Emptiest(w, h).Covered <= 4)
            {
                return LegendPlace.Inside;
            }
        }

        bool tall = legend.Flow(area.Width).Height > 0.2 * height, fits = w < 0.45 * width && h < height - 30;
        return tall && fits ? LegendPlace.Right : LegendPlace.Below;
    }

    private Scale ScaleX(Box area) => new(chart.X.IsLog, x.Low, x.High, area.Left, area.Right);

    private Scale ScaleY(Box area) => new(chart.Y.IsLog, y.Low, y.High, area.Bottom, area.Top);

    private static Box Area(Box cell, Margins margins)
    {
        double left = cell.Left + margins.Left, top = cell.Top + margins.Top;
        return new(left, top, Math.Max(left + 40, cell.Right - margins.Right), Math.Max(top + 40, cell.Bottom - margins.Bottom));
    }

    private static TickSet TicksOf(Axis axis, (double Low, double High) range, double length, bool vertical)
    {
        double low = Math.Min(range.Low, range.High), high = Math.Max(range.Low, range.High);
        if (axis.Ticks is { } given)
        {
            return new([.. given], [], 0);
        }

        int wanted = Math.Clamp((int)(length / (vertical ? 40 : axis.IsLog ? 46 : 60)), 3, 8);
        while (true)
        {
            var ticks = axis.IsLog ? Ticks.Log(low, high, wanted) : Ticks.Linear(low, high, wanted);
            int every = vertical ? 1 : (int)Math.Ceiling(ticks.Major.Count * (Widest(ticks) + 10) / length);
            if (every <= 1)
            {
                return ticks;
            }

            if (wanted <= 3)
            {
                return ticks with { Major = [.. ticks.Major.Select((tick, i) => i % every == 0 ? tick : tick with { Label = string.Empty })] };
            }

            wanted--;
        }
    }

    private static double Widest(TickSet ticks)
    {
        double widest = 0;
        foreach (var tick in ticks.Major)
        {
            widest = Math.Max(widest, Markup.Width(tick.Label, TickSize));
        }

        return widest;
    }
}
