// Gradient descent with a fixed step: what the flow becomes when time is cut into pieces.
using System;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Numerics.Kernels;
using Thalweg.Results;

namespace Thalweg.Descent.FirstOrder;

/// <summary>σ ← (σ - η P∇ℓ)/|...|, t = n η: Euler's method for eq. (4), of first order in η, unstable above two over the largest eigenvalue of the Hessian.</summary>
public static class GradientDescent
{
    /// <summary>Walks to the end; rows stand at the first step at or after their time.</summary>
    /// <param name="landscape">The landscape.</param>
    /// <param name="start">σ(0): not zero; normalised.</param>
    /// <param name="step">η &gt; 0.</param>
    /// <param name="options">When to record and where to end.</param>
    public static Trajectory Run(ILandscape landscape, ReadOnlySpan<double> start, double step, WalkOptions options)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (!(step > 0 && double.IsFinite(step)))
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "must be above 0");
        }

        double[] point = new double[landscape.Dimension], gradient = new double[point.Length];
        Sphere.Retract(start, start, 0, point);
        var recorder = new WalkRecorder(landscape, options, 0);
        long count = 0;
        double slack = step * 1e-9;
        recorder.Take(slack, 0, point);
        for (; count * step < options.EndTime - slack; count++)
        {
            if (options.Cancellation.IsCancellationRequested || count >= options.LargestSteps)
            {
                bool cancelled = options.Cancellation.IsCancellationRequested;
                return recorder.Finish(cancelled ? Status.Cancelled : Status.Limit, $"ended at t = {count * step:G6} before the time {options.EndTime:G6}", count * step, point, new(count, 0, count));
            }

            double loss = landscape.Gradient(point, gradient);
            Sphere.Project(point, gradient);
            if (!double.IsFinite(loss) || !double.IsFinite(Vectors.Length(gradient)))
            {
                return recorder.Finish(Status.NotConverged, $"the loss or its gradient is no number at t = {count * step:G6}", count * step, point, new(count, 0, count + 1));
            }

            Sphere.Retract(point, gradient, -step, point);
            recorder.Take((count + 1) * step + slack, (count + 1) * step, point);
        }

        return recorder.Finish(Status.Converged, string.Empty, count * step, point, new(count, 0, count));
    }
}
