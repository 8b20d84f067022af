// Pictures that use everything the drawing can do: what the tests parse, and what a person looks at after ./Thalweg.Tests -class Thalweg.Tests.Drawing.SampleTests.
using System;
using Thalweg.Figures.Drawing;

namespace Thalweg.Tests.Drawing;

internal static class Samples
{
    public static double[] Grid(double first, double last, int count, Func<double, double>? map = null)
    {
        var grid = new double[count];
        for (int i = 0; i < count; i++)
        {
            double x = first + (last - first) * i / (count - 1);
            grid[i] = map is null ? x : map(x);
        }

        return grid;
    }

    public static double[] Of(double[] xs, Func<double, double> f) => Array.ConvertAll(xs, x => f(x));

    public static Chart PhaseDiagram()
    {
        double[] xs = Grid(0.05, 4, 400);
        double[] flow = Of(xs, x => 1.2 + 0.8 * Math.Sqrt(x)), trivial = Of(xs, x => 1.9 + 1.3 * Math.Sqrt(x)), amp = Of(xs, x => 0.95 + 0.05 * Math.Sin(3 * x));
        double[] at = [0.5, 1, 1.5, 2, 3];
        return new Chart("Where gradient flow ends")
        {
            X = Axis.Linear("Δ_p", 0, 4),
            Y = Axis.Linear("1/Δ_2", 0.5, 5),
        }
            .Fill(xs, Of(xs, _ => double.NegativeInfinity), amp, Palette.Grey, 0.25, "impossible")
            .Fill(xs, amp, flow, Palette.Red, 0.18, "trapped")
            .Fill(xs, flow, trivial, Palette.Orange, 0.22, "surfing")
            .Fill(xs, trivial, Of(xs, _ => double.PositiveInfinity), Palette.Green, 0.18, "easy")
            .Line(xs, flow, new(Palette.Blue, Width: 2), "1/Δ_2^GF")
            .Line(xs, trivial, new(Palette.Black, Dash.Dashed), "1/Δ_2^triv")
            .Line(xs, amp, new(Palette.Purple, Dash.DashDot), "1/Δ_2^AMP")
            .Markers(at, Of(at, x => 1.2 + 0.8 * Math.Sqrt(x)), Marker.Cross, Palette.Red, "dynamics");
    }

    public static Chart Escape()
    {
        double[] ts = Grid(-2, 5, 400, x => Math.Pow(10, x));
        var chart = new Chart("Escape from the threshold")
        {
            X = Axis.Log("time *t*", 1e-2, 1e5),
            Y = Axis.Linear("overlap *m*(*t*)", 0, 1) with { Grid = true },
        };
        for (int k = 0; k < 6; k++)
        {
            double m0 = Math.Pow(10, -2 - 2 * k), rate = 0.5;
            bool[] exists = Array.ConvertAll(ts, t => k != 3 || t is < 30 or > 60);
            chart.Line(ts, Of(ts, t => 0.85 / (1 + Math.Exp(-rate * t) / m0)), new(Palette.Cycle(k), (Dash)(k % 4)), $"*m*_0 = 10^{{-{2 + 2 * k}}}", exists);
        }

        return chart.HorizontalLine(0.85).Text(0.02, 0.85, "fixed point", Place.Above);
    }

    public static Chart Spectrum()
    {
        double[] xs = Grid(-2, 2, 200), edges = Grid(-2.1, 2.1, 43), heights = new double[42];
        for (int i = 0; i < heights.Length; i++)
        {
            double x = (edges[i] + edges[i + 1]) / 2;
            heights[i] = Math.Sqrt(Math.Max(0, 4 - x * x)) / (2 * Math.PI) * (1 + 0.07 * Math.Sin(17 * x));
        }

        return new Chart("Hessian at the threshold")
        {
            X = Axis.Linear("eigenvalue *λ*", -3.2, 2.5),
            Y = Axis.Linear("density *ρ*(*λ*)", 0, 0.4),
        }
            .Histogram(edges, heights, Palette.Sky, 0.5, "measured, *N* = 2000")
            .Line(xs, Of(xs, x => Math.Sqrt(4 - x * x) / (2 * Math.PI)), new(Palette.Blue, Width: 1.8), "semicircle")
            .VerticalLine(0, new(Palette.Grey, Dash.Dotted, 1.2))
            .Arrow(-2.5, 0.12, -2.5, 0, new(Palette.Red, Width: 1.6))
            .Text(-2.5, 0.12, "outlier", Place.Above, Palette.Red);
    }

