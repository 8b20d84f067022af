// The response of gradient flow to a small constant field that is switched on at t_w: two flows, one with the field and one against it.
using System;
using System.Collections.Generic;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Results;

namespace Thalweg.Descent.FirstOrder;

/// <summary>The integrated response of one trajectory.</summary>
/// <param name="Status">Of the worse of the two flows.</param>
/// <param name="Sentence">Why it did not converge; empty when it did.</param>
/// <param name="Lags">t - t_w: [row].</param>
/// <param name="Integrated">χ(t,t_w) along the field: [row].</param>
public sealed record ResponseCurve(Status Status, string Sentence, double[] Lags, double[] Integrated);

/// <summary>χ(t,t_w) = ∫_{t_w}^t R(t,s) ds = ⟨u, σ_+(t) - σ_-(t)⟩/(2h), where σ_± follow ℓ ∓ h⟨u,σ⟩ from the same σ(t_w).</summary>
/// <remarks>In s = sqrt(N) σ the field h sqrt(N) u has entries of order h for a unit vector u. The error is O(h²) besides the tolerance over h; for a random u the curve of one trajectory scatters by 1/sqrt(N) around the mean over directions.</remarks>
public static class FieldResponse
{
    /// <summary>Follows both flows.</summary>
    /// <param name="landscape">The landscape.</param>
    /// <param name="waited">σ(t_w), |σ| = 1.</param>
    /// <param name="direction">u, |u| = 1.</param>
    /// <param name="strength">h &gt; 0; well above the tolerance of a step.</param>
    /// <param name="lags">t - t_w, ascending.</param>
    /// <param name="options">How the flows are followed; its times are replaced.</param>
    public static ResponseCurve Measure(ILandscape landscape, ReadOnlySpan<double> waited, ReadOnlySpan<double> direction, double strength, IReadOnlyList<double> lags, FlowOptions options)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        ArgumentNullException.ThrowIfNull(lags);
        ArgumentNullException.ThrowIfNull(options);
        if (!(strength > 0 && double.IsFinite(strength)))
        {
            throw new ArgumentOutOfRangeException(nameof(strength), strength, "must be above 0");
        }

        double[] u = direction.ToArray(), integrated = new double[lags.Count];
        var (status, sentence, reached) = (Status.Converged, string.Empty, lags.Count);
        foreach (double sign in (ReadOnlySpan<double>)[1, -1])
        {
            int row = 0;
            var flow = GradientFlow.Run(new Tilted(landscape, u, sign * strength), waited, options with
            {
                OutputTimes = lags,
                WaitingTimes = [],
                EndTime = lags[^1],
                GradientNorm = 0,
                Observer = (_, point) => integrated[row++] += sign * Vectors.Dot(u, point) / (2 * strength),
            });
            reached = Math.Min(reached, row);
            (status, sentence) = flow.Status > status ? (flow.Status, flow.Sentence) : (status, sentence);
        }

        var times = new double[reached];
        for (int i = 0; i < reached; i++)
        {
            times[i] = lags[i];
        }

        return new(status, sentence, times, integrated[..reached]);
    }

    // ℓ(σ) - h ⟨u,σ⟩.
    private sealed class Tilted(ILandscape landscape, double[] direction, double strength) : ILandscape
    {
        public int Dimension => landscape.Dimension;

        public ReadOnlySpan<double> Signal => landscape.Signal;

        public double Gradient(ReadOnlySpan<double> point, Span<double> gradient)
        {
            double value = landscape.Gradient(point, gradient);
            Vectors.Add(-strength, direction, gradient);
            return value - strength * Vectors.Dot(direction, point);
        }

        public void HessianProduct(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> product) => landscape.HessianProduct(point, direction, product);
    }
}
