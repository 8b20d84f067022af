// A stream of uniform and normal numbers drawn from Philox4x32-10, named by (seed, purpose, replica, block).
using System;

namespace Thalweg.Numerics.Random;

/// <summary>What a stream is drawn for: two purposes never share a random number, whatever the other names are.</summary>
/// <remarks>The numbers are part of the written results: never renumber, only append.</remarks>
public enum StreamPurpose
{
    /// <summary>The entries of a random instance.</summary>
    Instance = 1,

    /// <summary>Starting points.</summary>
    Start = 2,

    /// <summary>Random matrices of an expectation.</summary>
    Matrix = 3,

    /// <summary>Noise along a trajectory.</summary>
    Trajectory = 4,

    /// <summary>Generated data.</summary>
    Data = 5,

    /// <summary>Planted signals.</summary>
    Signal = 6,

    /// <summary>Random graphs.</summary>
    Graph = 7,

    /// <summary>Directions of a small field.</summary>
    Field = 8,
}

/// <summary>Uniform and standard normal numbers with the same bits on every machine, from one of 2^128 disjoint streams a purpose.</summary>
/// <remarks>
/// The key is the seed; the counter is (position, block, replica, purpose), so each stream holds 2^32 blocks of 128 bits and throws when it is spent. A stream is cheap to
/// make (no warm-up); not thread safe.
/// </remarks>
/// <param name="seed">The seed of the whole run.</param>
/// <param name="purpose">What the numbers are for.</param>
/// <param name="replica">Which of many equal things: an instance, a trial.</param>
/// <param name="block">Which part of it.</param>
public sealed class PhiloxStream(ulong seed, StreamPurpose purpose, uint replica = 0, uint block = 0)
{
    private const double Spacing = 1.0 / (1L << 52);

    private uint currentBlock = block;
    private ulong position;
    private ulong pending;
    private bool hasPending;
    private double spare;
    private bool hasSpare;

    /// <summary>The next 64 bits; the low word comes first from the block.</summary>
    /// <exception cref="InvalidOperationException">All 2^33 numbers of the stream have been drawn.</exception>
    public ulong NextBits()
    {
        if (hasPending)
        {
            hasPending = false;
            return pending;
        }

        if (position > uint.MaxValue)
        {
            throw new InvalidOperationException("the random stream is spent: use another block");
        }

        var words = Philox.Block(new((uint)position++, currentBlock, replica, (uint)purpose), (uint)seed, (uint)(seed >> 32));
        pending = words.C | ((ulong)words.D << 32);
        hasPending = true;
        return words.A | ((ulong)words.B << 32);
    }

    /// <summary>A uniform number (k + 1/2) 2^-52 with k from 0 to 2^52 - 1: never 0, never 1, exact in 53 bits, mean exactly 1/2.</summary>
    public double NextUniform() => ((NextBits() >> 12) + 0.5) * Spacing;

    /// <summary>A standard normal number by Marsaglia's polar method, which needs one logarithm and one root for two of them.</summary>
    public double NextNormal()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }

        double u, v, square;
        do
        {
            u = 2 * NextUniform() - 1;
            v = 2 * NextUniform() - 1;
            square = u * u + v * v;
        }
        while (square >= 1);

        double factor = Math.Sqrt(-2 * PortableMath.Log(square) / square);
        spare = v * factor;
        hasSpare = true;
        return u * factor;
    }

    /// <summary>Fills a vector with standard normal numbers.</summary>
    /// <param name="destination">[i], overwritten.</param>
    public void FillNormal(Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = NextNormal();
        }
    }

    /// <summary>Fills a vector with a point that is uniform on the unit sphere.</summary>
    /// <param name="destination">[i], at least one entry, overwritten.</param>
    public void FillUnitVector(Span<double> destination)
    {
        double square;
        do
        {
            FillNormal(destination);
            square = 0;
            foreach (double x in destination)
            {
                square += x * x;
            }
        }
        while (square < 1e-200);

        double inverse = 1 / Math.Sqrt(square);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] *= inverse;
        }
    }

    /// <summary>Goes to the beginning of another block of the same seed, purpose and replica, so that one object serves many steps without an allocation.</summary>
    /// <param name="to">The block.</param>
    public void MoveTo(uint to) => (currentBlock, position, hasPending, hasSpare) = (to, 0, false, false);
}
