// Which of the twins runs: the fast kernels, or the plain ones that say what they compute.
using System;

namespace Thalweg.Numerics.Kernels;

/// <summary>Every fast kernel has a plain twin with the same bits; the environment variable THALWEG_KERNELS=plain makes the plain ones run.</summary>
public static class KernelChoice
{
    /// <summary>True when the plain twins run.</summary>
    public static bool IsPlain { get; } = string.Equals(Environment.GetEnvironmentVariable("THALWEG_KERNELS"), "plain", StringComparison.Ordinal);
}
