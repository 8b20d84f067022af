// The observables of ageing at one time, each with its error, and the exponents with which the limits are approached.
using System;
using System.Collections.Generic;
using System.Linq;
using Thalweg.Numerics;
using Thalweg.Numerics.Series;
using Thalweg.Results;
using Thalweg.TwoTime;

namespace Thalweg.Ageing;

/// <summary>Integrated response, effective temperature, weak long-term memory and exponents of a run that ages.</summary>
/// <remarks>
/// The error of a number of one row is the difference between the two runs, at its largest over three rows up to six per cent earlier, plus the larger of the errors of energy and μ: at a single point two runs may agree by chance. For the ratio it is also the largest of
/// three correlations. Exponents add how they change when the window moves by a factor of two in time.
/// Cost: a few rows, nothing beside the solution.
/// </remarks>
public sealed class AgeingObservables
{
    private const double Window = 2, LongEnough = 100, First = 1, Resolved = 0.1, Neighbour = 1.03, Aside = 0.2;
    private const int Neighbours = 3;
    private readonly TwoTimeDynamics dynamics;
    private readonly AgeingRow row;
    private readonly (AgeingRow Fine, AgeingRow Coarse)[] pairs;
    private readonly double floor;

    /// <summary>The observables at a time.</summary>
    /// <param name="dynamics">The two runs.</param>
    /// <param name="time">t, from above 0 to their last time.</param>
    public AgeingObservables(TwoTimeDynamics dynamics, double time)
    {
        ArgumentNullException.ThrowIfNull(dynamics);
        this.dynamics = dynamics;
        pairs = [.. Enumerable.Range(0, Neighbours).Select(i => time / Math.Pow(Neighbour, i)).Select(t => (new AgeingRow(dynamics.Solution, t), new AgeingRow(dynamics.Coarser, t)))];
        row = pairs[0].Fine;
        floor = Math.Max(dynamics.Energy(time).Error, dynamics.Multiplier(time).Error);
        Limit = AgeingLimit.Of(dynamics.Solution.Problem);
        Correlation = 0.5 * (Limit.Plateau.Exists ? Limit.Plateau.Value : 1);
    }

    /// <summary>What theory says of infinite times.</summary>
    public AgeingLimit Limit { get; }

    /// <summary>The correlation in the middle of the slow sector, q/2, at which the ratio is taken.</summary>
    public double Correlation { get; }

    /// <summary>R(t,t')/(∂C(t,t')/∂t') where C = q/2: the inverse effective temperature of the slow sector.</summary>
    public Quantity Ratio
    {
        get
        {
            Quantity middle = At(Correlation), above = At((1 + Aside) * Correlation), below = At((1 - Aside) * Correlation);
            return middle.Exists ? Quantity.Of(middle.Value, new[] { middle, above, below }.Max(x => x.Error), How.Dynamics) : middle;

            Quantity At(double c) => Of(line => line.PlaceOf(c) is { } at ? line.RatioAt(at.X, at.Y) : null);
        }
    }

    /// <summary>The response of the fast sector: the tangent of χ(C) at q/2, continued to C = q.</summary>
    public Quantity FastResponse
    {
        get
        {
            if (!Limit.Plateau.Exists)
            {
                return Limit.Plateau;
            }

            // The two errors add up: differences of runs in one may hide those in the other.
            Quantity χ = Of(line => line.PlaceOf(Correlation) is { } at ? line.IntegratedAt(at.X, at.Y) : null), ratio = Ratio;
            double slow = Limit.Plateau.Value - Correlation;
            return ratio.Exists ? Quantity.Of(χ.Value - slow * ratio.Value, χ.Error + slow * ratio.Error + ratio.Value * Limit.Plateau.Error, How.Dynamics) : ratio;
        }
    }

    /// <summary>∫_0^1 R(t,s) ds, which weak long-term memory sends to zero.</summary>
    public Quantity Memory => row.Time < LongEnough ? TooShort() : Of(line => line.MemoryOf(First));

    /// <summary>a = -d ln(μ_∞-μ)/d ln t, between t/2 and t.</summary>
    public Quantity MultiplierExponent => Exponent(dynamics.Multiplier, Limit.Multiplier);

    /// <summary>a = -d ln(e-e_∞)/d ln t, between t/2 and t, with the energy of <see cref="Limit"/>: a hypothesis for mixtures.</summary>
    public Quantity EnergyExponent => Exponent(dynamics.Energy, Limit.Energy);

    /// <summary>e(t) extrapolated as e_∞ + A t^-a with a drifting exponent, over the last factor of 27 in time; it assumes no limit.</summary>
    public Quantity EnergyLimit
    {
        get
        {
            double t = row.Time;
            if (t < LongEnough)
            {
                return TooShort();
            }

            var (limit, error) = PowerLawLimit.Of(dynamics.Solution.Energy, t);
            var (other, _) = PowerLawLimit.Of(dynamics.Coarser.Energy, t);
            return Quantity.Of(limit, error + Math.Abs(limit - other) + dynamics.Energy(t).Error, How.Estimate);
        }
    }

