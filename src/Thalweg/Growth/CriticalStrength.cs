// At fixed noise: the strength of the signal above which an infinitesimal overlap grows exponentially, measured from the dynamics alone.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Thalweg.Models;
using Thalweg.Numerics.Series;
using Thalweg.Results;
using Thalweg.TwoTime;

namespace Thalweg.Growth;

/// <summary>The growth of an infinitesimal overlap under one strength of the signal.</summary>
/// <param name="Strength">k = S''(0).</param>
/// <param name="Late">d ln m/dt at the last time.</param>
/// <param name="Limit">Λ, its limit at infinite times.</param>
/// <param name="Power">d ln(growth)/d ln t at the last time: 0 for exponential growth, -1 where m is a power of t; missing where the overlap does not grow.</param>
/// <param name="IsFitted">Whether the point enters the extrapolation.</param>
public sealed record GrowthPoint(double Strength, Quantity Late, Quantity Limit, Quantity Power, bool IsFitted);

/// <summary>
/// One solution without a signal, and the growth g_k(t) of an infinitesimal overlap for a list of strengths k (<see cref="LinearOverlap"/>). Λ(k) = lim g_k vanishes quadratically at k_c, so that k is a smooth function of sqrt(Λ): k_c is its value at zero.
/// </summary>
/// <remarks>
/// What makes g_k approach its limit slowly is μ(t), the same for every k: g_k + μ settles faster by a power of t. So all Λ(k) are known at once but for one shift. It is fixed twice: by the limit of μ, extrapolated in time; and without it, since only
/// one shift lets Λ vanish quadratically. No closed form enters. Errors add what the limits, the windows, the order of the polynomial and the error of the solution can do. Derivation and convergence: docs/dynamics.md.
/// </remarks>
public sealed class CriticalStrength
{
    private const int Count = 97, Degree = 4, HighDegree = 6, Nearest = 2, MostIterations = 30;
    private const double LowestShare = 0.3, HighestShare = 1.5, FirstShare = 0.1, Settlement = 1e-14;

    // Windows in Λ/k: the main one, one farther from the threshold, the nearest.
    private static readonly (double Low, double High)[] Windows = [(0.028, 0.25), (0.053, 0.36), (0.0083, 0.14)];

    private CriticalStrength(Covariance noise, TwoTimeDynamics dynamics, GrowthPoint[] points, Quantity strength, Quantity strengthFromGrowth, Quantity multiplier)
    {
        (Noise, Dynamics, Points, Strength, StrengthFromGrowth, Multiplier) = (noise, dynamics, points, strength, strengthFromGrowth, multiplier);
    }

    /// <summary>Q.</summary>
    public Covariance Noise { get; }

    /// <summary>The solution without a signal.</summary>
    public TwoTimeDynamics Dynamics { get; }

    /// <summary>The growth for each strength, ascending.</summary>
    public IReadOnlyList<GrowthPoint> Points { get; }

    /// <summary>k_c with the limit of μ(t) as it is extrapolated in time; missing when the growth has not settled.</summary>
    public Quantity Strength { get; }

    /// <summary>k_c without the limit of μ(t), which shifts all rates alike: that Λ vanishes quadratically fixes the shift as well. Missing when the growth has not settled.</summary>
    public Quantity StrengthFromGrowth { get; }

    /// <summary>The limit of μ(t), extrapolated.</summary>
    public Quantity Multiplier { get; }

    /// <summary>Measures k_c at one noise.</summary>
    /// <param name="noise">Q.</param>
    /// <param name="end">The time to reach, &gt; 0; a longer one gives a smaller error.</param>
    /// <param name="tolerance">The tolerance of the two-time equations, see <see cref="TwoTimeDynamics.Solve"/>.</param>
    /// <param name="threads">How many threads to use; results do not depend on it.</param>
    /// <param name="progress">Called with the time reached and the tolerance of the run under way; null when nobody watches.</param>
    /// <param name="cancellation">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static CriticalStrength Measure(Covariance noise, double end, double tolerance, int threads = 1, Action<double, double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(noise);
        var dynamics = TwoTimeDynamics.Solve(new TwoTimeProblem(new Model("noise", noise, Covariance.Zero)), end, tolerance, null, threads, progress, cancellation: cancellation);
        double last = dynamics.LastTime;
        TwoTimeSolution finer = dynamics.Solution, coarser = dynamics.Coarser;

        // μ sets the scale of every rate; the strengths reach from where nothing grows to where everything does.
        double[] strengths = new double[Count];
        for (int j = 0; j < Count; j++)
        {
            strengths[j] = finer.Multiplier(last) * LowestShare * Math.Pow(HighestShare / LowestShare, j / (Count - 1.0));
        }

        double[][] growth = LinearOverlap.Growth(finer, strengths, threads), rough = LinearOverlap.Growth(coarser, strengths, threads);
        var multiplier = Limit(finer.Multiplier, coarser.Multiplier);
        double[] rates = new double[Count], errors = new double[Count];
        for (int j = 0; j < Count; j++)
        {
            double[] fine = growth[j], other = rough[j];
            (double sum, errors[j]) = Limit(t => finer.At(t, fine) + finer.Multiplier(t), t => coarser.At(t, other) + coarser.Multiplier(t));
            rates[j] = sum - multiplier.Value;
        }

