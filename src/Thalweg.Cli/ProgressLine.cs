// One line on a terminal that says how far a run is and when it will be done.
using System;
using System.Diagnostics;
using System.IO;
using Thalweg.Runs;

namespace Thalweg.Cli;

/// <summary>Elapsed time and time to go, redrawn at most ten times a second and wiped at the end.</summary>
internal sealed class ProgressLine(TextWriter writer) : IProgress<Progress>, IDisposable
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly System.Threading.Lock gate = new();
    private double first = 1;
    private long shown = -1000;
    private int width;
    private bool ended;

    public void Report(Progress value)
    {
        lock (gate)
        {
            // A run that is resumed does not begin at nothing.
            first = Math.Min(first, value.Share);

            // A run of less than half a second leaves no trace.
            if (ended || watch.ElapsedMilliseconds < 500 || watch.ElapsedMilliseconds - shown < 100)
            {
                return;
            }

            shown = watch.ElapsedMilliseconds;
            double elapsed = watch.Elapsed.TotalSeconds, done = value.Share - first;
            string remaining = done > 0.01 ? $", {Span(elapsed * (1 - value.Share) / done)} to go" : string.Empty;
            string line = $"{value.Stage}: {100 * value.Share:F0} %, {Span(elapsed)}{remaining}";
            writer.Write("\r" + line.PadRight(width));
            width = line.Length;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (!ended && width > 0)
            {
                writer.Write("\r" + new string(' ', width) + "\r");
            }

            ended = true;
        }
    }

    private static string Span(double seconds) => seconds < 60 ? $"{seconds:F0} s" : seconds < 3600 ? $"{seconds / 60:F0} min" : $"{seconds / 3600:F1} h";
}
