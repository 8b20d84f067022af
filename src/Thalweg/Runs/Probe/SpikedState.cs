// One state that traps the flow of the spiked model at zero overlap, and what its Hessian says about the direction of the signal.
using System;
using System.Linq;
using System.Threading;
using Thalweg.Descent;
using Thalweg.Descent.FirstOrder;
using Thalweg.Descent.SecondOrder;
using Thalweg.Geometry;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Random;
using Thalweg.Numerics.Threads;
using Thalweg.Probes;

namespace Thalweg.Runs.Probe;

/// <summary>How a state is found.</summary>
/// <param name="Model">The planted model; its matrix has the strength u.</param>
/// <param name="Dimension">N.</param>
/// <param name="Edges">c of a diluted instance; null for a dense one.</param>
/// <param name="Precision">How couplings of a dense instance are kept.</param>
/// <param name="Time">How long the flow lasts.</param>
internal sealed record SpikedDraw(Model Model, int Dimension, int? Edges, EntryPrecision Precision, double Time);

/// <summary>The reading of one state.</summary>
/// <remarks>
/// The flow is held at zero overlap, and Newton's method in a trust region, with conjugate gradients, takes its end to the next minimum of the slice. There the Hessian is H_0 - u e e^T with e the signal's direction and u = 1/Δ_2, whatever u is: the slice knows nothing of it, and the tensor's signal has no second derivative at m = 0. The
/// eigenvalue toward the signal is at z for the strength D(z) of <see cref="DirectionResolvent"/>, in units of the bulk θ(z) = D(z)/sqrt(Q''(1)).
/// For isotropic noise the row of e in H_0 is independent of the slice, with entries of variance Q''(1)/N: the mean over it is D(z) = μ - z - (Q''(1)/N) Tr (A - z)^{-1} with A the Hessian of the slice. It has none of the scatter of one direction, and the limit of D(z) itself, to which a diluted instance adds O(1/c).
/// </remarks>
/// <param name="Shift">μ in units of sqrt(Q''(1)).</param>
/// <param name="Crossing">θ(0): the strength at which the eigenvalue is at zero, at this N.</param>
/// <param name="Strengths">[k]: θ of this direction where the eigenvalue has the k-th depth.</param>
/// <param name="MeanStrengths">[k]: the same in the mean over directions.</param>
/// <param name="Lowest">The eigenvalue at u itself.</param>
/// <param name="Overlap2">The squared overlap of its vector with the signal.</param>
/// <param name="GradientNorm">|g| on the slice.</param>
/// <param name="IsMinimum">Whether it is a minimum of the slice, spread over the variables, and everything settled. Sparse graphs condense below the threshold: then some variable carries more than a tenth of the squared length.</param>
internal sealed record SpikedState(double Shift, double Crossing, double[] Strengths, double[] MeanStrengths, double Lowest, double Overlap2, double GradientNorm, bool IsMinimum)
{
    private const double StepTolerance = 1e-3, GradientTarget = 1e-9, FirstRadius = 0.1, HessianLipschitz = 1, Condensed = 0.1;
    private const ulong SeedStride = 1_000_003;
    private const int LargestSteps = 300, TraceVectors = 8, TraceSteps = 40;

    /// <summary>How deep the eigenvalue is, in units of sqrt(Q''(1)), where strengths are read.</summary>
    public static double[] Depths { get; } = [0.1, 0.2, 0.3, 0.4];

