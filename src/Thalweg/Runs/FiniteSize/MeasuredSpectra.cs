// Spectra of the Hessian where descent with the overlap held at zero ends, eq. (6) at finite N.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Descent.SecondOrder;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Threads;
using Thalweg.Probes;
using Thalweg.Results;
using Thalweg.Spectra;

namespace Thalweg.Runs.FiniteSize;

/// <summary>What is measured on one instance.</summary>
/// <param name="Eigenvalues">Ascending, N - 1 of them.</param>
/// <param name="Multiplier">μ, where the bulk is centred.</param>
/// <param name="Energy">ℓ.</param>
/// <param name="Overlap2">Squared overlap of the lowest eigenvector with the direction of the signal; 0 when nothing is planted.</param>
/// <param name="GradientNorm">The length of the gradient orthogonal to the signal: how far the descent has come.</param>
/// <param name="Iterations">Steps of Newton's method.</param>
/// <param name="Sentence">Why no minimum was reached; empty when one was.</param>
internal sealed record MeasuredSpectrum(double[] Eigenvalues, double Multiplier, double Energy, double Overlap2, double GradientNorm, int Iterations, string Sentence);

/// <summary>Drawn instances, descended on the sphere orthogonal to the signal by gradient flow and then by Newton's method, and their Hessians in all directions.</summary>
/// <remarks>The end points are minima of the slice, stationary but in the direction of the signal. The Hessian is independent of the gradient, so that its spectrum is that of eq. (6) with the measured μ.</remarks>
internal static class MeasuredSpectra
{
    private const double StepTolerance = 1e-5;

    /// <summary>Measures.</summary>
    /// <param name="set">The options of <see cref="HessianRun"/>.</param>
    /// <param name="model">The landscape.</param>
    /// <param name="context">Progress, cancellation, checkpoints, threads.</param>
    public static IReadOnlyList<MeasuredSpectrum> Of(ParameterSet set, Model model, RunContext context)
    {
        int trials = set.Get(HessianRun.Trials);
        var finished = Restore(context.Checkpoints?.Start, set.Get(HessianRun.Dimension));
        using var team = new ThreadTeam(context.Threads);
        while (finished.Count < trials)
        {
            context.Progress?.Report(new((double)finished.Count / trials, $"instance {finished.Count + 1} of {trials}"));
            if (One(set, model, (uint)finished.Count, team, context) is { } spectrum)
            {
                finished.Add(spectrum);
            }

            if (context.Checkpoints is { } checkpoints && (checkpoints.AreDue || context.Cancellation.IsCancellationRequested))
            {
                checkpoints.Keep(State(finished));
            }

            context.Cancellation.ThrowIfCancellationRequested();
        }

        return finished;
    }

    /// <summary>The numbers beside those of the theory.</summary>
    /// <param name="model">The landscape.</param>
    /// <param name="spectra">What was measured.</param>
    public static Record Report(Model model, IReadOnlyList<MeasuredSpectrum> spectra)
    {
        double scale = Math.Sqrt(model.Noise.CurvatureAtOne), θ = HessianSpectrum.Spike(model, 0);
        double[] distances = [.. spectra.Select(spectrum => SemicircleDistance.Of(spectrum.Eigenvalues, spectrum.Multiplier, scale))];
        var place = RankOnePerturbation.Outlier(θ);
        var absent = Quantity.Missing(place.Why ?? string.Empty);
        return new()
        {
            { "n", spectra[0].Eigenvalues.Length + 1 },
            { "trials", spectra.Count },
            { "mu", Mean(spectrum => spectrum.Multiplier) },
            { "shift", Mean(spectrum => spectrum.Multiplier / scale) },
            { "energy", Mean(spectrum => spectrum.Energy) },
            { "newton_iterations", Mean(spectrum => spectrum.Iterations) },
            { "gradient_norm", Mean(spectrum => spectrum.GradientNorm) },
            { "converged", spectra.Count(spectrum => spectrum.Sentence.Length == 0) },
            { "lowest", Mean(spectrum => spectrum.Eigenvalues[0]) },
            { "outlier", place.Exists ? Mean(spectrum => spectrum.Eigenvalues[0]) : absent },
            { "outlier_predicted", place.Exists ? Mean(spectrum => spectrum.Multiplier - scale * place.Value) : absent },
            { "outlier_difference", place.Exists ? Mean(spectrum => spectrum.Eigenvalues[0] - spectrum.Multiplier + scale * place.Value) : absent },
            { "outlier_overlap2", place.Exists ? Mean(spectrum => spectrum.Overlap2) : absent },
            { "index", Mean(spectrum => TangentHessian.Index(spectrum.Eigenvalues)) },
            { "semicircle_distance", SimulatedCurve.MeanOf(distances) },
            { "semicircle_distance_largest", Quantity.Of(distances.Max(), 0, How.Simulation) },
        };

        Quantity Mean(Func<MeasuredSpectrum, double> observable) => SimulatedCurve.MeanOf([.. spectra.Select(observable)]);
    }

