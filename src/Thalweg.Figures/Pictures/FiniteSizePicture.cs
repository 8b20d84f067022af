// Drawn instances over the theory: gradient flow beside the two-time curves, message passing beside state evolution.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>Means with their standard errors, single trials faint behind them, the curve of infinite N.</summary>
public static class FiniteSizePicture
{
    // Room leaves a third of the height above a spectrum to its legend.
    private const double Margin = 0.06, Faint = 0.6, Room = 1.35;
    private const int MostTrials = 24, MostWaits = 6, Bars = 24, Bins = 80;

    /// <summary>The page of a run of the command "simulate".</summary>
    /// <param name="outcome">What the run returned.</param>
    /// <param name="title">The heading.</param>
    public static Page Flow(Outcome outcome, string title)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Table table = outcome.Table("times"), trials = outcome.Table("trials");
        bool planted = table.Columns.Any(column => column.Name == "m");
        var charts = new List<Chart?> { Time(table, trials, "energy", "Energy", "energy ε"), Time(table, trials, "mu", "Spherical multiplier", "μ") };
        if (planted)
        {
            charts.Add(Time(table, trials, "m", "Overlap with the signal", "overlap *m*"));
        }

        if (outcome.Tables.FirstOrDefault(item => item.Name == "correlation") is { } correlation)
        {
            charts.Add(Lags(correlation, "c", "Correlation with earlier times", "*C*(*t*, *t*_w)"));
            charts.AddRange(correlation.Columns.Any(column => column.Name == "chi") ? [Lags(correlation, "chi", "Integrated response", "χ(*t*, *t*_w)")] : []);
        }

        charts.AddRange(charts.Count % 2 == 1 ? [null] : []);