        var extrapolation = new Extrapolation(strengths, rates, errors);
        var points = new GrowthPoint[Count];
        for (int j = 0; j < Count; j++)
        {
            double late = finer.At(last, growth[j]), middle = finer.At(last / 2, growth[j]);
            points[j] = new(
                strengths[j],
                Quantity.Of(late, Math.Abs(late - coarser.At(last, rough[j])), How.Dynamics),
                Quantity.Of(rates[j], errors[j] + multiplier.Error, How.Dynamics),
                late > 0 && middle > 0 ? Quantity.Of(Math.Log(late / middle) / Math.Log(2), Math.Abs(late - coarser.At(last, rough[j])) / late, How.Dynamics) : Quantity.Missing("the overlap does not grow"),
                IsIn(Windows[0], strengths[j], rates[j]));
        }

        return new(noise, dynamics, points, extrapolation.WithLimit(multiplier.Error), extrapolation.WithoutLimit(multiplier.Error), Quantity.Of(multiplier.Value, multiplier.Error, How.Dynamics));

        (double Value, double Error) Limit(Func<double, double> fine, Func<double, double> other)
        {
            var (value, error) = PowerLawLimit.Of(fine, last);
            return (value, error + Math.Abs(value - PowerLawLimit.Of(other, last).Limit));
        }
    }

    private static bool IsIn((double Low, double High) window, double strength, double rate) => rate >= window.Low * strength && rate <= window.High * strength;

    // The rates of all strengths above the critical one, with the polynomial k(sqrt(Λ)) through those of a window at zero.
    private sealed class Extrapolation(double[] strengths, double[] rates, double[] errors)
    {
        private static readonly Quantity Unsettled = Quantity.Missing("the growth rates have not settled");

        // The limit of μ fixes where Λ = 0; what is wrong with it shifts every rate.
        public Quantity WithLimit(double shift)
        {
            if (!Windows.All(HasPoints))
            {
                return Unsettled;
            }

            double main = Value(0, Degree), windows = Math.Max(Math.Abs(Value(1, Degree) - main), Math.Abs(Value(2, Degree) - main)), order = Math.Abs(Value(0, Degree + 1) - main);
            double limit = Math.Abs(Value(0, Degree, shift) - main) + Math.Abs(Value(0, Degree, -shift) - main), single = Math.Abs(Value(0, Degree, 0, 1) - main);
            return Settled(main, windows + order + limit / 2 + single);
        }

        // Windows weigh a common shift of the rates differently: they agree where there is none, whatever the limit of μ.
        public Quantity WithoutLimit(double shift)
        {
            if (!Windows.All(HasPoints))
            {
                return Unsettled;
            }

            double main = Agreement(0, HighDegree, shift), order = Math.Abs(Agreement(0, HighDegree - 1, shift) - main), windows = Math.Abs(Agreement(1, HighDegree, shift) - main);
            double single = Math.Max(Math.Abs(Agreement(0, HighDegree, shift, 1) - main), Math.Abs(Agreement(0, HighDegree, shift, -1) - main));
            return Settled(main, order + windows + single);
        }

        private static Quantity Settled(double value, double error) => double.IsFinite(value) && double.IsFinite(error) ? Quantity.Of(value, error, How.Dynamics) : Unsettled;

        // k_c at the shift for which the nearest window and another one give the same, by secants: their difference is almost linear in it. NaN when the shift would leave a rate without a root.
        private double Agreement(int window, int degree, double scale, double errorShare = 0)
        {
            double before = 0, differenceBefore = Difference(0), now = FirstShare * scale;
            for (int i = 0; i < MostIterations && Math.Abs(now - before) > Settlement * Math.Abs(rates[^1]); i++)
            {
                double difference = Difference(now), next = now - difference * (now - before) / (difference - differenceBefore);
                (before, differenceBefore, now) = (now, difference, difference == differenceBefore ? now : next);
            }

            return Value(Nearest, degree, now, errorShare);

            double Difference(double shift) => Value(Nearest, degree, shift, errorShare) - Value(window, degree, shift, errorShare);
        }

        private bool HasPoints((double Low, double High) window) => Chosen(window).Length > HighDegree + 2;

        private int[] Chosen((double Low, double High) window) => [.. Enumerable.Range(0, strengths.Length).Where(j => IsIn(window, strengths[j], rates[j]))];

        private double Value(int window, int degree, double shift = 0, double errorShare = 0)
        {
            int[] chosen = Chosen(Windows[window]);
            double[] roots = Array.ConvertAll(chosen, j => Math.Sqrt(rates[j] + shift + errorShare * errors[j]));
            return PolynomialFit.Value(roots, Array.ConvertAll(chosen, j => strengths[j]), degree, 0);
        }
    }
}
