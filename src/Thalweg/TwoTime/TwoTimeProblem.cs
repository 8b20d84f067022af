// What the two-time equations are asked: a landscape, the temperature of the bath, and a start.
using System;
using Thalweg.Models;

namespace Thalweg.TwoTime;

/// <summary>A landscape, the bath and the start of the dynamics.</summary>
/// <remarks>Time is in units where eq. (4) has rate 1; energies are per N. A start in equilibrium at T0 holds in the paramagnetic region with zero overlap between replicas only: T0² &gt; Q''(0), and T0 &gt; S''(0) when planted.</remarks>
public sealed record TwoTimeProblem
{
    /// <summary>A problem.</summary>
    /// <param name="model">Q and S.</param>
    /// <param name="temperature">T of the bath, finite and ≥ 0; 0 is gradient flow.</param>
    /// <param name="initialTemperature">T0 &gt; 0 of an equilibrium start; null for a random start.</param>
    /// <param name="logOverlap">ln m(0), finite and ≤ 0; null when there is no overlap, which then stays zero.</param>
    /// <param name="isLinear">True for an infinitesimal overlap: C and R drive ln m, which does not act back.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number outside its domain.</exception>
    public TwoTimeProblem(Model model, double temperature = 0, double? initialTemperature = null, double? logOverlap = null, bool isLinear = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!double.IsFinite(temperature) || temperature < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "must be finite and >= 0");
        }

        if (initialTemperature is { } start && !(double.IsFinite(start) && start > 0 && start * start > model.Noise.CurvatureAtZero && (!model.IsPlanted || start > model.Signal.CurvatureAtZero)))
        {
            throw new ArgumentOutOfRangeException(nameof(initialTemperature), start, "must be above sqrt(Q''(0)), and above S''(0) when planted: below, equilibrium is not the paramagnet that the equations start from");
        }

        if (logOverlap is { } log && !(double.IsFinite(log) && log <= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(logOverlap), log, "must be finite and <= 0");
        }

        if (isLinear && logOverlap is null)
        {
            throw new ArgumentException("an infinitesimal overlap needs a start for ln m: any number serves", nameof(logOverlap));
        }

        (Model, Temperature, InitialInverse, LogOverlap, IsLinear) = (model, temperature, initialTemperature is { } t0 ? 1 / t0 : 0, logOverlap, isLinear);
    }

    /// <summary>Q and S.</summary>
    public Model Model { get; }

    /// <summary>T of the bath.</summary>
    public double Temperature { get; }

    /// <summary>1/T0, 0 for a random start.</summary>
    public double InitialInverse { get; }

    /// <summary>ln m(0); null without an overlap.</summary>
    public double? LogOverlap { get; }

    /// <summary>True when ln m is followed but does not act back on C and R.</summary>
    public bool IsLinear { get; }

    /// <summary>True when ln m is followed.</summary>
    public bool FollowsOverlap => LogOverlap is not null;

    /// <summary>True when the overlap acts back on C and R.</summary>
    public bool HasOverlap => FollowsOverlap && !IsLinear;
}
