// Many walks of several methods from equal starts down to one value: what the command "escape" measures.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Thalweg.Descent;
using Thalweg.Descent.FirstOrder;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Numerics.Random;
using Thalweg.Probes;
using Thalweg.Problems;
using Thalweg.Results;

namespace Thalweg.Runs.Laboratory;

/// <summary>What is measured.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Methods">The methods, in the order of the rows.</param>
/// <param name="Settings">What they are told; the gap is that of each trial.</param>
/// <param name="Target">The value to come down to.</param>
/// <param name="Iterations">The most iterations of a walk.</param>
/// <param name="Trials">How many walks a method.</param>
/// <param name="Starts">Where they begin: all methods share starts and noise.</param>
internal sealed record EscapeExperiment(Problem Problem, IReadOnlyList<MethodKind> Methods, MethodSettings Settings, double Target, long Iterations, int Trials, WalkStarts Starts)
{
    private const int EstimateStarts = 4, EstimateIterations = 500, EstimateSpace = 60;
    private const double EstimateMargin = 2;

    /// <summary>All walks, in parallel; those that have ended survive an interruption.</summary>
    /// <param name="context">Threads, progress, cancellation, checkpoints.</param>
    /// <returns>[method][trial].</returns>
    public EscapeWalk[][] Run(RunContext context)
    {
        int all = Methods.Count * Trials;
        var walks = EscapeState.Read(context.Checkpoints?.Start, all);
        int done = walks.Count(walk => walk is not null);
        int[] left = [.. Enumerable.Range(0, all).Where(k => walks[k] is null)];
        var gate = new Lock();
        Descent.FirstOrder.Trials.Run(Problem.Open, left.Length, context.Threads, (landscape, index) =>
        {
            int k = left[index];
            var walk = Walk(landscape, Methods[k / Trials], k % Trials, context.Cancellation);
            lock (gate)
            {
                // One that was told to end has not ended by itself.
                walks[k] = context.Cancellation.IsCancellationRequested ? null : walk;
                context.Progress?.Report(new((double)++done / all, $"walk {done} of {all}"));
                if (context.Checkpoints is { AreDue: true } checkpoints)
                {
                    checkpoints.Keep(EscapeState.Of(walks));
                }
            }

            return walk;
        }, context.Cancellation);
        if (context.Cancellation.IsCancellationRequested)
        {
            context.Checkpoints?.Keep(EscapeState.Of(walks));
        }

        context.Cancellation.ThrowIfCancellationRequested();
        return [.. Enumerable.Range(0, Methods.Count).Select(m => walks.Skip(m * Trials).Take(Trials).Select(walk => walk!).ToArray())];
    }

    /// <summary>ℓ of a problem: its own where it says one, else twice the largest modulus of an eigenvalue at its known points, or without these at a few starts and where a quasi-Newton descent from them ends.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">Of the starts.</param>
    public static Quantity GradientLipschitz(Problem problem, ulong seed)
    {
        if (problem.Smoothness is { } smoothness)
        {
            return Quantity.ClosedForm(smoothness.Gradient);
        }

        double largest = problem.KnownPoints.SelectMany(known => known.Spectrum).Select(Math.Abs).DefaultIfEmpty(0).Max();
        if (largest == 0)
        {
            var landscape = problem.Open();
            double[] start = new double[problem.Manifold.AmbientDimension];
            for (uint trial = 0; trial < EstimateStarts; trial++)
            {
                problem.Start(new PhiloxStream(seed, StreamPurpose.Start, trial), start);
                var method = new LimitedMemoryBfgs();
                method.Begin(landscape, problem.Manifold, start, new(seed, StreamPurpose.Trajectory, trial));
                method.Run(StoppingRules.Any(StoppingRules.GradientBelow(1e-8), StoppingRules.Iterations(EstimateIterations)));
                largest = Math.Max(largest, Math.Max(Radius(landscape, problem, start), Radius(landscape, problem, method.Point)));
            }
        }

        return Quantity.Of(EstimateMargin * largest, EstimateMargin * largest, How.Estimate);
    }

    private static double Radius(ILandscape landscape, Problem problem, ReadOnlySpan<double> point)
    {
        var model = new LocalModel(landscape, problem.Manifold, point);
        var normals = problem.Manifold.Normals(point);
        var lowest = Numerics.LinearAlgebra.Lanczos.Lowest(point.Length, model.Product, 1, 1e-3, EstimateSpace, normals);
        var highest = Numerics.LinearAlgebra.Lanczos.Lowest(point.Length, (v, product) =>
        {
            model.Product(v, product);
            Vectors.Scale(-1, product);
        }, 1, 1e-3, EstimateSpace, normals);
        return Math.Max(Math.Abs(lowest.Values[0]), Math.Abs(highest.Values[0]));
    }

    private EscapeWalk Walk(ILandscape landscape, MethodKind kind, int trial, CancellationToken cancellation)
    {
        double[] start = Starts.Of((uint)trial);
        if (Problem is Tube tube && kind.Name == "gd")
        {
            var end = new TubeDescent(tube, Settings.Step ?? 1 / Settings.GradientLipschitz).Run(start, Target, Iterations);
            return new(end.HasReached, end.Iterations, end.Iterations + 1, end.Value, string.Empty, end.Escapes);
        }

        double above = landscape.Gradient(start, new double[start.Length]) - Target;
        var method = kind.Build(Settings with { Gap = Math.Max(above, Settings.Gap) });
        long?[] passed = Problem is Tube ? new long?[start.Length] : [];
        method.Begin(landscape, Problem.Manifold, start, new(Starts.Seed, StreamPurpose.Trajectory, (uint)trial));
        var ending = method.Run(StoppingRules.Any(StoppingRules.ValueBelow(Target), StoppingRules.Iterations(Iterations), StoppingRules.Cancelled(cancellation)), passed.Length == 0 ? null : walk => Watch(walk, passed, 2 * ((Tube)Problem).Scale));
        string sentence = ending.Status is Status.NotConverged || (ending.Status == Status.Converged && !(method.Value <= Target)) ? ending.Sentence : string.Empty;
        return new(method.Value <= Target, method.Iterations, method.Gradients + method.Products, method.Value, sentence, passed);
    }

    private static void Watch(DescentMethod walk, long?[] passed, double edge)
    {
        for (int j = 0; j < passed.Length; j++)
        {
            if (passed[j] is null && Math.Abs(walk.Point[j]) > edge)
            {
                passed[j] = walk.Iterations;
            }
        }
    }
}

/// <summary>How one walk ended.</summary>
/// <param name="HasEscaped">Whether the value came down to the target.</param>
/// <param name="Iterations">Iterations that were made.</param>
/// <param name="Evaluations">Gradients and Hessian-vector products.</param>
/// <param name="Value">f at the end.</param>
/// <param name="Ending">Why the method itself ended before the target; empty when it did not.</param>
/// <param name="Passed">On the tube, [j]: the first iteration at which |x_j| > 2τ.</param>
internal sealed record EscapeWalk(bool HasEscaped, long Iterations, long Evaluations, double Value, string Ending, long?[] Passed);
