// The eigenvalues behind a certificate: which lead down, which are zero, which hold.
using System;
using System.Linq;
using Thalweg.Figures.Drawing;
using Thalweg.Results;

namespace Thalweg.Figures.Pictures;

/// <summary>Eigenvalues of the Hessian in ascending order: all of them, or the lowest where Lanczos' method counted.</summary>
public static class CertificatePicture
{
    private const double Margin = 0.08;

    /// <summary>The page of a run of the command "certify"; null where no eigenvalue is known.</summary>
    /// <param name="outcome">What it returned.</param>
    public static Page? Of(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        double[] values = outcome.Table("eigenvalues")["lambda"].Values;
        if (values.Length == 0)
        {
            return null;
        }

        var result = outcome.Result;
        int negative = Count(result, "index"), zero = Count(result, "nullity");
        string kind = ((Datum.Text)result["kind"]).Value.Replace('_', ' ');
        bool isWhole = ((Datum.Flag)result["is_dense"]).Value;
        double low = Math.Min(0, values[0]), high = Math.Max(0, values[^1]), room = Margin * Math.Max(high - low, 1e-9);
        var chart = new Chart(kind) { X = Axis.Linear(isWhole ? "eigenvalue, by number" : "eigenvalue, by number, the lowest ones", -0.5 - 0.02 * values.Length, 1.02 * values.Length - 0.5), Y = Axis.Linear("eigenvalue of the Hessian", low - room, high + room), Legend = LegendPlace.Below }
            .HorizontalLine(0, new Stroke(Palette.Black, Dash.Dashed, 1));
        foreach (var (first, count, colour, label) in new[] { (0, negative, Palette.Red, "negative"), (negative, zero, Palette.Black, "zero"), (negative + zero, values.Length, Palette.Blue, "positive") })
        {
            int[] numbers = [.. Enumerable.Range(first, Math.Max(0, Math.Min(count, values.Length - first)))];
            if (numbers.Length > 0)
            {
                chart.Markers([.. numbers.Select(k => (double)k)], [.. numbers.Select(k => values[k])], Marker.Circle, colour, label);
            }
        }

        return new Page(1, 1, chart) { Description = "Eigenvalues of the Hessian at a point", ChartWidth = 560 };
    }

    // What was too much to count reaches to the end of what is shown.
    private static int Count(Record result, string key) => result[key] is Datum.Plain plain ? (int)plain.Value : int.MaxValue / 4;
}