    /// <summary>Finds a state and reads it.</summary>
    /// <param name="draw">How.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="replica">Which instance.</param>
    /// <param name="times">When the Hessian is read along the flow, from 0 to its end; empty for nowhere.</param>
    /// <param name="team">Threads that share each call.</param>
    /// <param name="context">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The state, and [time][number] of <see cref="ProbeReadings"/>.</returns>
    public static (SpikedState State, double[][] Readings) Of(SpikedDraw draw, ulong seed, uint replica, double[] times, ThreadTeam team, RunContext context)
    {
        int n = draw.Dimension;
        var cancellation = context.Cancellation;
        ILandscape landscape = draw.Edges is { } edges ? DilutedInstance.Draw(draw.Model, n, edges, seed, replica, place: SignalPlace.Dense, team: team).Landscape(team)
            : PackedInstance.Draw(draw.Model, n, seed, replica, new PackedOptions { Precision = draw.Precision }, team).Landscape(team);
        double[] start = new double[n], signal = landscape.Signal.ToArray();
        Trials.Start(landscape, 0, seed, replica, start);
        var options = new FlowOptions { EndTime = draw.Time, OutputTimes = times, Tolerance = StepTolerance, Stepper = FlowStepper.Chebyshev, GradientNorm = GradientTarget, Cancellation = cancellation };
        var (readings, end) = ProbeReadings.Along(new OrthogonalLandscape(landscape, signal), landscape, start, options, team, context);

        // Where there is a matrix it is kept: a Newton step makes many products at one point.
        landscape = landscape is PackedLandscape packed ? new KeptHessian<PackedLandscape>(packed) : landscape;
        var slice = new OrthogonalLandscape(landscape, signal);
        var newton = new TrustRegion(new(GradientTarget, HessianLipschitz), FirstRadius);
        newton.Begin(slice, new UnitSphere(n), end, new PhiloxStream(seed, StreamPurpose.Start, replica));
        newton.Run(StoppingRules.Any(StoppingRules.Iterations(LargestSteps), StoppingRules.Cancelled(cancellation)));
        cancellation.ThrowIfCancellationRequested();
        return (Read(draw, landscape, newton.Point, newton.GradientNorm, newton.HasFound, unchecked(seed + replica * SeedStride), cancellation), readings);
    }

    private static SpikedState Read(SpikedDraw draw, ILandscape landscape, ReadOnlySpan<double> point, double gradientNorm, bool isMinimum, ulong seed, CancellationToken cancellation)
    {
        double u = 2 * draw.Model.Signal.Coefficient(2), scale = Math.Sqrt(draw.Model.Noise.CurvatureAtOne);
        double[] signal = landscape.Signal.ToArray();
        var hessian = new TangentHessian(landscape, point);
        var resolvent = DirectionResolvent.Of(hessian, signal, u);
        cancellation.ThrowIfCancellationRequested();
        double[] places = [.. Depths.Select(depth => -depth * scale)];
        var traces = Traces(draw, new TangentHessian(new OrthogonalLandscape(landscape, signal), point), places, seed);
        cancellation.ThrowIfCancellationRequested();
        var lowest = resolvent.Lowest(u);
        double[] strengths = [.. places.Select(z => (resolvent.At(z) ?? 0) / scale)], means = [.. places.Select((z, k) => (hessian.Multiplier - z) / scale - scale / draw.Dimension * traces[k])];
        bool isSettled = isMinimum && resolvent.IsSettled && resolvent.At(0) is not null && means.All(θ => θ > 0) && !(draw.Edges is not null && IsCondensed(point));
        return new(hessian.Multiplier / scale, (resolvent.At(0) ?? 0) / scale, strengths, means, lowest.Value, lowest.Overlap2, gradientNorm, isSettled);
    }

    // The largest of N random components has a square of about 2 ln(N)/N.
    private static bool IsCondensed(ReadOnlySpan<double> point)
    {
        double largest = 0;
        foreach (double x in point)
        {
            largest = Math.Max(largest, x * x);
        }

        return largest > Condensed + 4 * Math.Log(point.Length) / point.Length;
    }

    // Tr (A - z)^{-1} over the slice: by all eigenvalues, or by random vectors where there is no matrix; forty steps give it to 1e-10 at the least depth, a fortieth of the width below the bulk. The direction of the signal, which is there with the eigenvalue μ, is taken off.
    private static double[] Traces(SpikedDraw draw, TangentHessian slice, double[] places, ulong seed)
    {
        int n = draw.Dimension;
        if (draw.Edges is null)
        {
            double[] values = slice.Eigenvalues();
            return [.. places.Select(z => values.Sum(value => 1 / (value - z)) - 1 / (slice.Multiplier - z))];
        }

        var density = SpectralDensity.Of(slice, TraceVectors, Math.Min(TraceSteps, n - 1), seed);
        return [.. places.Select(z => (n - 1) * density.Mean(value => 1 / (value - z)).Value - 1 / (slice.Multiplier - z))];
    }
}
