// How a descent converges: Łojasiewicz' exponent and the power of the time, from the values and gradients of one path.
using System;
using System.Collections.Generic;
using Thalweg.Numerics;
using Thalweg.Numerics.Series;
using Thalweg.Results;

namespace Thalweg.Probes;

/// <summary>
/// Where |∇f| ≥ m |f - f*|^θ holds near the limit with θ &lt; 1, a descent has a path of finite length and converges (Łojasiewicz 1963; Absil, Mahony, Andrews 2005). Along a path θ is the slope of ln |∇f| against ln(f - f*): 1/2 at a minimum with a regular Hessian, (p-1)/p at that of |x|^p. The value then falls
/// exponentially for θ = 1/2 and as k^{-1/(2θ-1)} for θ in (1/2, 1).
/// </summary>
/// <param name="Exponent">θ.</param>
/// <param name="Power">q of f - f* ~ k^{-q}; missing where the value falls exponentially.</param>
/// <param name="PowerTheory">1/(2θ-1).</param>
public sealed record DecayOfDescent(Quantity Exponent, Quantity Power, Quantity PowerTheory)
{
    private const double Rounding = 1e5, LeastFall = 100, HalfWindow = 4, Exponential = 0.02;
    private const int LeastPoints = 8;

    /// <summary>Fits straight lines to the second half of the fall, and of the logarithm of the time; errors are the distances to the lines of the halves before.</summary>
    /// <param name="iterations">k: [row], ascending.</param>
    /// <param name="values">f: [row].</param>
    /// <param name="gradients">|∇f|: [row].</param>
    /// <param name="limit">f*, the value that f comes down to.</param>
    public static DecayOfDescent Of(IReadOnlyList<double> iterations, IReadOnlyList<double> values, IReadOnlyList<double> gradients, double limit)
    {
        ArgumentNullException.ThrowIfNull(iterations);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(gradients);
        var (time, fall, slope) = (new List<double>(), new List<double>(), new List<double>());
        double floor = Rounding * Quantity.Unit * Math.Abs(limit);
        for (int i = 0; i < values.Count; i++)
        {
            if (iterations[i] > 0 && values[i] - limit > floor && gradients[i] > 0)
            {
                time.Add(PortableMath.Log(iterations[i]));
                fall.Add(PortableMath.Log(values[i] - limit));
                slope.Add(PortableMath.Log(gradients[i]));
            }
        }

        if (fall.Count < LeastPoints || fall[0] - fall[^1] < Math.Log(LeastFall))
        {
            return Nothing("the value has not come near enough to a critical value that is known");
        }

        double middle = 0.5 * (fall[0] + fall[^1]), before = 0.5 * (fall[0] + middle);
        var exponent = Slope(fall, slope, x => x <= middle, x => x <= before && x > middle);
        if (!exponent.Exists)
        {
            return Nothing(exponent.Why!);
        }

        double excess = 2 * exponent.Value - 1;
        if (excess <= Exponential)
        {
            const string exponential = "the value falls exponentially or faster, not as a power of the iterations";
            return new(exponent, Quantity.Missing(exponential), Quantity.Missing(exponential));
        }

        double end = time[^1];
        var power = Slope(time, fall, t => t > end - Math.Log(HalfWindow), t => t <= end - Math.Log(HalfWindow) && t > end - 2 * Math.Log(HalfWindow));
        return new(exponent, power.Map(value => -value, 1), exponent.Map(θ => 1 / (2 * θ - 1), 2 / (excess * excess)));
    }

    private static DecayOfDescent Nothing(string why) => new(Quantity.Missing(why), Quantity.Missing(why), Quantity.Missing(why));

    // The slope of a window, and its distance to that of another.
    private static Quantity Slope(List<double> x, List<double> y, Func<double, bool> isMeant, Func<double, bool> isOther)
    {
        double? meant = Line(x, y, isMeant), other = Line(x, y, isOther);
        return meant is { } value && other is { } reference ? Quantity.Of(value, Math.Abs(value - reference) + Quantity.Unit, How.Estimate) : Quantity.Missing("too few points of the path for a slope");
    }

    private static double? Line(List<double> x, List<double> y, Func<double, bool> isMeant)
    {
        var (places, heights) = (new List<double>(), new List<double>());
        for (int i = 0; i < x.Count; i++)
        {
            if (isMeant(x[i]))
            {
                places.Add(x[i]);
                heights.Add(y[i]);
            }
        }

        double[] weights = new double[places.Count];
        Array.Fill(weights, 1);
        return places.Count >= LeastPoints / 2 && places[0] != places[^1] ? PolynomialFit.Slope([.. places], [.. heights], weights).Value : null;
    }
}
