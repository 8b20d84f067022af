// ML-AMP and Bayes-AMP as algorithms: gradient steps with the Onsager term, on any drawn landscape of a Gaussian mixture.
using System;
using System.Collections.Generic;
using System.Threading;
using Thalweg.Geometry;
using Thalweg.Landscapes;
using Thalweg.Models;
using Thalweg.Numerics.Kernels;
using Thalweg.Results;

namespace Thalweg.MessagePassing;

/// <summary>What is estimated.</summary>
public enum MessagePassingKind
{
    /// <summary>The maximum of the likelihood, a minimum of the loss: iterates of length one.</summary>
    MaximumLikelihood,

    /// <summary>The mean of the posterior under a Gaussian prior: iterates as long as they are sure.</summary>
    Bayes,
}

/// <summary>
/// With ℓ = noise - S(m), noise of covariance Q(C)/N,
/// <code>z^{k+1} = -∇ℓ(x^k) - b_k Q''(x^k·x^{k-1}) x^{k-1},      no second term at k = 0,</code>
/// ML-AMP: x^k = z^k/|z^k|, b_k = 1/|z^k|. Bayes-AMP: x^k = z^k/(1 + A^k), A^k = Q'(|x^{k-1}|²), b_k = 1/(1 + A^k). The second term (Onsager's) takes out what the field at x^k owes to x^{k-1} through the noise: without it the iterates do not follow state evolution.
/// </summary>
/// <remarks>
/// Where ML-AMP settles, ∇ℓ is parallel to x: a stationary point of the loss. Damping d replaces z^{k+1} by (1 - d) z^{k+1} + d z^k; fixed points stay, the way to them is not that of state evolution any more.
/// One gradient and some vector operations of length N an iteration; nothing is allocated after the start but the points.
/// </remarks>
/// <param name="model">Q and S of the landscape; for Bayes-AMP S = Q.</param>
/// <param name="kind">Which of the two.</param>
/// <param name="damping">d in [0, 1).</param>
public sealed class MessagePassingAlgorithm(Model model, MessagePassingKind kind, double damping = 0)
{
    // Twenty iterations over which the change has grown tenfold are no fluctuation.
    private const int Patience = 20;
    private const double Growth = 10, Visible = 1e-3;

    /// <summary>x^0 with a given overlap m: on the sphere, m σ* + sqrt(1 - m²) g, or, for Bayes-AMP, m σ* + sqrt(m (1 - m)) g, whose squared length is its overlap as on the line where the posterior lies; g a unit vector orthogonal to σ*.</summary>
    /// <param name="kind">Which of the two.</param>
    /// <param name="signal">σ*: [i].</param>
    /// <param name="overlap">m, in [-1, 1] or, for Bayes-AMP, [0, 1).</param>
    /// <param name="direction">[i], any vector; its part orthogonal to the signal gives g.</param>
    /// <param name="start">[i], overwritten by x^0.</param>
    public static void Start(MessagePassingKind kind, ReadOnlySpan<double> signal, double overlap, ReadOnlySpan<double> direction, Span<double> start)
    {
        bool isPlanted = signal.Length == direction.Length;
        direction.CopyTo(start);
        if (isPlanted)
        {
            Sphere.Project(signal, start);
        }

        Sphere.Normalise(start);
        Vectors.Scale(kind == MessagePassingKind.Bayes ? Math.Sqrt(overlap * (1 - overlap)) : Math.Sqrt((1 - overlap) * (1 + overlap)), start);
        if (isPlanted)
        {
            Vectors.Add(overlap, signal, start);
        }
    }

    /// <summary>Iterates until nothing moves, something diverges, or the iterations are used up.</summary>
    /// <param name="landscape">A drawn landscape of the model.</param>
    /// <param name="start">x^0: [i], N entries, see <see cref="Start"/>.</param>
    /// <param name="iterations">The largest number of iterations, at least 1.</param>
    /// <param name="settled">Converged when |x^k - x^{k-1}| is below this.</param>
    /// <param name="goesOn">Whether iterations go on after that, so that trials can be averaged at every iteration.</param>
    /// <param name="cancellation">Ends the run; what was reached is returned.</param>
    public MessagePassingTrajectory Run(ILandscape landscape, ReadOnlySpan<double> start, int iterations, double settled, bool goesOn = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(landscape);
        int n = landscape.Dimension;
        bool bayes = kind == MessagePassingKind.Bayes;
        double[] x = start.ToArray(), before = new double[n], gradient = new double[n], field = new double[n];
        var points = new List<MessagePassingPoint>(iterations + 1) { Point(0, x, 0) };
        double inverse = 0, energy = 0, least = double.PositiveInfinity;
        int leastAt = 0;
        Status status = Status.NotConverged;
        string sentence = string.Empty;
        for (int k = 0; k < iterations; k++)
        {
            if (cancellation.IsCancellationRequested)
            {
                return new(Status.Cancelled, $"ended at iteration {k}", points, x, energy);
            }

            energy = landscape.Gradient(x, gradient);
            double onsager = k == 0 ? 0 : inverse * model.Noise.D2Q(Vectors.Dot(x, before)), precision = 1 + model.Noise.DQ(Vectors.Dot(x, x)), kept = k == 0 ? 0 : damping;
            for (int i = 0; i < n; i++)
            {
                field[i] = (1 - kept) * (-gradient[i] - onsager * before[i]) + kept * field[i];
            }

            inverse = 1 / (bayes ? precision : Vectors.Length(field));
            double change = 0;
            for (int i = 0; i < n; i++)
            {
                before[i] = x[i];
                x[i] = inverse * field[i];
                change += (x[i] - before[i]) * (x[i] - before[i]);
            }

            change = Math.Sqrt(change);
            if (!double.IsFinite(change) || Vectors.Dot(x, x) > 1e12)
            {
                sentence = $"the iterates diverge: at iteration {k + 1} they are no numbers any more; use --damping";
                status = Status.NotConverged;
                break;
            }

            points.Add(Point(k + 1, x, change));
            (least, leastAt) = change < least ? (change, k + 1) : (least, leastAt);
            if (change < settled)
            {
                status = Status.Converged;
                if (!goesOn)
                {
                    break;
                }
            }
        }

        if (status != Status.Converged && sentence.Length == 0)
        {
            var last = points[^1];
            sentence = last.Iteration - leastAt >= Patience && last.Change > Growth * least && last.Change > Visible
                ? FormattableString.Invariant($"the iterates diverge: their change was least, {least:G2}, at iteration {leastAt} and is {last.Change:G2} at iteration {last.Iteration}; use --damping")
                : FormattableString.Invariant($"the iterates still change by {last.Change:G2} at iteration {last.Iteration}: use more --iterations, or --damping where they oscillate");
        }

        return new(status, sentence, points, x, energy);

        MessagePassingPoint Point(int k, double[] iterate, double change) =>
            new(k, landscape.Signal.Length == n ? Vectors.Dot(iterate, landscape.Signal) : 0, Vectors.Dot(iterate, iterate), change);
    }
}
