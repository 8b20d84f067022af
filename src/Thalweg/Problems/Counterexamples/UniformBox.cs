// Starts that are uniform in [-1, 1]^n.
using System;
using Thalweg.Numerics.Random;

namespace Thalweg.Problems.Counterexamples;

internal static class UniformBox
{
    public static void Fill(PhiloxStream stream, Span<double> point)
    {
        ArgumentNullException.ThrowIfNull(stream);
        foreach (ref double x in point)
        {
            x = 2 * stream.NextUniform() - 1;
        }
    }
}
