// How an instance is drawn and kept: which sums, which precision, stored or drawn again at each gradient, which signal.
namespace Thalweg.Instances;

/// <summary>Which index tuples are summed.</summary>
public enum NoiseSampler
{
    /// <summary>All of them: N E[ε ε'] = Q(C) and signal -S(m), exactly at every N.</summary>
    Isotropic = 0,

    /// <summary>Distinct indices only, i_1 &lt; .. &lt; i_p, as in eqs. (1) and (2) of the paper: noise and signal are O(1/N) off.</summary>
    StrictSums = 1,
}

/// <summary>How an entry is kept; sums are in double always.</summary>
public enum EntryPrecision
{
    /// <summary>Eight bytes.</summary>
    Double = 0,

    /// <summary>Four bytes: each entry is rounded once, to a relative 6e-8.</summary>
    Single = 1,
}

/// <summary>How a packed instance is drawn and kept.</summary>
public sealed record PackedOptions
{
    /// <summary>The exactly isotropic sampler in double, stored, with the signal e_1.</summary>
    public static PackedOptions Default { get; } = new();

    /// <summary>Which sums.</summary>
    public NoiseSampler Sampler { get; init; }

    /// <summary>How an entry is kept.</summary>
    public EntryPrecision Precision { get; init; }

    /// <summary>True to store the entries, false to draw them again at each gradient: the same bits.</summary>
    public bool IsStored { get; init; } = true;

    /// <summary>σ*: [i], N entries of length one, copied; null for e_1.</summary>
    public double[]? Signal { get; init; }

    /// <summary>The most bytes that the entries may take; null for four fifths of the memory.</summary>
    public double? LargestBytes { get; init; }
}