    /// <summary>What a user should know of the trials that reached no minimum; empty when all did.</summary>
    /// <param name="spectra">What was measured.</param>
    public static string Sentence(IReadOnlyList<MeasuredSpectrum> spectra)
    {
        int[] missed = [.. Enumerable.Range(0, spectra.Count).Where(trial => spectra[trial].Sentence.Length > 0)];
        return missed.Length == 0 ? string.Empty : $"{missed.Length} of {spectra.Count} trials reached no minimum: in trial {missed[0] + 1} {spectra[missed[0]].Sentence}; a later --t or a larger --tol helps";
    }

    /// <summary>All eigenvalues of all instances.</summary>
    /// <param name="spectra">What was measured.</param>
    public static Table Table(IReadOnlyList<MeasuredSpectrum> spectra) => new(
        "measured",
        new Column("trial", [.. spectra.SelectMany((spectrum, k) => Enumerable.Repeat((double)k, spectrum.Eigenvalues.Length))]),
        new Column("eigenvalue", [.. spectra.SelectMany(spectrum => spectrum.Eigenvalues)]),
        new Column("mu", [.. spectra.SelectMany(spectrum => Enumerable.Repeat(spectrum.Multiplier, spectrum.Eigenvalues.Length))]));

    // Null when it was told to end: a part of a descent is not kept.
    private static MeasuredSpectrum? One(ParameterSet set, Model model, uint trial, ThreadTeam team, RunContext context)
    {
        if (context.Cancellation.IsCancellationRequested)
        {
            return null;
        }

        var landscape = InstanceParameters.Draw(set, model, trial, team);
        double[] start = new double[landscape.Dimension];
        Trials.Start(landscape, model.IsPlanted ? 0 : null, set.Get(CommonParameters.Seed), trial, start);
        ILandscape slice = model.IsPlanted ? new OrthogonalLandscape(landscape, landscape.Signal) : landscape;
        double tolerance = set.Get(CommonParameters.Tolerance);
        var walk = GradientFlow.Run(slice, start, new FlowOptions { EndTime = set.Get(HessianRun.Time), Tolerance = StepTolerance, Stepper = FlowStepper.Chebyshev, GradientNorm = tolerance, Cancellation = context.Cancellation });
        if (walk.Status == Status.Cancelled)
        {
            return null;
        }

        var minimum = TrustRegionNewton.Run(slice, walk.Configuration, new() { GradientNorm = tolerance, Cancellation = context.Cancellation });
        if (minimum.Status == Status.Cancelled)
        {
            return null;
        }

        var hessian = new TangentHessian(landscape, minimum.Configuration);
        double[] matrix = hessian.Dense();
        var eigen = HessianRun.Library(set) is { } lapack ? lapack.Decompose(matrix, start.Length - 1, wantVectors: true) : SymmetricEigen.InPlace(matrix, start.Length - 1, new double[matrix.Length]);
        double overlap = model.IsPlanted ? Vectors.Dot(hessian.Coordinates(landscape.Signal), eigen.Vector(0)) : 0;
        return new(eigen.Values.ToArray(), hessian.Multiplier, hessian.Loss, overlap * overlap, minimum.GradientNorm, minimum.Iterations, minimum.Sentence);
    }

    private static RunState State(List<MeasuredSpectrum> spectra)
    {
        var state = new RunState();
        state.Put("spectra", [.. spectra.Select(spectrum => new[] { spectrum.Multiplier, spectrum.Energy, spectrum.Overlap2, spectrum.GradientNorm, spectrum.Iterations })]);
        state.Put("eigenvalues", [.. spectra.Select(spectrum => spectrum.Eigenvalues)]);
        for (int trial = 0; trial < spectra.Count; trial++)
        {
            state.Put(SentenceOf(trial), spectra[trial].Sentence);
        }

        return state;
    }

    private static List<MeasuredSpectrum> Restore(RunState? state, int n)
    {
        if (state is null)
        {
            return [];
        }

        IReadOnlyList<double[]> numbers = state.RowsOf("spectra"), eigenvalues = state.RowsOf("eigenvalues");
        return numbers.Count == eigenvalues.Count && numbers.All(row => row.Length == 5) && eigenvalues.All(row => row.Length == n - 1)
            ? [.. numbers.Zip(eigenvalues, (row, values) => (Row: row, Values: values)).Select((pair, trial) => new MeasuredSpectrum(pair.Values, pair.Row[0], pair.Row[1], pair.Row[2], pair.Row[3], (int)pair.Row[4], state.TextOf(SentenceOf(trial))))]
            : throw new FormatException("the state of the run is of other instances");
    }

    private static string SentenceOf(int trial) => FormattableString.Invariant($"sentence {trial}");
}
