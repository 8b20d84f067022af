// The drawing as a figure recipe uses it: the example that a newcomer copies.
using System;
using Thalweg.Figures.Drawing;
using Xunit;

namespace Thalweg.Tests.Drawing;

public class ExampleTests
{
    private static string Draw(Theme theme)
    {
        double[] xs = Samples.Grid(0.05, 4, 200), ε = Samples.Grid(-2, 2, 200);
        double[] flow = Samples.Of(xs, x => 1 + Math.Sqrt(x)), open = Samples.Of(xs, _ => double.PositiveInfinity);
        bool[] known = Array.ConvertAll(xs, x => x < 3.5);

        var phase = new Chart("phase diagram") { X = Axis.Linear("Δ_p", 0, 4), Y = Axis.Log("1/Δ_2", 0.1, 10) };
        phase.Fill(xs, flow, open, Palette.Green, 0.2, "finds the signal");
        phase.Line(xs, flow, new Stroke(Palette.Blue, Dash.Dashed, 2), "1/Δ_2^GF", known);
        phase.Markers([0.5, 1, 2], [1.71, 2, 2.41], Marker.Cross, Palette.Red, "dynamics");
        phase.VerticalLine(1, label: "Δ_p = 1").Text(0.5, 0.3, "*impossible*");

        var spectrum = new Chart("spectrum") { X = Axis.Linear("*λ*", -3, 3), Y = Axis.Auto("*ρ*(*λ*)") with { Low = 0 }, Legend = LegendPlace.Below };
        spectrum.Line(ε, Samples.Of(ε, x => Math.Sqrt(4 - x * x) / (2 * Math.PI)), Palette.Blue, "bulk");
        spectrum.Arrow(-2.5, 0.1, -2.5, 0, Palette.Red, "outlier");

        var page = new Page(1, 2, phase, spectrum) { Title = "Where gradient flow goes", Caption = "Crosses are measured." };
        return page.ToSvg(theme, new() { { "command", "thalweg phase" }, { "version", "0.1.0" }, { "sha256", "…" }, { "table", "phase" } });
    }

    [Fact]
    public void The_example_draws_what_it_says()
    {
        string svg = Draw(Theme.Light);
        Assert.Equal("phase", PictureMetadata.FromSvg(svg)["table"]);
        var texts = SvgReader.Texts(svg);
        Assert.All(new[] { "finds the signal", "1/Δ2GF", "dynamics", "Δp = 1", "impossible", "bulk", "outlier", "(a)", "(b)" }, text => Assert.Contains(text, texts));
        Assert.NotEqual(svg, Draw(Theme.Dark));
    }
}
