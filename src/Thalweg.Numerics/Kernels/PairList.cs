// Quadrature points that multiply the current row, interpolated at one place, with an older row, interpolated at another.
using System;

namespace Thalweg.Numerics.Kernels;

/// <summary>A list of such points, as a structure of arrays: each place is a panel (its first point) and <see cref="Width"/> weights, so that an interpolation is one short dot product of contiguous numbers.</summary>
/// <param name="width">The points of a panel: a multiple of eight.</param>
public sealed class PairList(int width)
{
    /// <summary>The points of a panel.</summary>
    public int Width { get; } = width > 0 && width % DotKernel.Lanes == 0 ? width : throw new ArgumentOutOfRangeException(nameof(width), width, "must be a positive multiple of eight");

    /// <summary>The number of pairs.</summary>
    public int Count { get; private set; }

    /// <summary>[pair]: the first point of the panel on the current row.</summary>
    public int[] RowStart { get; private set; } = [];

    /// <summary>[pair, i]: the weights on the current row.</summary>
    public double[] RowWeights { get; private set; } = [];

    /// <summary>[pair]: the first point of the panel on the older row.</summary>
    public int[] PastStart { get; private set; } = [];

    /// <summary>[pair, i]: the weights on the older row.</summary>
    public double[] PastWeights { get; private set; } = [];

    /// <summary>[pair]: the weight of the quadrature.</summary>
    public double[] Measure { get; private set; } = [];

    /// <summary>[pair]: the time of the older row over the current time.</summary>
    public double[] Time { get; private set; } = [];

    /// <summary>Adds a pair whose places are filled in by the caller.</summary>
    /// <param name="time">The time of the older row over the current time.</param>
    /// <param name="measure">The weight of the quadrature.</param>
    /// <returns>Its number.</returns>
    public int Add(double time, double measure)
    {
        if (Count == Measure.Length)
        {
            int room = Math.Max(256, Count + Count / 2);
            (RowStart, RowWeights, PastStart, PastWeights, Measure, Time) = (Grown(RowStart, room), Grown(RowWeights, room * Width), Grown(PastStart, room), Grown(PastWeights, room * Width), Grown(Measure, room), Grown(Time, room));
        }

        Time[Count] = time;
        Measure[Count] = measure;
        return Count++;
    }

    /// <summary>The weights of a pair on the current row.</summary>
    /// <param name="pair">The pair.</param>
    public Span<double> RowWeightsOf(int pair) => RowWeights.AsSpan(pair * Width, Width);

    /// <summary>The weights of a pair on the older row.</summary>
    /// <param name="pair">The pair.</param>
    public Span<double> PastWeightsOf(int pair) => PastWeights.AsSpan(pair * Width, Width);

    private static T[] Grown<T>(T[] array, int room)
    {
        Array.Resize(ref array, room);
        return array;
    }
}
