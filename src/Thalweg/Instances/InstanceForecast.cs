// What an instance would cost, said before anything is allocated: bytes to store it, seconds a gradient when stored and when drawn again each time.
using System;
using Thalweg.Models;
using Thalweg.Results;

namespace Thalweg.Instances;

/// <summary>The costs of a packed instance.</summary>
/// <param name="Dimension">N.</param>
/// <param name="Entries">Σ_k C(N+k-1, k) over the powers of Q.</param>
/// <param name="Bytes">Bytes to store them.</param>
/// <param name="SecondsStored">Estimated seconds a gradient when they are stored: reading them at the bandwidth of the memory.</param>
/// <param name="SecondsOnTheFly">Estimated seconds a gradient when they are drawn again: so many normal numbers.</param>
/// <remarks>The estimates of time are those of one processor and right within a factor of three on others: they are to choose by, not to plan by.</remarks>
public sealed record InstanceForecast(int Dimension, double Entries, double Bytes, double SecondsStored, double SecondsOnTheFly)
{
    /// <summary>The largest power of a mixture that can be drawn.</summary>
    public const int LargestPower = 6;

    // Measured on two cores of an AMD EPYC that had other work too: bytes a second that one thread reads in this loop and that the memory gives to all, seconds a normal number
    // with its use, seconds a row.
    private const double BytesPerThread = 2.4e10, BytesInAll = 3e10, SecondsPerNormal = 3e-9, SecondsPerRow = 3e-8;

    /// <summary>The costs of an instance; nothing is allocated.</summary>
    /// <param name="model">Q, with powers from 1 to <see cref="LargestPower"/>.</param>
    /// <param name="dimension">N, at least 2.</param>
    /// <param name="precision">How an entry is kept.</param>
    /// <param name="threads">How many threads share a gradient, at least 1.</param>
    /// <exception cref="BadInputException">N is below 2, or a power is above <see cref="LargestPower"/>.</exception>
    public static InstanceForecast Of(Model model, int dimension, EntryPrecision precision = EntryPrecision.Double, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        Check(model, dimension);
        double entries = 0, rows = 0;
        foreach (int power in model.Noise.Powers)
        {
            var shape = new PackedShape(dimension, power);
            entries += shape.EntriesEstimate;
            rows += shape.RowsEstimate;
        }

        double bytes = entries * (precision == EntryPrecision.Double ? sizeof(double) : sizeof(float)), perRow = rows * SecondsPerRow / threads;
        return new(dimension, entries, bytes, perRow + bytes / Math.Min(BytesInAll, threads * BytesPerThread), perRow + entries * SecondsPerNormal / threads);
    }

    /// <summary>Both costs in one sentence.</summary>
    public string Sentence => FormattableString.Invariant(
        $"N = {Dimension} has {Entries:G3} entries: stored {Amount(Bytes)} of memory and about {SecondsStored:G2} s a gradient, on the fly no memory and about {SecondsOnTheFly:G2} s a gradient");

    internal static void Check(Model model, int dimension)
    {
        if (dimension < 2)
        {
            throw BadInputException.Of("--n", dimension.ToString(), "an integer >= 2", "the sphere of dimension 0 has no gradient");
        }

        int largest = Math.Max(model.Noise.Powers[^1], model.Signal.IsZero ? 0 : model.Signal.Powers[^1]);
        if (largest > LargestPower)
        {
            throw BadInputException.Of("the largest power of a model drawn at finite N", largest.ToString(), $"an integer from 1 to {LargestPower}", "use the equations for infinite N");
        }
    }

    private static string Amount(double bytes) => bytes < 1e9 ? $"{bytes / 1e6:G3} MB" : bytes < 1e12 ? $"{bytes / 1e9:G3} GB" : $"{bytes / 1e12:G3} TB";
}
