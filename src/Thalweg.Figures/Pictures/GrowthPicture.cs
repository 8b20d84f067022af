// The measured threshold: the square root of the growth rate against the strength of the signal, and the growth in time on both sides.
using System;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>sqrt(Λ) against k with eq. (5), and d ln m/dt against t for some k.</summary>
public static class GrowthPicture
{
    private const double Earliest = 1, Slowest = 1e-7, Widest = 2.2;

    /// <summary>The page of a run of the command "threshold".</summary>
    /// <param name="outcome">What the run returned.</param>
    /// <returns>Null when no threshold was found.</returns>
    public static Page? Of(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var measured = outcome.Result.Quantity("inv_delta2_gf_dynamics");
        return measured.Exists
            ? new Page(1, 2, Roots(outcome.Table("strengths"), measured, outcome.Result.Quantity("inv_delta2_gf")), Growth(outcome.Table("growth"), measured.Value)) { Description = "Growth of an infinitesimal overlap against the strength of the signal, and in time", ChartWidth = 460 }
            : null;
    }

    private static Chart Roots(Table table, Quantity measured, Quantity predicted)
    {
        double[] strengths = table["strength"].Values, limits = table["growth_limit"].Values, fitted = table["fitted"].Values;
        int[] growing = [.. Enumerable.Range(0, strengths.Length).Where(i => limits[i] > table["growth_limit_error"].Values[i] && strengths[i] < Widest * measured.Value)];
        int[] inside = [.. growing.Where(i => fitted[i] != 0)];
        double top = growing.Max(i => Math.Sqrt(limits[i]));
        return new Chart("Growth rate at late times") { X = Axis.Linear("strength of the signal, 1/Δ_2", 0.8 * measured.Value, Widest * measured.Value), Y = Axis.Linear("√Λ", -0.05 * top, 1.05 * top), Legend = LegendPlace.Right }
            .HorizontalLine(0, new Stroke(Palette.Grey, Dash.Solid, 0.8))
            .VerticalLine(predicted.Value, new Stroke(Palette.Grey, Dash.Dashed, 1.2), "eq. (5)")
            .Markers(At(growing, strengths), Root(growing), Marker.Circle with { Hollow = true }, Palette.Blue, "measured")
            .Markers(At(inside, strengths), Root(inside), Marker.Circle, Palette.Blue, "in the main window of the fit")
            .Markers([measured.Value], [0], Marker.Cross, Palette.Red, "extrapolated");

        double[] Root(int[] rows) => [.. rows.Select(i => Math.Sqrt(limits[i]))];
    }

    private static double[] At(int[] rows, double[] values) => [.. rows.Select(i => values[i])];

    private static Chart Growth(Table table, double critical)
    {
        double[] strengths = table["strength"].Values, times = table["t"].Values, rates = table["growth_rate"].Values;
        var chart = new Chart("Growth in time") { X = Axis.Log("time *t*", Earliest, Math.Max(times[^1], 2 * Earliest)), Y = Axis.Log("d ln *m* / d *t*", Slowest, 2 * rates.Max()), Legend = LegendPlace.Right };
        foreach (double strength in strengths.Distinct())
        {
            int[] shown = [.. Enumerable.Range(0, times.Length).Where(i => strengths[i] == strength && times[i] >= Earliest)];
            bool[] grows = [.. shown.Select(i => rates[i] > Slowest)];
            if (grows.Any(yes => yes))
            {
                chart.Line(At(shown, times), [.. shown.Select(i => Math.Max(Slowest, rates[i]))], new Stroke(strength > critical ? Palette.Green : Palette.Red, Dash.Solid, 1.4), FormattableString.Invariant($"{strength / critical:F2} of the threshold"), grows);
            }
        }

        return chart;
    }
}