    /// <summary>The numbers above, each beside its limit.</summary>
    public Record Scalars() => new()
    {
        { "plateau", Limit.Plateau },
        { "inverse_effective_temperature", Ratio },
        { "inverse_effective_temperature_predicted", Limit.Ratio(Correlation) },
        { "response_fast", FastResponse },
        { "response_fast_limit", Limit.FastResponse },
        { "memory", Memory },
        { "mu_exponent", MultiplierExponent },
        { "energy_exponent", EnergyExponent },
        { "energy_limit", EnergyLimit },
    };

    /// <summary>t, θ, t - t', C, R, χ, their errors, -dχ/dC and the limit of χ at the same C along the rows of some times; -dχ/dC only where it is resolved to a tenth.</summary>
    /// <param name="name">The name of the table.</param>
    /// <param name="times">The observables at each time; their rows follow each other.</param>
    public static Table Curves(string name, IReadOnlyList<AgeingObservables> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        Point[] points = [.. times.SelectMany(at => at.Points())];
        return new(
            name,
            [
                Of("t", point => point.Time), Of("theta", point => point.Theta), Of("lag", point => point.Lag),
                .. With("c", point => point.Correlation), .. With("r", point => point.Response), .. With("chi", point => point.Integrated),
                .. With("inverse_effective_temperature", point => point.Ratio), Column.Of("chi_limit", Array.ConvertAll(points, point => point.Limit)),
            ]);

        Column Of(string column, Func<Point, double> value) => new(column, Array.ConvertAll(points, point => value(point)));
        Column[] With(string column, Converter<Point, Quantity> value)
        {
            var quantities = Array.ConvertAll(points, value);
            return [Column.Of(column, quantities), new(column + "_error", Array.ConvertAll(quantities, quantity => quantity.Error))];
        }
    }

    private IEnumerable<Point> Points()
    {
        double[] theta = row.Theta.ToArray(), distance = row.Distance.ToArray();
        for (int i = 0; i < theta.Length; i++)
        {
            double x = theta[i], y = distance[i];
            Quantity c = Of(line => line.CorrelationAt(x, y)), ratio = Of(line => line.RatioAt(x, y));
            yield return new(
                row.Time, x, y * row.Time, c, Of(line => line.ResponseAt(x, y), isSteep: true), Of(line => line.IntegratedAt(x, y)),
                ratio.Exists && ratio.Error > Resolved * Math.Abs(ratio.Value) ? Quantity.Missing("not resolved") : ratio, Limit.Integrated(Math.Clamp(c.Value, 0, 1)));
        }
    }

    private static Quantity TooShort() => Quantity.Missing(FormattableString.Invariant($"the run is too short: ageing is looked at from t = {LongEnough} on"));

    // What falls over many decades along a row, R, has the errors of energy and μ relative to its own value.
    private Quantity Of(Func<AgeingRow, double?> observable, bool isSteep = false)
    {
        if (observable(row) is not { } value)
        {
            return Quantity.Missing(FormattableString.Invariant($"C(t,t') has not fallen to {Correlation:G3} yet"));
        }

        // A row in which one of them does not exist says nothing; without any, there is no error and so no number.
        double difference = double.NegativeInfinity;
        foreach (var (fine, coarse) in pairs)
        {
            if (observable(fine) is { } one && observable(coarse) is { } other)
            {
                difference = Math.Max(difference, Math.Abs(one - other));
            }
        }

        return double.IsFinite(value) && double.IsFinite(difference) ? Quantity.Of(value, difference + floor * (isSteep ? Math.Abs(value) : Math.Max(1, Math.Abs(value))), How.Dynamics) : Quantity.Missing("C does not change with t' here");
    }

    private Quantity Exponent(Func<double, Quantity> observable, Quantity limit)
    {
        if (!limit.Exists || row.Time < LongEnough)
        {
            return limit.Exists ? TooShort() : limit;
        }

        var gaps = new double[3];
        double fromRuns = 0;
        for (int i = 0; i < gaps.Length; i++)
        {
            var value = observable(row.Time / Math.Pow(Window, i));
            gaps[i] = Math.Abs(value.Value - limit.Value);
            double error = value.Error + limit.Error;
            if (gaps[i] <= 3 * error || (value.Value > limit.Value) != (observable(row.Time).Value > limit.Value))
            {
                return Quantity.Missing("the distance from the limit is not resolved");
            }

            fromRuns += i < 2 ? error / gaps[i] : 0;
        }

        double scale = 1 / PortableMath.Log(Window), last = PortableMath.Log(gaps[1] / gaps[0]) * scale, before = PortableMath.Log(gaps[2] / gaps[1]) * scale;
        return Quantity.Of(last, Math.Abs(last - before) + fromRuns * scale, How.Estimate);
    }

    private readonly record struct Point(double Time, double Theta, double Lag, Quantity Correlation, Quantity Response, Quantity Integrated, Quantity Ratio, Quantity Limit);
}
