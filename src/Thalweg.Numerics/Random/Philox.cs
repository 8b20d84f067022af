// Philox4x32-10: 128 random bits as a function of a 128-bit counter and a 64-bit key (Salmon, Moraes, Dror, Shaw, SC'11).
using System;

namespace Thalweg.Numerics.Random;

/// <summary>Four 32-bit words: a counter of Philox, or what it is turned into.</summary>
/// <param name="A">Word 0.</param>
/// <param name="B">Word 1.</param>
/// <param name="C">Word 2.</param>
/// <param name="D">Word 3.</param>
public readonly record struct PhiloxWords(uint A, uint B, uint C, uint D);

/// <summary>The bijection of Philox4x32-10; it keeps no state, so that any word of any stream can be computed alone and in any order.</summary>
public static class Philox
{
    private const uint MultiplierA = 0xD2511F53, MultiplierC = 0xCD9E8D57, WeylLow = 0x9E3779B9, WeylHigh = 0xBB67AE85;

    /// <summary>Ten rounds of Philox4x32: 128 bits in about 10 ns.</summary>
    /// <param name="counter">The counter, every value allowed.</param>
    /// <param name="keyLow">Key word 0.</param>
    /// <param name="keyHigh">Key word 1.</param>
    public static PhiloxWords Block(PhiloxWords counter, uint keyLow, uint keyHigh)
    {
        var (a, b, c, d) = counter;
        for (int round = 0; round < 10; round++)
        {
            ulong first = (ulong)MultiplierA * a, second = (ulong)MultiplierC * c;
            (a, b, c, d) = ((uint)(second >> 32) ^ b ^ keyLow, (uint)second, (uint)(first >> 32) ^ d ^ keyHigh, (uint)first);
            keyLow = unchecked(keyLow + WeylLow);
            keyHigh = unchecked(keyHigh + WeylHigh);
        }

        return new(a, b, c, d);
    }
}
