// Collects the worst error of one kind of number over many draws, and judges the error that the product reports with it.
using System;
using System.Collections.Generic;
using System.Globalization;
using Thalweg.Results;
using Thalweg.Tests.Oracles;
using Xunit;

namespace Thalweg.Tests.Precision;

/// <summary>Two claims about a number: its true error is at most a bound, and the reported error is honest (true ≤ reported ≤ the larger of 100 times true and 1e-12 times the scale).</summary>
internal sealed class Audit(string key, double claim)
{
    // A reported error may always be as large as this times the scale of the number: below it nobody is misled.
    private const double Generous = 1e-12, Factor = 100;

    private readonly List<string> failures = [];
    private double worst, worstReported;
    private string where = "nowhere";
    private int count;

    /// <summary>True when the large sizes are asked for; every audit then prints its figure.</summary>
    public static bool Full { get; } = Environment.GetEnvironmentVariable("THALWEG_FULL") == "1";

    /// <summary>A number of draws: the small one by default, the large one for the measured figures.</summary>
    public static int Draws(int small, int large) => Full ? large : small;

    /// <summary>One line that a script can read.</summary>
    public static void Figure(string name, double value)
    {
        if (Full)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FIGURE {name} {value:R}"));
        }
    }

    /// <summary>Judges a quantity by its relative error.</summary>
    public void Relative(DoubleDouble exact, Quantity actual, string place) => Scaled(exact, actual, Math.Abs((double)exact), place);

    /// <summary>Judges a quantity by its error over a scale, with the error that it reports.</summary>
    public void Scaled(DoubleDouble exact, Quantity actual, double scale, string place)
    {
        if (!actual.Exists)
        {
            Fail($"missing ({actual.Why}), exact {exact} at {place}");
            return;
        }

        Scaled(exact, actual.Value, actual.Error, scale, place);
    }

    /// <summary>Judges a number by its error over a scale; a NaN as reported error means that the product reports none.</summary>
    public void Scaled(DoubleDouble exact, double actual, double reported, double scale, string place)
    {
        double error = Math.Abs((double)(exact - actual));
        count++;
        if (!(error <= claim * scale))
        {
            Fail($"error {error:E2} over scale {scale:E2}: {actual:R} for {exact} at {place}");
        }

        if (!double.IsNaN(reported))
        {
            worstReported = Math.Max(worstReported, reported / scale);
            if (!(error <= reported))
            {
                Fail($"reported {reported:E2} < true {error:E2}: {actual:R} for {exact} at {place}");
            }
            else if (!(reported <= Math.Max(Factor * error, Generous * scale)))
            {
                Fail($"reported {reported:E2} against true {error:E2}, scale {scale:E2}: {actual:R} for {exact} at {place}");
            }
        }

        if (!(error / scale <= worst))
        {
            (worst, where) = (error / scale, place);
        }
    }

    /// <summary>Notes a failure of another kind.</summary>
    public void Fail(string message) => failures.Add(message);

    /// <summary>Prints the figure and fails when a claim failed.</summary>
    public void Conclude()
    {
        Figure(key, worst);
        if (worstReported > 0)
        {
            Figure(key + "_reported", worstReported);
        }

        Assert.True(failures.Count == 0, $"{key}: {failures.Count} failures in {count}, worst {worst:E2} at {where}\n" + string.Join('\n', failures.GetRange(0, Math.Min(12, failures.Count))));
        Assert.True(count > 0, $"{key}: nothing was compared");
    }
}
