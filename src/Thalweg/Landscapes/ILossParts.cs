// A landscape that knows what its loss is made of: the noise of each power, and the signal.
using System;

namespace Thalweg.Landscapes;

/// <summary>ℓ = Σ_k ε_k + signal, each at the point of the last gradient.</summary>
/// <remarks>It costs no more than a gradient, and no call allocates.</remarks>
public interface ILossParts
{
    /// <summary>The powers k of the noise, ascending.</summary>
    ReadOnlySpan<int> NoisePowers { get; }

    /// <summary>Splits the value that the last gradient returned.</summary>
    /// <param name="point">[i], N entries: the point of that gradient.</param>
    /// <param name="noise">[k], in the order of <see cref="NoisePowers"/>, receives ε_k.</param>
    /// <returns>The signal's part, -S(m) or what the instance has in its place; 0 when nothing is planted.</returns>
    double LossParts(ReadOnlySpan<double> point, Span<double> noise);
}