    public static Chart Complexity()
    {
        double[] xs = Grid(-1.75, -1.55, 300);
        var chart = new Chart("Complexity")
        {
            X = Axis.Auto("energy density *ε*"),
            Y = Axis.Linear("complexity Σ(*ε*)", -2.2e-3, 2.2e-3),
        };
        for (int k = 0; k < 3; k++)
        {
            chart.Line(xs, Of(xs, x => 2e-3 * Math.Sin(20 * (x + 1.65 + 0.02 * k))), new(Palette.Cycle(k), (Dash)k), $"1/Δ_2 = {1.5 + 0.4 * k:0.0}");
        }

        return chart.HorizontalLine(0, new(Palette.Black, Width: 0.8)).VerticalLine(-1.64, null, "ε_th");
    }

    public static Chart Field(bool log = false)
    {
        const int n = 60;
        double[] edges = log ? Grid(-2, 3, n + 1, x => Math.Pow(10, x)) : Grid(0, 10, n + 1);
        var values = new double[n, n];
        var exists = new bool[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                values[i, j] = Math.Exp(-Math.Abs(i - j) / 15.0);
                exists[i, j] = j <= i;
            }
        }

        return new Chart("Correlation")
        {
            X = log ? Axis.Log("*t*′", 0.01, 1000) : Axis.Linear("*t*′", 0, 10),
            Y = log ? Axis.Log("*t*", 0.01, 1000) : Axis.Linear("*t*", 0, 10),
        }.HeatMap(edges, edges, values, log ? Axis.AutoLog("*C*(*t*,*t*′)") : Axis.Linear("*C*(*t*,*t*′)", 0, 1), log ? ColourMap.Cividis : null, exists);
    }

    public static Chart Measured()
    {
        double[] ns = [50, 100, 200, 400, 800, 1600], means = Of(ns, n => 3 / Math.Sqrt(n)), errors = Of(means, m => 0.2 * m);
        double[] line = Grid(40, 2000, 50), theory = Of(line, n => 3 / Math.Sqrt(n));
        return new Chart("Finite size")
        {
            X = Axis.AutoLog("dimension *N*"),
            Y = Axis.AutoLog("deviation"),
        }
            .Band(line, theory, Of(theory, y => 0.1 * y), Palette.Blue, 0.2, "theory")
            .Line(line, theory, Palette.Blue, "theory")
            .ErrorBars(ns, means, errors, Palette.Red, "simulation")
            .Markers(ns, means, Marker.Circle with { Hollow = true }, Palette.Red, "simulation")
            .Markers(ns, Of(means, m => 1.6 * m), Marker.Square, Palette.Green, "squares")
            .Markers(ns, Of(means, m => 2.2 * m), Marker.Diamond, Palette.Orange, "diamonds")
            .Markers(ns, Of(means, m => 3.0 * m), Marker.Triangle, Palette.Purple, "triangles")
            .Markers(ns, Of(means, m => 4.2 * m), Marker.Plus, Palette.Black, "pluses");
    }

    // Long words, many entries, extreme ranges, legends outside: what a layout must survive.
    public static Page Crowded()
    {
        double[] xs = Grid(0, 10, 300);
        var many = new Chart("A title that is far longer than the panel it belongs to, and goes on")
        {
            X = Axis.Linear("a label of the horizontal axis that is longer than the axis itself", 0, 10),
            Y = Axis.Linear("a vertical label longer than the height of the plot", -1e-7, 1.2e-6),
        };
        for (int k = 0; k < 12; k++)
        {
            many.Line(xs, Of(xs, x => 1e-6 * Math.Sin((1 + k) * x)), new(Palette.Cycle(k), (Dash)(k % 4)), $"curve number {k}");
        }

        var right = new Chart("reversed axis") { X = Axis.Linear("*x*", 10, 0) with { Grid = true }, Y = Axis.Log("loss", 1e-12, 1) with { Grid = true }, Legend = LegendPlace.Right }
            .Line(xs, Of(xs, x => Math.Exp(-3 * x)), Palette.Blue, "exp").Line(xs, Of(xs, x => 1 / (1 + Math.Pow(x, 4))), Palette.Red, "power")
            .VerticalSpan(2, 4, Palette.Grey, 0.2, "window").Text(10, 1, "corner", Place.Left).Text(0, 1e-12, "other corner", Place.Right).Text(5, 1e-6, "centre", Place.Centre);
        var narrow = new Chart { X = Axis.Linear("energy", -1.63300001, -1.63299999), Y = Axis.Linear("count", 0, 3e6) }
            .Steps(Grid(-1.63300001, -1.63299999, 21), Grid(1e5, 2.5e6, 20), Palette.Green, "steps");
        var heat = Field();
        heat.Legend = LegendPlace.Right;
        heat.Line([0, 10], [0, 10], new(Palette.Red, Dash.Dashed), "diagonal");
        var signed = new double[20, 30];
        for (int i = 0; i < 20; i++)
        {
            for (int j = 0; j < 30; j++)
            {
                signed[i, j] = 1e-4 * Math.Sin(i / 3.0) * Math.Cos(j / 4.0);
            }
        }

        var both = new Chart("signed") { X = Axis.Auto("*x*"), Y = Axis.Auto("*y*") }.HeatMap(Grid(0, 3, 31), Grid(0, 2, 21), signed, Axis.Linear("field", -1e-4, 1e-4), ColourMap.BlueRed);
        var bars = new Chart("intervals") { X = Axis.Linear("trial", 0, 6), Y = Axis.Linear("rate", 0, 1) }
            .Intervals([1, 2, 3, 4, 5], [0.1, 0.3, 0.2, 0.6, 0.85], [0.3, 0.5, 0.7, 0.8, 1.4], Palette.Black, "95 %").Markers([1, 2, 3, 4, 5], [0.2, 0.4, 0.5, 0.7, 0.97], Marker.Circle, Palette.Black, "95 %")
            .Arrow(0.5, 0.9, 1.8, 0.45, Palette.Red).Text(0.5, 0.9, "look here", Place.Above, Palette.Red);
        return new(2, 3, many, right, narrow, heat, both, bars) { ChartWidth = 330, ChartHeight = 290, Title = "A crowded page" };
    }

    public static Page Everything() => new(3, 2, PhaseDiagram(), Escape(), Spectrum(), Complexity(), Field(), Measured())
    {
        Title = "Gradient flow in the spiked matrix-tensor model, *p* = 3",
        Caption = "Every kind of mark on one page. The threshold Δ_2^GF separates runs that surf past the minima from those that stay at *ε*_th; crosses are measured from the two-time equations, "
            + "bands and bars are one standard error, and the arrow marks the eigenvalue that leaves the bulk.",
    };

    public static (string Name, Page Page)[] All() =>
    [
        ("everything", Everything()),
        ("crowded", Crowded()),
        ("phase", new(1, 1, PhaseDiagram())),
        ("escape", new(1, 1, Escape())),
        ("spectrum", new(1, 1, Spectrum())),
        ("complexity", new(1, 1, Complexity())),
        ("field-log", new(1, 1, Field(log: true))),
        ("measured", new(1, 1, Measured())),
        ("empty", new(1, 2, new Chart("nothing"), new Chart { X = Axis.AutoLog("<a & \"b\">"), Y = Axis.AutoLog("y") })),
    ];
}