        return new Page(charts.Count / 2, 2, [.. charts]) { Title = title, Description = "Gradient flow of drawn instances against time, beside the two-time curves of infinite N", ChartWidth = 460 };
    }

    /// <summary>The energy of a run of the command "simulate".</summary>
    /// <param name="outcome">What the run returned.</param>
    /// <param name="title">The title.</param>
    public static Chart Energy(Outcome outcome, string title)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return Time(outcome.Table("times"), outcome.Table("trials"), "energy", title, "energy ε");
    }

    /// <summary>The page of a run of the command "amp".</summary>
    /// <param name="outcome">What the run returned.</param>
    /// <param name="title">The heading.</param>
    public static Page MessagePassing(Outcome outcome, string title)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Chart?[] charts = Iterations(outcome);
        return charts[1] is null
            ? new Page(1, 1, charts[0]) { Title = title, Description = "Overlap of message passing against the iteration" }
            : new Page(1, 2, charts) { Title = title, Description = "Overlap of message passing against the iteration, beside state evolution", ChartWidth = 460 };
    }

    /// <summary>The two charts of a run of the command "amp": the overlap, and its distance from state evolution, or null where there is nothing to compare with.</summary>
    /// <param name="outcome">What the run returned.</param>
    public static Chart?[] Iterations(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Table table = outcome.Table("iterations"), trials = outcome.Table("trials");
        double[] k = table["k"].Values;
        var overlap = With(table, trials, "k", "m", new Chart("Overlap with the signal") { X = Axis.Linear("iteration *k*", 0, k[^1]), Y = Axis.Linear("overlap *m*", Low(table, trials, "m"), High(table, trials, "m")), Legend = LegendPlace.Inside }, "m_state_evolution", "state evolution");
        Column mean = table["m"], theory = table["m_state_evolution"];
        int[] both = [.. Enumerable.Range(0, k.Length).Where(i => i > 0 && mean.Has(i) && theory.Has(i) && table["m_se"].Values[i] > 0)];
        if (both.Length == 0)
        {
            return [overlap, null];
        }

        double[] deviations = [.. both.Select(i => (mean.Values[i] - theory.Values[i]) / table["m_se"].Values[i])];
        double widest = Math.Max(4, 1.1 * deviations.Max(Math.Abs));
        var distance = new Chart("Distance from state evolution") { X = Axis.Linear("iteration *k*", 0, k[^1]), Y = Axis.Linear("standard errors", -widest, widest), Legend = LegendPlace.None }
            .HorizontalSpan(-3, 3, Palette.Grey)
            .HorizontalLine(0, new Stroke(Palette.Grey, Dash.Solid, 0.8))
            .Markers([.. both.Select(i => k[i])], deviations, Marker.Circle, Palette.Blue);
        return [overlap, distance];
    }

    /// <summary>The measured spectra of a run of the command "hessian": all eigenvalues, each moved by its own μ to the mean one, with the theory's spectrum there.</summary>
    /// <param name="outcome">What the run returned.</param>
    /// <param name="title">The title; null for the size.</param>
    public static Chart Spectrum(Outcome outcome, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Record measured = outcome.Result.Nested("measured");
        Table table = outcome.Table("measured"), law = outcome.Table("spectrum");
        double centre = measured.Quantity("mu").Value, half = 0.5 * (law["eigenvalue"].Values[^1] - law["eigenvalue"].Values[0]), middle = 0.5 * (law["eigenvalue"].Values[^1] + law["eigenvalue"].Values[0]);
        double[] moved = [.. table["eigenvalue"].Values.Zip(table["mu"].Values, (value, mu) => value - mu + centre)];
        double low = Math.Min(moved.Min(), centre - half) - 0.05 * half, high = Math.Max(moved.Max(), centre + half) + 0.05 * half, width = (high - low) / Bins;
        double[] edges = [.. Enumerable.Range(0, Bins + 1).Select(i => low + i * width)], heights = new double[Bins];
        foreach (double value in moved)
        {
            heights[Math.Clamp((int)((value - low) / width), 0, Bins - 1)] += 1 / (width * moved.Length);
        }

        double[] eigenvalues = [.. law["eigenvalue"].Values.Select(value => value - middle + centre)];
        var chart = new Chart(title ?? FormattableString.Invariant($"Measured at N = {((Datum.Plain)measured["n"]).Value}, {((Datum.Plain)measured["trials"]).Value} instances")) { X = Axis.Linear("eigenvalue λ", low, high), Y = Axis.Linear("density ρ(λ)", 0, Room * Math.Max(heights.Max(), law["density"].Values.Max())), Legend = LegendPlace.Inside }
            .Histogram(edges, heights, Palette.Sky, label: "measured")
            .Line(eigenvalues, law["density"].Values, new Stroke(Palette.Blue, Dash.Solid, 1.8), "theory at the measured μ");
        Quantity outlier = measured.Quantity("outlier_predicted");
        return outlier.Exists ? chart.Arrow(outlier.Value, 0.3 * heights.Max(), outlier.Value, 0, new Stroke(Palette.Red, Dash.Solid, 1.6)).VerticalLine(0) : chart.VerticalLine(0);
    }

    // One curve a waiting time against t - t_w, with the curve of infinite N in the same ink.
    private static Chart Lags(Table table, string name, string title, string label)
    {
        double[] wait = table["t_w"].Values, t = table["t"].Values, mean = table[name].Values, theory = table[name + "_two_time"].Values, waits = [.. wait.Distinct()];
        int[] shown = [.. Enumerable.Range(0, t.Length).Where(i => t[i] > wait[i] && (table[name].Has(i) || table[name + "_two_time"].Has(i)))];
        if (shown.Length == 0)
        {
            return new Chart(title) { X = Axis.Log("time *t* − *t*_w", 0.1, 1), Y = Axis.Linear(label, 0, 1), Legend = LegendPlace.None };
        }

        double[] values = [.. shown.Where(table[name].Has).Select(i => mean[i]), .. shown.Where(table[name + "_two_time"].Has).Select(i => theory[i])];
        double span = Math.Max(values.Max() - values.Min(), 1e-9), low = shown.Min(i => t[i] - wait[i]), high = shown.Max(i => t[i] - wait[i]);
        var chart = new Chart(title) { X = Axis.Log("time *t* − *t*_w", low < high ? low : 0.5 * high, high), Y = Axis.Linear(label, values.Min() - Margin * span, values.Max() + Margin * span), Legend = LegendPlace.Inside };
        for (int w = 0; w < Math.Min(waits.Length, MostWaits); w++)
        {
            var ink = Palette.Cycle(w);
            int[] rows = [.. shown.Where(i => wait[i] == waits[w])], curve = [.. rows.Where(table[name + "_two_time"].Has)], drawn = [.. rows.Where(table[name].Has)];
            int stride = Math.Max(1, drawn.Length / Bars);
            drawn = [.. drawn.Where((_, place) => place % stride == 0)];
            double[] lags = [.. drawn.Select(i => t[i] - wait[i])], means = [.. drawn.Select(i => mean[i])];
            chart = (curve.Length == 0 ? chart : chart.Line([.. curve.Select(i => t[i] - wait[i])], [.. curve.Select(i => theory[i])], new Stroke(ink, Dash.Solid, 1.4)))
                .ErrorBars(lags, means, [.. drawn.Select(i => table[name + "_se"].Values[i])], ink)
                .Markers(lags, means, Marker.Circle, ink, FormattableString.Invariant($"*t*_w = {waits[w]:G4}"));
        }

        return chart;
    }

    private static Chart Time(Table table, Table trials, string name, string title, string label)
    {
        double[] t = table["t"].Values;
        return With(table, trials, "t", name, new Chart(title) { X = Axis.Log("time *t*", t[1], t[^1]), Y = Axis.Linear(label, Low(table, trials, name), High(table, trials, name)), Legend = LegendPlace.Inside }, name + "_two_time", "infinite *N*");
    }

    private static Chart With(Table table, Table trials, string along, string name, Chart chart, string theory, string theoryLabel)
    {
        // Time is logarithmic and begins with the first row after the start; iterations begin at 0.
        double earliest = along == "t" ? table[along].Values[1] : 0;
        double[] x = table[along].Values, number = trials["trial"].Values, own = trials[along].Values;
        foreach (double trial in number.Distinct().Take(MostTrials))
        {
            int[] rows = [.. Enumerable.Range(0, number.Length).Where(i => number[i] == trial && trials[name].Has(i) && own[i] >= earliest)];
            chart = chart.Line([.. rows.Select(i => own[i])], [.. rows.Select(i => trials[name].Values[i])], new Stroke(Palette.Sky, Dash.Solid, Faint));
        }

        int stride = Math.Max(1, x.Length / Bars);
        int[] shown = [.. Enumerable.Range(0, x.Length).Where(i => i % stride == 0 && table[name].Has(i) && x[i] >= earliest)], curve = [.. Enumerable.Range(0, x.Length).Where(i => table[theory].Has(i) && x[i] >= earliest)];
        double[] xs = [.. shown.Select(i => x[i])], means = [.. shown.Select(i => table[name].Values[i])];
        return (curve.Length == 0 ? chart : chart.Line([.. curve.Select(i => x[i])], [.. curve.Select(i => table[theory].Values[i])], new Stroke(Palette.Red, Dash.Solid, 1.6), theoryLabel))
            .ErrorBars(xs, means, [.. shown.Select(i => table[name + "_se"].Values[i])], Palette.Blue)
            .Markers(xs, means, Marker.Circle, Palette.Blue, "mean of the trials");
    }

    private static double Low(Table table, Table trials, string name) => Extreme(table, trials, name, -1);

    private static double High(Table table, Table trials, string name) => Extreme(table, trials, name, 1);

    private static double Extreme(Table table, Table trials, string name, int side)
    {
        double[] values = [.. new[] { table[name], trials[name] }.SelectMany(column => Enumerable.Range(0, column.Values.Length).Where(column.Has).Select(i => column.Values[i])).DefaultIfEmpty(0)];
        double span = Math.Max(values.Max() - values.Min(), 1e-9);
        return side > 0 ? values.Max() + Margin * span : values.Min() - Margin * span;
    }
}
