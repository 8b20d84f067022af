// Unit vectors to plant: a basis vector, uniform on the sphere, or spread evenly with random signs.
using System;
using Thalweg.Numerics.Random;
using Thalweg.Results;

namespace Thalweg.Instances;

/// <summary>Signals σ* of length one.</summary>
/// <remarks>For a landscape whose noise is exactly isotropic e_1 is as good as any; strict sums and diluted graphs prefer the axes to nothing but fit a signal that is
/// spread over them.</remarks>
public static class PlantedSignal
{
    /// <summary>e_1.</summary>
    /// <param name="dimension">N, at least 1.</param>
    public static double[] FirstAxis(int dimension)
    {
        var signal = new double[dimension];
        signal[0] = 1;
        return signal;
    }

    /// <summary>A point that is uniform on the unit sphere.</summary>
    /// <param name="dimension">N, at least 1.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="replica">Which signal of that seed.</param>
    public static double[] Uniform(int dimension, ulong seed, uint replica)
    {
        var signal = new double[dimension];
        new PhiloxStream(seed, StreamPurpose.Signal, replica).FillUnitVector(signal);
        return signal;
    }

    /// <summary>Entries ±1/sqrt(N) with independent fair signs.</summary>
    /// <param name="dimension">N, at least 1.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="replica">Which signal of that seed.</param>
    public static double[] Signs(int dimension, ulong seed, uint replica)
    {
        var stream = new PhiloxStream(seed, StreamPurpose.Signal, replica, block: 1);
        var signal = new double[dimension];
        double size = 1 / Math.Sqrt(dimension);
        ulong bits = 0;
        for (int i = 0; i < dimension; i++)
        {
            bits = i % 64 == 0 ? stream.NextBits() : bits >> 1;
            signal[i] = (bits & 1) == 0 ? size : -size;
        }

        return signal;
    }

    // A copy of what a caller gave, checked.
    internal static double[] Checked(double[] signal, int dimension)
    {
        double square = 0;
        foreach (double x in signal)
        {
            square += x * x;
        }

        return signal.Length == dimension && Math.Abs(square - 1) < 1e-9
            ? [.. signal]
            : throw BadInputException.Of("the signal", $"one of {signal.Length} entries and square {square:G6}", $"a vector of {dimension} entries and length one", "divide it by its length");
    }
}
