// Spectra of the Hessian where descent with the overlap held at zero ends, eq. (6) at finite N.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Descent.FirstOrder;
using Thalweg.Geometry;
using Thalweg.Instances;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.LinearAlgebra;
using Thalweg.Numerics.Statistics;
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
internal sealed record MeasuredSpectrum(double[] Eigenvalues, double Multiplier, double Energy, double Overlap2, double GradientNorm);

/// <summary>Drawn instances, descended on the sphere orthogonal to the signal, and their Hessians in all directions.</summary>
/// <remarks>The end points are stationary but in the direction of the signal. The Hessian is independent of the gradient, so that its spectrum is that of eq. (6) with the measured μ.</remarks>
internal static class MeasuredSpectra
{
    private const double StepTolerance = 1e-5;

    /// <summary>Measures.</summary>
    /// <param name="model">The landscape.</param>
    /// <param name="n">N.</param>
    /// <param name="trials">How many instances.</param>
    /// <param name="end">The time of the descent.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="context">Progress, cancellation, checkpoints, threads.</param>
    public static IReadOnlyList<MeasuredSpectrum> Of(Model model, int n, int trials, double end, ulong seed, RunContext context)
    {
        var finished = Restore(context.Checkpoints?.Start, n);
        using var team = new ThreadTeam(context.Threads);
        while (finished.Count < trials)
        {
            context.Progress?.Report(new((double)finished.Count / trials, $"instance {finished.Count + 1} of {trials}"));
            if (One(model, n, end, seed, (uint)finished.Count, team, context) is { } spectrum)
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
            { "gradient_norm", Mean(spectrum => spectrum.GradientNorm) },
            { "lowest", Mean(spectrum => spectrum.Eigenvalues[0]) },
            { "outlier", place.Exists ? Mean(spectrum => spectrum.Eigenvalues[0]) : absent },
            { "outlier_predicted", place.Exists ? Mean(spectrum => spectrum.Multiplier - scale * place.Value) : absent },
            { "outlier_difference", place.Exists ? Mean(spectrum => spectrum.Eigenvalues[0] - spectrum.Multiplier + scale * place.Value) : absent },
            { "outlier_overlap2", place.Exists ? Mean(spectrum => spectrum.Overlap2) : absent },
            { "index", Mean(spectrum => TangentHessian.Index(spectrum.Eigenvalues)) },
            { "semicircle_distance", Mean(spectrum => SemicircleDistance.Of(spectrum.Eigenvalues, spectrum.Multiplier, scale)) },
            { "semicircle_distance_largest", Quantity.Of(distances.Max(), 0, How.Simulation) },
        };

        Quantity Mean(Func<MeasuredSpectrum, double> observable)
        {
            var mean = SampleMean.Of([.. spectra.Select(observable)]);
            return Quantity.Of(mean.Mean, mean.Error, How.Simulation);
        }
    }

    /// <summary>All eigenvalues of all instances.</summary>
    /// <param name="spectra">What was measured.</param>
    public static Table Table(IReadOnlyList<MeasuredSpectrum> spectra) => new(
        "measured",
        new Column("trial", [.. spectra.SelectMany((spectrum, k) => Enumerable.Repeat((double)k, spectrum.Eigenvalues.Length))]),
        new Column("eigenvalue", [.. spectra.SelectMany(spectrum => spectrum.Eigenvalues)]),
        new Column("mu", [.. spectra.SelectMany(spectrum => Enumerable.Repeat(spectrum.Multiplier, spectrum.Eigenvalues.Length))]));

    // Null when it was told to end: a part of a descent is not kept.
    private static MeasuredSpectrum? One(Model model, int n, double end, ulong seed, uint trial, ThreadTeam team, RunContext context)
    {
        if (context.Cancellation.IsCancellationRequested)
        {
            return null;
        }

        var landscape = PackedInstance.Draw(model, n, seed, trial, null, team).Landscape(team);
        double[] start = new double[n];
        Trials.Start(landscape, model.IsPlanted ? 0 : null, seed, trial, start);
        ILandscape slice = model.IsPlanted ? new OrthogonalLandscape(landscape, landscape.Signal) : landscape;

        var walk = GradientFlow.Run(slice, start, new FlowOptions { EndTime = end, Tolerance = StepTolerance, Stepper = FlowStepper.Chebyshev, Cancellation = context.Cancellation });
        if (walk.Status == Status.Cancelled)
        {
            return null;
        }

        double[] gradient = new double[n];
        slice.Gradient(walk.Configuration, gradient);
        Sphere.Project(walk.Configuration, gradient);
        var hessian = new TangentHessian(landscape, walk.Configuration);
        var eigen = SymmetricEigen.Of(hessian.Dense(), n - 1, wantVectors: true);
        double overlap = model.IsPlanted ? Vectors.Dot(hessian.Coordinates(landscape.Signal), eigen.Vector(0)) : 0;
        return new(eigen.Values.ToArray(), hessian.Multiplier, hessian.Loss, overlap * overlap, Vectors.Length(gradient));
    }

    private static RunState State(List<MeasuredSpectrum> spectra)
    {
        var state = new RunState();
        state.Put("spectra", [.. spectra.Select(spectrum => new[] { spectrum.Multiplier, spectrum.Energy, spectrum.Overlap2, spectrum.GradientNorm })]);
        state.Put("eigenvalues", [.. spectra.Select(spectrum => spectrum.Eigenvalues)]);
        return state;
    }

    private static List<MeasuredSpectrum> Restore(RunState? state, int n)
    {
        if (state is null)
        {
            return [];
        }

        IReadOnlyList<double[]> numbers = state.RowsOf("spectra"), eigenvalues = state.RowsOf("eigenvalues");
        return numbers.Count == eigenvalues.Count && numbers.All(row => row.Length == 4) && eigenvalues.All(row => row.Length == n - 1)
            ? [.. numbers.Zip(eigenvalues, (row, values) => new MeasuredSpectrum(values, row[0], row[1], row[2], row[3]))]
            : throw new FormatException("the state of the run is of other instances");
    }
}
